package eval

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// bank is a small treebank: a contraction, a paragraph break and words set
// tight.
const bank = `# newdoc id = d1
# newpar
# text = Ada can't swim.
1	Ada	Ada	PROPN	NNP	_	4	nsubj	_	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	swim	swim	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# text = She tries.
1	She	she	PRON	PRP	_	2	nsubj	_	_
2	tries	try	VERB	VBZ	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

# newpar
# text = Good.
1	Good	good	ADJ	JJ	_	0	root	_	SpaceAfter=No
2	.	.	PUNCT	.	_	1	punct	_	_

# newdoc id = d2
# text = No
1	No	no	INTJ	UH	_	0	root	_	_

`

func readBank(t *testing.T, text string) []*treeDoc {
	t.Helper()
	file := filepath.Join(t.TempDir(), "bank.conllu")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := readCoNLLU(file)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func TestReadCoNLLU(t *testing.T) {
	docs := readBank(t, bank)
	if len(docs) != 2 || docs[0].id != "d1" || docs[1].text != "No" {
		t.Fatalf("documents %+v", docs)
	}
	d := docs[0]
	if want := "Ada can't swim. She tries.\n\nGood."; d.text != want {
		t.Errorf("text %q, want %q", d.text, want)
	}
	cut := func(rs []news.Range) string {
		var out []string
		for _, r := range rs {
			out = append(out, d.text[r.Start:r.End])
		}
		return strings.Join(out, "|")
	}
	if got := cut(d.sentences); got != "Ada can't swim.|She tries.|Good." {
		t.Errorf("sentences %q", got)
	}
	if got := cut(d.tokens); got != "Ada|can't|swim|.|She|tries|.|Good|." {
		t.Errorf("tokens %q", got)
	}
	if len(d.blocks) != 2 || d.text[d.blocks[1].Start:d.blocks[1].End] != "Good." {
		t.Errorf("blocks %v", d.blocks)
	}
	if w := d.words[2]; w.form != "n't" || !w.multi || w.head != 3 || d.words[5].head != 6 || d.words[3].head != -1 {
		t.Errorf("words %+v", d.words)
	}
}

func TestReadCoNLLUErrors(t *testing.T) {
	for _, bad := range []string{
		"1\tA\ta\n",
		"x\tA\ta\tX\tX\t_\t0\troot\t_\t_\n",
		"1\tA\ta\tX\tX\t_\tx\troot\t_\t_\n",
		"1\tA\ta\tX\tX\t_\t7\troot\t_\t_\n\n",
	} {
		file := filepath.Join(t.TempDir(), "bad.conllu")
		if err := os.WriteFile(file, []byte(bad), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readCoNLLU(file); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}

// parse is the analysis of "Ada can't swim. She tries.\n\nGood." that a program
// might make.
func parse(text string) *nlp.Doc {
	d := &nlp.Doc{Text: text}
	at := 0
	add := func(form, lemma, upos, xpos string, head int, rel string) {
		i := at + strings.Index(text[at:], form)
		at = i + len(form)
		d.Tokens = append(d.Tokens, nlp.Token{Start: i, End: at, Form: form, Lemma: lemma, UPOS: upos, XPOS: xpos, Head: head, Deprel: rel})
	}
	add("Ada", "Ada", "PROPN", "NNP", 3, "nsubj")
	add("ca", "can", "AUX", "MD", 3, "aux")
	add("n't", "not", "PART", "RB", 3, "advmod")
	add("swim", "swim", "VERB", "VB", -1, "root")
	add(".", ".", "PUNCT", ".", 3, "punct")
	add("She", "she", "PRON", "PRP", 6, "nsubj")
	add("tries", "try", "VERB", "VBZ", -1, "root")
	add(".", ".", "PUNCT", ".", 6, "punct")
	add("Good", "good", "ADJ", "JJ", -1, "root")
	add(".", ".", "PUNCT", ".", 8, "punct")
	d.Sentences = []nlp.Sentence{{From: 0, To: 5}, {From: 5, To: 8}, {From: 8, To: 10, Block: 1}}
	d.Index()
	return d
}

func TestTrees(t *testing.T) {
	gold := readBank(t, bank)[0]
	check := func(name string, doc *nlp.Doc, want map[string][3]int) {
		t.Helper()
		s := scoreTrees(gold, treeOf(doc))
		for _, m := range s.Metrics {
			if w, ok := want[m.Name]; ok && w != [3]int{m.Right, m.Gold, m.Given} {
				t.Errorf("%s: %s is %d of %d gold, %d given; want %v", name, m.Name, m.Right, m.Gold, m.Given, w)
			}
		}
	}
	check("perfect", parse(gold.text), map[string][3]int{
		"Tokens": {9, 9, 9}, "Sentences": {3, 3, 3}, "Words": {10, 10, 10}, "UPOS": {10, 10, 10}, "XPOS": {10, 10, 10},
		"Lemmas": {10, 10, 10}, "UAS": {10, 10, 10}, "LAS": {10, 10, 10}, "CLAS": {6, 6, 6}})

	d := parse(gold.text)
	d.Tokens[0].Head, d.Tokens[1].Deprel, d.Tokens[5].UPOS, d.Tokens[6].Lemma = 2, "cop", "NOUN", "tries"
	check("four slips", d, map[string][3]int{
		"Words": {10, 10, 10}, "UPOS": {9, 10, 10}, "Lemmas": {9, 10, 10}, "UAS": {9, 10, 10}, "LAS": {8, 10, 10}, "CLAS": {5, 6, 6}})

	// The contraction left whole: two gold words have no match, and what hangs
	// on them is untouched.
	d = parse(gold.text)
	d.Tokens[1].Form, d.Tokens[1].End = "can't", d.Tokens[2].End
	d.Tokens = append(d.Tokens[:2], d.Tokens[3:]...)
	for i := range d.Tokens {
		if d.Tokens[i].Head > 1 {
			d.Tokens[i].Head--
		}
	}
	d.Sentences = []nlp.Sentence{{From: 0, To: 4}, {From: 4, To: 9}}
	check("no cut", d, map[string][3]int{
		"Tokens": {9, 9, 9}, "Sentences": {1, 3, 2}, "Words": {8, 10, 9}, "LAS": {8, 10, 9}})
}

func TestScoreCoNLLUByDocument(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bank.conllu")
	if err := os.WriteFile(file, []byte(bank), 0o644); err != nil {
		t.Fatal(err)
	}
	sys := System{
		Analyse: func(_ context.Context, text string, _ []news.Block) (*nlp.Doc, error) { return parse(text), nil },
		Annotate: func(_ context.Context, d *nlp.Doc) (*nlp.Doc, error) {
			out := parse(d.Text)
			for i, k := range out.Tokens {
				if g := d.Tokens[i]; g.Start != k.Start || g.End != k.End || g.Form != k.Form {
					t.Errorf("word %d is %+v, want %+v", i, g, k)
				}
			}
			if !slices.Equal(d.Sentences, out.Sentences) {
				t.Errorf("sentences %v, want %v", d.Sentences, out.Sentences)
			}
			out.Tokens[0].Deprel = "obj"
			return out, nil
		},
	}
	s, err := Score(t.Context(), sys, KindCoNLLU, file, Options{Half: "even"})
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Metric("LAS"); s.Set != "bank" || s.Docs != 1 || m.Value() != 1 {
		t.Errorf("%+v", s)
	}
	if m, _ := s.Metric("gold tokens: LAS"); m.Right != 9 || m.Gold != 10 {
		t.Errorf("%+v", m)
	}
}

const marked = `# newdoc id = d1
# text = Ada Quill left New York Bay.
1	Ada	B-PER	-	-
2	Quill	I-PER	-	-
3	left	O	-	-
4	New	B-LOC	-	-
5	York	I-LOC	-	-
6	Bay	B-O	-	-
7	.	O	-	-

# text = The Dane met Bo.
1	The	O	-	-
2	Dane	B-OTH	-	-
3	met	O	-	-
4	Bo	B-PER	-	-
5	.	O	-	-
`

func TestIOB2(t *testing.T) {
	file := filepath.Join(t.TempDir(), "names.iob2")
	if err := os.WriteFile(file, []byte(marked), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := readIOB2(file)
	if err != nil || len(docs) != 1 {
		t.Fatalf("%v, %d documents", err, len(docs))
	}
	d := docs[0]
	var got []string
	for _, n := range d.names {
		got = append(got, n.label+" "+d.text[n.Start:n.End])
	}
	if want := "PER Ada Quill,LOC New York,PER Bo"; strings.Join(got, ",") != want {
		t.Errorf("names %q, want %q", got, want)
	}
	doc := &nlp.Doc{Text: d.text}
	for at, i := 0, 0; ; {
		rest := strings.TrimLeft(d.text[at:], " \n")
		if rest == "" {
			break
		}
		at = len(d.text) - len(rest)
		form := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == '.' || r == '\n' })[0]
		doc.Tokens = append(doc.Tokens, nlp.Token{Start: at, End: at + len(form), Form: form})
		at += len(form)
		at += len(d.text[at:]) - len(strings.TrimLeft(d.text[at:], "."))
		i++
	}
	// Ada Quill is right, New York Bay is too long, Dane is a name of no
	// type that is judged, Bo has the wrong type.
	doc.Names = []nlp.Name{{From: 0, To: 2, Type: nlp.NamePerson}, {From: 3, To: 6, Type: nlp.NamePlace},
		{From: 7, To: 8, Type: nlp.NameOther}, {From: 9, To: 10, Type: nlp.NameOrganisation}}
	s := d.score(doc)
	for name, want := range map[string][3]int{"names": {1, 3, 3}, "names: PER": {1, 2, 1}, "names: LOC": {0, 1, 1}, "names: ORG": {0, 0, 1}} {
		if m, _ := s.Metric(name); want != [3]int{m.Right, m.Gold, m.Given} {
			t.Errorf("%s is %+v, want %v", name, m, want)
		}
	}
}

func TestCrossNER(t *testing.T) {
	file := filepath.Join(t.TempDir(), "test.txt")
	content := "Mara\tB-politician\nVelin\tI-politician\nleft\tO\nBergen\tB-location\n.\tO\n\nThe\tO\n2031\tB-election\nvote\tI-election\nsplit\tO\nFjord\tB-politicalparty\nUnion\tI-politicalparty\n.\tO\n"
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := readCrossNER(file)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		for _, n := range d.names {
			got = append(got, n.label+" "+d.text[n.Start:n.End])
		}
	}
	want := []string{"PER Mara Velin", "LOC Bergen", "ORG Fjord Union"}
	if !slices.Equal(got, want) || len(docs) != 2 {
		t.Errorf("%d documents, names %q, want %q", len(docs), got, want)
	}
	if err := os.WriteFile(file, []byte("Mara B-politician\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := readCrossNER(file); err == nil {
		t.Error("a line without a tab: no error")
	}
}

// A caption at the head of a paragraph is a block of its own where the treebank
// says how many sentences it has.
func TestBlocksOfTreebank(t *testing.T) {
	row := func(form string) string { return "1\t" + form + "\t_\tX\tFW\t_\t0\troot\t_\t_\n\n" }
	file := filepath.Join(t.TempDir(), "news.conllu")
	content := "# newdoc id = a\n# newpar\n# newpar_block = p (3 s) | caption (1 s)\n" + row("Velin") + row("Rain") + row("Fog") + "# newpar\n" + row("End")
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	for blocks, want := range map[bool]string{false: "Velin Rain Fog\n\nEnd", true: "Velin\n\nRain Fog\n\nEnd"} {
		docs, err := readTreebank(file, blocks)
		if err != nil {
			t.Fatal(err)
		}
		if docs[0].text != want {
			t.Errorf("blocks %v: %q, want %q", blocks, docs[0].text, want)
		}
	}
}
