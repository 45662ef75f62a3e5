package who_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/onrecord/onrecord/internal/cases"
	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
	"github.com/onrecord/onrecord/internal/who"
)

type rooms struct {
	model  *nlp.Model
	places *where.Gazetteer
	people *who.Resolver
}

var open = sync.OnceValues(func() (rooms, error) {
	var r rooms
	var err error
	if r.model, err = nlp.Embedded(); err != nil {
		return r, err
	}
	if r.places, err = where.Load(); err != nil {
		return r, err
	}
	r.people, err = who.New(r.places)
	return r, err
})

func resolve(t testing.TB, text string) (*nlp.Doc, *who.Cast) {
	t.Helper()
	r, err := open()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := r.model.Analyse(context.Background(), text, clean.Blocks(text, ""))
	if err != nil {
		t.Fatal(err)
	}
	return doc, r.people.Resolve(doc, r.places.Find(doc))
}

// texts are those of all cases of the room.
func texts(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.cases")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	var out []string
	for _, f := range files {
		cs, err := cases.ParseFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cs {
			out = append(out, c.Text)
		}
	}
	return out
}

// check holds a cast to what every reader of it relies on.
func check(t *testing.T, doc *nlp.Doc, c *who.Cast) {
	t.Helper()
	first := -1
	seen := map[string]bool{}
	for i, e := range c.Entities {
		if seen[e.ID] || e.ID == "" || e.Name == "" || len(e.Mentions) == 0 {
			t.Errorf("entity %d: id %q, name %q, %d mentions", i, e.ID, e.Name, len(e.Mentions))
			continue
		}
		seen[e.ID] = true
		if e.Mentions[0].Start < first {
			t.Errorf("entity %s stands before one that is mentioned first", e.ID)
		}
		first = e.Mentions[0].Start
		for _, m := range e.Mentions {
			if m.Start < 0 || m.End > len(doc.Text) || m.Start >= m.End || doc.Text[m.Start:m.End] != m.Text {
				t.Errorf("entity %s: mention %d:%d %q is not the text", e.ID, m.Start, m.End, m.Text)
			}
		}
		for _, r := range e.Roles {
			if r.Title == "" || doc.Text[r.Start:r.End] != r.Text {
				t.Errorf("entity %s: role %q at %d:%d %q", e.ID, r.Title, r.Start, r.End, r.Text)
			}
		}
		for _, a := range e.Aliases {
			if a == e.Name {
				t.Errorf("entity %s: alias %q is its name", e.ID, a)
			}
		}
	}
	for i, m := range c.Mentions {
		if m.Entity < 0 || m.Entity >= len(c.Entities) || m.From >= m.To || m.To > len(doc.Tokens) || m.Head < m.From || m.Head >= m.To {
			t.Errorf("mention %d: %+v", i, m)
			continue
		}
		if i > 0 && m.From < c.Mentions[i-1].From {
			t.Errorf("mention %d out of order", i)
		}
		if kind := doc.BlockOf(m.Head).Kind; kind == news.BlockBoilerplate {
			t.Errorf("mention %d in a %s block", i, kind)
		}
	}
	for i := range doc.Tokens {
		if e := c.At(i); e >= len(c.Entities) {
			t.Errorf("token %d: entity %d of %d", i, e, len(c.Entities))
		}
	}
	if c.At(-1) != -1 || c.At(len(doc.Tokens)) != -1 || c.ID(-1) != "" {
		t.Error("look-ups outside the text find something")
	}
}

func TestProperties(t *testing.T) {
	all := texts(t)
	all = append(all, "", "\n\n", strings.Join(all, "\n\n"))
	for _, text := range all {
		doc, c := resolve(t, text)
		check(t, doc, c)
		_, again := resolve(t, text)
		x, _ := json.Marshal(c.Entities)
		y, _ := json.Marshal(again.Entities)
		if string(x) != string(y) {
			t.Errorf("two readings of one text differ:\n%s\n%s", x, y)
		}
	}
}

func TestLookups(t *testing.T) {
	doc, c := resolve(t, "UN envoy Daniel Roth told Reuters that the port would open. He left.")
	roth, reuters := -1, -1
	for i, e := range c.Entities {
		switch e.Name {
		case "Daniel Roth":
			roth = i
		case "Reuters":
			reuters = i
		}
	}
	if roth < 0 || reuters < 0 {
		t.Fatalf("found %d entities, not both Roth and Reuters", len(c.Entities))
	}
	if c.IsMedia(roth) || !c.IsMedia(reuters) || c.IsMedia(-1) {
		t.Error("Reuters is media, Roth is not")
	}
	for i, tok := range doc.Tokens {
		switch tok.Form {
		case "envoy", "Daniel", "Roth", "He":
			if c.At(i) != roth {
				t.Errorf("At(%q) = %d, want Roth", tok.Form, c.At(i))
			}
		}
	}
	if m := c.MentionAt(doc.TokenAt(strings.Index(doc.Text, "Roth"))); m < 0 || c.Mentions[m].Entity != roth {
		t.Error("no mention at Roth")
	}
}

// TestSeed looks for the people and bodies of the acceptance article, where it
// is at hand.
func TestSeed(t *testing.T) {
	b, err := os.ReadFile("../../../shared/gold/seed/seed.txt")
	if err != nil {
		t.Skip("no ../shared:", err)
	}
	gold, err := os.ReadFile("../../../shared/gold/seed/seed.json")
	if err != nil {
		t.Skip("no ../shared:", err)
	}
	var want struct {
		Entities []struct {
			Names []string
			Type  string
		}
	}
	if err := json.Unmarshal(gold, &want); err != nil {
		t.Fatal(err)
	}
	doc, c := resolve(t, string(b))
	check(t, doc, c)
	known := map[string]news.EntityType{}
	for _, e := range c.Entities {
		for _, m := range e.Mentions {
			if m.Kind != news.MentionPronoun {
				known[strings.ToLower(m.Text)] = e.Type
			}
		}
	}
	found, typed := 0, 0
	for _, e := range want.Entities {
		for _, n := range e.Names {
			if k, ok := known[strings.ToLower(n)]; ok {
				found++
				if string(k) == e.Type {
					typed++
				}
				break
			}
		}
	}
	t.Logf("found %d, of the right type %d, of %d", found, typed, len(want.Entities))
	if found*10 < len(want.Entities)*9 {
		t.Errorf("found %d of %d entities", found, len(want.Entities))
	}
}

func FuzzResolve(f *testing.F) {
	for _, text := range texts(f) {
		f.Add(text)
	}
	f.Add("“““ (A) (AB) Mr. Mr. ’s ’s of of The The-The - - X-Y-Z")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			t.Skip()
		}
		text = strings.ToValidUTF8(text, "")
		doc, c := resolve(t, text)
		check(t, doc, c)
	})
}

func BenchmarkResolve(b *testing.B) {
	r, err := open()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Join(texts(b), "\n\n")
	doc, err := r.model.Analyse(context.Background(), text, clean.Blocks(text, ""))
	if err != nil {
		b.Fatal(err)
	}
	places := r.places.Find(doc)
	b.ReportAllocs()
	for b.Loop() {
		r.people.Resolve(doc, places)
	}
	b.ReportMetric(float64(len(doc.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := who.New(nil); err != nil {
			b.Fatal(err)
		}
	}
}
