package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// Names says under which id each of some things made anew goes on: that of the
// thing before with which it has the most parts in common; "" where there is
// none left. before has the parts of each thing by its id, after those of each
// thing made anew. Every id is given once.
func Names(before map[string][]string, after [][]string) []string {
	holder := map[string][]string{} // part → ids
	for id, parts := range before {
		for _, p := range parts {
			holder[p] = append(holder[p], id)
		}
	}
	type pair struct {
		id    string
		at, n int
	}
	var pairs []pair
	for i, parts := range after {
		n := map[string]int{}
		for _, p := range parts {
			for _, id := range holder[p] {
				n[id]++
			}
		}
		for id, n := range n {
			pairs = append(pairs, pair{id, i, n})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.id, b.id), cmp.Compare(a.at, b.at))
	})
	out := make([]string, len(after))
	given := map[string]bool{}
	for _, p := range pairs {
		if out[p.at] == "" && !given[p.id] {
			out[p.at], given[p.id] = p.id, true
		}
	}
	return out
}

// Fresh makes an id that was never given: the one wanted, or one made of it.
func Fresh(want string, taken func(id string) bool) string {
	id := want
	for n := 1; taken(id); n++ {
		id = ident(want[:1], want, fmt.Sprint(n))
	}
	return id
}

// Keep gives the events and claims of a state the ids that those of the state
// before had, where they are the same by what they are made of. taken reports
// ids that were given to something else.
func Keep(before, after *State, taken func(id string) bool) {
	rename := func(was, is map[string]object, ids []string) map[string]string {
		parts := map[string][]string{}
		for id, o := range was {
			parts[id] = o.made
		}
		made := make([][]string, len(ids))
		for i, id := range ids {
			made[i] = is[id].made
		}
		to := map[string]string{}
		given := map[string]bool{}
		kept := Names(parts, made)
		for _, id := range kept {
			given[id] = true
		}
		for i, id := range ids {
			if kept[i] == "" {
				kept[i] = Fresh(id, func(id string) bool { _, there := was[id]; return there || given[id] || taken(id) })
				given[kept[i]] = true
			}
			to[id] = kept[i]
		}
		return to
	}
	var events, claims []string
	for i := range after.Events {
		events = append(events, after.Events[i].ID)
	}
	for i := range after.Claims {
		claims = append(claims, after.Claims[i].ID)
	}
	event := rename(eventObjects(before), eventObjects(after), events)
	claim := rename(claimObjects(before), claimObjects(after), claims)
	for i := range after.Events {
		v := &after.Events[i]
		v.ID = event[v.ID]
		for j := range v.Figures {
			v.Figures[j].Event = v.ID
		}
		for j, id := range v.Claims {
			v.Claims[j] = claim[id]
		}
	}
	for i := range after.Claims {
		c := &after.Claims[i]
		c.ID = claim[c.ID]
		if to, ok := event[string(c.Event)]; ok {
			c.Event = news.Optional(to)
		}
		for j := range c.Stances {
			c.Stances[j].Claim = c.ID
		}
	}
}
