// Package schema makes the JSON Schema of a record from the Go types, so that
// the contract and the code cannot part.
package schema

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/invopop/jsonschema"

	"github.com/onrecord/onrecord/internal/news"
)

// ID is the address by which the schema names itself.
const ID = "https://onrecord.example/schema/record-1.json"

// Record returns the JSON Schema (draft 2020-12) of one record, indented, with
// a final newline.
func Record() ([]byte, error) {
	r := jsonschema.Reflector{
		Anonymous:                 true,
		AllowAdditionalProperties: true, // "a field may be added, never repurposed"
		Mapper: func(t reflect.Type) *jsonschema.Schema {
			switch t {
			case reflect.TypeFor[news.Optional]():
				return &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "string", MinLength: new(uint64(1))}, {Type: "null"}}}
			case reflect.TypeFor[news.Source]():
				return source()
			case reflect.TypeFor[news.EventType]():
				return eventType()
			}
			return nil
		},
	}
	s := r.Reflect(&news.Record{})
	s.ID = ID
	s.Title = "Onrecord record"
	s.Description = "What one article becomes. Offsets are half-open and count Unicode code points of article.text."
	b, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the record's schema: %w", err)
	}
	return append(b, '\n'), nil
}

// eventType is a type of the built-in codebook or, where the record's codebook
// says so, one of a user's rules.
func eventType() *jsonschema.Schema {
	var known []any
	for _, t := range news.EventTypes() {
		known = append(known, string(t))
	}
	return &jsonschema.Schema{Type: "string", AnyOf: []*jsonschema.Schema{
		{Enum: known},
		{Pattern: "^[A-Z][A-Z0-9_]{1,31}$", Description: "a type of the user's own rules, which pipeline.codebook then names"},
	}}
}

// source is the flat JSON form of news.Source, which has its own MarshalJSON.
func source() *jsonschema.Schema {
	orNull := func(s *jsonschema.Schema) *jsonschema.Schema {
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{s, {Type: "null"}}}
	}
	props := jsonschema.NewProperties()
	props.Set("entity", orNull(&jsonschema.Schema{Type: "string"}))
	props.Set("start", orNull(&jsonschema.Schema{Type: "integer"}))
	props.Set("end", orNull(&jsonschema.Schema{Type: "integer"}))
	props.Set("text", orNull(&jsonschema.Schema{Type: "string"}))
	props.Set("implicit", &jsonschema.Schema{Type: "boolean"})
	return &jsonschema.Schema{Type: "object", Properties: props,
		Required: []string{"entity", "start", "end", "text", "implicit"}}
}
