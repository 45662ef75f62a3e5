package eval

import (
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/internal/news"
)

// articles and titles are dropped before names are compared. The list is of
// the commonest titles only: "President Ruiz" and "Ruiz" match anyway, since
// one holds the other.
var (
	articles = []string{"the", "a", "an"}
	titles   = []string{"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
		"president", "vice", "minister", "prime", "chancellor", "king", "queen", "prince", "princess", "pope",
		"senator", "sen", "representative", "rep", "congressman", "congresswoman", "governor", "gov", "mayor",
		"secretary", "speaker", "ambassador", "judge", "justice", "sheriff", "chief", "general", "gen",
		"colonel", "col", "major", "maj", "captain", "capt", "lieutenant", "lt", "sergeant", "sgt", "admiral",
		"field", "marshal", "brigadier", "reverend", "rev", "rabbi", "imam", "sheikh", "ayatollah"}
)

// nameWords cuts a name into words for comparison: small letters, no
// punctuation ("U.S." is "us"), no possessive.
func nameWords(name string) []string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return unicode.IsSpace(r) || r == '-' || r == '–' || r == '—' || r == '/' || r == ','
	})
	var out []string
	for _, w := range words {
		w = strings.TrimRightFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for _, s := range []string{"'s", "’s", "‘s"} {
			w = strings.TrimSuffix(w, s)
		}
		w = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
				return r
			}
			return -1
		}, w)
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

// sameName reports whether two names match after case, articles and titles are
// dropped, or one holds the other as whole words.
func sameName(a, b string) bool {
	x, y := without(articles, nameWords(a)), without(articles, nameWords(b))
	if holds(x, y) || holds(y, x) {
		return true
	}
	x, y = without(titles, x), without(titles, y)
	return holds(x, y) || holds(y, x)
}

func without(drop, words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(drop, w) })
}

// holds reports whether part stands in whole as unbroken words.
func holds(whole, part []string) bool {
	if len(part) == 0 {
		return false
	}
	for i := 0; i+len(part) <= len(whole); i++ {
		if slices.Equal(whole[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// anySame reports whether one of the names matches one of the others.
func anySame(names, others []string) bool {
	return slices.ContainsFunc(names, func(a string) bool {
		return slices.ContainsFunc(others, func(b string) bool { return sameName(a, b) })
	})
}

// equalName is the stricter comparison of entities: the same words, but for
// case, articles and punctuation.
func equalName(a, b string) bool {
	x, y := without(articles, nameWords(a)), without(articles, nameWords(b))
	return len(x) > 0 && slices.Equal(x, y)
}

// called are the names an entity goes by: its name, its aliases, and how the
// text mentions it but for pronouns.
func called(e *news.Entity) []string {
	if e == nil {
		return nil
	}
	names := append([]string{e.Name}, e.Aliases...)
	for _, m := range e.Mentions {
		if m.Kind != news.MentionPronoun {
			names = append(names, m.Text)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// entities finds the entities of a record by id.
func entities(rec *news.Record) map[news.Optional]*news.Entity {
	m := make(map[news.Optional]*news.Entity, len(rec.Entities))
	for i := range rec.Entities {
		m[news.Optional(rec.Entities[i].ID)] = &rec.Entities[i]
	}
	return m
}

// partyNames are the words of a party and the names of its entity.
func partyNames(p news.Party, byID map[news.Optional]*news.Entity) []string {
	return append([]string{p.Text}, called(byID[p.Entity])...)
}
