package jobs

import (
	"log/slog"
	"sync/atomic"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Tally counts what was done.
type Tally struct {
	Checked   int64 // looks at a source
	Fetched   int64 // requests for articles
	Added     int64
	Edited    int64
	Withdrawn int64
	Same      int64 // nothing new
	Forgotten int64 // erased once, and not taken again
	NoTarget  int64 // withdrawals of what is not kept
	NoArticle int64 // pages without one
	Failed    int64 // not fetched, or not to be read
}

// Articles is how many deliveries were worked on.
func (t Tally) Articles() int64 {
	return t.Added + t.Edited + t.Withdrawn + t.Same + t.Forgotten + t.NoTarget + t.Failed
}

// LogValue gives the counts that are not zero.
func (t Tally) LogValue() slog.Value {
	var out []slog.Attr
	for _, c := range []struct {
		name string
		n    int64
	}{
		{"checked", t.Checked}, {"fetched", t.Fetched}, {"added", t.Added}, {"edited", t.Edited}, {"withdrawn", t.Withdrawn}, {"same", t.Same},
		{"forgotten", t.Forgotten}, {"no_target", t.NoTarget}, {"no_article", t.NoArticle}, {"failed", t.Failed},
	} {
		if c.n > 0 {
			out = append(out, slog.Int64(c.name, c.n))
		}
	}
	return slog.GroupValue(out...)
}

type tally struct {
	checked, fetched, added, edited, withdrawn, same, forgotten, noTarget, noArticle, failed atomic.Int64
}

func (t *tally) now() Tally {
	return Tally{
		Checked: t.checked.Load(), Fetched: t.fetched.Load(), Added: t.added.Load(), Edited: t.edited.Load(), Withdrawn: t.withdrawn.Load(), Same: t.same.Load(),
		Forgotten: t.forgotten.Load(), NoTarget: t.noTarget.Load(), NoArticle: t.noArticle.Load(), Failed: t.failed.Load(),
	}
}

func (t *tally) result(o store.Outcome) {
	switch o {
	case store.Added:
		t.added.Add(1)
	case store.Edited:
		t.edited.Add(1)
	case store.Withdrawn:
		t.withdrawn.Add(1)
	case store.Same:
		t.same.Add(1)
	case store.Forgotten:
		t.forgotten.Add(1)
	case store.NoTarget:
		t.noTarget.Add(1)
	}
}

func (t *tally) fetch(o news.Outcome) {
	switch o {
	case news.FetchOK, news.FetchSame, news.FetchNotModified:
	case news.FetchNoArticle:
		t.noArticle.Add(1)
	default:
		t.failed.Add(1)
	}
}
