package ledger

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// derive makes the toll of one kind from its figures and tells each figure's
// fate. The rule is that of docs/decisions/0008-figures.md:
//
//  1. A part of a larger count is never the toll, and nothing is summed.
//  2. Of two numbers that one source gives in one article, the first is taken.
//     Within one source (those who speak for one body) the later figure takes the
//     place of the earlier.
//  3. Where an official figure stands, unnamed ones are outweighed.
//  4. A later figure that is higher takes the place of an earlier one of another
//     source, unless its standing is lower: a toll that rises is an update. Of
//     the missing any later figure does. Crowds do not grow: there it does not.
//  5. What then stands is the toll: its common ground where all can be true at
//     once, else the range from the lowest to the highest, with no best value.
func derive(kind news.CountKind, all []*entry) news.Toll {
	var live []*entry
	for _, e := range all {
		if e.Kind != kind {
			continue
		}
		e.Fate, e.Why = news.FateStands, ""
		if e.Part {
			e.Fate, e.Why = news.FatePart, "part of a larger count"
			continue
		}
		live = append(live, e)
	}
	live = unclear(live)
	given := len(live)
	t := news.Toll{Kind: kind, Figures: []string{}, Differences: differences(kind, live)}
	withinSources(live)
	live = standing(live)
	outweigh(live)
	live = standing(live)
	acrossSources(kind, live)
	live = standing(live)
	t.Low, t.Best, t.High, t.Rule = together(live)
	if given > compared {
		t.Rule += fmt.Sprintf("; of %d figures only the latest %d were looked through for differences", given, compared)
	}
	for _, e := range live {
		t.Figures = append(t.Figures, e.ID)
		e.Why = "stands"
	}
	return t
}

// unclear sets aside numbers that a source gives in one article beside another
// that cannot be true with them: which of them is of this event, the record does
// not tell. The first in the text is kept.
func unclear(live []*entry) []*entry {
	of := map[string][]*entry{}
	for _, e := range live {
		of[e.Article] = append(of[e.Article], e)
	}
	for _, e := range live {
		for _, o := range of[e.Article] {
			if o != e && o.Fate == news.FateStands && o.day == e.day && o.offset < e.offset && o.speaker.side == e.speaker.side && cannotBoth(o, e) {
				e.Fate, e.Why = news.FateUnclear, "the same source gives "+o.number()+" in the same article"
			}
		}
	}
	return standing(live)
}

func standing(in []*entry) []*entry {
	var out []*entry
	for _, e := range in {
		if e.Fate == news.FateStands {
			out = append(out, e)
		}
	}
	return out
}

// withinSources: the figures come in order of time, and one that only recalls
// what its source had said ("police had put the number at three") is no news.
func withinSources(live []*entry) {
	last := map[string]*entry{}
	for _, e := range live {
		prev := last[e.speaker.side]
		switch {
		case prev == nil:
			last[e.speaker.side] = e
			continue
		case sameNumber(prev, e) && prev.Qualifier == e.Qualifier:
			prev.Fate, prev.Why = news.FateRepeated, "given again by "+e.who()
		case above(prev, e):
			prev.Fate, prev.Why = news.FateCorrected, fmt.Sprintf("lowered to %s by %s", e.number(), e.who())
		default:
			prev.Fate, prev.Why = news.FateUpdated, fmt.Sprintf("now %s by %s", e.number(), e.who())
		}
		last[e.speaker.side] = e
	}
}

func outweigh(live []*entry) {
	var official *entry
	for _, e := range live {
		if e.Standing == news.StandingOfficial {
			official = e
		}
	}
	if official == nil {
		return
	}
	for _, e := range live {
		if e.Standing == news.StandingUnnamed {
			e.Fate, e.Why = news.FateOutweighed, "unnamed; an official figure stands: "+official.number()+" by "+official.who()
		}
	}
}

func acrossSources(kind news.CountKind, live []*entry) {
	if kind == news.Participants {
		return
	}
	for i, e := range live {
		for j := len(live) - 1; j > i; j-- {
			later := live[j]
			if later.day <= e.day || e.day == unknownDay || weight(later) < weight(e) {
				continue
			}
			if kind == news.Missing || !above(e, later) && central(later) >= central(e) {
				e.Fate, e.Why = news.FateUpdated, fmt.Sprintf("now %s by %s", later.number(), later.who())
				break
			}
		}
	}
}

// weight of a standing. Officials and others with a name weigh the same here:
// one does not rule over the other.
func weight(e *entry) int {
	if e.Standing == news.StandingUnnamed {
		return 0
	}
	return 1
}

// together is the toll of the figures that stand.
func together(live []*entry) (low, best, high *int, rule string) {
	if len(live) == 0 {
		return nil, nil, nil, "only parts of a count are given"
	}
	var names []string
	const shown = 8 // of the figures that stand
	for i, e := range live {
		if i == shown {
			names = append(names, fmt.Sprintf("%d more", len(live)-shown))
			break
		}
		names = append(names, fmt.Sprintf("%s (%s)", e.number(), e.who()))
	}
	first := live[len(live)-1]
	if len(live) == 1 {
		return first.Low, first.Best, first.High, "the latest figure: " + names[0]
	}
	agree := true
	for i, e := range live {
		for _, o := range live[i+1:] {
			agree = agree && !cannotBoth(e, o)
		}
	}
	if agree {
		for _, e := range live {
			if e.Low != nil && (low == nil || *e.Low > *low) {
				low = e.Low
			}
			if e.High != nil && (high == nil || *e.High < *high) {
				high = e.High
			}
		}
		// The best is that of the narrowest figure, the latest among equals.
		narrow := math.MaxInt
		for _, e := range live {
			if w := width(e); e.Best != nil && w <= narrow {
				narrow, best = w, e.Best
			}
		}
		return low, best, high, "the common ground of " + strings.Join(names, " and ")
	}
	lowest, highest := math.MaxInt, math.MinInt
	for _, e := range live {
		lo, hi := bounds(e)
		lowest, highest = min(lowest, lo), max(highest, hi)
	}
	return &lowest, nil, &highest, "sources differ: " + strings.Join(names, " against ")
}

// width tells an exact number from a hedged one.
func width(e *entry) int {
	switch {
	case e.Low != nil && e.High != nil:
		return *e.High - *e.Low
	case e.Qualifier == news.Around:
		return 1 << 20
	}
	return 1 << 21
}

// bounds are the ends that a figure gives to a range; where it leaves one open,
// the number that it names.
func bounds(e *entry) (int, int) {
	lo, hi := central(e), central(e)
	if e.Low != nil {
		lo = *e.Low
	}
	if e.High != nil {
		hi = *e.High
	}
	return lo, hi
}

// central is the number that a figure names.
func central(e *entry) int {
	for _, p := range []*int{e.Best, e.Low, e.High} {
		if p != nil {
			return *p
		}
	}
	return 0
}

// reach is what a figure allows: its bounds, open ends infinite, "about" a tenth
// to each side.
func reach(e *entry) (float64, float64) {
	lo, hi := math.Inf(-1), math.Inf(1)
	if e.Low != nil {
		lo = float64(*e.Low)
	}
	if e.High != nil {
		hi = float64(*e.High)
	}
	if e.Qualifier == news.Around && e.Best != nil {
		b := float64(*e.Best)
		lo, hi = b-max(1, b/10), b+max(1, b/10)
	}
	return lo, hi
}

// cannotBoth reports whether two figures cannot both be true.
func cannotBoth(a, b *entry) bool { return above(a, b) || above(b, a) }

// above reports whether all that a allows is more than b allows.
func above(a, b *entry) bool {
	lo, _ := reach(a)
	_, hi := reach(b)
	return lo > hi
}

// aftermath is for how many days after a figure a lower one of another source
// contradicts it.
const aftermath = 30

// compared bounds how many figures of one kind are held against each other: the
// latest.
const compared = 300

// differences are pairs of figures that cannot both be true and of which neither
// is an update of the other: given on one day, or the later one lower, by
// sources that do not speak for one body. An article's own voice contradicts
// nobody; it mostly tells what the toll was when it was printed.
func differences(kind news.CountKind, live []*entry) [][2]string {
	out := [][2]string{}
	live = live[max(0, len(live)-compared):]
	for i, e := range live {
		for _, o := range live[i+1:] {
			if e.speaker.side == o.speaker.side || e.Source.Own || o.Source.Own || !cannotBoth(e, o) {
				continue
			}
			sameDay := e.day == o.day
			falls := o.day > e.day && o.day-e.day <= aftermath && above(e, o) && kind != news.Missing
			crowd := kind == news.Participants
			if (sameDay || falls || crowd) && !replaced(live, e, o) {
				out = append(out, [2]string{e.ID, o.ID})
			}
		}
	}
	return out
}

// replaced: the source of the earlier figure had already given another by the
// day of the later one, and that one can be true beside it.
func replaced(live []*entry, e, o *entry) bool {
	return slices.ContainsFunc(live, func(x *entry) bool {
		return x != e && x.speaker.side == e.speaker.side && x.day >= e.day && x.day <= o.day && (x.day > e.day || x.at > e.at) && !cannotBoth(x, o)
	})
}
