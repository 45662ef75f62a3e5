package eval

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/internal/eval/muc4"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

// mucAnswer is an event as MUC-4's slots have it.
type mucAnswer struct {
	event       *news.Event
	incident    string // the type
	first, last string // days
	country     string
	places      []string // names more exact than the country, the place itself first
	victims     []string // words of those acted on and counted
	doers       []string
	persons     []mucPersons
}

// mucPersons are human targets: how many, what became of them, and in which
// words.
type mucPersons struct {
	number, effect string
	words          []string
}

// mucAnswers are the events of a record that a template could stand for:
// violence, and threats of it, told as news. The task asks for incidents "of
// terrorism" only; a record makes no such judgement, so fights between armies
// and rebels stay in.
func mucAnswers(rec *news.Record, countryName func(string) string) (out []mucAnswer) {
	byID := entities(rec)
	for i := range rec.Events {
		e := &rec.Events[i]
		if e.Background || e.Modality == news.Denied || e.Modality == news.Planned || e.Modality == news.Hypothetical {
			continue
		}
		a := mucAnswer{event: e, incident: mucType(e), last: string(e.Time.Latest)}
		if a.incident == "" {
			continue
		}
		a.first = string(e.Time.Earliest)
		a.locate(e, byID, countryName)
		a.victims, a.doers = parties(e.Recipients, byID), parties(e.Actors, byID)
		for _, p := range e.Places {
			if o := byID[p.Entity]; o != nil && o.Type == news.Facility {
				a.victims = append(a.victims, partyNames(p, byID)...) // "exploded outside the embassy"
			}
		}
		a.count(e, byID)
		out = append(out, a)
	}
	return out
}

// mucType is the incident type of an event, "" for what is no incident.
func mucType(e *news.Event) string {
	words := strings.ToLower(e.Trigger.Text)
	for _, m := range e.Mentions {
		words += " " + strings.ToLower(m.Text)
	}
	has := func(stems ...string) bool {
		return slices.ContainsFunc(stems, func(s string) bool { return strings.Contains(words, s) })
	}
	switch {
	case e.Type == news.Threat && e.Mode == "violence":
		return "ATTACK"
	case e.Type == news.Coerce && has("hijack"):
		return "HIJACKING"
	case e.Type == news.Accident && has("explo", "blast", "bomb"):
		return "BOMBING" // of which the text tells no cause
	case e.Type != news.Assault:
		return ""
	case has("hijack"):
		return "HIJACKING"
	case e.Mode == "abduct":
		return "KIDNAPPING"
	case has("rob", "loot", "stole", "steal"):
		return "ROBBERY"
	case has("arson", "burn", "set fire", "torch", "ablaze", "set on fire"):
		return "ARSON"
	case e.Mode == "explosives" || e.Mode == "suicide-attack":
		return "BOMBING"
	}
	return "ATTACK"
}

// locate names the event's country, and its place and that place's division.
// The task asks for the country even where the text says no place: then it is
// the one of those acted on, of the doers, or that most of the report is about.
func (a *mucAnswer) locate(e *news.Event, byID map[news.Optional]*news.Entity, countryName func(string) string) {
	defer func() {
		for _, p := range slices.Concat(e.Places, e.Recipients, e.Actors) {
			if o := byID[p.Entity]; o != nil && a.country == "" {
				a.country = atlas.Fold(countryName(string(o.Country)))
			}
		}
		if a.country == "" {
			a.country = atlas.Fold(countryName(mainCountry(byID)))
		}
	}()
	if e.Place == nil {
		return
	}
	add := func(name string) {
		if name = atlas.Fold(name); name != "" && name != a.country && !slices.Contains(a.places, name) {
			a.places = append(a.places, name)
		}
	}
	ent := byID[e.Place.Entity]
	if ent == nil {
		return
	}
	code := string(ent.Country)
	if ent.Place != nil && ent.Place.Country.Known() {
		code = string(ent.Place.Country)
	}
	a.country = atlas.Fold(countryName(code))
	if ent.Type == news.Country {
		return
	}
	add(ent.Name)
	for _, m := range ent.Mentions {
		if m.Kind == news.MentionName {
			add(m.Text)
		}
	}
	for _, p := range e.Places {
		if o := byID[p.Entity]; o != nil && o.Type != news.Country {
			add(o.Name)
		}
	}
	if ent.Place != nil {
		add(string(ent.Place.Admin1))
	}
}

// mainCountry is the code of the country that most names in a record belong to.
func mainCountry(byID map[news.Optional]*news.Entity) string {
	names := map[string]int{}
	for _, e := range byID {
		if code := string(e.Country); len(code) == len("NOR") {
			names[code] += len(e.Mentions)
		}
	}
	best := ""
	for code, n := range names {
		if best == "" || n > names[best] || n == names[best] && code < best {
			best = code
		}
	}
	return best
}

// count takes the human targets from an event's counts, and from the persons
// acted on of whom no count speaks.
func (a *mucAnswer) count(e *news.Event, byID map[news.Optional]*news.Entity) {
	for _, c := range e.Counts {
		p := mucPersons{number: mucNumber(c), words: []string{c.Text}}
		if c.Of != "" {
			p.words = append(p.words, c.Of)
		}
		none := c.High != nil && *c.High == 0
		switch {
		case c.Kind == news.Killed && none:
			p.effect = "NO DEATH"
		case c.Kind == news.Injured && none:
			p.effect = "NO INJURY"
		case c.Kind == news.Killed:
			p.effect = "DEATH"
		case c.Kind == news.Injured:
			p.effect = "INJURY"
		case c.Kind == news.Abducted:
		default:
			continue
		}
		if none {
			p.number = ""
		}
		for _, r := range e.Recipients {
			if r.Span.Overlaps(c.Span) {
				p.words = append(p.words, partyNames(r, byID)...)
			}
		}
		a.victims = append(a.victims, p.words...)
		a.persons = append(a.persons, p)
	}
	for _, r := range e.Recipients {
		ent := byID[r.Entity]
		if ent == nil || ent.Type != news.Person || slices.ContainsFunc(e.Counts, func(c news.Count) bool { return c.Span.Overlaps(r.Span) }) {
			continue
		}
		p := mucPersons{number: "1", effect: harmOf(e), words: partyNames(r, byID)}
		if last := lastWord(r.Text); strings.HasSuffix(last, "s") || last == "people" || last == "men" || last == "women" || last == "children" {
			p.number = "PLURAL"
		}
		a.persons = append(a.persons, p)
	}
}

// harmOf is what an event did to those acted on of whom no count speaks, by its
// mode and its trigger: "the murder of the judge".
func harmOf(e *news.Event) string {
	trigger := strings.ToLower(e.Trigger.Text)
	has := func(stems ...string) bool {
		return slices.ContainsFunc(stems, func(s string) bool { return strings.Contains(trigger, s) })
	}
	switch {
	case e.Modality != news.Occurred:
		return ""
	case e.Mode == "targeted", has("kill", "murder", "assassin", "massacre", "execut", "slain", "slay", "behead"):
		return "DEATH"
	case has("wound", "injur"):
		return "INJURY"
	}
	return ""
}

func lastWord(text string) string {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// mucNumber writes a count as the number slots do: "~100", "6 -", "PLURAL".
func mucNumber(c news.Count) string {
	switch {
	case c.Qualifier == news.VagueCount:
		return "PLURAL"
	case c.Best != nil && c.Low == nil:
		return fmt.Sprintf("~%d", *c.Best)
	case c.Low != nil && c.High == nil:
		return fmt.Sprintf("%d -", *c.Low)
	case c.Low == nil && c.High != nil:
		return fmt.Sprintf("- %d", *c.High)
	case c.Low != nil && *c.Low != *c.High:
		return fmt.Sprintf("%d - %d", *c.Low, *c.High)
	case c.Best != nil:
		return fmt.Sprint(*c.Best)
	}
	return "PLURAL"
}

// fits weighs how well an event goes with a template; 0 where it does not.
// As in the conference's rules the types must agree at least in part, and so
// must a target or a perpetrator; a template that names none needs its date or
// its place right.
func (a *mucAnswer) fits(k muc4.Template) float64 {
	score := 2 * a.typeCredit(k.Fills[muc4.Type])
	if score == 0 {
		return 0
	}
	named := false
	shared := false
	for _, s := range []struct {
		slot  muc4.Slot
		words []string
		worth float64
	}{{muc4.Thing, a.victims, 2}, {muc4.Name, a.victims, 2}, {muc4.Description, a.victims, 2}, {muc4.Perpetrator, a.doers, 1}, {muc4.Organisation, a.doers, 1}} {
		for _, f := range k.Fills[s.slot] {
			named = true
			if shareWord(f.Words, s.words) {
				shared = true
				score += s.worth
			}
		}
	}
	date, place := a.dateCredit(k.Fills[muc4.Date]), a.placeCredit(k.Fills[muc4.Location])
	if named && !shared || !named && date < 1 && place < 1 {
		return 0
	}
	return score + date + place
}

// shareWord reports whether two lists of phrases have a word of weight in
// common.
func shareWord(a, b []string) bool {
	set := map[string]bool{}
	for _, p := range a {
		for _, w := range contentWords(p) {
			set[w] = true
		}
	}
	for _, p := range b {
		if slices.ContainsFunc(contentWords(p), func(w string) bool { return set[w] }) {
			return true
		}
	}
	return false
}

// contentWords are the words of a phrase that say something, without a plural
// ending.
func contentWords(text string) (out []string) {
	for _, w := range strings.FieldsFunc(atlas.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch w {
		case "the", "and", "his", "her", "their", "its", "who", "was", "were", "for", "from", "with", "other", "another", "several", "some", "two", "three", "members", "group":
			continue
		}
		if len(w) > 2 {
			out = append(out, strings.TrimSuffix(w, "s"))
		}
	}
	return out
}
