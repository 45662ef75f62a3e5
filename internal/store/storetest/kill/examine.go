package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/store"
)

// examine compares the store with what was imported. What it finds amiss is in
// o.wrong; an error is returned where it cannot look.
func (o *outcome) examine(ctx context.Context) (err error) {
	s, err := openStore(ctx, o.store)
	if err != nil {
		return err
	}
	defer func() {
		if closed := s.Close(); err == nil {
			err = closed
		}
	}()
	found, err := s.Doctor(ctx, true)
	if err != nil {
		return err
	}
	for _, f := range found {
		o.blame("doctor: %s: %d, such as %s", f.Code, f.Count, f.Example)
	}
	st, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	o.expect("articles", st.Articles[store.Live], o.articles)
	o.expect("articles of other states", st.Articles[store.Held]+st.Articles[store.WithdrawnHere], 0)
	o.expect("versions", st.Versions, o.versions)
	o.expect("captures", st.Captures, o.versions)
	waiting, err := countJobs(ctx, o.store, versionJob)
	if err != nil {
		return err
	}
	o.expect("jobs", waiting, o.versions)
	folder, err := archive.Open(o.captures, archive.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = folder.Close() }()
	seen := make(map[string]int)
	for n := range o.articles {
		if err := o.article(ctx, s, folder, n, seen); err != nil {
			return err
		}
	}
	files, err := os.ReadDir(o.captures)
	o.files = len(files)
	return err
}

// article looks at one article, by both its addresses.
func (o *outcome) article(ctx context.Context, s store.Store, folder *archive.Folder, n int, seen map[string]int) error {
	d := deliveries(n)[0]
	var id string
	for i, a := range d.Addresses {
		got, err := s.Find(ctx, a)
		if err != nil {
			o.blame("%s: %v", a, err)
			return nil
		}
		if i > 0 && got != id {
			o.blame("%s belongs to %s, %s to %s", d.Addresses[0], id, a, got)
		}
		id = got
	}
	if before, twice := seen[id]; twice {
		o.blame("articles %d and %d are both %s", before, n, id)
	}
	seen[id] = n
	all, err := s.Versions(ctx, id)
	if err != nil {
		return err
	}
	o.expect("versions of "+d.Addresses[0], int64(len(all)), versions(n))
	for i, v := range all {
		want := text(n, i+1)
		r, err := s.Record(ctx, id, v.N)
		if err != nil || r.Article.Text != want {
			o.blame("%s, version %d has another text (%v)", d.Addresses[0], v.N, err)
		}
		f, err := s.Capture(ctx, v.Capture)
		if err != nil {
			o.blame("%s, version %d: %v", d.Addresses[0], v.N, err)
			continue
		}
		c, err := folder.Read(archive.Location(f.Location))
		if err != nil || string(c.Body) != want {
			o.blame("%s, version %d has no capture of its text (%v)", d.Addresses[0], v.N, err)
		}
	}
	return nil
}

// countJobs asks the database itself, not the store, how many jobs of a kind
// there are, done or not.
func countJobs(ctx context.Context, where, kind string) (n int64, err error) {
	if strings.HasPrefix(where, "postgres:") {
		c, err := pgx.Connect(ctx, where)
		if err != nil {
			return 0, err
		}
		defer func() { _ = c.Close(ctx) }()
		return n, c.QueryRow(ctx, "SELECT count(*) FROM river_job WHERE kind = $1", kind).Scan(&n)
	}
	db, err := sql.Open("sqlite", where)
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	return n, db.QueryRowContext(ctx, "SELECT count(*) FROM job WHERE kind = $1", kind).Scan(&n)
}

func (o *outcome) expect(what string, got int64, want int) {
	if got != int64(want) {
		o.blame("%d %s, want %d", got, what, want)
	}
}

// blame notes what is wrong; beyond twenty only that there is more.
func (o *outcome) blame(format string, args ...any) {
	if len(o.wrong) < 20 {
		o.wrong = append(o.wrong, fmt.Sprintf(format, args...))
	} else if len(o.wrong) == 20 {
		o.wrong = append(o.wrong, "and more")
	}
}
