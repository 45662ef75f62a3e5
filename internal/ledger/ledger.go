// Package ledger joins what the records of many articles say: the same event in
// many articles, the figures given for it, and the claims that sources take a
// stand on. It keeps what each said beside the others and never rules.
//
// All of it is a pure function of the set of articles: the same events, claims,
// values and ids come out in whatever order the articles are handed in.
package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Article is one article as the ledger takes it.
type Article struct {
	ID        string
	Record    *news.Record
	Published string // a day or RFC 3339; "" where unknown
	Outlet    string // who published it
	// Origin names the text that it goes back to: its own id, or that of the
	// article it is a copy of. "" is its own id.
	Origin string
	Story  string // "" where it is in none
}

// Corrections are a person's word on joins: pairs of events of records that are
// one happening, or that are not.
type Corrections struct {
	Together, Apart [][2]news.EventRef
}

// State is the ledger for a set of articles.
type State struct {
	Events []news.ResolvedEvent // by first report
	Claims []news.Claim         // by first stance
	Notes  []Note
}

// Note tells of input that could not be taken as it came.
type Note struct {
	Article string
	Text    string
}

// maxEvents bounds how many events of one record are taken: an article with
// more is a list, and its tail is noted and left out.
const maxEvents = 300

// Build makes the ledger. The records are read and not changed.
func Build(ctx context.Context, articles []Article, c Corrections) (*State, error) {
	b := &builder{state: &State{}}
	b.take(articles)
	b.hear()
	if err := b.resolve(ctx, c); err != nil {
		return nil, fmt.Errorf("join the events of %d articles: %w", len(b.articles), err)
	}
	b.describe()
	b.count()
	if err := b.claim(ctx); err != nil {
		return nil, fmt.Errorf("gather the claims of %d articles: %w", len(b.articles), err)
	}
	return b.state, nil
}

// builder is one making of a state.
type builder struct {
	articles []*article
	cast     *cast
	members  []*member
	groups   []*group // the resolved events, in the order of State.Events
	state    *State
}

// article is an Article with what is asked of it again and again.
type article struct {
	Article
	at        int // place in the order of publication
	day       int // of publication, see dayOf; unknownDay
	sentences []news.Range
	entity    map[string]*news.Entity
	statement map[string]*news.Statement
	names     []naming // of the record's entities, in their order
}

// naming is the folded name of an entity and whether it is one of its own.
type naming struct {
	name  string
	named bool
}

// take puts the articles in order of publication. Of two with one id the one
// with the smaller text hash is kept, and the other noted.
func (b *builder) take(in []Article) {
	sorted := slices.Clone(in)
	for i := range sorted {
		if sorted[i].Origin == "" {
			sorted[i].Origin = sorted[i].ID
		}
	}
	slices.SortStableFunc(sorted, compareArticles)
	seen := map[string]bool{}
	for _, a := range sorted {
		switch {
		case a.Record == nil:
			b.note(a.ID, "no record")
			continue
		case seen[a.ID]:
			b.note(a.ID, "a second article with this id was left out")
			continue
		}
		seen[a.ID] = true
		art := &article{Article: a, at: len(b.articles), day: dayOf(a.Published), sentences: a.Record.Sentences,
			entity: map[string]*news.Entity{}, statement: map[string]*news.Statement{}}
		for i := range a.Record.Entities {
			art.entity[a.Record.Entities[i].ID] = &a.Record.Entities[i]
			name, named := nameOf(&a.Record.Entities[i])
			art.names = append(art.names, naming{name, named})
		}
		for i := range a.Record.Statements {
			art.statement[a.Record.Statements[i].ID] = &a.Record.Statements[i]
		}
		b.articles = append(b.articles, art)
	}
}

func (b *builder) note(article, text string) {
	b.state.Notes = append(b.state.Notes, Note{Article: article, Text: text})
}

// compareArticles orders by publication; an article without a date comes last.
// On one day originals come before their copies, and one with a time after one
// of which only the day is known.
func compareArticles(a, b Article) int {
	undated := func(x Article) int {
		if x.Published == "" {
			return 1
		}
		return 0
	}
	copied := func(x Article) int {
		if x.Origin != x.ID {
			return 1
		}
		return 0
	}
	sum := func(x Article) string {
		if x.Record == nil {
			return ""
		}
		return x.Record.Article.TextSHA256
	}
	return cmp.Or(
		cmp.Compare(undated(a), undated(b)),
		strings.Compare(day(a.Published), day(b.Published)),
		cmp.Compare(copied(a), copied(b)),
		strings.Compare(a.Published, b.Published),
		strings.Compare(a.ID, b.ID),
		strings.Compare(sum(a), sum(b)),
	)
}

// sentence returns the sentence that holds the byte offset, as a range of the
// text; an empty one where none does.
func (a *article) sentence(offset int) news.Range {
	i, found := slices.BinarySearchFunc(a.sentences, offset, func(r news.Range, at int) int {
		switch {
		case r.End <= at:
			return -1
		case r.Start > at:
			return 1
		}
		return 0
	})
	if !found {
		return news.Range{}
	}
	return a.sentences[i]
}

// text returns the words of a range, cut to the text.
func (a *article) text(start, end int) string {
	t := a.Record.Article.Text
	start, end = max(0, start), min(end, len(t))
	if start >= end {
		return ""
	}
	return t[start:end]
}

func (a *article) evidence(s news.Span) news.Evidence {
	return news.Evidence{Article: a.ID, Span: s}
}
