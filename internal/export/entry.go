package export

import (
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// Entry is one row as a feed has it.
type Entry struct {
	ID      string // a URI that stays
	Title   string
	Link    string // to the desk's page where there is a desk, else to the article
	Summary string
	Author  string // who says it, or the outlet
	At      time.Time
	Tags    []string
}

// Entry is the row for a feed. Base is the address of the desk, "" for none; now
// is the time of what has none.
func (r Row) Entry(base string, now time.Time) Entry {
	e := Entry{ID: "urn:onrecord:" + r.id(), At: now}
	if c := r.Claim; c != nil {
		e.Title, e.Summary, e.Tags = c.words(c.Words), c.Why, []string{string(c.Kind)}
		for i := range c.Stances {
			if day, err := moment(string(c.Stances[i].SaidAt)); err == nil && (e.At.Equal(now) || day.After(e.At)) {
				e.At = day
			}
		}
		if c.Contested {
			e.Tags = append(e.Tags, "contested")
		}
		e.Link = deskPage(base, "claims", c.ID, "")
		if a := c.article(c.Words.Article); a != nil && e.Link == "" {
			e.Link = string(a.Record.Article.URL)
		}
		return e.titled()
	}
	r.prepare()
	a := &r.Record.Article
	e.Author = string(a.Publisher)
	if at, err := moment(string(a.Published)); err == nil {
		e.At = at
	}
	part := ""
	switch {
	case r.Event != nil:
		v := r.Event
		part = v.ID
		e.Title, e.Summary = strings.TrimPrefix(r.annotateEvent(v).line(), " "), r.words(r.sentence(v.Trigger))
		e.Tags = append([]string{string(v.Type)}, v.Contexts...)
	case r.Statement != nil:
		s := r.Statement
		part = s.ID
		if by := r.speaker(s); by != "" {
			e.Author = by
		}
		e.Title, e.Summary, e.Tags = strings.TrimSpace(e.Author+" "+verb(s.Act)), r.content(s), []string{string(s.Act)}
	default:
		e.Title, e.Summary = r.title(), r.opening()
	}
	if e.Link = deskPage(base, "articles", a.ID, part); e.Link == "" {
		e.Link = string(a.URL)
	}
	return e.titled()
}

// line is the annotation's line for people.
func (a annotation) line() string {
	for _, b := range a.Body {
		if b.Purpose == "describing" {
			return b.Value
		}
	}
	return ""
}

func (e Entry) titled() Entry {
	if e.Title == "" {
		e.Title = e.ID // words that may not leave
	}
	return e
}

// opening is what may leave of the first paragraph.
func (a *Article) opening() string {
	for _, b := range a.Record.Article.Blocks {
		if b.Kind == news.BlockLead || b.Kind == news.BlockParagraph {
			return a.words(news.Span{Start: b.Start, End: b.End, Text: a.Record.Article.Text[b.Start:b.End]})
		}
	}
	return ""
}

func deskPage(base, kind, id, part string) string {
	if base == "" {
		return ""
	}
	link := strings.TrimRight(base, "/") + "/" + kind + "/" + id
	if part != "" {
		link += "#" + part
	}
	return link
}

// moment reads a day or RFC 3339.
func moment(s string) (time.Time, error) {
	if len(s) == len(time.DateOnly) {
		return time.Parse(time.DateOnly, s)
	}
	return time.Parse(time.RFC3339, s)
}
