package eval

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// System is what is scored: the whole reader, and its language model alone.
// Both must be safe for use by many goroutines.
type System struct {
	// Read makes the record of an article. published may be empty.
	Read func(ctx context.Context, text, published string) (*news.Record, error)
	// Analyse runs the language model only.
	Analyse func(ctx context.Context, text string, blocks []news.Block) (*nlp.Doc, error)
	// Annotate tags and parses a document whose tokens and sentences are given.
	// Where it is nil, figures on given tokens are left out.
	Annotate func(context.Context, *nlp.Doc) (*nlp.Doc, error)
}

// Options choose what of a set is scored, and how.
type Options struct {
	// Half is "even" or "odd", for only every other document in the order of
	// the files' names (of the documents' numbers, where a set has them), the
	// first being even; "" for all.
	Half string
	// Docs are beginnings of documents' names, for only those; none for all.
	// Sets whose documents have no names leave it aside.
	Docs []string
	// First stops after so many documents; 0 for all.
	First int
	// Jobs is how many documents are read at once; 0 for one a processor.
	Jobs int
}

// keep reports whether the document with that number is to be scored.
func (o Options) keep(number int) bool {
	switch o.Half {
	case "even":
		return number%2 == 0
	case "odd":
		return number%2 == 1
	}
	return true
}

// named reports whether the document of that name is to be scored.
func (o Options) named(name string) bool {
	return len(o.Docs) == 0 || slices.ContainsFunc(o.Docs, func(begin string) bool { return strings.HasPrefix(name, begin) })
}

// Kind is the form of a set's answers.
type Kind string

// The kinds of set.
const (
	KindGold      Kind = "gold"      // GoldDoc files, in a folder
	KindCoNLLU    Kind = "conllu"    // a treebank
	KindIOB2      Kind = "iob2"      // names
	KindSentences Kind = "sentences" // a treebank, sentences alone
	KindCrossNER  Kind = "crossner"  // names of many types
	KindPLV       Kind = "plv"       // sentences with a PLOVER root code
	KindPLOVER    Kind = "plover"    // PLOVER's gold standard records
	KindMEANTIME  Kind = "meantime"  // NAF-like XML with time expressions
	KindGeoVirus  Kind = "geovirus"  // places with coordinates
	KindGUMAttr   Kind = "gumattr"   // attributions of GUM's discourse trees
	KindOntoGUM   Kind = "ontogum"   // coreference of GUM in the manner of OntoNotes
	KindMUC4      Kind = "muc4"      // templates of incidents in wire reports

	// The forms of our own sets (package own).
	KindActs       Kind = "acts"       // what speakers do by what they say
	KindSpeakers   Kind = "speakers"   // who "she" and "the minister" are
	KindModality   Kind = "modality"   // how events are presented
	KindCounts     Kind = "counts"     // numbers of persons
	KindLookAlikes Kind = "lookalikes" // texts that look like news of events
	KindCopies     Kind = "copies"     // reports that are copies of one text, and that are not

	KindECBPlus Kind = "ecbplus" // look-alike events, each told by many articles
)

// scorers are the sets' adapters.
var scorers = map[Kind]func(context.Context, System, string, Options) (Scores, error){
	KindGold:   scoreGold,
	KindCoNLLU: scoreCoNLLU,
	KindIOB2:   scoreIOB2,

	KindSentences: scoreSentences,

	KindCrossNER: scoreCrossNER,
	KindPLV:      scorePLV,
	KindPLOVER:   scorePLOVER,
	KindMEANTIME: scoreMEANTIME,
	KindGeoVirus: scoreGeoVirus,
	KindGUMAttr:  scoreGUMAttribution,
	KindOntoGUM:  scoreOntoGUM,
	KindMUC4:     scoreMUC4,

	KindActs:       scoreActs,
	KindSpeakers:   scoreSpeakers,
	KindModality:   scoreModality,
	KindCounts:     scoreCounts,
	KindLookAlikes: scoreLookAlikes,
	KindCopies:     scoreCopies,

	KindECBPlus: scoreECBPlus,
}

// KindOf tells the kind of a set from its path; "" where it cannot.
func KindOf(path string) Kind {
	if name, ok := strings.CutPrefix(path, embedded); ok {
		return Kind(name)
	}
	switch filepath.Ext(path) {
	case ".conllu":
		return KindCoNLLU
	case ".iob2":
		return KindIOB2
	case ".json":
		return KindGold
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return KindGold
	}
	return ""
}

// Score scores the system on one set.
func Score(ctx context.Context, sys System, kind Kind, path string, o Options) (Scores, error) {
	f := scorers[kind]
	if f == nil {
		return Scores{}, fmt.Errorf("score %s: no scorer for a set of kind %q", path, kind)
	}
	if o.Half != "" && o.Half != "even" && o.Half != "odd" {
		return Scores{}, fmt.Errorf("score %s: half %q is neither even nor odd", path, o.Half)
	}
	s, err := f(ctx, sys, path, o)
	if err != nil {
		return s, fmt.Errorf("score %s: %w", path, err)
	}
	s.Set = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return s, nil
}

// scoreGold scores a folder of GoldDoc files, or one of them.
func scoreGold(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	files := []string{path}
	if filepath.Ext(path) != ".json" {
		var err error
		if files, err = filepath.Glob(filepath.Join(path, "*.json")); err != nil {
			return Scores{}, err
		}
		if len(files) == 0 {
			return Scores{}, fmt.Errorf("no *.json there")
		}
	}
	slices.Sort(files)
	files = choose(files, o)
	return sum(ctx, o, len(files), func(ctx context.Context, i int) (Scores, error) {
		d, err := LoadGold(files[i])
		if err != nil {
			return Scores{}, err
		}
		rec, err := sys.Read(ctx, d.Text, d.Published)
		if err != nil {
			return Scores{}, fmt.Errorf("read %s: %w", d.File, err)
		}
		if rec.Article.Text != d.Text {
			return Scores{}, fmt.Errorf("read %s: the record's text is not the file's", d.File)
		}
		return d.Score(rec), nil
	}, documentMetrics)
}

// choose keeps the items that the options ask for.
func choose[T any](items []T, o Options) []T {
	var out []T
	for i, it := range items {
		if o.keep(i) {
			out = append(out, it)
		}
	}
	if o.First > 0 && len(out) > o.First {
		out = out[:o.First]
	}
	return out
}

// sum scores n documents, some at a time, and adds them up in their order, so
// that the result does not depend on how many are scored at once.
func sum(ctx context.Context, o Options, n int, score func(context.Context, int) (Scores, error), order []string) (Scores, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs := o.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	parts := make([]Scores, n)
	errs := make([]error, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(jobs, n) {
		wg.Go(func() {
			for i := range next {
				if parts[i], errs[i] = score(ctx, i); errs[i] != nil {
					cancel()
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	wg.Wait()
	var total Scores
	for i := range parts {
		if errs[i] != nil {
			return Scores{}, errs[i]
		}
		total.merge(parts[i])
	}
	if err := ctx.Err(); err != nil {
		return Scores{}, err
	}
	total.order(order)
	return total, nil
}
