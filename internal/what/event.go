package what

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/onrecord/onrecord/internal/news"
)

// events makes the record's events of the happenings and links statements.
func (r *reading) events(all []*happening) []news.Event {
	r.dateAfter(all)
	var out []news.Event
	nextCount := 1
	for _, h := range all {
		r.trace.on(h.mentions[0].token)
		e := r.event(h, "v"+strconv.Itoa(len(out)+1), &nextCount)
		r.link(h, &e)
		out = append(out, e)
	}
	r.trace.settled(r, all, out)
	return out
}

// dateAfter gives what followed a dated happening its first possible day:
// "Hours after the blast, police raided two flats."
func (r *reading) dateAfter(all []*happening) {
	at := map[int]*happening{}
	for _, h := range all {
		for _, m := range h.mentions {
			at[m.token] = h
		}
	}
	for _, h := range all {
		if h.time == nil && r.published != "" {
			h.time = r.timeAfter(h, at)
		}
	}
}

// timeAfter looks in the sentences of a happening for the dated one that it
// followed.
func (r *reading) timeAfter(h *happening, at map[int]*happening) *news.EventTime {
	for _, m := range h.mentions[:min(len(h.mentions), 4)] {
		s := r.doc.Sentences[m.sentence]
		for i := s.From; i < s.To; i++ {
			t := r.doc.Tokens[i]
			if t.Deprel != "case" || t.Head <= i || r.lemma[i] != "after" && r.lemma[i] != "following" && r.lemma[i] != "follow" {
				continue
			}
			before := at[t.Head]
			if before == nil || before == h || before.time == nil || before.time.Precision != news.PrecisionDay || string(before.time.Earliest) > r.published {
				continue
			}
			span := r.doc.Span(i, t.Head+1)
			return &news.EventTime{Earliest: before.time.Earliest, Latest: news.Optional(r.published), Precision: news.PrecisionRange, Basis: news.TimeFromText, Evidence: &span}
		}
	}
	return nil
}

func (r *reading) event(h *happening, id string, nextCount *int) news.Event {
	first := h.mentions[0]
	e := news.Event{
		ID:         id,
		Type:       first.label(),
		Mode:       news.Optional(h.mode),
		Trigger:    first.span,
		Mentions:   r.mentionSpans(h),
		Actors:     orEmpty(h.actors),
		Recipients: orEmpty(h.objects),
		Places:     []news.Party{},
		Time:       r.eventTime(h),
		Modality:   r.modality(h),
		Background: r.recalled(h),
		Statements: []string{},
	}
	if _, ok := r.c.book[key{e.Type, h.mode}]; !ok {
		e.Mode = "" // of a mention that is not of the user's type
	}
	e.Quad, e.Intensity = r.c.book.score(e.Type, string(e.Mode))
	h.preferTown()
	if h.place != nil {
		p := h.place.party
		e.Place = &p
		for _, o := range h.places {
			if o.party.Entity != p.Entity && !slices.ContainsFunc(e.Places, func(q news.Party) bool { return q.Entity == o.party.Entity }) {
				e.Places = append(e.Places, o.party)
			}
		}
	}
	e.Contexts = r.contexts(h)
	e.Counts = r.eventCounts(h, nextCount)
	e.Confidence = r.confidence(h, &e)
	return e
}

// preferTown takes the town for the place of what was done to a site: the
// mosque that is bombed is the one acted on.
func (h *happening) preferTown() {
	if h.place == nil {
		return
	}
	hit := slices.ContainsFunc(h.objects, func(p news.Party) bool { return p.Entity == h.place.party.Entity })
	if !hit {
		return
	}
	for i, p := range h.places {
		if p.rank >= 2 {
			h.places[i], h.place = *h.place, &placing{p.party, p.rank}
			return
		}
	}
}

func orEmpty(p []news.Party) []news.Party {
	if p == nil {
		return []news.Party{}
	}
	return p
}

// mentionSpans are the words beside the trigger that tell of a happening, in
// text order.
func (r *reading) mentionSpans(h *happening) []news.Span {
	var all []news.Span
	for n, m := range h.mentions {
		if n > 0 {
			all = append(all, m.span)
		}
		all = append(all, m.also...)
	}
	slices.SortStableFunc(all, func(a, b news.Span) int { return a.Start - b.Start })
	spans := []news.Span{}
	for _, s := range all {
		if s.Overlaps(h.mentions[0].span) || len(spans) > 0 && spans[len(spans)-1].Overlaps(s) {
			continue
		}
		spans = append(spans, s)
	}
	return spans
}

// eventTime is the happening's own date, else the publication day as the last
// it can have been.
func (r *reading) eventTime(h *happening) news.EventTime {
	if h.time != nil {
		return *h.time
	}
	return news.EventTime{
		Latest:    news.Optional(r.published),
		Precision: news.PrecisionUnknown,
		Basis:     news.TimeFromPublished,
	}
}

// contexts tags a happening by the words of the sentences that tell of it.
func (r *reading) contexts(h *happening) []string {
	var words []string
	last := -1
	for _, m := range h.mentions[:min(len(h.mentions), 4)] {
		if m.sentence == last {
			continue
		}
		last = m.sentence
		s := r.doc.Sentences[m.sentence]
		for i := max(s.From, m.token-25); i < min(s.To, m.token+25); i++ {
			if r.otherSense(i) {
				continue
			}
			words = append(words, r.lemma[i])
			if i+1 < s.To {
				words = append(words, r.lemma[i]+"-"+r.lemma[i+1])
			}
		}
	}
	return r.c.contexts.tag(h.typ, h.mentions[0].label(), words)
}

// otherSense tells words of the context lists that stand for something else
// here: the banks of a river, tear gas, a petrol station.
func (r *reading) otherSense(i int) bool {
	before, after := "", ""
	if i > 0 {
		before = r.lemma[i-1]
	}
	if i+1 < len(r.lemma) {
		after = r.lemma[i+1]
	}
	switch r.lemma[i] {
	case "bank":
		return before == "its" || before == "river" || before == "west" || before == "West" || before == "it"
	case "gas":
		return before == "tear" || after == "station" || after == "mask" || after == "canister" || after == "cylinder"
	}
	return false
}

// eventCounts turns the happening's counts into the record's.
func (r *reading) eventCounts(h *happening, next *int) []news.Count {
	out := []news.Count{}
	ids := map[*count]string{}
	for _, c := range h.counts {
		if c.kind == "" || !bears(h.typ, c.kind) && h.typ != news.Retreat {
			continue
		}
		n := news.Count{
			ID:        fmt.Sprintf("c%d", *next),
			Kind:      c.kind,
			Low:       c.quantity.low,
			Best:      c.quantity.best,
			High:      c.quantity.high,
			Qualifier: c.quantity.qualifier,
			Of:        c.of,
			Span:      c.span,
		}
		*next++
		ids[c] = n.ID
		if c.partOf != nil {
			n.PartOf = news.Optional(ids[c.partOf])
		}
		if hold := r.statementsAt(c.span); len(hold) > 0 {
			n.Statement = news.Optional(r.statements[hold[len(hold)-1]].ID)
		}
		out = append(out, n)
	}
	return out
}

// link lists the statements that speak of a happening: those that assert it in
// the event, all of them in their own Events.
func (r *reading) link(h *happening, e *news.Event) {
	var asserting []int
	for _, m := range h.mentions {
		spans := append([]news.Span{m.span}, m.also...)
		for _, span := range spans {
			hold := slices.DeleteFunc(r.statementsAt(span), func(s int) bool { return !r.claims(r.statements[s], m.token) })
			if len(hold) == 0 {
				e.OwnVoice = true
				continue
			}
			for _, s := range hold {
				if !slices.Contains(r.statements[s].Events, e.ID) {
					r.statements[s].Events = append(r.statements[s].Events, e.ID)
				}
			}
			inner := hold[len(hold)-1]
			st := r.statements[inner]
			if st.Act != news.Deny && st.Act != news.Doubt && st.Act != news.Ask && st.Polarity != news.Negative && !slices.Contains(asserting, inner) {
				asserting = append(asserting, inner)
			}
		}
	}
	slices.Sort(asserting)
	for _, s := range asserting {
		e.Statements = append(e.Statements, r.statements[s].ID)
	}
}

// confidence is how surely an event is one and is coded right: more mentions,
// and more that is known of it, make it surer.
func (r *reading) confidence(h *happening, e *news.Event) float64 {
	c := 0.5
	if len(h.mentions) > 1 {
		c += 0.1
	}
	if len(e.Actors) > 0 {
		c += 0.1
	}
	if len(e.Recipients) > 0 {
		c += 0.05
	}
	if e.Place != nil {
		c += 0.05
	}
	if h.time != nil {
		c += 0.1
	}
	if len(e.Counts) > 0 {
		c += 0.1
	}
	if e.OwnVoice {
		c += 0.05
	}
	if h.mentions[0].rule.has(flagWeak) {
		c -= 0.1
	}
	if e.Modality != news.Occurred && e.Modality != news.Ongoing {
		c -= 0.1
	}
	return max(0.05, min(0.95, float64(int(c*100+0.5))/100))
}
