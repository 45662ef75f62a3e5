package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// entry is a figure with what the rule of tolls asks of it.
type entry struct {
	news.Figure
	speaker speaker
	day     int // of the statement
	at      int // order of the article, then of the text
	offset  int
	recalls bool // "police had put the number at three": what was said before
}

// count lists the figures of every event and derives its tolls.
func (b *builder) count() {
	for i, g := range b.groups {
		v := &b.state.Events[i]
		entries := b.entries(g)
		for _, kind := range kindsOf(entries) {
			toll := derive(kind, entries)
			v.Tolls = append(v.Tolls, toll)
			v.Contested = v.Contested || len(toll.Differences) > 0
		}
		for _, e := range entries {
			v.Figures = append(v.Figures, e.Figure)
		}
	}
}

// countKinds is the order in which tolls are shown.
var countKinds = []news.CountKind{news.Killed, news.Injured, news.Missing, news.Abducted, news.Arrested, news.Displaced, news.Affected, news.Participants}

func kindsOf(entries []*entry) []news.CountKind {
	var out []news.CountKind
	for _, k := range countKinds {
		if slices.ContainsFunc(entries, func(e *entry) bool { return e.Kind == k }) {
			out = append(out, k)
		}
	}
	return out
}

// entries lists the figures of a group in order of time. A figure that a copy
// repeats is one figure; so is one that an article gives on a source's word and
// again in its own voice.
func (b *builder) entries(g *group) []*entry {
	var all []*entry
	for _, m := range g.members {
		for i := range m.event.Counts {
			all = append(all, b.entry(g, m, &m.event.Counts[i]))
		}
	}
	slices.SortStableFunc(all, func(x, y *entry) int {
		return cmp.Or(cmp.Compare(x.at, y.at), compareBool(x.speaker.voice.Own, y.speaker.voice.Own), cmp.Compare(x.offset, y.offset))
	})
	var out []*entry
	for _, e := range all {
		twin := -1
		for i, o := range out {
			if o.Kind != e.Kind || !sameNumber(o, e) {
				continue
			}
			echo := o.Article == e.Article && (e.speaker.key == o.speaker.key || e.speaker.voice.Own)
			copied := o.Origin == e.Origin && (e.speaker.key == o.speaker.key || e.speaker.voice.Own || o.speaker.voice.Name == e.speaker.voice.Name)
			if echo || copied {
				twin = i
				break
			}
		}
		if twin < 0 {
			out = append(out, e)
		} else if o := out[twin]; o.Article != e.Article && !slices.Contains(o.Copies, e.Article) {
			o.Copies = append(o.Copies, e.Article)
		}
	}
	for _, e := range out {
		date(e, out)
	}
	slices.SortStableFunc(out, func(x, y *entry) int {
		return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.at, y.at), cmp.Compare(x.offset, y.offset))
	})
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (b *builder) entry(g *group, m *member, c *news.Count) *entry {
	a := m.article
	sp := a.ownVoice()
	day := a.day
	if s := b.giver(a, c); s != nil {
		sp = b.speakerOf(a, s)
		if d := saidOn(s); d != unknownDay {
			day = d
		}
	} else if f := b.counter(a, c); f != nil {
		sp = speaker{voice: news.Voice{Name: f.name}, key: f.key, side: f.side().key, named: f}
	}
	e := &entry{speaker: sp, day: day, at: a.at, offset: c.Start, Figure: news.Figure{
		ID: ident("f", spanKey(a.ID, c.Span), m.event.ID, string(c.Kind)), Event: g.id, Kind: c.Kind, Low: c.Low, Best: c.Best, High: c.High,
		Qualifier: c.Qualifier, Of: c.Of, Part: c.PartOf.Known() || partial(a, c), Source: sp.voice, Standing: sp.standing(),
		Article: a.ID, Outlet: news.Optional(a.Outlet), Origin: a.Origin, Copies: []string{}, Published: news.Optional(a.Published),
		SaidAt: news.Optional(dateOf(day)), Evidence: a.evidence(c.Span),
	}}
	e.recalls = table.has("earlier", padded(a.text(a.sentence(c.Start).Start, a.sentence(c.Start).End)))
	return e
}

// date puts a figure that is only recalled on the day on which its source first
// gave it, or else on the day before the article's.
func date(e *entry, all []*entry) {
	if !e.recalls || e.day == unknownDay || e.day != dayOf(string(e.Published)) {
		return
	}
	on := e.day - 1
	for _, o := range all {
		if o != e && o.Kind == e.Kind && o.speaker.side == e.speaker.side && sameNumber(o, e) && o.day != unknownDay && o.day < on {
			on = o.day
		}
	}
	e.day, e.SaidAt = on, news.Optional(dateOf(on))
}

// giver is the statement that gives a count. Where the record ties it to none,
// it is that of a source who stands before the number in its sentence: "Police
// lowered the toll to 13, saying that …".
func (b *builder) giver(a *article, c *news.Count) *news.Statement {
	if s := a.statement[string(c.Statement)]; s != nil {
		return s
	}
	sentence := a.sentence(c.Start)
	for i := range a.Record.Statements {
		s := &a.Record.Statements[i]
		if s.Source == nil || s.Source.Phrase == nil || s.Cue == nil || !sentence.Contains(s.Source.Phrase.Start) {
			continue
		}
		if s.Source.Phrase.End <= c.Start && c.End <= s.Cue.Start && s.Act != news.Hold {
			return s
		}
	}
	// A headline's number is that of the source who gives it in the text:
	// "Hospital counts 19 dead", "Nineteen people died, the hospital said".
	for i := range a.Record.Statements {
		s := &a.Record.Statements[i]
		if s.Source == nil || s.Act != news.Say && s.Act != news.Report && s.Act != news.Confirm {
			continue
		}
		for _, part := range s.Content {
			if text := padded(part.Text); table.has("number of "+string(c.Kind), text) && holdsNumber(text, middle(c)) {
				return s
			}
		}
	}
	return nil
}

// counter is who counts in a sentence that is no statement: "Police had put the
// number of dead at three".
func (b *builder) counter(a *article, c *news.Count) *figureOf {
	sentence := a.sentence(c.Start)
	if !table.has("counting", padded(a.text(sentence.Start, c.Start))) {
		return nil
	}
	for i := range a.Record.Entities {
		e := &a.Record.Entities[i]
		if e.Type != news.Organisation && e.Type != news.Person && e.Type != news.Group {
			continue
		}
		for _, m := range e.Mentions {
			if m.Start >= sentence.Start && m.Start <= sentence.Start+4 && m.End <= c.Start {
				return b.cast.of[entityRef{a.at, e.ID}]
			}
		}
	}
	return nil
}

var numerals = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")

// holdsNumber reports whether a padded text has a number, in digits or, up to
// twenty, in a word.
func holdsNumber(text string, n int) bool {
	if n < 2 {
		return false
	}
	return strings.Contains(text, fmt.Sprintf(" %d ", n)) || n < len(numerals) && strings.Contains(text, " "+numerals[n]+" ")
}

// saidOn is the day on which a statement was made, where the text tells.
func saidOn(s *news.Statement) int {
	if s.SaidAt == nil {
		return unknownDay
	}
	if d := dayOf(string(s.SaidAt.Latest)); d != unknownDay {
		return d
	}
	return dayOf(string(s.SaidAt.Earliest))
}

// partial: "five of the injured had died", "two of the wounded": not the toll.
func partial(a *article, c *news.Count) bool {
	return table.has("partial", " "+strings.Join(tokens(c.Text), " ")+" ") ||
		strings.HasPrefix(padded(a.text(c.End, c.End+24)), " of the ") || strings.HasPrefix(padded(a.text(c.End, c.End+24)), " of them ")
}

// sameNumber reports whether two figures say the same.
func sameNumber(a, b *entry) bool {
	return equalInt(a.Low, b.Low) && equalInt(a.Best, b.Best) && equalInt(a.High, b.High) && a.Part == b.Part
}

func equalInt(a, b *int) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// Number writes a figure as people do: "14", "at least 33", "about 20".
func Number(low, best, high *int, q news.Qualifier) string {
	switch {
	case q == news.Around && best != nil:
		return fmt.Sprintf("about %d", *best)
	case q == news.MoreThan && low != nil:
		return fmt.Sprintf("more than %d", *low)
	case low != nil && high != nil && *low == *high:
		return fmt.Sprint(*low)
	case low != nil && high != nil:
		return fmt.Sprintf("%d to %d", *low, *high)
	case low != nil:
		return fmt.Sprintf("at least %d", *low)
	case high != nil:
		return fmt.Sprintf("up to %d", *high)
	case best != nil:
		return fmt.Sprintf("about %d", *best)
	}
	return "an unknown number"
}

func (e *entry) number() string { return Number(e.Low, e.Best, e.High, e.Qualifier) }

// who names the source of a figure and its day.
func (e *entry) who() string {
	name := e.Source.Name
	switch {
	case e.Source.Own:
		name += " in its own words"
	case name == "":
		name = "an unnamed source"
	}
	if d := dateOf(e.day); d != "" {
		return name + ", " + d
	}
	return name
}
