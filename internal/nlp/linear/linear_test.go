package linear

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// A weight comes back within three per cent of what it was.
func TestWeights(t *testing.T) {
	for _, v := range []int32{0, 1, -1, 15, 16, 33, -100, 1024, 5000, -54321, 400000} {
		got := weights[encodeWeight(v)]
		if d := float64(got - v); d*d > float64(v)*float64(v)*0.0011 {
			t.Errorf("%d came back as %d", v, got)
		}
	}
	if got := weights[encodeWeight(1<<30)]; got != 31<<14 {
		t.Errorf("the largest weight is %d", got)
	}
}

func TestTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var rows []Row
	for range 5000 {
		rows = append(rows, Row{Key: rng.Uint32(), Weights: []Weight{{Class: uint8(rng.IntN(90)), Value: 16}, {Class: 100, Value: -8}}})
	}
	var feats []uint32
	for _, r := range rows[:300] {
		feats = append(feats, r.Key)
	}
	// Keys that fall on one another's slots.
	rows = append(rows, Row{Key: 7, Weights: []Weight{{1, 3}}}, Row{Key: 7 + 1<<3, Weights: []Weight{{2, 5}}})
	table := NewTable(128, rows)
	out := make([]int32, MaxClasses)
	table.Score([]uint32{7, 7 + 1<<3, 99, 7}, out)
	if out[1] != 6 || out[2] != 5 {
		t.Errorf("scores %v", out[:4])
	}
	table.Score(feats, out)
	if out[100] != -8*300 {
		t.Errorf("score %d of 300 rows", out[100])
	}
	if table.Rows() != len(rows) {
		t.Errorf("%d rows, not %d", table.Rows(), len(rows))
	}
}

// Any run of open moves ends in one tree with one root.
func TestParserMakesTrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	moves := []Move{{Shift, 0}, {Left, 0}, {Left, 1}, {Right, 0}}
	p := NewParser([]Tag{{"NOUN", "NN"}}, []string{"dep", "root"}, moves)
	for n := 1; n < 60; n++ {
		var st State
		p.Reset(&st, make([]Word, n), make([]uint8, n))
		for steps := 0; !st.Done(); steps++ {
			if steps > 2*n {
				t.Fatalf("no end after %d steps for %d words", steps, n)
			}
			var open []Move
			for _, m := range moves {
				if st.Can(m, p.Root) {
					open = append(open, m)
				}
			}
			if len(open) == 0 {
				t.Fatalf("no move for %d words, next %d, stack %v", n, st.Next, st.Stack)
			}
			st.Do(open[rng.IntN(len(open))])
		}
		roots := 0
		for i := range n {
			if int(st.Heads[i]) == n {
				roots++
			}
			h, steps := i, 0
			for h != n {
				if h = int(st.Heads[h]); h < 0 || steps > n {
					t.Fatalf("word %d of %d does not hang on the root", i, n)
				}
				steps++
			}
		}
		if roots != 1 {
			t.Fatalf("%d roots", roots)
		}
	}
}

func TestViterbi(t *testing.T) {
	var trans [Labels + 1][Labels]int32
	// The inside of a name wins at the second word, but only a beginning makes
	// it possible.
	lat := make([]int32, 3*Labels)
	lat[0*Labels+1] = -2 // B-PER
	lat[1*Labels+2] = 5  // I-PER
	lat[2*Labels+4] = 3  // I-ORG, which may not follow
	labels := make([]Label, 3)
	Viterbi(lat, make([]uint8, 3*Labels), &trans, labels)
	if labels[0] != 1 || labels[1] != 2 || labels[2] == 4 {
		t.Errorf("labels %v", labels)
	}
	if Label(2).Type() != 0 || Label(7).Type() != 3 || Label(0).Type() != -1 {
		t.Error("types of labels")
	}
}

func TestLook(t *testing.T) {
	l := NewLexicon(map[uint32]Entry{HashLower("port"): {Cluster: 7, Class: UsuallyLower}}, map[uint32]uint8{Hash("the"): 3})
	var s Scratch
	for _, c := range []struct {
		form string
		kase Case
		same string // a form that looks the same
	}{
		{"don’t", AsWritten, "don't"},
		{"2031", AsWritten, "1999"},
		{"—", AsWritten, "--"},
		{"…", AsWritten, "..."},
		{"po\u200brt", AsWritten, "port"},
		{"PORT", Titled, "Port"},
		{"Port", Lowered, "port"},
	} {
		a, b := l.Look(c.form, c.kase, &s), l.Look(c.same, AsWritten, &s)
		if a != b {
			t.Errorf("%q is %+v, %q is %+v", c.form, a, c.same, b)
		}
	}
	w := l.Look("Port", AsWritten, &s)
	if w.Cluster != 7 || w.Flags&Capital == 0 || w.Flags&AllCaps != 0 {
		t.Errorf("%+v", w)
	}
	if l.Look("the", AsWritten, &s).Sure != 4 || l.Look("The", AsWritten, &s).Sure != 0 {
		t.Error("the one tag of a word")
	}
}

func TestLemma(t *testing.T) {
	l := &Lemmatiser{
		Words: map[string]string{
			"VBD went": "go", "PRP me": "I", "JJ orvian": "Orvian", "NN HR": "HR", "NN hr": "hour",
			"VERB/NNP United": "Unite", "PROPN/NNP karva": "Karva", "PROPN/NNP KARVA": "Karva",
		},
		Rules:  map[string]Edit{"VBD ed": {2, ""}, "VBD ied": {3, "y"}, "NNS s": {1, ""}, "NNPS s": {1, ""}},
		Proper: map[string]bool{"NNP": true, "NNPS": true},
	}
	for _, c := range []struct {
		form, xpos string
		kase       Case
		want       string
	}{
		{"Me", "PRP", AsWritten, "I"},
		{"orvian", "JJ", AsWritten, "Orvian"},
		{"HR", "NN", AsWritten, "HR"},
		{"HR", "NN", Lowered, "hour"},
		{"hr", "NN", AsWritten, "hour"},
		{"United", "VERB/NNP", AsWritten, "Unite"},
		{"United", "PROPN/NNP", AsWritten, "United"},
		{"karva", "PROPN/NNP", AsWritten, "Karva"},
		{"1,200,000.5", "NUM/CD", AsWritten, "1200000.5"},
		{"1,2", "NUM/CD", AsWritten, "1,2"},
		{",200", "NUM/CD", AsWritten, ",200"},
		{"went", "VBD", AsWritten, "go"},
		{"Denied", "VBD", AsWritten, "deny"},
		{"bombed", "VBD", AsWritten, "bomb"},
		{"ed", "VBD", AsWritten, "ed"},
		{"", "VBD", AsWritten, ""},
		{"Ports", "NNS", AsWritten, "port"},
		{"Velin", "NNP", AsWritten, "Velin"},
		{"KARVA", "NNP", Titled, "Karva"},
		{"Velins", "NNPS", AsWritten, "Velin"},
		{"’s", "POS", AsWritten, "'s"},
	} {
		upos, xpos, both := strings.Cut(c.xpos, "/")
		if !both {
			upos, xpos = "", upos
		}
		if got, _ := l.Lemma(c.form, Tag{upos, xpos}, c.kase, nil); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.form, c.xpos, got, c.want)
		}
	}
}
