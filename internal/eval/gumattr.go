package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// The recall of content where not every attribution is marked, so that
// precision means nothing.
const (
	mContentRecall = "statements: content found"
	mSourcedRecall = "statements: content found with the right source"
	mWithoutCredit = "statements: content found with the right source, picture credits left out"
)

// gumGenres are the genres of GUM that report what people said.
var gumGenres = []string{"GUM_news_", "GUM_interview_"}

// scoreGUMAttribution scores the attributions that follow from GUM's discourse
// trees: derived_attributions.jsonl beside dep/DOCUMENT.conllu.
func scoreGUMAttribution(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	docs, err := readGUMAttributions(path)
	if err != nil {
		return Scores{}, err
	}
	docs = choose(slices.DeleteFunc(docs, func(d *GoldDoc) bool { return !o.named(d.File) }), o)
	return sum(ctx, o, len(docs), func(ctx context.Context, i int) (Scores, error) {
		d := docs[i]
		rec, err := sys.Read(ctx, d.Text, "")
		if err != nil {
			return Scores{}, fmt.Errorf("read %s: %w", d.File, err)
		}
		all := d.Score(rec)
		s := Scores{Docs: 1}
		for _, m := range all.Metrics {
			switch m.Name {
			case mContent:
				s.add(mContentRecall, Recall, m.Right, m.Gold, 0)
			case mSource:
				s.add(m.Name, m.Kind, m.Right, m.Gold, 0)
			case mSourced:
				s.add(mSourcedRecall, Recall, m.Right, m.Gold, 0)
			}
		}
		plain := *d
		plain.Statements = slices.DeleteFunc(slices.Clone(d.Statements), d.isCredit)
		spoken := plain.Score(rec)
		if m, ok := spoken.Metric(mSourced); ok {
			s.add(mWithoutCredit, Recall, m.Right, m.Gold, 0)
		}
		s.Findings = slices.DeleteFunc(all.Findings, func(f Finding) bool { return f.Kind == FalseAlarm })
		return s, nil
	}, []string{mContentRecall, mSource, mSourcedRecall, mWithoutCredit})
}

// isCredit reports whether an attribution gives no more than whose a picture or a
// recording is, "Image: Ada Quill": GUM's trees attribute the caption to its
// author, whom the record has say nothing.
func (d *GoldDoc) isCredit(s GoldStatement) bool {
	if s.Cue != "" || len(s.Source) == 0 {
		return false
	}
	before := strings.TrimRight(d.Text[:s.Source[0].Start], " ")
	for _, label := range []string{"Image:", "File:", "Photo:", "Video:", "Audio:", "Picture:"} {
		if strings.HasSuffix(before, label) {
			return true
		}
	}
	return false
}

// gumAttribution is one line of the table. Tokens are counted from 1 through
// the document.
type gumAttribution struct {
	Doc     string   `json:"doc"`
	Source  string   `json:"source"`
	Cue     string   `json:"cue"`
	Tokens  []int    `json:"source_tokens"`
	Content [][2]int `json:"content_tokens"` // first and last, of each discourse unit
}

func readGUMAttributions(path string) ([]*GoldDoc, error) {
	f, err := os.Open(filepath.Join(path, "derived_attributions.jsonl"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	byDoc := map[string]*GoldDoc{}
	words := map[string][]treeWord{}
	var docs []*GoldDoc
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var a gumAttribution
		if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("read the attributions: %w", err)
		}
		if !slices.ContainsFunc(gumGenres, func(g string) bool { return strings.HasPrefix(a.Doc, g) }) {
			continue
		}
		d := byDoc[a.Doc]
		if d == nil {
			tree, err := readGUMTree(path, a.Doc)
			if err != nil {
				return nil, err
			}
			d = &GoldDoc{File: a.Doc, Text: tree.text}
			d.index()
			byDoc[a.Doc], words[a.Doc] = d, tree.words
			docs = append(docs, d)
		}
		s, err := a.statement(words[a.Doc])
		if err != nil {
			return nil, err
		}
		d.Statements = append(d.Statements, s)
	}
	for _, d := range docs {
		innerFirst(d.Statements)
	}
	slices.SortFunc(docs, func(a, b *GoldDoc) int { return strings.Compare(a.File, b.File) })
	return docs, sc.Err()
}

// innerFirst puts attributions of fewer words before those of more. Where what a
// speaker says is also a paragraph of what "media have said" over five, two pieces
// are the same words, and of two that fit alike the first is taken: it should be the
// one whose own words they are, and not the one that stands first in the table.
func innerFirst(statements []GoldStatement) {
	size := func(s GoldStatement) (n int) {
		for _, r := range s.Spans {
			n += r.End - r.Start
		}
		return n
	}
	slices.SortStableFunc(statements, func(a, b GoldStatement) int { return size(a) - size(b) })
}

// statement turns token numbers into ranges; discourse units that touch are one
// unbroken span.
func (a gumAttribution) statement(words []treeWord) (GoldStatement, error) {
	s := GoldStatement{Speaker: []string{a.Source}, Cue: a.Cue}
	at := func(first, last int) (news.Range, error) {
		if first < 1 || last < first || last > len(words) {
			return news.Range{}, fmt.Errorf("%s: tokens %d to %d of %d", a.Doc, first, last, len(words))
		}
		return news.Range{Start: words[first-1].Start, End: words[last-1].End}, nil
	}
	for _, n := range a.Tokens {
		r, err := at(n, n)
		if err != nil {
			return s, err
		}
		s.Source = append(s.Source, r)
	}
	last := 0
	units := slices.Clone(a.Content)
	slices.SortFunc(units, func(a, b [2]int) int { return a[0] - b[0] })
	for _, u := range units {
		r, err := at(u[0], u[1])
		if err != nil {
			return s, err
		}
		if last > 0 && u[0] == last+1 {
			s.Spans[len(s.Spans)-1].End = r.End
		} else {
			s.Spans = append(s.Spans, r)
		}
		last = u[1]
	}
	return s, nil
}
