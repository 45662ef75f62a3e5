package schema_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/news/schema"
)

var update = flag.Bool("update", false, "write docs/record.schema.json anew")

const file = "../../../docs/record.schema.json"

// The published schema is the one that the types give.
func TestSchemaIsCurrent(t *testing.T) {
	got, err := schema.Record()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("docs/record.schema.json is not what the types give; run go generate ./internal/news/schema\n%s", diff)
	}
}

func TestSchemaTellsGoodFromBad(t *testing.T) {
	doc, err := schema.Record()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schema.ID, parsed); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(schema.ID)
	if err != nil {
		t.Fatal(err)
	}
	good := func() map[string]any {
		rec := &news.Record{Article: news.Article{ID: "a", Text: "“Nö.”", PublishedBasis: news.PublishedUnknown},
			Statements: []news.Statement{{ID: "s1", Source: &news.Source{Implicit: true}, Form: news.Direct, Act: news.Say,
				Polarity: news.Positive, Content: []news.Span{{Start: 3, End: 7, Text: "Nö."}}}}}
		b, err := json.Marshal(rec)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	if err := s.Validate(good()); err != nil {
		t.Errorf("a record of the reader's own types is refused: %v", err)
	}
	statement := func(m map[string]any) map[string]any { return m["statements"].([]any)[0].(map[string]any) }
	for name, spoil := range map[string]func(map[string]any){
		"no text":         func(m map[string]any) { delete(m["article"].(map[string]any), "text") },
		"unknown act":     func(m map[string]any) { statement(m)["act"] = "shout" },
		"no source key":   func(m map[string]any) { delete(statement(m), "source") },
		"null list":       func(m map[string]any) { m["events"] = nil },
		"empty, not null": func(m map[string]any) { statement(m)["within"] = "" },
	} {
		m := good()
		spoil(m)
		if err := s.Validate(m); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
