package relational

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// derived are the tables that hold what the current record of a live article
// says, for searching. All of it can be made again from the records.
var derived = []string{"entity", "place", "statement", "event", "event_party", "event_count", "time_expression"}

// MaxIndexed is how much of a text, in bytes, is searched for words: PostgreSQL
// takes no more than a megabyte of words and positions in one document.
const MaxIndexed = 256 << 10

// fold writes the rows that searches look at, and notes that the article is to
// be settled. Only live articles have them.
func (s *Store) fold(ctx context.Context, tx Tx, h *held, r *news.Record) error {
	if h.state != store.Live {
		return nil
	}
	if err := touch(ctx, tx, h.id); err != nil {
		return err
	}
	return s.derive(ctx, tx, h, r)
}

// derive writes the rows that searches look at.
func (s *Store) derive(ctx context.Context, tx Tx, h *held, r *news.Record) error {
	for _, t := range derivedRows(h.key, r) {
		if err := insert(ctx, tx, t.name, t.columns, t.rows); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, s.d.Index, h.cursor, s.d.Fold(string(r.Article.Title)), s.d.Fold(cut(r.Article.Text, MaxIndexed))); err != nil {
		return fmt.Errorf("index the words: %w", err)
	}
	return s.indexParts(ctx, tx, h, r)
}

// unfold takes those rows away, and notes that what was made of the article
// across others is to be made anew.
func (s *Store) unfold(ctx context.Context, tx Tx, h *held) error {
	if h.state != store.Live {
		return nil
	}
	if err := touch(ctx, tx, h.id); err != nil {
		return err
	}
	if err := s.unindexParts(ctx, tx, h); err != nil {
		return err
	}
	for _, t := range derived {
		if _, err := tx.Exec(ctx, "DELETE FROM "+t+" WHERE article = $1", h.key); err != nil {
			return fmt.Errorf("clear %s: %w", t, err)
		}
	}
	if _, err := tx.Exec(ctx, s.d.Unindex, h.cursor); err != nil {
		return fmt.Errorf("take the words out of the index: %w", err)
	}
	return nil
}

type table struct {
	name, columns string
	rows          [][]any
}

func derivedRows(key int64, r *news.Record) []table {
	entity := table{name: "entity", columns: "article, id, type, name, folded, country, wikidata, geonames, mentions"}
	place := table{name: "place", columns: "article, entity, country, admin1, lat, lon, precision"}
	for i := range r.Entities {
		e := &r.Entities[i]
		var geonames any
		if e.Identifiers.GeoNames != nil {
			geonames = *e.Identifiers.GeoNames
		}
		entity.rows = append(entity.rows, []any{key, e.ID, string(e.Type), e.Name, folded(e.Name), optional(e.Country), optional(e.Identifiers.Wikidata), geonames, len(e.Mentions)})
		if p := e.Place; p != nil {
			place.rows = append(place.rows, []any{key, e.ID, optional(p.Country), optional(p.Admin1), p.Lat, p.Lon, string(p.Precision)})
		}
	}
	statement := table{name: "statement", columns: "article, id, source, source_text, act, form, polarity, said_earliest, said_latest, confidence"}
	for i := range r.Statements {
		t := &r.Statements[i]
		var source, words, earliest, latest any
		if t.Source != nil {
			source = optional(t.Source.Entity)
			if t.Source.Phrase != nil {
				words = optional(t.Source.Phrase.Text)
			}
		}
		if t.SaidAt != nil {
			earliest, latest = optional(t.SaidAt.Earliest), optional(t.SaidAt.Latest)
		}
		statement.rows = append(statement.rows, []any{key, t.ID, source, words, string(t.Act), string(t.Form), string(t.Polarity), earliest, latest, t.Confidence})
	}
	event, party, count := eventRows(key, r)
	when := table{name: "time_expression", columns: "article, n, words, type, value, earliest, latest"}
	for i := range r.Times {
		t := &r.Times[i]
		when.rows = append(when.rows, []any{key, i, t.Text, string(t.Type), optional(t.Value), optional(t.Earliest), optional(t.Latest)})
	}
	return []table{entity, place, statement, event, party, count, when}
}

func eventRows(key int64, r *news.Record) (event, party, count table) {
	event = table{name: "event", columns: "article, id, type, mode, quad, intensity, modality, background, own_voice, earliest, latest, precision, place, country, confidence"}
	party = table{name: "event_party", columns: "article, event, role, n, entity, words"}
	count = table{name: "event_count", columns: "article, event, id, kind, low, best, high, qualifier"}
	countries := make(map[string]string)
	for i := range r.Entities {
		if p := r.Entities[i].Place; p != nil {
			countries[r.Entities[i].ID] = string(p.Country)
		}
	}
	for i := range r.Events {
		e := &r.Events[i]
		var place, country any
		if e.Place != nil {
			place, country = optional(e.Place.Entity), optional(countries[string(e.Place.Entity)])
		}
		event.rows = append(event.rows, []any{key, e.ID, string(e.Type), optional(e.Mode), pointer(e.Quad), pointer(e.Intensity), string(e.Modality), e.Background, e.OwnVoice,
			optional(e.Time.Earliest), optional(e.Time.Latest), string(e.Time.Precision), place, country, e.Confidence})
		for _, role := range []struct {
			name    string
			parties []news.Party
		}{{"actor", e.Actors}, {"recipient", e.Recipients}, {"place", e.Places}} {
			for n, p := range role.parties {
				party.rows = append(party.rows, []any{key, e.ID, role.name, n, optional(p.Entity), p.Text})
			}
		}
		for j := range e.Counts {
			c := &e.Counts[j]
			count.rows = append(count.rows, []any{key, e.ID, c.ID, string(c.Kind), pointer(c.Low), pointer(c.Best), pointer(c.High), string(c.Qualifier)})
		}
	}
	return event, party, count
}

// pointer is NULL for nil.
func pointer[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// folded is a name as it is looked up: lower case, at most 200 bytes.
func folded(name string) string { return cut(strings.ToLower(name), 200) }

// cut shortens s to at most n bytes, at a character's end.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
