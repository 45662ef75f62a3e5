// Package what codes the events of an article: what happened, to whom, where
// and when, how many were harmed, and on whose word, by PLOVER's types and
// modes (docs/codebook.md).
//
// A word is a trigger where a row of rules/verbs.tsv or rules/nouns.tsv fits
// it and what stands around it. How the text presents it (status.go) decides
// whether it is an event at all; mentions of one happening are then joined
// (join.go), and counts, places, dates and statements laid to it.
package what

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/who"
)

// Coder finds events. It is read-only and may be used by many goroutines.
type Coder struct {
	digest   string // of the users' rules, "" for none
	book     codebook
	verbs    map[string][]*rule
	nouns    map[string][]*rule
	modes    []cue
	contexts *contextTable
	classes  classes
	counts   *countWords

	verbForms map[string]string // inflected form → lemma of a verb trigger
	nounForms map[string]string

	pastForms pastForms

	families  map[string]string // the family of words that tell of one happening
	light     map[string]bool   // verbs that carry a noun: "carry out an attack"
	quantity  map[string]bool   // nouns that stand for what is after "of": "dozens of"
	particles map[string]bool   // "off", "down": part of a verb or a preposition
	promise   map[string]bool   // verbs whose object does not control their complement
	governor  map[string]hold   // what a verb or noun says about the reality of its complement
}

// New reads the rule tables: the built-in ones, and the users' over them. Of
// two users' folders that speak of the same thing, the first holds.
func New(users ...Rules) (*Coder, error) {
	c := &Coder{}
	t, err := openTables(users)
	if err != nil {
		return nil, err
	}
	if c.digest, err = t.digest(); err != nil {
		return nil, err
	}
	if c.classes, err = t.loadClasses(); err != nil {
		return nil, err
	}
	if c.book, err = t.loadCodebook(); err != nil {
		return nil, err
	}
	if c.verbs, err = t.loadRules("verbs.tsv", c.classes, c.book); err != nil {
		return nil, err
	}
	if c.nouns, err = t.loadRules("nouns.tsv", c.classes, c.book); err != nil {
		return nil, err
	}
	c.verbForms, c.nounForms = inflections(c.verbs, true), inflections(c.nouns, false)
	if c.families, err = t.loadFamilies(); err != nil {
		return nil, err
	}
	if c.pastForms, err = t.loadPastForms(); err != nil {
		return nil, err
	}
	if c.modes, err = t.loadModes(c.book); err != nil {
		return nil, err
	}
	if c.contexts, err = t.loadContexts(c.book); err != nil {
		return nil, err
	}
	if c.counts, err = t.loadCountWords(); err != nil {
		return nil, err
	}
	if c.governor, err = t.loadGovernors(); err != nil {
		return nil, err
	}
	for _, name := range []string{"light", "quantity", "promise", "armed", "people", "structure", "troops", "particle", "war", "damage", "asker"} {
		if c.classes[name] == nil {
			return nil, fmt.Errorf("classes.tsv: no class %q", name)
		}
	}
	c.light, c.quantity, c.promise, c.particles = c.classes["light"], c.classes["quantity"], c.classes["promise"], c.classes["particle"]
	return c, nil
}

// Codebook names what the events are coded by: the built-in codebook, and a
// digest of the rules that a user added.
func (c *Coder) Codebook() string {
	if c.digest == "" {
		return news.Codebook
	}
	return news.Codebook + "+" + c.digest
}

// Find codes the events of an analysed article, in text order, and sets the
// Events of the statements that speak of them. The publication day dates what
// the text does not; "" where it is not known.
func (c *Coder) Find(doc *nlp.Doc, cast *who.Cast, times []news.Time, statements []news.Statement, published string) []news.Event {
	r := &reading{c: c, doc: doc, cast: cast, times: dating(times), statements: statements, published: day(published)}
	return r.find()
}

// dating are the times that can say when something was: "recent" and "current"
// before a noun only describe it.
func dating(times []news.Time) []news.Time {
	return slices.DeleteFunc(slices.Clone(times), func(t news.Time) bool {
		return (t.Value == "PAST_REF" || t.Value == "PRESENT_REF") && (strings.EqualFold(t.Text, "recent") || strings.EqualFold(t.Text, "current"))
	})
}

// find runs the steps of a reading.
func (r *reading) find() []news.Event {
	r.prepare()
	mentions := r.triggers()
	counts := r.findCounts()
	mentions = r.placeCounts(mentions, counts)
	happenings := r.join(mentions)
	return r.events(happenings)
}

// reading is one run of Find.
type reading struct {
	c          *Coder
	doc        *nlp.Doc
	cast       *who.Cast
	times      []news.Time
	statements []news.Statement
	published  string // YYYY-MM-DD or ""
	trace      *Trace // nil where nobody asks why

	ids     map[string]int // index in cast.Entities of each id
	lemma   []string       // lower-case lemma of each token
	skip    []bool         // by block: not read for events
	fromAir bool           // the text tells of airstrikes
	heading []bool         // by block: a title or heading, whose present tense is past
	spoken  [][]int        // by sentence: indexes of the statements whose content touches it
	heads   []int32        // by token: index of the mention it heads, -1
	trigger []int32        // by token: index of the event mention it triggers, -1
}

func (r *reading) prepare() {
	doc := r.doc
	r.lemma = make([]string, len(doc.Tokens))
	r.ids = make(map[string]int, len(r.cast.Entities))
	for i := range r.cast.Entities {
		r.ids[r.cast.Entities[i].ID] = i
	}
	r.trigger = make([]int32, len(doc.Tokens))
	r.heads = make([]int32, len(doc.Tokens))
	for i := range doc.Tokens {
		r.trigger[i], r.heads[i] = -1, -1
		lemma := doc.Tokens[i].Lemma
		if lemma == "" || lemma == "_" {
			lemma = doc.Tokens[i].Form
		}
		r.lemma[i] = r.c.mend(strings.ToLower(lemma), doc.Tokens[i])
	}
	r.joinHyphens()
	for _, l := range r.lemma {
		r.fromAir = r.fromAir || l == "airstrike" || l == "air-strike" || l == "airstrikes" || l == "warplane"
	}
	r.skip = make([]bool, len(doc.Blocks))
	r.heading = make([]bool, len(doc.Blocks))
	for b, block := range doc.Blocks {
		switch block.Kind {
		case news.BlockBoilerplate, news.BlockByline, news.BlockDateline, news.BlockCaption:
			r.skip[b] = true
		case news.BlockTitle, news.BlockHeading:
			r.heading[b] = true
		}
	}
	if len(doc.Sentences) == 1 && len(doc.Blocks) == 1 && !r.skip[0] && !r.fullStop(0) {
		r.heading[0] = true // nothing but a headline
	}
	for m, mention := range r.cast.Mentions {
		if mention.Head >= 0 && mention.Head < len(r.heads) && r.heads[mention.Head] < 0 {
			r.heads[mention.Head] = int32(m)
		}
	}
	r.spoken = make([][]int, len(doc.Sentences))
	for s := range r.statements {
		for _, span := range r.statements[s].Content {
			first := doc.TokenAt(span.Start)
			if first >= len(doc.Tokens) {
				continue
			}
			for n := doc.SentenceOf(first); n < len(doc.Sentences); n++ {
				if doc.Tokens[doc.Sentences[n].From].Start >= span.End {
					break
				}
				r.spoken[n] = append(r.spoken[n], s)
			}
		}
	}
}

// fullStop reports whether a sentence ends as headlines do not.
func (r *reading) fullStop(s int) bool {
	sentence := r.doc.Sentences[s]
	for i := sentence.To - 1; i >= sentence.From && i >= sentence.To-2; i-- {
		switch r.doc.Tokens[i].Form {
		case ".", "!", "?", "…":
			return true
		}
	}
	return false
}

// nounLemma is the noun trigger that a form is of, "" for none.
func (c *Coder) nounLemma(form string) string {
	form = strings.ToLower(form)
	if c.nouns[form] != nil {
		return form
	}
	return c.nounForms[form]
}

// joinHyphens gives the last part of a hyphened trigger the lemma of the whole:
// "cease|-|fire", "air|-|strikes".
func (r *reading) joinHyphens() {
	t := r.doc.Tokens
	for i := 0; i+2 < len(t); i++ {
		if t[i+1].Form != "-" && t[i+1].Form != "‑" || t[i].End != t[i+1].Start || t[i+1].End != t[i+2].Start {
			continue
		}
		first := strings.ToLower(t[i].Form)
		for _, second := range []string{r.lemma[i+2], strings.ToLower(t[i+2].Form)} {
			for _, whole := range []string{first + "-" + second, first + second} {
				if r.c.nouns[whole] != nil || r.c.verbs[whole] != nil {
					r.lemma[i+2] = whole
				} else if known, ok := r.c.nounForms[whole]; ok {
					r.lemma[i+2] = known
				} else if known, ok := r.c.verbForms[whole]; ok {
					r.lemma[i+2] = known
				}
			}
		}
	}
}

// mend puts a trigger's lemma right where the model's is no word of the tables
// but the form is one's inflection.
func (c *Coder) mend(lemma string, t nlp.Token) string {
	switch t.UPOS {
	case "ADV", "ADP", "DET", "PRON", "AUX":
	default:
		if known, ok := c.pastForms[strings.ToLower(t.Form)]; ok && t.UPOS != "VERB" && (known.only || c.nouns[lemma] == nil) {
			return known.lemma
		}
	}
	switch t.UPOS {
	case "VERB":
		if c.verbs[lemma] == nil {
			form := strings.ToLower(t.Form)
			if known, ok := c.verbForms[form]; ok {
				return known
			}
			if known, ok := c.pastForms[form]; ok {
				return known.lemma
			}
		}
	case "NOUN", "PROPN":
		if c.nouns[lemma] == nil {
			if known, ok := c.nounForms[strings.ToLower(t.Form)]; ok {
				return known
			}
		}
	}
	return lemma
}

// day cuts a publication time to its day.
func day(published string) string {
	if len(published) < len("2006-01-02") {
		return ""
	}
	return published[:len("2006-01-02")]
}
