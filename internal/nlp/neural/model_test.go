package neural

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// reference is what PyTorch makes of a sentence with testdata/tiny.bin, an
// untrained network; training/neural/reference.py writes both.
type reference struct {
	Forms   []string
	Shapes  []string
	Folded  []string
	Hashes  [][]uint32
	Encoded [][]float64
	Begins  [][]float64
	Tags    [][]float64
	Arcs    [][]float64
	Names   []linear.Label
}

func tiny(t testing.TB) (*Model, []reference) {
	t.Helper()
	b, err := os.ReadFile("testdata/tiny.bin")
	if err != nil {
		t.Fatal(err)
	}
	m, err := Load(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if b, err = os.ReadFile("testdata/tiny.json"); err != nil {
		t.Fatal(err)
	}
	var refs []reference
	if err := json.Unmarshal(b, &refs); err != nil {
		t.Fatal(err)
	}
	return m, refs
}

func TestFeaturesAgree(t *testing.T) {
	_, refs := tiny(t)
	for _, r := range refs {
		for i, f := range r.Forms {
			if got := string(shape(nil, f)); got != r.Shapes[i] {
				t.Errorf("shape of %q: %q, want %q", f, got, r.Shapes[i])
			}
			low := fold(nil, f)
			if string(low) != r.Folded[i] {
				t.Errorf("%q folded: %q, want %q", f, string(low), r.Folded[i])
			}
			zeroed(low)
			var got []uint32
			affixes(f, low, nil, func(h uint32) { got = append(got, h) })
			if !slices.Equal(got, r.Hashes[i]) {
				t.Errorf("pieces of %q: %v, want %v", f, got, r.Hashes[i])
			}
		}
	}
}

func TestNetworkAgrees(t *testing.T) {
	m, refs := tiny(t)
	var s Scratch
	for _, r := range refs {
		n := len(r.Forms)
		m.Encode(func(i int) string { return r.Forms[i] }, n, &s)
		dim := 2 * m.Header.Hidden
		x := s.x[:n*dim]
		for i, want := range r.Encoded {
			for k, w := range want {
				if got := float64(x[i*dim+k]) * outputUnit; math.Abs(got-w) > 0.03 {
					t.Fatalf("%q, number %d: %.3f, want %.3f", r.Forms[i], k, got, w)
				}
			}
		}
		out, acc := make([]float32, max(m.tag.out, m.begin.out)), make([]int32, m.accSize())
		for i, want := range r.Tags {
			m.tag.apply(out, x[i*dim:(i+1)*dim], outputUnit, acc)
			for k, w := range want {
				if math.Abs(float64(out[k])-w) > 0.1 {
					t.Errorf("%q, tag %d: %.3f, want %.3f", r.Forms[i], k, out[k], w)
				}
			}
		}
		for i, want := range r.Begins {
			m.begin.apply(out, x[i*dim:(i+1)*dim], outputUnit, acc)
			if math.Abs(float64(out[0])-want[0]) > 0.1 {
				t.Errorf("%q begins a sentence: %.3f, want %.3f", r.Forms[i], out[0], want[0])
			}
		}
		labels := make([]linear.Label, n)
		s.acc = grow(s.acc, m.accSize())
		m.names(labels, x, &s)
		if !slices.Equal(labels, r.Names) {
			t.Errorf("labels %v, want %v", labels, r.Names)
		}
		m.parse(make([]int32, n), make([]uint8, n), x, &s)
		for i, want := range r.Arcs {
			for h, w := range want {
				if got := float64(s.scores[i*(n+1)+h]); math.Abs(got-w) > 0.03*(2+math.Abs(w)) {
					t.Errorf("%q with head %d: %.3f, want %.3f", r.Forms[i], h, got, w)
				}
			}
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	b, err := os.ReadFile("testdata/tiny.bin")
	if err != nil {
		t.Fatal(err)
	}
	damaged := slices.Clone(b)
	damaged[len(b)/2] ^= 1
	for name, file := range map[string][]byte{
		"empty":     nil,
		"cut":       b[:len(b)/2],
		"damaged":   damaged,
		"something": []byte("ONRECLM1 and so on, which is another kind"),
	} {
		if _, err := Load(bytes.NewReader(file)); err == nil {
			t.Errorf("%s: no error", name)
		} else if name != "cut" && !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
