package reader

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/when"
	"github.com/onrecord/onrecord/internal/where"
	"github.com/onrecord/onrecord/internal/who"
)

// draft is a record in the making.
type draft struct {
	in     Input
	record *news.Record
	doc    *nlp.Doc
	places []where.Mention
	cast   *who.Cast
	unread bool         // the text is not for us: only its form is recorded
	why    *Explanation // what the steps note on the way; nil where nobody asks
}

// part names something that a step needs or adds.
type part string

const (
	text       part = "text"
	blocks     part = "blocks"
	language   part = "language"
	analysis   part = "analysis"
	published  part = "published"
	times      part = "times"
	places     part = "places"
	cast       part = "cast"
	statements part = "statements"
	events     part = "events"
)

// step is one stage of the way of an article. What it needs must have been
// added by a step before it.
type step struct {
	name   string
	needs  []part
	adds   []part
	always bool // also for a text in another language
	run    func(context.Context, *draft) error
}

const stepNLP = "nlp"

// order is the way of an article (docs/design.md).
func (r *Reader) order() []step {
	return []step{
		{name: "clean", needs: []part{text}, adds: []part{blocks}, always: true, run: r.clean},
		{name: "language", needs: []part{text, blocks}, adds: []part{language}, always: true, run: r.language},
		{name: stepNLP, needs: []part{blocks, language}, adds: []part{analysis}, run: r.nlp},
		{name: "published", needs: []part{text}, adds: []part{published}, always: true, run: r.published},
		{name: "when", needs: []part{analysis, published}, adds: []part{times}, run: r.when},
		{name: "where", needs: []part{analysis}, adds: []part{places}, run: r.where},
		{name: "who", needs: []part{analysis, places, published}, adds: []part{cast}, run: r.who},
		{name: "said", needs: []part{analysis, cast, times, published}, adds: []part{statements}, run: r.findStatements},
		{name: "what", needs: []part{analysis, cast, times, statements, published}, adds: []part{events}, run: r.findEvents},
	}
}

// check reports the first step that needs what no step before it adds.
func check(steps []step) error {
	have := []part{text}
	for _, s := range steps {
		for _, n := range s.needs {
			if !slices.Contains(have, n) {
				return fmt.Errorf("step %q needs %q, which no step before it adds", s.name, n)
			}
		}
		have = append(have, s.adds...)
	}
	return nil
}

func (r *Reader) clean(_ context.Context, d *draft) error {
	a := &d.record.Article
	a.Blocks = d.in.Blocks
	if a.Blocks == nil {
		a.Blocks = clean.Blocks(a.Text, d.in.Title)
	}
	if a.Title == "" {
		a.Title = news.Optional(clean.Title(a.Text, a.Blocks))
	}
	if len(a.Authors) == 0 {
		a.Authors = clean.Authors(a.Text, a.Blocks)
	}
	if len(a.Blocks) == 0 {
		d.unread = true
		d.warn("no_text", "the article has no text")
	}
	return nil
}

// sure is the confidence from which a text is taken to be in another language.
const sure = 0.5

func (r *Reader) language(_ context.Context, d *draft) error {
	code, confidence := clean.Language(d.record.Article.Text)
	d.record.Article.Language = news.Optional(code)
	if code != "" && code != "en" && confidence >= sure {
		d.unread = true
		d.warn("language_not_supported", fmt.Sprintf("the text seems to be in %q; only English is read", code))
	}
	return nil
}

func (r *Reader) nlp(ctx context.Context, d *draft) error {
	doc, err := r.model.Analyse(ctx, d.record.Article.Text, d.record.Article.Blocks)
	if err != nil {
		return err
	}
	d.doc = doc
	for _, s := range doc.Sentences {
		d.record.Sentences = append(d.record.Sentences, news.Range{Start: doc.Tokens[s.From].Start, End: doc.Tokens[s.To-1].End})
	}
	return nil
}

// published takes the date in the order of trust: given, metadata, text.
func (r *Reader) published(_ context.Context, d *draft) error {
	a := &d.record.Article
	var fromText string
	if d.doc != nil {
		fromText, _ = when.Published(d.doc)
	}
	switch {
	case d.in.Published != "":
		given, err := Day(d.in.Published)
		if err != nil {
			return err
		}
		a.Published, a.PublishedBasis = news.Optional(d.in.Published), d.in.PublishedBasis
		if a.PublishedBasis == "" {
			a.PublishedBasis = news.PublishedGiven
		}
		if told, err := Day(fromText); err == nil && (told.Sub(given) > oneDay || given.Sub(told) > oneDay) {
			d.warn("dates_disagree", fmt.Sprintf("published %s (%s), but the text dates itself %s", d.in.Published, a.PublishedBasis, fromText))
		}
	case fromText != "":
		a.Published, a.PublishedBasis = news.Optional(fromText), news.PublishedText
	}
	return nil
}

func (r *Reader) when(_ context.Context, d *draft) error {
	d.record.Times = when.Find(d.doc, string(d.record.Article.Published))
	return nil
}

func (r *Reader) where(_ context.Context, d *draft) error {
	d.places = r.places.Find(d.doc)
	return nil
}

func (r *Reader) who(_ context.Context, d *draft) error {
	d.cast = r.people.ResolveOn(d.doc, d.places, string(d.record.Article.Published))
	return nil
}

func (r *Reader) findStatements(_ context.Context, d *draft) error {
	if d.why != nil {
		d.record.Statements, d.why.Statements = r.said.Explain(d.doc, d.cast, d.record.Times, string(d.record.Article.Published))
		return nil
	}
	d.record.Statements = r.said.Find(d.doc, d.cast, d.record.Times, string(d.record.Article.Published))
	return nil
}

// findEvents is the last step: said and what may have added mentions to the
// cast, so the entities are taken from it only now.
func (r *Reader) findEvents(_ context.Context, d *draft) error {
	published := string(d.record.Article.Published)
	if d.why != nil {
		d.record.Events, d.why.Events = r.events.Explain(d.doc, d.cast, d.record.Times, d.record.Statements, published)
	} else {
		d.record.Events = r.events.Find(d.doc, d.cast, d.record.Times, d.record.Statements, published)
	}
	d.record.Entities = d.cast.Entities
	return nil
}

// warn notes a warning once: a step before the reader may have said it already.
func (d *draft) warn(code, message string) {
	if slices.ContainsFunc(d.record.Warnings, func(w news.Warning) bool { return w.Code == code }) {
		return
	}
	d.record.Warnings = append(d.record.Warnings, news.Warning{Code: code, Message: message})
}

// oneDay is how far apart two publication dates may lie and still agree: zones
// and late editions shift them by that much.
const oneDay = 24 * time.Hour

// Day reads a publication date: a day (2031-05-07) or RFC 3339.
func Day(published string) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, published); err == nil {
		return t, nil
	}
	t, err := time.Parse(time.RFC3339, published)
	if err != nil {
		return time.Time{}, fmt.Errorf("publication date %q: want a day such as 2031-05-07, or RFC 3339", published)
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC), nil
}
