package main

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// toy is "The port was closed by Ola ." with its tree.
func toy() *sentence {
	return &sentence{
		forms:  strings.Fields("The port was closed by Ola ."),
		upos:   strings.Fields("DET NOUN AUX VERB ADP PROPN PUNCT"),
		xpos:   strings.Fields("DT NN VBD VBN IN NNP ."),
		lemmas: strings.Fields("the port be close by Ola ."),
		heads:  []int{1, 3, 3, 7, 5, 3, 3},
		rels:   strings.Fields("det nsubj:pass aux:pass root case obl:agent punct"),
		spaces: make([]bool, 7),
	}
}

func TestHeadline(t *testing.T) {
	h := headline(toy())
	if got := strings.Join(h.forms, " "); got != "Port closed by Ola" {
		t.Errorf("headline %q", got)
	}
	if want := []int{1, 4, 3, 1}; len(h.heads) != 4 || h.heads[0] != want[0] || h.heads[1] != want[1] || h.heads[2] != want[2] || h.heads[3] != want[3] {
		t.Errorf("heads %v, want %v", h.heads, want)
	}
}

// The oracle's moves that cost nothing rebuild the tree.
func TestOracle(t *testing.T) {
	s := toy()
	p := linear.NewParser(nil, []string{"root", "dep"}, []linear.Move{{Kind: linear.Shift}})
	var st linear.State
	p.Reset(&st, make([]linear.Word, 7), make([]uint8, 7))
	var o oracle
	for _, h := range s.heads {
		o.heads = append(o.heads, int32(h))
	}
	for !st.Done() {
		cost := o.costs(&st)
		moved := false
		for _, m := range []linear.Move{{Kind: linear.Shift}, {Kind: linear.Left, Rel: 1}, {Kind: linear.Right, Rel: 1}, {Kind: linear.Left, Rel: 0}} {
			if st.Can(m, p.Root) && (cost[m.Kind] == 0 || m.Rel == 0 && m.Kind == linear.Left) {
				st.Do(m)
				moved = true
				break
			}
		}
		if !moved {
			t.Fatalf("every move costs something: %v", cost)
		}
	}
	for i, h := range s.heads {
		if int(st.Heads[i]) != h {
			t.Errorf("head of word %d is %d, not %d", i, st.Heads[i], h)
		}
	}
}

// A perceptron's mean weights are those of a plain sum over all steps.
func TestPerceptronMean(t *testing.T) {
	p := newPerceptron(3)
	feats := []uint32{5, 9}
	var now, sum float64
	for i := range 1000 {
		p.step++
		if i%7 == 0 {
			p.update(feats, 2, 1)
			now++
		}
		if i%11 == 0 {
			p.update(feats[:1], 2, -1)
			now--
		}
		sum += now
	}
	scores := make([]float32, linear.MaxClasses)
	p.score(feats[:1], scores)
	if float64(scores[2]) != now {
		t.Errorf("weight %v, want %v", scores[2], now)
	}
	got := p.mean(int(p.slot(5).at))
	if d := got - sum/1000; d > 0.2 || d < -0.2 {
		t.Errorf("mean weight %v, want %v", got, sum/1000)
	}
}

func TestLemmaRules(t *testing.T) {
	l := trainLemmas([]*sentence{
		{forms: []string{"bombed", "killed", "fired", "went", "Karva"}, upos: strings.Fields("VERB VERB VERB VERB PROPN"),
			xpos: strings.Fields("VBD VBD VBD VBD NNP"), lemmas: []string{"bomb", "kill", "fire", "go", "Karva"}},
		{forms: []string{"landed", "failed"}, upos: strings.Fields("VERB VERB"), xpos: strings.Fields("VBD VBD"), lemmas: []string{"land", "fail"}},
	})
	for form, want := range map[string]string{"fired": "fire", "went": "go", "shelled": "shell"} {
		if got, _ := l.Lemma(form, linear.Tag{XPOS: "VBD"}, linear.AsWritten, nil); got != want {
			t.Errorf("%s: %q, want %q", form, got, want)
		}
	}
}
