package check

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/news"
)

// settled is how long a file must be left unchanged before it is read: a wire
// service may still be writing it.
const settled = 2 * time.Second

// enough is how many articles one look at a folder brings, or a few more; the
// next look begins where it ended.
const enough = 500

// dated is a file and when it was changed.
type dated struct {
	path string
	at   time.Time
}

// folder reads the files that have come or changed since the last look, the
// oldest first. Up to which moment they were read is kept in the source's
// LastModified; files of that very moment are read again, and found known.
func (l *look) folder(ctx context.Context) error {
	f := &l.out.Feed
	log := news.Fetch{Feed: f.ID, URL: f.URL, At: l.now, Outcome: news.FetchSame}
	files, err := l.files()
	if err != nil {
		log.Outcome, log.Detail = news.FetchFailed, err.Error()
		if errors.Is(err, fs.ErrNotExist) {
			log.Outcome = news.FetchMissing
		}
		l.out.Fetches = append(l.out.Fetches, log)
		failure(f, &log, l.now)
		return nil
	}
	var failed []string
	var upTo time.Time
	more := false
	for _, file := range files {
		if len(l.out.Deliveries) >= enough && file.at.After(upTo) {
			more = true
			break
		}
		upTo = file.at
		for d, err := range delivery.Files(ctx, []string{file.path}, delivery.FileOptions{Publisher: f.Publisher, Now: func() time.Time { return l.now }}) {
			if err != nil {
				failed = append(failed, err.Error())
				continue
			}
			d.Feed = f.ID
			l.out.Deliveries = append(l.out.Deliveries, d)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if len(l.out.Deliveries) > 0 {
		log.Outcome = news.FetchOK
	}
	if len(failed) > 0 {
		log.Detail = strings.Join(failed[:min(len(failed), 5)], "; ")
	}
	l.out.Fetches = append(l.out.Fetches, log)
	if !upTo.IsZero() {
		f.LastModified = upTo.Format(time.RFC3339Nano)
	}
	l.done(nil)
	switch {
	case more:
		f.NextCheck = l.now
	case f.Interval == 0:
		f.NextCheck = l.now.Add(MinInterval) // it costs nobody anything
	}
	return nil
}

// files are those of the folder that are to be read, the oldest first.
func (l *look) files() ([]dated, error) {
	after, _ := time.Parse(time.RFC3339Nano, l.before.LastModified) // zero at the first look
	var out []dated
	err := filepath.WalkDir(l.before.URL, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p == l.before.URL:
			return err
		case err != nil:
			return nil // a file or folder that has just gone
		case d.IsDir() && p != l.before.URL && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || !delivery.IsRead(p):
			return nil
		}
		info, err := os.Stat(p)
		if err == nil && info.Mode().IsRegular() && !info.ModTime().Before(after) && l.now.Sub(info.ModTime()) >= settled {
			out = append(out, dated{p, info.ModTime()})
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b dated) int { return a.at.Compare(b.at) })
	return out, err
}
