// Package nlp turns text into a Doc: sentences, tokens, lemmas, tags, a
// dependency parse and names, by a model that is embedded in the program.
//
// Tags, lemmas and relations follow Universal Dependencies 2 for English
// (https://universaldependencies.org/en/).
package nlp

import "github.com/onrecord/onrecord/internal/news"

// Token is one syntactic word. Clitics are tokens of their own ("Pakistan|’s",
// "wo|n’t"), so every token is an unbroken piece of the text.
type Token struct {
	Start, End int    // half-open byte offsets in Doc.Text
	Form       string // Doc.Text[Start:End]
	Lemma      string // lower-case but for proper nouns
	UPOS       string // universal part of speech, "VERB"
	XPOS       string // Penn Treebank tag, "VBD"
	Head       int    // index in Doc.Tokens of the head, -1 for a root
	Deprel     string // relation to the head, "nsubj:pass"
}

// Sentence is a run of tokens, all of one block.
type Sentence struct {
	From, To int // half-open range in Doc.Tokens
	Block    int // index in Doc.Blocks
}

// NameType is the kind of thing a name names, as the tagger sees it. The
// resolvers (where, who) may overrule it.
type NameType string

// The types of name.
const (
	NamePerson       NameType = "person"
	NameOrganisation NameType = "organisation" // also armed groups and parties, until who tells them apart
	NamePlace        NameType = "place"        // also countries
	NameOther        NameType = "other"        // nationalities, events, works, languages
)

// Name is a run of tokens that the tagger takes for a name.
type Name struct {
	From, To int // half-open range in Doc.Tokens
	Type     NameType
}

// Doc is an analysed text. It is not changed after Analyse returns it and may
// be read by many goroutines.
type Doc struct {
	Text      string
	Blocks    []news.Block
	Tokens    []Token
	Sentences []Sentence
	Names     []Name // in text order, not overlapping

	children []int // tokens grouped by head, see Children
	first    []int // children[first[i]:first[i+1]] are the dependents of token i
	sentence []int // sentence of each token
}

// Index builds the look-up tables behind Children and SentenceOf. Analyse and
// the CoNLL-U reader call it; nobody else needs to.
func (d *Doc) Index() {
	n := len(d.Tokens)
	d.first = make([]int, n+1)
	for i := range d.Tokens {
		if h := d.Tokens[i].Head; h >= 0 {
			d.first[h+1]++
		}
	}
	for i := 0; i < n; i++ {
		d.first[i+1] += d.first[i]
	}
	d.children = make([]int, d.first[n])
	next := append([]int(nil), d.first[:n]...)
	for i := range d.Tokens {
		if h := d.Tokens[i].Head; h >= 0 {
			d.children[next[h]] = i
			next[h]++
		}
	}
	d.sentence = make([]int, n)
	for s, sent := range d.Sentences {
		for i := sent.From; i < sent.To; i++ {
			d.sentence[i] = s
		}
	}
}

// Children returns the dependents of token i in text order. The slice belongs
// to the Doc.
func (d *Doc) Children(i int) []int { return d.children[d.first[i]:d.first[i+1]] }

// Child returns the first dependent of token i with one of the relations,
// subtypes included ("nsubj" finds "nsubj:pass"), or -1.
func (d *Doc) Child(i int, deprels ...string) int {
	for _, c := range d.Children(i) {
		for _, r := range deprels {
			if IsRel(d.Tokens[c].Deprel, r) {
				return c
			}
		}
	}
	return -1
}

// IsRel reports whether a relation is rel or a subtype of it.
func IsRel(deprel, rel string) bool {
	return deprel == rel || len(deprel) > len(rel) && deprel[:len(rel)] == rel && deprel[len(rel)] == ':'
}

// SentenceOf returns the index of the sentence that holds token i.
func (d *Doc) SentenceOf(i int) int { return d.sentence[i] }

// BlockOf returns the block that holds token i.
func (d *Doc) BlockOf(i int) news.Block { return d.Blocks[d.Sentences[d.sentence[i]].Block] }

// Span is the text from token from up to, not including, token to.
func (d *Doc) Span(from, to int) news.Span {
	start, end := d.Tokens[from].Start, d.Tokens[to-1].End
	return news.Span{Start: start, End: end, Text: d.Text[start:end]}
}

// Bounds returns the half-open token range from the leftmost to the rightmost
// descendant of token i. In a non-projective parse it may hold strangers.
func (d *Doc) Bounds(i int) (from, to int) {
	from, to = i, i+1
	for _, c := range d.Children(i) {
		f, t := d.Bounds(c)
		from, to = min(from, f), max(to, t)
	}
	return from, to
}

// TokenAt returns the index of the token that covers the byte at offset, or of
// the first token after it; len(Tokens) where there is none.
func (d *Doc) TokenAt(offset int) int {
	lo, hi := 0, len(d.Tokens)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.Tokens[mid].End <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
