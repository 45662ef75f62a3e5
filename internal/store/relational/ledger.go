package relational

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// bodyOf reads the body of one object. Where it is gone it says what it was
// merged into.
func bodyOf(ctx context.Context, tx Tx, table, id string, to any) error {
	var body []byte
	err := row(ctx, tx, "SELECT body FROM "+table+" WHERE id = $1", []any{id}, &body)
	if errors.Is(err, store.ErrNotFound) {
		return mergedInto(ctx, tx, id)
	}
	if err != nil {
		return err
	}
	return unzip(body, to)
}

// mergedInto follows tombstones to what stands for an id now.
func mergedInto(ctx context.Context, tx Tx, id string) error {
	into := id
	for range 1000 { // a tombstone that leads back to itself must not hang
		var next store.State // any text
		err := row(ctx, tx, "SELECT target FROM merged WHERE id = $1", []any{into}, opt(&next))
		if errors.Is(err, store.ErrNotFound) {
			if into != id {
				return &store.MergedError{ID: id, Into: into}
			}
			return err
		}
		if err != nil {
			return err
		}
		if next == "" {
			return store.ErrNotFound
		}
		into = string(next)
	}
	return store.ErrNotFound
}

func readOne[T any](ctx context.Context, s *Store, what, table, id string) (T, error) {
	var v T
	err := s.b.Read(ctx, func(tx Tx) error { return bodyOf(ctx, tx, table, id, &v) })
	if err != nil {
		var none T
		return none, fmt.Errorf("%s %s: %w", what, id, err)
	}
	return v, nil
}

// Story returns one story.
func (s *Store) Story(ctx context.Context, id string) (news.Story, error) {
	return readOne[news.Story](ctx, s, "story", "story", id)
}

// ResolvedEvent returns one resolved event.
func (s *Store) ResolvedEvent(ctx context.Context, id string) (news.ResolvedEvent, error) {
	return readOne[news.ResolvedEvent](ctx, s, "event", "resolved_event", id)
}

// Claim returns one claim.
func (s *Store) Claim(ctx context.Context, id string) (news.Claim, error) {
	return readOne[news.Claim](ctx, s, "claim", "claim", id)
}

// StoryOf is the id of the story that an article is in.
func (s *Store) StoryOf(ctx context.Context, article string) (string, error) {
	return s.one(ctx, "story of "+article, "SELECT sa.story FROM story_article sa JOIN article a ON a.key = sa.article WHERE a.id = $1", article)
}

// EventOf is the id of the resolved event that an event of a record is of.
func (s *Store) EventOf(ctx context.Context, article, event string) (string, error) {
	return s.one(ctx, fmt.Sprintf("event %s of %s", event, article),
		"SELECT m.resolved FROM resolved_member m JOIN article a ON a.key = m.article WHERE a.id = $1 AND m.event = $2", article, event)
}

func (s *Store) one(ctx context.Context, what, sql string, args ...any) (string, error) {
	var id string
	if err := s.b.Read(ctx, func(tx Tx) error { return row(ctx, tx, sql, args, &id) }); err != nil {
		return "", fmt.Errorf("%s: %w", what, err)
	}
	return id, nil
}

// listing is a query for a page: the greatest first by a column and the id.
type listing struct {
	from, columns string
	by, id        string // columns of the order
	number        bool   // by holds numbers
	where         []string
	args          []any
	before        string
	limit         int
}

func (l *listing) add(condition string, values ...any) {
	for _, v := range values {
		l.args = append(l.args, v)
		condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(l.args)), 1)
	}
	l.where = append(l.where, condition)
}

// run calls f for every row of the page. The first two columns are those of the
// order; f is given the cursor that they make, and scans the others.
func (l *listing) run(ctx context.Context, tx Tx, f func(r Rows, by, id any) error) error {
	if l.before != "" {
		by, id, ok := strings.Cut(l.before, "~")
		var value any = by
		if l.number {
			var n int64
			if _, err := fmt.Sscan(by, &n); err != nil {
				ok = false
			}
			value = n
		}
		if !ok {
			return fmt.Errorf("%w: %q is no place in this list", errCursor, l.before)
		}
		l.add(fmt.Sprintf("(%s, %s) < (?, ?)", l.by, l.id), value, id)
	}
	limit := l.limit
	if limit <= 0 {
		limit = 20
	}
	sql := fmt.Sprintf("SELECT %s, %s, %s FROM %s", l.by, l.id, l.columns, l.from)
	if len(l.where) > 0 {
		sql += " WHERE " + strings.Join(l.where, " AND ")
	}
	sql += fmt.Sprintf(" ORDER BY %s DESC, %s DESC LIMIT %d", l.by, l.id, min(limit, 1000))
	return each(ctx, tx, sql, l.args, func(r Rows) error {
		if l.number {
			return f(r, new(int64), new(string))
		}
		return f(r, new(string), new(string))
	})
}

// errCursor is a caller's mistake.
var errCursor = errors.New("a cursor that no list gave")

// cursorOf writes the place of a row.
func cursorOf(by, id any) string {
	switch by := by.(type) {
	case *int64:
		return fmt.Sprintf("%d~%s", *by, *id.(*string))
	case *string:
		return *by + "~" + *id.(*string)
	}
	return ""
}

// Stories lists stories.
func (s *Store) Stories(ctx context.Context, in store.StoryListing) ([]store.StoryRow, error) {
	l := &listing{from: "story s", columns: "s.line, 0", by: "s.last", id: "s.id", before: in.Before, limit: in.Limit}
	switch in.Order {
	case "", store.StoriesNewest:
	case store.StoriesOrigins:
		l.by, l.number = "s.origins", true
	case store.StoriesContested:
		l.by, l.number = "s.disputes", true
		l.add("s.disputes > 0")
	case store.StoriesGrowth:
		l.from = "(SELECT story, count(*) AS n FROM story_article WHERE joined >= $1 GROUP BY story) g JOIN story s ON s.id = g.story"
		l.args = append(l.args, s.now().Add(-24*time.Hour).UTC())
		l.by, l.number, l.columns = "g.n", true, "s.line, g.n"
	default:
		return nil, fmt.Errorf("list stories: order %q is not known", in.Order)
	}
	var out []store.StoryRow
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		return l.run(ctx, tx, func(r Rows, by, id any) error {
			var line []byte
			var recent int
			if err := r.Scan(by, id, &line, &recent); err != nil {
				return err
			}
			var v store.StoryRow
			if err := json.Unmarshal(line, &v); err != nil {
				return fmt.Errorf("decode the line of a story: %w", err)
			}
			v.Recent, v.Cursor = recent, cursorOf(by, id)
			out = append(out, v)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list stories: %w", err)
	}
	return out, nil
}

// bodies runs a listing whose third column is a body.
func bodies[T any](ctx context.Context, s *Store, what string, l *listing, take func(v T, cursor string)) error {
	err := s.b.Read(ctx, func(tx Tx) error {
		return l.run(ctx, tx, func(r Rows, by, id any) error {
			var body []byte
			if err := r.Scan(by, id, &body); err != nil {
				return err
			}
			var v T
			if err := unzip(body, &v); err != nil {
				return err
			}
			take(v, cursorOf(by, id))
			return nil
		})
	})
	if err != nil {
		return fmt.Errorf("list %s: %w", what, err)
	}
	return nil
}

// ResolvedEvents lists resolved events, the last reported first.
func (s *Store) ResolvedEvents(ctx context.Context, in store.EventListing) ([]store.EventRow, error) {
	l := &listing{from: "resolved_event e", columns: "e.body", by: "e.reported", id: "e.id", before: in.Before, limit: in.Limit}
	if in.Story != "" {
		l.add("e.story = ?", in.Story)
	}
	if in.Type != "" {
		l.add("e.type = ?", string(in.Type))
	}
	if in.Contested {
		l.add("e.contested = ?", true)
	}
	if in.Told > 0 {
		l.add("e.origins >= ?", in.Told)
	}
	out := []store.EventRow{}
	err := bodies(ctx, s, "events", l, func(v news.ResolvedEvent, cursor string) {
		out = append(out, store.EventRow{ResolvedEvent: v, Cursor: cursor})
	})
	return out, err
}

// Claims lists claims, those with the latest stance first.
func (s *Store) Claims(ctx context.Context, in store.ClaimListing) ([]store.ClaimRow, error) {
	l := &listing{from: "claim c", columns: "c.body", by: "c.last", id: "c.id", before: in.Before, limit: in.Limit}
	if in.Story != "" {
		l.add("c.story = ?", in.Story)
	}
	if in.Event != "" {
		l.add("c.event = ?", in.Event)
	}
	if in.Contested {
		l.add("c.contested = ?", true)
	}
	if in.Actor != "" {
		l.add("c.id IN (SELECT claim FROM stance WHERE actor = ? UNION SELECT claim FROM claim_about WHERE actor = ?)", in.Actor, in.Actor)
	}
	out := []store.ClaimRow{}
	err := bodies(ctx, s, "claims", l, func(v news.Claim, cursor string) { out = append(out, store.ClaimRow{Claim: v, Cursor: cursor}) })
	return out, err
}

// Figures lists figures, the last given first.
func (s *Store) Figures(ctx context.Context, in store.FigureListing) ([]store.FigureRow, error) {
	l := &listing{from: "figure f", columns: "f.story, f.body", by: "f.said_at", id: "f.id", before: in.Before, limit: in.Limit}
	for _, c := range []struct{ column, value string }{{"story", in.Story}, {"event", in.Event}, {"actor", in.Actor}, {"kind", string(in.Kind)}} {
		if c.value != "" {
			l.add("f."+c.column+" = ?", c.value)
		}
	}
	var out []store.FigureRow
	err := s.b.Read(ctx, func(tx Tx) error {
		out = []store.FigureRow{}
		return l.run(ctx, tx, func(r Rows, by, id any) error {
			var v store.FigureRow
			var body []byte
			if err := r.Scan(by, id, &v.Story, &body); err != nil {
				return err
			}
			v.Cursor = cursorOf(by, id)
			out = append(out, v)
			return unzip(body, &out[len(out)-1].Figure)
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list figures: %w", err)
	}
	return out, nil
}

// LedgerChanges lists changes after a sequence number.
func (s *Store) LedgerChanges(ctx context.Context, since int64, limit int) ([]store.LedgerChange, error) {
	if limit <= 0 {
		limit = 100
	}
	out := []store.LedgerChange{}
	err := s.b.Read(ctx, func(tx Tx) error {
		out = out[:0]
		return each(ctx, tx, "SELECT seq, at, kind, object, id, target, fields FROM change WHERE seq > $1 ORDER BY seq LIMIT $2", []any{since, min(limit, 1000)}, func(r Rows) error {
			var c store.LedgerChange
			var fields string
			if err := r.Scan(&c.Seq, scanMoment{&c.At}, opt(&c.Kind), &c.Object, &c.ID, opt(&c.Into), &fields); err != nil {
				return err
			}
			c.Fields = []string{}
			if fields != "" {
				c.Fields = strings.Split(fields, ",")
			}
			out = append(out, c)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list changes: %w", err)
	}
	return out, nil
}
