package what

import (
	"slices"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// backgroundDays is how long before its publication an article still reports a
// happening as news: a later one is recalled. A month of follow-up reports on
// one attack is common, two are not.
const backgroundDays = 60

// recalled reports whether the article only recalls a happening: it is old, or
// every mention stands in a phrase that recalls.
func (r *reading) recalled(h *happening) bool {
	if h.time != nil && h.time.Precision == news.PrecisionYear && r.published == "" && h.time.Basis == news.TimeFromText {
		return true // news is told by the day, history by the year
	}
	if h.time != nil && h.time.Latest.Known() && r.published != "" {
		if days, ok := daysBetween(string(h.time.Latest), r.published); ok {
			if days > backgroundDays || days > 0 && h.time.Precision == news.PrecisionYear {
				r.because("background: it was over long before publication")
				return true
			}
			if days >= 0 && days <= 14 {
				return false
			}
		}
	}
	for _, m := range h.mentions {
		if !r.recalls(m) {
			return false
		}
	}
	return true
}

// recalls reads one mention: "the deadliest since the mosque bombing", "the
// anniversary of the massacre", "on trial for the killing", "a previous attack".
func (r *reading) recalls(m *mention) bool {
	doc := r.doc
	if m.status.earlier && m.frame.noun {
		r.because("background: called an earlier one")
		return true
	}
	if r.yearsAfter(m) {
		r.because("background: told as what something came long after")
		return true
	}
	if r.picksOut(m) {
		return true
	}
	at := m.token
	for range 6 {
		if r.preposition(at) == "since" {
			r.because("background: it stands after “since”")
			return true
		}
		if mk := doc.Child(at, "mark"); mk >= 0 && r.lemma[mk] == "since" {
			r.because("background: it stands after “since”")
			return true
		}
		head := doc.Tokens[at].Head
		if head < 0 {
			return false
		}
		switch r.lemma[head] {
		case "anniversary", "memorial", "commemorate", "remember", "commemoration", "remembrance", "trial", "convict", "sentence", "conviction", "jail", "acquit", "extradite", "indict", "role", "memory", "documentary", "film", "book":
			r.becauseOf("background: it hangs on", head)
			return true
		case "night", "day", "morning", "evening", "hour", "case", "inquest":
			// "spoke of the night her village was shelled", "in the case of the killing"
			if rel := doc.Tokens[at].Deprel; nlp.IsRel(rel, "acl") || r.preposition(at) == "of" || r.preposition(at) == "into" {
				return true
			}
		case "charge", "accuse", "arrest", "detain", "want", "suspect":
			// The crime behind an arrest: "arrested over the killing".
			if p := r.preposition(at); p == "over" || p == "for" || p == "in" || p == "with" || p == "of" {
				return m.sentence > 0 && !m.heading
			}
		}
		if rel := doc.Tokens[at].Deprel; nlp.IsRel(rel, "ccomp") || nlp.IsRel(rel, "conj") && doc.Tokens[at].UPOS == "VERB" {
			return false
		}
		at = head
	}
	return false
}

// modality joins what the mentions of a happening say: what anybody tells as a
// fact took place, what stands only in accusations is alleged, only in denials
// denied.
func (r *reading) modality(h *happening) news.Modality {
	seen := map[news.Modality]bool{}
	for _, m := range h.mentions {
		if m.onlyJoin && len(h.mentions) > 1 && m.modality == news.Occurred {
			continue
		}
		modality := m.modality
		if modality == news.Occurred || modality == news.Ongoing {
			if m.charge != "" {
				modality = m.charge
			}
		}
		seen[modality] = true
	}
	if seen[news.Denied] && seen[news.Occurred] && r.disputed(h) {
		r.because("alleged: one side says it and the other denies it")
		return news.Alleged
	}
	for _, modality := range []news.Modality{news.Occurred, news.Ongoing, news.Planned, news.Alleged, news.Denied, news.Hypothetical} {
		if seen[modality] {
			return modality
		}
	}
	return news.Occurred
}

// yearsAfter reports whether a mention is what something came long after: "four
// years after the bombing", "a month after its editor was shot".
func (r *reading) yearsAfter(m *mention) bool {
	for _, c := range r.doc.Children(m.token) {
		if rel := r.doc.Tokens[c].Deprel; rel != "case" && rel != "mark" || r.lemma[c] != "after" || c == 0 {
			continue
		}
		switch r.lemma[c-1] {
		case "year", "decade", "month", "century":
			return true
		}
	}
	return false
}

// disputed reports whether one party's word alone stands against another's
// denial: "Residents said that soldiers burned the mill. The army denied it."
func (r *reading) disputed(h *happening) bool {
	for _, m := range h.mentions {
		if len(m.spoken) == 0 && !m.onlyJoin && m.modality == news.Occurred {
			return false
		}
	}
	return conflictual(h.typ)
}

// charged reads a mention's standing off the statement that it stands in:
// alleged in an accusation, denied in a denial, "" elsewhere. What is taken as
// given ("after the attack") is charged to nobody.
func (r *reading) charged(m *mention) news.Modality {
	if len(m.spoken) == 0 || m.status.presumed || r.dayAfter(m.token) || m.typ == news.AccuseEv {
		return ""
	}
	s := r.statements[m.spoken[len(m.spoken)-1]]
	switch {
	case s.Act == news.Accuse && conflictual(m.typ) && r.accuses(s):
		r.because("alleged: it stands in an accusation")
		return news.Alleged
	case s.Act == news.Deny && !r.negatedAt(m) && !r.governs(m, s) && !r.resumes(m.token):
		r.because("denied: it stands in a denial")
		return news.Denied
	}
	return ""
}

// governs reports whether the cue of a statement itself hangs on a mention,
// which is then told beside the statement: "The chairman, who had denied it,
// resigned".
func (r *reading) governs(m *mention, s news.Statement) bool {
	if s.Cue == nil {
		return false
	}
	k := r.doc.TokenAt(s.Cue.Start)
	for steps := 0; k >= 0 && k < len(r.doc.Tokens) && steps < maxClimb; steps++ {
		if k == m.token {
			return true
		}
		k = r.doc.Tokens[k].Head
	}
	return false
}

// accuses reports whether the cue of a statement itself accuses ("blamed",
// "alleged"). What a ministry merely says that its enemy did is told as a fact
// on its word.
func (r *reading) accuses(s news.Statement) bool {
	if s.Cue == nil {
		return false
	}
	for i := r.doc.TokenAt(s.Cue.Start); i < len(r.doc.Tokens) && r.doc.Tokens[i].Start < s.Cue.End; i++ {
		if r.c.governor[r.lemma[i]] == holdAlleged {
			return true
		}
	}
	return false
}

// named reports whether a party goes by a name: an official who says that
// gunmen struck reports, one who says that a neighbour did accuses.
func (r *reading) named(parties []news.Party) bool {
	for _, p := range parties {
		if r.goesByName(r.byID(p.Entity)) {
			return true
		}
	}
	return false
}

func (r *reading) goesByName(e *news.Entity) bool {
	return e != nil && (e.Type == news.Country || slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind == news.MentionName }))
}

func (r *reading) negatedAt(m *mention) bool {
	return m.frame.verb >= 0 && r.negated(m.frame.verb)
}

// conflictual tells the types that somebody can be accused of.
func conflictual(t news.EventType) bool {
	switch t {
	case news.Assault, news.Coerce, news.Sanction, news.Mobilize, news.Aid, news.Support, news.Cooperate, news.Threat:
		return true
	}
	return false
}
