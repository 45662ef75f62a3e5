package what

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// threatens turns a hostile act that its doer says will or would come into the
// threat that it is: "we will strike if …", "the army would not hesitate to
// bomb the camps". The act itself is then not coded.
func (r *reading) threatens(m *mention) bool {
	switch m.typ {
	case news.Assault, news.Coerce, news.Sanction, news.Mobilize:
	case news.Protest:
		// A march that is announced is a plan, a boycott a threat.
		if m.mode != "boycott" && m.mode != "obstruct" {
			return false
		}
	default:
		return false
	}
	st := m.status
	if m.effect && !st.unstarted || m.frame.noun && !m.frame.carried {
		return false
	}
	switch {
	case st.unstarted:
		if !r.hesitates(m) && !r.saidByDoer(m) && !r.anySubjectNamed(m) {
			return false
		}
	case st.future && (!st.unreal || st.would) && m.frame.verb >= 0 && !r.negated(m.frame.verb):
		if !r.saidByDoer(m) {
			return false
		}
		// A measure that is announced with its day is a plan, not a threat.
		if m.typ != news.Assault && m.typ != news.Protest && !r.conditional(m) {
			return false
		}
	default:
		return false
	}
	mode := map[news.EventType]string{news.Assault: "violence", news.Coerce: "restrict", news.Sanction: "restrict", news.Protest: "restrict", news.Mobilize: "violence"}[m.typ]
	if m.typ == news.Coerce && m.mode == "arrest" {
		mode = "arrest"
	}
	if m.typ == news.Sanction && m.mode == "expel" {
		mode = "expel"
	}
	m.typ, m.mode, m.ownMode = news.Threat, mode, true
	m.status, m.modality = stated, news.Occurred
	r.threatSpans(m)
	return true
}

// threatSpans makes the threatened act the trigger ("conduct strikes") and the
// words before it that threaten ("would not hesitate") a mention.
func (r *reading) threatSpans(m *mention) {
	doc := r.doc
	v := m.frame.verb
	if v < 0 {
		return
	}
	if m.frame.noun && v < m.token && m.token-v <= 6 {
		m.span = doc.Span(v, m.token+1)
	}
	if h := doc.Tokens[v].Head; h >= 0 && r.lemma[h] == "hesitate" {
		from := h
		for _, c := range doc.Children(h) {
			if c < from && h-c <= 3 && (doc.Tokens[c].Deprel == "aux" || doc.Tokens[c].Deprel == "advmod") {
				from = c
			}
		}
		m.also = append(m.also, doc.Span(from, h+1))
	}
}

// hesitates reports whether the act hangs on "not hesitate".
func (r *reading) hesitates(m *mention) bool {
	h := -1
	if m.frame.verb >= 0 {
		h = r.doc.Tokens[m.frame.verb].Head
	}
	return h >= 0 && r.lemma[h] == "hesitate"
}

func (r *reading) anySubjectNamed(m *mention) bool {
	for _, h := range m.frame.subj {
		if r.goesByName(r.entity(h)) {
			return true
		}
	}
	return false
}

// saidByDoer reports whether the one who would do it says so: the subject is
// "we" or "I" in somebody's words, or the source or the source's country.
func (r *reading) saidByDoer(m *mention) bool {
	for _, s := range m.spoken {
		st := r.statements[s]
		if st.Act == news.Threaten {
			return true
		}
		for _, h := range m.frame.subj {
			switch r.lemma[h] {
			case "we", "i":
				return true
			}
			if r.possessedBySpeaker(h) {
				return true // "said his men would not leave"
			}
			subject := r.entity(h)
			if r.lemma[h] == "they" && r.speaksForMany(st, subject) {
				return true // "The chairman said they would not end the strike"
			}
			if st.Source != nil && st.Source.Phrase != nil && r.doc.Tokens[h].UPOS == "PRON" && strings.EqualFold(r.doc.Tokens[h].Form, st.Source.Phrase.Text) {
				return true // "He said he would not sign", whoever he is
			}
			if subject == nil || st.Source == nil {
				continue
			}
			if news.Optional(subject.ID) == st.Source.Entity {
				return true
			}
			source := r.byID(st.Source.Entity)
			if source != nil && subject.Country.Known() && source.Country == subject.Country && classOf(subject.Type)&(classCountry|classOrganisation) != 0 {
				return true
			}
		}
	}
	return false
}

// speaksForMany reports whether a "they" in somebody's words can be those for
// whom the speaker speaks: it stands for nobody else that goes by a name.
func (r *reading) speaksForMany(st news.Statement, they *news.Entity) bool {
	source := (*news.Entity)(nil)
	if st.Source != nil {
		source = r.byID(st.Source.Entity)
	}
	if source == nil || they == nil || they.ID == source.ID || !r.goesByName(they) {
		return source != nil
	}
	return st.Source.Phrase != nil && strings.Contains(st.Source.Phrase.Text, they.Name) // "CDU's chairman", of the CDU
}

// possessedBySpeaker reports whether a subject is the forces or the body of the
// one who speaks: "said his country would not lift the ban".
func (r *reading) possessedBySpeaker(h int) bool {
	l := r.lemma[h]
	if l != "man" && !r.c.classes["armed"][l] && !r.c.classes["troops"][l] && !r.c.classes["body"][l] {
		return false
	}
	for _, c := range r.doc.Children(h) {
		if t := r.doc.Tokens[c]; t.Deprel == "nmod:poss" && t.XPOS == "PRP$" {
			return true
		}
	}
	return false
}

// conditional reports whether a clause hangs on an "if" or "unless".
func (r *reading) conditional(m *mention) bool {
	s := r.doc.Sentences[m.sentence]
	for i := s.From; i < s.To; i++ {
		if l := r.lemma[i]; (l == "if" || l == "unless") && r.doc.Tokens[i].Deprel == "mark" {
			return true
		}
	}
	return false
}

func (r *reading) byID(id news.Optional) *news.Entity {
	if e, ok := r.ids[string(id)]; ok {
		return &r.cast.Entities[e]
	}
	return nil
}
