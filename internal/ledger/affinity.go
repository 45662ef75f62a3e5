package ledger

import (
	"fmt"
	"math"

	"github.com/onrecord/onrecord/internal/news"
)

// threshold is the score from which two events of records are held to be one.
const threshold = 5.0

// affinity is how surely two events of records are one happening, with the
// reasons; vetoed says that they cannot be.
type affinity struct {
	score   float64
	reasons []reason
	vetoed  bool
}

type reason struct {
	weight float64
	text   string
}

func (f *affinity) add(weight float64, text string) {
	f.score += weight
	f.reasons = append(f.reasons, reason{weight, text})
}

// explain writes the reasons, each with its weight.
func (f *affinity) explain() []string {
	out := make([]string, 0, len(f.reasons))
	for _, r := range f.reasons {
		if r.weight == 0 {
			out = append(out, r.text)
		} else {
			out = append(out, fmt.Sprintf("%s (%+g)", r.text, r.weight))
		}
	}
	return out
}

var veto = affinity{vetoed: true}

// compare weighs two events of records against each other. The weights are set
// by hand; each reason that is found is kept with the join.
func compare(a, b *member) affinity {
	var f affinity
	if a.family != b.family || modesApart(a, b) && (a.family != "harm" || a.event.Type == news.Protest) {
		return veto
	}
	if pa, pb := a.event.Type == news.Protest, b.event.Type == news.Protest; pa != pb && !unrest(a, b) {
		return veto
	}
	if !f.times(a, b) || !f.places(a, b) {
		return veto
	}
	if a.event.Type == b.event.Type {
		f.add(2, "same type")
	} else {
		f.add(0.5, "types that one happening may have")
	}
	switch ma, mb := a.event.Mode, b.event.Mode; {
	case ma.Known() && ma == mb:
		f.add(1.5, "same mode")
	case modesApart(a, b):
		f.add(-1.5, "different modes")
	}
	switch sa, sb := a.article.Story, b.article.Story; {
	case sa == "" || sb == "":
	case sa == sb:
		f.add(2, "same story")
	default:
		f.add(-2, "different stories")
	}
	f.parties(a, b)
	f.counts(a, b)
	f.words(a, b)
	if a.event.Background != b.event.Background && !a.when.precise && !b.when.precise {
		f.add(-1.5, "one is only recalled")
	}
	switch {
	case a.onlyEffect() != b.onlyEffect():
		f.add(1, "one tells only what it did")
	case a.article != b.article:
	case a.accountOf(b) || b.accountOf(a):
		f.add(2.5, "another account of it in the same article")
	case a.heading != b.heading:
		f.add(-1.5, "in the headline of the same article")
	case a.version() || b.version():
		f.add(-1.5, "another account, perhaps, in the same article")
	default:
		f.add(-5, "told apart in one article")
	}
	if a.article != b.article && a.article.Origin == b.article.Origin && a.event.Trigger.Text == b.event.Trigger.Text && a.event.Type == b.event.Type {
		f.add(6, "same words in copies of one text")
	}
	if (a.family != "harm" || a.event.Type == news.Protest && b.event.Type == news.Protest) && !f.bound(a, b) {
		return veto
	}
	return f
}

// bound: two agreements or two accusations are one only where they have a party
// in common, or a place and a day.
func (f *affinity) bound(a, b *member) bool {
	if a.article.Origin == b.article.Origin && a.article != b.article && a.event.Trigger.Text == b.event.Trigger.Text {
		return true
	}
	if a.event.Type == news.AccuseEv || a.event.Type == news.Request || a.event.Type == news.Threat || a.event.Type == news.Reject {
		// Who speaks must be the same where both name somebody.
		if len(a.actors) > 0 && len(b.actors) > 0 && shared(a.actors, b.actors) == 0 {
			return false
		}
		return shared(a.parties, b.parties) > 0
	}
	if shared(a.parties, b.parties) > 0 {
		return true
	}
	if done, plan := a.event.Modality, b.event.Modality; (done == news.Planned) != (plan == news.Planned) && a.event.Mode.Known() && a.event.Mode == b.event.Mode &&
		a.article.Story != "" && a.article.Story == b.article.Story {
		f.add(1, "announced, then done")
		return true
	}
	sameDay := a.when.precise && b.when.precise && a.when.apart(b.when) == 0
	samePlace := a.spot != "" && a.spot == b.spot || samePosition(a.place, b.place)
	return samePlace && a.when.apart(b.when) == 0 || sameDay && shared(a.stems, b.stems) > 0 ||
		a.article.Story != "" && a.article.Story == b.article.Story && (shared(a.stems, b.stems) > 0 || shared(a.words, b.words) > 0) && a.when.apart(b.when) == 0
}

// unrest: a protest and an attack are one happening where the protest was a riot
// or its crowd is what was attacked, or where only the outcome is told.
func unrest(a, b *member) bool {
	for _, m := range []*member{a, b} {
		switch m.event.Mode {
		case "riot", "crowd-control":
			return true
		}
		if m.event.Type != news.Protest && (m.onlyEffect() || m.words["protest"]) {
			return true
		}
	}
	return false
}

func modesApart(a, b *member) bool {
	ma, mb := a.event.Mode, b.event.Mode
	if !ma.Known() || !mb.Known() || ma == mb {
		return false
	}
	for _, wide := range []news.Optional{"destroy", "targeted", "suicide-attack", "riot", "crowd-control"} {
		if ma == wide || mb == wide {
			return false // by whatever means
		}
	}
	return true
}

// times compares when; false where the two cannot be one.
func (f *affinity) times(a, b *member) bool {
	gap := a.when.apart(b.when)
	switch {
	case gap > 1 || gap == 1 && a.family != "harm":
		return false
	case gap == 1 && a.when.precise && b.when.precise:
		f.add(0.5, "a day apart")
	case a.when.precise && b.when.precise:
		f.add(3, "same day")
	case a.when.text && b.when.text:
		f.add(1.5, "dates that meet")
	case a.when.text || b.when.text:
		dated, loose := a, b
		if b.when.text {
			dated, loose = b, a
		}
		switch d := loose.when.to - dated.when.to; {
		case loose.when.to == unknownDay || dated.when.to == unknownDay:
		case d <= 3:
			f.add(1, "reported within three days of it")
		case d <= 60:
			f.add(0.5, "reported within two months of it")
		case d > 365:
			f.add(-1, "reported more than a year after it")
		}
	case a.when.to != unknownDay && b.when.to != unknownDay:
		if d := a.when.to - b.when.to; d >= -2 && d <= 2 {
			f.add(0.5, "reported within two days")
		}
	}
	return true
}

// places compares where; false where the two cannot be one.
func (f *affinity) places(a, b *member) bool {
	pa, pb := a.place, b.place
	if pa == nil || pb == nil {
		if a.spot != "" && a.spot == b.spot {
			f.add(2, "same place by name")
		}
		return true
	}
	if pa.Country.Known() && pb.Country.Known() && pa.Country != pb.Country {
		return false
	}
	town := func(p *news.Place) bool {
		return p.Precision == news.PrecisionCity || p.Precision == news.PrecisionSite
	}
	switch d := distance(pa, pb); {
	case town(pa) && town(pb):
		switch {
		case d <= 15:
			f.add(2.5, "same town")
		case d <= 30:
			f.add(0.5, "towns near each other")
		default:
			return false
		}
	case pa.Admin1.Known() && pa.Admin1 == pb.Admin1:
		f.add(1, "same province")
	case pa.Admin1.Known() && pb.Admin1.Known():
		f.add(-1.5, "different provinces")
	case pa.Country.Known() && pa.Country == pb.Country:
		f.add(0.5, "same country")
	case d > 500:
		return false
	}
	return true
}

func samePosition(a, b *news.Place) bool {
	return a != nil && b != nil && a.Precision != news.PrecisionCountry && b.Precision != news.PrecisionCountry && distance(a, b) <= 15
}

// distance is that of two places, in kilometres (haversine).
func distance(a, b *news.Place) float64 {
	const radius, degree = 6371.0, math.Pi / 180
	h := square(math.Sin((b.Lat-a.Lat)*degree/2)) + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*square(math.Sin((b.Lon-a.Lon)*degree/2))
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}

func square(x float64) float64 { return x * x }

func (f *affinity) parties(a, b *member) {
	if n := shared(a.actors, b.actors); n > 0 {
		f.add(2, "same actor")
	} else if len(a.actors) > 0 && len(b.actors) > 0 && a.event.Modality != news.Denied && b.event.Modality != news.Denied {
		f.add(-1, "different actors")
	}
	if shared(a.objects, b.objects) > 0 {
		f.add(2, "same party on the other side")
	}
	if n := shared(a.facility, b.facility); n > 0 {
		f.add(1.5, "same kind of place or thing hit")
	} else if len(a.facility) > 0 && len(b.facility) > 0 {
		f.add(-2, "different things hit")
	}
}

func (f *affinity) words(a, b *member) {
	switch {
	case shared(a.words, b.words) > 0:
		f.add(1.5, "words for one kind of happening")
	case shared(a.stems, b.stems) > 0:
		f.add(1, "same word")
	case len(a.words) > 0 && len(b.words) > 0 && a.event.Type == b.event.Type && !a.words["killing"] && !b.words["killing"]:
		f.add(-1.5, "words for different kinds of happening")
	}
}

// counts compares the numbers: the same exact one speaks for one happening; one
// that is many times the other speaks against it.
func (f *affinity) counts(a, b *member) {
	for _, kind := range []news.CountKind{news.Killed, news.Injured, news.Abducted, news.Arrested, news.Missing, news.Participants} {
		for _, x := range a.counts[kind] {
			for _, y := range b.counts[kind] {
				if middle(x) >= 2 && middle(x) == middle(y) {
					f.add(1.5, "the same number "+string(kind))
					return
				}
			}
		}
	}
	for _, x := range a.counts[news.Killed] {
		for _, y := range b.counts[news.Killed] {
			m, n := float64(middle(x)), float64(middle(y))
			if m > 0 && n > 0 && max(m, n)/min(m, n) > 8 && max(m, n) >= 20 {
				f.add(-1.5, "tolls far apart")
				return
			}
		}
	}
}

// middle is the number that stands for a count; −1 where it has none.
func middle(c *news.Count) int {
	for _, p := range []*int{c.Best, c.Low, c.High} {
		if p != nil {
			return *p
		}
	}
	return -1
}
