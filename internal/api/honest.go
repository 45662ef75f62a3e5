package api

import (
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// honest mends the description where the types alone do not tell: a pointer to
// a struct may be null, every field that has no "omitempty" is there, and an
// answer may have fields that are not yet known.
func honest(d *huma.OpenAPI) {
	for name, schema := range d.Components.Schemas.Map() {
		t := d.Components.Schemas.TypeFromRef("#/components/schemas/" + name)
		if t == nil || t.Kind() != reflect.Struct || schema.Properties == nil {
			continue
		}
		fields(t, func(f reflect.StructField, key string, omit bool) {
			p := schema.Properties[key]
			if p == nil {
				return
			}
			if p.Ref != "" && f.Type.Kind() == reflect.Pointer {
				schema.Properties[key] = &huma.Schema{AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}, Description: p.Description}
			}
			if !omit && !slices.Contains(schema.Required, key) {
				schema.Required = append(schema.Required, key)
			}
		})
		slices.Sort(schema.Required)
		if t != reflect.TypeFor[reading]() {
			schema.AdditionalProperties = nil
		}
	}
}

// fields calls f for every field as encoding/json sees it.
func fields(t reflect.Type, f func(field reflect.StructField, key string, omit bool)) {
	for i := range t.NumField() {
		field := t.Field(i)
		key, rest, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case key == "-" || !field.IsExported():
		case field.Anonymous && key == "":
			fields(field.Type, f)
		default:
			if key == "" {
				key = field.Name
			}
			f(field, key, strings.Contains(rest, "omitempty"))
		}
	}
}
