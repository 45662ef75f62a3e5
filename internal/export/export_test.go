package export_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/news"
)

var update = flag.Bool("update", false, "write the golden files anew")

// record is a small record made by hand, so that these tests do not move when
// the reading gets better.
func record() *news.Record {
	const text = "Blast kills 12 in Varde\n\nA bomb killed 12 people on Tuesday, Interior Minister Ola Brandt said.\n\n" +
		"The Northern Front denied it. “We were not there,” it said <in a note>.\n\nAlso read: Who is who"
	at := func(s string) news.Span {
		i := strings.Index(text, s)
		if i < 0 {
			panic("no " + s)
		}
		return news.Span{Start: i, End: i + len(s), Text: s}
	}
	p := func(s string) *news.Span { v := at(s); return &v }
	n := 12
	quad, intensity := 4, -10.0
	block := func(kind news.BlockKind, s string) news.Block {
		v := at(s)
		return news.Block{Kind: kind, Range: news.Range{Start: v.Start, End: v.End}}
	}
	return &news.Record{
		Article: news.Article{ID: "a1", Title: "Blast kills 12 in Varde", Publisher: "The Varde Post", Published: "2031-05-07",
			PublishedBasis: news.PublishedGiven, Language: "en", Text: text,
			Blocks: []news.Block{block(news.BlockTitle, "Blast kills 12 in Varde"),
				block(news.BlockParagraph, "A bomb killed 12 people on Tuesday, Interior Minister Ola Brandt said."),
				block(news.BlockParagraph, "The Northern Front denied it. “We were not there,” it said <in a note>."),
				block(news.BlockBoilerplate, "Also read: Who is who")}},
		Sentences: []news.Range{{Start: 0, End: 23}},
		Entities: []news.Entity{
			{ID: "e1", Type: news.Person, Name: "Ola Brandt", Country: "DNK", Sectors: []string{"GOV"},
				Roles:    []news.Role{{Title: "interior minister", Span: at("Interior Minister")}},
				Mentions: []news.Mention{{Span: at("Ola Brandt"), Kind: news.MentionName}}},
			{ID: "e2", Type: news.Group, Name: "Northern Front", Mentions: []news.Mention{{Span: at("Northern Front"), Kind: news.MentionName}, {Span: at("it said"), Kind: news.MentionPronoun}}},
			{ID: "e3", Type: news.PlaceEntity, Name: "Varde", Place: &news.Place{Lat: 55.6, Lon: 8.5, Country: "DNK", Precision: news.PrecisionCity},
				Mentions: []news.Mention{{Span: at("Varde"), Kind: news.MentionName}}},
		},
		Statements: []news.Statement{
			{ID: "s1", Source: &news.Source{Entity: "e1", Phrase: p("Interior Minister Ola Brandt")}, Cue: p("said"), Content: []news.Span{at("A bomb killed 12 people on Tuesday")},
				Form: news.Indirect, Act: news.Say, Polarity: news.Positive, Events: []string{"v1"}},
			{ID: "s2", Source: &news.Source{Entity: "e2", Phrase: p("The Northern Front")}, Cue: p("denied"), Content: []news.Span{at("We were not there")},
				Form: news.Direct, Act: news.Deny, Polarity: news.Positive, Answers: []string{"s1"}, Events: []string{"v1"}},
		},
		Events: []news.Event{{ID: "v1", Type: news.Assault, Mode: "explosives", Quad: &quad, Intensity: &intensity, Trigger: at("bomb"), Mentions: []news.Span{at("Blast")},
			Recipients: []news.Party{{Span: at("12 people")}}, Place: &news.Party{Entity: "e3", Span: at("Varde")},
			Time:     news.EventTime{Earliest: "2031-05-06", Latest: "2031-05-06", Precision: news.PrecisionDay, Basis: news.TimeFromText, Evidence: p("on Tuesday")},
			Counts:   []news.Count{{ID: "c1", Kind: news.Killed, Low: &n, Best: &n, High: &n, Qualifier: news.Exact, Of: "people", Span: at("12 people")}},
			Modality: news.Occurred, Statements: []string{"s1"}, OwnVoice: true}},
		Warnings: []news.Warning{{Code: "dates_disagree", Message: "an example of a warning"}},
	}
}

func TestGolden(t *testing.T) {
	page, err := export.NewPage()
	if err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"record.txt":    func(b *bytes.Buffer) error { return export.Text(b, record(), export.Look{}) },
		"record-60.txt": func(b *bytes.Buffer) error { return export.Text(b, record(), export.Look{Width: 60, Colour: true}) },
		"record.html":   func(b *bytes.Buffer) error { return page.HTML(b, record()) },
		"record.jsonl":  func(b *bytes.Buffer) error { return export.JSONL(b, record()) },
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("run with -update where this is right (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHTMLEscapesTheText(t *testing.T) {
	page, err := export.NewPage()
	if err != nil {
		t.Fatal(err)
	}
	r := record()
	r.Article.Text = strings.Replace(r.Article.Text, "<in a note>", "<script>abc", 1)
	r.Article.Title = "<img src=x onerror=alert(1)>"
	var b bytes.Buffer
	if err := page.HTML(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<img"} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("the page holds %q of the article unescaped", bad)
		}
	}
}

func TestJSONLIsOneLine(t *testing.T) {
	var b bytes.Buffer
	if err := export.JSONL(&b, record()); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n != 1 || !strings.HasSuffix(b.String(), "\n") {
		t.Errorf("%d line ends", n)
	}
	var r news.Record
	if err := json.Unmarshal(b.Bytes(), &r); err != nil {
		t.Error(err)
	}
}

func TestDisputed(t *testing.T) {
	got := export.Disputed(record())
	want := []export.Dispute{{About: "ASSAULT explosives “bomb”", Sides: []string{"s1", "s2"}, Event: "v1", OwnVoice: true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	r := record()
	r.Events = nil // a denial that no event carries is still shown with what it answers
	got = export.Disputed(r)
	want = []export.Dispute{{About: "Northern Front denies what Ola Brandt said", Sides: []string{"s1", "s2"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Figures are disputed only where they count the same people.
func TestDisputedFigures(t *testing.T) {
	for _, c := range []struct {
		name   string
		x, y   int
		of, or string
		want   bool
	}{
		{"two tolls", 12, 7, "people", "people", true},
		{"two words for anybody", 12, 7, "people", "dead", true},
		{"a part of the dead", 4, 11, "bus workers", "people", false},
		{"more of one sort than there are dead", 40, 11, "soldiers", "people", true},
		{"two sorts", 4, 2, "bus workers", "soldiers", false},
		{"one sort", 4, 6, "bus workers", "workers", true},
	} {
		r := record()
		x, y := c.x, c.y
		r.Events[0].Counts = []news.Count{
			{ID: "c1", Kind: news.Killed, Low: &x, Best: &x, High: &x, Qualifier: news.Exact, Of: c.of, Statement: "s1"},
			{ID: "c2", Kind: news.Killed, Low: &y, Best: &y, High: &y, Qualifier: news.Exact, Of: c.or, Statement: "s2"},
		}
		got := false
		for _, d := range export.Disputed(r) {
			got = got || strings.HasPrefix(d.About, "killed:")
		}
		if got != c.want {
			t.Errorf("%s: disputed %v, want %v", c.name, got, c.want)
		}
	}
}
