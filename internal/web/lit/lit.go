// Package lit cuts an article's text where what was read from it begins and
// ends, so that a page can light each stretch by what rests on it.
package lit

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/internal/news"
)

// Kind is what rests on a stretch of text.
type Kind string

// The kinds.
const (
	Statement Kind = "statement"
	Event     Kind = "event"
	Count     Kind = "count"
	Name      Kind = "name"
	Asked     Kind = "asked" // the stretch that a link led to
)

// Block is a block of the article, cut into parts.
type Block struct {
	Kind  news.BlockKind
	Parts []Part
}

// Part is a stretch of text on which the same values rest.
type Part struct {
	Text  string
	Kinds []Kind // without doubles
	// Leads is the id of the value that a click leads to: the number before the
	// event before the name. Statements, which are long, have Begins.
	Leads string
	// Anchors are the values whose first words begin here; Begins are those of
	// them that are statements, whose number is shown here.
	Anchors []string
	Begins  []string
}

// mark is one span of one value.
type mark struct {
	news.Span
	kind  Kind
	id    string
	first bool
}

// Blocks cuts the article's blocks at every border of a value. A count is named
// by its event too, "v1-c1": counts are numbered within it. asked is a stretch to
// be shown beside them, under the id "asked"; the zero Range is none.
func Blocks(r *news.Record, asked news.Range) []Block {
	marks := collect(r, asked)
	var out []Block
	var open []mark
	text := r.Article.Text
	for _, b := range r.Article.Blocks {
		if b.Start < 0 || b.End > len(text) || b.Start >= b.End {
			continue
		}
		if b.Kind == news.BlockBoilerplate && !strings.ContainsFunc(text[b.Start:b.End], unicode.IsLetter) {
			continue // the "#" of a Markdown heading
		}
		block := Block{Kind: b.Kind}
		for at := b.Start; at < b.End; {
			open = slices.DeleteFunc(open, func(m mark) bool { return m.End <= at })
			var begins []mark
			for len(marks) > 0 && marks[0].Start <= at {
				if marks[0].End > at {
					open = append(open, marks[0])
					if marks[0].Start == at {
						begins = append(begins, marks[0])
					}
				}
				marks = marks[1:]
			}
			end := b.End
			if len(marks) > 0 {
				end = min(end, marks[0].Start)
			}
			for _, m := range open {
				end = min(end, m.End)
			}
			block.Parts = append(block.Parts, part(text[at:end], open, begins))
			at = end
		}
		out = append(out, block)
	}
	return out
}

func collect(r *news.Record, asked news.Range) []mark {
	var ms []mark
	add := func(s news.Span, kind Kind, id string, first bool) {
		if s.Start >= 0 && s.End > s.Start && s.End <= len(r.Article.Text) {
			ms = append(ms, mark{s, kind, id, first})
		}
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		for j, c := range s.Content {
			add(c, Statement, s.ID, j == 0)
		}
	}
	for i := range r.Events {
		v := &r.Events[i]
		add(v.Trigger, Event, v.ID, true)
		for _, m := range v.Mentions {
			if m != v.Trigger {
				add(m, Event, v.ID, false)
			}
		}
		for _, c := range v.Counts {
			add(c.Span, Count, v.ID+"-"+c.ID, true)
		}
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		for j, m := range e.Mentions {
			add(m.Span, Name, e.ID, j == 0)
		}
	}
	add(news.Span{Start: asked.Start, End: asked.End}, Asked, "asked", true)
	slices.SortStableFunc(ms, func(a, b mark) int { return cmp.Compare(a.Start, b.Start) })
	return ms
}

func part(text string, open, begins []mark) Part {
	p := Part{Text: text}
	for _, kind := range []Kind{Statement, Name, Event, Count, Asked} {
		for _, m := range open {
			if m.kind != kind {
				continue
			}
			if !slices.Contains(p.Kinds, kind) {
				p.Kinds = append(p.Kinds, kind)
				if kind != Statement && kind != Asked {
					p.Leads = m.id
				}
			}
		}
	}
	for _, m := range begins {
		if m.first {
			p.Anchors = append(p.Anchors, m.id)
			if m.kind == Statement {
				p.Begins = append(p.Begins, m.id)
			}
		}
	}
	return p
}

// Lines counts the lines of the text, as an editor does.
type Lines []int

// NewLines finds where the text's lines begin.
func NewLines(text string) Lines {
	l := Lines{0}
	for i := range len(text) {
		if text[i] == '\n' {
			l = append(l, i+1)
		}
	}
	return l
}

// Of is the number of the line, from 1, that holds a byte.
func (l Lines) Of(offset int) int {
	i, found := slices.BinarySearch(l, offset)
	if found {
		return i + 1
	}
	return i
}
