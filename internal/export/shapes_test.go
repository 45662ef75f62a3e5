package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/who/actors"
)

// hostile is an article whose every field tries something, on disputed ground,
// from a source whose words may not leave.
func hostile() *news.Record {
	const text = "=HYPERLINK(\"http://evil.example\")\n\n“Ünïcödé” said\t@SUM(1+1) of </script><b>Kéa</b>, after 30 to 40 people fled."
	at := func(s string) news.Span {
		i := strings.Index(text, s)
		return news.Span{Start: i, End: i + len(s), Text: s}
	}
	low, high := 30, 40
	source := at("@SUM(1+1)")
	cue := at("said")
	return &news.Record{
		Pipeline: news.Pipeline{Version: "9.9", Model: "en-x", Codebook: news.Codebook},
		Article: news.Article{ID: "a2", Title: "=HYPERLINK(\"http://evil.example\")", URL: "https://news.example/a?b=1&c=<2>", Publisher: "-Post\t& <Sons>", Text: text,
			Published: "2031-05-08T09:30:00+02:00", Language: "en", Blocks: []news.Block{{Kind: news.BlockTitle, Range: news.Range{Start: 0, End: 33}}, {Kind: news.BlockParagraph, Range: news.Range{Start: 35, End: len(text)}}}},
		Sentences: []news.Range{{Start: 0, End: 33}, {Start: 35, End: len(text)}},
		Entities: []news.Entity{
			{ID: "e1", Type: news.Organisation, Name: "@SUM(1+1)", Sectors: []string{"GOV", "MIL"}, Mentions: []news.Mention{{Span: source, Kind: news.MentionName}}},
			{ID: "e2", Type: news.PlaceEntity, Name: "Kéa\u2028</script>", Place: &news.Place{Lat: -12.5, Lon: 130.25, ClaimedBy: []string{"NOR", "TCD"}, Precision: news.PrecisionCountry},
				Mentions: []news.Mention{{Span: at("Kéa"), Kind: news.MentionName}}},
			{ID: "e3", Type: news.Person, Name: "Ida Norgaard", Country: "NOR", Sectors: []string{"GOV"}, Identifiers: news.Identifiers{Wikidata: "Q1"},
				Roles: []news.Role{{Title: "mayor", Span: at("Ünïcödé")}}},
		},
		Statements: []news.Statement{{ID: "s1", Source: &news.Source{Entity: "e1", Phrase: &source}, Cue: &cue, Content: []news.Span{at("Ünïcödé")}, Form: news.Direct, Act: news.Say, Polarity: news.Positive, About: []string{"e2"}}},
		Events: []news.Event{
			{ID: "v1", Type: news.Disaster, Trigger: at("fled"), Place: &news.Party{Entity: "e2", Span: at("Kéa")}, Modality: news.Alleged, Background: true,
				Time: news.EventTime{Precision: news.PrecisionUnknown, Basis: news.TimeFromPublished}, Statements: []string{"s1"},
				Counts: []news.Count{{ID: "c1", Kind: news.Displaced, Low: &low, High: &high, Qualifier: news.RangeOf, Of: "people", Span: at("30 to 40 people")},
					{ID: "c2", Kind: news.Displaced, Low: &high, Qualifier: news.AtLeast, Of: "people", Span: at("30")}}},
			{ID: "v2", Type: "MY_OWN", Mode: "thing", Trigger: at("said"), Modality: news.Planned, Actors: []news.Party{{Entity: "e1", Span: source}, {Entity: "e3", Span: at("Ünïcödé")}}},
		},
	}
}

// rows are those of a full, a short and a silent source, and one claim.
func rows(kind query.Kind) iter.Seq2[export.Row, error] {
	return func(yield func(export.Row, error) bool) {
		full, short := record(), record()
		short.Article.ID, short.Article.URL, short.Article.Language = "a3", "https://post.example/3", "en"
		all := map[string]*export.Article{}
		for _, a := range []*export.Article{
			{Record: full, Rights: news.RightsFull, Story: "s00", Resolved: map[string]string{"v1": "x01"}},
			{Record: hostile(), Rights: news.RightsFull}, {Record: short}, {Record: nothing(), Rights: news.RightsNothing},
		} {
			all[a.Record.Article.ID] = a
			for _, r := range a.Rows(kind, nil) {
				if !yield(r, nil) {
					return
				}
			}
		}
		if kind == query.Claims {
			yield(export.Row{Claim: &export.Claim{Claim: claim(full), Article: func(id string) *export.Article { return all[id] }}}, nil)
		}
	}
}

func nothing() *news.Record {
	r := hostile()
	r.Article.ID = "a4"
	return r
}

func claim(r *news.Record) *news.Claim {
	said := func(i int) []news.Evidence {
		return []news.Evidence{{Article: "a1", Span: r.Statements[i].Content[0]}}
	}
	return &news.Claim{ID: "c01", Story: "s00", Kind: news.ClaimDeed, Event: "x01", About: []string{"Northern Front"}, Words: said(0)[0], Contested: true, Why: "Northern Front denies it",
		First: "t01", Origins: news.ClaimSides{For: 1, Against: 1}, Silent: []string{"=Varde"},
		Stances: []news.Stance{
			{ID: "t01", Claim: "c01", Source: news.Voice{Name: "Ola Brandt"}, Kind: news.Asserts, Article: "a1", Outlet: "The Varde Post", Origin: "a1", Statement: "s1", SaidAt: "2031-05-07", Evidence: said(0)},
			{ID: "t02", Claim: "c01", Source: news.Voice{Name: "Northern Front"}, Kind: news.Denies, Article: "a1", Origin: "a1", Statement: "s2", SaidAt: "2031-05-07", Evidence: said(1)},
			{ID: "t03", Claim: "c01", Source: news.Voice{Name: "Nobody", Own: true}, Kind: news.Doubts, Article: "gone", Evidence: []news.Evidence{{Article: "gone", Span: news.Span{Start: 5, End: 9, Text: "secret"}}}},
		}}
}

func options(format string, kind query.Kind) export.Options {
	return export.Options{Kind: kind, Format: format, Query: "killed:>=1", Version: "0.0", Now: time.Date(2031, 5, 9, 12, 0, 0, 0, time.UTC)}
}

func count(t *testing.T, kind query.Kind) int {
	t.Helper()
	n := 0
	for range rows(kind) {
		n++
	}
	return n
}

// Every form of every kind it holds: one whole expected folder each.
func TestShapesGolden(t *testing.T) {
	for _, f := range export.Formats() {
		for _, kind := range f.Kinds {
			name := f.Name + "-" + string(kind)
			dir := t.TempDir()
			m, err := export.Dir(context.Background(), options(f.Name, kind), dir, rows(kind))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if want := count(t, kind); m.Rows != want {
				t.Errorf("%s: %d rows, want %d", name, m.Rows, want)
			}
			if f.Name == "parquet" {
				continue // read back below
			}
			got := contents(t, dir)
			golden := filepath.Join("testdata", "shapes", name)
			if *update {
				write(t, golden, got)
			}
			if diff := cmp.Diff(contents(t, golden), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(b)
	}
	return out
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// export1 writes one export into memory.
func export1(t *testing.T, format string, kind query.Kind) map[string]*bytes.Buffer {
	t.Helper()
	files := map[string]*bytes.Buffer{}
	if _, err := export.Write(context.Background(), options(format, kind), memory(files), rows(kind)); err != nil {
		t.Fatal(err)
	}
	return files
}

type closing struct{ io.Writer }

func (closing) Close() error { return nil }

func memory(files map[string]*bytes.Buffer) func(string) (io.WriteCloser, error) {
	return func(name string) (io.WriteCloser, error) {
		files[name] = &bytes.Buffer{}
		return closing{files[name]}, nil
	}
}

// Nothing of a source whose words may not leave is in any file.
func TestShapesKeepWordsBack(t *testing.T) {
	silent := func(kind query.Kind) iter.Seq2[export.Row, error] {
		return func(yield func(export.Row, error) bool) {
			a := &export.Article{Record: record(), Rights: news.RightsNothing}
			for _, r := range a.Rows(kind, nil) {
				if !yield(r, nil) {
					return
				}
			}
			if kind == query.Claims {
				yield(export.Row{Claim: &export.Claim{Claim: claim(a.Record), Article: func(string) *export.Article { return a }}}, nil)
			}
		}
	}
	for _, f := range export.Formats() {
		for _, kind := range f.Kinds {
			files := map[string]*bytes.Buffer{}
			if _, err := export.Write(context.Background(), options(f.Name, kind), memory(files), silent(kind)); err != nil {
				t.Fatal(err)
			}
			for name, b := range files {
				for _, words := range []string{"A bomb killed", "We were not there", "Blast kills", "12 people", "secret", "in a note"} {
					if strings.Contains(b.String(), words) {
						t.Errorf("%s of %s: %q left the house", f.Name, name, words)
					}
				}
			}
		}
	}
}

// A spreadsheet takes no cell for a formula, and the columns are as many as the
// header says.
func TestCSVIsHarmless(t *testing.T) {
	for _, f := range []string{"csv", "acled", "ucdp-ged"} {
		for name, b := range export1(t, f, query.Events) {
			table, err := csv.NewReader(b).ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for i, row := range table {
				for j, cell := range row {
					if cell != "" && strings.ContainsRune("=+@\t\r\n", rune(cell[0])) || len(cell) > 1 && cell[0] == '-' && (cell[1] < '0' || cell[1] > '9') {
						t.Errorf("%s, line %d, %s: %q", name, i+1, table[0][j], cell)
					}
				}
			}
		}
	}
}

// What Parquet holds, read by its own reader, is what CSV holds.
func TestParquetIsTheSameTable(t *testing.T) {
	for _, kind := range []query.Kind{query.Events, query.Statements, query.Claims} {
		tables := export1(t, "csv", kind)
		for name, b := range export1(t, "parquet", kind) {
			f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
			if err != nil {
				t.Fatal(err)
			}
			table, err := csv.NewReader(tables[strings.TrimSuffix(name, ".parquet")+".csv"]).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, field := range f.Schema().Fields() {
				names = append(names, field.Name())
			}
			if diff := cmp.Diff(table[0], names); diff != "" {
				t.Errorf("%s: columns (-csv +parquet):\n%s", name, diff)
			}
			if int(f.NumRows()) != len(table)-1 {
				t.Errorf("%s: %d rows, CSV has %d", name, f.NumRows(), len(table)-1)
			}
			got := make([]any, f.NumRows())
			if n, err := parquet.NewGenericReader[any](f, f.Schema()).Read(got); err != nil && !errors.Is(err, io.EOF) || n != len(got) {
				t.Fatalf("%s: %d rows, %v", name, n, err)
			}
			for i := range got {
				row, ok := got[i].(map[string]any)
				if !ok {
					t.Fatalf("a row is a %T", got[i])
				}
				for j, column := range table[0] {
					want := strings.TrimPrefix(table[i+1][j], "'")
					if got := text(row[column]); got != want {
						t.Errorf("%s, row %d, %s: %q, CSV has %q", name, i, column, got, want)
					}
				}
			}
		}
	}
}

// text is a value of Parquet as CSV has it.
func text(v any) string {
	r := reflect.ValueOf(v)
	switch {
	case v == nil:
		return ""
	case r.Kind() == reflect.Slice && r.Type().Elem().Kind() != reflect.Uint8:
		var parts []string
		for i := range r.Len() {
			parts = append(parts, text(r.Index(i).Interface()))
		}
		return strings.Join(parts, " | ")
	}
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	b, _ := json.Marshal(v)
	return string(b)
}

// GDELT's rows have 61 columns, whatever is in the text.
func TestGDELTColumns(t *testing.T) {
	for name, b := range export1(t, "gdelt", query.Events) {
		lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		if len(lines) != count(t, query.Events) {
			t.Errorf("%s: %d lines", name, len(lines))
		}
		for _, l := range lines {
			if n := strings.Count(l, "\t") + 1; n != 61 {
				t.Errorf("%s: %d columns: %q", name, n, l)
			}
		}
	}
}

// The program's own reader of FollowTheMoney takes the actors back.
func TestFollowTheMoneyIsReadBack(t *testing.T) {
	b := export1(t, "ftm", query.Events)["entities.ftm.json"]
	ids := map[string]bool{}
	for l := range strings.Lines(b.String()) {
		var e struct {
			ID, Schema string
			Properties map[string][]string
		}
		if err := json.Unmarshal([]byte(l), &e); err != nil {
			t.Fatal(err)
		}
		for name, values := range e.Properties {
			if len(values) == 0 || slices.Contains(values, "") {
				t.Errorf("%s: %s is %q", e.ID, name, values)
			}
			if name == "proof" || name == "organizer" || name == "involved" {
				for _, v := range values {
					if !ids[v] {
						t.Errorf("%s: %s leads to %s, which is not before it", e.ID, name, v)
					}
				}
			}
		}
		if len(e.Properties["name"]) == 0 {
			t.Errorf("%s has no name", e.ID)
		}
		ids[e.ID] = true
	}
	read, err := actors.Read("entities.ftm.json", strings.NewReader(b.String()))
	if err != nil {
		t.Errorf("read back: %v, %v", read, err)
	}
}

// What fails leaves no file that looks whole, and no manifest.
func TestFailedExportLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	broken := errors.New("the store is gone")
	_, err := export.Dir(context.Background(), options("csv", query.Events), dir, func(yield func(export.Row, error) bool) {
		for r, err := range rows(query.Events) {
			if !yield(r, err) {
				return
			}
		}
		yield(export.Row{}, broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if left := contents(t, dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := export.Dir(context.Background(), options("gdelt", query.Claims), dir, rows(query.Claims)); !errors.Is(err, export.ErrKind) {
		t.Errorf("claims in GDELT's columns: %v", err)
	}
	if _, err := export.Dir(context.Background(), options("xml", query.Events), dir, rows(query.Events)); err == nil {
		t.Error("a format that is not there")
	}
	// Nothing is an export too: whole files, without rows.
	m, err := export.Dir(context.Background(), options("parquet", query.Events), dir, func(func(export.Row, error) bool) {})
	if err != nil || m.Rows != 0 || len(contents(t, dir)) != 3 {
		t.Errorf("an export of nothing: %+v, %v", m, err)
	}
}
