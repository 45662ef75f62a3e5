package linear

import "fmt"

// ReadLemmas reads a lemmatiser as it stands in a model file, for models of
// other kinds that find lemmas in the same way.
func ReadLemmas(b []byte) (*Lemmatiser, error) {
	d := decoder{b: b}
	l := d.lemmas()
	if d.err != nil {
		return nil, fmt.Errorf("reading %d bytes of lemmas: %w", len(b), d.err)
	}
	return l, nil
}
