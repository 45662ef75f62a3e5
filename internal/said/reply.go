package said

import (
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// answer links replies to what they reply to: a denial, confirmation, doubt or
// endorsement and the nearest earlier statement of another source on the same
// matter.
func (r *reading) answer(out []news.Statement) {
	words := make([]map[string]bool, len(out))
	for i := range out {
		words[i] = r.contentWords(&r.found[i])
	}
	for i := range out {
		if !replies(out[i].Act) {
			continue
		}
		best, score := -1, 0.3
		for k := i - 1; k >= 0 && k >= i-20; k-- {
			if out[i].Within == news.Optional(out[k].ID) || sameSource(out[k].Source, out[i].Source) || replies(out[k].Act) && out[k].Within == "" {
				continue
			}
			if s := overlap(words[k], words[i]); s > score {
				best, score = k, s
			}
		}
		if best < 0 {
			best = r.chargeBefore(out, i)
		} else if k := charged(out, i); out[best].Act != news.Accuse && k >= 0 {
			best = k // who was charged by name answers that, whatever words a toll shares with it
		}
		// "rejected the claim that …": the claim is inside the reply.
		for k := i + 1; k < len(out) && k <= i+3; k++ {
			if out[k].Within == news.Optional(out[i].ID) && !sameSource(out[k].Source, out[i].Source) {
				best = k
				break
			}
		}
		if best >= 0 {
			out[i].Answers = append(out[i].Answers, out[best].ID)
		}
	}
}

// chargeBefore is the statement that a reply answers which does not repeat its
// words: one that speaks of "the accusation" or of "this", or the denial of a
// party that was charged before; -1 where there is none.
func (r *reading) chargeBefore(out []news.Statement, i int) int {
	f := &r.found[i]
	if f.within >= 0 {
		return -1
	}
	if at := r.doc.TokenAt(f.start()); r.pointsBack(at) && r.tok(at).End == f.end() {
		for k := i - 1; k >= 0 && k >= i-3; k-- {
			if out[k].Within == "" && !sameSource(out[k].Source, out[i].Source) {
				return k
			}
		}
		return -1
	}
	if r.speaksOfCharge(f) {
		if k := chargeOn(out, i, func(string) bool { return true }); k >= 0 {
			return k
		}
		for k := i - 1; k >= 0 && k >= i-4; k-- {
			switch out[k].Act {
			case news.Say, news.Report, news.Threaten, news.Warn, news.Demand, news.Promise:
				if out[k].Within == "" && !sameSource(out[k].Source, out[i].Source) {
					return k
				}
			}
		}
		return -1
	}
	if out[i].Act == news.Deny && out[i].Source != nil && out[i].Source.Entity != "" {
		id := string(out[i].Source.Entity)
		if k := charged(out, i); k >= 0 {
			return k
		}
		// "Fijian soldiers" were charged, and the army of Fiji answers.
		if home := r.homeOf(id); home != "" {
			return chargeOn(out, i, func(about string) bool { return r.homeOf(about) == home })
		}
	}
	return -1
}

// charged is the nearest charge against the source of a denial itself; -1 where
// there is none.
func charged(out []news.Statement, i int) int {
	if out[i].Act != news.Deny || out[i].Source == nil || out[i].Source.Entity == "" {
		return -1
	}
	id := string(out[i].Source.Entity)
	return chargeOn(out, i, func(about string) bool { return about == id })
}

// homeOf is the state of the entity with the id, "" where it has none.
func (r *reading) homeOf(id string) string {
	for i := range r.cast.Entities {
		if r.cast.Entities[i].ID == id {
			return string(r.cast.Entities[i].Country)
		}
	}
	return ""
}

// chargeOn is the nearest charge before statement i by another source, which is
// about somebody whom accused accepts; -1 where there is none.
func chargeOn(out []news.Statement, i int, accused func(id string) bool) int {
	for k := i - 1; k >= 0 && k >= i-15; k-- {
		if out[k].Act == news.Accuse && !sameSource(out[k].Source, out[i].Source) && slices.ContainsFunc(out[k].About, accused) {
			return k
		}
	}
	return -1
}

// speaksOfCharge reports whether the content of f begins with a word for what was
// said before: "the claims", "any such accusation".
func (r *reading) speaksOfCharge(f *finding) bool {
	at, end := r.doc.TokenAt(f.start()), r.doc.TokenAt(f.end())
	for n := at; n < end && n < at+5; n++ {
		switch r.lemma(n) {
		case "accusation", "allegation", "charge", "claim", "report", "assertion", "criticism", "suggestion":
			// "the claim that …" tells its own content
			return n+1 >= end || r.word(n+1) != "that" && r.word(n+1) != "of"
		}
	}
	return false
}

func replies(a news.Act) bool {
	switch a {
	case news.Deny, news.Confirm, news.Doubt, news.Endorse, news.DeclineComment:
		return true
	}
	return false
}

func sameSource(a, b *news.Source) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Entity != "" && a.Entity == b.Entity
}

// contentWords are the lemmas of a finding's content, with whether they are more
// than a name.
func (r *reading) contentWords(f *finding) map[string]bool {
	words := make(map[string]bool)
	for _, p := range f.pieces {
		for i := r.doc.TokenAt(p.start); i < len(r.doc.Tokens) && r.tok(i).Start < p.end; i++ {
			switch r.tok(i).UPOS {
			case "NOUN", "PROPN", "VERB", "ADJ":
				words[r.lemma(i)] = r.tok(i).UPOS != "PROPN"
			}
		}
	}
	return words
}

// overlap is the share of the smaller set's words that the other has too; sets
// of fewer than two words say nothing.
func overlap(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 {
		return 0
	}
	n, plain := 0, false
	for w, common := range a {
		if _, ok := b[w]; ok {
			n++
			plain = plain || common
		}
	}
	// Two statements that name the same parties need not be on one matter.
	if n < 2 || !plain {
		return 0
	}
	return float64(n) / float64(len(a))
}
