package who

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// leader is a row of leaders.tsv: a head of state or government.
type leader struct {
	country news.Optional
	terms   []term
}

// term is a time in office. An end that is not known has no upper bound, but
// says nothing after the day the table's source was made.
type term struct {
	from, to string // days; to is "" for in office still, "?" for not known
}

// asOf is the day of the source of the terms whose end is not known.
const asOf = "2014-01-30"

// leaders are the rows by name: in full, and by what stands alone for them.
type leaders struct {
	rows    []leader
	full    map[string][]int // folded words of a name of two words or more
	alone   map[string][]int // one word that means this person by itself
	surname map[string][]int // last word, which means somebody after a title
}

func newLeaders() leaders {
	return leaders{full: make(map[string][]int, 4096), alone: make(map[string][]int, 256), surname: make(map[string][]int, 4096)}
}

// add takes a row (name, aliases, country, terms).
func (l *leaders) add(f []string) error {
	row := leader{country: news.Optional(f[2])}
	for _, t := range strings.Fields(f[3]) {
		from, to, ok := strings.Cut(t, "/")
		if !ok || !isDay(from) || to != "" && to != "?" && (!isDay(to) || to < from) {
			return fmt.Errorf("%s: term %q is no from/to", f[0], t)
		}
		row.terms = append(row.terms, term{from, to})
	}
	id := len(l.rows)
	l.rows = append(l.rows, row)
	for _, name := range append([]string{f[0]}, strings.Split(f[1], "; ")...) {
		words := nameKey(name)
		switch len(words) {
		case 0:
		case 1:
			l.alone[words[0]] = append(l.alone[words[0]], id)
		default:
			last := words[len(words)-1]
			for _, key := range []string{strings.Join(words, " "), words[0] + " " + last} { // "Carlos Saul Menem", "Carlos Menem"
				if list := l.full[key]; len(list) == 0 || list[len(list)-1] != id {
					l.full[key] = append(list, id)
				}
			}
			if list := l.surname[last]; len(list) == 0 || list[len(list)-1] != id {
				l.surname[last] = append(list, id)
			}
		}
	}
	return nil
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// nameKey is a person's name as folded words without initials and suffixes:
// "Donald J. Trump" is "donald trump".
func nameKey(name string) []string {
	var out []string
	for _, part := range strings.Fields(name) {
		for _, w := range splitWords(part) {
			if w = fold(w); len(w) > 1 {
				out = append(out, w)
			}
		}
	}
	return dropSuffix(out)
}

// find returns the state that the bearer of a name leads or led, and the row.
// titled says that the text gives an office with the name; named tells whether
// the article names a country. A full name counts with an office or with its
// country named, since many a private person is called like a prime minister
// of long ago; a surname alone only with an office, and where all its bearers
// led one state.
func (l *leaders) find(words []string, titled bool, named func(news.Optional) bool) (int, bool) {
	words = nameKey(strings.Join(words, " "))
	if len(words) == 0 {
		return 0, false
	}
	last := words[len(words)-1]
	if len(words) == 1 {
		if ids := l.alone[last]; len(ids) > 0 {
			return ids[0], true
		}
		if !titled {
			return 0, false
		}
		return l.only(l.surname[last], named)
	}
	ids := l.full[strings.Join(words, " ")]
	if len(ids) == 0 {
		ids = l.full[words[0]+" "+last] // "Robert Gabriel Mugabe"
	}
	if len(ids) == 0 {
		return 0, false
	}
	famous := false
	for _, id := range l.alone[last] {
		famous = famous || id == ids[0]
	}
	if !titled && !famous {
		for _, id := range ids {
			if named(l.rows[id].country) {
				return id, true
			}
		}
		return 0, false
	}
	return l.only(ids, named)
}

// only returns the row of a country that the article names, else the first
// where all are of one country.
func (l *leaders) only(ids []int, named func(news.Optional) bool) (int, bool) {
	for _, id := range ids {
		if named(l.rows[id].country) {
			return id, true
		}
	}
	for _, id := range ids {
		if l.rows[id].country != l.rows[ids[0]].country {
			return 0, false
		}
	}
	if len(ids) == 0 {
		return 0, false
	}
	return ids[0], true
}

// sectorOn is GOV in office, ELI out of it, "" where the table cannot tell.
func (r leader) sectorOn(day string) string {
	if len(day) < len(time.DateOnly) {
		return ""
	}
	day = day[:len(time.DateOnly)]
	unknown := false
	for _, t := range r.terms {
		switch {
		case day < t.from:
		case t.to == "?" && day > asOf:
			unknown = true
		case t.to == "" || t.to == "?" || day <= t.to:
			return "GOV"
		}
	}
	if unknown {
		return ""
	}
	return "ELI"
}

// knowLeaders gives heads of states and governments whose country the text does
// not say their country, and by the article's day the sector of their office.
func (a *article) knowLeaders() {
	named := func(c news.Optional) bool { return a.counts[string(c)] > 0 || c == "IGO" && a.namesUnion() }
	for _, ent := range a.entities {
		if ent.kind != news.Person || !ent.named || ent.plural || len(ent.words) == 0 || ent.country.Known() {
			continue
		}
		if slices.ContainsFunc(ent.roles, func(r news.Role) bool { return r.Country.Known() }) {
			continue
		}
		if id, ok := a.lex.leaders.find(ent.words, highOffice(ent), named); ok {
			row := a.lex.leaders.rows[id]
			ent.country, ent.office = row.country, row.sectorOn(a.published)
		}
	}
}

// namesUnion reports whether the article names a body of many states.
func (a *article) namesUnion() bool {
	for i := range a.names {
		if n := a.names[i].actor; n >= 0 && a.lex.actors[n].country == "IGO" {
			return true
		}
	}
	return false
}

// highOffice reports whether the text gives a person an office such as heads of
// states and governments hold.
func highOffice(ent *entity) bool {
	for _, h := range ent.heads {
		switch h {
		case "president", "prime minister", "premier", "chancellor", "king", "queen", "emir", "sultan", "leader", "secretary general",
			"ayatollah", "dictator", "strongman", "ruler", "foreign minister", "secretary of state", "vice president", "crown prince":
			return true
		}
	}
	return false
}
