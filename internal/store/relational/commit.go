package relational

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Commit makes all the changes, or none.
func (s *Store) Commit(ctx context.Context, c store.Changes) ([]store.Result, error) {
	packed := make([][]byte, len(c.Entries))
	var results []store.Result
	err := s.b.Write(ctx, func(tx Tx) error {
		results = make([]store.Result, 0, len(c.Entries))
		if err := s.lock(ctx, tx, c.Entries); err != nil {
			return err
		}
		for _, f := range c.Captures {
			if err := putCapture(ctx, tx, f); err != nil {
				return err
			}
		}
		for i := range c.Entries {
			r, err := s.put(ctx, tx, &c.Entries[i], &packed[i])
			if err != nil {
				return fmt.Errorf("keep %s: %w", store.Addresses(c.Entries[i].Delivery)[0], err)
			}
			results = append(results, r)
		}
		if err := dropUnused(ctx, tx, c.Unused); err != nil {
			return err
		}
		for _, f := range c.Feeds {
			if err := updateFeed(ctx, tx, f); err != nil {
				return err
			}
		}
		if err := logFetches(ctx, tx, c.Fetches); err != nil {
			return err
		}
		if len(c.Jobs) > 0 {
			return s.d.Enqueue(ctx, tx, c.Jobs)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

// lock keeps other writers from the addresses and the articles of entries. All
// that one transaction needs is taken before it begins, in an order that is the
// same everywhere, so that two writers cannot wait for each other.
func (s *Store) lock(ctx context.Context, tx Tx, entries []store.Entry) error {
	if s.d.Lock == nil || len(entries) == 0 {
		return nil
	}
	var addresses []string
	for _, e := range entries {
		addresses = append(addresses, store.Addresses(e.Delivery)...)
	}
	if err := s.d.Lock(ctx, tx, addresses); err != nil {
		return fmt.Errorf("lock the addresses: %w", err)
	}
	articles := make(map[int64]bool)
	for part := range slices.Chunk(addresses, 500) {
		owner, _, err := owners(ctx, tx, part)
		if err != nil {
			return err
		}
		for _, key := range owner {
			articles[key] = true
		}
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(articles)), 500) {
		// One that was forgotten meanwhile is not there; a look tells.
		err := each(ctx, tx, "SELECT key FROM article WHERE key IN ("+list(1, len(part))+") ORDER BY key"+s.d.Hold, anys(part), func(Rows) error { return nil })
		if err != nil {
			return fmt.Errorf("hold the articles: %w", err)
		}
	}
	return nil
}

// held is what the store has of one article while a delivery is looked at.
type held struct {
	key       int64
	id        string
	state     store.State
	version   int
	digest    string // of the current version
	changed   time.Time
	firstSeen time.Time
	cursor    int64
	addresses []string // of the delivery that are not yet the article's
}

// Look says what Commit would make of a delivery.
func (s *Store) Look(ctx context.Context, d *news.Delivery) (store.Known, error) {
	var k store.Known
	err := s.b.Read(ctx, func(tx Tx) error {
		at := time.Time{}
		if d.Capture != nil {
			at = d.Capture.At
		}
		outcome, h, err := look(ctx, tx, d, at)
		if err != nil {
			return err
		}
		k.Outcome = outcome
		if h != nil {
			k.Article, k.Version = h.id, h.version
		}
		return nil
	})
	if err != nil {
		return store.Known{}, fmt.Errorf("look for %s: %w", store.Addresses(d)[0], err)
	}
	return k, nil
}

// look finds the article that a delivery belongs to and tells what is to be
// done.
func look(ctx context.Context, tx Tx, d *news.Delivery, at time.Time) (store.Outcome, *held, error) {
	addresses := store.Addresses(d)
	owner, forgotten, err := owners(ctx, tx, addresses)
	if err != nil {
		return "", nil, err
	}
	if len(forgotten) > 0 {
		return store.Forgotten, nil, nil
	}
	// The best address decides; what belongs to another article stays there.
	h := &held{}
	found := false
	for _, a := range addresses {
		key, known := owner[a]
		if !known {
			h.addresses = append(h.addresses, a)
		} else if !found {
			h.key, found = key, true
		}
	}
	if !found {
		if d.Action == news.Withdraw {
			return store.NoTarget, nil, nil
		}
		return store.Added, nil, nil
	}
	err = row(ctx, tx, `SELECT a.id, a.state, a.version, a.cursor, a.first_seen, v.digest, v.received_at
		FROM article a JOIN version v ON v.article = a.key AND v.n = a.version WHERE a.key = $1`, []any{h.key},
		&h.id, &h.state, &h.version, &h.cursor, scanMoment{&h.firstSeen}, &h.digest, scanMoment{&h.changed})
	if err != nil {
		return "", nil, fmt.Errorf("find the current version: %w", err)
	}
	if d.Action == news.Withdraw {
		if h.state == store.WithdrawnHere {
			return store.Same, h, nil
		}
		return store.Withdrawn, h, nil
	}
	digest := store.Digest(d)
	if digest == h.digest {
		return store.Same, h, nil
	}
	// A text that an earlier version had is a return to it only if it was
	// received later than the current one: an import that is run again brings
	// every version again.
	if !at.After(h.changed) {
		var n int
		if err := row(ctx, tx, "SELECT count(*) FROM version WHERE article = $1 AND digest = $2", []any{h.key, digest}, &n); err != nil {
			return "", nil, err
		}
		if n > 0 {
			return store.Same, h, nil
		}
	}
	return store.Edited, h, nil
}

// owners tells which addresses belong to which article, and which to articles
// that were forgotten.
func owners(ctx context.Context, tx Tx, addresses []string) (owner map[string]int64, forgotten map[string]bool, err error) {
	hashes, of := make([]any, len(addresses)), make(map[string]string, 2*len(addresses))
	stones := make([]any, len(addresses))
	for i, a := range addresses {
		h, t := store.AddressHash(a), store.Tombstone(a)
		hashes[i], stones[i] = h, t
		of[h], of[t] = a, a
	}
	owner, forgotten = make(map[string]int64), make(map[string]bool)
	err = each(ctx, tx, "SELECT hash FROM tombstone_address WHERE hash IN ("+list(1, len(stones))+")", stones, func(r Rows) error {
		var h string
		if err := r.Scan(&h); err != nil {
			return err
		}
		forgotten[of[h]] = true
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("look among the forgotten: %w", err)
	}
	err = each(ctx, tx, "SELECT hash, article FROM address WHERE hash IN ("+list(1, len(hashes))+")", hashes, func(r Rows) error {
		var h string
		var key int64
		if err := r.Scan(&h, &key); err != nil {
			return err
		}
		owner[of[h]] = key
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("look for the addresses: %w", err)
	}
	return owner, forgotten, nil
}

// put keeps one entry.
func (s *Store) put(ctx context.Context, tx Tx, e *store.Entry, packed *[]byte) (store.Result, error) {
	if e.At.IsZero() {
		e.At = s.now()
	}
	// Microseconds are what the stores keep; two equal times must stay equal.
	at := e.At.UTC().Truncate(time.Microsecond)
	outcome, h, err := look(ctx, tx, e.Delivery, at)
	if err != nil {
		return store.Result{}, err
	}
	switch outcome {
	case store.Added:
		return s.add(ctx, tx, e, at, packed)
	case store.Edited:
		return s.edit(ctx, tx, e, at, h, packed)
	case store.Withdrawn:
		return store.Result{Outcome: outcome, Article: h.id, Version: h.version}, s.withdraw(ctx, tx, h, e.Delivery.Note)
	case store.Same:
		return store.Result{Outcome: outcome, Article: h.id, Version: h.version}, putAddresses(ctx, tx, h.key, h.addresses)
	}
	return store.Result{Outcome: outcome}, nil
}

func (s *Store) add(ctx context.Context, tx Tx, e *store.Entry, at time.Time, packed *[]byte) (store.Result, error) {
	d := e.Delivery
	addresses := store.Addresses(d)
	h := &held{id: store.ArticleID(addresses[0]), version: 1, firstSeen: at, state: store.Live}
	if d.Embargo.After(s.now()) {
		h.state = store.Held
	}
	if err := row(ctx, tx, s.d.NextKey, nil, &h.key); err != nil {
		return store.Result{}, fmt.Errorf("take a key: %w", err)
	}
	if err := s.prepare(e, h, packed); err != nil {
		return store.Result{}, err
	}
	a := &e.Record.Article
	var err error
	if h.cursor, err = s.place(ctx, tx, string(a.Published), at, h.key); err != nil {
		return store.Result{}, fmt.Errorf("find a place for the article: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO article (key, id, cursor, state, version, url, publisher, feed, title, published, language, first_seen, changed, embargo, entities, statements, events)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`,
		h.key, h.id, h.cursor, string(h.state), 1, optional(d.URL()), optional(a.Publisher), optional(d.Feed), optional(a.Title), optional(a.Published),
		optional(a.Language), at, at, moment(d.Embargo), len(e.Record.Entities), len(e.Record.Statements), len(e.Record.Events))
	if err != nil {
		return store.Result{}, fmt.Errorf("insert the article: %w", err)
	}
	if err := putAddresses(ctx, tx, h.key, addresses); err != nil {
		return store.Result{}, err
	}
	if err := s.putVersion(ctx, tx, e, at, h, nil, *packed); err != nil {
		return store.Result{}, err
	}
	return store.Result{Outcome: store.Added, Article: h.id, Version: 1}, nil
}

func (s *Store) edit(ctx context.Context, tx Tx, e *store.Entry, at time.Time, h *held, packed *[]byte) (store.Result, error) {
	d := e.Delivery
	old, err := readRecord(ctx, tx, h.key, h.version)
	if err != nil {
		return store.Result{}, fmt.Errorf("read the version before: %w", err)
	}
	if err := s.unfold(ctx, tx, h); err != nil {
		return store.Result{}, err
	}
	if err := s.prepare(e, h, packed); err != nil {
		return store.Result{}, err
	}
	h.version++
	// What its publisher sends again after a withdrawal is shown again.
	h.state = store.Live
	if d.Embargo.After(s.now()) {
		h.state = store.Held
	}
	a := &e.Record.Article
	if h.cursor, err = s.place(ctx, tx, string(a.Published), h.firstSeen, h.key); err != nil {
		return store.Result{}, fmt.Errorf("find a place for the article: %w", err)
	}
	_, err = tx.Exec(ctx, `UPDATE article SET cursor=$2, state=$3, version=$4, title=$5, published=$6, language=$7, changed=$8, embargo=$9, entities=$10, statements=$11, events=$12 WHERE key=$1`,
		h.key, h.cursor, string(h.state), h.version, optional(a.Title), optional(a.Published), optional(a.Language), at, moment(d.Embargo),
		len(e.Record.Entities), len(e.Record.Statements), len(e.Record.Events))
	if err != nil {
		return store.Result{}, fmt.Errorf("update the article: %w", err)
	}
	if err := putAddresses(ctx, tx, h.key, h.addresses); err != nil {
		return store.Result{}, err
	}
	if err := s.putVersion(ctx, tx, e, at, h, store.Difference(old.Article.Text, d.Text), *packed); err != nil {
		return store.Result{}, err
	}
	return store.Result{Outcome: store.Edited, Article: h.id, Version: h.version}, nil
}

// errNoRecord is a caller's mistake.
var errNoRecord = errors.New("an article that is not withdrawn needs a record")

// prepare gives the record the article's id, and packs it; once, even if the
// transaction is tried again.
func (s *Store) prepare(e *store.Entry, h *held, packed *[]byte) error {
	if e.Record == nil {
		return errNoRecord
	}
	if *packed != nil && e.Record.Article.ID == h.id {
		return nil
	}
	r := *e.Record
	r.Article.ID = h.id
	e.Record = &r
	b, err := pack(&r)
	*packed = b
	return err
}

func (s *Store) putVersion(ctx context.Context, tx Tx, e *store.Entry, at time.Time, h *held, edits []store.Edit, packed []byte) error {
	d, r := e.Delivery, e.Record
	capture := ""
	if d.Capture != nil {
		capture = store.CaptureID(d.Capture)
	}
	difference, err := json.Marshal(edits)
	if err != nil {
		return fmt.Errorf("encode the difference: %w", err)
	}
	action := d.Action
	if action == "" {
		action = news.Publish
	}
	_, err = tx.Exec(ctx, `INSERT INTO version (article, n, received_at, digest, text_sha256, title, published, basis, capture, action, note, difference)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
		h.key, h.version, at, store.Digest(d), r.Article.TextSHA256, optional(r.Article.Title), optional(r.Article.Published), string(r.Article.PublishedBasis),
		optional(capture), string(action), optional(d.Note), difference)
	if err != nil {
		return fmt.Errorf("insert the version: %w", err)
	}
	if err := putRecord(ctx, tx, h.key, h.version, r.Pipeline, packed, s.now()); err != nil {
		return err
	}
	return s.fold(ctx, tx, h, r)
}

func putRecord(ctx context.Context, tx Tx, key int64, version int, p news.Pipeline, packed []byte, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO record (article, n, pipeline, model, codebook, read_at, body) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (article, n) DO UPDATE SET pipeline=excluded.pipeline, model=excluded.model, codebook=excluded.codebook, read_at=excluded.read_at, body=excluded.body`,
		key, version, p.Version, p.Model, p.Codebook, now.UTC(), packed)
	if err != nil {
		return fmt.Errorf("insert the record: %w", err)
	}
	return nil
}

// putAddresses gives an article names that no other has. They are written in
// one order everywhere, so that two writers cannot wait for each other.
func putAddresses(ctx context.Context, tx Tx, key int64, addresses []string) error {
	rows := make([][]any, len(addresses))
	for i, a := range slices.Sorted(slices.Values(addresses)) {
		rows[i] = []any{store.AddressHash(a), a, key}
	}
	return insert(ctx, tx, "address", "hash, address, article", rows)
}

func (s *Store) withdraw(ctx context.Context, tx Tx, h *held, note string) error {
	if err := s.unfold(ctx, tx, h); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "UPDATE article SET state=$2 WHERE key=$1", h.key, string(store.WithdrawnHere)); err != nil {
		return fmt.Errorf("withdraw: %w", err)
	}
	if _, err := tx.Exec(ctx, "UPDATE version SET note=$3 WHERE article=$1 AND n=$2 AND $4 <> ''", h.key, h.version, optional(note), note); err != nil {
		return fmt.Errorf("withdraw: %w", err)
	}
	return nil
}
