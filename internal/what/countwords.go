package what

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// noneOfEither is the second count of "no deaths or injuries", nil elsewhere.
func (r *reading) noneOfEither(c *count) *count {
	e := c.end
	if !c.quantity.zero || c.kind == "" || e+1 >= len(r.lemma) || r.lemma[e] != "or" && r.lemma[e] != "nor" {
		return nil
	}
	kind := r.c.counts.noun[r.lemma[e+1]]
	if kind == "" || kind == c.kind {
		return nil
	}
	o := *c
	o.kind, o.of, o.span = kind, r.doc.Tokens[e+1].Form, r.doc.Span(c.quantity.from, e+2)
	return &o
}

// aged finds the person behind an age, "a 36-year-old man", where the tokens
// of the age stop the search for the noun.
func (r *reading) aged(c *count, end int) bool {
	i := c.quantity.to
	seen := false
	for steps := 0; i < end && steps < 9; i, steps = i+1, steps+1 {
		l := strings.ToLower(r.doc.Tokens[i].Form)
		switch {
		case l == "year" || l == "old" || l == "-" || isNumeric(l):
			seen = seen || strings.Contains(l, "year")
		case hasSuffix(l, "-year-old"):
			seen = true
		case r.doc.Tokens[i].UPOS == "ADJ":
		case r.isPersonNoun(i):
			if seen {
				c.head, c.end = i, i+1
			}
			return seen
		default:
			return false
		}
	}
	return false
}

// listedVerb reports whether a word before a number is a verb that the number
// is the object of, whatever the parse makes of the list: "killed nine, injured
// six and displaced hundreds".
func (r *reading) listedVerb(v int) bool {
	switch t := r.doc.Tokens[v]; t.XPOS {
	case "VBD", "VBG":
		return t.UPOS == "VERB" && !r.isPassive(v)
	case "VBN":
		before := r.doc.Tokens[v-1]
		return (before.Form == "," || before.UPOS == "CCONJ") && r.doc.Child(v, "aux:pass") < 0
	}
	return false
}

// toDeath reports whether a verb killed by what stands after it: "shot dead",
// "stabbed to death", "gunned down".
func (r *reading) toDeath(v int) bool {
	switch r.lemma[v] {
	case "shoot", "stab", "beat", "burn", "hack", "stone", "crush", "trample", "club", "bludgeon", "gun", "strike", "torture", "starve", "freeze", "crash":
	default:
		return false
	}
	end := r.doc.Sentences[r.doc.SentenceOf(v)].To
	if v+1 < end && r.lemma[v] == "gun" && r.lemma[v+1] == "down" {
		return true
	}
	for i := v + 1; i < end && i < v+7; i++ {
		if r.lemma[i] == "dead" && (i == v+1 || r.doc.Tokens[i].Head == v) || r.lemma[i] == "death" && r.lemma[i-1] == "to" {
			return true
		}
	}
	return false
}

// risenTo reads the running total that a number ends: "the toll from the floods
// in the delta has risen to 42", "the number of injured climbed to 90".
func (r *reading) risenTo(i, from int) (news.CountKind, int) {
	switch r.lemma[i] {
	case "to", "at", "reach", "pass", "exceed", "hit", "top", "past":
	default:
		return "", -1
	}
	for k := i; k >= from && k > i-24; k-- {
		switch l := r.lemma[k]; {
		case l == "toll":
			if k > from && (r.lemma[k-1] == "injury" || r.lemma[k-1] == "injured") {
				return news.Injured, k
			}
			return news.Killed, k
		case l == "number" && k+2 < i && r.lemma[k+1] == "of":
			for n := k + 2; n < i && n < k+6; n++ {
				w := r.lemma[n]
				if w == "the" || w == "confirmed" || w == "people" {
					continue
				}
				if strings.EqualFold(r.doc.Tokens[n].Form, "missing") {
					return news.Missing, n
				}
				if kind := r.c.counts.state[w]; kind != "" {
					return kind, n
				}
				if kind := r.c.counts.noun[w]; kind != "" {
					return kind, n
				}
				if kind := r.c.counts.object[w]; kind != "" {
					return kind, n
				}
			}
		case l == ";" || l == "while":
			return "", -1
		}
	}
	return "", -1
}

// partitive reports whether a number divides the one before it: "of the 50
// arrested, 12 were minors".
func (r *reading) partitive(c, whole *count) bool {
	from := r.doc.Sentences[c.sentence].From
	k := whole.quantity.from - 1
	if k >= from && r.lemma[k] == "the" {
		k--
	}
	if k < from || r.lemma[k] != "of" && r.lemma[k] != "among" || k > from && r.doc.Tokens[k-1].Form != "," && r.doc.Tokens[k-1].UPOS != "CCONJ" && r.doc.Tokens[k-1].UPOS != "PUNCT" {
		return false
	}
	return c.end < len(r.lemma) && (r.lemma[c.end] == "be" || r.lemma[c.end] == "have" || r.doc.Tokens[c.end].UPOS == "AUX")
}

// isPersonNoun tells words for one person.
func (r *reading) isPersonNoun(i int) bool {
	l := r.lemma[i]
	if r.c.classes["people"][l] || r.c.classes["police"][l] || r.c.classes["troops"][l] {
		return true
	}
	switch l {
	case "gunman", "militant", "insurgent", "rebel", "fighter", "terrorist", "bomber", "attacker", "assailant", "soldier", "sniper", "shooter", "pilot", "cameraman", "clerk", "shepherd":
		return true
	}
	return hasSuffix(l, "man") || hasSuffix(l, "woman")
}

// shareKinds passes the kind of one count to those joined to it: "killed nine
// soldiers and two guides", "nine soldiers and two guides were killed".
func (r *reading) shareKinds(here []*count) {
	joined := func(a, b *count) bool {
		if b.quantity.from-a.end > 2 || b.quantity.from < a.end {
			return false
		}
		for k := a.end; k < b.quantity.from; k++ {
			if l := r.lemma[k]; l != "and" && l != "," && l != "or" {
				return false
			}
		}
		return true
	}
	for i := 1; i < len(here); i++ {
		a, b := here[i-1], here[i]
		if b.kind == "" && !b.source && b.partOf == nil && a.kind != "" && a.backward && joined(a, b) && b.head >= b.quantity.to && r.isPersonNoun(b.head) {
			b.kind, b.anchor, b.backward, b.partOf = a.kind, a.anchor, true, a.partOf
		}
	}
	for i := len(here) - 2; i >= 0; i-- {
		a, b := here[i], here[i+1]
		if a.kind == "" && !a.source && b.kind != "" && !b.backward && joined(a, b) && a.head >= a.quantity.to && r.isPersonNoun(a.head) {
			a.kind, a.anchor, a.partOf = b.kind, b.anchor, b.partOf
		}
	}
	// "36 people, including 12 children, were killed": the whole learns its kind
	// after its part was read.
	for _, c := range here {
		if c.partOf != nil && c.kind == "" && c.partOf.kind != "" {
			c.kind, c.anchor = c.partOf.kind, c.partOf.anchor
		}
	}
}
