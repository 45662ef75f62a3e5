package what

import (
	"slices"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// harmful tells the types that people are killed, hurt or driven out by.
func harmful(t news.EventType) bool {
	return t == news.Assault || t == news.Accident || t == news.Disaster
}

// bears reports whether an event of a type can have a count of a kind.
func bears(t news.EventType, kind news.CountKind) bool {
	switch kind {
	case news.Arrested:
		return t == news.Coerce
	case news.Abducted:
		return t == news.Assault
	case news.Participants:
		return t == news.Protest
	case news.Killed, news.Injured:
		return harmful(t) || t == news.Protest
	}
	return harmful(t)
}

// placeCounts lays each count to the mention that it belongs to and merges
// mentions of mere harm ("killing 36") with what did it ("struck the mosque").
// Counts with nothing to bear them in their sentence become mentions that can
// only join a happening told before.
func (r *reading) placeCounts(mentions []*mention, counts []*count) []*mention {
	bySentence := map[int][]*mention{}
	for _, m := range mentions {
		bySentence[m.sentence] = append(bySentence[m.sentence], m)
	}
	absorbed := map[*mention]*mention{}
	for _, m := range mentions {
		if !m.effect {
			continue
		}
		kind := r.c.counts.object[r.lemma[m.token]]
		if kind == "" {
			kind = r.c.counts.subject[r.lemma[m.token]]
		}
		if kind == "" {
			kind = news.Killed
		}
		if b := r.bearer(m.token, kind, bySentence[m.sentence]); b != nil {
			absorbed[m] = b
			b.absorb(m)
			r.trace.absorbed(r, m, b)
		}
	}
	// A second verb of harm belongs to the first: "killing 36 and injuring 169".
	for _, m := range mentions {
		if !m.effect || absorbed[m] != nil {
			continue
		}
		for _, o := range bySentence[m.sentence] {
			if o == m {
				break
			}
			if o.effect && absorbed[o] == nil && o.typ == m.typ && !r.separate(o, m) {
				absorbed[m] = o
				o.absorb(m)
				r.trace.absorbed(r, m, o)
				break
			}
		}
	}
	var added []*mention
	loose := map[int]*mention{}
	for _, c := range counts {
		if c.kind == "" {
			if r.participants(c, bySentence[c.sentence]); c.kind == "" && r.crowd(c) {
				r.joinCrowd(c, bySentence)
			}
			continue
		}
		if c.kind == news.Participants && r.trigger[c.anchor] < 0 {
			r.joinCrowd(c, bySentence)
			continue
		}
		if r.supposed(c.anchor) || r.overYears(c.anchor) || c.kind == news.Arrested && r.trigger[c.anchor] < 0 && r.isTrigger(c.anchor) {
			continue // no arrest is told of: "moved in to arrest a man"
		}
		var to *mention
		if n := r.trigger[c.anchor]; n >= 0 {
			to = mentions[n]
			if b := absorbed[to]; b != nil {
				to = b
			}
			if !bears(to.typ, c.kind) {
				to = nil
			}
		}
		if to == nil {
			to = r.bearer(c.anchor, c.kind, bySentence[c.sentence])
			for absorbed[to] != nil {
				to = absorbed[to]
			}
		}
		if to == nil && c.kind != news.Participants {
			to = loose[c.sentence]
			if to == nil {
				to = r.looseMention(c)
				loose[c.sentence] = to
				added = append(added, to)
			}
		}
		if to != nil {
			to.counts = append(to.counts, c)
			if to.typ != "" && (to.typ != news.Assault || !to.rule.has(flagSwap)) && !c.quantity.zero && !to.status.unreal && !to.status.habitual {
				to.onlyJoin = false // what has victims took place
			}
		}
	}
	kept := slices.DeleteFunc(mentions, func(m *mention) bool { return absorbed[m] != nil })
	kept = append(kept, added...)
	slices.SortStableFunc(kept, func(a, b *mention) int { return a.token - b.token })
	return kept
}

// isTrigger reports whether a word is a trigger of the tables at all.
func (r *reading) isTrigger(i int) bool {
	return r.c.verbs[r.lemma[i]] != nil || r.c.nouns[r.lemma[i]] != nil
}

// supposed reports whether a word stands in a clause of what would, could or
// will be: "the toll could reach a thousand".
func (r *reading) supposed(i int) bool {
	for steps := 0; i >= 0 && steps < 4; steps++ {
		switch r.tenseOf(i) {
		case would, possible, future, modal:
			return true
		case past, perfect, pastPerfect, progressive:
			if r.doc.Tokens[i].UPOS == "VERB" {
				return false
			}
		}
		i = r.doc.Tokens[i].Head
	}
	return false
}

// absorb takes over what a mention of harm tells.
func (m *mention) absorb(harm *mention) {
	m.also = append(m.also, harm.span)
	m.also = append(m.also, harm.also...)
	m.counts = append(m.counts, harm.counts...)
	if harmful(m.typ) && len(m.recipients) == 0 {
		m.recipients = harm.recipients
	}
	if m.typ == news.Assault && len(m.actors) == 0 {
		for _, p := range harm.actors {
			if !p.Overlaps(m.span) {
				m.actors = append(m.actors, p)
			}
		}
	}
	if m.place == nil {
		m.place, m.places = harm.place, harm.places
	}
	if m.time == nil {
		m.time = harm.time
	}
	m.onlyJoin = m.onlyJoin && harm.onlyJoin
}

// separate reports whether two verbs of harm in a sentence tell of different
// happenings: each has a place or a date of its own.
func (r *reading) separate(a, b *mention) bool {
	if a.place != nil && b.place != nil && a.place.party.Entity != b.place.party.Entity {
		return true
	}
	return a.time != nil && b.time != nil && disjoint(*a.time, *b.time)
}

// bearer finds the mention in a sentence that the word at anchor, which says
// what happened to somebody, belongs to: its subject ("the blast killed"), its
// setting ("died in the blast", "died when a bus crashed"), what it follows
// ("struck the mosque, killing"), else the only one there is.
func (r *reading) bearer(anchor int, kind news.CountKind, here []*mention) *mention {
	var best *mention
	bestScore := 0
	for _, m := range here {
		if m.effect || m.token == anchor || !bears(m.typ, kind) || m.typ == "" {
			continue
		}
		if m.modality == news.Planned || m.modality == news.Hypothetical {
			continue
		}
		if r.dayApart(anchor, m.token) {
			continue
		}
		score := r.bond(anchor, m)
		if score > bestScore {
			best, bestScore = m, score
		}
	}
	return best
}

// bond says how closely a mention is tied to a word of harm; 0 for not at all.
func (r *reading) bond(anchor int, m *mention) int {
	doc := r.doc
	points := []int{m.token}
	if m.frame.carrier >= 0 {
		points = append(points, m.frame.carrier)
	}
	for _, at := range points {
		for steps, k := 0, at; k >= 0 && steps < maxClimb; steps, k = steps+1, doc.Tokens[k].Head {
			if k == anchor {
				return 100 - steps // below the word of harm
			}
			if nlp.IsRel(doc.Tokens[k].Deprel, "conj") {
				break // "killing nine and taking two hostages"
			}
		}
		for steps, k := 0, anchor; k >= 0 && steps < maxClimb; steps, k = steps+1, doc.Tokens[k].Head {
			if k == at {
				return 90 - steps // above it
			}
			if nlp.IsRel(doc.Tokens[k].Deprel, "ccomp") {
				break
			}
		}
	}
	// Beside it: clauses of one sentence, the nearer the better.
	distance := anchor - m.token
	if distance < 0 {
		distance = -distance
	}
	if distance > 40 {
		return 0
	}
	return 50 - distance
}

// looseMention makes a mention of a count that nothing in its sentence bears:
// "The death toll rose to 41."
func (r *reading) looseMention(c *count) *mention {
	m := &mention{token: c.anchor, sentence: c.sentence, span: r.doc.Span(c.anchor, c.anchor+1), frame: &frame{trigger: c.anchor, verb: -1, carrier: -1, parent: -1},
		rule: looseRule, status: stated, modality: news.Occurred, onlyJoin: true, effect: true,
		heading: r.heading[r.doc.Sentences[c.sentence].Block]}
	m.spoken = r.statementsAt(m.span)
	if c.kind == news.Arrested {
		m.typ = news.Coerce
	}
	return m
}

// looseRule stands for a word of harm that is no trigger.
var looseRule = &rule{flags: flagGeneric | flagEffect}

// crowd reports whether a bare number is that of a crowd: "put the turnout at
// 12,000", "the organisers' count, 40,000".
func (r *reading) crowd(c *count) bool {
	if c.head >= c.quantity.to && !r.isPersonNoun(c.head) && r.lemma[c.head] != "people" && r.lemma[c.head] != "person" {
		return false
	}
	if best := c.quantity.low; c.quantity.one || c.quantity.zero || best != nil && *best < 10 {
		return false
	}
	from := r.doc.Sentences[c.sentence].From
	for i := c.quantity.from - 1; i >= from && i > c.quantity.from-7; i-- {
		switch r.lemma[i] {
		case "crowd", "turnout", "attendance", "count":
			return true
		case ";", "and", "while":
			return false
		}
	}
	return false
}

// crowdReach is how many sentences after a protest its numbers are still told.
const crowdReach = 6

// joinCrowd lays the number of a crowd to the protest told last.
func (r *reading) joinCrowd(c *count, bySentence map[int][]*mention) {
	for s := c.sentence; s >= 0 && s >= c.sentence-crowdReach; s-- {
		for k := len(bySentence[s]) - 1; k >= 0; k-- {
			m := bySentence[s][k]
			if m.typ != news.Protest || m.modality != news.Occurred && m.modality != news.Ongoing {
				continue
			}
			c.kind = news.Participants
			m.counts = append(m.counts, c)
			return
		}
	}
}

// participants takes a number of people for those who take part in a protest:
// its subject, or a crowd beside it.
func (r *reading) participants(c *count, here []*mention) {
	for _, m := range here {
		if m.typ != news.Protest || m.modality == news.Alleged || m.modality == news.Denied {
			continue
		}
		in := slices.Contains(m.frame.subj, c.head)
		for _, h := range m.frame.subj {
			if h >= c.quantity.from && h < c.end {
				in = true
			}
		}
		if !in {
			switch r.lemma[c.head] {
			case "protester", "protestor", "demonstrator", "marcher", "striker", "picketer":
				in = true
			case "people", "person", "worker", "student", "resident", "supporter", "farmer", "woman", "nurse", "teacher", "activist":
				h := r.doc.Tokens[c.head].Head
				if h >= 0 {
					switch r.lemma[h] {
					case "crowd", "gather", "join", "attend", "draw", "attract", "turn", "take", "fill", "pour", "assemble", "participate", "march", "converge", "chant":
						in = true
					}
				}
			}
		}
		if in {
			c.kind = news.Participants
			m.counts = append(m.counts, c)
			return
		}
	}
}
