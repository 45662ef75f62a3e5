package jobs_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// plain is a delivery of plain text by an address, whose capture holds it.
func plain(url, text string, n int) news.Delivery {
	d := delivery(url, text, n)
	sum := sha256.Sum256([]byte(text))
	d.Title, d.Capture.Body, d.Capture.SHA256 = "", []byte(text), hex.EncodeToString(sum[:])
	d.Capture.Hint.Published, d.PublishedBasis = d.Published, news.PublishedMetadata
	return d
}

var newer = news.Pipeline{Version: "2", Model: "none", Codebook: news.Codebook}

func TestReread(t *testing.T) {
	k := newKit(t)
	var all []news.Delivery
	for n := range 30 {
		all = append(all, plain(fmt.Sprintf("https://post.example/%d", n), fmt.Sprintf("Report %d.", n), n))
	}
	all = append(all, plain("https://post.example/3", "Report 3, edited.", 40))
	k.ok(k.pool.Keep(t.Context(), works(all...), nil))

	// By the same pipeline nothing is to be done; by another all of it, once.
	sum, failed, err := k.pool.Reread(t.Context(), jobs.Rereading{Pipeline: k.reader.pipeline()})
	k.ok(err)
	if sum.Records+failed != 0 {
		t.Errorf("read again by the same pipeline: %+v", sum)
	}
	k.reader.version, k.reader.says = "2", "port"
	var told []jobs.Reread
	o := jobs.Rereading{Pipeline: newer, Dry: true, Told: func(r jobs.Reread) { told = append(told, r) }}
	sum, failed, err = k.pool.Reread(t.Context(), o)
	k.ok(err)
	want := jobs.Difference{Records: 30, Differing: 30, Statements: jobs.Change{Added: 30}}
	if sum != want || failed != 0 || len(told) != 30 {
		t.Errorf("%+v, %d failed, %d told", sum, failed, len(told))
	}
	if a := k.article("https://post.example/3"); a.Statements != 0 || a.Pipeline == newer {
		t.Errorf("a dry run has written %+v", a)
	}
	o.Dry = false
	sum, _, err = k.pool.Reread(t.Context(), o)
	k.ok(err)
	if a := k.article("https://post.example/3"); sum != want || a.Statements != 1 || a.Pipeline != newer || a.Version != 2 || a.Published != "2031-05-06" {
		t.Errorf("%+v; %+v", sum, a)
	}
	sum, _, err = k.pool.Reread(t.Context(), o)
	k.ok(err)
	if sum.Records != 0 {
		t.Errorf("read again twice: %+v", sum)
	}
	// All, whoever made them; and only those that were changed since.
	sum, _, err = k.pool.Reread(t.Context(), jobs.Rereading{})
	k.ok(err)
	if sum != (jobs.Difference{Records: 30}) {
		t.Errorf("the same again: %+v", sum)
	}
	sum, _, err = k.pool.Reread(t.Context(), jobs.Rereading{Since: received.Add(35 * time.Second)})
	k.ok(err)
	if sum.Records != 1 {
		t.Errorf("since the edit: %+v", sum)
	}
	k.clean()
}

// What was received is lost, or is none of the article's any more: the text that
// the record has is read.
func TestRereadWithoutCapture(t *testing.T) {
	k := newKit(t)
	k.ok(k.pool.Keep(t.Context(), works(plain("https://post.example/1", "Report 1.", 1), plain("https://post.example/2", "UNREADABLE soon.", 2)), nil))
	k.ok(k.folder.Sync())
	files, err := os.ReadDir(k.folder.Dir())
	k.ok(err)
	for _, f := range files {
		k.ok(os.Truncate(filepath.Join(k.folder.Dir(), f.Name()), 0))
	}
	k.reader.says = "port"
	var told []jobs.Reread
	sum, failed, err := k.pool.Reread(t.Context(), jobs.Rereading{Told: func(r jobs.Reread) { told = append(told, r) }})
	k.ok(err)
	if sum.Records != 1 || failed != 0 || len(told) != 1 || !told[0].FromRecord {
		t.Errorf("%+v, %d failed, %+v", sum, failed, told)
	}
	if got := strings.Join(k.titles(), ""); len(k.titles()) != 1 {
		t.Errorf("titles %s", got)
	}
}

// A record that is damaged is made anew, in every version.
func TestRereadDamaged(t *testing.T) {
	k := newKit(t)
	k.ok(k.pool.Keep(t.Context(), works(plain("https://post.example/1", "Report 1.", 1), plain("https://post.example/1", "Report 1, edited.", 2)), nil))
	k.flaky.damaged = true
	got, err := k.pool.RereadArticle(t.Context(), "https://post.example/1", false)
	k.ok(err)
	if len(got) != 2 || got[0].Err != nil || got[1].Err != nil || got[0].Difference.Made != 1 || got[1].Version != 2 {
		t.Errorf("%+v", got)
	}
	k.flaky.damaged = false
	for n, want := range []string{"Report 1.", "Report 1, edited."} {
		r, err := k.store.Record(t.Context(), got[0].Article, n+1)
		k.ok(err)
		if r.Article.Text != want {
			t.Errorf("version %d is %q", n+1, r.Article.Text)
		}
	}
	if _, err := k.pool.RereadArticle(t.Context(), "none", false); err == nil {
		t.Error("an article that is not there is read")
	}
	k.clean()
}

func TestCompare(t *testing.T) {
	span := func(text, word string) news.Span {
		i := strings.Index(text, word)
		return news.Span{Start: i, End: i + len(word), Text: word}
	}
	record := func(text, act, trigger, mode string) *news.Record {
		cue := span(text, "said")
		r := &news.Record{Article: news.Article{Text: text}, Sentences: []news.Range{{Start: 0, End: len(text)}}}
		r.Entities = []news.Entity{{ID: "e1", Name: "Mara Velin", Type: news.Person}}
		r.Statements = []news.Statement{{ID: "s1", Source: &news.Source{Entity: "e1"}, Cue: &cue, Content: []news.Span{span(text, "the port would close")}, Act: news.Act(act)}}
		if trigger != "" {
			r.Events = []news.Event{{ID: "v1", Type: news.Protest, Mode: news.Optional(mode), Trigger: span(text, trigger)}}
		}
		return r
	}
	const text = "Mara Velin said the port would close after the strike."
	for _, c := range []struct {
		name string
		a, b *news.Record
		want jobs.Difference
	}{
		{"the same", record(text, "say", "strike", "strike"), record(text, "say", "strike", "strike"), jobs.Difference{Records: 1}},
		{"none before", nil, record(text, "say", "", ""), jobs.Difference{Records: 1, Differing: 1, Made: 1, Text: 1, Entities: jobs.Change{Added: 1}, Statements: jobs.Change{Added: 1}}},
		{"another act", record(text, "say", "", ""), record(text, "promise", "", ""), jobs.Difference{Records: 1, Differing: 1, Statements: jobs.Change{Changed: 1}}},
		{"an event lost", record(text, "say", "strike", ""), record(text, "say", "", ""), jobs.Difference{Records: 1, Differing: 1, Events: jobs.Change{Lost: 1}}},
		{"another trigger", record(text, "say", "strike", ""), record(text, "say", "close", ""), jobs.Difference{Records: 1, Differing: 1, Events: jobs.Change{Added: 1, Lost: 1}}},
		{"another mode", record(text, "say", "strike", ""), record(text, "say", "strike", "boycott"), jobs.Difference{Records: 1, Differing: 1, Events: jobs.Change{Changed: 1}}},
		{"moved down", record(text, "say", "", ""), record("Lead.\n\n"+text, "say", "", ""), jobs.Difference{Records: 1, Differing: 1, Text: 1}},
	} {
		if got := jobs.Compare(c.a, c.b); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// article is the article by an address.
func (k *kit) article(address string) store.Article {
	k.t.Helper()
	id, err := k.store.Find(k.t.Context(), address)
	k.ok(err)
	a, err := k.store.Article(k.t.Context(), id)
	k.ok(err)
	return a
}
