package said

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/who"
)

// reading is one article while its statements are looked for.
type reading struct {
	*Finder
	doc     *nlp.Doc
	cast    *who.Cast
	quotes  []quote
	nameAt  []int       // index in doc.Names of the name that holds each token, -1
	quoteAt []int       // quote that holds each token, -1 for none
	lo, hi  []int       // half-open token range of each token's subtree
	skip    []bool      // tokens of blocks that hold no statements
	taken   []bool      // tokens that are the cue of a finding
	quoted  []bool      // quotes that are the content of a finding
	follows map[int]int // a further cue of the same speaker, and the first one
	found   []finding
	way     Way            // that is being tried
	lent    map[int]source // the speaker of a verb, known from what stands before it
	byCue   map[int]int    // the finding of a cue token, while they are looked for
	spoke   []spoken       // see indexSpeakers
	bodies  []spoken
	steps   int // look-ups done for speakers, for tests of growth
}

func newReading(f *Finder, doc *nlp.Doc, cast *who.Cast) *reading {
	n := len(doc.Tokens)
	r := &reading{
		Finder: f, doc: doc, cast: cast,
		quotes:  findQuotes(doc.Text, doc.Blocks),
		quoteAt: make([]int, n),
		nameAt:  make([]int, n),
		lo:      make([]int, n),
		hi:      make([]int, n),
		skip:    make([]bool, n),
		taken:   make([]bool, n),
		follows: make(map[int]int),
		lent:    make(map[int]source),
		byCue:   make(map[int]int),
	}
	r.quoted = make([]bool, len(r.quotes))
	q := 0
	for i, t := range doc.Tokens {
		switch doc.BlockOf(i).Kind {
		case news.BlockBoilerplate, news.BlockByline, news.BlockDateline:
			r.skip[i] = true
		}
		for q < len(r.quotes) && r.quotes[q].close <= t.Start {
			q++
		}
		r.quoteAt[i] = -1
		if q < len(r.quotes) && r.quotes[q].holds(t.Start) {
			r.quoteAt[i] = q
		}
	}
	for i := range r.nameAt {
		r.nameAt[i] = -1
	}
	for i, name := range doc.Names {
		for t := max(name.From, 0); t < name.To && t < n; t++ {
			r.nameAt[t] = i
		}
	}
	r.bounds()
	return r
}

// bounds fills lo and hi from the leaves upwards, without recursion: sentences
// of hostile texts may be chains of thousands of tokens.
func (r *reading) bounds() {
	tokens := r.doc.Tokens
	waiting := make([]int, len(tokens))
	var ready []int
	for i := range tokens {
		r.lo[i], r.hi[i] = i, i+1
		if waiting[i] = len(r.doc.Children(i)); waiting[i] == 0 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		i := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		h := tokens[i].Head
		if h < 0 {
			continue
		}
		r.lo[h], r.hi[h] = min(r.lo[h], r.lo[i]), max(r.hi[h], r.hi[i])
		if waiting[h]--; waiting[h] == 0 {
			ready = append(ready, h)
		}
	}
}

func (r *reading) tok(i int) *nlp.Token { return &r.doc.Tokens[i] }

// word is the token's form in small letters, with straight apostrophes.
func (r *reading) word(i int) string {
	w := strings.ToLower(r.doc.Tokens[i].Form)
	if strings.Contains(w, "’") {
		w = strings.ReplaceAll(w, "’", "'")
	}
	return w
}

func (r *reading) lemma(i int) string {
	l := r.doc.Tokens[i].Lemma
	if l == "" || l == "_" {
		return r.word(i)
	}
	return strings.ToLower(l)
}

// senses looks token i up in a table of cues by its lemma and, where the table
// does not have that, by its form: lemmas of rare forms may be wrong.
func (r *reading) senses(table map[string][]sense, i int) []sense {
	if s := table[r.lemma(i)]; len(s) > 0 {
		return s
	}
	w := r.word(i)
	s := table[w]
	if len(s) == 0 {
		stems(w, func(base string) bool {
			s = table[base]
			return len(s) > 0
		})
	}
	return s
}

func (r *reading) rel(i int, deprels ...string) bool {
	for _, d := range deprels {
		if nlp.IsRel(r.doc.Tokens[i].Deprel, d) {
			return true
		}
	}
	return false
}

// sentence is the half-open token range of the sentence that holds token i.
func (r *reading) sentence(i int) (from, to int) {
	s := r.doc.Sentences[r.doc.SentenceOf(i)]
	return s.From, s.To
}

// punct reports whether token i is punctuation.
func (r *reading) punct(i int) bool {
	t := r.tok(i)
	if t.UPOS == "PUNCT" {
		return true
	}
	c, _ := utf8.DecodeRuneInString(t.Form)
	return c != '%' && c != '&' && c != '#' && unicode.IsPunct(c) && utf8.RuneCountInString(t.Form) == 1
}

// finite reports whether token i is a verb form that makes a clause.
func (r *reading) finite(i int) bool {
	t := r.tok(i)
	switch t.XPOS {
	case "VBD", "VBP", "VBZ", "MD":
		return t.UPOS == "VERB" || t.UPOS == "AUX"
	}
	return false
}

func (r *reading) nominal(i int) bool {
	switch r.tok(i).UPOS {
	case "NOUN", "PROPN", "PRON", "NUM", "SYM":
		return true
	}
	return false
}

// caseOf is the preposition of token i, "" where it has none.
func (r *reading) caseOf(i int) string {
	for _, c := range r.doc.Children(i) {
		if c < i && r.rel(c, "case", "mark") {
			return r.word(c)
		}
	}
	return ""
}

// negated reports whether the verb group of token i holds a negation.
func (r *reading) negated(i int) bool {
	for _, c := range r.doc.Children(i) {
		if c < i && r.rel(c, "advmod", "aux", "det", "neg") {
			switch r.word(c) {
			case "not", "n't", "never", "neither", "nor", "no":
				return true
			}
		}
	}
	return false
}

// passive reports whether verb i is in the passive. Outside headlines that takes
// an auxiliary: without one the parser has read a past tense wrongly.
func (r *reading) passive(i int) bool {
	if r.tok(i).XPOS != "VBN" && r.tok(i).XPOS != "VBD" {
		return false
	}
	subject, aux := false, false
	for _, c := range r.doc.Children(i) {
		switch r.tok(c).Deprel {
		case "aux:pass":
			return true
		case "nsubj:pass":
			subject = true
		case "aux":
			// "had said" is no passive, whatever the subject is taken for
			aux = aux || r.lemma(c) == "be" || r.lemma(c) == "get"
		}
	}
	return subject && (aux || r.doc.BlockOf(i).Kind == news.BlockTitle)
}

// bytes is the content of a token range.
func (r *reading) bytes(from, to int) piece {
	return piece{r.tok(from).Start, r.tok(to - 1).End}
}

// tidy takes from both ends of a piece what is not said: white space, commas,
// a leading "that", and quotation marks around the whole or without a partner.
func (r *reading) tidy(p piece) piece {
	text := r.doc.Text
	for changed := true; changed && p.start < p.end; {
		changed = false
		c, n := utf8.DecodeRuneInString(text[p.start:p.end])
		if unicode.IsSpace(c) || strings.ContainsRune(",;:.—–-)•", c) && (c != '-' || p.start+1 < p.end && text[p.start+1] == ' ') {
			p.start += n
			changed = true
			continue
		}
		c, n = utf8.DecodeLastRuneInString(text[p.start:p.end])
		if unicode.IsSpace(c) || strings.ContainsRune(",;:—–-(", c) || c == '.' && !r.keepsStop(p) {
			p.end -= n
			changed = true
			continue
		}
		if q, ok := r.unquote(p); ok && q != p {
			p, changed = q, true
		}
	}
	// A quotation at the end keeps its closing mark: what he called “its rights”.
	for _, q := range r.quotesIn(p.start, p.end) {
		if q.open > p.start && q.close > p.end && strings.Trim(text[p.end:max(q.end, p.end)], " ,.?!") == "" {
			p.end = q.close
		}
	}
	return p
}

// keepsStop reports whether the full stop that ends p is the last of a quotation
// that lies in p (it is part of what was said) or of an abbreviation.
func (r *reading) keepsStop(p piece) bool {
	i := r.doc.TokenAt(p.end - 1)
	if i < len(r.doc.Tokens) && r.tok(i).End == p.end && len(r.tok(i).Form) > 1 {
		return true // "U.S.", "Corp."
	}
	for _, q := range r.quotesIn(p.end-1, p.end) {
		return q.end == p.end && q.start >= p.start
	}
	return false
}

// unquote drops a quotation mark at either end of p whose partner is at the
// other end, or outside p.
func (r *reading) unquote(p piece) (piece, bool) {
	for _, q := range r.quotesIn(p.start, p.end) {
		opensHere, closesHere := q.open == p.start && q.open < q.start, q.close == p.end && q.end < q.close
		switch {
		case opensHere && q.close >= p.end:
			return piece{q.start, min(q.end, p.end)}, true
		case opensHere && q.close < p.end:
			return p, false
		case closesHere && q.open < p.start:
			return piece{p.start, q.end}, true
		}
	}
	return p, false
}

// quotesIn returns the quotes that share a byte with text[start:end].
func (r *reading) quotesIn(start, end int) []quote {
	lo, hi := 0, len(r.quotes)
	for lo < hi {
		mid := (lo + hi) / 2
		if r.quotes[mid].close <= start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	to := lo
	for to < len(r.quotes) && r.quotes[to].open < end {
		to++
	}
	return r.quotes[lo:to]
}
