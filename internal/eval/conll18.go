package eval

import (
	"context"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// The metrics of the CoNLL 2018 shared task, from raw text
// (https://universaldependencies.org/conll18/evaluation.html).
var treeMetrics = []string{"Tokens", "Sentences", "Words", "UPOS", "XPOS", "Lemmas", "UAS", "LAS", "CLAS"}

// functional are the relations that CLAS leaves out, with punct.
var functional = []string{"aux", "cop", "mark", "det", "clf", "case", "cc", "punct"}

// scoreCoNLLU scores the language model on a treebank, from its raw text.
func scoreCoNLLU(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	docs, err := readCoNLLU(path)
	if err != nil {
		return Scores{}, err
	}
	docs = choose(docs, o)
	return sum(ctx, o, len(docs), func(ctx context.Context, i int) (Scores, error) {
		doc, err := sys.Analyse(ctx, docs[i].text, docs[i].blocks)
		if err != nil {
			return Scores{}, err
		}
		return scoreTrees(docs[i], treeOf(doc)), nil
	}, treeMetrics)
}

// treeOf writes the program's analysis in the treebank's form. English
// treebanks write contractions as one token of two words.
func treeOf(doc *nlp.Doc) *treeDoc {
	t := &treeDoc{text: doc.Text}
	for _, s := range doc.Sentences {
		if s.From < s.To {
			t.sentences = append(t.sentences, news.Range{Start: doc.Tokens[s.From].Start, End: doc.Tokens[s.To-1].End})
		}
	}
	for i, k := range doc.Tokens {
		r := news.Range{Start: k.Start, End: k.End}
		w := treeWord{Range: r, form: k.Form, lemma: k.Lemma, upos: k.UPOS, xpos: k.XPOS, head: k.Head, deprel: k.Deprel}
		if i > 0 && doc.Tokens[i-1].End == k.Start && clitic(doc.Tokens[i-1].Form, k.Form) {
			token := &t.tokens[len(t.tokens)-1]
			token.End = k.End
			w.multi = true
			t.words = append(t.words, w)
			for j := len(t.words) - 1; j >= 0 && t.words[j].Start >= token.Start; j-- {
				t.words[j].multi = true
			}
			continue
		}
		t.tokens = append(t.tokens, r)
		t.words = append(t.words, w)
	}
	// Only now are the ends of the multi-word tokens known.
	k := 0
	for i := range t.words {
		for t.tokens[k].End < t.words[i].End {
			k++
		}
		t.words[i].Range = t.tokens[k]
	}
	return t
}

// clitic reports whether two adjacent words are one token ("do|n't").
func clitic(before, form string) bool {
	before, form = strings.ToLower(before), strings.ReplaceAll(strings.ToLower(form), "’", "'")
	switch form {
	case "n't", "'s", "'ll", "'re", "'ve", "'d", "'m", "'":
		last := before[len(before)-1]
		return last >= 'a' && last <= 'z' || last >= 0x80 || last == '.' || last >= '0' && last <= '9'
	case "not":
		return before == "can"
	case "na":
		return before == "gon" || before == "wan"
	case "ta":
		return before == "got"
	}
	return false
}

// scoreTrees compares a document with its analysis as the shared task's script
// does.
func scoreTrees(gold, got *treeDoc) Scores {
	s := Scores{Docs: 1}
	same := func(name string, a, b []news.Range) {
		s.add(name, F1, common(a, b), len(a), len(b))
	}
	same("Tokens", gold.tokens, got.tokens)
	same("Sentences", gold.sentences, got.sentences)

	pairs := alignWords(gold.words, got.words)
	aligned := make([]int, len(got.words)) // the gold word of each of ours
	for i := range aligned {
		aligned[i] = -1
	}
	for _, p := range pairs {
		aligned[p[1]] = p[0]
	}
	s.add("Words", F1, len(pairs), len(gold.words), len(got.words))
	count := func(name string, keep func(treeWord) bool, right func(a, b treeWord) bool) {
		n, of, given := 0, 0, 0
		for _, w := range gold.words {
			if keep(w) {
				of++
			}
		}
		for _, w := range got.words {
			if keep(w) {
				given++
			}
		}
		for _, p := range pairs {
			if a, b := gold.words[p[0]], got.words[p[1]]; keep(a) && right(a, b) {
				n++
			}
		}
		s.add(name, F1, n, of, given)
	}
	all := func(treeWord) bool { return true }
	attached := func(a, b treeWord) bool {
		if a.head < 0 || b.head < 0 {
			return a.head < 0 && b.head < 0
		}
		return aligned[b.head] == a.head
	}
	labelled := func(a, b treeWord) bool { return attached(a, b) && universal(a.deprel) == universal(b.deprel) }
	count("UPOS", all, func(a, b treeWord) bool { return a.upos == b.upos })
	count("XPOS", all, func(a, b treeWord) bool { return a.xpos == b.xpos })
	count("Lemmas", all, func(a, b treeWord) bool { return a.lemma == b.lemma || a.lemma == "_" })
	count("UAS", all, attached)
	count("LAS", all, labelled)
	count("CLAS", func(w treeWord) bool { return !slices.Contains(functional, universal(w.deprel)) }, labelled)
	return s
}

// universal drops the subtype of a relation.
func universal(deprel string) string {
	rel, _, _ := strings.Cut(deprel, ":")
	return rel
}

// common counts the ranges that are in both lists, which are in text order.
func common(a, b []news.Range) int {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].Start < b[j].Start:
			i++
		case b[j].Start < a[i].Start:
			j++
		default:
			if a[i].End == b[j].End {
				n++
			}
			i++
			j++
		}
	}
	return n
}
