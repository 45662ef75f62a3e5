package eval

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of the CoNLL 2018 shared task, from raw text
// (https://universaldependencies.org/conll18/evaluation.html), and those of the
// tags and the parse on the treebank's own tokens and sentences.
var treeMetrics = []string{"Tokens", "Sentences", "Words", "UPOS", "XPOS", "Lemmas", "UAS", "LAS", "CLAS",
	onGold + "UPOS", onGold + "XPOS", onGold + "Lemmas", onGold + "UAS", onGold + "LAS", onGold + "CLAS"}

const onGold = "gold tokens: "

// functional are the relations that CLAS leaves out, with punct.
var functional = []string{"aux", "cop", "mark", "det", "clf", "case", "cc", "punct"}

// scoreTrees compares a document with its analysis as the shared task's script
// does.
func scoreTrees(gold, got *treeDoc) Scores {
	s := Scores{Docs: 1}
	same := func(name string, a, b []news.Range) {
		s.add(name, F1, common(a, b), len(a), len(b))
	}
	same("Tokens", gold.tokens, got.tokens)
	same("Sentences", gold.sentences, got.sentences)

	s.Metrics = append(s.Metrics, scoreAligned(gold, got, alignWords(gold.words, got.words))...)
	return s
}

// scoreAligned scores the pairs of words; nil pairs are those of the same
// number.
func scoreAligned(gold, got *treeDoc, pairs [][2]int) []Metric {
	var s Scores
	if pairs == nil {
		for i := range gold.words {
			pairs = append(pairs, [2]int{i, i})
		}
	}
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
	return s.Metrics
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
