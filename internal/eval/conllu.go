package eval

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// treeDoc is one document of a treebank, or what the program made of its text.
// Positions are bytes of text.
type treeDoc struct {
	id        string
	text      string
	blocks    []news.Block // one a paragraph
	sentences []news.Range
	tokens    []news.Range // surface tokens
	words     []treeWord   // syntactic words
}

// treeWord is one syntactic word. The words of a multi-word token all have the
// token's range.
type treeWord struct {
	news.Range
	multi      bool // part of a multi-word token
	form       string
	lemma      string
	upos, xpos string
	head       int // index in words, -1 for a root
	deprel     string
	entity     string // brackets of GUM's mentions that begin or end here
}

// readCoNLLU reads a treebank. The text of a document is put together from the
// tokens and SpaceAfter, sentences are parted by a space and paragraphs by a
// blank line, as the CoNLL 2018 shared task gave it to the systems.
func readCoNLLU(path string) ([]*treeDoc, error) { return readTreebank(path, false) }

// readTreebank is readCoNLLU that, with blocks, also ends a paragraph where a block
// within it ends: GUM writes "# newpar_block = p (6 s) | figure (1 s) | caption (1 s)"
// before a caption that stands at the head of a paragraph of six sentences.
func readTreebank(path string, blocks bool) ([]*treeDoc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := treeBuilder{blocks: blocks}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
	for n := 1; sc.Scan(); n++ {
		if err := b.line(sc.Text()); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if err := b.endSentence(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	b.endDoc()
	return b.docs, nil
}

type treeBuilder struct {
	docs   []*treeDoc
	doc    *treeDoc
	text   strings.Builder
	gap    string // what stands before the next token
	newPar bool
	blocks bool  // whether the ends of blocks are those of paragraphs
	left   []int // sentences that the open blocks still have

	first    int   // the sentence's first word
	start    int   // and first byte; -1 between sentences
	heads    []int // as in the file
	multiEnd int   // number of the last word of the multi-word token in hand
}

func (b *treeBuilder) line(line string) error {
	switch {
	case line == "":
		return b.endSentence()
	case strings.HasPrefix(line, "# newdoc"):
		b.endDoc()
		id := strings.TrimLeft(strings.TrimPrefix(line, "# newdoc"), " ")
		b.beginDoc(strings.TrimPrefix(id, "id = "))
	case strings.HasPrefix(line, "# newpar"):
		b.newPar = true
		if list, ok := strings.CutPrefix(line, "# newpar_block = "); ok && b.blocks {
			b.openBlocks(list)
		}
	case line[0] == '#':
	default:
		return b.token(strings.Split(line, "\t"))
	}
	return nil
}

// openBlocks notes how many sentences the blocks of a list have, "p (6 s) | caption (1 s)".
func (b *treeBuilder) openBlocks(list string) {
	for part := range strings.SplitSeq(list, " | ") {
		_, count, _ := strings.Cut(part, "(")
		if n, err := strconv.Atoi(strings.TrimSuffix(count, " s)")); err == nil && n > 0 {
			b.left = append(b.left, n)
		}
	}
}

// closeBlocks ends the blocks that have no sentence left after this one.
func (b *treeBuilder) closeBlocks() {
	open := b.left[:0]
	for _, n := range b.left {
		if n > 1 {
			open = append(open, n-1)
		} else {
			b.newPar = true
		}
	}
	b.left = open
}

func (b *treeBuilder) beginDoc(id string) {
	b.doc = &treeDoc{id: id}
	b.text.Reset()
	b.gap, b.newPar, b.left = "", false, nil
	b.start = -1
}

func (b *treeBuilder) endDoc() {
	if b.doc == nil {
		return
	}
	b.doc.text = b.text.String()
	b.docs = append(b.docs, b.doc)
	b.doc = nil
}

func (b *treeBuilder) token(col []string) error {
	if len(col) != 10 {
		return fmt.Errorf("%d columns, want 10", len(col))
	}
	if strings.Contains(col[0], ".") {
		return nil // an empty node of the enhanced graph
	}
	if b.doc == nil {
		b.beginDoc("")
	}
	if b.start < 0 {
		b.beginSentence()
	}
	if from, to, ok := strings.Cut(col[0], "-"); ok {
		n, err := strconv.Atoi(to)
		if err != nil {
			return fmt.Errorf("multi-word token %s-%s", from, to)
		}
		b.surface(col)
		b.multiEnd = n
		return nil
	}
	id, err := strconv.Atoi(col[0])
	if err != nil {
		return fmt.Errorf("word number %q", col[0])
	}
	head, err := strconv.Atoi(col[6])
	if err != nil {
		return fmt.Errorf("head %q", col[6])
	}
	multi := id <= b.multiEnd
	if !multi {
		b.surface(col)
	}
	b.heads = append(b.heads, head)
	b.doc.words = append(b.doc.words, treeWord{
		Range: b.doc.tokens[len(b.doc.tokens)-1], multi: multi,
		form: col[1], lemma: col[2], upos: col[3], xpos: col[4], deprel: col[7], entity: misc(col[9], "Entity=")})
	return nil
}

// misc finds a value in the last column.
func misc(column, key string) string {
	for part := range strings.SplitSeq(column, "|") {
		if v, ok := strings.CutPrefix(part, key); ok {
			return v
		}
	}
	return ""
}

// surface adds a token to the text.
func (b *treeBuilder) surface(col []string) {
	if b.gap != "" && b.text.Len() > b.start {
		b.text.WriteString(b.gap)
	}
	start := b.text.Len()
	b.text.WriteString(col[1])
	b.doc.tokens = append(b.doc.tokens, news.Range{Start: start, End: b.text.Len()})
	b.gap = " "
	if strings.Contains("|"+col[9]+"|", "|SpaceAfter=No|") {
		b.gap = ""
	}
}

func (b *treeBuilder) beginSentence() {
	switch {
	case b.text.Len() == 0:
	case b.newPar:
		b.text.WriteString("\n\n")
	default:
		b.text.WriteString(b.gap)
	}
	b.start = b.text.Len()
	b.first = len(b.doc.words)
	if b.newPar || len(b.doc.blocks) == 0 {
		b.doc.blocks = append(b.doc.blocks, news.Block{Kind: news.BlockParagraph, Range: news.Range{Start: b.start}})
	}
	b.newPar = false
	b.multiEnd = 0
	b.heads = b.heads[:0]
}

func (b *treeBuilder) endSentence() error {
	if b.doc == nil || b.start < 0 {
		return nil
	}
	end := b.text.Len()
	b.doc.sentences = append(b.doc.sentences, news.Range{Start: b.start, End: end})
	b.doc.blocks[len(b.doc.blocks)-1].End = end
	for i, h := range b.heads {
		if h < 0 || h > len(b.heads) {
			return fmt.Errorf("head %d in a sentence of %d words", h, len(b.heads))
		}
		b.doc.words[b.first+i].head = b.first + h - 1
		if h == 0 {
			b.doc.words[b.first+i].head = -1
		}
	}
	b.start = -1
	b.closeBlocks()
	return nil
}
