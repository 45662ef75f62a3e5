package eval

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord/internal/eval/coref"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// The metrics of coreference.
const (
	mCoref    = "coreference: CoNLL F1"
	mMUC      = "coreference: MUC"
	mBCubed   = "coreference: B³"
	mCEAF     = "coreference: CEAFφ4"
	mMentions = "coreference: mentions"
	mOwnSpans = "coreference: CoNLL F1, mentions as the record has them"
)

// scoreOntoGUM scores coreference on GUM in the manner of OntoNotes:
// coref/ontogum/conll/DOCUMENT.conll beside dep/DOCUMENT.conllu. The record's
// mentions are those of its entities with two or more, since OntoNotes marks
// no others; a mention is right where the same text remains after punctuation
// at both ends is dropped. OntoNotes marks noun phrases, the record names and
// descriptions without what hangs on them: they are widened by the program's own
// parse. The figure without that is given beside it.
func scoreOntoGUM(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	files, err := filepath.Glob(filepath.Join(path, "coref", "ontogum", "conll", "*.conll"))
	if err != nil {
		return Scores{}, err
	}
	var names []string
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".conll"); o.named(name) {
			names = append(names, name)
		}
	}
	names = choose(names, o)
	ratios := make([][2][3]coref.Ratio, len(names))
	s, err := sum(ctx, o, len(names), func(ctx context.Context, i int) (Scores, error) {
		d, gold, err := readOntoGUM(path, names[i])
		if err != nil {
			return Scores{}, err
		}
		rec, err := sys.Read(ctx, d.Text, "")
		if err != nil {
			return Scores{}, fmt.Errorf("read %s: %w", names[i], err)
		}
		var doc *nlp.Doc
		if sys.Analyse != nil {
			if doc, err = sys.Analyse(ctx, d.Text, rec.Article.Blocks); err != nil {
				return Scores{}, fmt.Errorf("parse %s: %w", names[i], err)
			}
		}
		given := d.corefChains(rec, doc)
		for k, c := range [][]chain{given, d.corefChains(rec, nil)} {
			ratios[i][k] = [3]coref.Ratio{coref.MUC(gold, c), coref.BCubed(gold, c), coref.CEAF4(gold, c)}
		}
		return d.compareChains(gold, given), nil
	}, nil)
	if err != nil {
		return s, err
	}
	var all, own [3]coref.Ratio
	for _, r := range ratios {
		for k := range all {
			all[k].Add(r[0][k])
			own[k].Add(r[1][k])
		}
	}
	s.compute(mCoref, Computation{Value: coref.CoNLL(all[0], all[1], all[2])})
	for k, name := range []string{mMUC, mBCubed, mCEAF} {
		s.compute(name, Computation{all[k].Precision(), all[k].Recall(), all[k].F1()})
	}
	s.compute(mOwnSpans, Computation{Value: coref.CoNLL(own[0], own[1], own[2])})
	s.order([]string{mCoref, mMUC, mBCubed, mCEAF, mMentions, mOwnSpans})
	return s, nil
}

type chain = coref.Chain[news.Range]

// readOntoGUM reads a document and its chains.
func readOntoGUM(path, name string) (*GoldDoc, []chain, error) {
	tree, err := readGUMTree(path, name)
	if err != nil {
		return nil, nil, err
	}
	file := filepath.Join(path, "coref", "ontogum", "conll", name+".conll")
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	var column []string
	for line := range strings.Lines(string(b)) {
		if col := strings.Split(strings.TrimSpace(line), "\t"); len(col) == 3 {
			column = append(column, col[2])
		}
	}
	tokens := tree.bare().Tokens
	if len(column) != len(tokens) {
		return nil, nil, fmt.Errorf("%s has %d words, the treebank %d", file, len(column), len(tokens))
	}
	mentions, err := readBrackets(column)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", file, err)
	}
	d := &GoldDoc{File: name, Text: tree.text}
	d.index()
	var gathered chainBuilder
	for _, m := range mentions {
		gathered.add(m.id, trim(d.Text, news.Range{Start: tokens[m.from].Start, End: tokens[m.to-1].End}))
	}
	return d, gathered.chains(), nil
}

// readGUMTree reads the one document of a file of GUM's treebank.
func readGUMTree(path, name string) (*treeDoc, error) {
	tree, err := readCoNLLU(filepath.Join(path, "dep", name+".conllu"))
	if err != nil {
		return nil, err
	}
	if len(tree) != 1 {
		return nil, fmt.Errorf("%s has %d documents, want 1", name, len(tree))
	}
	return tree[0], nil
}

// corefChains are the mentions of each entity of the record, as noun phrases of
// the parse; without one, as they stand.
func (d *GoldDoc) corefChains(rec *news.Record, doc *nlp.Doc) []chain {
	var b chainBuilder
	for _, e := range rec.Entities {
		for _, m := range e.Mentions {
			r, ok := news.Range{Start: m.Start, End: m.End}, true
			if doc != nil {
				r, ok = nounPhrase(doc, r)
			}
			if ok {
				b.add(e.ID, trim(d.Text, r))
			}
		}
	}
	return b.chains()
}

// chainBuilder gathers mentions by chain. A mention belongs to the first chain
// that claims it.
type chainBuilder struct {
	at    map[string]int
	taken map[news.Range]bool
	all   []chain
}

func (b *chainBuilder) add(id string, m news.Range) {
	if b.at == nil {
		b.at, b.taken = map[string]int{}, map[news.Range]bool{}
	}
	if empty(m) || b.taken[m] {
		return
	}
	b.taken[m] = true
	i, ok := b.at[id]
	if !ok {
		i = len(b.all)
		b.at[id] = i
		b.all = append(b.all, nil)
	}
	b.all[i] = append(b.all[i], m)
}

// chains are those of two mentions or more.
func (b *chainBuilder) chains() (out []chain) {
	for _, c := range b.all {
		if len(c) > 1 {
			out = append(out, c)
		}
	}
	return out
}

// compareChains counts the mentions of both sides, and notes mentions that
// only one side has and those that are in a chain without the mention that the
// gold refers them back to.
func (d *GoldDoc) compareChains(gold, given []chain) Scores {
	s := Scores{Docs: 1}
	note := func(kind FindingKind, at news.Range, gold, got string) {
		s.Findings = append(s.Findings, Finding{d.File, d.line(at.Start), kind, mMentions, gold, got})
	}
	in := map[news.Range]int{}
	numGold, numGiven, both := 0, 0, 0
	for i, c := range given {
		numGiven += len(c)
		for _, m := range c {
			in[m] = i
		}
	}
	wanted := map[news.Range]bool{}
	for _, c := range gold {
		numGold += len(c)
		for k, m := range c {
			wanted[m] = true
			i, ok := in[m]
			if !ok {
				note(Miss, m, d.around(m)+" "+quoted(d.slice(m))+" with "+quoted(d.slice(c[max(0, k-1)])), "")
				continue
			}
			both++
			if k == 0 {
				continue
			}
			if j, ok := in[c[k-1]]; ok && j != i {
				note(Wrong, m, quoted(d.slice(m))+" with "+quoted(d.slice(c[k-1])), "with "+quoted(d.slice(given[i][0])))
			}
		}
	}
	for _, c := range given {
		for _, m := range c {
			if !wanted[m] {
				note(FalseAlarm, m, "", quoted(d.slice(m))+" with "+quoted(d.slice(c[0])))
			}
		}
	}
	s.add(mMentions, F1, both, numGold, numGiven)
	return s
}
