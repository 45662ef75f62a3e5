package eval

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

// paragraphs reads a text as nothing but its title and paragraphs.
func paragraphs(_ context.Context, text, _ string) (*news.Record, error) {
	r := &news.Record{}
	r.Article.Text = text
	at := 0
	for i, p := range strings.Split(text, "\n\n") {
		kind := news.BlockParagraph
		if i == 0 {
			kind = news.BlockTitle
		}
		r.Article.Blocks = append(r.Article.Blocks, news.Block{Kind: kind, Range: news.Range{Start: at, End: at + len(p)}})
		at += len(p) + 2
	}
	return r, nil
}

// TestScoreCopies scores a reader that keeps the texts, and one that loses
// them: the figures must tell the two apart.
func TestScoreCopies(t *testing.T) {
	lost := 0
	for _, c := range []struct {
		name        string
		read        func(context.Context, string, string) (*news.Record, error)
		least, most float64
	}{
		{"kept", paragraphs, 0.9, 1},
		{"lost", func(ctx context.Context, _, _ string) (*news.Record, error) {
			lost++
			return paragraphs(ctx, fmt.Sprintf("Text %d is lost\n\nNothing is left of the text with the number %d.", lost, lost), "")
		}, 0, 0},
		{"all one", func(ctx context.Context, _, _ string) (*news.Record, error) {
			return paragraphs(ctx, "One text\n\nAll that was read is this one text, whatever there was.", "")
		}, 0.4, 0.8},
	} {
		s, err := Score(t.Context(), System{Read: c.read}, KindCopies, "own:copies", Options{Half: "even", Jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		m, _ := s.Metric(mCopies)
		if m.Value() < c.least || m.Value() > c.most || m.Gold < 50 {
			t.Errorf("%s: %+v is %.3f, want %.1f to %.1f", c.name, m, m.Value(), c.least, c.most)
		}
		if wrong := m.Gold + m.Given - 2*m.Right; len(s.Findings) != wrong {
			t.Errorf("%s: %d findings of %d", c.name, len(s.Findings), wrong)
		}
	}
}

// TestScoreCopiesKeepsBack: whoever looks at all sees nothing of the odd half.
func TestScoreCopiesKeepsBack(t *testing.T) {
	read := func(ctx context.Context, _, _ string) (*news.Record, error) {
		return paragraphs(ctx, "One\n\nOne text of a few words.", "")
	}
	all, err := Score(t.Context(), System{Read: read}, KindCopies, "own:copies", Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	even, err := Score(t.Context(), System{Read: read}, KindCopies, "own:copies", Options{Half: "even", Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Findings) != len(even.Findings) || len(even.Findings) == 0 {
		t.Errorf("%d findings of all, %d of the even half", len(all.Findings), len(even.Findings))
	}
}

// ecbLines are two invented topics, of each two events that look alike, in the
// form of the corpus.
func ecbLines() string {
	var b strings.Builder
	for topic, event := range map[int][2]string{
		3: {"ferry Ariadne burned off Piraeus when captain Vrettos left", "boat Thalia sank near Volos while helmsman Lambrou slept"},
		7: {"mayor Dragusha cleared of bribery by judge Alibali", "governor Okoro jailed for fraud on word of clerk Nwosu"},
	} {
		for half, words := range event {
			for n := range 3 {
				address := ""
				if half == 1 {
					address = `http : / / news . example / ` + fmt.Sprint(n) + `\n`
				}
				fmt.Fprintf(&b, `{"id":"%d_%d_%d","topic":%d,"cluster":"%d_%d","text":"%sThe %s , it was said .\n`+"`` %s , '' said number %d ."+`"}`+"\n",
					topic, half, n, topic, topic, half, address, words, strings.Repeat(words+" and ", 2), n)
			}
		}
	}
	return b.String()
}

func TestScoreECBPlus(t *testing.T) {
	file := filepath.Join(t.TempDir(), "docs.jsonl")
	if err := os.WriteFile(file, []byte(ecbLines()), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Score(t.Context(), System{Read: paragraphs}, KindECBPlus, file, Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Metric(mStories); s.Docs != 12 || m.Value() != 1 {
		t.Errorf("%d documents: %+v", s.Docs, m)
	}
	if m, _ := s.Metric(mStoriesTopic); m.Right != 18 || m.Gold != 18 {
		t.Errorf("look-alikes: %+v", m)
	}
	even, err := Score(t.Context(), System{Read: paragraphs}, KindECBPlus, file, Options{Half: "even", Jobs: 1})
	if err != nil || even.Docs != 6 {
		t.Errorf("%d documents of even topics, %v", even.Docs, err)
	}
	// All in one heap: everything is found, half of what is given with each is wrong.
	heap, err := Score(t.Context(), System{Read: func(ctx context.Context, _, _ string) (*news.Record, error) {
		return paragraphs(ctx, "Heap\n\nAll of these are one heap of words about a heap.", "")
	}}, KindECBPlus, file, Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := heap.Metric(mStories); m.Recall() != 1 || m.Precision() != 0.25 {
		t.Errorf("a heap: %+v", m.Of)
	}
}

func TestUntokenised(t *testing.T) {
	have := untokenised("http : / / a . example / ferry\nThe captain 's ship ( old ) burned , he said .\n`` It was n't $ 5 , '' he said .")
	want := "The captain's ship (old) burned, he said.\n\n“It wasn't $5,” he said."
	if have != want {
		t.Errorf("have %q, want %q", have, want)
	}
}
