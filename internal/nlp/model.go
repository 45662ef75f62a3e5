package nlp

import (
	"bufio"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/onrecord/onrecord/internal/nlp/linear"
	"github.com/onrecord/onrecord/internal/nlp/neural"
	"github.com/onrecord/onrecord/internal/nlp/segment"
)

// Model analyses text. It is not changed once it is loaded and may be used by
// many goroutines at once; what it says of a text depends on nothing else.
type Model struct {
	annotator annotator
	segmenter *segment.Segmenter
	scratch   sync.Pool // *scratch
}

// ErrNoModel is the error of Embedded where the program was built without the
// weights, which `make model` makes.
var ErrNoModel = errors.New("this program was built without a language model")

//go:embed model.bin
var embedded []byte

var loadEmbedded = sync.OnceValues(func() (*Model, error) {
	if len(embedded) == 0 {
		return nil, ErrNoModel
	}
	return Load(bytes.NewReader(embedded))
})

// Embedded returns the model that the program carries. It is loaded once.
func Embedded() (*Model, error) { return loadEmbedded() }

// annotator is one kind of model: it fills in the tags, lemmas, parse and names
// of a sentence.
type annotator interface {
	name() string
	sources() []Source
	// divide returns the words of what was cut as one sentence at which another
	// begins, counted from its first. The slice is good until the next call.
	divide(d *Doc, sent Sentence, s *scratch) []int
	sentence(d *Doc, sent Sentence, s *scratch)
}

// Load reads a model file, linear or neural, as their trainers write them.
func Load(r io.Reader) (*Model, error) {
	in := bufio.NewReader(r)
	a, err := loadAnnotator(in)
	if err != nil {
		return nil, fmt.Errorf("loading the language model: %w", err)
	}
	s, err := segment.New()
	if err != nil {
		return nil, fmt.Errorf("loading the tables of words and sentences: %w", err)
	}
	return &Model{
		annotator: a,
		segmenter: s,
		scratch:   sync.Pool{New: func() any { return new(scratch) }},
	}, nil
}

func loadAnnotator(in *bufio.Reader) (annotator, error) {
	// What is too short for a head is refused by linear.Load.
	if head, _ := in.Peek(len(neural.Magic)); string(head) == neural.Magic {
		m, err := neural.Load(in)
		return neuralAnnotator{m}, err
	}
	m, err := linear.Load(in)
	return linearAnnotator{m}, err
}

// Name is the name of the model, "en-neural-2".
func (m *Model) Name() string { return m.annotator.name() }

// Source is one body of text or facts that a model was trained on.
type Source = linear.Corpus

// Sources lists what the model was trained on, with the licences.
func (m *Model) Sources() []Source { return m.annotator.sources() }
