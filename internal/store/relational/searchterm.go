package relational

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
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

// termBits is how long a number is: SQLite keeps it in six bytes, and among a
// million terms two in a hundred million have the same.
const termBits = 47

// term is the number of a field's value, from a field and a value in folded
// words.
func term(field, value string) int64 {
	h := sha256.Sum256([]byte(field + "\x00" + value))
	return int64(binary.BigEndian.Uint64(h[:8]) >> (64 - termBits))
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

func (t terms) sorted() []int64 { return slices.Sorted(maps.Keys(t)) }

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

// packTerms writes the terms of an article, of its statements and of its events:
// for each of the three how many there are, and for each of those how many terms
// and their numbers. They are wanted when the article is taken out of the index.
func packTerms(kinds ...[]indexed) []byte {
	var b []byte
	for _, all := range kinds {
		b = binary.AppendUvarint(b, uint64(len(all)))
		for _, x := range all {
			b = binary.AppendUvarint(b, uint64(len(x.terms)))
			for _, n := range x.terms.sorted() {
				b = append(b, byte(n>>40), byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
			}
		}
	}
	return b
}

var errTerms = errors.New("the list of an article's terms is damaged; run: onrecord reread")

// unpackTerms reads what packTerms wrote.
func unpackTerms(b []byte) (kinds [3][][]int64, err error) {
	count := func() int {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)) {
			err = errTerms
			return 0
		}
		b = b[size:]
		return int(n)
	}
	for k := range kinds {
		for range count() {
			n := count()
			if err != nil || len(b) < 6*n {
				return kinds, errTerms
			}
			of := make([]int64, n)
			for i := range of {
				of[i] = int64(b[0])<<40 | int64(b[1])<<32 | int64(b[2])<<24 | int64(b[3])<<16 | int64(b[4])<<8 | int64(b[5])
				b = b[6:]
			}
			kinds[k] = append(kinds[k], of)
		}
	}
	return kinds, err
}
