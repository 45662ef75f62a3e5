package export

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/internal/news"
)

//go:embed page.html
var pageSource string

// Page writes records as a page of HTML that needs nothing but itself.
type Page struct{ template *template.Template }

// NewPage reads the page's template.
func NewPage() (*Page, error) {
	t, err := template.New("page").Parse(pageSource)
	if err != nil {
		return nil, fmt.Errorf("read the page's template: %w", err)
	}
	return &Page{template: t}, nil
}

// HTML writes one self-contained page: the article with statements, events and
// names lit in it, and beside it what was read from it. Every value links to
// its words in the text, and they link back; it works without JavaScript.
// Several records make one page with a section each.
func (p *Page) HTML(w io.Writer, records ...*news.Record) error {
	var view struct {
		Title    string
		Articles []htmlArticle
	}
	view.Title = "Onrecord"
	for i, r := range records {
		a := newHTMLArticle(r, i)
		if i == 0 {
			view.Title = a.Title + " — Onrecord"
		}
		view.Articles = append(view.Articles, a)
	}
	if err := p.template.Execute(w, view); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

type htmlArticle struct {
	Record   *news.Record
	Prefix   string // keeps ids of several articles apart
	Title    string
	Facts    string
	Blocks   []htmlBlock
	Speakers []htmlSpeaker
	Events   []htmlEvent
	Disputes []htmlDispute
	Entities []htmlEntity
	Places   []htmlEntity
}

type htmlBlock struct {
	Kind   news.BlockKind
	Prefix string
	Parts  []htmlPart
}

// htmlPart is a stretch of text on which the same values rest.
type htmlPart struct {
	Text    string
	Class   string
	Href    string   // where a click leads
	Anchors []string // ids of the values whose words start here
	Refs    []string // statements whose content starts here: shown as small links
}

type htmlSpeaker struct {
	Name, About string
	Statements  []htmlStatement
}

type htmlStatement struct {
	ID, Act, Cue, Words, Aside string
	Line                       int
	Quoted                     bool
}

type htmlEvent struct {
	ID, Date, Name, Trigger, Who, Place, Notes string
	Counts                                     []string
	Line                                       int
}

type htmlDispute struct {
	About string
	Sides []htmlSide
}

type htmlSide struct {
	ID, Speaker, Verb, Words string
	Line                     int
}

type htmlEntity struct {
	ID, Name, About string
	Count           int
	Line            int
}

func newHTMLArticle(r *news.Record, n int) htmlArticle {
	p := &page{r: r, x: newIndex(r), lines: newLines(r.Article.Text)}
	a := htmlArticle{Record: r, Prefix: fmt.Sprintf("a%d-", n), Title: string(r.Article.Title)}
	if a.Title == "" {
		a.Title = "(no title)"
	}
	var facts []string
	for _, f := range []string{string(r.Article.Publisher), string(r.Article.Published), plural(len(r.Statements), "statement"), plural(len(r.Events), "event")} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	a.Facts = strings.Join(facts, " · ")
	a.Blocks = htmlBlocks(r, a.Prefix)
	a.statements(p)
	a.events(p)
	for _, d := range Disputed(r) {
		h := htmlDispute{About: d.About}
		if v := p.x.event[d.Event]; v != nil && d.OwnVoice {
			h.Sides = append(h.Sides, htmlSide{ID: v.ID, Speaker: "the article", Verb: "reports it", Line: p.lines.of(v.Trigger.Start)})
		}
		for _, id := range d.Sides {
			s := p.x.statement[id]
			h.Sides = append(h.Sides, htmlSide{ID: id, Speaker: p.x.speaker(s), Verb: verb(s.Act), Words: p.content(s), Line: p.lines.of(first(s))})
		}
		a.Disputes = append(a.Disputes, h)
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		h := htmlEntity{ID: e.ID, Name: e.Name, About: describe(e), Count: len(e.Mentions)}
		if len(e.Mentions) > 0 {
			h.Line = p.lines.of(e.Mentions[0].Start)
		}
		if e.Type == news.PlaceEntity || e.Type == news.Facility {
			if e.Place != nil && e.Place.Country != "" {
				h.About = string(e.Place.Country)
			} else if e.Place != nil && len(e.Place.ClaimedBy) > 0 {
				h.About = "claimed by " + strings.Join(e.Place.ClaimedBy, ", ")
			}
			a.Places = append(a.Places, h)
		} else {
			a.Entities = append(a.Entities, h)
		}
	}
	return a
}

func (a *htmlArticle) statements(p *page) {
	at := map[string]int{}
	for i := range p.r.Statements {
		s := &p.r.Statements[i]
		name := p.x.speaker(s)
		k, ok := at[name]
		if !ok {
			k = len(a.Speakers)
			at[name] = k
			sp := htmlSpeaker{Name: name}
			if s.Source != nil && p.x.entity[s.Source.Entity] != nil {
				sp.About = describe(p.x.entity[s.Source.Entity])
			}
			a.Speakers = append(a.Speakers, sp)
		}
		h := htmlStatement{ID: s.ID, Act: strings.ReplaceAll(string(s.Act), "_", " "), Words: p.content(s),
			Aside: strings.Trim(p.aside(s), " []"), Line: p.lines.of(first(s)), Quoted: s.Form == news.Direct}
		if s.Polarity == news.Negative {
			h.Act = "not " + h.Act
		}
		if s.Cue != nil {
			h.Cue = oneLine(s.Cue.Text)
		}
		a.Speakers[k].Statements = append(a.Speakers[k].Statements, h)
	}
}

func (a *htmlArticle) events(p *page) {
	for i := range p.r.Events {
		v := &p.r.Events[i]
		h := htmlEvent{ID: v.ID, Date: when(v), Name: eventName(v), Trigger: oneLine(v.Trigger.Text), Line: p.lines.of(v.Trigger.Start)}
		switch actors, recipients := p.x.parties(v.Actors), p.x.parties(v.Recipients); {
		case actors != "" && recipients != "":
			h.Who = actors + " → " + recipients
		case actors != "":
			h.Who = "by " + actors
		case recipients != "":
			h.Who = "on " + recipients
		}
		if v.Place != nil {
			h.Place = p.x.party(*v.Place)
		}
		for _, c := range v.Counts {
			words := string(c.Kind) + " " + number(c)
			if c.Of != "" {
				words += " (" + oneLine(c.Of) + ")"
			}
			h.Counts = append(h.Counts, words)
		}
		var notes []string
		if v.Modality != news.Occurred {
			notes = append(notes, string(v.Modality))
		}
		if v.Background {
			notes = append(notes, "background")
		}
		if w := p.word(v); w != "" {
			notes = append(notes, w)
		}
		h.Notes = strings.Join(notes, "; ")
		a.Events = append(a.Events, h)
	}
}

// mark is a span of the text on which a value rests.
type mark struct {
	news.Span
	kind  string // "statement", "event", "name"
	id    string
	first bool // the first of the value's spans carries the anchor
}

func marks(r *news.Record) []mark {
	var ms []mark
	add := func(s news.Span, kind, id string, first bool) {
		if s.End > s.Start {
			ms = append(ms, mark{s, kind, id, first})
		}
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		for j, c := range s.Content {
			add(c, "statement", s.ID, j == 0)
		}
	}
	for i := range r.Events {
		v := &r.Events[i]
		add(v.Trigger, "event", v.ID, true)
		for _, m := range v.Mentions {
			if m != v.Trigger {
				add(m, "event", v.ID, false)
			}
		}
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		for j, m := range e.Mentions {
			add(m.Span, "name", e.ID, j == 0)
		}
	}
	slices.SortStableFunc(ms, func(a, b mark) int { return cmp.Compare(a.Start, b.Start) })
	return ms
}

// htmlBlocks cuts every block at each border of a mark, so that marks may
// overlap in any way.
func htmlBlocks(r *news.Record, prefix string) []htmlBlock {
	ms := marks(r)
	var out []htmlBlock
	var open []mark
	for _, b := range r.Article.Blocks {
		if b.Kind == news.BlockBoilerplate && !strings.ContainsFunc(r.Article.Text[b.Start:b.End], unicode.IsLetter) {
			continue // the "#" of a Markdown heading
		}
		h := htmlBlock{Kind: b.Kind, Prefix: prefix}
		for at := b.Start; at < b.End; {
			open = slices.DeleteFunc(open, func(m mark) bool { return m.End <= at })
			var starts []mark
			for len(ms) > 0 && ms[0].Start <= at {
				if ms[0].End > at {
					open = append(open, ms[0])
					if ms[0].Start == at {
						starts = append(starts, ms[0])
					}
				}
				ms = ms[1:]
			}
			end := b.End
			if len(ms) > 0 {
				end = min(end, ms[0].Start)
			}
			for _, m := range open {
				end = min(end, m.End)
			}
			h.Parts = append(h.Parts, newPart(r.Article.Text[at:end], prefix, open, starts))
			at = end
		}
		out = append(out, h)
	}
	return out
}

// newPart lights a stretch of text by what rests on it. A click leads to the
// event before the name; statements have small links of their own.
func newPart(text, prefix string, open, starts []mark) htmlPart {
	part := htmlPart{Text: text}
	var classes []string
	for _, kind := range []string{"statement", "event", "name"} {
		for _, m := range open {
			if m.kind != kind {
				continue
			}
			if !slices.Contains(classes, kind) {
				classes = append(classes, kind)
			}
			if kind != "statement" && (part.Href == "" || kind == "event" && !strings.Contains(part.Href, "-v")) {
				part.Href = "#" + prefix + m.id
			}
		}
	}
	part.Class = strings.Join(classes, " ")
	for _, m := range starts {
		if m.first {
			part.Anchors = append(part.Anchors, "t-"+prefix+m.id)
		}
		if m.kind == "statement" {
			part.Refs = append(part.Refs, m.id)
		}
	}
	return part
}
