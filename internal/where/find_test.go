package where_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
)

func analyse(t testing.TB, model *nlp.Model, text string) *nlp.Doc {
	t.Helper()
	doc, err := model.Analyse(context.Background(), text,
		[]news.Block{{Kind: news.BlockParagraph, Range: news.Range{Start: 0, End: len(text)}}})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// sound fails where mentions break what Find promises.
func sound(t testing.TB, g *where.Gazetteer, doc *nlp.Doc) {
	t.Helper()
	last := 0
	for _, m := range g.Find(doc) {
		if m.From < last || m.To <= m.From || m.To > len(doc.Tokens) {
			t.Fatalf("mention %+v after token %d of %d", m, last, len(doc.Tokens))
		}
		last = m.To
		if doc.SentenceOf(m.From) != doc.SentenceOf(m.To-1) {
			t.Errorf("mention %+v crosses a sentence", m)
		}
		if m.Name == "" || m.Kind == "" {
			t.Errorf("mention without a name or kind: %+v", m)
		}
		if m.Country != "" {
			if _, ok := g.Country(string(m.Country)); !ok {
				t.Errorf("mention of no country: %+v", m)
			}
		}
		if p := m.Place; p != nil {
			if p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180 || p.Precision == "" || p.ClaimedBy == nil {
				t.Errorf("mention %q has the place %+v", m.Name, *p)
			}
			if len(p.ClaimedBy) > 0 && p.Country.Known() {
				t.Errorf("%q is disputed and has a country: %+v", m.Name, *p)
			}
		}
	}
}

func TestBoilerplateIsSkipped(t *testing.T) {
	model, g := load(t)
	text := "Also read: Norway and Oslo\n\nSweden won."
	doc, err := model.Analyse(context.Background(), text, []news.Block{
		{Kind: news.BlockBoilerplate, Range: news.Range{Start: 0, End: 26}},
		{Kind: news.BlockParagraph, Range: news.Range{Start: 28, End: len(text)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := g.Find(doc); len(got) != 1 || got[0].Name != "Sweden" {
		t.Errorf("Find = %+v", got)
	}
}

// Any mixture of names, marks and words is read without a panic, and what is
// found is sound.
func TestAnyText(t *testing.T) {
	model, g := load(t)
	words := strings.Fields(`the of in at near from Paris Norway Washington , . - ( ) ’s 's “ ” Mr. Jordan said Chad Georgia al- al
		Kabul government airport mosque Imambargah embassy Norwegian River Lake North West Nile U.S. US K-P and D.C. Ill. TX Saint
		province district state City Kandahar Crimea Kashmir REUTERS — : 45 St. Port au Prince d'Ivoire Côte é 中国 🙂 X`)
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var b strings.Builder
		for range r.IntN(60) {
			b.WriteString(words[r.IntN(len(words))])
			if r.IntN(5) > 0 {
				b.WriteByte(' ')
			}
		}
		sound(t, g, analyse(t, model, b.String()))
	}
}

// An endless sentence is read to its end: a step that takes the square of its
// length would not come back before the tests are stopped.
func TestLongSentence(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	model, g := load(t)
	for _, unit := range []string{"Norway , Oslo , Kabul airport and ", "St. Port al - ", "University of "} {
		doc := analyse(t, model, strings.Repeat(unit, 4000))
		doc.Sentences = []nlp.Sentence{{From: 0, To: len(doc.Tokens)}}
		doc.Index()
		g.Find(doc)
	}
}

func TestFindIsDeterministic(t *testing.T) {
	model, g := load(t)
	doc := analyse(t, model, article)
	first := g.Find(doc)
	for range 5 {
		again := g.Find(doc)
		if len(again) != len(first) {
			t.Fatalf("%d mentions, then %d", len(first), len(again))
		}
		for i := range again {
			if again[i].From != first[i].From || again[i].Name != first[i].Name || again[i].GeoNames != first[i].GeoNames {
				t.Errorf("%+v, then %+v", first[i], again[i])
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	model, g := load(f)
	for _, text := range []string{article, "Paris, Texas", "al-", "U.S.-led", "St.", "Imambargah", "the mosque of", "Lake", "\u00a0Oslo\u00a0", "“Kabul", "I\u0307stanbul"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		sound(t, g, analyse(t, model, text))
	})
}

// article is an invented report of some 250 words.
const article = `QUETTA, Pakistan (Newsline) — A truck loaded with fertiliser overturned near Mastung on Monday, closing the road
between Quetta and Karachi for six hours, police in Balochistan province said.

The driver, Jordan Khel, 45, from the village of Talmi in Kalat district, was taken to Bolan Hospital in Quetta. Two Afghan
passengers and a Norwegian engineer were unhurt. “The road is the worst in Pakistan,” the engineer, Mara Velin of the
University of Bergen, told reporters at Quetta airport before her flight to Istanbul and Oslo.

The Kabul government asked Islamabad for a list of its citizens in the convoy, which had crossed the border at Chaman. Officials
in Washington and New Delhi had no comment; the US embassy in Islamabad said none of its staff was on the road.

Similar accidents were reported this year in Dadu, Larkana and Hyderabad, in Sindh, and in the Bolan Pass. In May, a bus fell
into the Indus near Kohistan in Khyber Pakhtunkhwa, killing nine people; K-P officials blamed the rain. The World Bank lent
Pakistan $300 million for roads in 2019, and China built the port of Gwadar, on the Arabian Sea, and the highway to Kashgar in
Xinjiang through Gilgit-Baltistan, a part of Kashmir.

In Springfield, Ill., the firm that made the truck said it would send an engineer. Its plant in Paris, Texas, makes the brakes.
Abdul Lincoln, its spokesman, said: “We are sorry.”`

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := where.Load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	model, g := load(b)
	doc := analyse(b, model, article)
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		g.Find(doc)
	}
}
