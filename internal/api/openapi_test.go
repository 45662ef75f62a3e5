package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write openapi.json anew")

// described is the description as the types have it now.
func described(t *testing.T) []byte {
	t.Helper()
	doc, err := json.MarshalIndent(register(http.NewServeMux(), Options{}).OpenAPI(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(doc, '\n')
}

// TestDescription: openapi.json is what the types say. To write it anew:
//
//	go test ./internal/api -run TestDescription -update
func TestDescription(t *testing.T) {
	got := described(t)
	if *update {
		if err := os.WriteFile("openapi.json", got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(description), string(got)); d != "" {
		t.Errorf("openapi.json is not what the types say; run: go test ./internal/api -run TestDescription -update\n%s", d)
	}
}

func TestDescriptionIsWhole(t *testing.T) {
	var d struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Summary     string
			Responses   map[string]struct{ Content map[string]any }
		}
	}
	if err := json.Unmarshal(description, &d); err != nil {
		t.Fatal(err)
	}
	if d.OpenAPI != "3.1.0" {
		t.Errorf("OpenAPI %s", d.OpenAPI)
	}
	for _, path := range []string{
		"articles", "articles/{id}", "records/{id}", "statements", "events", "events/{id}", "claims", "claims/{id}", "figures", "stories", "stories/{id}", "entities", "entities/{id}",
		"places", "sources", "sources/{id}", "search", "suggest", "changes", "changes/stream", "read", "exports", "exports/{format}",
	} {
		if d.Paths["/v1/"+path] == nil {
			t.Errorf("/v1/%s is not described", path)
		}
	}
	seen := make(map[string]string)
	for path, ops := range d.Paths {
		for method, op := range ops {
			if other := seen[op.OperationID]; other != "" || op.Summary == "" || !strings.HasPrefix(path, "/v1/") {
				t.Errorf("%s %s: operation %q, summary %q, also at %q", method, path, op.OperationID, op.Summary, other)
			}
			seen[op.OperationID] = path
			if method == "post" != (path == "/v1/read") {
				t.Errorf("%s %s: reads are GET", method, path)
			}
			if op.Responses["200"].Content == nil || op.Responses["default"].Content["application/problem+json"] == nil {
				t.Errorf("%s %s: responses %v", method, path, op.Responses)
			}
		}
	}
	if bytes.Contains(description, []byte(`"$schema"`)) {
		t.Error("answers are described with a $schema that they do not have")
	}
}
