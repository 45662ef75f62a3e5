package export

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Column is one column of a table in a file.
type Column struct {
	Name string `json:"name"`
	// Loss says what the column cannot say, or what we fill it with where the
	// shape asks for something that is not known; "" where nothing is lost.
	Loss string `json:"loss,omitempty"`
}

// columns are the columns of a table whose rows are the structs of one type: its
// fields with a "parquet" tag, and those of structs in it without a name. A field
// is a string, a bool, a list of strings, a float64, an int32, or a pointer to an int32
// or float64 that is nil where the value is not known.
type columns struct {
	of     []Column
	fields []reflect.StructField
}

func columnsOf(row any) (columns, error) {
	var c columns
	for _, f := range reflect.VisibleFields(reflect.Indirect(reflect.ValueOf(row)).Type()) {
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		if f.Anonymous || name == "" {
			continue
		}
		switch f.Type.String() {
		case "string", "bool", "[]string", "float64", "*int32", "*float64", "int32":
		default:
			return c, fmt.Errorf("column %s is of a type that no table has: %s", name, f.Type)
		}
		c.of = append(c.of, Column{Name: name, Loss: f.Tag.Get("loss")})
		c.fields = append(c.fields, f)
	}
	return c, nil
}

func (c columns) names() []string {
	out := make([]string, len(c.of))
	for i := range c.of {
		out[i] = c.of[i].Name
	}
	return out
}

// between is what stands between the parts of a list in one cell.
const between = " | "

// cells writes a row as text. Only text of others is escaped: a number of ours may
// begin with a minus.
func (c columns) cells(row any, into []string) []string {
	v := reflect.ValueOf(row).Elem()
	for _, f := range c.fields {
		into = append(into, cell(v.FieldByIndex(f.Index)))
	}
	return into
}

func cell(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return harmless(v.String())
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case reflect.Int32:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Slice:
		list, ok := v.Interface().([]string)
		if !ok || len(list) == 0 {
			return ""
		}
		return harmless(strings.Join(list, between))
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		if v.Elem().Kind() == reflect.Float64 {
			return strconv.FormatFloat(v.Elem().Float(), 'f', -1, 64)
		}
		return strconv.FormatInt(v.Elem().Int(), 10)
	}
	return ""
}

// harmless keeps a spreadsheet from taking a cell for a formula: one that begins
// like a formula gets an apostrophe before it
// (https://owasp.org/www-community/attacks/CSV_Injection).
func harmless(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return "'" + s
	}
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, wide) {
			return "'" + s
		}
	}
	return s
}
