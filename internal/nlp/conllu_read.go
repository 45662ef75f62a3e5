package nlp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// ErrCoNLLU is the error of what is not CoNLL-U.
var ErrCoNLLU = errors.New("not valid CoNLL-U")

// ReadCoNLLU reads documents in the CoNLL-U format, one for each "# newdoc"
// (one in all where there is none). Each paragraph, begun by "# newpar", is a
// block. The text is put together from the sentences, a blank between two and a
// blank line between blocks; words that share one written form ("don’t") are
// cut from it in turn. Enhanced dependencies and empty nodes are left out.
func ReadCoNLLU(r io.Reader) ([]*Doc, error) {
	rd := conlluReader{}
	in := bufio.NewScanner(r)
	in.Buffer(nil, 16<<20)
	n := 0
	for in.Scan() {
		n++
		if err := rd.line(strings.TrimSuffix(in.Text(), "\r")); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading CoNLL-U, line %d: %w", n+1, err)
	}
	if err := rd.endSentence(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n, err)
	}
	rd.endDoc()
	return rd.docs, nil
}

// conlluReader builds one document at a time.
type conlluReader struct {
	docs []*Doc
	doc  *Doc
	text strings.Builder

	newPar bool // the next sentence begins a block
	space  bool // white space before the next token
	words  []conlluWord
	// The surface token that the next words share: its form, how many words of
	// it are to come, and whether a space follows.
	surface string
	left    int
	spaced  bool
}

type conlluWord struct {
	Token
	head int // as written: 0 for the root
	name string
}

func (r *conlluReader) line(l string) error {
	switch {
	case l == "":
		return r.endSentence()
	case l[0] == '#':
		key, _, _ := strings.Cut(strings.TrimSpace(l[1:]), " ")
		switch key {
		case "newdoc":
			if err := r.endSentence(); err != nil {
				return err
			}
			r.endDoc()
		case "newpar":
			r.newPar = true
		}
		return nil
	}
	c := strings.Split(l, "\t")
	if len(c) != 10 {
		return fmt.Errorf("%d columns, not 10: %w", len(c), ErrCoNLLU)
	}
	if c[1] == "" || !utf8.ValidString(c[1]) {
		return fmt.Errorf("form %q: %w", c[1], ErrCoNLLU)
	}
	switch {
	case strings.Contains(c[0], "."):
		return nil
	case strings.Contains(c[0], "-"):
		a, b, _ := strings.Cut(c[0], "-")
		from, err1 := strconv.Atoi(a)
		to, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || from != len(r.words)+1 || to < from || to-from > 99 || r.left > 0 {
			return fmt.Errorf("token range %q: %w", c[0], ErrCoNLLU)
		}
		r.surface, r.left, r.spaced = c[1], to-from+1, !hasFeature(c[9], "SpaceAfter=No")
		return nil
	}
	return r.word(c)
}

func (r *conlluReader) word(c []string) error {
	if id, err := strconv.Atoi(c[0]); err != nil || id != len(r.words)+1 {
		return fmt.Errorf("token %q where %d is due: %w", c[0], len(r.words)+1, ErrCoNLLU)
	}
	head, err := strconv.Atoi(c[6])
	if c[6] == "_" {
		head, err = 0, nil
	}
	if err != nil || head < 0 {
		return fmt.Errorf("head %q: %w", c[6], ErrCoNLLU)
	}
	if r.doc == nil {
		r.doc = &Doc{}
	}
	r.open()
	form, spaced := c[1], !hasFeature(c[9], "SpaceAfter=No")
	if r.left > 0 {
		form, r.surface = cutWord(r.surface, form, r.left)
		r.left--
		if spaced = r.left == 0 && r.spaced; form == "" {
			return fmt.Errorf("a word without letters of its own: %w", ErrCoNLLU)
		}
	}
	if r.space {
		r.text.WriteByte(' ')
	}
	r.space = spaced
	w := conlluWord{head: head, name: feature(c[9], "NER=")}
	w.Start = r.text.Len()
	r.text.WriteString(form)
	w.Token = Token{Start: w.Start, End: r.text.Len(), Lemma: c[2], UPOS: c[3], XPOS: c[4], Deprel: c[7]}
	r.words = append(r.words, w)
	return nil
}

// open begins a block where one is due.
func (r *conlluReader) open() {
	if len(r.words) > 0 || !r.newPar && len(r.doc.Blocks) > 0 {
		return
	}
	if len(r.doc.Blocks) > 0 {
		r.text.WriteString("\n\n")
		r.space = false
	}
	at := r.text.Len()
	r.doc.Blocks = append(r.doc.Blocks, news.Block{Kind: news.BlockParagraph, Range: news.Range{Start: at, End: at}})
	r.newPar = false
}

// cutWord cuts a word off the surface form it shares with left-1 others: as
// many letters as it has, or all where it is the last, one at least to each.
func cutWord(surface, form string, left int) (word, rest string) {
	if left == 1 {
		return surface, ""
	}
	want, have := utf8.RuneCountInString(form), utf8.RuneCountInString(surface)
	n := max(1, min(want, have-left+1))
	at := 0
	for range min(n, have) {
		_, size := utf8.DecodeRuneInString(surface[at:])
		at += size
	}
	return surface[:at], surface[at:]
}

func (r *conlluReader) endSentence() error {
	if r.left > 0 {
		return fmt.Errorf("a token range without its words: %w", ErrCoNLLU)
	}
	if len(r.words) == 0 {
		return nil
	}
	d, n := r.doc, len(r.words)
	from := len(d.Tokens)
	for i := range r.words {
		w := &r.words[i]
		if w.head > n {
			return fmt.Errorf("head %d in a sentence of %d words: %w", w.head, n, ErrCoNLLU)
		}
		w.Head = -1
		if w.head > 0 {
			w.Head = from + w.head - 1
		}
	}
	if err := acyclic(r.words); err != nil {
		return err
	}
	for i := range r.words {
		w := &r.words[i]
		d.Tokens = append(d.Tokens, w.Token)
		pos, kind, _ := strings.Cut(w.name, "-")
		for t, tag := range nameTags {
			if tag != kind {
				continue
			}
			if k := len(d.Names) - 1; pos == "I" && k >= 0 && d.Names[k].To == from+i && d.Names[k].Type == t && i > 0 {
				d.Names[k].To++
			} else {
				d.Names = append(d.Names, Name{From: from + i, To: from + i + 1, Type: t})
			}
		}
	}
	b := len(d.Blocks) - 1
	d.Blocks[b].End = r.text.Len()
	d.Sentences = append(d.Sentences, Sentence{From: from, To: len(d.Tokens), Block: b})
	r.words = r.words[:0]
	return nil
}

// acyclic makes sure that every word's heads lead to a root.
func acyclic(words []conlluWord) error {
	const unknown, safe = 0, 1
	state := make([]int, len(words))
	for i := range words {
		j, mark := i, i+2
		for j >= 0 && state[j] == unknown {
			state[j] = mark
			j = words[j].head - 1
		}
		if j >= 0 && state[j] == mark {
			return fmt.Errorf("heads that go round in a circle at word %d: %w", j+1, ErrCoNLLU)
		}
		for k := i; k >= 0 && state[k] == mark; k = words[k].head - 1 {
			state[k] = safe
		}
	}
	return nil
}

func (r *conlluReader) endDoc() {
	if r.doc == nil {
		return
	}
	d := r.doc
	d.Text = r.text.String()
	for i := range d.Tokens {
		t := &d.Tokens[i]
		t.Form = d.Text[t.Start:t.End]
	}
	d.Index()
	r.docs = append(r.docs, d)
	r.doc, r.space, r.newPar = nil, false, false
	r.text.Reset()
}

func hasFeature(misc, want string) bool {
	for f := range strings.SplitSeq(misc, "|") {
		if f == want {
			return true
		}
	}
	return false
}

func feature(misc, key string) string {
	for f := range strings.SplitSeq(misc, "|") {
		if v, ok := strings.CutPrefix(f, key); ok {
			return v
		}
	}
	return ""
}
