// Package query is the language in which the store is asked: the parser, the
// form that a question has (docs/query-syntax.md), and what an answer holds. The
// stores turn a question into SQL.
//
//	type:PROTEST place:Bergen killed:>=5 -"harbour office"
package query

import (
	"strings"
	"unicode"
)

// Query is a question. The zero value asks for everything.
type Query struct {
	Root Node // nil asks for everything
}

// Node is a part of a question: And, Or, Not or Term.
type Node interface {
	String() string
	node()
}

// And is met where all of its parts are, at least two.
type And []Node

// Or is met where one of its parts is, at least two.
type Or []Node

// Not is met where its part is not.
type Not struct{ Node }

// Term asks for one value.
type Term struct {
	Field Field
	// Op is set for numbers only.
	Op Op
	// Value is what was asked for, as it is written: words parted by single
	// blanks, a code, a span of days, a number, "yes" or "no".
	Value string
}

// Op compares a number.
type Op string

// The comparisons. A range of numbers is Equal with a Value such as "5..10".
const (
	Equal   Op = ""
	AtLeast Op = ">="
	Above   Op = ">"
	AtMost  Op = "<="
	Below   Op = "<"
)

func (And) node()  {}
func (Or) node()   {}
func (Not) node()  {}
func (Term) node() {}

// String is the question as it could have been written; Parse of it gives the
// same question.
func (q Query) String() string {
	if q.Root == nil {
		return ""
	}
	return q.Root.String()
}

// String parts what must all be met by blanks.
func (a And) String() string {
	var b strings.Builder
	for i, n := range a {
		if i > 0 {
			b.WriteByte(' ')
		}
		if _, or := n.(Or); or {
			b.WriteString("(" + n.String() + ")")
		} else {
			b.WriteString(n.String())
		}
	}
	return b.String()
}

// String parts the choices by "or".
func (o Or) String() string {
	parts := make([]string, len(o))
	for i, n := range o {
		parts[i] = n.String()
	}
	return strings.Join(parts, " or ")
}

// String puts "-" in front.
func (n Not) String() string {
	if t, ok := n.Node.(Term); ok {
		return "-" + t.String()
	}
	return "-(" + n.Node.String() + ")"
}

// String is the term as it is written. Words of a text need no field's name.
func (t Term) String() string {
	v := string(t.Op) + t.Value
	if t.Field == Text {
		if bare(v) {
			return v
		}
		return `"` + v + `"`
	}
	if strings.ContainsFunc(v, ends) {
		v = `"` + v + `"`
	}
	return string(t.Field) + ":" + v
}

// bare reports whether words of a text mean the same without quotation marks.
func bare(v string) bool {
	if v == "or" || v == "OR" || v == "AND" || strings.HasPrefix(v, "-") || strings.ContainsFunc(v, ends) {
		return false
	}
	_, field := cutField(v)
	return !field
}

// ends reports whether a word that is not in quotation marks ends before r.
func ends(r rune) bool {
	return r == '(' || r == ')' || quote(r) || blank(r)
}

func quote(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '„' }

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// cutField parts "speaker:velin". What stands before the colon is a field's name
// only if it is made of letters: "10:30" is a word.
func cutField(s string) (name string, ok bool) {
	name, _, ok = strings.Cut(s, ":")
	if !ok || name == "" || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '_' }) {
		return "", false
	}
	return name, true
}
