package nlp

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

func TestLoadErrors(t *testing.T) {
	good := embedded
	if len(good) == 0 {
		t.Skip("no model: run `make model`")
	}
	damaged := bytes.Clone(good)
	damaged[len(damaged)/2] ^= 1
	for name, b := range map[string][]byte{
		"empty":     nil,
		"text":      []byte(strings.Repeat("no model ", 100)),
		"cut":       good[:len(good)/2],
		"head only": good[:16],
		"damaged":   damaged,
	} {
		if _, err := Load(bytes.NewReader(b)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := Load(strings.NewReader("ONRECLM0 and so on, an older one")); !errors.Is(err, linear.ErrFormat) {
		t.Errorf("error %v", err)
	}
}

func BenchmarkLoad(b *testing.B) {
	if len(embedded) == 0 {
		b.Skip("no model: run `make model`")
	}
	for b.Loop() {
		if _, err := Load(bytes.NewReader(embedded)); err != nil {
			b.Fatal(err)
		}
	}
}
