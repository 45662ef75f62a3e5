package nlp_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/nlp"
)

const treebank = `# newdoc id = port
# newpar
# sent_id = port-1
# text = They won’t go.
1	They	they	PRON	PRP	_	4	nsubj	_	_
2-3	won’t	_	_	_	_	_	_	_	_
2	wo	will	AUX	MD	_	4	aux	_	_
3	n’t	not	PART	RB	_	4	advmod	_	_
4	go	go	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = port-2
# text = Mara Velin left
1	Mara	Mara	PROPN	NNP	_	3	nsubj	_	NER=B-PER
2	Velin	Velin	PROPN	NNP	_	1	flat	_	NER=I-PER
2.1	had	have	AUX	VBD	_	_	_	_	_
3	left	leave	VERB	VBD	_	0	root	_	_

# newpar
# sent_id = port-3
# text = Karva slept
1	Karva	Karva	PROPN	NNP	_	2	nsubj	_	NER=B-LOC
2	slept	sleep	VERB	VBD	_	0	root	_	_

# newdoc id = road
# sent_id = road-1
# text = No
1	No	no	INTJ	UH	_	0	root	_	_
`

func TestReadCoNLLU(t *testing.T) {
	docs, err := nlp.ReadCoNLLU(strings.NewReader(treebank))
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 {
		t.Fatalf("%d documents", len(docs))
	}
	d := docs[0]
	check(t, d)
	if want := "They won’t go. Mara Velin left\n\nKarva slept"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
	if len(d.Blocks) != 2 || len(d.Sentences) != 3 || d.Sentences[2].Block != 1 {
		t.Errorf("blocks %+v, sentences %+v", d.Blocks, d.Sentences)
	}
	want := []nlp.Name{{From: 5, To: 7, Type: nlp.NamePerson}, {From: 8, To: 9, Type: nlp.NamePlace}}
	if diff := cmp.Diff(want, d.Names); diff != "" {
		t.Error(diff)
	}
	if k := d.Tokens[2]; k.Form != "n’t" || k.Head != 3 || k.Lemma != "not" {
		t.Errorf("token 2 is %+v", k)
	}
}

// What is written and read again is what it was, but for white space.
func TestWriteCoNLLU(t *testing.T) {
	d := analyse(t, story)
	var first, second bytes.Buffer
	if err := nlp.WriteCoNLLU(&first, d, "story"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# newdoc id = story\n", "# newpar\n", "# sent_id = story-1\n", "\tSpaceAfter=No|TokenRange=", "NER=B-PER|"} {
		if !strings.Contains(first.String(), want) {
			t.Errorf("no %q", want)
		}
	}
	// A dash is one code point, though three bytes.
	before, _, _ := strings.Cut(story, "—")
	at := len([]rune(before))
	if !strings.Contains(first.String(), "TokenRange=0:1\n") || !strings.Contains(first.String(), fmt.Sprintf("TokenRange=%d:%d\n", at, at+1)) {
		t.Errorf("token ranges:\n%s", first.String())
	}
	docs, err := nlp.ReadCoNLLU(bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := nlp.WriteCoNLLU(&second, docs[0], "story"); err != nil {
		t.Fatal(err)
	}
	strip := func(s string) string { // a document read has one paragraph here
		return strings.ReplaceAll(s, "# newpar\n", "")
	}
	if diff := cmp.Diff(strings.Count(strip(first.String()), "\n"), strings.Count(strip(second.String()), "\n")); diff != "" {
		t.Error(diff)
	}
	for i := range d.Tokens {
		a, b := d.Tokens[i], docs[0].Tokens[i]
		a.Start, a.End, b.Start, b.End = 0, 0, 0, 0
		if a != b {
			t.Errorf("token %d was %+v, is %+v", i, a, b)
		}
	}
	if diff := cmp.Diff(d.Names, docs[0].Names); diff != "" {
		t.Error(diff)
	}
}

func TestReadCoNLLUErrors(t *testing.T) {
	row := func(id, form, head string) string {
		return id + "\t" + form + "\t_\tX\tX\t_\t" + head + "\tdep\t_\t_\n"
	}
	for name, text := range map[string]string{
		"columns":     "1\tport\n",
		"number":      row("2", "port", "0"),
		"head":        row("1", "port", "x"),
		"head beyond": row("1", "port", "9"),
		"circle":      row("1", "a", "2") + row("2", "b", "1"),
		"self":        row("1", "a", "1"),
		"no form":     row("1", "", "0"),
		"range":       row("3-2", "ab", "_"),
		"range open":  row("1-2", "ab", "_"),
		"too short":   row("1-2", "a", "_") + row("1", "a", "0") + row("2", "b", "1"),
	} {
		if _, err := nlp.ReadCoNLLU(strings.NewReader(text)); !errors.Is(err, nlp.ErrCoNLLU) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func FuzzReadCoNLLU(f *testing.F) {
	f.Add(treebank)
	f.Add("1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\t_\t_\t_\t0\tx\t_\t_\n2\tb\t_\t_\t_\t_\t1\tx\t_\tNER=I-PER\n")
	f.Fuzz(func(t *testing.T, text string) {
		docs, err := nlp.ReadCoNLLU(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, d := range docs {
			for i, k := range d.Tokens {
				if d.Text[k.Start:k.End] != k.Form || k.Form == "" {
					t.Fatalf("token %d: %+v", i, k)
				}
				d.Bounds(i)
			}
		}
	})
}

func TestSources(t *testing.T) {
	names := ""
	for _, s := range model(t).Sources() {
		if s.Licence == "" || s.Use == "" {
			t.Errorf("%+v", s)
		}
		names += s.Name + "\n"
	}
	for _, want := range []string{"EWT", "GUM", "UNER", "WikiGold", "CrossNER", "GloVe"} {
		if !strings.Contains(names, want) {
			t.Errorf("the model does not say that it is made from %s", want)
		}
	}
	if name := model(t).Name(); !strings.HasPrefix(name, "en-linear-") && !strings.HasPrefix(name, "en-neural-") {
		t.Errorf("name %q", model(t).Name())
	}
}
