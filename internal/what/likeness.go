package what

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// likeness says how surely a mention tells of a happening; under 3 it does not.
func (r *reading) likeness(m *mention, h *happening) int {
	if !sameKind(m, h) || r.conflict(m, h) {
		return 0
	}
	first := h.mentions[0]
	distance := m.sentence - h.last
	score := 0
	definite := m.frame.noun && m.status.presumed && r.definite(m.token)
	for _, s := range m.frame.subj {
		// "when the bomb went off"
		definite = definite || !m.frame.noun && harmful(m.typ) && r.c.classes["instrument"][r.lemma[s]] && r.definite(s)
	}
	for _, o := range h.mentions[max(0, len(h.mentions)-8):] {
		if o.sentence == m.sentence && (m.frame.carrier == o.token || o.frame.carrier == m.token || slices.Contains(m.frame.subj, o.token) || slices.Contains(o.frame.subj, m.token) || slices.Contains(m.frame.comp, o.token) || m.typ == o.typ && r.hangsOn(m.token, o.token)) {
			return 9 // one phrase: "opened a probe", "the blast targeted"
		}
	}
	switch {
	case m.typ == "" || m.rule.has(flagGeneric):
		// "the incident", "the toll": of what was told just before.
		if distance > 4 && !m.counted() || distance > 12 {
			return 0
		}
		score = 5 - min(distance, 4)/2
		if m.counted() && !harmful(h.typ) && !bears(h.typ, m.counts[0].kind) {
			return 0
		}
		return score
	case m.effect && (m.onlyJoin || m.place == nil && len(m.actors) == 0):
		if distance <= 4 {
			score += 3
		}
	case definite:
		score += r.pointsBack(m, h)
		if len(first.spoken) == 0 && len(m.spoken) == 0 {
			score++ // what the article tells itself, not what somebody claims
		}
		if distance <= 6 {
			score += 3
		} else {
			score++
		}
	case m.onlyJoin:
		if distance <= 3 {
			score++
		}
	}
	if m.frame.noun && r.hasDet(m.token, "a", "an", "another") && m.sentence != first.sentence {
		score -= 2
	}
	if m.place != nil && h.place != nil && m.place.party.Entity == h.place.party.Entity {
		score += 2
		if m.place.rank <= 1 {
			score--
		}
	}
	if m.time != nil && h.time != nil {
		score++
		if m.time.Earliest == h.time.Earliest && m.time.Latest == h.time.Latest {
			score++
		}
	}
	actors, objects := shared(m.actors, h.actors), shared(m.recipients, h.objects)
	speech := speechType(m.typ)
	if actors {
		score++
	}
	if objects {
		score += 2
	} else if distance <= 12 && !r.named(m.recipients) && alike(m.recipients, h.objects) {
		score++
	}
	if speech && actors && (objects || len(m.recipients) == 0 && distance <= 3 && r.lemma[m.token] == r.lemma[first.token]) {
		score += 2
	}
	if shared(m.actors, h.objects) && m.rule.has(flagMutual) {
		score++
	}
	if r.lemma[m.token] == r.lemma[first.token] || stem(r.lemma[m.token]) == stem(r.lemma[first.token]) {
		score++
	}
	if family := r.family(m); family != "" && family == r.family(first) && distance <= 10 {
		score++
		if m.typ == news.Assault && family == "coup" {
			score++
		}
		if m.typ == news.Disaster && h.typ == news.Disaster {
			score += 2 // one flood, whichever river is named
		}
	}
	// Somebody's version of a crash is of the same crash.
	if (m.typ == news.Accident || m.typ == news.Disaster) && m.typ == h.typ && m.place == nil && m.time == nil && distance <= 3 && r.lemma[m.token] == r.lemma[first.token] {
		score += 2
	}
	if m.mode != "" && m.mode == h.mode && m.ownMode {
		score++
	}
	if harmful(m.typ) && r.shareInstrument(m, first) {
		score += 2
	}
	if m.sentence == first.sentence && !speech {
		score++
	}
	// A denial or a charge is mostly of what was told.
	if (m.modality == news.Denied || m.modality == news.Alleged) && distance <= 8 && m.mode == h.mode {
		score++
	}
	// "the attack" is the one reported, not one it was compared to.
	if r.recalls(first) && !r.recalls(m) {
		score -= 2
	}
	return score
}

// pointsBack weighs a definite noun against a happening by its word: "the
// bombing" points to what exploded and not to the shooting told last.
func (r *reading) pointsBack(m *mention, h *happening) int {
	if !m.frame.noun || m.typ != news.Assault {
		return 0
	}
	family := r.family(m)
	if family == "" {
		return 0 // "the attack", see match
	}
	for _, o := range h.mentions[:min(len(h.mentions), 8)] {
		if r.family(o) == family || stem(r.lemma[o.token]) == stem(r.lemma[m.token]) {
			return 1
		}
	}
	if m.mode != "" && h.mode != "" && m.mode != h.mode {
		return -2
	}
	return 0
}

// hangsOn reports whether a verb goes on with another: "retaliated by firing",
// "stormed the base and shot".
func (r *reading) hangsOn(v, on int) bool {
	t := r.doc.Tokens[v]
	if t.Head != on {
		return false
	}
	return nlp.IsRel(t.Deprel, "advcl") || nlp.IsRel(t.Deprel, "xcomp") || nlp.IsRel(t.Deprel, "conj") && t.UPOS == "VERB"
}

// shareInstrument reports whether two mentions name the same weapon: "shells
// hit the market", "had fired six shells".
func (r *reading) shareInstrument(a, b *mention) bool {
	for _, x := range [][]int{a.frame.subj, a.frame.obj} {
		for _, i := range x {
			if !r.c.classes["instrument"][r.lemma[i]] {
				continue
			}
			for _, y := range [][]int{b.frame.subj, b.frame.obj} {
				for _, k := range y {
					if r.lemma[i] == r.lemma[k] {
						return true
					}
				}
			}
		}
	}
	return false
}

func (m *mention) counted() bool { return len(m.counts) > 0 }

// family is the family of a mention's word: "seized power" is of the coups.
func (r *reading) family(m *mention) string {
	for _, h := range m.frame.obj {
		if r.lemma[h] == "power" && m.typ == news.Assault {
			return "coup"
		}
	}
	if family := r.c.families[r.lemma[m.token]]; family != "" || m.typ != news.Disaster || m.frame.noun {
		return family
	}
	// "A quake shook the coast", "the river burst its banks".
	for _, heads := range [][]int{m.frame.subj, m.frame.obj} {
		for _, h := range heads {
			if family := r.c.families[r.lemma[h]]; family != "" {
				return family
			}
			if l := r.lemma[h]; l == "river" || l == "bank" {
				return "flood"
			}
		}
	}
	return ""
}

// stem cuts a word so that "bomb", "bombing" and "bombed" are the same.
func stem(w string) string {
	if len(w) > 5 {
		return w[:5]
	}
	return w
}

// sameKind reports whether a mention may tell of a happening of that type.
func sameKind(m *mention, h *happening) bool {
	switch {
	case m.typ == h.typ:
		return true
	case m.typ == "":
		return harmful(h.typ) || h.typ == news.Protest
	case m.effect:
		return harmful(m.typ) && harmful(h.typ)
	case m.typ == news.Assault && h.typ == news.Protest && h.mode == "riot":
		return m.frame.noun && shared(m.recipients, h.objects) // "the attack on the ministry" that was stormed
	case harmful(m.typ) && harmful(h.typ):
		// A blast may turn out an accident, and the other way about.
		return m.frame.noun && m.onlyJoin
	}
	return false
}

// conflict reports what keeps a mention and a happening apart.
func (r *reading) conflict(m *mention, h *happening) bool {
	if m.time != nil && h.time != nil && disjoint(*m.time, *h.time) && !r.diedLater(m, h) {
		return true
	}
	flood := m.typ == news.Disaster && h.typ == news.Disaster && r.family(m) != "" && r.family(m) == r.family(h.mentions[0]) && m.sentence-h.last <= 4
	if m.place != nil && h.place != nil && !flood && m.place.party.Entity != h.place.party.Entity && r.apart(*m.place, *h.place) && !slices.ContainsFunc(h.places, func(p placing) bool { return p.party.Entity == m.place.party.Entity }) {
		return true
	}
	if m.typ == h.typ && m.ownMode && h.ownMode && m.mode != h.mode && !compatibleModes(m.mode, h.mode) {
		return true
	}
	if m.label() != h.mentions[0].label() && m.typ == h.typ && !m.onlyJoin {
		return true // a user's type beside the built-in one it is like
	}
	if (m.modality == news.Planned) != (h.mentions[0].modality == news.Planned) {
		return true
	}
	if m.sentence == h.mentions[0].sentence && r.yearsAfter(m) != r.yearsAfter(h.mentions[0]) {
		return true
	}
	if m.sentence == h.mentions[0].sentence && r.dayApart(m.token, h.mentions[0].token) {
		return true
	}
	if first := h.mentions[0]; harmful(m.typ) && !m.effect && first.token < m.token && r.oneMore(m) && !r.hangsOn(m.token, first.token) {
		return true // "another bomb exploded outside a bank"
	}
	// "Police fired tear gas at relatives. In 2019 a fire at the mine killed seven."
	if m.effect && m.time != nil && h.mentions[0].token < m.token && !r.hangsOn(m.token, h.mentions[0].token) && r.newCause(m) {
		return true
	}
	// "the conflict" is no attack, and "the attack" no war.
	if wars := r.c.classes["war"]; harmful(m.typ) && !m.effect && wars[r.lemma[m.token]] != wars[r.lemma[h.mentions[0].token]] {
		return true
	}
	if m.status.earlier && m.frame.noun != h.mentions[0].frame.noun {
		return true
	}
	known := r.named
	mutual := m.rule.has(flagMutual) && shared(m.actors, h.objects)
	if known(m.actors) && known(h.actors) && !shared(m.actors, h.actors) && !mutual {
		return true
	}
	if known(m.recipients) && known(h.objects) && !shared(m.recipients, h.objects) && (speechType(m.typ) || !m.frame.noun) {
		return true
	}
	return false
}

// oneMore reports whether a mention says of itself, or of what did it, that it is
// not the one told before: "another explosion", "a second bomb went off".
func (r *reading) oneMore(m *mention) bool {
	if m.frame.noun {
		return r.isOneMore(m.token)
	}
	return slices.ContainsFunc(m.frame.subj, func(h int) bool { return r.c.classes["instrument"][r.lemma[h]] && r.isOneMore(h) })
}

// newCause reports whether the subject of a harm is a cause that the text has not
// told of before: "a fire killed seven", not "the fire".
func (r *reading) newCause(m *mention) bool {
	return slices.ContainsFunc(m.frame.subj, func(s int) bool { return s < m.token && r.hasDet(s, "a", "an") })
}

func (r *reading) isOneMore(n int) bool {
	if r.hasDet(n, "another") {
		return true
	}
	if !r.hasDet(n, "a", "an") {
		return false
	}
	for _, c := range r.doc.Children(n) {
		switch r.lemma[c] {
		case "second", "third", "fourth", "fifth", "further", "separate", "similar":
			return true
		}
	}
	return false
}

// diedLater reports whether a mention tells of somebody who died of a happening
// some days after it.
func (r *reading) diedLater(m *mention, h *happening) bool {
	if !m.effect || r.lemma[m.token] != "die" && r.lemma[m.token] != "succumb" {
		return false
	}
	days, ok := daysBetween(string(h.time.Latest), string(m.time.Earliest))
	return ok && days > 0 && days <= 30
}

// compatibleModes tells modes that may be said of one happening.
func compatibleModes(a, b string) bool {
	if refined(a, b) || refined(b, a) {
		return true
	}
	pair := func(x, y string) bool { return a == x && b == y || a == y && b == x }
	return pair("aerial", "explosives") || pair("heavy-weapons", "explosives") || pair("firearms", "targeted") || pair("firearms", "explosives") ||
		pair("targeted", "explosives") || pair("targeted", "primitive") || pair("aerial", "heavy-weapons") || pair("visit", "multilateral") || pair("drone", "explosives") ||
		pair("demo", "obstruct") || pair("disapprove", "allege") || pair("targeted", "suicide-attack") || pair("targeted", "drone") || pair("targeted", "aerial") || pair("abduct", "firearms") || pair("destroy", "heavy-weapons") || pair("destroy", "explosives")
}

// apart reports whether two places cannot hold one happening. A country holds
// its towns, a town its sites.
func (r *reading) apart(a, b placing) bool {
	ea, eb := r.byID(a.party.Entity), r.byID(b.party.Entity)
	if ea == nil || eb == nil {
		return false
	}
	if a.rank == b.rank {
		return true
	}
	ca, cb := placeCountry(ea), placeCountry(eb)
	return ca.Known() && cb.Known() && ca != cb
}

func placeCountry(e *news.Entity) news.Optional {
	if e.Place != nil && e.Place.Country.Known() {
		return e.Place.Country
	}
	return e.Country
}

func disjoint(a, b news.EventTime) bool {
	if !a.Earliest.Known() || !a.Latest.Known() || !b.Earliest.Known() || !b.Latest.Known() {
		return false
	}
	return a.Latest < b.Earliest || b.Latest < a.Earliest
}

func shared(a, b []news.Party) bool {
	for _, p := range a {
		for _, q := range b {
			if p.Entity.Known() && p.Entity == q.Entity {
				return true
			}
		}
	}
	return false
}

// alike reports whether phrases of two lists end in the same word, as those of
// a headline and of the lead under it do: "7 militants", "Seven militants".
func alike(a, b []news.Party) bool {
	for _, p := range a {
		for _, q := range b {
			if sameWords(p.Text, q.Text) {
				return true
			}
		}
	}
	return false
}

// sameWords reports whether two phrases end in the same word or are alike but
// for their article: "Seven Taliban militants", "7 militants".
func sameWords(a, b string) bool {
	return lastWord(a) == lastWord(b)
}

func lastWord(s string) string {
	s = strings.ToLower(s)
	if i := strings.LastIndexAny(s, " \u00a0\t\n"); i >= 0 {
		s = s[i:]
	}
	return strings.TrimSpace(s)
}

// definite reports whether a noun has "the", "this" or a possessor.
func (r *reading) definite(n int) bool {
	return r.hasDet(n, "the", "this", "that", "these", "those", "both")
}

func (r *reading) hasDet(n int, words ...string) bool {
	for _, c := range r.doc.Children(n) {
		if r.doc.Tokens[c].Deprel == "det" && slices.Contains(words, r.lemma[c]) {
			return true
		}
	}
	return false
}
