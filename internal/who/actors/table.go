package actors

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// columns are those that a table may have, in any order; it must have name and
// type.
var columns = []string{"name", "type", "aliases", "weak", "country", "sectors", "terms", "gender", "wikidata"}

// types are what an actor may be.
var types = []news.EntityType{news.Person, news.Organisation, news.Group}

// readTable reads a list in CSV. The separator is what the first line has most
// of: comma, semicolon or tab.
func readTable(name string, in *bufio.Reader) ([]Actor, error) {
	text, err := io.ReadAll(io.LimitReader(in, MaxCSV+1))
	if err != nil {
		return nil, fmt.Errorf("read the actors %s: %w", name, err)
	}
	if len(text) > MaxCSV {
		return nil, &Error{File: name, Line: 1, Problem: fmt.Sprintf("over %d MiB", MaxCSV>>20), Mend: "cut the list into several, each given with --actors"}
	}
	if line, ok := badText(text); ok {
		return nil, &Error{File: name, Line: line, Problem: "not UTF-8", Mend: "save the list as UTF-8"}
	}
	t := table{mistakes: mistakes{file: name}}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			t.add(bad.Line, bad.Column, `put a cell with quotation marks in quotation marks and double those inside: "the ""Front"""`, "%v", bad.Err)
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read the actors %s: %w", name, err)
		}
		t.row(r, row)
		if t.full() {
			break
		}
	}
	if len(t.list) == 0 && len(t.actors) == 0 {
		t.add(1, 0, "write one actor a line below the names of the columns", "no actor")
	}
	return t.actors, t.err()
}

// badText finds the line of the first byte that is not UTF-8, or of a byte that
// no text has.
func badText(text []byte) (line int, bad bool) {
	at := bytes.IndexByte(text, 0)
	if at < 0 && utf8.Valid(text) {
		return 0, false
	}
	for i := 0; i < len(text) && i != at; {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size < 2 {
			at = i
			break
		}
		i += size
	}
	return 1 + bytes.Count(text[:at], []byte("\n")), true
}

func separator(text []byte) rune {
	line, _, _ := bytes.Cut(bytes.TrimLeft(text, "\r\n"), []byte("\n"))
	best, most := ',', 0
	for _, c := range ",;\t" {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// table is a table in the reading.
type table struct {
	mistakes
	at     []string // name of each column
	actors []Actor
	names  int
}

func (t *table) row(r *csv.Reader, row []string) {
	line, _ := r.FieldPos(0)
	if t.at == nil {
		t.header(r, row)
		return
	}
	if len(row) == 1 && strings.TrimSpace(row[0]) == "" {
		return
	}
	if len(row) > len(t.at) {
		t.add(line, 0, "put cells that hold the separator in quotation marks", "%d cells, but the table has %d columns", len(row), len(t.at))
		return
	}
	a := Actor{}
	for i, cell := range row {
		_, column := r.FieldPos(i)
		t.cell(&a, t.at[i], strings.TrimSpace(cell), line, column)
	}
	switch {
	case a.Name == "":
		t.add(line, 0, "give its usual name in Latin letters, of at most 14 words", "the actor has no name")
		return
	case a.Type == "":
		t.add(line, 0, "give person, organisation or group", "%s has no type", a.Name)
		return
	}
	if t.names += a.count(); len(t.actors) >= MaxActors || t.names > MaxNames {
		t.add(line, 0, "cut the list to those that your articles speak of", "over %d actors or %d names", MaxActors, MaxNames)
		return
	}
	t.actors = append(t.actors, a)
}

func (t *table) header(r *csv.Reader, row []string) {
	for i, cell := range row {
		line, column := r.FieldPos(i)
		c := strings.ToLower(strings.TrimSpace(cell))
		switch {
		case !slices.Contains(columns, c):
			mend := "the columns are " + strings.Join(columns, ", ")
			if c == "schema" || c == "datasets" || c == "program_ids" {
				mend = "of OpenSanctions' files take entities.ftm.json"
			}
			t.add(line, column, mend, "no column %q", c)
		case slices.Contains(t.at, c):
			t.add(line, column, "", "column %q twice", c)
		}
		t.at = append(t.at, c)
	}
	for _, c := range columns[:2] {
		if !slices.Contains(t.at, c) && len(t.list) == 0 {
			t.add(1, 0, "begin with a line of column names, such as name,type,country,sectors", "no column %q", c)
		}
	}
}

// cell reads one cell into an actor.
func (t *table) cell(a *Actor, column, cell string, line, at int) {
	if cell == "" {
		return
	}
	switch column {
	case "name":
		a.Name = clean(cell, false)
	case "type":
		a.Type = news.EntityType(strings.ToLower(cell))
		if a.Type == "organization" {
			a.Type = news.Organisation
		}
		if !slices.Contains(types, a.Type) {
			t.add(line, at, "give person, organisation or group", "no type %q", cell)
		}
	case "aliases":
		for _, n := range items(cell) {
			a.Aliases = put(a.Aliases, clean(n, false))
		}
	case "weak":
		for _, n := range items(cell) {
			a.Weak = put(a.Weak, clean(n, false))
		}
	case "country":
		c, ok := country(cell)
		if !ok {
			t.add(line, at, "give ISO 3166-1 alpha-3 (NOR) or alpha-2 (NO), or IGO, NGO, MNC", "no country %q", cell)
		}
		a.Country = c
	case "sectors":
		for _, s := range strings.FieldsFunc(cell, func(r rune) bool { return r == ' ' || r == ';' || r == '|' || r == ',' }) {
			if !slices.Contains(sectors, s) {
				t.add(line, at, "the sectors are "+strings.Join(sectors, " "), "no sector %q", s)
			}
			a.Sectors = put(a.Sectors, s)
		}
	case "terms":
		for _, s := range strings.FieldsFunc(cell, func(r rune) bool { return r == ' ' || r == ';' || r == '|' }) {
			term, ok := readTerm(s)
			if !ok {
				t.add(line, at, "give from/to, such as 2028-03-01/2031-05-31, or 2028-03-01/ for in office still", "no term %q", s)
				continue
			}
			if len(a.Terms) < perActor {
				a.Terms = append(a.Terms, term)
			}
		}
	case "gender":
		if a.Gender = strings.ToLower(cell); a.Gender != "m" && a.Gender != "f" {
			t.add(line, at, "give m or f, or leave it empty", "no gender %q", cell)
		}
	case "wikidata":
		if !isWikidata(cell) {
			t.add(line, at, "give the item's id, such as Q42", "no Wikidata id %q", cell)
		}
		a.Wikidata = news.Optional(cell)
	}
}

// items cuts a cell into names at semicolons and bars.
func items(cell string) []string {
	return strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '|' })
}

func readTerm(s string) (Term, bool) {
	from, to, ok := strings.Cut(s, "/")
	if !ok || from == "" && to == "" {
		return Term{}, false
	}
	for _, d := range []string{from, to} {
		if _, err := time.Parse(time.DateOnly, d); d != "" && err != nil {
			return Term{}, false
		}
	}
	return Term{from, to}, to == "" || from <= to
}

func isWikidata(s string) bool {
	if len(s) < 2 || len(s) > 12 || s[0] != 'Q' {
		return false
	}
	return strings.Trim(s[1:], "0123456789") == ""
}
