package eval

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/eval/muc4"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

// compareOne compares a slot that has one fill.
func (a *mucAnswer) compareOne(fills []muc4.Fill, slot muc4.Slot) (t mucTally) {
	credit, given := 0.0, true
	switch slot {
	case muc4.Date:
		credit, given = a.dateCredit(fills), a.last != ""
	case muc4.Location:
		credit, given = a.placeCredit(fills), a.country != ""
	case muc4.Type:
		credit = a.typeCredit(fills)
	}
	if len(fills) > 0 && (!fills[0].Optional || given) {
		t.possible = 1
	}
	if given {
		t.actual, t.correct = 1, credit
	}
	return t
}

// typeCredit is half where one of two types is the general one.
func (a *mucAnswer) typeCredit(fills []muc4.Fill) float64 {
	credit := 0.0
	for _, f := range fills {
		switch {
		case f.Is(a.incident):
			return 1
		case f.Is("ATTACK") || a.incident == "ATTACK":
			credit = 0.5
		}
	}
	return credit
}

// dateCredit is whole where the days are the same, and half where the last day
// is, or where two dates with a first and a last day overlap.
func (a *mucAnswer) dateCredit(fills []muc4.Fill) float64 {
	if a.last == "" {
		return 0
	}
	credit := 0.0
	for _, f := range fills {
		for _, v := range f.Values {
			first, last, ok := muc4.Interval(v)
			switch {
			case !ok:
			case first == a.first && last == a.last:
				return 1
			case last == a.last, first != "" && a.first != "" && first <= a.last && a.first <= last:
				credit = 0.5
			}
		}
	}
	return credit
}

// placeCredit is whole where the country is right and the most exact name of
// the key is among the event's, or the key has none and neither has the event;
// half where only the country is right.
func (a *mucAnswer) placeCredit(fills []muc4.Fill) float64 {
	if a.country == "" {
		return 0
	}
	credit := 0.0
	for _, f := range fills {
		for _, v := range f.Values {
			parts := strings.Split(v, ": ")
			if atlas.Fold(parts[0]) != a.country {
				continue
			}
			credit = max(credit, 0.5)
			if len(parts) == 1 {
				if len(a.places) == 0 {
					return 1
				}
				continue
			}
			for _, name := range strings.Split(parts[len(parts)-1], " - ") {
				if slices.Contains(a.places, atlas.Fold(name)) {
					return 1
				}
			}
		}
	}
	return credit
}

// comparePersons pairs the fills of a slot of human targets with what is said
// of the event's persons, first those whose words agree. A right value of
// somebody else is half right, as a wrong cross-reference was in 1992.
func (a *mucAnswer) comparePersons(fills []muc4.Fill, slot muc4.Slot) (t mucTally) {
	type given struct {
		value string
		words []string
		used  bool
	}
	var have []given
	for _, p := range a.persons {
		v := p.number
		if slot == muc4.Effect {
			v = p.effect
		}
		if v != "" {
			have = append(have, given{value: v, words: p.words})
		}
	}
	t.actual = float64(len(have))
	taken := make([]bool, len(fills))
	take := func(i int, credit float64, fits func(given) bool) {
		for j := range have {
			if !taken[i] && !have[j].used && fits(have[j]) {
				taken[i], have[j].used = true, true
				t.correct += credit
			}
		}
	}
	same := func(f muc4.Fill) func(given) bool { return func(g given) bool { return sameFill(f, g.value) } }
	for i, f := range fills {
		take(i, 1, func(g given) bool { return sameFill(f, g.value) && shareWord(f.Words, g.words) })
	}
	for i, f := range fills {
		take(i, 0.5, same(f))
	}
	for i, f := range fills {
		if !f.Optional || taken[i] {
			t.possible++
		}
	}
	return t
}

// sameFill compares values; spaces within numbers mean nothing, and of those
// that say nobody came to harm one may say more than the other.
func sameFill(f muc4.Fill, value string) bool {
	squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	harmless := func(s string) bool { return strings.HasPrefix(s, "NO ") }
	return slices.ContainsFunc(f.Values, func(v string) bool {
		return squeeze(v) == squeeze(value) || harmless(v) && harmless(value)
	})
}

// show writes what an event has for a slot.
func (a *mucAnswer) show(slot muc4.Slot) string {
	switch slot {
	case muc4.Date:
		return a.first + "/" + a.last
	case muc4.Location:
		return quoted(strings.Join(append([]string{a.country}, a.places...), ": "))
	case muc4.Type:
		return a.incident
	}
	var out []string
	for _, p := range a.persons {
		v := p.number
		if slot == muc4.Effect {
			v = p.effect
		}
		if v != "" {
			out = append(out, v+" of "+p.words[0])
		}
	}
	return quoted(strings.Join(out, ", "))
}
