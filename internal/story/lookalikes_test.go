package story_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/story"
)

// read makes articles of a txtar of "STORY/ARTICLE" files, through the reader.
func read(t *testing.T, file string) []story.Article {
	t.Helper()
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rd, err := reader.New(reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []story.Article
	for _, f := range ar.Files {
		published, rest, _ := strings.Cut(string(f.Data), "\n")
		title, text, _ := strings.Cut(rest, "\n")
		rec, err := rd.Read(context.Background(), reader.Input{Title: title, Text: title + "\n\n" + text, Published: published})
		if err != nil {
			t.Fatalf("read %s: %v", f.Name, err)
		}
		a := story.Of(rec)
		a.ID = f.Name
		out = append(out, a)
	}
	return out
}

// TestLookAlikes keeps two earthquakes and two attacks in one city apart that
// fall in one week, whether they are settled at the end or day by
// day, and each of them together.
func TestLookAlikes(t *testing.T) {
	articles := read(t, "testdata/lookalikes.txtar")
	for name, every := range map[string]int{"at the end": len(articles), "day by day": 1} {
		w := story.New(story.Options{})
		for day := range 7 {
			for _, a := range articles {
				if a.Published.Day() == 4+day {
					w.Add(story.NewSketch(a))
				}
			}
			if every == 1 {
				w.Settle(time.Date(2031, 5, 4+day, 23, 0, 0, 0, time.UTC))
			}
		}
		w.Settle(time.Date(2031, 5, 11, 0, 0, 0, 0, time.UTC))
		for i, a := range articles {
			for _, b := range articles[:i] {
				x, _, _ := strings.Cut(a.ID, "/")
				y, _, _ := strings.Cut(b.ID, "/")
				if same := w.StoryOf(a.ID) == w.StoryOf(b.ID); same != (x == y) {
					t.Errorf("settled %s: %s and %s in one story: %v", name, a.ID, b.ID, same)
				}
			}
		}
	}
}

// TestDescription looks at one story as a reader of a list would.
func TestDescription(t *testing.T) {
	w := story.New(story.Options{})
	for _, a := range read(t, "testdata/lookalikes.txtar") {
		w.Add(story.NewSketch(a))
	}
	w.Settle(time.Date(2031, 5, 11, 0, 0, 0, 0, time.UTC))
	st, ok := w.Story(w.StoryOf("attack-hotel/2"))
	if !ok {
		t.Fatal("no story")
	}
	if st.First != "2031-05-05" || st.Last != "2031-05-09" || st.FirstReport != "attack-hotel/1" {
		t.Errorf("from %s to %s, first report %s", st.First, st.Last, st.FirstReport)
	}
	if !strings.Contains(st.Title, "Mogadishu") {
		t.Errorf("title %q", st.Title)
	}
	if st.Place == nil || st.Place.Name != "Mogadishu" {
		t.Errorf("place %+v", st.Place)
	}
	if len(st.Parties) == 0 || !strings.Contains(st.Parties[0].Name, "Diiriye") {
		t.Errorf("parties %+v", st.Parties)
	}
	if len(st.Types) == 0 || st.Types[0] != news.Assault {
		t.Errorf("types %v", st.Types)
	}
	for _, m := range st.Members {
		if !strings.HasPrefix(string(m.Nearest), "attack-hotel/") || m.Likeness <= 0 || len(m.Because) == 0 {
			t.Errorf("member %+v", m)
		}
	}
}
