// Package export writes records in the forms that people and programs read:
// text for eyes, JSON lines, and a page of HTML.
package export

import (
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// JSONL writes the record as one line of JSON.
func JSONL(w io.Writer, r *news.Record) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("write record %s: %w", r.Article.ID, err)
	}
	return nil
}

// lines finds the line of the article (from 1) that a byte offset lies in.
type lines []int

func newLines(text string) lines {
	starts := lines{0}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

func (l lines) of(offset int) int { return sort.SearchInts(l, offset+1) }

// index looks up the parts of a record by their ids.
type index struct {
	entity    map[news.Optional]*news.Entity
	statement map[string]*news.Statement
	event     map[string]*news.Event
}

func newIndex(r *news.Record) index {
	x := index{map[news.Optional]*news.Entity{}, map[string]*news.Statement{}, map[string]*news.Event{}}
	for i := range r.Entities {
		x.entity[news.Optional(r.Entities[i].ID)] = &r.Entities[i]
	}
	for i := range r.Statements {
		x.statement[r.Statements[i].ID] = &r.Statements[i]
	}
	for i := range r.Events {
		x.event[r.Events[i].ID] = &r.Events[i]
	}
	return x
}

// speaker names the source of a statement: the entity's name, else the words
// of the text, else that nobody is named.
func (x index) speaker(s *news.Statement) string {
	switch {
	case s.Source == nil:
		return "no source named"
	case x.entity[s.Source.Entity] != nil:
		return x.entity[s.Source.Entity].Name
	case s.Source.Phrase != nil:
		return oneLine(s.Source.Phrase.Text)
	default:
		return "speaker not known"
	}
}

// party names an actor or recipient: the entity's name with the words of the
// text where they say more.
func (x index) party(p news.Party) string {
	words := oneLine(p.Text)
	e := x.entity[p.Entity]
	if e == nil {
		return words
	}
	if len(p.Text) == 0 || strings.Contains(strings.ToLower(words), strings.ToLower(e.Name)) || isPronoun(words) {
		return e.Name
	}
	return e.Name + " (" + words + ")"
}

func (x index) parties(ps []news.Party) string {
	var names []string
	for _, p := range ps {
		names = append(names, x.party(p))
	}
	return strings.Join(names, ", ")
}

func isPronoun(s string) bool {
	switch strings.ToLower(s) {
	case "he", "she", "it", "they", "we", "i", "him", "her", "them", "us", "his", "its", "their", "our", "my", "who", "which":
		return true
	}
	return false
}

// oneLine folds all white space to single blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// days writes an interval of days the way a person would.
func days(earliest, latest news.Optional) string {
	switch {
	case earliest == "" && latest == "":
		return "undated"
	case earliest == latest:
		return string(earliest)
	case latest == "":
		return "from " + string(earliest)
	case earliest == "":
		return "by " + string(latest)
	case len(earliest) == 10 && len(latest) == 10 && earliest[:4] == latest[:4]:
		if earliest[5:] == "01-01" && latest[5:] == "12-31" {
			return string(earliest[:4])
		}
		if earliest[:7] == latest[:7] && earliest[8:] == "01" && latest[8:] >= "28" {
			return string(earliest[:7])
		}
	}
	return string(earliest) + " to " + string(latest)
}

// Number writes a count with its hedge: "36", "about 169", "at least 36".
func number(c news.Count) string {
	n := func(p *int) string {
		if p == nil {
			return "?"
		}
		return fmt.Sprint(*p)
	}
	switch c.Qualifier {
	case news.Around:
		return "about " + n(c.Best)
	case news.AtLeast:
		return "at least " + n(c.Low)
	case news.MoreThan:
		return "more than " + n(c.Low)
	case news.UpTo:
		return "up to " + n(c.High)
	case news.RangeOf:
		return n(c.Low) + " to " + n(c.High)
	case news.VagueCount:
		return n(c.Low) + " or more"
	}
	switch {
	case c.Best != nil:
		return n(c.Best)
	case c.Low != nil:
		return n(c.Low) + " or more"
	}
	return "up to " + n(c.High)
}

// eventName is the type with its mode: "ASSAULT suicide-attack".
func eventName(v *news.Event) string {
	if v.Mode == "" {
		return string(v.Type)
	}
	return string(v.Type) + " " + string(v.Mode)
}
