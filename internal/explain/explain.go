// Package explain shows how a record came about, sentence by sentence: which
// rule spoke of which word, what stood in its places, what was made of it and
// why, and why not. It reads what said and what noted on the way (their Trace);
// it decides nothing.
package explain

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/said"
	"github.com/onrecord/onrecord/internal/what"
)

// Article is the explanation of one record. Offsets count Unicode code points
// of the article's text, as the record's do.
type Article struct {
	ID        string        `json:"id"`
	Title     news.Optional `json:"title"`
	Published news.Optional `json:"published"`
	Codebook  string        `json:"codebook"`
	Sentences []Sentence    `json:"sentences"`
}

// Sentence is what was read in one sentence.
type Sentence struct {
	Number     int         `json:"number"` // from 1, as the record has them
	Line       int         `json:"line"`   // of the article's text, from 1
	Start      int         `json:"start"`
	End        int         `json:"end"`
	Text       string      `json:"text"`
	Triggers   []Trigger   `json:"triggers"`   // words that the rules of events speak of
	Statements []Statement `json:"statements"` // whose content begins here
	Cues       []Cue       `json:"unused_cues"`
	Times      []Time      `json:"times"`
}

// Words are a stretch of the text.
type Words struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Trigger is a word that rules of events speak of, and what became of it.
type Trigger struct {
	Words
	Lemma     string       `json:"lemma"`
	Part      string       `json:"part"`    // verb or noun
	Outcome   what.Outcome `json:"outcome"` // event, mention, look-alike, no rule, dropped
	Event     *Event       `json:"event"`   // that it tells of
	Rule      *Rule        `json:"rule"`    // that held
	Arguments []Argument   `json:"arguments"`
	Reasons   []string     `json:"reasons"`
	Passed    []Passed     `json:"passed"` // rules before it that do not hold
}

// Event is the event of the record that a trigger tells of.
type Event struct {
	ID         string         `json:"id"`
	Type       news.EventType `json:"type"`
	Mode       news.Optional  `json:"mode"`
	Modality   news.Modality  `json:"modality"`
	Background bool           `json:"background"`
	Contexts   []string       `json:"contexts"`
	Earliest   news.Optional  `json:"earliest"`
	Latest     news.Optional  `json:"latest"`
}

// Rule is a row of the rule tables.
type Rule struct {
	File    string        `json:"file"`
	Line    int           `json:"line"`
	Users   bool          `json:"users"` // of a folder given with --rules
	Pattern string        `json:"pattern"`
	Type    news.Optional `json:"type"` // null says that there is no event
	Mode    news.Optional `json:"mode"`
	Example string        `json:"example"`
}

// Passed is a rule that does not hold, with the first condition not met.
type Passed struct {
	Rule
	Unmet string `json:"unmet"`
}

// Argument is what stands in one of a trigger's places, and what it fills in
// the event.
type Argument struct {
	Place string   `json:"place"`
	Words Words    `json:"words"`
	Fills []string `json:"fills"`
}

// Statement is how one statement of the record was found.
type Statement struct {
	ID      string        `json:"id"`
	Way     said.Way      `json:"way"`
	Act     news.Act      `json:"act"`
	CueAct  news.Act      `json:"cue_act"` // what the cue alone would be
	Form    news.Form     `json:"form"`
	Cue     *Words        `json:"cue"`
	Row     *Row          `json:"row"`
	Frame   string        `json:"frame"`
	Source  *Source       `json:"source"`
	Content []Words       `json:"content"`
	Within  news.Optional `json:"within"`
	Events  []string      `json:"events"`
}

// Row is a row of the table of cues.
type Row struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Cue  string `json:"cue"`
}

// Source is whom a statement is attributed to.
type Source struct {
	Text     string        `json:"text"`
	Name     news.Optional `json:"name"` // of the entity that it refers to
	Implicit bool          `json:"implicit"`
}

// Cue is a word of the table of cues that brought in no statement.
type Cue struct {
	Words
	Row    Row      `json:"row"`
	Frames []string `json:"frames"`
	Reason string   `json:"reason"`
}

// Time is a time expression and what it was read as.
type Time struct {
	Words
	Value    news.Optional `json:"value"`
	Earliest news.Optional `json:"earliest"`
	Latest   news.Optional `json:"latest"`
}

// cues is the table of cues, as messages call it.
const cues = "cues.tsv"

// New lays out what was noted while a record was read.
func New(rec *news.Record, statements *said.Trace, events *what.Trace) *Article {
	a := &Article{ID: rec.Article.ID, Title: rec.Article.Title, Published: rec.Article.Published, Codebook: rec.Pipeline.Codebook, Sentences: []Sentence{}}
	b := builder{rec: rec, at: newOffsets(rec.Article.Text)}
	line, from := 1, 0
	for n, s := range rec.Sentences {
		text := rec.Article.Text[s.Start:s.End]
		line += strings.Count(rec.Article.Text[from:s.Start], "\n")
		from = s.Start
		a.Sentences = append(a.Sentences, Sentence{Number: n + 1, Line: line, Start: b.at.of(s.Start), End: b.at.of(s.End), Text: text,
			Triggers: []Trigger{}, Statements: []Statement{}, Cues: []Cue{}, Times: []Time{}})
	}
	// Where the text was not read, nothing was noted.
	if events != nil {
		for i := range events.Triggers {
			t := &events.Triggers[i]
			into := &a.Sentences[t.Sentence].Triggers
			*into = append(*into, b.trigger(t))
		}
	}
	if statements != nil {
		for i, f := range statements.Found {
			into := &a.Sentences[f.Sentence].Statements
			*into = append(*into, b.statement(f, &rec.Statements[i]))
		}
		for _, u := range statements.Unused {
			into := &a.Sentences[u.Sentence].Cues
			*into = append(*into, Cue{Words: b.words(u.Span), Row: Row{cues, u.Line, u.Word}, Frames: u.Frames, Reason: u.Reason})
		}
	}
	b.times(a)
	return a
}

type builder struct {
	rec *news.Record
	at  offsets
}

func (b *builder) words(s news.Span) Words { return Words{b.at.of(s.Start), b.at.of(s.End), s.Text} }

func (b *builder) trigger(t *what.Trigger) Trigger {
	out := Trigger{Words: b.words(t.Span), Lemma: t.Word, Part: "verb", Outcome: t.Outcome, Arguments: []Argument{}, Reasons: []string{}, Passed: []Passed{}}
	if t.Noun {
		out.Part = "noun"
	}
	out.Reasons = append(out.Reasons, t.Reasons...)
	if t.Rule != nil {
		r := rule(t.Rule)
		out.Rule = &r
	}
	for i := range t.Passed {
		out.Passed = append(out.Passed, Passed{rule(&t.Passed[i].Fired), t.Passed[i].Condition})
	}
	for _, p := range t.Filled {
		out.Arguments = append(out.Arguments, Argument{p.Place, b.words(p.Span), append([]string{}, p.As...)})
	}
	if i := slices.IndexFunc(b.rec.Events, func(e news.Event) bool { return e.ID == t.Event }); i >= 0 {
		e := &b.rec.Events[i]
		out.Event = &Event{e.ID, e.Type, e.Mode, e.Modality, e.Background, e.Contexts, e.Time.Earliest, e.Time.Latest}
	}
	return out
}

func rule(f *what.Fired) Rule {
	return Rule{File: f.File, Line: f.Line, Users: f.Users, Pattern: f.Pattern, Type: news.Optional(f.Type), Mode: news.Optional(f.Mode), Example: f.Example}
}

func (b *builder) statement(f said.Found, s *news.Statement) Statement {
	out := Statement{ID: s.ID, Way: f.Way, Act: s.Act, CueAct: f.CueAct, Form: s.Form, Frame: f.Frame, Within: s.Within, Content: []Words{}, Events: append([]string{}, s.Events...)}
	if s.Cue != nil {
		w := b.words(*s.Cue)
		out.Cue = &w
	}
	if f.Line > 0 {
		out.Row = &Row{cues, f.Line, f.Cue}
	}
	for _, c := range s.Content {
		out.Content = append(out.Content, b.words(c))
	}
	if s.Source != nil {
		out.Source = &Source{Implicit: s.Source.Implicit}
		if s.Source.Phrase != nil {
			out.Source.Text = s.Source.Phrase.Text
		}
		for i := range b.rec.Entities {
			if news.Optional(b.rec.Entities[i].ID) == s.Source.Entity {
				out.Source.Name = news.Optional(b.rec.Entities[i].Name)
			}
		}
	}
	return out
}

// times lays the time expressions to their sentences; both are in text order.
func (b *builder) times(a *Article) {
	n := 0
	for _, t := range b.rec.Times {
		for n < len(b.rec.Sentences) && b.rec.Sentences[n].End <= t.Start {
			n++
		}
		if n == len(b.rec.Sentences) {
			return
		}
		if t.Start >= b.rec.Sentences[n].Start {
			a.Sentences[n].Times = append(a.Sentences[n].Times, Time{b.words(t.Span), t.Value, t.Earliest, t.Latest})
		}
	}
}

// offsets turns byte offsets into code points: the points before each stretch
// of strideBytes are counted once.
type offsets struct {
	text   string
	before []int
}

const strideBytes = 256

func newOffsets(text string) offsets {
	o := offsets{text: text}
	n := 0
	for i := range len(text) {
		if i%strideBytes == 0 {
			o.before = append(o.before, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	o.before = append(o.before, n)
	return o
}

func (o offsets) of(byteOffset int) int {
	k := byteOffset / strideBytes
	n := o.before[min(k, len(o.before)-1)]
	for i := k * strideBytes; i < byteOffset; i++ {
		if utf8.RuneStart(o.text[i]) {
			n++
		}
	}
	return n
}
