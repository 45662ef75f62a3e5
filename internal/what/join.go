package what

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
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
	told := slices.ContainsFunc(mentions, func(m *mention) bool { return harmful(m.typ) && !m.onlyJoin })
	for _, m := range mentions {
		if m.heading {
			continue
		}
		if h := r.match(m, all); h != nil {
			r.trace.joined(r, m, h)
			h.add(m)
		} else if r.alone(m, told) {
			m.typ = r.causeOf(m)
			all = append(all, newHappening(m))
			told = true
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
			r.trace.joined(r, m, h)
			h.add(m)
		} else if h := r.match(m, announced); h != nil {
			r.trace.joined(r, m, h)
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
		if m.claimed() && !h.mentions[0].claimed() {
			break // who is accused of it did not do it on the article's word
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
	told := map[news.CountKind]bool{}
	for _, c := range h.counts {
		told[c.kind] = told[c.kind] || c.partOf == nil
	}
	for _, c := range m.counts {
		if m.heading && told[c.kind] {
			continue // "kills dozens" repeats the body's number without its hedge
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
	lead := 0
	for lead < len(all) && lead < lookBack && !harmful(all[lead].typ) {
		lead++
	}
	sole := lead < len(all) && harmful(all[lead].typ)
	for i := lead + 1; i < min(len(all), lead+lookBack) && sole; i++ {
		sole = !harmful(all[i].typ)
	}
	var best *happening
	bestScore := 0
	for i := len(all) - 1; i >= 0 && i >= len(all)-lookBack; i-- {
		h := all[i]
		score := r.likeness(m, h)
		// Most articles have one happening that they are about.
		if i == lead && score == 2 && harmful(m.typ) && m.ownMode && m.mode == h.mode && m.place == nil && m.sentence-h.last <= 6 {
			score++
		}
		// The only one there is, though it was told as what somebody is held for.
		if sole && i == lead && score > 0 && harmful(m.typ) && m.status.presumed && r.recalls(h.mentions[0]) && m.place == nil && m.time == nil {
			score += 3
		}
		// "the attack" is the one that the article opened with, unless what was
		// told last goes by that word.
		if i == lead && r.general(m) && score >= 3 && m.sentence-h.mentions[0].sentence <= 12 && !r.recalls(h.mentions[0]) {
			score += 2
		}
		if score >= 3 && score > bestScore {
			best, bestScore = h, score
		}
	}
	return best
}

// general reports whether a mention is a definite noun for any violence.
func (r *reading) general(m *mention) bool {
	if !m.frame.noun || m.typ != news.Assault || !r.definite(m.token) || m.place != nil || m.time != nil || len(m.recipients) > 0 {
		return false
	}
	switch r.lemma[m.token] {
	case "attack", "assault", "violence", "bloodshed", "atrocity", "massacre", "killing":
		return true
	}
	return false
}

// only finds what a mere number of victims belongs to, however far back, where
// the article tells of no more than one happening that had any.
func (r *reading) only(m *mention, all []*happening) *happening {
	if !m.effect || m.place != nil || m.time != nil || len(m.actors) > 0 {
		return nil
	}
	var one, recalled *happening
	several := false
	for _, h := range all[max(0, len(all)-lookBack):] {
		if !harmful(h.typ) {
			continue
		}
		if r.recalls(h.mentions[0]) {
			several = recalled != nil
			recalled = h
			continue
		}
		if one != nil {
			return nil
		}
		one = h
	}
	if one == nil && !several {
		one = recalled // "arrested over the bombing … said that 14 had died"
	}
	if one == nil || r.conflict(m, one) || !sameKind(m, one) {
		return nil
	}
	return one
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
