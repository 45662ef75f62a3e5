package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of events.
const (
	mEvent      = "events: found"
	mEventType  = "events: found with the right type"
	mMode       = "events: mode"
	mActor      = "events: actor"
	mRecipient  = "events: recipient"
	mPlace      = "events: place"
	mEventDate  = "events: date"
	mCount      = "events: counts"
	mModality   = "events: modality"
	mBackground = "events: background"
)

// scoreEvents matches the events of the record with those of the gold, one to
// one, right types first, by overlap of a trigger or mention.
func (d *GoldDoc) scoreEvents(s *Scores, rec *news.Record) {
	if d.Events == nil {
		return
	}
	var pairs []pair
	given, want := len(rec.Events), 0
	for i, g := range d.Events {
		if g.Optional {
			continue
		}
		want++
		for j, e := range rec.Events {
			if score := matchEvent(g, e); score > 0 {
				pairs = append(pairs, pair{i, j, score})
			}
		}
	}
	pairs = assign(pairs)
	foundGold, foundGot := map[int]bool{}, map[int]bool{}
	byID := entities(rec)
	typed := 0
	for _, p := range pairs {
		foundGold[p.gold], foundGot[p.got] = true, true
		g, e := d.Events[p.gold], rec.Events[p.got]
		if rightType(g, e) {
			typed++
		}
		d.judgeEvent(s, g, e, byID)
	}
	for j, e := range rec.Events {
		if foundGot[j] {
			continue
		}
		if slices.ContainsFunc(d.Events, func(g GoldEvent) bool { return g.Optional && matchEvent(g, e) > 0 }) {
			given--
			continue
		}
		s.Findings = append(s.Findings, Finding{d.File, d.line(e.Trigger.Start), FalseAlarm, mEvent, "",
			fmt.Sprintf("%s %s %s in %s", e.Type, quoted(e.Trigger.Text), e.Modality, d.around(news.Range{Start: e.Trigger.Start, End: e.Trigger.End}))})
	}
	for i, g := range d.Events {
		if !g.Optional && !foundGold[i] {
			s.Findings = append(s.Findings, Finding{d.File, d.line(g.Trigger.Start), Miss, mEvent,
				fmt.Sprintf("%s %s in %s", g.Type, quoted(d.slice(g.Trigger)), d.around(g.Trigger)), ""})
		}
	}
	s.add(mEvent, F1, len(pairs), want, given)
	s.add(mEventType, F1, typed, want, given)
}

// matchEvent is 0 where nothing overlaps; a right type weighs most, then the
// overlap of the triggers themselves.
func matchEvent(g GoldEvent, e news.Event) float64 {
	touch := func(a news.Range, b news.Span) bool { return a.Start < b.End && b.Start < a.End }
	score := 0.0
	for _, m := range append([]news.Range{g.Trigger}, g.Mentions...) {
		for _, n := range append([]news.Span{e.Trigger}, e.Mentions...) {
			if touch(m, n) {
				score = 1
			}
		}
	}
	if score == 0 {
		return 0
	}
	if touch(g.Trigger, e.Trigger) {
		score++
	}
	if rightType(g, e) {
		score += 2
	}
	return score
}

func rightType(g GoldEvent, e news.Event) bool {
	return e.Type == g.Type || slices.Contains(g.TypeOK, e.Type)
}

// judgeEvent scores the attributes that the gold event has.
func (d *GoldDoc) judgeEvent(s *Scores, g GoldEvent, e news.Event, byID map[news.Optional]*news.Entity) {
	judge := func(metric string, right bool, gold, got string) {
		s.judge(metric, Accuracy, right)
		if !right {
			s.Findings = append(s.Findings, Finding{d.File, d.line(g.Trigger.Start), Wrong, metric, gold,
				fmt.Sprintf("%s in %s %s", got, g.Type, quoted(d.slice(g.Trigger)))})
		}
	}
	if !rightType(g, e) {
		s.Findings = append(s.Findings, Finding{d.File, d.line(g.Trigger.Start), Wrong, mEventType, string(g.Type),
			fmt.Sprintf("%s in %s", e.Type, quoted(e.Trigger.Text))})
	}
	if g.Mode != "" {
		judge(mMode, string(e.Mode) == g.Mode, g.Mode, string(e.Mode))
	}
	if len(g.Actor) > 0 {
		names := parties(e.Actors, byID)
		judge(mActor, anySame(names, slices.Concat(g.Actor, g.ActorOK)), quoted(strings.Join(g.Actor, "/")), quoted(words(e.Actors)))
	}
	if len(g.Recipient) > 0 {
		names := parties(e.Recipients, byID)
		judge(mRecipient, anySame(names, slices.Concat(g.Recipient, g.RecipientOK)), quoted(strings.Join(g.Recipient, "/")), quoted(words(e.Recipients)))
	}
	if g.Place != "" {
		var have []news.Party
		if e.Place != nil {
			have = append(have, *e.Place)
		}
		right := slices.Concat(strings.Split(g.Place, ";"), g.PlaceOK)
		judge(mPlace, anySame(parties(have, byID), right), quoted(g.Place), quoted(words(have)))
	}
	if g.Start != "" || g.End != "" {
		judge(mEventDate, datesMeet(g, e.Time), g.Start+"/"+g.End, fmt.Sprintf("%s/%s", e.Time.Earliest, e.Time.Latest))
	}
	for _, kind := range slices.Sorted(maps.Keys(g.Counts)) {
		n := int(g.Counts[kind])
		judge(mCount, hasCount(e, kind, n), fmt.Sprintf("%s %d", kind, n), counts(e, kind))
	}
	if g.Status != "" {
		judge(mModality, e.Modality == g.Status || slices.Contains(g.StatusOK, e.Modality), string(g.Status), string(e.Modality))
	}
	if g.Background != nil {
		judge(mBackground, e.Background == *g.Background || slices.Contains(g.BackgroundOK, e.Background),
			fmt.Sprint(*g.Background), fmt.Sprint(e.Background))
	}
}

func parties(ps []news.Party, byID map[news.Optional]*news.Entity) []string {
	var names []string
	for _, p := range ps {
		names = append(names, partyNames(p, byID)...)
	}
	return names
}

func words(ps []news.Party) string {
	var out []string
	for _, p := range ps {
		out = append(out, p.Text)
	}
	return strings.Join(out, "/")
}

// datesMeet reports whether the intervals overlap. A side that the gold leaves
// out is open. A side that the record leaves out is taken to be the other one,
// so that an event of which only the last possible day is known ("not after
// publication") is not right about everything before.
func datesMeet(g GoldEvent, t news.EventTime) bool {
	earliest, latest := string(t.Earliest), string(t.Latest)
	if earliest == "" {
		earliest = latest
	}
	if latest == "" {
		latest = earliest
	}
	if latest == "" {
		return false
	}
	return (g.End == "" || earliest <= g.End) && (g.Start == "" || g.Start <= latest)
}

func hasCount(e news.Event, kind string, n int) bool {
	return slices.ContainsFunc(e.Counts, func(c news.Count) bool {
		is := func(p *int) bool { return p != nil && *p == n }
		return string(c.Kind) == kind && (is(c.Low) || is(c.Best) || is(c.High))
	})
}

func counts(e news.Event, kind string) string {
	show := func(p *int) string {
		if p == nil {
			return "·"
		}
		return fmt.Sprint(*p)
	}
	var out []string
	for _, c := range e.Counts {
		if string(c.Kind) == kind {
			out = append(out, show(c.Low)+"/"+show(c.Best)+"/"+show(c.High))
		}
	}
	if out == nil {
		return "none"
	}
	return strings.Join(out, ", ")
}
