package nlp

import (
	"github.com/onrecord/onrecord/internal/nlp/linear"
	"github.com/onrecord/onrecord/internal/nlp/neural"
)

// neuralAnnotator annotates by the neural model.
type neuralAnnotator struct{ *neural.Model }

type neuralScratch struct {
	neural.Scratch
	result neural.Result
	read   Sentence // what the scratch holds; empty where nothing
	begins []int
}

func (m neuralAnnotator) name() string      { return m.Header.Name }
func (m neuralAnnotator) sources() []Source { return m.Header.Corpora }

// encode reads a sentence, unless it is the one read last.
func (m neuralAnnotator) encode(d *Doc, sent Sentence, s *neuralScratch) {
	if s.read == sent {
		return
	}
	tokens := d.Tokens[sent.From:sent.To]
	m.Encode(func(i int) string { return tokens[i].Form }, len(tokens), &s.Scratch)
	s.read = sent
}

func (m neuralAnnotator) divide(d *Doc, sent Sentence, sc *scratch) []int {
	m.encode(d, sent, &sc.neural)
	sc.neural.begins = m.Begins(sc.neural.begins[:0], &sc.neural.Scratch)
	return sc.neural.begins
}

func (m neuralAnnotator) sentence(d *Doc, sent Sentence, sc *scratch) {
	s := &sc.neural
	m.encode(d, sent, s)
	tokens := d.Tokens[sent.From:sent.To]
	n := len(tokens)
	if cap(s.result.Tags) < n {
		s.result = neural.Result{
			Tags: make([]uint8, 2*n), Heads: make([]int32, 2*n), Rels: make([]uint8, 2*n), Labels: make([]linear.Label, 2*n),
		}
	}
	r := neural.Result{Tags: s.result.Tags[:n], Heads: s.result.Heads[:n], Rels: s.result.Rels[:n], Labels: s.result.Labels[:n]}
	m.Annotate(r, &s.Scratch)
	allCaps, _ := letterCase(tokens)
	for i := range tokens {
		t := &tokens[i]
		tag := m.Tag(r.Tags[i])
		t.UPOS, t.XPOS = tag.UPOS, tag.XPOS
		t.Deprel = m.Header.Rels[r.Rels[i]]
		t.Head = -1
		if r.Heads[i] >= 0 {
			t.Head = sent.From + int(r.Heads[i])
		}
		// A name in capitals is a word in capitals only for the line it stands in
		// ("QUAKE HITS BERGEN") or as a dateline ("BERGEN (Reuters) —"); short
		// ones may be initials.
		c := linear.AsWritten
		switch {
		case len(t.Form) > 4 && (allCaps || r.Labels[i].Type() == placeType) && shape(t.Form) == shapeUpper:
			c = linear.Titled
		case allCaps:
			c = linear.Lowered
		}
		t.Lemma = sc.lemma(m.Lemmas, t.Form, r.Tags[i], tag, c)
	}
	d.Names = appendNames(d.Names, r.Labels, sent.From)
}

// placeType is the number of NamePlace in nameTypes.
const placeType = 2
