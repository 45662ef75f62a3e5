package ledger

import (
	"regexp"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// disbelieving are the words by which an article tells, without a statement, that
// somebody does not believe another: "Police do not believe the group that says it
// did it", "Villagers doubt the army's account", "The mayor is sceptical of the
// company's report".
var disbelieving = regexp.MustCompile(`(?i)\b(?:(?:do|does|did)(?: not|n['’]t) believe|no longer believes?d?|disbelieve[sd]?|doubt(?:s|ed)?|(?:is|are|was|were|remains?|remained) (?:sceptical|skeptical|unconvinced) (?:of|by|about)|casts? doubt on)\b`)

// told are nouns for what somebody has said: it is these, or whoever said them,
// that are not believed. "Doubts the weather will hold" is of no claim.
var told = regexp.MustCompile(`(?i)\b(?:claims?|accounts?|statements?|versions?|explanations?|reports?|allegations?|accusations?|denials?|findings?|assurances?|figures?)\b`)

// disbeliefs are the doubts of an article's own words: of the subject of such a
// verb, about those whom its object names.
func (b *builder) disbeliefs(a *article, eventOf map[news.EventRef]string) []*proposition {
	var out []*proposition
	for _, sentence := range a.sentences {
		text := a.text(sentence.Start, sentence.End)
		at := disbelieving.FindStringIndex(text)
		if at == nil {
			continue
		}
		verb := news.Range{Start: sentence.Start + at[0], End: sentence.Start + at[1]}
		if b.stated(a, verb) || strings.Contains(strings.ToLower(a.text(max(sentence.Start, verb.Start-4), verb.Start)), "no ") {
			continue // a statement tells of it; "there is no doubt"
		}
		end := verb.End
		if i := strings.IndexAny(text[at[1]:], ",;:—.!?\n“\""); i >= 0 {
			end += i
		} else {
			end = sentence.End
		}
		words := strings.TrimRight(a.text(verb.Start, end), " ")
		subject := b.subject(a, sentence, verb)
		object := news.Range{Start: verb.End, End: verb.Start + len(words)}
		accused := b.within(a, object)
		if subject == nil || len(accused) == 0 && !told.MatchString(a.text(object.Start, object.End)) {
			continue
		}
		delete(accused, subject.side().key)
		span := news.Span{Start: verb.Start, End: verb.Start + len(words), Text: words}
		said := a.text(object.Start, object.End)
		p := &proposition{article: a, day: a.day, stance: news.Doubts, seed: true, why: "told as a doubt", evidence: []news.Span{span},
			text: padded(said), stems: content(told.ReplaceAllString(said, " ")), acts: deeds(said), accused: accused, events: map[string]bool{}, answers: map[string]bool{},
			speaker: speaker{voice: news.Voice{Name: subject.name}, key: subject.key, side: subject.side().key, named: subject}}
		p.pointer = len(p.stems) == 0
		for i := range a.Record.Events {
			v := &a.Record.Events[i]
			if e := eventOf[news.EventRef{Article: a.ID, Event: v.ID}]; e != "" && families[v.Type] == "harm" && mentions(v, sentence) {
				p.events[e] = true
			}
		}
		for _, block := range a.Record.Article.Blocks {
			p.title = p.title || block.Kind == news.BlockTitle && block.Contains(verb.Start)
		}
		out = append(out, p)
	}
	return out
}

// mentions reports whether a sentence mentions an event.
func mentions(v *news.Event, sentence news.Range) bool {
	if sentence.Contains(v.Trigger.Start) {
		return true
	}
	for _, m := range v.Mentions {
		if sentence.Contains(m.Start) {
			return true
		}
	}
	return false
}

// stated reports whether a stretch is of a statement: its cue or its content.
func (b *builder) stated(a *article, at news.Range) bool {
	for i := range a.Record.Statements {
		s := &a.Record.Statements[i]
		if s.Cue != nil && s.Cue.Start < at.End && at.Start < s.Cue.End {
			return true
		}
		for _, c := range s.Content {
			if c.Start < at.End && at.Start < c.End {
				return true
			}
		}
	}
	return false
}

// subject is the party that a sentence begins with, or else the last one before
// the verb.
func (b *builder) subject(a *article, sentence, verb news.Range) *figureOf {
	var first, last *figureOf
	firstAt, lastAt := verb.Start, -1
	for i := range a.Record.Entities {
		e := &a.Record.Entities[i]
		f := b.cast.of[entityRef{a.at, e.ID}]
		if f == nil || !party(f) {
			continue
		}
		for _, m := range e.Mentions {
			if m.Start < sentence.Start || m.End > verb.Start {
				continue
			}
			if m.Start < firstAt {
				first, firstAt = f, m.Start
			}
			if m.Start > lastAt {
				last, lastAt = f, m.Start
			}
		}
	}
	const article = len("The ")
	if first != nil && len(strings.TrimSpace(a.text(sentence.Start, firstAt))) <= article {
		return first
	}
	return last
}

// within are the parties that a stretch speaks of, by whatever word.
func (b *builder) within(a *article, at news.Range) map[string]bool {
	out := map[string]bool{}
	for i := range a.Record.Entities {
		e := &a.Record.Entities[i]
		f := b.cast.of[entityRef{a.at, e.ID}]
		if f == nil || !party(f) {
			continue
		}
		for _, m := range e.Mentions {
			if at.Contains(m.Start) {
				out[f.side().key] = true
			}
		}
	}
	return out
}
