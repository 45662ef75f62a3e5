package eval

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

func TestReadBrackets(t *testing.T) {
	have, err := readBrackets([]string{"(3-person-new-Ada_Quill", "(7)", "3)(5[1/2]-abstract", "_", "5[1/2])8)"})
	if err == nil {
		t.Errorf("a mention that was never opened is closed: %v", have)
	}
	have, err = readBrackets([]string{"(3-person-new-Ada_Quill(9", "(7)", "3)(5[1/2]-abstract", "_", "5[1/2])9)"})
	want := []bracketed{{"9", 0, 5}, {"3", 0, 3}, {"7", 1, 2}, {"5", 2, 5}}
	if err != nil || !slices.Equal(have, want) {
		t.Errorf("have %v, %v, want %v", have, err, want)
	}
	if _, err := readBrackets([]string{"3"}); err == nil {
		t.Error("a number without a bracket is taken")
	}
}

// gumTree is "Ada Quill ran.\n\nShe won her race." as GUM writes it.
const gumTree = `# newdoc id = GUM_news_race
# newpar
1	Ada	Ada	PROPN	NNP	_	3	nsubj	_	Entity=(1-person-new-Ada_Quill
2	Quill	Quill	PROPN	NNP	_	1	flat	_	Entity=1)
3	ran	run	VERB	VBD	_	0	root	_	SpaceAfter=No
4	.	.	PUNCT	.	_	3	punct	_	_

# newpar
1	She	she	PRON	PRP	_	2	nsubj	_	Entity=(1-person-giv)
2	won	win	VERB	VBD	_	0	root	_	_
3	her	her	PRON	PRP$	_	4	nmod:poss	_	Entity=(2-event-new(1-person-giv)
4	race	race	NOUN	NN	_	2	obj	_	Entity=2)|SpaceAfter=No
5	.	.	PUNCT	.	_	2	punct	_	_

`

const gumCoref = "# begin document GUM_news_race\n0\tAda\t(1\n1\tQuill\t1)\n2\tran\t(4)\n3\t.\t_\n\n0\tShe\t(1)\n1\twon\t_\n2\ther\t(4(1)\n3\trace\t4)\n4\t.\t_\n"

// writeGUM lays out GUM's files for one document.
func writeGUM(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// mentions finds words in a text as mentions of one kind.
func mentions(text string, kind news.MentionKind, words ...string) (out []news.Mention) {
	for i, r := range spansOf(text, words...) {
		out = append(out, news.Mention{Span: news.Span{Start: r.Start, End: r.End, Text: words[i]}, Kind: kind})
	}
	return out
}

func TestOntoGUM(t *testing.T) {
	dir := writeGUM(t, map[string]string{"dep/GUM_news_race.conllu": gumTree, "coref/ontogum/conll/GUM_news_race.conll": gumCoref})
	read := func(text, _ string) *news.Record {
		if want := "Ada Quill ran.\n\nShe won her race."; text != want {
			t.Errorf("read %q", text)
		}
		return &news.Record{Entities: []news.Entity{
			{ID: "e1", Mentions: mentions(text, news.MentionName, "Ada Quill", "She", "race.")},
			{ID: "e2", Mentions: mentions(text, news.MentionNominal, "her race")}, // alone: left out
		}}
	}
	s := scoreWith(t, KindOntoGUM, dir, Options{}, read)
	// Gold {Ada Quill, She, her} and {ran, her race}; given {Ada Quill, She, race}.
	muc := 2 * (1. / 2) * (1. / 3) / (1./2 + 1./3)
	b3 := 2 * ((4. / 3) / 3) * ((4. / 3) / 5) / ((4./3)/3 + (4./3)/5)
	ceaf := 2 * (2. / 3) * (2. / 3 / 2) / (2./3 + 2./3/2)
	for name, want := range map[string]float64{mMUC: muc, mBCubed: b3, mCEAF: ceaf, mCoref: (muc + b3 + ceaf) / 3} {
		if m, ok := s.Metric(name); !ok || math.Abs(m.Value()-want) > 1e-9 {
			t.Errorf("%s is %.3f, want %.3f", name, m.Value(), want)
		}
	}
	wantCounts(t, s, map[string][2]int{mMentions: {2, 5}})
	if s := scoreWith(t, KindOntoGUM, dir, Options{Docs: []string{"GUM_bio_"}}, read); s.Docs != 0 {
		t.Error("a document of another name is scored")
	}
}
