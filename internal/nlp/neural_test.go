package nlp_test

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/onrecord/onrecord/internal/nlp"
)

// untrained loads a small network that was never trained. Its heads are no trees
// until they are made trees.
func untrained(t testing.TB) *nlp.Model {
	t.Helper()
	f, err := os.Open("neural/testdata/tiny.bin")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := nlp.Load(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestNeuralKeepsPromises(t *testing.T) {
	m := untrained(t)
	if m.Name() != "en-tiny" || len(m.Sources()) == 0 {
		t.Errorf("model %q of %d sources", m.Name(), len(m.Sources()))
	}
	for _, text := range []string{
		story, "", ".", "Port closes", "PORT CLOSES IN KARVA, 12 DEAD",
		strings.Repeat("a ", 3000), strings.Repeat("the port and ", 400), strings.Repeat("“", 900),
	} {
		d, err := m.Analyse(context.Background(), text, nil)
		if err != nil {
			t.Fatal(err)
		}
		check(t, d)
	}
}

// A sentence longer than any that the splitter makes, as a treebank may hold it.
func TestNeuralLongSentence(t *testing.T) {
	m := untrained(t)
	d, err := m.Analyse(context.Background(), strings.Repeat("the port and ", 500), nil)
	if err != nil {
		t.Fatal(err)
	}
	one := &nlp.Doc{Text: d.Text, Blocks: d.Blocks, Tokens: d.Tokens, Sentences: []nlp.Sentence{{From: 0, To: len(d.Tokens)}}}
	if d, err = m.Annotate(context.Background(), one); err != nil {
		t.Fatal(err)
	}
	check(t, d)
}

func TestNeuralConcurrent(t *testing.T) {
	m := untrained(t)
	want, err := m.Analyse(context.Background(), story, nil)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for k := range 4 {
		wg.Go(func() {
			for range 5 {
				if _, err := m.Analyse(context.Background(), strings.Repeat("Others talk. ", 10*k), nil); err != nil {
					t.Error(err)
				}
				got, err := m.Analyse(context.Background(), story, nil)
				if err != nil {
					t.Error(err)
				} else if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(nlp.Doc{})); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	wg.Wait()
}
