package cases

import (
	"context"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

func num(n int) *int { return &n }

// pier is a record written by hand.
func pier() *news.Record {
	text := "The mayor said the pier was “unsafe”."
	span := func(s string) news.Span {
		i := strings.Index(text, s)
		return news.Span{Start: i, End: i + len(s), Text: s}
	}
	source, cue := span("The mayor"), span("said")
	return &news.Record{
		Article: news.Article{Text: text, Published: "2031-05-07", PublishedBasis: news.PublishedGiven,
			Blocks: []news.Block{{Kind: news.BlockTitle, Range: news.Range{Start: 0, End: len(text)}}}},
		Sentences: []news.Range{{Start: 0, End: len(text)}},
		Entities: []news.Entity{
			{ID: "e1", Type: news.Person, Name: "Ada Quill", Aliases: []string{"Quill"},
				Roles: []news.Role{{Title: "mayor", Of: "Bergen"}},
				Mentions: []news.Mention{{Span: news.Span{Text: "The mayor"}, Kind: news.MentionNominal},
					{Span: news.Span{Text: "she"}, Kind: news.MentionPronoun}}},
			{ID: "e2", Type: news.PlaceEntity, Name: "Bergen", Country: "NOR",
				Place: &news.Place{Lat: 60.39, Lon: 5.32, Precision: news.PrecisionCity}},
		},
		Times: []news.Time{{Span: news.Span{Text: "May last year"}, Type: news.TimeDate,
			Value: "2030-05", Earliest: "2030-05-01", Latest: "2030-05-31"}},
		Statements: []news.Statement{{ID: "s1", Source: &news.Source{Entity: "e1", Phrase: &source}, Cue: &cue,
			Content: []news.Span{span("the pier was “unsafe”")}, Form: news.Mixed, Act: news.Say,
			SaidAt: &news.SaidAt{Earliest: "2031-05-07", Latest: "2031-05-07"},
			About:  []string{"e1"}, Events: []string{"v1"}}},
		Events: []news.Event{{ID: "v1", Type: news.Accident, Trigger: news.Span{Text: "fell"},
			Place: &news.Party{Entity: "e2", Span: news.Span{Text: "the town"}},
			Time:  news.EventTime{Earliest: "2031-05-06", Latest: "2031-05-06"}, Modality: news.Occurred,
			Counts: []news.Count{
				{Kind: news.Killed, Low: num(3), Best: num(3), High: num(3), Qualifier: news.Exact, Statement: "s1"},
				{Kind: news.Killed, Low: num(1), Best: num(1), High: num(1), Qualifier: news.Exact, PartOf: "c1"},
				{Kind: news.Displaced, Best: num(1200), Qualifier: news.Around}},
			Statements: []string{"s1"}}},
		Warnings: []news.Warning{{Code: "dates_disagree"}},
	}
}

func TestRun(t *testing.T) {
	Run(t, "testdata/*.cases", func(_ context.Context, c Case) (*news.Record, error) {
		if c.Name == "statements of the mayor" && (c.Published != "2031-05-07" || c.Title != "Pier shut" ||
			c.Text != "The mayor said the pier was “unsafe”.") {
			t.Errorf("read as %+v", c)
		}
		return pier(), nil
	})
}

// TestCheckFails holds expectations that are wrong of the pier, one by one.
func TestCheckFails(t *testing.T) {
	for _, line := range []string{
		`statement act=deny`,
		`statement source="The mayor" act=deny`,
		`statement cue=null`,
		`statement content="the pier"`,
		`statement within=true`,
		`no statement`,
		`no statement entity=Quill`,
		`only event`,
		`only entity type=place`,
		`event killed=~3`,
		`event killed=1`,
		`event killed=null`,
		`event killed.part=3`,
		`event date=2031-05`,
		`event date=null`,
		`event place=Oslo`,
		`event own_voice=true`,
		`entity name=Bergen type=person`,
		`entity name=Bergen place=61,5.3`,
		`entity name="Ada Quill" place=true`,
		`block text=mayor`,
		`warning code=no_text`,
		`published basis=text`,
		`time text="May last year" value=null`,
	} {
		cs, err := Parse("x.cases", strings.NewReader("== a\nText.\n--\n"+line+"\n"))
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		fails := cs[0].Check(pier())
		if len(fails) != 1 {
			t.Errorf("%s: want one failure, have %q", line, fails)
			continue
		}
		if !strings.HasPrefix(fails[0], "x.cases:4: ") || !strings.Contains(fails[0], line) {
			t.Errorf("message %q does not say where and what", fails[0])
		}
	}
}

func TestFailureShowsWhatThereIs(t *testing.T) {
	cs, err := Parse("x.cases", strings.NewReader("== a\nText.\n--\nstatement act=deny\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := cs[0].Check(pier())[0]
	for _, want := range []string{`source="The mayor"`, "cue=said", "form=mixed", "act=say", `entity="Ada Quill"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in:\n%s", want, got)
		}
	}
}

// TestParseErrors: each mistake is named with its line.
func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"words\n", "x.cases:1: "},
		{"== a\nText.\n", "no \"--\" line"},
		{"== a\nText.\n--\n", "expects nothing"},
		{"== a\nText.\n--\n== b\nText\n--\nno event\n", "expects nothing"},
		{"== a\nText.\n--\nno event\n== a\nT\n--\nno event\n", "x.cases:5: a second case"},
		{"== a\npublised: 2031\n\nText.\n--\nno event\n", "x.cases:2: unknown header"},
		{"== a\nurl: x\nText without end of headers.\n--\nno event\n", "x.cases:3: "},
		{"== a\nText.\n--\nevents type=AID\n", "x.cases:4: unknown kind"},
		{"== a\nText.\n--\nevent typ=AID\n", "no key \"typ\""},
		{"== a\nText.\n--\nevent type=HELP\n", "not one of"},
		{"== a\nText.\n--\nevent killed=many\n", "want 36"},
		{"== a\nText.\n--\nevent date=Friday\n", "no day"},
		{"== a\nText.\n--\nevent\n", "without an attribute"},
		{"== a\nText.\n--\nevent type\n", "key=value"},
		{"== a\nText.\n--\nevent trigger=\"a\n", "closing"},
		{"== a\nText.\n--\nevent trigger=\"a\"b=c\n", "no space"},
		{"== a\nText.\n--\nevent trigger=\n", "no value"},
	} {
		_, err := Parse("x.cases", strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.text, err, c.want)
		}
	}
}

func TestParseText(t *testing.T) {
	src := "== one\n\nlead: a first line like a header\n\n\nLast \\ line.\n\n--\n# no comment here\nevent trigger=\"a \\\"b\\\" \\\\\"\n"
	cs, err := Parse("x.cases", strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	if want := "lead: a first line like a header\n\n\nLast \\ line."; cs[0].Text != want {
		t.Errorf("text %q, want %q", cs[0].Text, want)
	}
	if got := cs[0].Expect[0].Attrs[0].Value; got != `a "b" \` {
		t.Errorf("value %q", got)
	}
}

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		low, best, high *int
		want            string
	}{
		{num(36), num(36), num(36), "36"},
		{nil, num(169), nil, "~169"},
		{num(36), num(36), nil, ">=36"},
		{nil, nil, num(50), "<=50"},
		{num(30), nil, num(40), "30-40"},
		{num(24), nil, nil, "24+"},
		{num(0), num(0), num(0), "0"},
		{num(1), num(2), num(3), "1/2/3"},
		{nil, nil, nil, "null/null/null"},
	} {
		if got := countValue(news.Count{Low: c.low, Best: c.best, High: c.high}); got != c.want {
			t.Errorf("have %s, want %s", got, c.want)
		}
	}
}

// FuzzParse: whatever a file holds, there is an error or cases, never a panic.
func FuzzParse(f *testing.F) {
	f.Add("== a\npublished: 2031-05-07\n\nText.\n--\nevent killed=~3 date=2031-05/ actor=\"a \\\" b\"\nno event\nonly entity type=person\n")
	f.Add("== a\n--\n--\nentity place=1,2\n")
	f.Fuzz(func(t *testing.T, src string) {
		cs, err := Parse("x.cases", strings.NewReader(src))
		if err != nil {
			return
		}
		for _, c := range cs {
			c.Check(pier())
		}
	})
}
