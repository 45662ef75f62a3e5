package what

import (
	"slices"
	"strings"
)

// Example is the sentence of a user's rule, which the rule should code.
type Example struct {
	Position
	Sentence string
	Type     string // "" where it should be no event
	Mode     string
}

// UserExamples are the examples of the users' rules, in the order of the files.
func (c *Coder) UserExamples() []Example {
	var all []Example
	for _, table := range []map[string][]*rule{c.verbs, c.nouns} {
		for _, rules := range table {
			for _, r := range rules {
				f := r.fired()
				if x := (Example{r.at, r.example, f.Type, f.Mode}); r.users && !slices.Contains(all, x) {
					all = append(all, x)
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b Example) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return a.Line - b.Line
	})
	return all
}

// Check says what is wrong where the rule of an example did not code its
// sentence, by the trace of reading it; "" where all is right.
func (x Example) Check(t *Trace) string {
	if t == nil {
		return "the sentence does not seem to be English"
	}
	other := "no word of it is a trigger of the rule"
	for _, tr := range t.Triggers {
		if tr.Rule == nil || tr.Rule.Position != x.Position {
			if tr.Rule != nil && tr.Outcome == Coded {
				other = "“" + tr.Span.Text + "” is coded by " + tr.Rule.String()
			}
			continue
		}
		switch {
		case x.Type == "" || tr.Outcome == Coded && tr.Type == x.Type && (x.Mode == "" || tr.Mode == x.Mode):
			return ""
		case tr.Outcome == Coded:
			other = "it is coded " + strings.TrimSpace(tr.Type+" "+tr.Mode)
		case len(tr.Reasons) > 0:
			other = "the rule holds, but there is no event: " + strings.Join(tr.Reasons, "; ")
		default:
			other = "the rule holds, but there is no event of its own"
		}
	}
	return other
}
