// Training makes the linear language model from the corpora:
//
//	go run ./training -corpora ../shared/corpora -out internal/nlp/model.bin
//
// It takes some minutes on one core, and the same corpora give the same model.
// What it measured on the development parts on the way is in training/log.txt.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

func main() {
	log.SetFlags(0)
	root := flag.String("corpora", "../shared/corpora", "`folder` of the corpora")
	out := flag.String("out", "internal/nlp/model.bin", "where to write the model")
	clusters := flag.String("clusters", "training/clusters.tsv", "groups of words, made by training/clusters")
	logFile := flag.String("log", "training/log.txt", "where to write what was measured")
	epochs := flag.Int("epochs", 7, "times each parser goes through the treebanks")
	flag.Parse()
	f, err := os.Create(*logFile)
	if err != nil {
		log.Fatal(err)
	}
	err = run(*root, *out, *clusters, *epochs, io.MultiWriter(os.Stderr, f))
	if err := errors.Join(err, f.Close()); err != nil {
		log.Fatal(err)
	}
}

func run(root, out, clusters string, epochs int, w io.Writer) error {
	begin := time.Now()
	step := func(s string) { log.Printf("%4.0f s  %s", time.Since(begin).Seconds(), s) }
	c, err := read(root)
	if err != nil {
		return err
	}
	lex, err := lexicon(c, root, clusters)
	if err != nil {
		return err
	}
	step("lexicon")
	train, ewt, gum := examples(lex, withHeadlines(c.train)), examples(lex, c.ewtDev), examples(lex, c.gumDev)
	fmt.Fprintf(w, "train  %d sentences and %d headlines made of them, names %d sentences\n", len(c.train), len(train)-len(c.train), len(c.names))
	tags := tagList(c.train)
	for _, set := range [][]*example{train, ewt, gum} {
		setGold(set, tags)
	}
	m := &linear.Model{Header: header(), Lexicon: lex}
	dev := m.Header.Dev

	m.Tagger = &linear.Tagger{Tags: tags, Table: average(500_000, together(func(seed uint64) *perceptron {
		return trainTagger(train, tags, 6, seed)
	})...)}
	tagAll(m.Tagger, ewt)
	tagAll(m.Tagger, gum)
	dev["upos ewt"] = logTags(w, "EWT dev", tags, ewt)
	dev["upos gum"] = logTags(w, "GUM dev", tags, gum)
	step("tagger")
	jackknife(train, tags, 4, 3)
	logTags(w, "folds", tags, train)
	step("folds")

	m.Lemmas = trainLemmas(c.train)
	dev["lemmas ewt"] = scoreLemmas(m.Lemmas, tags, ewt)
	dev["lemmas gum"] = scoreLemmas(m.Lemmas, tags, gum)
	fmt.Fprintf(w, "lemmas EWT dev  %.2f  GUM dev %.2f\n", 100*dev["lemmas ewt"], 100*dev["lemmas gum"])

	rels, moves := parserMoves(train)
	m.Parser = linear.NewParser(tags, rels, moves)
	m.Parser.Table = average(2_000_000, together(func(seed uint64) *perceptron {
		return trainParser(train, m.Parser, epochs, seed, func(epoch int, p *perceptron) {
			if seed == 1 && epoch%3 == 0 {
				now := linear.NewParser(tags, rels, moves)
				now.Table = average(1<<30, p)
				fmt.Fprintf(w, "epoch %d\n", epoch)
				logParse(w, "EWT dev", now, ewt)
				logParse(w, "GUM dev", now, gum)
				step("parser")
			}
		})
	})...)
	fmt.Fprintln(w, "both parsers in one")
	dev["las ewt"] = logParse(w, "EWT dev", m.Parser, ewt)
	dev["las gum"] = logParse(w, "GUM dev", m.Parser, gum)
	step("parser")

	names, namesDev := examples(lex, c.names), examples(lex, c.namesDev)
	tagAll(m.Tagger, names)
	borrowTags(names, train)
	tagAll(m.Tagger, namesDev)
	m.Namer = trainNamer(names, 8, 500_000)
	dev["names ewt"] = scoreNames(m.Namer, namesDev, w)
	fmt.Fprintf(w, "names  EWT dev F %.2f\n", 100*dev["names ewt"])
	step("names")

	fmt.Fprintf(w, "rows   tagger %d  parser %d  names %d; %d moves, %d tags\n", m.Tagger.Table.Rows(), m.Parser.Table.Rows(), m.Namer.Table.Rows(), len(moves), len(tags))
	for k, v := range dev {
		dev[k] = float64(int(v*10000+0.5)) / 10000
	}
	o, err := os.Create(out)
	if err != nil {
		return fmt.Errorf("creating the model file: %w", err)
	}
	if err := m.Save(o); err != nil {
		return err
	}
	if st, err := o.Stat(); err == nil {
		fmt.Fprintf(w, "file   %.1f MB\n", float64(st.Size())/1e6)
	}
	return o.Close()
}

// together trains two perceptrons, on two cores where there are two.
func together(train func(seed uint64) *perceptron) []*perceptron {
	out := make([]*perceptron, 2)
	var wg sync.WaitGroup
	for i := range out {
		wg.Go(func() { out[i] = train(uint64(i + 1)) })
	}
	wg.Wait()
	return out
}

func header() linear.Header {
	return linear.Header{
		Name:    "en-linear-1",
		Licence: "CC BY-SA 4.0",
		Dev:     map[string]float64{},
		Corpora: []linear.Corpus{
			{Name: "UD English-EWT 2.16, train", Licence: "CC BY-SA 4.0", Use: "tags, lemmas, parse"},
			{Name: "UD English-GUM 2.16, train, free genres", Licence: "CC BY 4.0; texts CC BY 2.5, CC BY 4.0, CC BY-SA 3.0", Use: "tags, lemmas, parse"},
			{Name: "UNER English-EWT, train", Licence: "CC BY-SA 4.0", Use: "names"},
			{Name: "WikiGold", Licence: "CC BY 4.0", Use: "names"},
			{Name: "CrossNER, train and dev", Licence: "MIT; texts CC BY-SA", Use: "names"},
			{Name: "RE3D", Licence: "public domain, OGL, CC BY, CC BY-SA", Use: "names"},
			{Name: "GMB newswire sentences", Licence: "public domain", Use: "which words are written with a capital"},
			{Name: "GloVe 6B 100d", Licence: "PDDL 1.0", Use: "groups of words"},
			{Name: "GeoNames cities15000, countryInfo", Licence: "CC BY 4.0", Use: "words of place names"},
		},
	}
}
