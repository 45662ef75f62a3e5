package said

import "github.com/onrecord/onrecord/internal/news"

// denies: "there was no link", "had no contact", "we never struck", "the report
// is baseless".
func (c *charge) denies(from, to int) bool {
	for i := from; i < to; i++ {
		switch c.word(i) {
		case "no":
			for n := i + 1; n < to && n < i+4; n++ {
				if c.among(c.acts.nothings, n) {
					return true
				}
			}
		case "nothing":
			if i+2 < to && c.word(i+1) == "to" && c.word(i+2) == "do" {
				return true
			}
		case "true":
			if i > from && (c.word(i-1) == "not" || i > from+1 && c.word(i-2) == "not") {
				return true
			}
		case "not", "n't":
			if c.disowns(i, to) {
				return true
			}
		case "baseless", "unfounded", "groundless", "fabricated", "fabrication", "untrue":
			return true
		case "false":
			if h := c.tok(i).Head; c.doc.Child(i, "cop") >= 0 || h >= 0 && c.among(c.acts.wrongNouns, h) {
				return true
			}
		case "never":
			// "We never paid anyone" opens a denial; later in a speech it may
			// be a reproach.
			// "I have never seen it so empty" marvels.
			if !c.later && i+1 < to && i <= from+4 && !c.marvels(i+1) && (c.tok(i+1).XPOS == "VBD" || c.tok(i+1).XPOS == "VBN") && c.chargeable(i+1) && c.ownSide(i+1, c.speaker) {
				return true
			}
		}
	}
	return false
}

// marvels reports a perfect of seeing or hearing, which is seldom a denial.
func (c *charge) marvels(i int) bool {
	if c.tok(i).XPOS != "VBN" {
		return false
	}
	switch c.lemma(i) {
	case "see", "hear", "know", "feel", "experience", "witness":
		return true
	}
	return false
}

// armedSource reports whether an armed group speaks, or somebody whom the cue's
// clause calls its own: "the front’s spokesman said".
func (c *charge) armedSource() bool {
	if c.speaker >= 0 && c.armed(c.speaker) {
		return true
	}
	if c.cue < 0 {
		return false
	}
	from, to := c.sentence(c.cue)
	for i := max(from, c.cue-15); i < to && i < c.cue+10; i++ {
		if t := c.tok(i); c.covers(t.Start, t.End) {
			continue
		}
		if e := c.cast.At(i); e >= 0 && c.armed(e) {
			return true
		}
	}
	return false
}

// armed reports whether entity e is an armed group.
func (c *charge) armed(e int) bool {
	if c.cast.Entities[e].Type == news.Group {
		return true
	}
	for _, s := range c.cast.Entities[e].Sectors {
		if s == "REB" {
			return true
		}
	}
	return false
}

// disowns: the negation at token i is of a deed that the speaker's side would be
// charged with: "I did not take the money", "the army had not fired".
func (c *charge) disowns(i, to int) bool {
	v := c.tok(i).Head
	if v <= i || v >= to || c.tok(v).UPOS != "VERB" {
		return false
	}
	if !c.chargeable(v) {
		return false
	}
	past := false
	for _, a := range c.doc.Children(v) {
		if a > v || !c.rel(a, "aux", "advmod") {
			continue
		}
		switch c.word(a) {
		case "did", "had", "has", "have", "never":
			past = true
		}
	}
	return past && (c.ownSide(v, c.speaker) || c.speaksForOthers())
}

// chargeable reports whether verb v names a deed that somebody may be charged with.
func (c *charge) chargeable(v int) bool {
	return c.among(c.acts.wrongs, v) || c.among(c.acts.violence, v) || c.among(c.acts.deeds, v)
}

// speaksForOthers reports whether the source is a mouthpiece: what a spokesman
// denies, his side has been charged with.
func (c *charge) speaksForOthers() bool {
	if c.source.head < 0 {
		return false
	}
	switch c.lemma(c.source.head) {
	case "spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "barrister", "ministry", "embassy":
		return true
	}
	return false
}

// claims: an armed group says that it did it.
func (c *charge) claims(from, to int) bool {
	if !c.armedSource() {
		return false
	}
	for i := from; i+3 < to; i++ {
		w := c.word(i)
		if w != "we" && w != "it" && w != "they" && w != "our" {
			continue
		}
		for n := i + 1; n < to && n < i+6; n++ {
			if (w == "we" || w == "our") && c.tok(n).XPOS == "VBD" && c.among(c.acts.violence, n) {
				return true
			}
			if c.lemma(n) == "carry" && n+1 < to && c.word(n+1) == "out" || w == "we" && c.lemma(n) == "responsibility" && c.tok(n-1).UPOS == "VERB" {
				return true
			}
		}
	}
	return false
}
