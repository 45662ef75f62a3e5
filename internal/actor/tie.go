package actor

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// tie is a pair of personas that are like enough to be one.
type tie struct {
	a, b    int
	score   int
	reasons []string
}

// neighbours is with how many others that have something in common with it one
// is compared, for each thing: somebody who is in ten thousand stories is not
// compared with all of them.
const neighbours = 8

// ties lists the pairs among some personas that are like enough, the likest
// first.
func ties(all []*persona, among []int) []tie {
	holders := map[string][]int{}
	for _, i := range among {
		for _, k := range all[i].keys() {
			holders[k] = append(holders[k], i)
		}
	}
	seen := map[[2]int]bool{}
	var out []tie
	try := func(a, b int) {
		if a == b || seen[[2]int{a, b}] {
			return
		}
		seen[[2]int{a, b}] = true
		if score, reasons := compare(all[a], all[b]); score >= least {
			out = append(out, tie{a, b, score, reasons})
		}
	}
	for _, list := range holders {
		for n, a := range list {
			for _, b := range list[n+1 : min(len(list), n+1+neighbours)] {
				try(a, b)
			}
		}
	}
	slices.SortFunc(out, func(x, y tie) int { return cmp.Or(y.score-x.score, x.a-y.a, x.b-y.b) })
	return out
}

// keys are what personas that may be one have in common.
func (p *persona) keys() []string {
	keys := []string{"name " + fold(p.lead.Name)}
	for r := range p.roles {
		keys = append(keys, "role "+r)
	}
	for m := range p.mates {
		keys = append(keys, "mate "+m)
	}
	for id := range p.ids {
		keys = append(keys, id)
	}
	for _, x := range p.profiles {
		for _, n := range x.Names {
			if acronym(n) {
				keys = append(keys, "short "+n)
			}
		}
	}
	return keys
}

// compare weighs whether two personas of one block are one. A score below zero
// is a veto.
func compare(p, q *persona) (score int, reasons []string) {
	add := func(n int, why string) { score += n; reasons = append(reasons, fmt.Sprintf("%s (%+d)", why, n)) }
	if p.country.Known() && q.country.Known() && p.country != q.country || differ(p.ids, q.ids) || !sameSort(p.lead.Type, q.lead.Type) {
		return -1, nil
	}
	short := false
	if !compatible(p.lead, q.lead) {
		if !defined(p, q) {
			return -1, nil
		}
		short = true
	}
	for id := range p.ids {
		if q.ids[id] {
			add(5, "the same number in a register")
			break
		}
	}
	switch t := p.lead.Type; {
	case t == news.Country:
		add(3, "the same country")
	case short:
		add(2, "an article has the name and its short form")
	case t == news.Person:
		add(1, "the same full name")
	case t == news.PlaceEntity || t == news.Facility:
		add(1, "the same name")
		if p.lead.Place != nil && q.lead.Place != nil && p.lead.Place.Admin1.Known() && p.lead.Place.Admin1 == q.lead.Place.Admin1 {
			add(2, "the same province")
		}
	case len(strings.Fields(fold(p.lead.Name))) > 1:
		add(2, "the same name of several words")
	default:
		add(0, "the same name of one word")
	}
	if p.country.Known() && p.country == q.country {
		add(1, "the same country")
	}
	if titles, whole := commonRoles(p, q); whole {
		add(3, "the same office")
	} else if titles {
		add(1, "the same title")
	}
	if p.country.Known() && p.country == q.country && common(p.sectors, q.sectors) > 0 { // every state has a ministry of health
		add(1, "the same sector")
	}
	if n := common(p.mates, q.mates); n > 1 {
		add(3, "the same company")
	} else if n == 1 {
		add(2, "one in whose company both are named")
	}
	return score, reasons
}

// defined: one is an acronym, and an article of the other says what it stands
// for.
func defined(p, q *persona) bool {
	for _, x := range p.profiles {
		for _, y := range q.profiles {
			if defines(x, y) || defines(y, x) {
				return true
			}
		}
	}
	return false
}

// commonRoles: whole is set where the title and what it is of are the same.
func commonRoles(p, q *persona) (titles, whole bool) {
	for r := range p.roles {
		title, of, _ := strings.Cut(r, "\x00")
		if q.roles[r] && of != "" {
			return true, true
		}
		for o := range q.roles {
			t, _, _ := strings.Cut(o, "\x00")
			titles = titles || t == title
		}
	}
	return titles, false
}

func common(a, b map[string]bool) (n int) {
	for x := range a {
		if b[x] {
			n++
		}
	}
	return n
}

// whole is a group as one persona.
func whole(g *group) *persona {
	w := &persona{lead: g.personas[0].lead, countries: map[news.Optional]bool{}, ids: map[string]bool{}, sectors: map[string]bool{}, roles: map[string]bool{}, mates: map[string]bool{}, first: g.personas[0].first}
	for _, p := range g.personas {
		if cmp.Or(len(p.lead.Name)-len(w.lead.Name), compareRefs(w.lead.Ref(), p.lead.Ref())) > 0 {
			w.lead = p.lead
		}
		for _, m := range p.profiles {
			w.add(m)
		}
	}
	return w
}

// best is the one among some groups that a persona is most like; nil where none
// is like enough, or two are equally so.
func best(p *persona, groups []*group, wholes []*persona) (*group, news.ActorJoin) {
	var to *group
	var most tie
	even := false
	for i, g := range groups {
		score, reasons := compare(wholes[i], p)
		switch {
		case score < least:
		case score > most.score:
			to, most, even = g, tie{score: score, reasons: reasons, a: i}, false
		case score == most.score:
			even = true
		}
	}
	if to == nil || even {
		return nil, news.ActorJoin{}
	}
	return to, news.ActorJoin{Member: p.first, To: wholes[most.a].first, Reasons: most.reasons}
}
