package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Dispute is something on which the sources of one article stand on different
// sides. It shows both; it does not rule.
type Dispute struct {
	About string   // what it is about, in a few words
	Sides []string // ids of the statements, in text order
	Event string   // id of the event, "" where the dispute is not over one
	// OwnVoice is true where the article itself stands on one of the sides.
	OwnVoice bool
}

// Disputed lists what is disputed inside one article: a denial or doubt with
// what it answers, an event that some assert and some deny, and an event for
// which differing figures are given on different words.
func Disputed(r *news.Record) []Dispute {
	x := newIndex(r)
	var out []Dispute
	seen := map[string]bool{} // denials that stand in an event's dispute
	for i := range r.Events {
		v := &r.Events[i]
		var against []string
		for j := range r.Statements {
			s := &r.Statements[j]
			if opposes(s) && slices.Contains(s.Events, v.ID) && !slices.Contains(v.Statements, s.ID) {
				against = append(against, s.ID)
			}
		}
		if len(against) > 0 && (len(v.Statements) > 0 || v.OwnVoice) {
			for _, id := range against {
				seen[id] = true
			}
			sides := append(slices.Clone(v.Statements), against...)
			out = append(out, Dispute{About: eventName(v) + " “" + oneLine(v.Trigger.Text) + "”", Sides: inOrder(r, sides), Event: v.ID, OwnVoice: v.OwnVoice})
		}
		out = append(out, figures(v)...)
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		if seen[s.ID] || !opposes(s) || len(s.Answers) == 0 {
			continue // a denial of what nobody says here has one side only
		}
		var sides []string
		for _, a := range s.Answers {
			if x.statement[a] != nil {
				sides = append(sides, a)
			}
		}
		out = append(out, Dispute{About: against(x, s, sides), Sides: inOrder(r, append(sides, s.ID))})
	}
	return out
}

// against names the two sides of a denial: who denies, and whom it answers.
func against(x index, s *news.Statement, answered []string) string {
	var whom []string
	for _, id := range answered {
		if name := x.speaker(x.statement[id]); !slices.Contains(whom, name) {
			whom = append(whom, name)
		}
	}
	if len(whom) == 0 {
		return x.speaker(s) + " " + verb(s.Act)
	}
	return x.speaker(s) + " " + verb(s.Act) + " what " + strings.Join(whom, ", ") + " said"
}

// opposes reports whether the statement stands against something.
func opposes(s *news.Statement) bool {
	return s.Act == news.Deny || s.Act == news.Doubt || s.Act == news.Retract
}

// figures finds kinds of which one event has exact numbers that cannot both be
// true, given on different words.
func figures(v *news.Event) []Dispute {
	var out []Dispute
	for i, a := range v.Counts {
		for _, b := range v.Counts[i+1:] {
			if a.Kind != b.Kind || a.PartOf != "" || b.PartOf != "" || a.Statement == b.Statement || !apart(a, b) || !ofOne(a, b) {
				continue
			}
			var sides []string
			for _, id := range []news.Optional{a.Statement, b.Statement} {
				if id != "" {
					sides = append(sides, string(id))
				}
			}
			out = append(out, Dispute{About: fmt.Sprintf("%s: %s or %s", a.Kind, number(a), number(b)), Sides: sides, Event: v.ID, OwnVoice: a.Statement == "" || b.Statement == ""})
		}
	}
	return out
}

// ofOne reports whether two counts that differ are counts of the same people. "Four bus
// workers were killed" and "a death toll of eleven" can both be true, and so can "four
// workers" and "two soldiers"; "forty soldiers" and "eleven dead" cannot.
func ofOne(a, b news.Count) bool {
	x, y := group(a.Of), group(b.Of)
	switch {
	case x == y:
		return true
	case x != "" && y != "":
		return false
	case x == "":
		a, b = b, a
	}
	return a.Low != nil && b.High != nil && *a.Low > *b.High
}

// group is the last word of those who are counted, "" where that may be anybody.
func group(of string) string {
	words := strings.Fields(strings.ToLower(of))
	if len(words) == 0 {
		return ""
	}
	w := strings.Trim(words[len(words)-1], ".,;:")
	if anybody[w] {
		return ""
	}
	return strings.TrimSuffix(w, "s")
}

var anybody = map[string]bool{"people": true, "persons": true, "person": true, "others": true, "more": true, "dead": true, "lives": true, "life": true,
	"victims": true, "casualties": true, "deaths": true, "fatalities": true, "bodies": true, "wounded": true, "injured": true, "injuries": true,
	"toll": true, "individuals": true, "residents": true, "missing": true, "killed": true}

// apart reports whether two counts cannot both be true.
func apart(a, b news.Count) bool {
	low, high := func(c news.Count) (int, bool) {
		if c.Low == nil {
			return 0, false
		}
		return *c.Low, true
	}, func(c news.Count) (int, bool) {
		if c.High == nil {
			return 0, false
		}
		return *c.High, true
	}
	if l, ok := low(a); ok {
		if h, ok := high(b); ok && h < l {
			return true
		}
	}
	if l, ok := low(b); ok {
		if h, ok := high(a); ok && h < l {
			return true
		}
	}
	return false
}

// inOrder sorts ids of statements by their place in the record and drops
// doubles.
func inOrder(r *news.Record, ids []string) []string {
	var out []string
	for i := range r.Statements {
		if slices.Contains(ids, r.Statements[i].ID) {
			out = append(out, r.Statements[i].ID)
		}
	}
	return out
}
