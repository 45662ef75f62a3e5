package ledger

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// member is one event of one record, with what tells it from others.
type member struct {
	article *article
	event   *news.Event
	ref     news.EventRef
	at      int // place in the canonical order of all members

	family   string // kinds of happening that may be one: "harm", "accord"
	when     interval
	time     news.EventTime // as the record has it, see spokenOn
	place    *news.Place    // where the event stands on the map; nil where unknown
	spot     string         // folded name of the place
	parties  map[string]bool
	actors   map[string]bool // keys of the cast, of those who have a name
	objects  map[string]bool
	facility map[string]bool // heads of what was hit: "market"
	heading  bool            // told in the headline
	stems    map[string]bool // of its triggers and mentions
	words    map[string]bool // families of those
	counts   map[news.CountKind][]*news.Count
}

// families are the types whose happenings one article may code so and another
// otherwise: a blast is an accident until somebody says that it was none.
var families = map[news.EventType]string{
	news.Protest: "harm", // one that turns violent
	news.Assault: "harm", news.Accident: "harm", news.Disaster: "harm",
	news.Agree: "accord", news.Support: "accord", news.Cooperate: "accord", news.Consult: "accord",
	news.Concede: "yield", news.Retreat: "yield",
}

// members lists the events of all records in canonical order.
func (b *builder) list() {
	for _, a := range b.articles {
		for i := range a.Record.Events {
			if i == maxEvents {
				b.note(a.ID, "only its first 300 events were taken")
				break
			}
			b.members = append(b.members, b.member(a, &a.Record.Events[i]))
		}
	}
	for i, m := range b.members {
		m.at = i
	}
}

func (b *builder) member(a *article, v *news.Event) *member {
	m := &member{
		article: a, event: v, ref: news.EventRef{Article: a.ID, Event: v.ID}, time: spokenOn(a, v),
		parties: map[string]bool{}, actors: map[string]bool{}, objects: map[string]bool{}, facility: map[string]bool{},
		stems: map[string]bool{}, words: map[string]bool{}, counts: map[news.CountKind][]*news.Count{},
	}
	m.when = intervalOf(m.time)
	if m.family = families[v.Type]; m.family == "" {
		m.family = string(v.Type)
	}
	if !m.when.text {
		// What is told has happened by the day of the telling; what is planned
		// has not.
		if m.when.to == unknownDay {
			m.when.to = a.day
		}
		if v.Modality == news.Planned || v.Modality == news.Hypothetical {
			m.when.from, m.when.to = a.day, unknownDay
		}
	}
	for _, p := range v.Actors {
		b.party(m, a, p, m.actors)
	}
	for _, p := range v.Recipients {
		b.party(m, a, p, m.objects)
	}
	// Who blames is the speaker, where the event names no actor.
	if len(v.Actors) == 0 && verbal(v.Type) {
		for i := range a.Record.Statements {
			s := &a.Record.Statements[i]
			if s.Cue != nil && s.Source != nil && s.Cue.Overlaps(v.Trigger) {
				if f := b.cast.of[entityRef{a.at, string(s.Source.Entity)}]; f != nil && !f.generic {
					m.actors[f.key], m.parties[f.key] = true, true
				}
			}
		}
	}
	if p := v.Place; p != nil {
		m.spot = strings.Join(tokens(strings.TrimPrefix(fold(p.Text), "the ")), " ")
		if e := a.entity[string(p.Entity)]; e != nil {
			if name, named := nameOf(e); named {
				m.spot = name
			}
			m.place = e.Place
		}
		b.facilities(m, p.Text)
	}
	for _, block := range a.Record.Article.Blocks {
		m.heading = m.heading || block.Kind == news.BlockTitle && block.Contains(v.Trigger.Start)
	}
	m.word(v.Trigger.Text)
	const beside = 24 // bytes after the trigger: "fired the shells"
	for _, t := range tokens(a.text(v.Trigger.End, v.Trigger.End+beside)) {
		if f := table.family[stem(t)]; f != "" {
			m.words[f] = true
		}
	}
	for _, s := range v.Mentions {
		m.word(s.Text)
	}
	for i := range v.Counts {
		c := &v.Counts[i]
		if !c.PartOf.Known() {
			m.counts[c.Kind] = append(m.counts[c.Kind], c)
		}
	}
	return m
}

func (b *builder) party(m *member, a *article, p news.Party, to map[string]bool) {
	b.facilities(m, p.Text)
	f := b.cast.of[entityRef{a.at, string(p.Entity)}]
	if f == nil {
		return
	}
	if !f.generic && f.kind != news.PlaceEntity && f.kind != news.Facility {
		to[f.key], m.parties[f.key] = true, true
	}
	b.facilities(m, f.name)
}

// facilities notes the kind of thing that a phrase names: "a Durban market".
func (b *builder) facilities(m *member, phrase string) {
	for _, w := range tokens(phrase) {
		if table.in("facility", w) {
			m.facility[w] = true
		} else if s := strings.TrimSuffix(w, "s"); table.in("facility", s) {
			m.facility[s] = true
		}
	}
}

func (m *member) word(s string) {
	for _, t := range tokens(s) {
		if table.in("stop", t) {
			continue
		}
		st := stem(t)
		m.stems[st] = true
		if f := table.family[st]; f != "" {
			m.words[f] = true
		}
	}
}

// spokenOn is the time of an event. A day that stands beside the saying and not
// in what is said is that of the saying: "Police confirmed on Saturday that the
// group had kidnapped him". It bounds the event and does not date it.
func spokenOn(a *article, v *news.Event) news.EventTime {
	t := v.Time
	if t.Basis != news.TimeFromText || t.Evidence == nil {
		return t
	}
	for i := range a.Record.Statements {
		s := &a.Record.Statements[i]
		said, dated := false, false
		for _, c := range s.Content {
			said = said || c.Contains(v.Trigger)
			dated = dated || c.Overlaps(*t.Evidence)
		}
		if said && !dated && s.Cue != nil && a.sentence(s.Cue.Start) == a.sentence(t.Evidence.Start) {
			return news.EventTime{Latest: t.Latest, Precision: news.PrecisionUnknown, Basis: news.TimeFromPublished}
		}
	}
	return t
}

// onlyEffect: "26 people had been wounded", with neither day nor place of its
// own, is the outcome of something that the article tells.
func (m *member) onlyEffect() bool {
	if m.family != "harm" || m.when.text || m.place != nil || m.spot != "" || len(m.stems) == 0 {
		return false
	}
	for s := range m.stems {
		if !table.in("effect", s) {
			return false
		}
	}
	return true
}

// version: told only on somebody's word, denied or alleged, or so barely that
// nothing tells it from another happening of the article.
func (m *member) version() bool {
	if m.family != "harm" || m.when.text {
		return false
	}
	if m.event.Modality == news.Denied || m.event.Modality == news.Alleged {
		return true
	}
	return m.place == nil && m.spot == "" && len(m.facility) == 0 && len(m.counts) == 0 && len(m.event.Recipients) == 0
}

// accountOf: "the Cloud Rifles said that they had shot down the plane" is
// another account of how a plane crashed: somebody's word, on a thing that the
// telling of the other has named.
func (m *member) accountOf(o *member) bool {
	if m.family != "harm" || o.family != "harm" || m.event.Type == o.event.Type || m.event.OwnVoice && m.event.Modality == news.Occurred {
		return false
	}
	sentence := o.article.sentence(o.event.Trigger.Start)
	text := padded(o.article.text(sentence.Start, sentence.End))
	for _, p := range m.event.Recipients {
		words := tokens(p.Text)
		if len(words) == 2 && words[0] == "the" && strings.Contains(text, " "+words[1]+" ") {
			return true
		}
	}
	return false
}

// verbal: what happens by speaking.
func verbal(t news.EventType) bool {
	switch t {
	case news.AccuseEv, news.Reject, news.Request, news.Threat, news.Agree, news.Consult, news.Support, news.Concede:
		return true
	}
	return false
}

// rank orders members by how much they tell: those that are dated and placed
// come first, and what is vague is then held against them.
func (m *member) rank() int {
	r := 0
	if m.when.precise {
		r += 3
	} else if m.when.text {
		r++
	}
	if m.place != nil {
		switch m.place.Precision {
		case news.PrecisionCity, news.PrecisionSite:
			r += 2
		case news.PrecisionAdmin1, news.PrecisionAdmin2:
			r++
		}
	}
	if len(m.parties) > 0 {
		r++
	}
	if len(m.counts) > 0 {
		r++
	}
	if !m.event.Background {
		r++
	}
	return r
}
