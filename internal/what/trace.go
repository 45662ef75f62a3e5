package what

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/who"
)

// Trace is how the words of one article were read for events: which rule spoke
// of each, with what in its places, and what became of it. It is filled by
// Explain; a reading without one does not look back.
type Trace struct {
	Triggers []Trigger

	now int // the word that is being read, -1
	at  map[int]int
}

// Trigger is a word that rules speak of, and what became of it.
type Trigger struct {
	Span     news.Span
	Sentence int    // index in the record's sentences
	Word     string // the lemma by which the rules were looked up
	Noun     bool
	Rule     *Fired     // the rule that held; nil where none did
	Passed   []Unmet    // the rules before it, at most maxPassed of them
	Filled   []Argument // what stands in the places of the trigger
	Outcome  Outcome    // what became of it
	Event    string     // the event that it tells of, "v1"; "" for none
	Type     string     // of what it was coded as, "" for nothing
	Mode     string
	Modality string
	Reasons  []string // why, in the order in which it was found out
}

// Fired is a rule, as its file has it.
type Fired struct {
	Position
	Users   bool   // a rule of the user's
	Pattern string // its conditions
	Type    string // "" says that there is no event
	Mode    string
	Example string
}

// Unmet is a rule that does not hold, and its first condition that is not met.
type Unmet struct {
	Fired
	Condition string
}

// Argument is what stands in one of a trigger's places.
type Argument struct {
	Place string    // subj, obj, comp, mod, a preposition, or time
	Span  news.Span // its words
	As    []string  // what it is in the event: actor, recipient, place, time, "killed 12"
}

// Outcome is what became of a word that rules speak of.
type Outcome string

// The outcomes.
const (
	Coded     Outcome = "event"      // it is the trigger of an event
	Mentioned Outcome = "mention"    // it tells of an event that has another trigger
	Lookalike Outcome = "look-alike" // a rule says that it is none
	Unruled   Outcome = "no rule"    // no rule's conditions hold
	Dropped   Outcome = "dropped"    // it is none here, for the reasons given
)

// maxPassed bounds the rules that are told of for one word.
const maxPassed = 12

// Explain is Find, and says why.
func (c *Coder) Explain(doc *nlp.Doc, cast *who.Cast, times []news.Time, statements []news.Statement, published string) ([]news.Event, *Trace) {
	t := &Trace{now: -1, at: map[int]int{}}
	r := &reading{c: c, doc: doc, cast: cast, times: dating(times), statements: statements, published: day(published), trace: t}
	events := r.find()
	slices.SortStableFunc(t.Triggers, func(a, b Trigger) int { return a.Span.Start - b.Span.Start })
	return events, t
}

// on says which word is being read; -1 for none.
func (t *Trace) on(token int) {
	if t != nil {
		t.now = token
	}
}

// because notes a reason for what becomes of the word that is being read.
func (r *reading) because(why string) {
	if r.trace != nil {
		r.trace.reason(r, why)
	}
}

// becauseOf notes a reason together with the word that gives it.
func (r *reading) becauseOf(why string, token int) {
	if r.trace != nil && token >= 0 {
		r.trace.reason(r, why+" “"+r.doc.Tokens[token].Form+"”")
	}
}

// drop notes why a mention is no event; it is always false.
func (r *reading) drop(why string) bool {
	r.because(why)
	return false
}

func (t *Trace) reason(r *reading, why string) {
	if t.now < 0 {
		return
	}
	tr := t.trigger(r, t.now)
	if !slices.Contains(tr.Reasons, why) {
		tr.Reasons = append(tr.Reasons, why)
	}
}

// trigger is the entry of a word, made where there is none.
func (t *Trace) trigger(r *reading, token int) *Trigger {
	n, ok := t.at[token]
	if !ok {
		n = len(t.Triggers)
		t.at[token] = n
		t.Triggers = append(t.Triggers, Trigger{Span: r.doc.Span(token, token+1), Sentence: r.doc.SentenceOf(token), Word: r.lemma[token], Outcome: Unruled})
	}
	return &t.Triggers[n]
}

// unread notes a word of the tables that was not even asked: its part of speech
// is another.
func (t *Trace) unread(r *reading, token int) {
	if t == nil {
		return
	}
	if _, ok := t.at[token]; ok || !r.isTrigger(token) {
		return
	}
	tr := t.trigger(r, token)
	tr.Outcome = Dropped
	tr.Reasons = append(tr.Reasons, "it is read as "+partOfSpeech(r.doc.Tokens[token].UPOS)+" here, of which no rule speaks")
}

// partOfSpeech names a universal part of speech.
func partOfSpeech(upos string) string {
	switch upos {
	case "NOUN":
		return "a noun"
	case "PROPN":
		return "a name"
	case "VERB", "AUX":
		return "a verb"
	case "ADJ":
		return "an adjective"
	case "ADV":
		return "an adverb"
	case "ADP":
		return "a preposition"
	}
	return "another part of speech (" + upos + ")"
}

// chose notes the rule that held, nil for none, and those before it that did not.
func (t *Trace) chose(r *reading, f *frame, rules []*rule, held *rule) {
	tr := t.trigger(r, f.trigger)
	tr.Word, tr.Noun = r.lemma[f.trigger], f.noun
	tr.Rule, tr.Passed = nil, nil
	tr.Filled = r.places(f)
	for _, rule := range rules {
		if rule == held {
			break
		}
		if len(tr.Passed) < maxPassed {
			tr.Passed = append(tr.Passed, Unmet{*rule.fired(), r.unmet(rule, f)})
		}
	}
	if held == nil {
		tr.Outcome = Unruled
		return
	}
	tr.Rule = held.fired()
	tr.Outcome = Dropped // until an event is made of it
	if held.typ == "" && !held.has(flagGeneric) {
		tr.Outcome = Lookalike
	}
}

func (rule *rule) fired() *Fired {
	typ := rule.typ
	if rule.own != "" {
		typ = rule.own
	}
	return &Fired{Position: rule.at, Users: rule.users, Pattern: rule.pattern, Type: string(typ), Mode: rule.mode, Example: rule.example}
}

// unmet is the first condition of a rule that is not met.
func (r *reading) unmet(rule *rule, f *frame) string {
	if rule.has(flagRefusal) && !r.willNot(f) {
		return "only what a party will not do"
	}
	for i := range rule.conditions {
		one := *rule
		one.conditions = rule.conditions[i : i+1]
		if !r.holds(&one, f) {
			return rule.conditions[i].text
		}
	}
	return ""
}

// places lists what stands around a trigger.
func (r *reading) places(f *frame) []Argument {
	var out []Argument
	add := func(place string, heads []int) {
		for _, h := range heads {
			a := Argument{Place: place, Span: r.phrase(h)}
			if !slices.ContainsFunc(out, func(o Argument) bool { return o.Place == place && o.Span.Overlaps(a.Span) }) {
				out = append(out, a)
			}
		}
	}
	add("subj", f.subj)
	add("obj", f.obj)
	if f.carrier >= 0 {
		add("verb", []int{f.carrier})
	}
	add("mod", f.modifiers)
	for _, p := range f.preps {
		if p.word != "" {
			add(p.word, []int{p.head})
		}
	}
	add("comp", f.comp)
	return out
}

// settled notes what the mentions became, when the events are made.
func (t *Trace) settled(r *reading, all []*happening, events []news.Event) {
	if t == nil {
		return
	}
	t.now = -1
	for n, h := range all {
		e := &events[n]
		for k, m := range h.mentions {
			tr := t.trigger(r, m.token)
			tr.Event, tr.Type, tr.Mode, tr.Modality = e.ID, string(m.label()), m.mode, string(m.modality)
			tr.Span = m.span
			tr.Outcome = Mentioned
			if k == 0 {
				tr.Outcome = Coded
			}
			t.fill(tr, m)
		}
	}
}

// fill says what the words around a trigger are in its event.
func (t *Trace) fill(tr *Trigger, m *mention) {
	as := func(span news.Span, what string) {
		for i := range tr.Filled {
			if tr.Filled[i].Span.Overlaps(span) && tr.Filled[i].Place != "comp" && tr.Filled[i].Place != "verb" {
				if !slices.Contains(tr.Filled[i].As, what) {
					tr.Filled[i].As = append(tr.Filled[i].As, what)
				}
				return
			}
		}
		tr.Filled = append(tr.Filled, Argument{Place: "near", Span: span, As: []string{what}})
	}
	for _, p := range m.actors {
		as(p.Span, "actor")
	}
	for _, p := range m.recipients {
		as(p.Span, "recipient")
	}
	if m.place != nil {
		as(m.place.party.Span, "place")
	}
	if m.time != nil && m.time.Evidence != nil {
		as(*m.time.Evidence, "time")
	}
	for _, c := range m.counts {
		if c.kind != "" {
			as(c.span, string(c.kind))
		}
	}
	for _, span := range m.also {
		if !slices.ContainsFunc(tr.Filled, func(a Argument) bool { return a.Span == span }) {
			tr.Filled = append(tr.Filled, Argument{Place: "with", Span: span, As: []string{"mention"}})
		}
	}
}

// modeBy notes the row of modes.tsv that fixed a mode, and its word.
func (r *reading) modeBy(c cue, word string) {
	if r.trace != nil {
		r.trace.reason(r, "the mode is "+c.mode+" by “"+word+"” ("+c.at.String()+")")
	}
}

// joined notes that a mention tells of a happening told before.
func (t *Trace) joined(r *reading, m *mention, h *happening) {
	if t == nil {
		return
	}
	first := r.doc.Tokens[h.mentions[0].token]
	tr := t.trigger(r, m.token)
	tr.Reasons = append(tr.Reasons, "it tells again of “"+first.Form+"”: "+strings.Join(r.ties(m, h), ", "))
}

// absorbed notes that a mention of harm belongs to what did it.
func (t *Trace) absorbed(r *reading, harm, m *mention) {
	if t == nil {
		return
	}
	tr := t.trigger(r, harm.token)
	tr.Outcome = Mentioned
	tr.Reasons = append(tr.Reasons, "harm belongs to its cause, “"+m.span.Text+"”")
}

// ties are what a mention has in common with a happening.
func (r *reading) ties(m *mention, h *happening) []string {
	var ties []string
	first := h.mentions[0]
	add := func(holds bool, tie string) {
		if holds {
			ties = append(ties, tie)
		}
	}
	add(m.typ == h.typ, "the same type")
	add(r.lemma[m.token] == r.lemma[first.token], "the same word")
	add(m.frame.noun && r.definite(m.token), "a definite noun")
	add(m.place != nil && h.place != nil && m.place.party.Entity == h.place.party.Entity, "the same place")
	add(m.time != nil && h.time != nil && !disjoint(*m.time, *h.time), "a date that fits")
	add(shared(m.actors, h.actors), "an actor in common")
	add(shared(m.recipients, h.objects), "a recipient in common")
	add(r.family(m) != "" && r.family(m) == r.family(first), "words for the same thing")
	add(m.effect, "harm, and what did it")
	add(m.heading, "announced by the headline")
	if len(ties) == 0 {
		ties = append(ties, "told just after it")
	}
	return ties
}
