package what

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// happening is one happening of the article: the mentions that tell of it.
type happening struct {
	mentions []*mention // in the order they joined; the first gives the trigger
	typ      news.EventType
	mode     string
	ownMode  bool
	actors   []news.Party
	objects  []news.Party
	place    *placing
	places   []placing
	time     *news.EventTime
	counts   []*count
	last     int // sentence of the latest mention
}

// lookBack is how many happenings back a mention may join.
const lookBack = 60

// join gathers the mentions of each happening. The body is read first; what a
// headline tells then joins the happening of the body that it announces.
func (r *reading) join(mentions []*mention) []*happening {
	var all []*happening
	for _, m := range mentions {
		if m.heading {
			continue
		}
		if h := r.match(m, all); h != nil {
			h.add(m)
		} else if !m.onlyJoin {
			all = append(all, newHappening(m))
		}
	}
	var announced []*happening
	for _, m := range mentions {
		if !m.heading {
			continue
		}
		if h := r.announced(m, all); h != nil {
			h.add(m)
		} else if h := r.match(m, announced); h != nil {
			h.add(m)
		} else if !m.onlyJoin {
			announced = append(announced, newHappening(m))
		}
	}
	all = append(announced, all...)
	slices.SortStableFunc(all, func(a, b *happening) int { return a.mentions[0].span.Start - b.mentions[0].span.Start })
	return all
}

// maxParties bounds the parties of one side: a list of more is a list, and no
// longer who did it.
const maxParties = 24

// maxCounts bounds the counts of one happening.
const maxCounts = 64

func newHappening(m *mention) *happening {
	h := &happening{typ: m.typ}
	h.add(m)
	return h
}

// add lays a mention's own to the happening; what is known already stays.
func (h *happening) add(m *mention) {
	h.mentions = append(h.mentions, m)
	if m.ownMode && !h.ownMode || h.mode == "" || refined(h.mode, m.mode) && m.ownMode {
		if m.mode != "" && m.typ == h.typ {
			h.mode, h.ownMode = m.mode, m.ownMode
		}
	}
	for _, p := range m.actors {
		if m.heading && len(h.actors) > 0 {
			break // a headline's "dockers" are the lead's "dock workers"
		}
		if len(h.actors) < maxParties && !holds(h.actors, p) && !holds(h.objects, p) && (len(h.actors) == 0 || p.Entity.Known()) {
			h.actors = append(h.actors, p)
		}
	}
	for _, p := range m.recipients {
		if m.heading && len(h.objects) > 0 {
			break
		}
		if len(h.objects) < maxParties && !holds(h.objects, p) && !holds(h.actors, p) && (len(h.objects) == 0 || p.Entity.Known()) {
			h.objects = append(h.objects, p)
		}
	}
	if m.place != nil {
		switch {
		case h.place == nil:
			h.place, h.places = m.place, m.places
		case m.place.rank > h.place.rank && m.place.party.Entity != h.place.party.Entity && !m.heading:
			h.places = append([]placing{*h.place}, h.places...)
			h.place = m.place
		}
	}
	if m.time != nil && (h.time == nil || narrower(*m.time, *h.time)) {
		h.time = m.time
	}
	for _, c := range m.counts {
		if m.heading && h.roundedOff(c) {
			continue
		}
		if len(h.counts) < maxCounts && !h.tells(c) {
			h.counts = append(h.counts, c)
		}
	}
	h.last = max(h.last, m.sentence)
}

// tells reports whether a happening has the count already.
func (h *happening) tells(c *count) bool {
	for _, o := range h.counts {
		if o.kind == c.kind && o.partOf == nil && c.partOf == nil && o.quantity.qualifier == c.quantity.qualifier &&
			same(o.quantity.low, c.quantity.low) && same(o.quantity.best, c.quantity.best) && same(o.quantity.high, c.quantity.high) &&
			(strings.EqualFold(o.of, c.of) || o.of == "" || c.of == "") {
			return true
		}
	}
	return false
}

// roundedOff reports whether a headline's number is one that the body gives
// with its hedge: "kills four" over "at least four".
func (h *happening) roundedOff(c *count) bool {
	if c.quantity.best == nil {
		return false
	}
	for _, o := range h.counts {
		if o.kind != c.kind || o.partOf != nil {
			continue
		}
		for _, n := range []*int{o.quantity.low, o.quantity.best, o.quantity.high} {
			if n != nil && *n == *c.quantity.best {
				return true
			}
		}
	}
	return false
}

func same(a, b *int) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// refined reports whether mode b says more exactly what mode a says.
func refined(a, b string) bool {
	return a == "explosives" && b == "suicide-attack" || a == "aerial" && b == "drone" || a == "heavy-weapons" && (b == "drone" || b == "aerial")
}

func narrower(a, b news.EventTime) bool {
	if !a.Earliest.Known() || !b.Earliest.Known() {
		return a.Earliest.Known()
	}
	da, okA := daysBetween(string(a.Earliest), string(a.Latest))
	db, okB := daysBetween(string(b.Earliest), string(b.Latest))
	return okA && okB && da < db
}

// match finds the happening that a mention tells of again; nil for a new one.
func (r *reading) match(m *mention, all []*happening) *happening {
	if h := r.only(m, all); h != nil {
		return h
	}
	var best *happening
	bestScore := 0
	for i := len(all) - 1; i >= 0 && i >= len(all)-lookBack; i-- {
		h := all[i]
		if score := r.likeness(m, h); score >= 3 && score > bestScore {
			best, bestScore = h, score
		}
	}
	return best
}

// only finds what a mere number of victims belongs to, however far back, where
// the article tells of no more than one happening that had any.
func (r *reading) only(m *mention, all []*happening) *happening {
	if !m.effect || m.place != nil || m.time != nil || len(m.actors) > 0 {
		return nil
	}
	var one *happening
	for _, h := range all[max(0, len(all)-lookBack):] {
		if !harmful(h.typ) || r.recalls(h.mentions[0]) {
			continue
		}
		if one != nil {
			return nil
		}
		one = h
	}
	if one == nil || r.conflict(m, one) || !sameKind(m, one) {
		return nil
	}
	return one
}

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
	case harmful(m.typ) && harmful(h.typ):
		// A blast may turn out an accident, and the other way about.
		return m.frame.noun && m.onlyJoin
	}
	return false
}

// conflict reports what keeps a mention and a happening apart.
func (r *reading) conflict(m *mention, h *happening) bool {
	if m.time != nil && h.time != nil && disjoint(*m.time, *h.time) {
		return true
	}
	if m.place != nil && h.place != nil && m.place.party.Entity != h.place.party.Entity && r.apart(*m.place, *h.place) && !slices.ContainsFunc(h.places, func(p placing) bool { return p.party.Entity == m.place.party.Entity }) {
		return true
	}
	if m.typ == h.typ && m.ownMode && h.ownMode && m.mode != h.mode && !compatibleModes(m.mode, h.mode) {
		return true
	}
	if (m.modality == news.Planned) != (h.mentions[0].modality == news.Planned) {
		return true
	}
	if m.status.earlier && m.frame.noun != h.mentions[0].frame.noun {
		return true
	}
	known := r.named
	if known(m.actors) && known(h.actors) && !shared(m.actors, h.actors) && !(m.rule.has(flagMutual) && shared(m.actors, h.objects)) {
		return true
	}
	if known(m.recipients) && known(h.objects) && !shared(m.recipients, h.objects) && (speechType(m.typ) || !m.frame.noun) {
		return true
	}
	return false
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

// announced finds the happening of the body that a headline's mention tells
// of: the first of its type with a party, place or word in common.
func (r *reading) announced(m *mention, all []*happening) *happening {
	if physical(m.typ) {
		// The one of its type that the body reports is the one announced.
		var one *happening
		several := false
		for _, h := range all {
			if h.typ == m.typ && !r.recalls(h.mentions[0]) {
				one, several = h, one != nil
			}
			if several {
				break
			}
		}
		if one != nil && !several && !r.conflict(m, one) {
			return one
		}
	}
	for _, h := range all {
		if !sameKind(m, h) || r.conflict(m, h) {
			continue
		}
		if m.typ == "" {
			return h
		}
		if shared(m.actors, h.actors) || shared(m.recipients, h.objects) || alike(m.recipients, h.objects) || m.place != nil && h.place != nil && m.place.party.Entity == h.place.party.Entity ||
			stem(r.lemma[m.token]) == stem(r.lemma[h.mentions[0].token]) || harmful(m.typ) && h.last <= 3 {
			return h
		}
	}
	return nil
}
