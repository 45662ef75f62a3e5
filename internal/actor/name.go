package actor

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"github.com/onrecord/onrecord/internal/news"
)

// BlockOf names the block of an entity: those that might be one share it. It is
// "" where the name says too little for anything to be joined by it.
func BlockOf(e *news.Entity) string {
	name := fold(e.Name)
	switch e.Type {
	case news.Person:
		first, _, last := personName(name)
		if first == "" {
			return ""
		}
		return "person " + first + " " + last
	case news.Country:
		if len(e.Country) == 3 {
			return "country " + strings.ToLower(string(e.Country))
		}
		return "country " + name
	case news.PlaceEntity, news.Facility:
		if e.Identifiers.GeoNames != nil {
			return fmt.Sprintf("place %d", *e.Identifiers.GeoNames)
		}
		return "place " + name
	}
	if name == "" {
		return ""
	}
	return "body " + initials(name)
}

// personName parts a folded name into the first and last names and what stands
// between them; first is "" where there is one word only. "Dr", "Sheikh" and the
// like are no names, nor are "Jr" and "III".
func personName(name string) (first string, middle []string, last string) {
	words := strings.Fields(name)
	for len(words) > 0 && honorifics[strings.TrimSuffix(words[0], ".")] {
		words = words[1:]
	}
	for len(words) > 0 && suffixes[strings.TrimSuffix(words[len(words)-1], ".")] {
		words = words[:len(words)-1]
	}
	if len(words) < 2 {
		return "", nil, ""
	}
	first, last = words[0], words[len(words)-1]
	if len([]rune(strings.Trim(first, "."))) < 2 { // "J. Velin" could be Jan or Juno
		return "", nil, ""
	}
	return first, words[1 : len(words)-1], last
}

var (
	honorifics = set("mr mrs ms miss dr prof professor sir dame lord lady sheikh imam father rev reverend fr sister pastor hon mx madam captain capt col colonel gen general lt lieutenant maj major sgt sergeant judge justice president minister senator governor mayor king queen prince princess pope bishop archbishop cardinal ayatollah mullah")
	suffixes   = set("jr sr ii iii iv phd md kc qc mp")
	// little words have no part in initials: "National Union of Miners" is NUM.
	little = set("of the and for de la du des da do das dos del y e et und der die das zur a an on in at to al el")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// initials of a name of several words; a single word as it is, so that an
// acronym falls to the names that it may stand for.
func initials(name string) string {
	var out strings.Builder
	n := 0
	for w := range strings.FieldsSeq(name) {
		if !little[w] {
			n++
			out.WriteRune([]rune(w)[0])
		}
	}
	if n < 2 {
		return strings.TrimPrefix(name, "the ")
	}
	return out.String()
}

// acronym reports whether a name is one: "NUM", "FARC-EP".
func acronym(name string) bool {
	letters := 0
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r != '-' && r != '.' && r != '&' && !unicode.IsDigit(r):
			return false
		}
	}
	return letters >= 2
}

// fold makes names comparable: lower case, without accents, marks of possession,
// or "the".
func fold(s string) string {
	out, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		out = s
	}
	out = strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(out, "’", "'"))), " ")
	return strings.TrimSuffix(strings.TrimPrefix(out, "the "), "'s")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// compatible reports whether two names of one block may be of one bearer.
func compatible(a, b *Profile) bool {
	x, y := fold(a.Name), fold(b.Name)
	if a.Type == news.Person && b.Type == news.Person {
		_, p, _ := personName(x)
		_, q, _ := personName(y)
		return middles(p, q)
	}
	if x == y || a.Type == news.Country || a.IDs.GeoNames != nil {
		return true
	}
	return defines(a, b) || defines(b, a)
}

// middles: "Mara J. Velin" and "Mara Velin" may be one, "Mara J. Velin" and
// "Mara K. Velin" not.
func middles(a, b []string) bool {
	for i := range min(len(a), len(b)) {
		p, q := strings.Trim(a[i], "."), strings.Trim(b[i], ".")
		if !strings.HasPrefix(p, q) && !strings.HasPrefix(q, p) {
			return false
		}
	}
	return true
}

// defines: an article that has both the name and the acronym says what the
// acronym stands for: "the National Union of Miners (NUM)".
func defines(full, short *Profile) bool {
	if !acronym(short.Name) || acronym(full.Name) {
		return false
	}
	for _, n := range full.Names {
		if n == short.Name {
			return true
		}
	}
	return false
}
