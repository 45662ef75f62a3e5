package said

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

//go:embed acts.tsv
var actsText string

// actWords are the word lists of acts.tsv, by lemma.
type actWords struct {
	speakers, documents, wrongs, wrongNouns, links, threats, goods, nothings, graves map[string]bool
}

func loadActWords(text string) (*actWords, error) {
	w := &actWords{}
	lists := map[string]*map[string]bool{
		"speaker": &w.speakers, "document": &w.documents, "wrong": &w.wrongs, "wrong_noun": &w.wrongNouns,
		"link": &w.links, "threat": &w.threats, "good": &w.goods, "nothing": &w.nothings, "grave": &w.graves,
	}
	for _, list := range lists {
		*list = make(map[string]bool)
	}
	for n, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		kind, words, ok := strings.Cut(line, "\t")
		list := lists[kind]
		if !ok || list == nil {
			return nil, fmt.Errorf("acts.tsv:%d: unknown kind %q", n+1, kind)
		}
		for _, word := range strings.Split(words, ",") {
			(*list)[strings.TrimSpace(word)] = true
		}
	}
	return w, nil
}

// actOf refines what the cue says of a finding's act by its negation, its
// source and its content.
func (r *reading) actOf(f *finding) (news.Act, news.Polarity) {
	act, polarity := f.act, news.Positive
	if f.negative {
		polarity = news.Negative
	}
	switch act {
	case news.Deny, news.Confirm:
		if f.negative {
			// "did not deny" admits nothing; "would not confirm" says nothing.
			return news.DeclineComment, polarity
		}
		return act, polarity
	case news.Say, news.Report:
	case news.Hold:
		return r.heldOrDeclined(f), polarity
	default:
		return act, polarity
	}
	if f.negative && act == news.Say {
		if f.frame == frameWh {
			return news.DeclineComment, polarity
		}
		return act, polarity
	}
	switch {
	case r.claimsResponsibility(f):
		return news.ClaimResponsibility, polarity
	case r.deniesSomething(f):
		return news.Deny, polarity
	case r.isDocument(f.source):
		return news.Report, polarity
	case r.threatens(f):
		return news.Threaten, polarity
	case r.chargesSomebody(f):
		return news.Accuse, polarity
	case r.demands(f):
		return news.Demand, polarity
	case r.promises(f):
		return news.Promise, polarity
	case r.warns(f):
		return news.Warn, polarity
	case r.questions(f):
		return news.Ask, polarity
	}
	if act == news.Report && f.source.head >= 0 && !r.reporting(f) {
		act = news.Say
	}
	return act, polarity
}

// heldOrDeclined tells "refused to say" from "refused to leave".
func (r *reading) heldOrDeclined(f *finding) news.Act {
	if f.cue < 0 || f.frame != frameTo {
		return f.act
	}
	switch r.lemma(f.cue) {
	case "refuse", "decline":
		for i := r.doc.TokenAt(f.start()); i < len(r.doc.Tokens) && i < r.doc.TokenAt(f.start())+4; i++ {
			if r.tok(i).UPOS == "VERB" {
				switch r.lemma(i) {
				case "comment", "say", "answer", "confirm", "discuss", "elaborate", "disclose":
					return news.DeclineComment
				}
				return f.act
			}
		}
	}
	return f.act
}

// reporting reports whether the cue is one of findings, whoever gives them.
func (r *reading) reporting(f *finding) bool {
	if f.cue < 0 {
		return false
	}
	switch r.lemma(f.cue) {
	case "report", "find", "document", "discover", "uncover", "detect", "learn":
		return true
	}
	return false
}

// isDocument reports whether the source is a writing, a study or a medium.
func (r *reading) isDocument(s source) bool {
	return s.head >= 0 && r.acts.documents[r.lemma(s.head)]
}

// sentences calls fn with the token range of each sentence of the content,
// until fn returns true.
func (r *reading) sentences(f *finding, fn func(from, to int) bool) bool {
	for _, p := range f.pieces {
		i := r.doc.TokenAt(p.start)
		for i < len(r.doc.Tokens) && r.tok(i).Start < p.end {
			_, to := r.sentence(i)
			for to > i && r.tok(to-1).Start >= p.end {
				to--
			}
			if to <= i {
				break
			}
			if fn(i, to) {
				return true
			}
			i = to
		}
	}
	return false
}

// chargesSomebody: the content says of a party other than the speaker that it
// does wrong: "its neighbour harbours militants", "the mayor is behind this".
func (r *reading) chargesSomebody(f *finding) bool {
	speaker := r.speakerEntity(f)
	they := false // somebody was charged or named: "They …" is about them
	return r.sentences(f, func(from, to int) bool {
		wrong, noun, link, negated, party := -1, -1, -1, false, -1
		for i := from; i < to; i++ {
			lemma := r.lemma(i)
			switch r.tok(i).UPOS {
			case "VERB", "ADJ":
				if wrong < 0 && r.acts.wrongs[lemma] {
					wrong = i
				}
			case "NOUN", "PROPN":
				if r.acts.wrongNouns[lemma] {
					noun = i
				}
				if wrong < 0 && r.acts.wrongs[lemma] && strings.HasSuffix(lemma, "conspirator") {
					wrong = i
				}
			}
			if r.acts.links[lemma] {
				link = i
			}
			switch r.word(i) {
			case "not", "n't", "never", "no", "neither":
				negated = true
			}
			if party < 0 && r.otherParty(i, speaker) {
				party = i
			}
			if party < 0 && they && (r.word(i) == "they" || r.word(i) == "he" || r.word(i) == "she" || r.word(i) == "it") {
				party = i
			}
		}
		if party >= 0 {
			they = true
		}
		if party < 0 || negated {
			return false
		}
		switch {
		case noun >= 0 && link >= 0:
			return true
		case wrong >= 0 && r.agentOf(wrong, speaker, they):
			return true
		}
		return false
	})
}

// agentOf reports whether the wrong at verb v is done by another party.
func (r *reading) agentOf(v, speaker int, they bool) bool {
	if r.passive(v) {
		a := r.agent(v)
		return a >= 0 && r.otherParty(a, speaker)
	}
	s, ok := r.subjectOf(v)
	if !ok || s.head < 0 {
		return false
	}
	switch r.word(s.head) {
	case "they", "he", "she", "it":
		return they
	}
	for i := s.from; i < s.to; i++ {
		if r.otherParty(i, speaker) {
			return true
		}
	}
	return false
}

// otherParty reports whether token i names a state, body, group or person that
// is not the speaker.
func (r *reading) otherParty(i, speaker int) bool {
	if u := r.tok(i).UPOS; u != "PROPN" && u != "ADJ" && u != "NOUN" {
		return false
	}
	e := r.cast.At(i)
	if e < 0 || e == speaker {
		return false
	}
	switch r.cast.Entities[e].Type {
	case news.Country, news.Organisation, news.Group, news.Person:
	default:
		return false
	}
	if speaker >= 0 {
		c := r.cast.Entities[speaker].Country
		if c != "" && c == r.cast.Entities[e].Country && r.cast.Entities[e].Type == news.Country {
			return false
		}
	}
	return true
}

func (r *reading) speakerEntity(f *finding) int {
	if f.source.head < 0 {
		return -1
	}
	return r.entityOf(f.source)
}

// deniesSomething: "there was no link", "had no contact", "we never struck".
func (r *reading) deniesSomething(f *finding) bool {
	first := true
	return r.sentences(f, func(from, to int) bool {
		lead := first
		first = false
		for i := from; i < to; i++ {
			switch r.word(i) {
			case "no":
				for n := i + 1; n < to && n < i+4; n++ {
					if r.acts.nothings[r.lemma(n)] {
						return true
					}
				}
			case "nothing":
				if i+2 < to && r.word(i+1) == "to" && r.word(i+2) == "do" {
					return true
				}
			case "baseless", "unfounded", "groundless", "fabricated", "fabrication", "untrue":
				return true
			case "false":
				if h := r.tok(i).Head; r.doc.Child(i, "cop") >= 0 || h >= 0 && r.acts.wrongNouns[r.lemma(h)] {
					return true
				}
			case "never":
				if lead && i+1 < to && (r.tok(i+1).XPOS == "VBD" || r.tok(i+1).XPOS == "VBN") && i <= from+4 {
					return true
				}
			}
		}
		return false
	})
}

func (r *reading) claimsResponsibility(f *finding) bool {
	return r.sentences(f, func(from, to int) bool {
		for i := from; i+3 < to; i++ {
			w := r.word(i)
			if w != "we" && w != "it" && w != "they" && w != "our" {
				continue
			}
			for n := i + 1; n < to && n < i+6; n++ {
				if r.lemma(n) == "carry" && n+1 < to && r.word(n+1) == "out" || w == "we" && r.lemma(n) == "responsibility" && r.tok(n-1).UPOS == "VERB" {
					return r.sourceIsGroup(f)
				}
			}
		}
		return false
	})
}

func (r *reading) sourceIsGroup(f *finding) bool {
	e := r.speakerEntity(f)
	return e >= 0 && r.cast.Entities[e].Type == news.Group
}

// threatens: harm that the speaker's own side announces: "we will strike",
// "would not hesitate to use force", "they will pay a price".
func (r *reading) threatens(f *finding) bool {
	speaker := r.speakerEntity(f)
	return r.sentences(f, func(from, to int) bool {
		for i := from; i < to; i++ {
			switch r.lemma(i) {
			case "will", "would", "shall", "wo", "'ll", "’ll":
			default:
				continue
			}
			v := r.tok(i).Head
			if v <= i || v >= to {
				continue
			}
			switch {
			case r.lemma(v) == "hesitate" && r.negated(v) && r.ownSide(v, speaker):
				return true
			case r.negated(v):
			case r.lemma(v) == "pay" || r.lemma(v) == "face":
				if o := r.doc.Child(v, "obj", "obl"); o >= 0 && (r.lemma(o) == "price" || r.lemma(o) == "consequence" || r.lemma(o) == "retaliation") {
					return true
				}
			case r.acts.threats[r.lemma(v)] && r.ownSide(v, speaker):
				if l := r.lemma(v); l != "respond" && l != "fight" && l != "pay" && l != "target" && l != "hit" || r.harsh(v) {
					return true
				}
			}
		}
		return false
	})
}

// harsh reports whether the manner of verb v makes a threat of it: respond
// "with force", "decisively".
func (r *reading) harsh(v int) bool {
	for i := v + 1; i < r.hi[v] && i < v+8; i++ {
		switch r.lemma(i) {
		case "force", "forcefully", "decisively", "harshly", "fire", "iron", "strongly", "strength", "blood", "crushingly", "severely", "target":
			return true
		}
	}
	return false
}

// ownSide reports whether the subject of v is the speaker's side: we, I, the
// speaker's name, body or country, or a pronoun for it.
func (r *reading) ownSide(v, speaker int) bool {
	s, ok := r.subjectOf(v)
	if !ok || s.head < 0 {
		return false
	}
	switch r.word(s.head) {
	case "we", "i", "it", "he", "she":
		return true
	case "they", "you":
		return false
	}
	for _, c := range r.doc.Children(s.head) {
		switch r.word(c) {
		case "his", "her", "its", "our", "their", "my":
			return true // "his country would not hesitate"
		}
	}
	e := r.cast.At(s.head)
	if e < 0 || speaker < 0 {
		return e >= 0 && speaker < 0
	}
	if e == speaker {
		return true
	}
	c := r.cast.Entities[speaker].Country
	return c != "" && c == r.cast.Entities[e].Country
}

// demands: an order or a duty laid on another: "Let us pass.", "Oslo must act".
func (r *reading) demands(f *finding) bool {
	speaker := r.speakerEntity(f)
	return r.sentences(f, func(from, to int) bool {
		for from < to && r.punct(from) {
			from++
		}
		if from >= to {
			return false
		}
		for i := from; i < to; i++ {
			if w := r.word(i); w == "must" || w == "should" || w == "ought" {
				v := r.tok(i).Head
				if s, ok := r.subjectOf(max(v, 0)); v > i && ok && s.head >= from && s.head < i {
					if w := r.word(s.head); w == "you" || w == "they" {
						return true
					}
					if e := r.cast.At(s.head); e >= 0 && e != speaker && !r.ownSide(v, speaker) {
						return true
					}
				}
			}
		}
		if f.direct && r.tok(from).XPOS == "VB" && r.tok(from).UPOS == "VERB" && r.doc.Child(from, "nsubj") < 0 {
			if l := r.lemma(from); l == "let" && from+1 < to && r.word(from+1) == "'s" || l == "thank" || l == "look" {
				return false
			}
			return true
		}
		return false
	})
}

// promises: "we will rebuild the school".
func (r *reading) promises(f *finding) bool {
	speaker := r.speakerEntity(f)
	return r.sentences(f, func(from, to int) bool {
		for i := from; i < to; i++ {
			switch r.lemma(i) {
			case "will", "'ll", "’ll", "would", "shall":
			default:
				continue
			}
			v := r.tok(i).Head
			if v <= i || v >= to || r.negated(v) || !r.acts.goods[r.lemma(v)] {
				continue
			}
			if s, ok := r.subjectOf(v); ok && s.head >= 0 {
				if w := r.word(s.head); w == "we" || w == "i" {
					return true
				}
				if e := r.cast.At(s.head); e >= 0 && e == speaker && r.tok(i).Lemma != "would" {
					return true
				}
			}
		}
		return false
	})
}

// warns: "the region risks a famine".
func (r *reading) warns(f *finding) bool {
	return r.sentences(f, func(from, to int) bool {
		grave, ahead := false, false
		for i := from; i < to; i++ {
			if r.acts.graves[r.lemma(i)] {
				grave = true
			}
			switch r.word(i) {
			case "could", "may", "might", "will", "would", "unless", "if":
				ahead = true
			}
		}
		return grave && ahead
	})
}

// questions: a quotation that is nothing but a question.
func (r *reading) questions(f *finding) bool {
	if !f.direct || len(f.pieces) != 1 {
		return false
	}
	p := f.pieces[0]
	text := r.doc.Text[p.start:p.end]
	return strings.HasSuffix(text, "?") && strings.Count(text, "?") == 1 && !strings.ContainsAny(text, ".!")
}
