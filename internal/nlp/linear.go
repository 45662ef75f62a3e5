package nlp

import "github.com/onrecord/onrecord/internal/nlp/linear"

// linearAnnotator annotates by the linear model.
type linearAnnotator struct{ *linear.Model }

type linearScratch struct {
	linear.Scratch
	words  []linear.Word
	cases  []linear.Case
	tags   []uint8
	labels []linear.Label
}

func (m linearAnnotator) name() string      { return m.Header.Name }
func (m linearAnnotator) sources() []Source { return m.Header.Corpora }

func (m linearAnnotator) divide(*Doc, Sentence, *scratch) []int { return nil }

func (m linearAnnotator) sentence(d *Doc, sent Sentence, sc *scratch) {
	s := &sc.linear
	tokens := d.Tokens[sent.From:sent.To]
	n := len(tokens)
	if cap(s.words) < n {
		s.words = make([]linear.Word, 2*n)
		s.tags = make([]uint8, 2*n)
		s.labels = make([]linear.Label, 2*n)
		s.cases = make([]linear.Case, 2*n)
	}
	words, tags, labels, cases := s.words[:n], s.tags[:n], s.labels[:n], s.cases[:n]
	m.cases(tokens, cases, sc)
	for i := range tokens {
		words[i] = m.Lexicon.Look(tokens[i].Form, cases[i], &s.Scratch)
	}
	m.Tagger.Tag(words, tags, &s.Scratch)
	heads, rels := m.Parser.Parse(words, tags, &s.Scratch)
	for i := range tokens {
		t := &tokens[i]
		tag := m.Tagger.Tags[tags[i]]
		t.UPOS, t.XPOS = tag.UPOS, tag.XPOS
		t.Deprel = m.Parser.Rels[rels[i]]
		t.Head = -1
		if int(heads[i]) < n {
			t.Head = sent.From + int(heads[i])
		}
		t.Lemma = sc.lemma(m.Lemmas, t.Form, tags[i], tag, cases[i])
	}
	m.Namer.Label(words, tags, labels, &s.Scratch)
	d.Names = appendNames(d.Names, labels, sent.From)
}

// lemma finds a lemma once for each word of a text.
func (s *scratch) lemma(l *linear.Lemmatiser, form string, number uint8, tag linear.Tag, c linear.Case) string {
	key := lemmaKey{form, number, c}
	lemma, ok := s.lemmas[key]
	if !ok {
		lemma, s.buf = l.Lemma(form, tag, c, s.buf)
		s.lemmas[key] = lemma
	}
	return lemma
}
