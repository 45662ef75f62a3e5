package eval

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// The metrics of names: the span and the type must both be right.
var nameMetrics = []string{"names", "names: PER", "names: LOC", "names: ORG"}

// nameDoc is a document with its names marked.
type nameDoc struct {
	text   string
	blocks []news.Block
	names  []markedName
}

type markedName struct {
	news.Range
	label string
}

// scoreIOB2 scores the model's names on a file of Universal NER: strict F1.
func scoreIOB2(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	docs, err := readIOB2(path)
	if err != nil {
		return Scores{}, err
	}
	return scoreNames(ctx, sys, docs, o)
}

// scoreCrossNER scores the model's names on a file of CrossNER (Liu and others
// 2021), of whose types those count that are persons, bodies or places.
func scoreCrossNER(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	docs, err := readCrossNER(path)
	if err != nil {
		return Scores{}, err
	}
	return scoreNames(ctx, sys, docs, o)
}

func scoreNames(ctx context.Context, sys System, docs []*nameDoc, o Options) (Scores, error) {
	docs = choose(docs, o)
	return sum(ctx, o, len(docs), func(ctx context.Context, i int) (Scores, error) {
		doc, err := sys.Analyse(ctx, docs[i].text, docs[i].blocks)
		if err != nil {
			return Scores{}, err
		}
		return docs[i].score(doc), nil
	}, nameMetrics)
}

// crossLabels are what the types of CrossNER's politics count as.
var crossLabels = map[string]string{
	"person": "PER", "politician": "PER", "organisation": "ORG", "politicalparty": "ORG", "location": "LOC", "country": "LOC",
}

// readCrossNER reads sentences of "form, tag" lines with a blank line between them.
// Each is a document, its words with a blank between them.
func readCrossNER(path string) ([]*nameDoc, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var sentence nameBuilder
	for part := range strings.SplitSeq(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n\n") {
		rows := strings.Split(strings.TrimSpace(part), "\n")
		var forms []string
		for _, row := range rows {
			form, _, _ := strings.Cut(row, "\t")
			forms = append(forms, form)
		}
		text := strings.Join(forms, " ")
		if text == "" {
			continue
		}
		if err := sentence.line("# text = " + text); err != nil {
			return nil, fmt.Errorf("%s, sentence %d: %w", path, len(sentence.docs)+1, err)
		}
		for n, row := range rows {
			form, tag, ok := strings.Cut(row, "\t")
			if !ok || form == "" {
				return nil, fmt.Errorf("%s, sentence %d, word %d: want a form, a tab and a tag, have %q", path, len(sentence.docs)+1, n+1, row)
			}
			begin, label, _ := strings.Cut(tag, "-")
			if err := sentence.line("1\t" + form + "\t" + begin + "-" + crossLabels[label]); err != nil {
				return nil, fmt.Errorf("%s, sentence %d: %w", path, len(sentence.docs)+1, err)
			}
		}
		sentence.endDoc()
	}
	return sentence.docs, nil
}

// labels are the types that both sides know.
var labels = map[nlp.NameType]string{nlp.NamePerson: "PER", nlp.NamePlace: "LOC", nlp.NameOrganisation: "ORG"}

func (d *nameDoc) score(doc *nlp.Doc) Scores {
	var got []markedName
	for _, n := range doc.Names {
		if label := labels[n.Type]; label != "" && n.From < n.To {
			got = append(got, markedName{news.Range{Start: doc.Tokens[n.From].Start, End: doc.Tokens[n.To-1].End}, label})
		}
	}
	s := Scores{Docs: 1}
	for _, label := range []string{"", "PER", "LOC", "ORG"} {
		keep := func(names []markedName) []markedName {
			return slices.DeleteFunc(slices.Clone(names), func(n markedName) bool { return label != "" && n.label != label })
		}
		gold, have := keep(d.names), keep(got)
		right := 0
		for _, g := range gold {
			if slices.Contains(have, g) {
				right++
			}
		}
		name := nameMetrics[0]
		if label != "" {
			name += ": " + label
		}
		s.add(name, F1, right, len(gold), len(have))
	}
	return s
}

// readIOB2 reads sentences of "number, form, tag" lines with their "# text".
// OTH, and labels other than PER, LOC and ORG, count as no name. Nothing says
// where paragraphs end, so each sentence is one.
func readIOB2(path string) ([]*nameDoc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b nameBuilder
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
	for n := 1; sc.Scan(); n++ {
		if err := b.line(sc.Text()); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	b.endDoc()
	return b.docs, sc.Err()
}

type nameBuilder struct {
	docs []*nameDoc
	doc  nameDoc
	text strings.Builder
	rest string // of the sentence's text, after the last token
	open string // label of the name that goes on
}

func (b *nameBuilder) endDoc() {
	if b.text.Len() > 0 {
		d := b.doc
		d.text = b.text.String()
		b.docs = append(b.docs, &d)
	}
	b.doc = nameDoc{}
	b.text.Reset()
}

func (b *nameBuilder) line(line string) error {
	if strings.HasPrefix(line, "# newdoc") {
		b.endDoc()
		return nil
	}
	if text, ok := strings.CutPrefix(line, "# text = "); ok {
		if b.text.Len() > 0 {
			b.text.WriteString("\n\n")
		}
		start := b.text.Len()
		b.text.WriteString(text)
		b.doc.blocks = append(b.doc.blocks, news.Block{Kind: news.BlockParagraph, Range: news.Range{Start: start, End: b.text.Len()}})
		b.rest, b.open = text, ""
		return nil
	}
	if line == "" || line[0] == '#' {
		return nil
	}
	col := strings.Split(line, "\t")
	if len(col) < 3 {
		return fmt.Errorf("%d columns, want at least 3", len(col))
	}
	i := strings.Index(b.rest, col[1])
	if i < 0 {
		return fmt.Errorf("the token %q is not in the sentence's text", col[1])
	}
	start := b.text.Len() - len(b.rest) + i
	end := start + len(col[1])
	b.rest = b.rest[i+len(col[1]):]
	begin, label, _ := strings.Cut(col[2], "-")
	switch {
	case label != "PER" && label != "LOC" && label != "ORG":
		b.open = ""
	case begin == "I" && b.open == label:
		b.doc.names[len(b.doc.names)-1].End = end
	default:
		b.doc.names = append(b.doc.names, markedName{news.Range{Start: start, End: end}, label})
		b.open = label
	}
	return nil
}
