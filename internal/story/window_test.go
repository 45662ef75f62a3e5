package story_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/story"
	"github.com/onrecord/onrecord/internal/story/storytest"
)

var noon = time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC)

// article is one whose text is given, with its names for entities.
func article(id string, day int, title, text string, names ...string) story.Article {
	return storytest.Article(id, noon.AddDate(0, 0, day), title, text, names...)
}

// batches are invented articles of several days: stories of many articles that
// look like each other, copies, cuts, roundups, articles without a date and
// one of tomorrow.
func batches(seed uint64) [][]story.Article {
	r := rand.New(rand.NewPCG(seed, 1))
	var out [][]story.Article
	w := storytest.NewWorld(seed, 12)
	for day := range 4 {
		var batch []story.Article
		for i := range 60 {
			a := w.Article(fmt.Sprintf("a%d-%d", day, i), noon.AddDate(0, 0, day))
			switch r.IntN(12) {
			case 0:
				a.Published = time.Time{}
			case 1:
				a.Published = noon.AddDate(1, 0, 0) // a wrong clock
			case 2:
				a.Published = noon.AddDate(0, 0, day-2) // found late
			}
			batch = append(batch, a)
		}
		for range 4 {
			w.Turn()
		}
		out = append(out, batch)
	}
	return out
}

// settled is everything that can be seen of a window after each batch.
func settled(batches [][]story.Article) string {
	w := story.New(story.Options{Days: 1})
	var b strings.Builder
	for day, batch := range batches {
		b.WriteString(settle(w, batch, day))
	}
	return b.String()
}

// settle adds a batch and says what can be seen then.
func settle(w *story.Window, batch []story.Article, day int) string {
	var b strings.Builder
	for _, a := range batch {
		w.Add(story.NewSketch(a))
	}
	s := w.Settle(noon.AddDate(0, 0, day))
	// Ids that were given for the time being differ; those that are kept do not.
	fmt.Fprintln(&b, "created", s.Created, "changed", s.Changed, "closed", s.Closed)
	for _, c := range s.Copies {
		fmt.Fprintf(&b, "%+v\n", c)
	}
	ids := slices.Concat(s.Created, s.Changed)
	slices.Sort(ids)
	for _, id := range ids {
		st, _ := w.Story(id)
		fmt.Fprintf(&b, "%+v\n", st)
		if st.Place != nil {
			fmt.Fprintf(&b, "%+v\n", *st.Place)
		}
	}
	return b.String()
}

// TestRestore: a window that is made again from what was kept goes on as if it
// had never been away.
func TestRestore(t *testing.T) {
	days := batches(9)
	articles := map[string]story.Article{}
	for _, batch := range days {
		for _, a := range batch {
			articles[a.ID] = a
		}
	}
	o := story.Options{Days: 1}
	w := story.New(o)
	open := map[string]bool{}
	for day, batch := range days {
		var kept []story.Kept
		for id := range open { // in any order
			if k, ok := w.Keep(id); ok {
				kept = append(kept, k)
			}
		}
		again, err := story.Restore(o, kept, func(id string) (*story.Sketch, error) { return story.NewSketch(articles[id]), nil })
		if err != nil {
			t.Fatal(err)
		}
		if again.Len() != w.Len() {
			t.Fatalf("day %d: %d articles of %d", day, again.Len(), w.Len())
		}
		want := settle(w, batch, day)
		if have := settle(again, batch, day); have != want {
			t.Fatalf("day %d: it goes on otherwise (-want +have):\n%s", day, cmp.Diff(strings.Split(want, "\n"), strings.Split(have, "\n")))
		}
		for _, a := range batch {
			open[w.StoryOf(a.ID)] = true
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	sketch := func(id string) (*story.Sketch, error) {
		if id == "missing" {
			return nil, errors.New("not kept")
		}
		return story.NewSketch(article(id, 0, "Ferry", "A ferry ran aground.")), nil
	}
	a, b := story.KeptArticle{Article: "a"}, story.KeptArticle{Article: "b", Copy: &news.Copy{Article: "b", Of: "a"}}
	for name, kept := range map[string][]story.Kept{
		"no articles":      {{ID: "t1"}},
		"a missing sketch": {{ID: "t1", Articles: []story.KeptArticle{{Article: "missing"}}}},
		"a copy first":     {{ID: "t1", Articles: []story.KeptArticle{b, a}}},
		"an article twice": {{ID: "t1", Articles: []story.KeptArticle{a}}, {ID: "t2", Articles: []story.KeptArticle{a}}},
		"a story twice":    {{ID: "t1", Articles: []story.KeptArticle{a}}, {ID: "t1", Articles: []story.KeptArticle{b}}},
	} {
		if _, err := story.Restore(story.Options{}, kept, sketch); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestOrderOfComing is the promise of Settle: whatever the order within the
// batches, all that is seen afterwards is the same.
func TestOrderOfComing(t *testing.T) {
	for seed := range uint64(2) {
		days := batches(seed)
		want := settled(days)
		if !strings.Contains(want, "near_copy") || !strings.Contains(want, "closed [t") {
			t.Errorf("seed %d: no copies or no closed stories: the test tests little", seed)
		}
		r := rand.New(rand.NewPCG(seed, 2))
		for range 4 {
			for _, batch := range days {
				r.Shuffle(len(batch), func(i, j int) { batch[i], batch[j] = batch[j], batch[i] })
			}
			if have := settled(days); have != want {
				t.Fatalf("seed %d: another order gives another result (-want +have):\n%s", seed, cmp.Diff(strings.Split(want, "\n"), strings.Split(have, "\n")))
			}
		}
	}
}

// TestStoriesOfTheWorld checks that the property above is not that of one heap
// or of nothing but single articles.
func TestStoriesOfTheWorld(t *testing.T) {
	world := storytest.NewWorld(7, 12)
	w := story.New(story.Options{})
	of := map[string]int{}
	for i := range 200 {
		a := world.Article(fmt.Sprint("a", i), noon)
		of[a.ID] = world.Last()
		w.Add(story.NewSketch(a))
	}
	w.Settle(noon)
	right, pairs, apart := 0, 0, 0
	for a, x := range of {
		for b, y := range of {
			if a >= b {
				continue
			}
			same := w.StoryOf(a) == w.StoryOf(b)
			if x == y {
				pairs++
				if same {
					right++
				}
			} else if same {
				apart++
			}
		}
	}
	if right*10 < pairs*9 || apart*50 > pairs {
		t.Errorf("of %d pairs of one happening %d are in one story; %d others are", pairs, right, apart)
	}
}

func TestIDsAreKept(t *testing.T) {
	world := storytest.NewWorld(3, 5)
	w := story.New(story.Options{})
	var ids []string
	for day := range 5 {
		for i := range 40 {
			w.Add(story.NewSketch(world.Article(fmt.Sprintf("a%d-%d", day, i), noon.AddDate(0, 0, day))))
		}
		s := w.Settle(noon.AddDate(0, 0, day))
		if day > 0 && len(s.Created) > 2 {
			t.Errorf("day %d: %d new stories, though the same five happenings go on", day, len(s.Created))
		}
		for _, id := range ids {
			if _, ok := w.Story(w.Resolve(id)); !ok {
				t.Errorf("day %d: story %s is lost", day, id)
			}
		}
		ids = append(ids, s.Created...)
	}
}

// TestSameAddress: two texts under one address are one source, and the reason
// says so.
func TestSameAddress(t *testing.T) {
	a := article("a", 0, "Ferry runs aground", "A ferry ran aground off Piraeus on Tuesday with 200 people on board, the coastguard said.", "Piraeus")
	b := article("b", 0, "Minister resigns", "The minister of fisheries resigned in Oslo over a trawler that he had forgotten to declare.", "Oslo")
	a.Address, b.Address = "https://news.example/live", "https://news.example/live"
	w := story.New(story.Options{})
	w.Add(story.NewSketch(a))
	if p := w.Add(story.NewSketch(b)); p.Copy == nil || p.Copy.Reason != news.SameAddress {
		t.Errorf("placed as %+v", p)
	}
	s := w.Settle(noon)
	if len(s.Copies) != 1 || s.Copies[0].Reason != news.SameAddress || s.Copies[0].Shared > 0.1 {
		t.Errorf("copies %+v", s.Copies)
	}
}

// TestNewVersion: an article that comes again is there once.
func TestNewVersion(t *testing.T) {
	w := story.New(story.Options{})
	for day := range 3 {
		a := article("a", day, "Ferry runs aground", fmt.Sprintf("A ferry ran aground off Piraeus with %d people on board, the coastguard said on day %d.", 200+day, day), "Piraeus")
		w.Add(story.NewSketch(a))
		w.Add(story.NewSketch(a))
		w.Settle(noon.AddDate(0, 0, day))
		st, ok := w.Story(w.StoryOf("a"))
		if !ok || len(st.Members) != 1 || w.Len() != 1 {
			t.Fatalf("day %d: %d articles, story %+v", day, w.Len(), st)
		}
	}
}

// TestRemove takes the first of some copies away: the others stay one origin.
func TestRemove(t *testing.T) {
	text := "A ferry with 200 people on board ran aground on rocks off the port of Piraeus early on Tuesday, the coastguard said, and three tugs were sent to pull it free before the wind rose again in the evening."
	w := story.New(story.Options{})
	for _, id := range []string{"a", "b", "c"} {
		w.Add(story.NewSketch(article(id, 0, "Ferry "+id, text, "Piraeus")))
	}
	w.Settle(noon)
	for _, gone := range []string{"a", "b"} {
		w.Remove(gone)
		w.Settle(noon)
		st, ok := w.Story(w.StoryOf("c"))
		if !ok || len(st.Origins) != 1 {
			t.Fatalf("without %s: %+v", gone, st)
		}
	}
	w.Add(story.NewSketch(article("d", 0, "Ferry d", text, "Piraeus")))
	if s := w.Settle(noon); len(s.Copies) != 1 || s.Copies[0].Of != "c" {
		t.Errorf("the last one left is not found: %+v", s.Copies)
	}
	w.Remove("c")
	w.Remove("d")
	w.Remove("d")
	if s := w.Settle(noon); w.Len() != 0 || len(s.Changed) != 0 {
		t.Errorf("%d articles are left, changed %v", w.Len(), s.Changed)
	}
}

// TestEmpty: nothing to go by is no reason to join.
func TestEmpty(t *testing.T) {
	w := story.New(story.Options{})
	w.Settle(time.Time{})
	for i := range 3 {
		w.Add(story.NewSketch(article(fmt.Sprint(i), 0, "", "")))
	}
	s := w.Settle(time.Time{})
	if len(s.Created) != 3 || len(s.Copies) != 0 {
		t.Errorf("%d stories, %d copies; want 3 and none", len(s.Created), len(s.Copies))
	}
}

// TestThousandCopies: what forty papers print is one origin, a thousand too.
func TestThousandCopies(t *testing.T) {
	world := storytest.NewWorld(1, 1)
	first := world.Article("first", noon)
	w := story.New(story.Options{})
	for i := range 1000 {
		a := first
		r := *first.Record
		r.Article.Text += fmt.Sprintf("\n\nMore on page %d.", i)
		r.Article.Blocks = []news.Block{{Kind: news.BlockParagraph, Range: news.Range{End: len(r.Article.Text)}}}
		a.ID, a.Record = fmt.Sprint("copy", i), &r
		w.Add(story.NewSketch(a))
	}
	w.Settle(noon)
	st, _ := w.Story(w.StoryOf("copy7"))
	if len(st.Members) != 1000 || len(st.Origins) != 1 || len(st.Origins[0].Copies) != 999 {
		t.Errorf("%d members, %d origins", len(st.Members), len(st.Origins))
	}
}
