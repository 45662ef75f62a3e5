package relational

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

// rankBits is how far an article's cursor is moved up to make the ranks of its
// statements and of its events: the newest have the greatest rank, and an
// article's are one after the other.
const rankBits = 12

// ranks is how many of one article have a rank; what is beyond is not found.
const ranks = 1 << rankBits

// indexParts writes what searches for the parts of an article look at; fold has
// written its rows.
func (s *Store) indexParts(ctx context.Context, tx Tx, h *held, r *news.Record) error {
	p := parts{record: r, first: h.cursor << rankBits, entities: make(map[news.Optional]*news.Entity, len(r.Entities)), ranks: make(map[string]int64)}
	for i := range r.Entities {
		p.entities[news.Optional(r.Entities[i].ID)] = &r.Entities[i]
	}
	p.read()
	var address, feed news.Optional
	if err := row(ctx, tx, "SELECT url, feed FROM article WHERE key = $1", []any{h.key}, opt(&address), opt(&feed)); err != nil {
		return err
	}
	own := indexed{rank: h.cursor, terms: articleTerms(string(address), string(feed), r)}
	for _, part := range []struct {
		table string
		of    []indexed
	}{{"statement", p.statements}, {"event", p.events}} {
		if err := s.indexKind(ctx, tx, h.key, part.table, part.of); err != nil {
			return fmt.Errorf("index the %ss: %w", part.table, err)
		}
	}
	if err := insert(ctx, tx, "article_term", "term, rank", termRows([]indexed{own})); err != nil {
		return err
	}
	if err := insert(ctx, tx, "statement_event", "statement, event", p.links); err != nil {
		return err
	}
	statements, err := zip(p.statementRows)
	if err != nil {
		return err
	}
	events, err := zip(p.eventRows)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "INSERT INTO article_part (rank, statements, events, terms) VALUES ($1, $2, $3, $4)",
		h.cursor, statements, events, packTerms([]indexed{own}, p.statements, p.events)); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "UPDATE article SET searched = $2 WHERE key = $1", h.key, searchForm)
	return err
}

func (s *Store) indexKind(ctx context.Context, tx Tx, key int64, table string, all []indexed) error {
	put := s.words().Put(table + "_text")
	for _, x := range all {
		if _, err := tx.Exec(ctx, "UPDATE "+table+" SET rank = $3 WHERE article = $1 AND id = $2", key, x.id, x.rank); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, put, x.rank, s.d.Fold(cut(x.words, MaxIndexed/8))); err != nil {
			return err
		}
	}
	return insert(ctx, tx, table+"_term", "term, rank", termRows(all))
}

// unindexParts takes those rows away; the rows of fold are still there.
func (s *Store) unindexParts(ctx context.Context, tx Tx, h *held) error {
	var packed []byte
	err := row(ctx, tx, "SELECT terms FROM article_part WHERE rank = $1", []any{h.cursor}, &packed)
	if errors.Is(err, store.ErrNotFound) {
		return nil // it was not indexed yet
	}
	if err != nil {
		return err
	}
	lists, err := unpackTerms(packed)
	if err != nil {
		return err
	}
	first := h.cursor << rankBits
	for n, table := range []string{"article", "statement", "event"} {
		for i, of := range lists[n] {
			rank := first + int64(i)
			if table == "article" {
				rank = h.cursor
			}
			for part := range slices.Chunk(of, 500) {
				if _, err := tx.Exec(ctx, "DELETE FROM "+table+"_term WHERE rank = $1 AND term IN ("+list(2, len(part))+")", append([]any{rank}, anys(part)...)...); err != nil {
					return fmt.Errorf("take the terms of the %s away: %w", table, err)
				}
			}
		}
		if table == "article" {
			continue
		}
		if _, err := tx.Exec(ctx, s.words().Drop(table), h.key); err != nil {
			return fmt.Errorf("take the words of the %ss out of the index: %w", table, err)
		}
	}
	if _, err := tx.Exec(ctx, "DELETE FROM statement_event WHERE statement BETWEEN $1 AND $2", first, first+ranks-1); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "DELETE FROM article_part WHERE rank = $1", h.cursor)
	return err
}

func termRows(all []indexed) [][]any {
	var rows [][]any
	for _, x := range all {
		for _, n := range x.terms.sorted() {
			rows = append(rows, []any{n, x.rank})
		}
	}
	return rows
}

// indexed is a statement or an event as it is indexed.
type indexed struct {
	id    string
	rank  int64
	words string
	terms terms
}

// parts reads a record's statements and events for the index.
type parts struct {
	record             *news.Record
	first              int64
	entities           map[news.Optional]*news.Entity
	ranks              map[string]int64 // of events
	statements, events []indexed
	statementRows      []query.StatementRow // without their article
	eventRows          []query.EventRow
	links              [][]any
	counted, points    int // see point
}

func (p *parts) read() {
	for i := range p.record.Events[:min(len(p.record.Events), ranks)] {
		e := &p.record.Events[i]
		row := p.event(e)
		x := indexed{id: e.ID, rank: p.first + int64(i), words: row.Words + " " + names(row), terms: p.eventTerms(e)}
		p.ranks[e.ID] = x.rank
		p.events, p.eventRows = append(p.events, x), append(p.eventRows, row)
	}
	for i := range p.record.Statements[:min(len(p.record.Statements), ranks)] {
		t := &p.record.Statements[i]
		row := p.statement(t)
		x := indexed{id: t.ID, rank: p.first + int64(i), words: row.Words, terms: p.statementTerms(t)}
		p.statements, p.statementRows = append(p.statements, x), append(p.statementRows, row)
		seen := make(map[int64]bool)
		for _, id := range t.Events {
			if rank, ok := p.ranks[id]; ok && !seen[rank] {
				seen[rank] = true
				p.links = append(p.links, []any{x.rank, rank})
			}
		}
	}
}

func names(e query.EventRow) string {
	var all []string
	for _, n := range append(slices.Clone(e.Actors), e.Recipients...) {
		all = append(all, n.Name)
	}
	if e.Place != nil {
		all = append(all, e.Place.Name.Name)
	}
	return strings.Join(all, " . ")
}

func (p *parts) party(t terms, field string, v news.Party) {
	t.name(field, v.Text)
	t.entity(field, p.entities[v.Entity])
}

func (p *parts) eventTerms(e *news.Event) terms {
	t := make(terms)
	t.code("type", string(e.Type))
	t.code("mode", strings.ToLower(string(e.Mode)))
	t.code("modality", string(e.Modality))
	for _, c := range e.Contexts {
		t.code("context", strings.ToLower(c))
	}
	for _, a := range e.Actors {
		p.party(t, "actor", a)
	}
	for _, a := range e.Recipients {
		p.party(t, "recipient", a)
	}
	places := e.Places
	if e.Place != nil {
		places = append([]news.Party{*e.Place}, places...)
	}
	for _, a := range places {
		p.party(t, "place", a)
		if entity := p.entities[a.Entity]; entity != nil && entity.Place != nil {
			t.code("country", string(entity.Place.Country))
			t.name("place", string(entity.Place.Admin1))
		}
	}
	for i := range e.Counts {
		t.code("counts", string(e.Counts[i].Kind))
	}
	t.span(string(e.Time.Earliest), string(e.Time.Latest))
	return t
}

func (p *parts) statementTerms(s *news.Statement) terms {
	t := make(terms)
	t.code("act", string(s.Act))
	if s.Source != nil {
		t.entity("speaker", p.entities[s.Source.Entity])
		if s.Source.Phrase != nil {
			t.name("speaker", s.Source.Phrase.Text)
		}
	}
	for _, id := range s.About {
		t.entity("about", p.entities[news.Optional(id)])
	}
	return t
}

// articleTerms are those of an article as a whole.
func articleTerms(address, feed string, r *news.Record) terms {
	t := make(terms)
	t.code("lang", strings.ToLower(string(r.Article.Language)))
	t.code("source", strings.ToLower(feed))
	t.name("source", string(r.Article.Publisher))
	if u, err := url.Parse(address); err == nil {
		// news.post.example is found by post.example too.
		for host := strings.ToLower(u.Hostname()); strings.Contains(host, "."); _, host, _ = strings.Cut(host, ".") {
			t.code("source", host)
		}
	}
	for i := range r.Entities[:min(len(r.Entities), mostEntities)] {
		t.entity("entity", &r.Entities[i])
	}
	return t
}
