package eval

import (
	"sort"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// nounPhrase widens a mention to the noun phrase that it heads in the parse,
// as OntoNotes marks mentions: the record's is "Donald Trump", OntoNotes' is
// "U.S. President Donald Trump's". The parse is the program's own. ok is false
// for what OntoNotes marks no mention at all: the adjective of a people
// ("Afghan teenagers").
func nounPhrase(doc *nlp.Doc, m news.Range) (r news.Range, ok bool) {
	from := doc.TokenAt(m.Start)
	to := sort.Search(len(doc.Tokens), func(i int) bool { return doc.Tokens[i].Start >= m.End })
	if from < 0 || from >= to {
		return m, true
	}
	h := from
	for i := from; i < to; i++ {
		if j := doc.Tokens[i].Head; (j < from || j >= to) && doc.Tokens[i].UPOS != "PUNCT" {
			h = i
			break
		}
	}
	for steps := 0; nlp.IsRel(doc.Tokens[h].Deprel, "flat") && doc.Tokens[h].Head >= 0 && steps < 8; steps++ {
		h = doc.Tokens[h].Head // "President" of "President Donald Trump"
	}
	if t := doc.Tokens[h]; t.UPOS == "ADJ" && nlp.IsRel(t.Deprel, "amod") {
		return m, false
	}
	in := map[int]bool{}
	gather(doc, h, h, in)
	first, last := h, h
	for in[first-1] {
		first--
	}
	for in[last+1] {
		last++
	}
	first, last = min(first, from), max(last, to-1)
	return news.Range{Start: doc.Tokens[first].Start, End: doc.Tokens[last].End}, true
}

// apart are the relations of what hangs on the head of a noun phrase and is no
// part of it: its preposition, what it is coordinated with, and the clause
// that it is the predicate of.
var apart = map[string]bool{
	"case": true, "cc": true, "conj": true, "mark": true, "nsubj": true, "csubj": true, "cop": true, "aux": true, "expl": true,
	"parataxis": true, "discourse": true, "vocative": true, "dislocated": true, "advcl": true, "ccomp": true, "obl": true, "advmod": true,
}

// gather collects the tokens of the phrase that h heads.
func gather(doc *nlp.Doc, i, h int, in map[int]bool) {
	if in[i] {
		return
	}
	in[i] = true
	for _, c := range doc.Children(i) {
		rel, _, _ := strings.Cut(doc.Tokens[c].Deprel, ":")
		if i == h && apart[rel] && doc.Tokens[c].XPOS != "POS" {
			continue
		}
		gather(doc, c, h, in)
	}
}
