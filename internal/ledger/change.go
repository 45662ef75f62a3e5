package ledger

import (
	"reflect"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Changes lists what is different in the later of two states: what is new, what
// has other values, what is now part of another, and what is gone. The list is
// in the order of ids, events first.
func Changes(before, after *State) []news.Change {
	var out []news.Change
	out = append(out, compareObjects("event", eventObjects(before), eventObjects(after))...)
	return append(out, compareObjects("claim", claimObjects(before), claimObjects(after))...)
}

// Tombstones are what stands for the ids that a list of changes did away with.
func Tombstones(changes []news.Change) []news.Tombstone {
	var out []news.Tombstone
	for _, c := range changes {
		if c.Kind == news.ChangeMerged || c.Kind == news.ChangeDeleted {
			out = append(out, news.Tombstone{ID: c.ID, MergedInto: c.Into})
		}
	}
	return out
}

// object is an event or claim: its fields for comparison, and what it is made
// of, by which it is known again.
type object struct {
	value reflect.Value
	made  []string
}

func eventObjects(s *State) map[string]object {
	out := map[string]object{}
	if s == nil {
		return out
	}
	for i := range s.Events {
		o := object{value: reflect.ValueOf(s.Events[i])}
		for _, m := range s.Events[i].Members {
			o.made = append(o.made, m.Article+"\x00"+m.Event)
		}
		out[s.Events[i].ID] = o
	}
	return out
}

func claimObjects(s *State) map[string]object {
	out := map[string]object{}
	if s == nil {
		return out
	}
	for i := range s.Claims {
		o := object{value: reflect.ValueOf(s.Claims[i])}
		for _, st := range s.Claims[i].Stances {
			o.made = append(o.made, st.ID)
		}
		out[s.Claims[i].ID] = o
	}
	return out
}

func compareObjects(kind string, before, after map[string]object) []news.Change {
	holder := map[string]string{} // part → id of what holds it now
	ids := map[string]bool{}
	for id, o := range after {
		ids[id] = true
		for _, m := range o.made {
			holder[m] = id
		}
	}
	for id := range before {
		ids[id] = true
	}
	var out []news.Change
	for id := range ids {
		b, was := before[id]
		a, is := after[id]
		c := news.Change{Object: kind, ID: id, Fields: []string{}}
		switch {
		case !was:
			c.Kind = news.ChangeCreated
		case is:
			if c.Fields = differing(b.value, a.value); len(c.Fields) == 0 {
				continue
			}
			c.Kind = news.ChangeUpdated
		default:
			c.Kind = news.ChangeDeleted
			if into := mostOf(b.made, holder); into != "" {
				c.Kind, c.Into = news.ChangeMerged, news.Optional(into)
			}
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y news.Change) int { return strings.Compare(x.ID, y.ID) })
	return out
}

// mostOf is where most of the parts are now; "" where none is anywhere.
func mostOf(made []string, holder map[string]string) string {
	votes, best := map[string]int{}, ""
	for _, m := range made {
		if id := holder[m]; id != "" {
			votes[id]++
		}
	}
	for id, n := range votes {
		if best == "" || n > votes[best] || n == votes[best] && id < best {
			best = id
		}
	}
	return best
}

// Differing names the fields, as JSON has them, in which two values of one type
// differ.
func Differing[T any](a, b T) []string { return differing(reflect.ValueOf(a), reflect.ValueOf(b)) }

// differing names the fields that differ, as JSON has them.
func differing(a, b reflect.Value) []string {
	out := []string{}
	for i := range a.NumField() {
		if !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			out = append(out, a.Type().Field(i).Tag.Get("json"))
		}
	}
	return out
}
