package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits of a query.
const (
	MaxLength = 2000 // characters
	MaxTerms  = 100
	MaxDepth  = 20 // parentheses and signs within one another
)

// Parse reads a query. Its errors are *Error.
func Parse(s string) (Query, error) {
	p := &parser{in: s}
	if n := utf8.RuneCountInString(s); n > MaxLength {
		return Query{}, &Error{Query: "", At: MaxLength, Wrong: fmt.Sprintf("it has %d characters, and at most %d are read", n, MaxLength), Mend: "ask in fewer words"}
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return Query{}, p.wrong(i, "write it in UTF-8", "a byte is no character")
			}
		}
	}
	root, err := p.or(0)
	if err != nil {
		return Query{}, err
	}
	if p.at < len(p.in) { // or ends before ")" only
		return Query{}, p.wrong(p.at, `take it away, or put a "(" before it`, `")" closes nothing`)
	}
	return Query{root}, nil
}

type parser struct {
	in    string
	at    int // byte
	terms int
}

func (p *parser) skip() {
	for p.at < len(p.in) {
		r, n := utf8.DecodeRuneInString(p.in[p.at:])
		if !blank(r) {
			return
		}
		p.at += n
	}
}

// next is the character at which the parser is, 0 at the end.
func (p *parser) next() rune {
	if p.at == len(p.in) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(p.in[p.at:])
	return r
}

// word is the unbroken run of characters that begins here.
func (p *parser) word() string {
	rest := p.in[p.at:]
	if i := strings.IndexFunc(rest, ends); i >= 0 {
		return rest[:i]
	}
	return rest
}

// or reads choices up to a ")" or the end. It returns nil where there is
// nothing.
func (p *parser) or(depth int) (Node, error) {
	var all Or
	for {
		n, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		w := p.word()
		more := w == "or" || w == "OR"
		if n == nil && (more || len(all) > 0) {
			return nil, p.wrong(p.at, "put a word there, or put or in quotation marks if it is the word that is looked for", `there is nothing on one side of "or"`)
		}
		if inner, ok := n.(Or); ok {
			all = append(all, inner...)
		} else if n != nil {
			all = append(all, n)
		}
		if !more {
			break
		}
		p.at += len(w)
	}
	switch len(all) {
	case 0:
		return nil, nil
	case 1:
		return all[0], nil
	}
	return all, nil
}

func (p *parser) and(depth int) (Node, error) {
	var all And
	for {
		p.skip()
		if r := p.next(); p.at == len(p.in) || r == ')' {
			break
		}
		w := p.word()
		if w == "or" || w == "OR" {
			break
		}
		if w == "AND" { // what others write; here it is understood
			p.at += len(w)
			continue
		}
		n, err := p.one(depth)
		if err != nil {
			return nil, err
		}
		if inner, ok := n.(And); ok {
			all = append(all, inner...)
		} else {
			all = append(all, n)
		}
	}
	switch len(all) {
	case 0:
		return nil, nil
	case 1:
		return all[0], nil
	}
	return all, nil
}

// one reads a term, with what stands before it, or what is in parentheses.
func (p *parser) one(depth int) (Node, error) {
	start := p.at
	if depth == MaxDepth {
		return nil, p.wrong(p.at, "take some away", "more than %d parentheses and signs are within one another", MaxDepth)
	}
	switch p.next() {
	case '-':
		p.at++
		if r := p.next(); p.at == len(p.in) || blank(r) || r == ')' {
			return nil, p.wrong(start, `put "-" right before what must not be there`, `"-" stands before nothing`)
		}
		n, err := p.one(depth + 1)
		if err != nil {
			return nil, err
		}
		if twice, ok := n.(Not); ok {
			return twice.Node, nil
		}
		return Not{n}, nil
	case '(':
		p.at++
		n, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.next() != ')' {
			return nil, p.wrong(start, `put a ")" where it ends`, `"(" is not closed`)
		}
		if n == nil {
			return nil, p.wrong(start, "take them away", "there is nothing in the parentheses")
		}
		p.at++
		return n, nil
	}
	if p.terms++; p.terms > MaxTerms {
		return nil, p.wrong(start, "ask for less at once", "it has more than %d terms", MaxTerms)
	}
	return p.term()
}

func (p *parser) term() (Node, error) {
	if quote(p.next()) {
		return p.value(FieldInfo{Field: Text})
	}
	w := p.word()
	name, named := cutField(w)
	if !named {
		return p.value(FieldInfo{Field: Text})
	}
	f, ok := lookUp(name)
	if !ok {
		var names []string
		for _, f := range table {
			names = append(names, string(f.Field))
		}
		mend := "put it in quotation marks if it is words of a text"
		if n := nearest(name, names); n != "" {
			mend = n + ": is the nearest; " + mend
		}
		return nil, p.wrong(p.at, mend, "there is no field %q", name)
	}
	p.at += len(name) + 1
	return p.value(f)
}

// value reads what stands behind a field's name, or words of a text.
func (p *parser) value(f FieldInfo) (Node, error) {
	start := p.at
	var v string
	if quote(p.next()) {
		_, n := utf8.DecodeRuneInString(p.in[p.at:])
		rest := p.in[p.at+n:]
		end := strings.IndexFunc(rest, quote)
		if end < 0 {
			return nil, p.wrong(start, "put another where the phrase ends", "the quotation mark is not closed")
		}
		v = strings.Join(strings.FieldsFunc(rest[:end], blank), " ")
		_, last := utf8.DecodeRuneInString(rest[end:])
		p.at += n + end + last
		start += n
	} else {
		v = p.word()
		p.at += len(v)
	}
	if v == "" {
		return nil, p.wrong(start, "write one right behind it, such as "+p.example(f), "%s has no value", p.called(f))
	}
	t, mend, wrong := f.read(v)
	if wrong != "" {
		return nil, p.wrong(start, mend, "%s", wrong)
	}
	return t, nil
}

func (p *parser) called(f FieldInfo) string {
	if f.Example == "" {
		return "the phrase"
	}
	return string(f.Field) + ":"
}

func (p *parser) example(f FieldInfo) string {
	if f.Example == "" {
		return `"night ferry"`
	}
	return f.Example
}

// searchable reports whether there is a letter or a digit to look for.
func searchable(v string) bool {
	return strings.ContainsFunc(v, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
