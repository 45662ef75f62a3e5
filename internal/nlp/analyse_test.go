package nlp_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

func model(t testing.TB) *nlp.Model {
	t.Helper()
	m, err := nlp.Embedded()
	if errors.Is(err, nlp.ErrNoModel) {
		t.Skip("no model: run `make model`")
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func analyse(t testing.TB, text string) *nlp.Doc {
	t.Helper()
	d, err := model(t).Analyse(context.Background(), text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// check fails the test where the document breaks a promise.
func check(t testing.TB, d *nlp.Doc) {
	t.Helper()
	at, sentence := 0, 0
	for i, k := range d.Tokens {
		if k.Start >= k.End || k.Start < at || d.Text[k.Start:k.End] != k.Form {
			t.Fatalf("token %d at %d:%d is %q", i, k.Start, k.End, k.Form)
		}
		if gap := d.Text[at:k.Start]; strings.TrimFunc(gap, unicode.IsSpace) != "" {
			t.Fatalf("text %q before token %d is in no token", gap, i)
		}
		if k.UPOS == "" || k.XPOS == "" || k.Deprel == "" || k.Lemma == "" {
			t.Fatalf("token %d lacks something: %+v", i, k)
		}
		at = k.End
	}
	if rest := d.Text[at:]; strings.TrimFunc(rest, unicode.IsSpace) != "" {
		t.Fatalf("text %q at the end is in no token", rest)
	}
	for i, s := range d.Sentences {
		if s.From != sentence || s.To <= s.From {
			t.Fatalf("sentence %d is %+v", i, s)
		}
		sentence = s.To
		roots := 0
		for k := s.From; k < s.To; k++ {
			h := d.Tokens[k].Head
			if h == -1 {
				roots++
				continue
			}
			if h < s.From || h >= s.To {
				t.Fatalf("the head of token %d is outside its sentence", k)
			}
			for n := 0; h != -1; n++ {
				if n > s.To-s.From {
					t.Fatalf("the heads of token %d go round in a circle", k)
				}
				h = d.Tokens[h].Head
			}
		}
		if roots != 1 {
			t.Fatalf("sentence %d has %d roots", i, roots)
		}
		if b := d.Blocks[s.Block]; d.Tokens[s.From].Start < b.Start || d.Tokens[s.To-1].End > b.End {
			t.Fatalf("sentence %d leaves its block", i)
		}
	}
	if sentence != len(d.Tokens) {
		t.Fatalf("%d tokens are in no sentence", len(d.Tokens)-sentence)
	}
	last := 0
	for _, n := range d.Names {
		if n.From < last || n.To <= n.From || d.SentenceOf(n.From) != d.SentenceOf(n.To-1) {
			t.Fatalf("name %+v", n)
		}
		last = n.To
	}
}

const story = `A bomb killed 12 people and wounded at least 40 others on Tuesday at a market in Karva — the third this year — police said.

“We heard the blast and ran,” said Ines Roca, a dock worker. “Nobody had warned us.”

The Northern Front denied that it had planted the bomb. Defence Minister Ola Brandt didn’t comment.`

func TestAnalyse(t *testing.T) {
	d := analyse(t, story)
	check(t, d)
	killed := -1
	for i, k := range d.Tokens {
		if k.Form == "killed" {
			killed = i
		}
	}
	if k := d.Tokens[killed]; k.Lemma != "kill" || k.UPOS != "VERB" {
		t.Errorf("killed is %+v", k)
	}
	if s := d.Child(killed, "nsubj"); s < 0 || d.Tokens[s].Form != "bomb" {
		t.Errorf("the subject of killed is token %d", s)
	}
	if o := d.Child(killed, "obj"); o < 0 || d.Tokens[o].Form != "people" {
		t.Errorf("the object of killed is token %d", o)
	}
	var names []string
	for _, n := range d.Names {
		names = append(names, string(n.Type)+" "+d.Span(n.From, n.To).Text)
	}
	for _, want := range []string{"person Ines Roca", "person Ola Brandt", "place Karva"} {
		if !strings.Contains(strings.Join(names, "|"), want) {
			t.Errorf("no %q among %q", want, names)
		}
	}
}

// Headlines set in title case or in capitals are read like other sentences.
func TestHeadlines(t *testing.T) {
	for _, text := range []string{
		"Police arrest four after market blast",
		"Police Arrest Four After Market Blast",
		"POLICE ARREST FOUR AFTER MARKET BLAST",
	} {
		d := analyse(t, text)
		if k := d.Tokens[1]; k.UPOS != "VERB" || k.Lemma != "arrest" || k.Head != -1 {
			t.Errorf("%s: %+v", text, k)
		}
		if k := d.Tokens[5]; k.UPOS != "NOUN" || k.Lemma != "blast" {
			t.Errorf("%s: %+v", text, k)
		}
	}
}

func TestBlocks(t *testing.T) {
	text := "Port to close\nThe port will"
	blocks := []news.Block{
		{Kind: news.BlockTitle, Range: news.Range{Start: 0, End: 13}},
		{Kind: news.BlockParagraph, Range: news.Range{Start: 14, End: len(text)}},
	}
	d, err := model(t).Analyse(context.Background(), text, blocks)
	if err != nil {
		t.Fatal(err)
	}
	check(t, d)
	if len(d.Sentences) != 2 || d.BlockOf(3).Kind != news.BlockParagraph {
		t.Errorf("sentences %+v", d.Sentences)
	}
	if d := analyse(t, ""); len(d.Tokens) != 0 {
		t.Errorf("tokens of nothing: %+v", d.Tokens)
	}
}

// What the model says does not depend on what else it is doing.
func TestConcurrent(t *testing.T) {
	m := model(t)
	want := analyse(t, story)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for k := range 5 {
				if _, err := m.Analyse(context.Background(), strings.Repeat("Other words. ", k*50), nil); err != nil {
					t.Error(err)
				}
				got, err := m.Analyse(context.Background(), story, nil)
				if err != nil {
					t.Error(err)
					return
				}
				if d := cmp.Diff(want, got, cmpopts.IgnoreUnexported(nlp.Doc{})); d != "" {
					t.Error(d)
				}
			}
		})
	}
	wg.Wait()
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := model(t).Analyse(ctx, story, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Strange texts keep every promise, and take no longer than others their size.
func TestHostile(t *testing.T) {
	const size = 40_000
	rng := rand.New(rand.NewPCG(1, 1))
	noise := make([]rune, size/4)
	for i := range noise {
		noise[i] = rune(rng.IntN(0x11000))
	}
	texts := map[string]string{
		"letters":        strings.Repeat("a", size),
		"digits":         strings.Repeat("1", size),
		"stops":          strings.Repeat(".", size),
		"initials":       strings.Repeat("A.", size/2),
		"apostrophes":    strings.Repeat("a’", size/4),
		"opening quotes": strings.Repeat("“", 10_000),
		"nested quotes":  strings.Repeat("“", 10_000) + "x" + strings.Repeat("”", 10_000),
		"straight":       strings.Repeat("\"", size/4),
		"brackets":       strings.Repeat("(", size/4),
		"hyphens":        strings.Repeat("a-", size/4),
		"prefixes":       strings.Repeat("re-", size/4),
		"slashes":        strings.Repeat("a/", size/4),
		"hosts":          strings.Repeat("a.b-", size/8),
		"mail":           strings.Repeat("a@b.", size/8),
		"schemes":        strings.Repeat("http://", size/8),
		"dates":          strings.Repeat("1-", size/4),
		"numbers":        strings.Repeat("1,000", size/8),
		"invisible":      strings.Repeat("\u200b", size/4),
		"invisible in":   strings.Repeat("po\u200brt \u200b clo\u00adses\u2060 ", size/30),
		"marks":          strings.Repeat("e\u0301\u0301", size/8),
		"zero":           strings.Repeat("\x00", size/4),
		"lines":          strings.Repeat("\n\n", size/2),
		"one sentence":   strings.Repeat("and the port closed ", size/20),
		"noise":          strings.ToValidUTF8(string(noise), "?"),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			check(t, analyse(t, text))
		})
	}
}

func TestLongestSentence(t *testing.T) {
	d := analyse(t, strings.Repeat("the port and ", 2000))
	for _, s := range d.Sentences {
		if s.To-s.From > 300 {
			t.Errorf("a sentence of %d tokens", s.To-s.From)
		}
	}
}

func FuzzAnalyse(f *testing.F) {
	f.Add(story)
	f.Add("“‘\"'` U.S.A.’s e-mail a@b.co http://x.y/(z) 1,2,3 … -- no. 5")
	m := model(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\ufffd")
		}
		d, err := m.Analyse(context.Background(), text, nil)
		if err != nil {
			t.Fatal(err)
		}
		check(t, d)
		var b bytes.Buffer
		if err := nlp.WriteCoNLLU(&b, d, "fuzz"); err != nil {
			t.Fatal(err)
		}
		if _, err := nlp.ReadCoNLLU(&b); err != nil {
			t.Fatalf("reading what was written: %v", err)
		}
	})
}

func BenchmarkAnalyse(b *testing.B) {
	m := model(b)
	words := 0
	b.ReportAllocs()
	for b.Loop() {
		d, err := m.Analyse(context.Background(), story, nil)
		if err != nil {
			b.Fatal(err)
		}
		words += len(d.Tokens)
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}
