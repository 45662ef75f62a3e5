package relational

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Settle makes all the changes, or none.
func (s *Store) Settle(ctx context.Context, in store.Settled) error {
	w, err := prepareSettled(&in)
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	w.holder = s.holder
	if err := s.b.Write(ctx, func(tx Tx) error { return w.write(ctx, tx) }); err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	return nil
}

// settling is one settlement on its way into the tables.
type settling struct {
	*store.Settled
	holder string
	line   [][]byte // of Stories
	body   [][]byte
	kept   map[string][]byte
	events [][][]byte
	claims [][][]byte
	counts [][][][]byte // figures, by story and event
	actors [][]byte

	keys map[string]int64 // of articles
}

// prepareSettled packs what is to be written: once, even if the transaction is
// tried again.
func prepareSettled(in *store.Settled) (*settling, error) {
	w := &settling{Settled: in, kept: map[string][]byte{}}
	pack := func(to *[][]byte, v any) error {
		b, err := zip(v)
		*to = append(*to, b)
		return err
	}
	for key, body := range in.Kept {
		if body == nil {
			continue
		}
		b, err := zip(json.RawMessage(body))
		if err != nil {
			return nil, fmt.Errorf("encode what is kept of story %s: %w", key, err)
		}
		w.kept[key] = b
	}
	for i := range in.Stories {
		v := &in.Stories[i]
		line, err := json.Marshal(v.Row)
		if err != nil {
			return nil, fmt.Errorf("encode story %s: %w", v.Story.ID, err)
		}
		w.line = append(w.line, line)
		if err := pack(&w.body, v.Story); err != nil {
			return nil, fmt.Errorf("encode story %s: %w", v.Story.ID, err)
		}
		var events, claims [][]byte
		var counts [][][]byte
		for j := range v.Events {
			var figures [][]byte
			for k := range v.Events[j].Figures {
				if err := pack(&figures, v.Events[j].Figures[k]); err != nil {
					return nil, fmt.Errorf("encode the figures of event %s: %w", v.Events[j].ID, err)
				}
			}
			counts = append(counts, figures)
			if err := pack(&events, v.Events[j]); err != nil {
				return nil, fmt.Errorf("encode event %s: %w", v.Events[j].ID, err)
			}
		}
		for j := range v.Claims {
			if err := pack(&claims, v.Claims[j]); err != nil {
				return nil, fmt.Errorf("encode claim %s: %w", v.Claims[j].ID, err)
			}
		}
		w.events, w.claims, w.counts = append(w.events, events), append(w.claims, claims), append(w.counts, counts)
	}
	for i := range in.Actors {
		if err := pack(&w.actors, in.Actors[i].Actor); err != nil {
			return nil, fmt.Errorf("encode actor %s: %w", in.Actors[i].ID, err)
		}
	}
	return w, nil
}

func (w *settling) write(ctx context.Context, tx Tx) error {
	n, err := tx.Exec(ctx, "UPDATE settlement SET turn = turn + 1, until = CASE WHEN holder = $2 THEN $3 ELSE until END WHERE turn = $1", w.Turn, w.holder, time.Now().Add(lease).UTC())
	if err != nil {
		return err
	}
	if n == 0 {
		return store.ErrOvertaken
	}
	for _, step := range []func(context.Context, Tx) error{w.done, w.batches, w.findKeys, w.drop, w.articles, w.joinActors, w.stories, w.merges, w.changes} {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

func (w *settling) done(ctx context.Context, tx Tx) error {
	for _, u := range w.Done {
		if _, err := tx.Exec(ctx, "DELETE FROM unsettled WHERE article = $1 AND stamp = $2", u.Article, u.Stamp); err != nil {
			return fmt.Errorf("note what is settled: %w", err)
		}
	}
	for _, b := range w.Blocks {
		if _, err := tx.Exec(ctx, "DELETE FROM stale_block WHERE block = $1", b); err != nil {
			return fmt.Errorf("note what is settled: %w", err)
		}
	}
	return nil
}

func (w *settling) batches(ctx context.Context, tx Tx) error {
	for _, b := range w.Batches {
		_, err := tx.Exec(ctx, "INSERT INTO batch (n, opened, closed) VALUES ($1, $2, $3) ON CONFLICT (n) DO UPDATE SET opened = excluded.opened, closed = excluded.closed",
			b.N, moment(b.Opened), moment(b.Closed))
		if err != nil {
			return fmt.Errorf("put batch %d: %w", b.N, err)
		}
	}
	for key := range w.Kept {
		if _, err := tx.Exec(ctx, "DELETE FROM story_kept WHERE key = $1", key); err != nil {
			return fmt.Errorf("keep story %s: %w", key, err)
		}
		if body := w.kept[key]; body != nil {
			if _, err := tx.Exec(ctx, "INSERT INTO story_kept (key, body) VALUES ($1, $2)", key, body); err != nil {
				return fmt.Errorf("keep story %s: %w", key, err)
			}
		}
	}
	return nil
}

// findKeys finds the keys of all articles that are spoken of. Those that were
// forgotten meanwhile have none.
func (w *settling) findKeys(ctx context.Context, tx Tx) error {
	w.keys = map[string]int64{}
	var ids []string
	add := func(id string) {
		if _, seen := w.keys[id]; !seen && id != "" {
			w.keys[id] = 0
			ids = append(ids, id)
		}
	}
	for _, a := range w.Articles {
		add(a.Article)
		add(a.Origin)
	}
	for _, id := range w.Gone {
		add(id)
	}
	for _, p := range w.Profiles {
		add(p.Article)
	}
	for _, v := range w.Stories {
		for _, e := range v.Events {
			for _, m := range e.Members {
				add(m.Article)
			}
		}
		for _, c := range v.Claims {
			for _, st := range c.Stances {
				add(st.Article)
			}
		}
	}
	return inParts(ctx, tx, "SELECT id, key FROM article WHERE id IN (%s)", ids, func(r Rows) error {
		var id string
		var key int64
		err := r.Scan(&id, &key)
		w.keys[id] = key
		return err
	})
}

// drop removes what is no more.
func (w *settling) drop(ctx context.Context, tx Tx) error {
	for _, id := range w.Dropped {
		if id == "" {
			continue
		}
		var tables []string
		switch id[0] {
		case 't':
			tables = []string{"DELETE FROM story WHERE id = $1"}
		case 'e':
			tables = dropEvent
		case 'c':
			tables = dropClaim
		case 'n':
			tables = []string{"DELETE FROM actor WHERE id = $1", "DELETE FROM actor_name WHERE actor = $1"}
		}
		for _, sql := range tables {
			if _, err := tx.Exec(ctx, sql, id); err != nil {
				return fmt.Errorf("drop %s: %w", id, err)
			}
		}
	}
	for _, id := range w.Gone {
		key := w.keys[id]
		if key == 0 {
			continue // forgotten: its rows went with it
		}
		for _, t := range []string{"story_article", "actor_article", "resolved_member"} {
			if _, err := tx.Exec(ctx, "DELETE FROM "+t+" WHERE article = $1", key); err != nil {
				return fmt.Errorf("take %s out: %w", id, err)
			}
		}
	}
	for _, id := range w.Over {
		if _, err := tx.Exec(ctx, "UPDATE story_article SET sketch = NULL WHERE story = $1", id); err != nil {
			return fmt.Errorf("close story %s: %w", id, err)
		}
	}
	return nil
}

var (
	dropEvent = []string{
		"DELETE FROM resolved_event WHERE id = $1", "DELETE FROM resolved_member WHERE resolved = $1", "DELETE FROM resolved_party WHERE event = $1",
		"DELETE FROM toll WHERE event = $1", "DELETE FROM figure WHERE event = $1",
	}
	dropClaim = []string{"DELETE FROM claim WHERE id = $1", "DELETE FROM claim_about WHERE claim = $1", "DELETE FROM stance WHERE claim = $1"}
)

// articles writes where articles are.
func (w *settling) articles(ctx context.Context, tx Tx) error {
	for _, a := range w.Articles {
		key := w.keys[a.Article]
		if key == 0 {
			continue
		}
		origin := w.keys[a.Origin]
		if origin == 0 {
			origin = key
		}
		_, err := tx.Exec(ctx, `INSERT INTO story_article (article, story, origin, batch, joined, sketch) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (article) DO UPDATE SET story=excluded.story, origin=CASE WHEN $7 THEN excluded.origin ELSE story_article.origin END, batch=CASE WHEN excluded.batch = 0 THEN story_article.batch ELSE excluded.batch END, sketch=coalesce(excluded.sketch, story_article.sketch)`,
			key, a.Story, origin, a.Batch, w.At.UTC(), nilBytes(a.Sketch), a.Origin != "")
		if err != nil {
			return fmt.Errorf("place %s: %w", a.Article, err)
		}
	}
	return nil
}

// nilBytes is NULL for nil.
func nilBytes(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

// merges leaves tombstones.
func (w *settling) merges(ctx context.Context, tx Tx) error {
	for _, c := range w.Changes {
		if c.Kind != news.ChangeMerged && c.Kind != news.ChangeDeleted {
			continue
		}
		_, err := tx.Exec(ctx, "INSERT INTO merged (id, object, target, at) VALUES ($1,$2,$3,$4) ON CONFLICT (id) DO UPDATE SET target = excluded.target, at = excluded.at",
			c.ID, c.Object, optional(c.Into), w.At.UTC())
		if err != nil {
			return fmt.Errorf("bury %s: %w", c.ID, err)
		}
	}
	return nil
}

func (w *settling) changes(ctx context.Context, tx Tx) error {
	rows := make([][]any, len(w.Changes))
	for i, c := range w.Changes {
		rows[i] = []any{w.At.UTC(), string(c.Kind), c.Object, c.ID, optional(c.Into), strings.Join(c.Fields, ",")}
	}
	return insert(ctx, tx, "change", "at, kind, object, id, target, fields", rows)
}
