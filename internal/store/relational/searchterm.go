package relational

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/onrecord/onrecord/internal/news"
)

// A term is what a query may ask of an article, a statement or an event: a word
// of a name in its part, a code. The tables *_term list for each term who has
// it, newest first, so that a search reads the shortest list and looks the rest
// up. A term is kept as a number made of its words: the lists are long, and the
// words of a name are nobody's business once its article is forgotten.

// term is the number of a field's value, from a field and a value in folded
// words.
func term(field, value string) int64 {
	h := sha256.Sum256([]byte(field + "\x00" + value))
	return int64(binary.BigEndian.Uint64(h[:8]) >> 1)
}

const (
	// mostWords is how many words of one name are looked up.
	mostWords = 12
	// mostAliases is how many other names of an entity are.
	mostAliases = 4
	// mostEntities is how many entities of one article are.
	mostEntities = 300
)

// nameWords are the words of a name in small letters without accents.
func nameWords(s string) []string {
	var b strings.Builder
	for _, r := range norm.NFD.String(cut(s, 400)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			b.WriteRune(unicode.ToLower(r))
		case r == '\'' || r == '’' || r == '.':
			// "who's", "U.N.": one word
		default:
			b.WriteByte(' ')
		}
	}
	all := strings.Fields(b.String())
	return all[:min(len(all), mostWords)]
}

// terms gathers those of one thing, each once.
type terms map[int64]bool

func (t terms) code(field, value string) {
	if value != "" {
		t[term(field, value)] = true
	}
}

// name adds each word of a name, and each two that follow one another: a phrase
// is found by its pairs.
func (t terms) name(field, name string) {
	words := nameWords(name)
	for i, w := range words {
		t.code(field, w)
		if i > 0 {
			t.code(field, words[i-1]+" "+w)
		}
	}
}

// entity adds the names of an entity.
func (t terms) entity(field string, e *news.Entity) {
	if e == nil {
		return
	}
	t.name(field, e.Name)
	for _, a := range e.Aliases[:min(len(e.Aliases), mostAliases)] {
		t.name(field, a)
	}
}

// namedTerms are the terms of a name that is asked for: one word, or the pairs
// of a phrase.
func namedTerms(field, value string) []int64 {
	words := nameWords(value)
	if len(words) == 1 {
		return []int64{term(field, words[0])}
	}
	var out []int64
	for i := 1; i < len(words); i++ {
		out = append(out, term(field, words[i-1]+" "+words[i]))
	}
	return out
}

// A span of days has a term for each month, or, where it is longer than a year,
// for each year; the longest are in one list.
const (
	mostMonths = 12
	mostYears  = 20
)

// spanTerms are the lists in which a span of days is found.
func (t terms) span(earliest, latest string) {
	from, err := time.Parse(time.DateOnly, earliest)
	if err != nil {
		return
	}
	to, err := time.Parse(time.DateOnly, latest)
	if err != nil || to.Before(from) {
		return
	}
	switch months := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month()) + 1; {
	case months <= mostMonths:
		for m := range months {
			t.code("month", month(from, m))
		}
	case to.Year()-from.Year() < mostYears:
		for y := from.Year(); y <= to.Year(); y++ {
			t.code("year", fmt.Sprintf("%04d", y))
		}
	default:
		t.code("long", "span")
	}
}

func month(from time.Time, n int) string {
	return time.Date(from.Year(), from.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// daysTerms are the lists that hold all that may touch the days; nil where those
// would be too many.
func daysTerms(first, last string) []int64 {
	from, err := time.Parse(time.DateOnly, first)
	if err != nil {
		return nil
	}
	to, err := time.Parse(time.DateOnly, last)
	if err != nil {
		return nil
	}
	months := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month()) + 1
	if months > 2*mostMonths {
		return nil
	}
	out := []int64{term("long", "span")}
	for m := range months {
		out = append(out, term("month", month(from, m)))
	}
	for y := from.Year(); y <= to.Year(); y++ {
		out = append(out, term("year", fmt.Sprintf("%04d", y)))
	}
	return out
}
