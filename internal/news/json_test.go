package news_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
)

// full is a record in which every span is set, over a text with characters of
// one to four bytes.
func full() *news.Record {
	const text = "Größe “𝔸b” 中 end"
	at := func(s string) news.Span {
		i := strings.Index(text, s)
		return news.Span{Start: i, End: i + len(s), Text: s}
	}
	n := 3
	a, b, c := at("Größe"), at("𝔸b"), at("中")
	return &news.Record{
		Schema: news.Schema,
		Article: news.Article{ID: "a", Text: text, Authors: []string{}, PublishedBasis: news.PublishedUnknown,
			Blocks: []news.Block{{Kind: news.BlockParagraph, Range: news.Range{Start: 0, End: len(text)}}}},
		Sentences: []news.Range{{Start: 0, End: len(text)}},
		Entities: []news.Entity{{ID: "e1", Type: news.Person, Name: "Größe", Aliases: []string{}, Sectors: []string{},
			Roles: []news.Role{{Title: "x", Span: b}}, Mentions: []news.Mention{{Span: a, Kind: news.MentionName}}}},
		Times: []news.Time{{Span: c, Type: news.TimeDate}},
		Statements: []news.Statement{{ID: "s1", Source: &news.Source{Entity: "e1", Phrase: &a}, Cue: &b, Content: []news.Span{c, at("end")},
			Form: news.Direct, Act: news.Say, Polarity: news.Positive, Addressee: &news.Party{Span: c},
			Answers: []string{}, About: []string{}, Events: []string{}}},
		Events: []news.Event{{ID: "v1", Type: news.Assault, Contexts: []string{}, Trigger: b, Mentions: []news.Span{b},
			Actors: []news.Party{{Span: a}}, Recipients: []news.Party{{Span: c}}, Place: &news.Party{Span: c}, Places: []news.Party{{Span: a}},
			Time:     news.EventTime{Precision: news.PrecisionUnknown, Basis: news.TimeFromText, Evidence: &c},
			Counts:   []news.Count{{ID: "c1", Kind: news.Killed, Low: &n, Best: &n, High: &n, Qualifier: news.Exact, Span: b}},
			Modality: news.Occurred, Statements: []string{}}},
		Warnings: []news.Warning{},
	}
}

func TestRecordJSONRoundTrip(t *testing.T) {
	want := full()
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(full(), want); diff != "" {
		t.Errorf("marshalling changed the record:\n%s", diff)
	}
	var got news.Record
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, &got); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

// Every object of the JSON that carries words has them at its offsets, counted
// in code points.
func TestRecordJSONCountsCodePoints(t *testing.T) {
	b, err := json.Marshal(full())
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	text := []rune(full().Article.Text)
	spans := 0
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(path, e)
			}
		case map[string]any:
			start, ok := v["start"].(float64)
			words, has := v["text"].(string)
			if ok && has {
				spans++
				if got := string(text[int(start):int(v["end"].(float64))]); got != words {
					t.Errorf("%s: the text at %v is %q, the span says %q", path, start, got, words)
				}
			}
			for k, e := range v {
				walk(path+"."+k, e)
			}
		}
	}
	walk("", m)
	if spans != countSpans(reflect.ValueOf(full())) {
		t.Errorf("%d spans in JSON, %d in the record", spans, countSpans(reflect.ValueOf(full())))
	}
}

// EachSpan must not forget a span that a type holds: a field that is added
// without it would leave bytes in the JSON.
func TestEachSpanVisitsEverySpan(t *testing.T) {
	n := 0
	full().EachSpan(func(*news.Span) { n++ })
	if want := countSpans(reflect.ValueOf(full())); n != want {
		t.Errorf("EachSpan visits %d spans, the record holds %d", n, want)
	}
}

func countSpans(v reflect.Value) int {
	if v.Type() == reflect.TypeFor[news.Span]() {
		return 1
	}
	n := 0
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			n += countSpans(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += countSpans(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			n += countSpans(v.Index(i))
		}
	}
	return n
}

func TestUnknownIsNullAndListsAreNever(t *testing.T) {
	b, err := json.Marshal(&news.Record{Article: news.Article{Text: "x"}, Statements: []news.Statement{{ID: "s1"}}, Events: []news.Event{{ID: "v1", Trigger: news.Span{Start: 0, End: 1, Text: "x"}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"url":null`, `"authors":[]`, `"entities":[]`, `"within":null`, `"source":null`, `"answers":[]`, `"quad":null`, `"counts":[]`, `"mode":null`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %s in %s", want, b)
		}
	}
}

func TestOffsetsThatDoNotFitAreErrors(t *testing.T) {
	for name, span := range map[string]news.Range{"inside a character": {Start: 1, End: 2}, "past the end": {Start: 0, End: 9}, "negative": {Start: -1, End: 1}} {
		r := &news.Record{Article: news.Article{Text: "ö"}, Sentences: []news.Range{span}}
		if _, err := json.Marshal(r); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	var r news.Record
	if err := json.Unmarshal([]byte(`{"article":{"text":"ab"},"sentences":[{"start":0,"end":3}]}`), &r); err == nil {
		t.Error("an offset outside the text is decoded")
	}
}

func FuzzRecordJSON(f *testing.F) {
	b, err := json.Marshal(full())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, data []byte) {
		var r news.Record
		if json.Unmarshal(data, &r) != nil {
			return
		}
		if _, err := json.Marshal(&r); err != nil {
			t.Errorf("a record that was read cannot be written: %v", err)
		}
	})
}
