package nlp

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// Model analyses text. It is not changed once it is loaded and may be used by
// many goroutines at once; what it says of a text depends on nothing else.
type Model struct {
	linear    *linear.Model
	tokeniser tokeniser
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

// Load reads a model file, as the trainer writes it.
func Load(r io.Reader) (*Model, error) {
	lm, err := linear.Load(r)
	if err != nil {
		return nil, fmt.Errorf("loading the language model: %w", err)
	}
	abbreviations, err := readAbbreviations(abbreviationTable)
	if err != nil {
		return nil, err
	}
	return &Model{
		linear:    lm,
		tokeniser: tokeniser{abbreviations},
		scratch:   sync.Pool{New: func() any { return new(scratch) }},
	}, nil
}

// Name is the name of the model, "en-linear-1".
func (m *Model) Name() string { return m.linear.Header.Name }

// Source is one body of text or facts that a model was trained on.
type Source = linear.Corpus

// Sources lists what the model was trained on, with the licences.
func (m *Model) Sources() []Source { return m.linear.Header.Corpora }
