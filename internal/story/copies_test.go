package story_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/story"
	"github.com/onrecord/onrecord/internal/story/storytest"
)

// sentences are invented and have no run of four words in common.
var sentences = []string{
	"Fire broke out aboard the ferry Ariadne off Piraeus shortly before dawn on Thursday.",
	"Lifeboats carried three hundred passengers to the quay within two hours.",
	"Captain Vrettos left last and praised the pumps that kept flames from the engine.",
	"Kyma Lines, which owns the ship, says its papers were in order.",
	"A prosecutor will look at a refrigerated lorry parked near the bow.",
	"Divers found no leak of oil when they went down at noon.",
	"Relatives waited behind a rope with blankets and thermos flasks of tea.",
	"Insurers expect to pay thirty million and have sent two surveyors.",
	"Trade unions complained of worn hoses as recently as last May.",
	"Ministers promised that every older vessel would be checked by summer.",
}

func text(which ...int) string {
	var out []string
	for _, i := range which {
		out = append(out, sentences[i])
	}
	return strings.Join(out, " ")
}

// TestReasons: what makes a copy, and what does not.
func TestReasons(t *testing.T) {
	for name, c := range map[string]struct {
		first, second string
		publisher     string // of the first
		reason        news.CopyReason
		credit        news.Optional
	}{
		"word for word":                    {text(0, 1, 2, 3), text(0, 1, 2, 3), "", news.SameText, ""},
		"a sentence less":                  {text(0, 1, 2, 3, 4), text(0, 1, 2, 3), "", news.NearCopy, ""},
		"a third of it":                    {text(0, 1, 2, 3, 4, 5, 6, 7, 8), text(0, 1, 2), "", news.Abridged, ""},
		"a rewritten half":                 {text(0, 1, 2, 3, 4), text(0, 1, 5, 6, 7), "", news.Abridged, ""},
		"one sentence of five":             {text(0, 1, 2, 3, 4), text(0, 5, 6, 7, 8), "", "", ""},
		"the same, of one agency":          {"PIRAEUS (Coastline) — " + text(0, 1, 2, 3), "ATHENS (Coastline) — " + text(0, 5, 6, 7), "", news.WireCredit, "Coastline"},
		"the same, from the agency itself": {text(0, 1, 2, 3), "ATHENS (Coastline) — " + text(0, 5, 6, 7), "Coastline Press", news.WireCredit, "Coastline"},
		"of two agencies":                  {"PIRAEUS (Coastline) — " + text(0, 1, 2, 3), "ATHENS (Attica Wire) — " + text(0, 5, 6, 7), "", "", ""},
		"of one agency, nothing in common": {"PIRAEUS (Coastline) — " + text(0, 1, 2, 3), "ATHENS (Coastline) — " + text(5, 6, 7, 8), "", "", ""},
		"quotations only in common": {text(0, 1, 2) + " “Nobody told us where to go, and a boy with a torch led us up,” she said.",
			text(3, 4, 5) + " “Nobody told us where to go, and a boy with a torch led us up,” she said.", "", "", ""},
		"too short to say": {"Fire broke out aboard the ferry.", "Fire broke out aboard the ferry, again.", "", "", ""},
	} {
		names := []string{"Ariadne", "Piraeus", "Vrettos"}
		a, b := article("a", 0, "Ferry fire off Piraeus", c.first, names...), article("b", 0, "Piraeus ferry burns", c.second, names...)
		a.Record.Article.Publisher = news.Optional(c.publisher)
		for _, order := range [][]story.Article{{a, b}, {b, a}} {
			for i, x := range order { // the same, whichever is first by its date
				order[i].Published = x.Published.AddDate(0, 0, i)
			}
			w := story.New(story.Options{})
			w.Add(story.NewSketch(order[0]))
			w.Add(story.NewSketch(order[1]))
			s := w.Settle(noon.AddDate(0, 0, 1))
			var have news.Copy
			if len(s.Copies) > 0 {
				have = s.Copies[0]
			}
			if have.Reason != c.reason || have.Credit != c.credit || c.reason != "" && have.Of != order[0].ID {
				t.Errorf("%s: %+v, want %q with credit %q", name, have, c.reason, c.credit)
			}
		}
	}
}

// TestRoundUp: a page of short reports is no copy of them, nor they of it.
func TestRoundUp(t *testing.T) {
	w := story.New(story.Options{})
	var all []string
	world := storytest.NewWorld(5, 40)
	for i := range 12 {
		a := world.Article(fmt.Sprint("brief", i), noon)
		words := strings.Fields(a.Record.Article.Text)
		brief := strings.Join(words[:20], " ")
		all = append(all, brief)
		w.Add(story.NewSketch(article(a.ID, 0, "", brief)))
	}
	w.Add(story.NewSketch(article("roundup", 1, "The day", strings.Join(all, "\n\n"))))
	for _, c := range w.Settle(noon).Copies {
		if c.Article == "roundup" || c.Of == "roundup" {
			t.Errorf("%+v", c)
		}
	}
}

// TestLateOriginal: the first report comes after its copy was settled.
func TestLateOriginal(t *testing.T) {
	w := story.New(story.Options{})
	w.Add(story.NewSketch(article("copy", 1, "Ferry burns", text(0, 1, 2, 3), "Piraeus")))
	w.Settle(noon.AddDate(0, 0, 1))
	id := w.StoryOf("copy")
	w.Add(story.NewSketch(article("original", 0, "Fire on ferry", text(0, 1, 2, 3, 4), "Piraeus")))
	s := w.Settle(noon.AddDate(0, 0, 2))
	if len(s.Copies) != 1 || s.Copies[0].Article != "copy" || s.Copies[0].Of != "original" {
		t.Errorf("copies %+v", s.Copies)
	}
	st, ok := w.Story(id)
	if !ok || len(st.Origins) != 1 || st.Origins[0].Article != "original" || st.FirstReport != "original" || st.First != "2031-05-06" {
		t.Errorf("story %+v", st)
	}
}

// TestLongStory: what goes on for longer than a story may is several, linked in
// their order; what comes back after the window is closed is another.
func TestLongStory(t *testing.T) {
	world := storytest.NewWorld(2, 1)
	w := story.New(story.Options{Span: 10, Days: 5})
	n := 0
	report := func(day int) string {
		n++
		a := world.Article(fmt.Sprint("a", n), noon.AddDate(0, 0, day))
		w.Add(story.NewSketch(a))
		w.Settle(noon.AddDate(0, 0, day))
		return w.StoryOf(a.ID)
	}
	first := report(0)
	var last string
	for day := 1; day <= 14; day++ {
		last = report(day)
		report(day)
	}
	if first == last {
		t.Fatal("one story of 15 days, where 10 are allowed")
	}
	linked := false
	st, _ := w.Story(last)
	for _, l := range st.Links {
		linked = linked || l.Kind == news.StoryFollows && l.Story == first || l.Kind == news.StoryLikeness
	}
	if !linked {
		t.Errorf("links %+v", st.Links)
	}
	if again := report(40); again == first || again == last {
		t.Errorf("a story that was closed goes on")
	}
}
