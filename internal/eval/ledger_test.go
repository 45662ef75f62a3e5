package eval_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/onrecord/onrecord/examples"
	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/eval"
	"github.com/onrecord/onrecord/internal/eval/own"
	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

// kept are the stories that nobody looked into while the rules were made.
var kept = map[string]bool{"two-fires": true, "factory-fire": true, "airstrike": true, "dam": true, "rally": true}

// ledgerStory is a story, read, with its gold.
type ledgerStory struct {
	gold     eval.LedgerGold
	articles []ledger.Article
	example  bool
}

// TestLedger measures the ledger on the example stories and on those of
// testdata/ledger, and compares with testdata/ledger.golden. With
// ONRECORD_SHOW=STORY,… it shows what is wrong in those stories.
func TestLedger(t *testing.T) {
	if testing.Short() {
		t.Skip("reads fifty articles")
	}
	var examples, seen, unseen eval.LedgerScores
	show := os.Getenv("ONRECORD_SHOW")
	for _, s := range ledgerStories(t) {
		state, err := ledger.Build(t.Context(), s.articles, ledger.Corrections{})
		if err != nil {
			t.Fatal(err)
		}
		scores, err := eval.ScoreLedger(s.gold, s.articles, state)
		if err != nil {
			t.Fatal(err)
		}
		if show != "" && (strings.Contains(","+show+",", ","+s.gold.Story+",") || show == "all" && !kept[s.gold.Story]) {
			t.Logf("%s\n%s%s", s.gold.Story, scores, strings.Join(scores.Findings, "\n"))
		}
		switch {
		case s.example:
			examples.Add(scores)
		case kept[s.gold.Story]:
			unseen.Add(scores)
		default:
			seen.Add(scores)
		}
	}
	all := examples
	all.Add(seen)
	all.Add(unseen)
	have := "# Written by: go test ./internal/eval -run TestLedger -update\n# example stories\n" + examples.String() + "# further stories\n" + seen.String() +
		"# further stories, kept back\n" + unseen.String() + "# all\n" + all.String()
	compare(t, filepath.Join("testdata", "ledger.golden"), have)
}

// TestLedgerAnyOrder: all stories together, in many orders, give one state.
func TestLedgerAnyOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("reads fifty articles")
	}
	var all []ledger.Article
	for _, s := range ledgerStories(t) {
		for _, a := range s.articles {
			a.ID, a.Origin = s.gold.Story+"/"+a.ID, s.gold.Story+"/"+a.Origin
			all = append(all, a)
		}
	}
	want, err := ledger.Build(t.Context(), all, ledger.Corrections{})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(7, 7))
	for range 10 {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		got, err := ledger.Build(t.Context(), all, ledger.Corrections{})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("another order gives another state: %v", ledger.Changes(want, got))
		}
	}
	for _, e := range want.Events {
		stories := map[string]bool{}
		for _, m := range e.Members {
			stories[m.Article[:strings.IndexByte(m.Article, '/')]] = true
		}
		if len(stories) > 1 {
			t.Errorf("events of different stories are joined: %v", e.Members)
		}
	}
}

// ledgerStories reads the stories.
func ledgerStories(t *testing.T) []ledgerStory {
	t.Helper()
	rd, err := reader.New(reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	table, err := own.Table("ledger")
	if err != nil {
		t.Fatal(err)
	}
	golds, err := eval.ParseLedger("", table)
	if err != nil {
		t.Fatal(err)
	}
	var out []ledgerStory
	for _, g := range golds {
		s := ledgerStory{gold: g, example: true}
		for _, p := range examples.Reports(g.Story) {
			raw, err := examples.Files.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			s.articles = append(s.articles, ledgerArticle(t, rd, g, filepath.Base(p)[:2], string(raw)))
		}
		out = append(out, s)
	}
	files, err := filepath.Glob(filepath.Join("testdata", "ledger", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		a, err := txtar.ParseFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var s ledgerStory
		name := strings.TrimSuffix(filepath.Base(f), ".txtar")
		for _, file := range a.Files {
			if file.Name == "gold" {
				golds, err := eval.ParseLedger(name, string(file.Data))
				if err != nil || len(golds) != 1 {
					t.Fatalf("%s: %d stories, %v", f, len(golds), err)
				}
				s.gold = golds[0]
			}
		}
		for _, file := range a.Files {
			if file.Name != "gold" {
				s.articles = append(s.articles, ledgerArticle(t, rd, s.gold, file.Name[:2], string(file.Data)))
			}
		}
		out = append(out, s)
	}
	return out
}

func ledgerArticle(t *testing.T, rd *reader.Reader, g eval.LedgerGold, id, raw string) ledger.Article {
	t.Helper()
	md := clean.Markdown(raw)
	rec, err := rd.Read(t.Context(), reader.Input{
		Text: raw, Title: md.Title, URL: md.URL, Publisher: md.Publisher, Authors: md.Authors,
		Published: md.Published, PublishedBasis: news.PublishedMetadata, Blocks: md.Blocks,
	})
	if err != nil {
		t.Fatal(err)
	}
	origin := id
	if of := g.Copies[id]; of != "" {
		origin = of
	}
	return ledger.Article{ID: id, Record: rec, Published: md.Published, Outlet: md.Publisher, Origin: origin, Story: g.Story}
}
