package story

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
)

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"The mayor's 2,300 men weren’t paid.":        {"the", "mayor", "2,300", "men", "weren", "paid"},
		"A 6.1 quake. L'Aquila shook.":               {"a", "6.1", "quake", "l", "aquila", "shook"},
		"Çankaya — the “old” quarter":                {"çankaya", "the", "old", "quarter"},
		"x " + strings.Repeat("a", maxWord+1) + " y": {"x", "y"},
		"":     nil,
		"'s '": {"s"},
	} {
		var have []string
		eachWord(text, nil, func(w string) { have = append(have, w) })
		if d := cmp.Diff(want, have); d != "" {
			t.Errorf("%q (-want +have):\n%s", text, d)
		}
	}
}

func TestStem(t *testing.T) {
	for _, same := range [][]string{
		{"kill", "kills", "killed", "killing"}, {"stop", "stopped", "stopping", "stops"},
		{"close", "closed", "closing", "closes"}, {"party", "parties"}, {"carry", "carried", "carries", "carrying"},
	} {
		for _, w := range same {
			if stem(w) != stem(same[0]) {
				t.Errorf("%q is %q, %q is %q", same[0], stem(same[0]), w, stem(w))
			}
		}
	}
	for _, w := range []string{"gas", "bus", "crisis", "congress", "2031", "ring"} {
		if s := stem(w); s != w {
			t.Errorf("%q became %q", w, s)
		}
	}
}

func TestCredit(t *testing.T) {
	for name, c := range map[string]struct {
		blocks []string // kind: text
		want   credit
	}{
		"dateline":             {[]string{"paragraph:OSLO, May 3 (Fjord Wire) — A shed burned."}, "Fjord Wire"},
		"dateline, short name": {[]string{"paragraph:OSLO (AP) -- A shed burned."}, "Associated Press"},
		"dateline, a hyphen":   {[]string{"paragraph:LIMA (Reuters) - A shed burned."}, "Reuters"},
		"a block of its own":   {[]string{"dateline:ACCRA (AFP)", "paragraph:A shed burned in the night."}, "Agence France-Presse"},
		"byline":               {[]string{"byline:By Ola Norli, Associated Press", "paragraph:A shed burned."}, "Associated Press"},
		"closing line":         {[]string{"paragraph:A shed burned in the night, and nobody knows why.", "paragraph:© 2031 Agence France-Presse"}, "Agence France-Presse"},
		"a party in brackets":  {[]string{"paragraph:Senator Mo Tarr (R-Texas) — the one with the hat — spoke."}, ""},
		"an age in brackets":   {[]string{"paragraph:Her brother (35) — a cook — spoke."}, ""},
		"contributed":          {[]string{"paragraph:A shed burned.", "paragraph:The Associated Press contributed to this report."}, ""},
		"named in the text":    {[]string{"paragraph:The minister told Reuters that he would resign, and did so on the same day in Oslo."}, ""},
		"a later bracket":      {[]string{"paragraph:A shed burned.", "paragraph:OSLO (Fjord Wire) — Another burned."}, ""},
		"none":                 {[]string{"paragraph:A shed burned in Oslo."}, ""},
	} {
		if have := creditOf(record(c.blocks...)); have != c.want {
			t.Errorf("%s: %q, want %q", name, have, c.want)
		}
	}
	for _, c := range []struct {
		credit    credit
		publisher string
		want      bool
	}{
		{"Coastline", "Coastline Press", true}, {"Reuters", "reuters", true}, {"Reuters", "Daily Post", false}, {"", "Daily Post", false}, {"AP", "", false},
	} {
		if c.credit.issued(c.publisher) != c.want {
			t.Errorf("issued(%q, %q) is not %v", c.credit, c.publisher, c.want)
		}
	}
}

// record makes one of "KIND:TEXT" blocks.
func record(blocks ...string) *news.Record {
	r := &news.Record{}
	for _, b := range blocks {
		kind, text, _ := strings.Cut(b, ":")
		start := len(r.Article.Text)
		r.Article.Text += text
		r.Article.Blocks = append(r.Article.Blocks, news.Block{Kind: news.BlockKind(kind), Range: news.Range{Start: start, End: len(r.Article.Text)}})
		r.Article.Text += "\n\n"
	}
	return r
}

func TestQuotations(t *testing.T) {
	for text, want := range map[string][]string{
		`He said “no” and "yes".`:   {"“no", `"yes`},
		"„Nein“, sagte er.":         {"„Nein"},
		"It goes on: “I was there.": {"“I was there."},
		"None here, it's John's.":   nil,
		"«Non», dit-il, «jamais».":  {"«Non", "«jamais"},
	} {
		var have []string
		for _, q := range quotations(text) {
			have = append(have, text[q.Start:q.End])
		}
		if d := cmp.Diff(want, have); d != "" {
			t.Errorf("%q (-want +have):\n%s", text, d)
		}
	}
}

func numbered(from, to int) []string {
	var out []string
	for i := from; i < to; i++ {
		out = append(out, strings.Repeat("w", 1+i%7)+string(rune('a'+i%26))+strings.Repeat("v", i/26%9)+string(rune('a'+i/234%26))+string(rune('a'+i/6084%26)))
	}
	return out
}

func TestContainment(t *testing.T) {
	for name, c := range map[string]struct {
		a, b              []string
		contained, common float64
	}{
		"the same":               {numbered(0, 200), numbered(0, 200), 1, 1},
		"a quarter of it":        {numbered(0, 200), numbered(0, 50), 1, 0.24},
		"nothing":                {numbered(0, 200), numbered(300, 500), 0, 0},
		"half of each":           {numbered(0, 200), numbered(100, 300), 0.5, 0.33},
		"empty":                  {nil, numbered(0, 20), 0, 0},
		"longer than is kept":    {numbered(0, 12000), numbered(0, 12000), 1, 1},
		"half, longer than kept": {numbered(0, 12000), numbered(6000, 18000), 0.5, 0.33},
		"a short one within it":  {numbered(0, 12000), numbered(0, 4000), 1, 0.33},
		"two words, the same":    {numbered(0, 2), numbered(0, 2), 1, 1},
	} {
		contained, common := containment(shinglesOf(c.a), shinglesOf(c.b))
		if contained < c.contained-0.03 || contained > c.contained+0.03 || common < c.common-0.03 || common > c.common+0.03 {
			t.Errorf("%s: contained %.3f, common %.3f; want %.2f, %.2f", name, contained, common, c.contained, c.common)
		}
	}
}

// TestSignature: the share of numbers that two signatures have in common
// estimates the share of runs that the texts have in common.
func TestSignature(t *testing.T) {
	for _, shift := range []int{0, 20, 60, 100, 200} {
		a, b := shinglesOf(numbered(0, 300)), shinglesOf(numbered(shift, 300+shift))
		x, y := signatureOf(a), signatureOf(b)
		same := 0
		for i := range x {
			if x[i] == y[i] {
				same++
			}
		}
		_, common := containment(a, b)
		if estimate := float64(same) / signatureSize; estimate < common-0.15 || estimate > common+0.15 {
			t.Errorf("shifted by %d: estimate %.2f of %.2f", shift, estimate, common)
		}
		met := slices.ContainsFunc(bandsOf(x), func(k uint64) bool { return slices.Contains(bandsOf(y), k) })
		if common > 0.6 && !met || common < 0.05 && met {
			t.Errorf("shifted by %d: %.2f in common, met: %v", shift, common, met)
		}
	}
}

func bandsOf(s signature) []uint64 {
	keys := s.bandKeys()
	return keys[:]
}

// FuzzSketch makes sketches of anything: whatever comes from outside must not
// stop it, and a text is always a copy of itself.
func FuzzSketch(f *testing.F) {
	f.Add("OSLO (Fjord Wire) — A shed burned.", "“It was old,” said Ola.\n\n© 2031 AFP")
	f.Add("(((", "”“«")
	f.Add("\xff\xfe", "é́ 1.,2 '’")
	f.Fuzz(func(t *testing.T, lead, rest string) {
		r := record("lead:"+lead, "paragraph:"+rest)
		a, b := NewSketch(Article{ID: "a", Record: r}), NewSketch(Article{ID: "b", Record: r})
		if a.words > 0 && kin(a, b).reason != news.SameText {
			t.Errorf("%q, %q: no copy of itself", lead, rest)
		}
		if d := dot(a.vector, a.vector); d > one+one/20 {
			t.Errorf("%q, %q: likeness %d of %d to itself", lead, rest, d, one)
		}
		w := New(Options{})
		w.Add(a)
		w.Add(b)
		w.Settle(noTime)
	})
}

// A line that holds line breaks is no credit, and no reason to stop.
func TestCreditOfSeveralLines(t *testing.T) {
	for _, line := range []string{"---\ntitle: Flood\npublisher: Pungwe Voice\n---", "By\nnobody", ""} {
		if got := lineCredit(line); got != "" {
			t.Errorf("%q is credited to %q", line, got)
		}
	}
}
