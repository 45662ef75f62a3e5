package what

import (
	"github.com/onrecord/onrecord/internal/news"
)

// cooperative tells the types that a party may be willing to do.
func cooperative(t news.EventType) bool {
	switch t {
	case news.Consult, news.Support, news.Cooperate, news.Aid, news.Agree, news.Retreat, news.Concede:
		return true
	}
	return false
}

// willNot reports whether a party says, or is said, not to be going to do what
// a verb names: "we will not release them", "the court will not hear the case".
func (r *reading) willNot(f *frame) bool {
	v := f.verb
	if v < 0 || f.noun && !f.carried || len(f.subj) == 0 || !r.negated(v) {
		return false
	}
	tn := r.tenseOf(v)
	return tn == future || tn == would
}

// refuses turns what its doer says will not be done into a refusal: "we will
// not release the prisoners".
func (r *reading) refuses(m *mention) bool {
	refusal := m.rule.has(flagRefusal)
	if !refusal && (!cooperative(m.typ) || !r.willNot(m.frame)) {
		return false
	}
	if len(m.spoken) > 0 && !r.saidByDoer(m) || len(m.spoken) == 0 && (r.conditional(m) || !r.partyActs(m)) {
		return false
	}
	if !refusal {
		mode := ""
		switch m.typ {
		case news.Consult:
			mode = "meet"
		case news.Aid, news.Cooperate:
			mode = "assist"
		case news.Retreat, news.Concede:
			mode = "yield"
		}
		m.typ, m.mode, m.ownMode = news.Reject, mode, mode != ""
	}
	m.status, m.modality = stated, news.Occurred
	return true
}

// partyActs reports whether a party is among those who act.
func (r *reading) partyActs(m *mention) bool {
	for _, h := range m.frame.subj {
		if e := r.entity(h); e != nil && classOf(e.Type)&classParty != 0 || r.isParticipant(h) {
			return true
		}
	}
	return false
}
