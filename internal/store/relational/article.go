package relational

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

const articleColumns = `a.id, a.state, a.version, a.url, a.publisher, a.feed, a.title, a.published, a.language, a.first_seen, a.changed, a.embargo,
	a.entities, a.statements, a.events, a.cursor, r.pipeline, r.model, r.codebook`

const articleTables = "article a JOIN record r ON r.article = a.key AND r.n = a.version"

func scanArticle(r Rows) (store.Article, error) {
	var a store.Article
	err := r.Scan(&a.ID, opt(&a.State), &a.Version, opt(&a.URL), opt(&a.Publisher), opt(&a.Feed), opt(&a.Title), opt(&a.Published), opt(&a.Language),
		scanMoment{&a.FirstSeen}, scanMoment{&a.Changed}, scanMoment{&a.Embargo}, &a.Entities, &a.Statements, &a.Events, &a.Cursor,
		&a.Pipeline.Version, &a.Pipeline.Model, &a.Pipeline.Codebook)
	return a, err
}

// Article returns one article, whatever its state.
func (s *Store) Article(ctx context.Context, id string) (store.Article, error) {
	var a store.Article
	found := false
	err := s.b.Read(ctx, func(tx Tx) error {
		found = false
		return each(ctx, tx, "SELECT "+articleColumns+" FROM "+articleTables+" WHERE a.id = $1", []any{id}, func(r Rows) (err error) {
			a, err = scanArticle(r)
			found = true
			return err
		})
	})
	if err == nil {
		err = notFoundUnless(found)
	}
	if err != nil {
		return store.Article{}, fmt.Errorf("article %s: %w", id, err)
	}
	return a, nil
}

// Find returns the id of the article with an id or address.
func (s *Store) Find(ctx context.Context, idOrAddress string) (string, error) {
	var id string
	err := s.b.Read(ctx, func(tx Tx) error {
		return row(ctx, tx, "SELECT id FROM article WHERE id = $1 OR key = (SELECT article FROM address WHERE hash = $2)",
			[]any{idOrAddress, store.AddressHash(idOrAddress)}, &id)
	})
	if err != nil {
		return "", fmt.Errorf("article %s: %w", idOrAddress, err)
	}
	return id, nil
}

// Unknown returns those addresses that belong to no article, kept or forgotten.
func (s *Store) Unknown(ctx context.Context, addresses []string) ([]string, error) {
	var out []string
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		for rest := addresses; len(rest) > 0; {
			n := min(len(rest), 500)
			owner, forgotten, err := owners(ctx, tx, rest[:n])
			if err != nil {
				return err
			}
			for _, a := range rest[:n] {
				if _, known := owner[a]; !known && !forgotten[a] {
					out = append(out, a)
				}
			}
			rest = rest[n:]
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// List lists live articles, newest first.
func (s *Store) List(ctx context.Context, l store.Listing) ([]store.Article, error) {
	limit := l.Limit
	if limit <= 0 {
		limit = 20
	}
	limit = min(limit, 1000)
	where, args := []string{"a.state = 'live'"}, []any{limit}
	add := func(condition string, value any) {
		args = append(args, value)
		where = append(where, strings.ReplaceAll(condition, "?", fmt.Sprintf("$%d", len(args))))
	}
	from, order := articleTables, "a.cursor"
	if strings.TrimSpace(l.Text) != "" {
		// The index is read from its end, so its cursor leads the order.
		found := s.d.Find(l, s.d.Fold(l.Text), len(args)+1)
		from = found.Table + " JOIN record r ON r.article = a.key AND r.n = a.version"
		order = found.Order
		args = append(args, found.Args...)
		if found.Condition != "" {
			where = append(where, found.Condition)
		}
	}
	if l.Feed != "" {
		add("a.feed = ?", l.Feed)
	}
	if l.Before != 0 {
		add(order+" < ?", l.Before)
	}
	var out []store.Article
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		sql := "SELECT " + articleColumns + " FROM " + from + " WHERE " + strings.Join(where, " AND ") + " ORDER BY " + order + " DESC LIMIT $1"
		return each(ctx, tx, sql, args, func(r Rows) error {
			a, err := scanArticle(r)
			out = append(out, a)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list articles: %w", err)
	}
	return out, nil
}

// Versions lists the versions of an article, the first first.
func (s *Store) Versions(ctx context.Context, id string) ([]store.Version, error) {
	var out []store.Version
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		return each(ctx, tx, `SELECT v.n, v.received_at, v.title, v.published, v.basis, v.text_sha256, v.capture, v.action, v.note, v.difference
			FROM version v JOIN article a ON a.key = v.article WHERE a.id = $1 ORDER BY v.n`, []any{id}, func(r Rows) error {
			var v store.Version
			var difference []byte
			if err := r.Scan(&v.N, scanMoment{&v.At}, opt(&v.Title), opt(&v.Published), opt(&v.Basis), &v.TextSHA256, opt(&v.Capture), opt(&v.Action), opt(&v.Note), &difference); err != nil {
				return err
			}
			out = append(out, v)
			if err := json.Unmarshal(difference, &out[len(out)-1].Difference); err != nil {
				return fmt.Errorf("decode the difference of version %d: %w", v.N, err)
			}
			return nil
		})
	})
	if err == nil {
		err = notFoundUnless(len(out) > 0)
	}
	if err != nil {
		return nil, fmt.Errorf("versions of %s: %w", id, err)
	}
	return out, nil
}

// Record returns the record of one version; version 0 is the current one.
func (s *Store) Record(ctx context.Context, id string, version int) (*news.Record, error) {
	var body []byte
	err := s.b.Read(ctx, func(tx Tx) error {
		return row(ctx, tx, `SELECT r.body FROM record r JOIN article a ON a.key = r.article
			WHERE a.id = $1 AND r.n = CASE WHEN $2 = 0 THEN a.version ELSE $2 END`, []any{id, version}, &body)
	})
	var r *news.Record
	if err == nil {
		r, err = unpack(body)
	}
	if err != nil {
		return nil, fmt.Errorf("record of %s, version %d: %w", id, version, err)
	}
	return r, nil
}

func readRecord(ctx context.Context, tx Tx, key int64, version int) (*news.Record, error) {
	var body []byte
	if err := row(ctx, tx, "SELECT body FROM record WHERE article = $1 AND n = $2", []any{key, version}, &body); err != nil {
		return nil, err
	}
	return unpack(body)
}
