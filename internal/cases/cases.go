// Package cases is a small language for testing what Onrecord reads out of a
// text. A file holds cases, each a short article and what its record must say:
//
//	# A comment, between cases or between expectations.
//	== the minister told reporters
//	published: 2031-05-07
//	title: Port to close, minister says
//
//	The minister told reporters that the port would close on Friday.
//	--
//	statement source="The minister" cue=told act=say
//	time text=Friday value=2031-05-09
//	no event
//
// A case begins with "== " and its name. Header lines (published, title, url)
// may follow; they end at the first blank line. A case whose first line does
// not look like a header has none, and its text begins there; a text that does
// look so is preceded by a blank line. The text ends at a line that is "--".
//
// Every line after it is an expectation on the record of that text:
//
//	KIND key=value …     some item of the kind has all these attributes
//	no KIND [key=value …]    no item of the kind has them all
//	only KIND [key=value …]  every item of the kind (that has the attributes) is
//	                     named by another line of this case
//
// A value with spaces stands in double quotes, where \" and \\ are escapes. A
// key may be repeated; all its values must then hold. The value null says that
// there is none. A person or body is named by its words in the text, by the
// entity's name or by one of its aliases.
//
// The kinds and their keys:
//
//	statement  source, entity, cue, content (one span, or all of them joined by
//	           "|"), content2, content3 (the second, third span), form, act,
//	           polarity, implicit, via, addressee, said_at, said_basis, within
//	           (true, false, or the content of the outer statement), answers
//	           (the same), about, event (its trigger)
//	event      type, mode, context, quad, trigger, mention, actor, recipient,
//	           place, places, date, precision, basis, evidence, modality,
//	           background, own_voice, statement (content of one it rests on),
//	           and for each kind of count: killed, killed.part (a count that is
//	           part of another), killed.of, killed.by (who gives it),
//	           killed.qualifier; likewise injured, missing, abducted, arrested,
//	           displaced, affected, participants
//	time       text, value, type, earliest, latest
//	entity     name, alias, type, country, sector, role, role_of, mention (any),
//	           named, nominal, pronoun (mentions of that kind), mentions (how
//	           many), place ("lat,lon", good to 0.2 degrees; or true), precision,
//	           claimed_by, admin1, wikidata, geonames
//	block      kind, text (its beginning)
//	sentence   text
//	warning    code
//	published  value, basis
//
// Dates are days, months or years ("2031-05" is all of May), or two of them
// ("2031-05-06/2031-05-07"; either side may be left out). Counts are written
//
//	36  ~169  >=36  <=50  30-40  24+
//
// for exact, around, at least (or more than), up to, a range, and a vague
// number of which only the low end is known ("dozens").
package cases

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Case is one text and what its record must say.
type Case struct {
	Name      string
	File      string
	Line      int // of the "==" line
	Published string
	Title     string
	URL       string
	Text      string
	Expect    []Expectation
}

// Expectation is one line after a case's text.
type Expectation struct {
	Line  int
	Mode  Mode
	Kind  string
	Attrs []Attr
	Text  string // the line as written
}

// Mode says how many items an expectation asks for.
type Mode int

// The modes of an expectation.
const (
	Some Mode = iota // at least one item has the attributes
	None             // no item has them
	Only             // items not named by a Some line are wrong
)

// Attr is one key=value of an expectation.
type Attr struct{ Key, Value string }

// Parse reads the cases of one file. The errors name file and line.
func Parse(file string, r io.Reader) ([]Case, error) {
	p := parser{file: file, names: map[string]bool{}}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		p.line++
		if err := p.feed(strings.TrimSuffix(sc.Text(), "\r")); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, p.line, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := p.end(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", file, p.line, err)
	}
	return p.cases, nil
}

type parser struct {
	file  string
	line  int
	state state
	cases []Case
	text  []string
	names map[string]bool
}

type state int

const (
	between state = iota // before the first case
	opening              // right after "=="
	headers
	body
	expecting
)

func (p *parser) feed(line string) error {
	if name, ok := strings.CutPrefix(line, "== "); ok && (p.state == between || p.state == expecting) {
		return p.begin(strings.TrimSpace(name))
	}
	switch p.state {
	case between:
		if t := strings.TrimSpace(line); t != "" && t[0] != '#' {
			return fmt.Errorf("%q stands before the first case (\"== name\")", t)
		}
	case opening, headers:
		return p.header(line)
	case body:
		if line != "--" {
			p.text = append(p.text, line)
			return nil
		}
		c := &p.cases[len(p.cases)-1]
		c.Text = strings.Trim(strings.Join(p.text, "\n"), "\n")
		p.state = expecting
	case expecting:
		t := strings.TrimSpace(line)
		if t == "" || t[0] == '#' {
			return nil
		}
		e, err := parseExpectation(t)
		if err != nil {
			return err
		}
		e.Line = p.line
		c := &p.cases[len(p.cases)-1]
		c.Expect = append(c.Expect, e)
	}
	return nil
}

func (p *parser) begin(name string) error {
	if err := p.end(); err != nil {
		return err
	}
	if name == "" {
		return fmt.Errorf("a case without a name")
	}
	if p.names[name] {
		return fmt.Errorf("a second case named %q", name)
	}
	p.names[name] = true
	p.cases = append(p.cases, Case{Name: name, File: p.file, Line: p.line})
	p.text = p.text[:0]
	p.state = opening
	return nil
}

// header reads one line of the head of a case. What looks like a header
// ("word: …" in small letters) but is none that we know is an error, so that a
// slip of the pen does not become text.
func (p *parser) header(line string) error {
	if line == "" {
		p.state = body
		return nil
	}
	key, value, ok := strings.Cut(line, ": ")
	if !ok || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz_") != "" {
		if p.state == headers {
			return fmt.Errorf("%q is no header; a blank line ends the headers", line)
		}
		p.state = body
		return p.feed(line)
	}
	p.state = headers
	c := &p.cases[len(p.cases)-1]
	value = strings.TrimSpace(value)
	switch key {
	case "published":
		c.Published = value
	case "title":
		c.Title = value
	case "url":
		c.URL = value
	default:
		return fmt.Errorf("unknown header %q (published, title, url; put a blank line before a text that begins so)", key)
	}
	return nil
}

// end checks that the case read last is whole.
func (p *parser) end() error {
	if p.state == between {
		return nil
	}
	c := p.cases[len(p.cases)-1]
	if p.state != expecting {
		return fmt.Errorf("case %q has no \"--\" line after its text", c.Name)
	}
	if len(c.Expect) == 0 {
		return fmt.Errorf("case %q expects nothing", c.Name)
	}
	return nil
}
