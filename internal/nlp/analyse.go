package nlp

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp/linear"
	"github.com/onrecord/onrecord/internal/nlp/segment"
)

// scratch is the working memory of one call.
type scratch struct {
	linear linearScratch
	neural neuralScratch
	pieces []segment.Piece
	lemmas map[lemmaKey]string
	buf    []byte
}

// lemmaKey is what a lemma depends on.
type lemmaKey struct {
	form string
	tag  uint8
	kase linear.Case
}

// between is the number of sentences after which a call looks whether it is
// still wanted.
const between = 64

// Analyse analyses text. Blocks are the stretches of the text that hold words,
// in order; no sentence crosses from one into another. Where there are none the
// whole text is one paragraph. The only error is that of the context.
func (m *Model) Analyse(ctx context.Context, text string, blocks []news.Block) (*Doc, error) {
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	if blocks == nil && text != "" {
		blocks = []news.Block{{Kind: news.BlockParagraph, Range: news.Range{Start: 0, End: len(text)}}}
	}
	d := &Doc{Text: text, Blocks: blocks}
	d.Tokens = make([]Token, 0, len(text)/5+16)
	for b, block := range blocks {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("analysing block %d: %w", b, err)
		}
		s.pieces = m.segmenter.Tokens(s.pieces[:0], text, block.Start, block.End)
		m.segmenter.Sentences(text, s.pieces, func(from, to int) {
			first := len(d.Tokens)
			for _, p := range s.pieces[from:to] {
				d.Tokens = append(d.Tokens, Token{Start: p.Start, End: p.End, Form: text[p.Start:p.End]})
			}
			d.Sentences = append(d.Sentences, Sentence{From: first, To: len(d.Tokens), Block: b})
		})
	}
	if err := m.annotate(ctx, d, s, true); err != nil {
		return nil, err
	}
	return d, nil
}

// Annotate returns a copy of d, its text, tokens and sentences as they are, with
// the tags, lemmas, parse and names as the model sees them: so parts of the
// model are measured on tokens cut by hand.
func (m *Model) Annotate(ctx context.Context, d *Doc) (*Doc, error) {
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	out := &Doc{Text: d.Text, Blocks: d.Blocks, Sentences: d.Sentences}
	out.Tokens = make([]Token, len(d.Tokens))
	for i, t := range d.Tokens {
		out.Tokens[i] = Token{Start: t.Start, End: t.End, Form: t.Form}
	}
	if err := m.annotate(ctx, out, s, false); err != nil {
		return nil, err
	}
	return out, nil
}

// annotate fills in everything but the tokens. Where divide is true it cuts
// sentences that the segmenter, which knows only marks, left in one.
func (m *Model) annotate(ctx context.Context, d *Doc, s *scratch, divide bool) error {
	if s.lemmas == nil {
		s.lemmas = map[lemmaKey]string{}
	}
	defer s.forget()
	marked := d.Sentences
	if divide {
		d.Sentences = make([]Sentence, 0, len(marked)+len(marked)/8)
	}
	for k, sent := range marked {
		if k%between == between-1 {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("analysing sentence %d: %w", k, err)
			}
		}
		if divide {
			from := sent.From
			for _, i := range m.begins(d, sent, s) {
				part := Sentence{From: sent.From, To: from + i, Block: sent.Block}
				m.annotator.sentence(d, part, s)
				d.Sentences = append(d.Sentences, part)
				sent.From = part.To
			}
			d.Sentences = append(d.Sentences, sent)
		}
		m.annotator.sentence(d, sent, s)
	}
	d.agree()
	d.Index()
	return nil
}

// begins returns where in a sentence others begin. A title is one, whatever it holds.
func (m *Model) begins(d *Doc, sent Sentence, s *scratch) []int {
	if d.Blocks[sent.Block].Kind == news.BlockTitle {
		return nil
	}
	return m.annotator.divide(d, sent, s)
}

// forget lets go of what holds on to the text.
func (s *scratch) forget() {
	clear(s.lemmas)
	s.neural.Forget()
	s.neural.read = Sentence{}
}

var nameTypes = [...]NameType{NamePerson, NameOrganisation, NamePlace, NameOther}

// appendNames appends the names that labels mark; token 0 of labels is token
// from of the document.
func appendNames(dst []Name, labels []linear.Label, from int) []Name {
	for i := 0; i < len(labels); {
		if !labels[i].Begins() {
			i++
			continue
		}
		j := i + 1
		for j < len(labels) && labels[j] == labels[i]+1 {
			j++
		}
		dst = append(dst, Name{From: from + i, To: from + j, Type: nameTypes[labels[i].Type()]})
		i = j
	}
	return dst
}
