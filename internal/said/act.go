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
	speakers, parties, documents, wrongs, violence, deeds, wrongNouns, links, harms, launches, crushings, prices, goods, nothings, graves, performed, occasions, untold, tribunals, mute map[string]bool
}

func loadActWords(text string) (*actWords, error) {
	w := &actWords{}
	lists := map[string]*map[string]bool{
		"speaker": &w.speakers, "party": &w.parties, "violence": &w.violence, "deed": &w.deeds, "crush": &w.crushings, "document": &w.documents, "wrong": &w.wrongs, "wrong_noun": &w.wrongNouns,
		"link": &w.links, "harm": &w.harms, "launch": &w.launches, "price": &w.prices, "good": &w.goods, "nothing": &w.nothings, "grave": &w.graves, "performed": &w.performed, "occasion": &w.occasions, "untold": &w.untold, "tribunal": &w.tribunals, "mute": &w.mute,
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
	case news.Warn:
		if c := (charge{reading: r, finding: f, speaker: r.speakerOf(f)}); c.threatens(r.doc.TokenAt(f.start()), r.doc.TokenAt(f.end())) {
			return news.Threaten, polarity // "warned that it would strike back"
		}
		return act, polarity
	case news.Promise:
		if r.vowsHarm(f) {
			return news.Threaten, polarity // "vowed to avenge its dead"
		}
		return act, polarity
	case news.Say, news.Report:
		if r.claimsDeed(f) {
			return news.ClaimResponsibility, polarity
		}
		if r.callsFalse(f) {
			return news.Deny, polarity
		}
		if r.callsWrong(f) {
			return news.Accuse, polarity
		}
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
	if r.isDocument(f.source) {
		return news.Report, polarity // a finding, whatever it finds
	}
	if a := r.contentAct(f); a != "" {
		return a, polarity
	}
	if act == news.Report && f.source.head >= 0 && !r.reporting(f) {
		act = news.Say
	}
	return act, polarity
}

// vowsHarm reports whether what is promised is a blow: "vowed to crush the revolt",
// and not "vowed to punish those responsible".
func (r *reading) vowsHarm(f *finding) bool {
	if f.frame != frameTo {
		return false
	}
	from, to := r.doc.TokenAt(f.start()), r.doc.TokenAt(f.end())
	blow := false
	for i := from; i < to && i < from+60; i++ {
		if i < from+4 && !blow && r.tok(i).UPOS == "VERB" {
			switch r.lemma(i) {
			case "target", "fire", "force", "hit", "burn", "hunt", "expel":
				return false // "to target inflation", "to hit its goals"
			}
			if !r.among(r.acts.harms, i) && !r.among(r.acts.crushings, i) {
				return false
			}
			blow = true
		}
		switch r.lemma(i) {
		case "responsible", "guilty", "perpetrator", "culprit", "killer", "corruption", "poverty", "record":
			return false
		case "not", "never":
			return false
		}
	}
	return blow
}

// claimsDeed: "The front claimed the bombing." An attack is claimed by whoever
// did it.
func (r *reading) claimsDeed(f *finding) bool {
	if f.cue < 0 || f.frame != frameObj || r.lemma(f.cue) != "claim" {
		return false
	}
	for i := r.doc.TokenAt(f.start()); i < r.doc.TokenAt(f.end()); i++ {
		switch r.lemma(i) {
		case "attack", "bombing", "blast", "explosion", "raid", "assault", "killing", "shooting", "ambush", "strike", "assassination", "abduction", "kidnapping":
			return true
		}
	}
	return false
}

// callsFalse: "called the accusation “a lie”", "termed the reports nonsense".
func (r *reading) callsFalse(f *finding) bool {
	if f.frame != frameObjObj && f.frame != frameObjAdj && f.frame != "obj_as" {
		return false
	}
	claim := false
	for i := r.doc.TokenAt(f.start()); i < r.doc.TokenAt(f.end()); i++ {
		switch r.lemma(i) {
		case "accusation", "allegation", "charge", "claim", "report", "story", "suggestion", "assertion", "rumour", "rumor":
			claim = true
		case "lie", "fiction", "nonsense", "rubbish", "fabrication", "absurd", "baseless", "false", "untrue", "unfounded", "groundless", "ridiculous", "fantasy", "invention", "propaganda", "malicious":
			if claim {
				return true
			}
		}
	}
	return false
}

// callsWrong: "called the verdict a disgrace": the name given is a reproach.
func (r *reading) callsWrong(f *finding) bool {
	if f.frame != frameObjObj && f.frame != frameObjAdj && f.frame != "obj_as" {
		return false
	}
	for i := r.doc.TokenAt(f.start()) + 1; i < r.doc.TokenAt(f.end()); i++ {
		switch r.lemma(i) {
		case "disgrace", "outrage", "scandal", "sham", "farce", "crime", "betrayal", "disgraceful", "shameful", "illegal", "unlawful", "criminal",
			"barbaric", "barbarous", "cowardly", "terrorist", "massacre", "genocide", "aggression", "provocation", "murderer", "liar":
			return true
		}
	}
	return false
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
				case "draw", "comment", "say", "answer", "confirm", "discuss", "elaborate", "disclose":
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
	return s.head >= 0 && (r.acts.documents[r.lemma(s.head)] || r.word(s.head) == "media") // whose lemma is "medium"
}
