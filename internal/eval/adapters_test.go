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

// score writes a file and scores a system on it that reads as read does.
func score(t *testing.T, kind Kind, name, content string, o Options, read func(text, published string) *news.Record) Scores {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	path := file
	if i := strings.IndexByte(name, '/'); i > 0 {
		path = strings.TrimSuffix(file, name[i:])
		path = filepath.Dir(path)
	}
	return scoreWith(t, kind, path, o, read)
}

// scoreWith scores a system that reads as read does.
func scoreWith(t *testing.T, kind Kind, path string, o Options, read func(text, published string) *news.Record) Scores {
	t.Helper()
	sys := System{Read: func(_ context.Context, text, published string) (*news.Record, error) {
		r := read(text, published)
		r.Article.Text = text
		return r, nil
	}}
	s, err := Score(t.Context(), sys, kind, path, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wantCounts(t *testing.T, s Scores, want map[string][2]int) {
	t.Helper()
	for name, w := range want {
		if m, ok := s.Metric(name); !ok || w != [2]int{m.Right, m.Gold} {
			t.Errorf("%s is %+v, want %v\n%v", name, m, w, s.Findings)
		}
	}
}

func TestPLV(t *testing.T) {
	quad := 4
	table := "\tsentence_id\tsentence\tgold_penta\tgold_root\n" +
		"\t1\tThe crew struck the wall.\t4\tASSAULT\n" +
		"\t2\tThey gave way.\t2\tYIELD\n" +
		"\t3\tNothing here.\t1\tAGREE\n"
	s := score(t, KindPLV, "plv.tsv", table, Options{}, func(text, _ string) *news.Record {
		switch {
		case strings.Contains(text, "crew"): // in the record's order, the later event first
			return &news.Record{Events: []news.Event{
				{Type: news.Protest, Trigger: news.Span{Start: 9}},
				{Type: news.Assault, Trigger: news.Span{Start: 4}, Quad: &quad}}}
		case strings.Contains(text, "gave"):
			return &news.Record{Events: []news.Event{{Type: news.Agree}, {Type: news.Retreat, Trigger: news.Span{Start: 5}}}}
		}
		return &news.Record{}
	})
	wantCounts(t, s, map[string][2]int{mFirstType: {1, 3}, mAnyType: {2, 3}, mQuad: {1, 3}, mFound: {2, 3},
		codeMetric("ASSAULT"): {1, 1}, codeMetric(yield): {0, 1}, codeMetric("AGREE"): {0, 1}})
	// ASSAULT 1, YIELD 0, AGREE 0 of three codes.
	if m, _ := s.Metric(mMacro); m.Value() < 0.333 || m.Value() > 0.334 {
		t.Errorf("macro F1 is %v, want a third", m.Value())
	}
}

func TestPLOVER(t *testing.T) {
	records := `[{"id":"0","event":"DOCUMENT","eventText":"no text"},
		{"id":"1","event":"DEMAND","text":"They demanded it."},
		{"id":"3","event":"FIGHT","text":"They fought."}]`
	s := score(t, KindPLOVER, "plover.json", records, Options{}, func(string, string) *news.Record {
		return &news.Record{Events: []news.Event{{Type: news.Request}}}
	})
	wantCounts(t, s, map[string][2]int{mFirstType: {1, 2}, mFound: {2, 2}})
	if _, ok := s.Metric(mQuad); ok {
		t.Error("the records have no quad codes")
	}
}

const timesXML = `<?xml version="1.0"?><Document doc_id="7">
<token sentence="0" t_id="1">Pier</token><token sentence="0" t_id="2">shut</token>
<token sentence="1" t_id="3">May</token><token sentence="1" t_id="4">7</token>
<token sentence="2" t_id="5">It</token><token sentence="2" t_id="6">shut</token><token sentence="2" t_id="7">on</token><token sentence="2" t_id="8">Monday</token><token sentence="2" t_id="9">.</token>
<token sentence="3" t_id="10">Last</token><token sentence="3" t_id="11">year</token><token sentence="3" t_id="12">too</token>
<token sentence="6" t_id="13">Tomorrow</token>
<Markables>
<TIMEX3 functionInDocument="CREATION_TIME" type="DATE" value="2031-05-07"><token_anchor t_id="3"/><token_anchor t_id="4"/></TIMEX3>
<TIMEX3 functionInDocument="NONE" type="DATE" value="2031-05-05"><token_anchor t_id="8"/></TIMEX3>
<TIMEX3 functionInDocument="NONE" type="DATE" value="2030"><token_anchor t_id="10"/><token_anchor t_id="11"/></TIMEX3>
<TIMEX3 functionInDocument="NONE" type="DATE" value="2031-05-08"><token_anchor t_id="13"/></TIMEX3>
<TIMEX3 type="DATE" value="2058"/>
</Markables></Document>`

func TestMEANTIME(t *testing.T) {
	read := func(text, published string) *news.Record {
		if want := "Pier shut\n\nMay 7\n\nIt shut on Monday. Last year too Tomorrow"; text != want || published != "2031-05-07" {
			t.Errorf("read %q of %s", text, published)
		}
		find := func(words, value string) news.Time {
			i := strings.Index(text, words)
			return news.Time{Span: news.Span{Start: i, End: i + len(words), Text: words}, Type: news.TimeDate, Value: news.Optional(value)}
		}
		return &news.Record{Times: []news.Time{find("May 7", "2031-05-07"), find("on Monday", "2031-05-05"), find("Last year", "2029"),
			find("too", "x"), find("Tomorrow", "2031-05-08")}}
	}
	s := score(t, KindMEANTIME, "corpus_a/7_pier.xml", timesXML, Options{Half: "odd"}, read)
	wantCounts(t, s, map[string][2]int{mTimeSpan: {2, 2}, mTimeStrict: {1, 2}, mTimeRight: {1, 2}, mTimeType: {2, 2}, mTimeValue: {1, 2}})
	if m, _ := s.Metric(mTimeSpan); m.Given != 3 {
		t.Errorf("%d times given, want 3: sentence 6 and the creation time do not count", m.Given)
	}
	if s := score(t, KindMEANTIME, "corpus_a/7_pier.xml", timesXML, Options{Half: "even"}, read); s.Docs != 0 {
		t.Errorf("an odd document in the even half")
	}
}

const placesXML = `<articles><article><source>https://example.org/wiki/A_pier</source>
<text>Mañana: from Bergen to Oslo, to Nowhere and Elsewhere, says Norwegian Ida.</text><locations>
<location><name>Bergen</name><start>14</start><end>20</end><lat>60.4</lat><lon>5.3</lon></location>
<location><name>Oslo</name><start>24</start><end>28</end><lat>59.9</lat><lon>10.8</lon></location>
<location><name>Nowhere</name><start>33</start><end>40</end><lat>0</lat><lon>0</lon></location>
<location><name>Elsewhere</name><start>45</start><end>54</end><lat>0</lat><lon>0</lon></location>
</locations></article></articles>`

func TestGeoVirus(t *testing.T) {
	s := score(t, KindGeoVirus, "geo.xml", placesXML, Options{}, func(text, _ string) *news.Record {
		entity := func(name string, p *news.Place) news.Entity {
			i := strings.Index(text, name)
			return news.Entity{Type: news.PlaceEntity, Name: name, Place: p, Mentions: []news.Mention{{Span: news.Span{Start: i, End: i + len(name), Text: name}, Kind: news.MentionName}}}
		}
		return &news.Record{Entities: []news.Entity{
			entity("Bergen", &news.Place{Lat: 60.39, Lon: 5.32, Precision: news.PrecisionCity}),
			entity("Oslo", &news.Place{Lat: 0, Lon: 0}),
			entity("Mañana", nil),
			entity("Norwegian", nil), // a demonym, which the set leaves out
			{Type: news.Person, Name: "Nowhere", Mentions: entity("Nowhere", nil).Mentions}}}
	})
	if m, _ := s.Metric(mPlaceMention); m.Right != 2 || m.Gold != 4 || m.Given != 3 {
		t.Errorf("mentions: %+v, want 2 of 4 right and 3 given", m)
	}
	wantCounts(t, s, map[string][2]int{mPlaceFound: {3, 4}, mPlaceResolved: {2, 3}, mPlaceNear: {1, 2}, mPlacePoint: {1, 1}, mPlaceAll: {1, 4}})
}

func TestSetsTable(t *testing.T) {
	sets, err := Sets()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, s := range sets {
		if names[s.Name] {
			t.Errorf("%s stands twice", s.Name)
		}
		names[s.Name] = true
	}
	for _, col := range rows(askedTable) {
		if len(col) != 3 || !names[col[0]] {
			t.Errorf("asked.tsv: %q", col)
		}
		if _, ok := asked(col[0], col[1]); !ok {
			t.Errorf("asked.tsv: %q has no number", col)
		}
	}
}

// TestReportKeepsWhatItSkips writes the report twice: with a set, and after
// the set has gone.
func TestReportKeepsWhatItSkips(t *testing.T) {
	dir := t.TempDir()
	table := "\tsentence_id\tsentence\tgold_penta\tgold_root\n\t1\tThe crew struck.\t4\tASSAULT\n"
	file := filepath.Join(dir, "shared/corpora/events/plv_train/PLV_train.tsv")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	sys := System{Read: func(context.Context, string, string) (*news.Record, error) {
		return &news.Record{Events: []news.Event{{Type: news.Assault}}}, nil
	}}
	said := map[string]string{}
	r := Report{File: filepath.Join(dir, "accuracy.md"), Shared: filepath.Join(dir, "shared"), Date: "2031-05-07", Model: "en-test",
		Progress: func(set, what string) { said[set] = what }}
	write := func() string {
		t.Helper()
		if err := r.Write(t.Context(), sys); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(r.File)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	first := write()
	if !strings.Contains(first, "\n## plv-train\n") || !strings.Contains(first, "Measured 2031-05-07 with model en-test") ||
		!strings.Contains(first, "| first event: type |  |  | 1.000 |  | 1 | 1 |  |") {
		t.Errorf("the report lacks the set:\n%s", first)
	}
	if !strings.Contains(first, "\n## seed\n") || !strings.HasPrefix(said["seed"], "skipped: ") {
		t.Errorf("the absent set is not named: %q", said["seed"])
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	r.Date = "2032-01-01"
	second := sections(write())
	if got, want := second["plv-train"], sections(first)["plv-train"]; got != want || want == "" {
		t.Errorf("the section of the set that has gone differs:\n%s", got)
	}
	// The project's own sets are always at hand and so measured anew.
	if got := second["own-acts"]; !strings.Contains(got, "Measured 2032-01-01") {
		t.Errorf("a set that is at hand was not measured:\n%s", got)
	}
}

// TestGUMAttribution: units that touch are one span, and only recall counts.
func TestGUMAttribution(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"derived_attributions.jsonl": `{"doc":"GUM_news_pier","source":"Ada","cue":"said","source_tokens":[1],"content_tokens":[[4,4],[3,3],[6,7]]}
{"doc":"GUM_news_pier","source":"Ben","cue":"","source_tokens":[13],"content_tokens":[[9,10]]}
{"doc":"GUM_fiction_pier","source":"Ada"}`,
		"dep/GUM_news_pier.conllu": "# newdoc id = GUM_news_pier\n" + tokens("Ada", "says", "piers", "fall", ",", "always", "down", ".", "The", "pier", ".", "Image:", "Ben"),
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sys := System{Read: func(_ context.Context, text, _ string) (*news.Record, error) {
		cut := func(words string) news.Span {
			i := strings.Index(text, words)
			return news.Span{Start: i, End: i + len(words), Text: words}
		}
		source := cut("Ada")
		return &news.Record{Article: news.Article{Text: text}, Statements: []news.Statement{
			{Source: &news.Source{Phrase: &source}, Content: []news.Span{cut("piers fall")}},
			{Content: []news.Span{cut("Ada says")}}}}, nil
	}}
	s, err := Score(t.Context(), sys, KindGUMAttr, dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantCounts(t, s, map[string][2]int{mContentRecall: {1, 3}, mSource: {1, 1}, mSourcedRecall: {1, 3}, mWithoutCredit: {1, 2}})
	if len(s.Metrics) != 4 || len(s.Findings) != 2 || s.Findings[0].Kind != Miss {
		t.Errorf("%+v", s)
	}
}

// tokens writes words as a sentence of a treebank.
func tokens(words ...string) string {
	var b strings.Builder
	for i, w := range words {
		fmt.Fprintf(&b, "%d\t%s\t_\tX\tX\t_\t%d\tdep\t_\t_\n", i+1, w, i)
	}
	return b.String() + "\n"
}
