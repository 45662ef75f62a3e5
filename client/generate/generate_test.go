package main

import (
	"os"
	"strings"
	"testing"
)

// TestGenerated: generated.go is what the description makes.
func TestGenerated(t *testing.T) {
	in, err := os.ReadFile("../../internal/api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	want, err := write(in)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../generated.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("client/generated.go is not what internal/api/openapi.json makes; run: go generate ./client")
	}
}

func TestUnknown(t *testing.T) {
	for in, says := range map[string]string{
		`{`: "unexpected end",
		`{"components":{"schemas":{"A":{"type":"string"}}}}`:                                                                   "schema A",
		`{"components":{"schemas":{"A":{"type":"object","properties":{"b":{"type":["string","integer"]}}}}}}`:                  "b: type",
		`{"paths":{"/v1/x":{"get":{"operationId":"x","responses":{"200":{"content":{"text/html":{}}}}}}}}`:                     "/v1/x",
		`{"paths":{"/v1/x":{"get":{"operationId":"x","parameters":[{"name":"n","in":"cookie","schema":{"type":"string"}}]}}}}`: "cookie",
	} {
		if _, err := write([]byte(in)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", in, err, says)
		}
	}
}
