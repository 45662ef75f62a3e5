package export

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/rights"
)

// Article is one article as files are made of it. It is for one goroutine.
type Article struct {
	Record *news.Record
	// Rights say how much of its words may leave; "" is a snippet.
	Rights news.Rights
	Story  string // id, "" where it is in none
	// Resolved are the ids of resolved events by the ids of the record's events;
	// nil where nothing was joined.
	Resolved map[string]string

	x        index
	passages *rights.Passages
	offsets  []int32 // code points by bytes; nil where the text is ASCII
	ready    bool
}

// Row is one row of an export: an event, a statement or a claim, or an article
// where none of them is set.
type Row struct {
	*Article  // nil for a claim
	Event     *news.Event
	Statement *news.Statement
	Claim     *Claim
}

// Claim is a claim and the way to the articles that its stances are in.
type Claim struct {
	*news.Claim
	// Article returns an article by its id; nil where it is not at hand: then no
	// words of it leave.
	Article func(id string) *Article
}

// Rows are the article's rows of a kind, in the order of the record: those with
// the ids that are given, or all where only is nil.
func (a *Article) Rows(kind query.Kind, only []string) []Row {
	var out []Row
	switch kind {
	case query.Articles:
		return []Row{{Article: a}}
	case query.Events:
		for i := range a.Record.Events {
			if v := &a.Record.Events[i]; only == nil || slices.Contains(only, v.ID) {
				out = append(out, Row{Article: a, Event: v})
			}
		}
	case query.Statements:
		for i := range a.Record.Statements {
			if s := &a.Record.Statements[i]; only == nil || slices.Contains(only, s.ID) {
				out = append(out, Row{Article: a, Statement: s})
			}
		}
	}
	return out
}

// id names the row among all rows: "ARTICLE/v1".
func (r Row) id() string {
	switch {
	case r.Claim != nil:
		return r.Claim.ID
	case r.Event != nil:
		return r.Record.Article.ID + "/" + r.Event.ID
	case r.Statement != nil:
		return r.Record.Article.ID + "/" + r.Statement.ID
	}
	return r.Record.Article.ID
}

func (a *Article) prepare() {
	if a.ready {
		return
	}
	a.ready = true
	a.x = newIndex(a.Record)
	text := a.Record.Article.Text
	a.passages = rights.NewPassages(a.rights(), text)
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			a.offsets = codePoints(text)
			break
		}
	}
}

func (a *Article) rights() news.Rights {
	if a.Rights == "" {
		return news.RightsSnippet
	}
	return a.Rights
}

func codePoints(text string) []int32 {
	out := make([]int32, len(text)+1)
	n := int32(0)
	for i := range len(text) {
		if i > 0 && utf8.RuneStart(text[i]) {
			n++
		}
		out[i] = n
	}
	if len(text) > 0 {
		out[len(text)] = n + 1
	}
	return out
}

// point is a byte offset of the text in code points.
func (a *Article) point(at int) int {
	if a.offsets == nil {
		return at
	}
	return int(a.offsets[min(max(at, 0), len(a.offsets)-1)])
}

// words are what may leave of a stretch, in one line.
func (a *Article) words(s news.Span) string { return oneLine(a.passages.Of(s)) }

// title is what may leave of the headline.
func (a *Article) title() string {
	return oneLine(rights.Passage(a.rights(), string(a.Record.Article.Title)))
}

// content are the words of a statement, its parts joined by " … ".
func (a *Article) content(s *news.Statement) string {
	var parts []string
	for _, c := range s.Content {
		if w := a.words(c); w != "" {
			parts = append(parts, w)
		}
	}
	return strings.Join(parts, " … ")
}

// sentence is the sentence that a stretch lies in, the stretch itself where
// there is none.
func (a *Article) sentence(s news.Span) news.Span {
	at, found := slices.BinarySearchFunc(a.Record.Sentences, s.Start, func(r news.Range, at int) int {
		switch {
		case r.End <= at:
			return -1
		case r.Start > at:
			return 1
		}
		return 0
	})
	if !found {
		return s
	}
	r := a.Record.Sentences[at]
	if r.Start < 0 || r.End > len(a.Record.Article.Text) {
		return s
	}
	return news.Span{Start: r.Start, End: r.End, Text: a.Record.Article.Text[r.Start:r.End]}
}

// name is the name of a party: the entity's, else the words of the text.
func (a *Article) name(p news.Party) string {
	if e := a.x.entity[p.Entity]; e != nil && e.Name != "" {
		return oneLine(e.Name)
	}
	return a.words(p.Span)
}

// speaker is the name of a statement's source, "" where none is told.
func (a *Article) speaker(s *news.Statement) string {
	switch {
	case s.Source == nil:
		return ""
	case a.x.entity[s.Source.Entity] != nil:
		return oneLine(a.x.entity[s.Source.Entity].Name)
	case s.Source.Phrase != nil:
		return a.words(*s.Source.Phrase)
	}
	return ""
}

// place is where an event was, with its position where one is known.
func (a *Article) place(v *news.Event) (name string, at *news.Place) {
	if v.Place == nil {
		return "", nil
	}
	if e := a.x.entity[v.Place.Entity]; e != nil {
		return oneLine(e.Name), e.Place
	}
	return a.words(v.Place.Span), nil
}

// figure is what an article gives for one kind of count of an event, taken
// together: the lowest low and the highest high of its figures, open where one
// of them is, and the best where all that have one agree. Parts of larger
// counts do not count.
func figure(v *news.Event, kind news.CountKind) (low, best, high *int) {
	first, open, apart := true, false, false
	for i := range v.Counts {
		c := &v.Counts[i]
		if c.Kind != kind || c.PartOf != "" {
			continue
		}
		if c.Low != nil && (low == nil || *c.Low < *low) {
			low = c.Low
		}
		switch {
		case c.High == nil:
			open = true
		case high == nil || *c.High > *high:
			high = c.High
		}
		switch {
		case c.Best == nil:
		case best == nil:
			best = c.Best
		case *best != *c.Best:
			apart = true
		}
		first = false
	}
	if first {
		return nil, nil, nil
	}
	if open {
		high = nil
	}
	if apart {
		best = nil
	}
	return low, best, high
}
