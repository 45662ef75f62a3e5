package who

import (
	"sort"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/where"
)

// name is a run of tokens that names something.
type name struct {
	from, to int // half-open range in Doc.Tokens
	kind     news.EntityType
	known    bool // the kind is from a table or a head noun, not a guess
	actor    int  // row of the actor tables, -1
	place    int  // index in article.places, -1
	entity   int
	title    [2]int        // token range of the title before it, empty when equal
	gender   gender        // said by an honorific
	nation   bool          // "Norwegian": names the country by its people
	code     string        // of that country, where no place mention has it
	abroad   news.Optional // the state that "ethnic Albanians" are kin to and not of
}

// candidate is a name with a claim on its tokens.
type candidate struct {
	name
	strength int // higher wins where two overlap
}

// Strengths of the sources of a name. Length decides between the first two.
const (
	fromRun    = 1 // capitals alone
	fromTagger = 2
	fromHead   = 3 // capitals around the name of a kind of body: "Harbour Workers' Union"
	fromPlace  = 4
	fromActor  = 5
)

// findNames collects what the tables, the places, the tagger and the capitals
// take for a name and settles who gets which token.
func (a *article) findNames() {
	a.findAcronyms()
	claims := a.actorNames()
	surnames, persons := a.surnames(), a.knownPersons()
	claims = append(claims, a.splitPersons()...)
	claims = append(claims, a.eastAsianNames()...)
	for p, m := range a.places {
		if m.From < m.To && m.To <= len(a.doc.Tokens) && !a.skip[m.From] && !(m.To-m.From == 1 && (a.unnamed(m.From) || a.definedBody(m.From))) {
			n := a.placeName(p, m)
			if a.surnameHere(m, surnames) || m.To-m.From > 1 && m.Kind == where.PlaceName && persons[strings.Join(a.folded[m.From:m.To], " ")] {
				n.kind, n.place, n.known = news.Person, -1, false
			}
			claims = append(claims, candidate{n, fromPlace})
		}
	}
	claims = append(claims, a.taggedNames()...)
	claims = append(claims, a.bodyNames()...)
	claims = append(claims, a.definedNames()...)
	sort.SliceStable(claims, func(i, j int) bool {
		x, y := claims[i], claims[j]
		if sx, sy := a.rank(x), a.rank(y); sx != sy {
			return sx > sy
		}
		if lx, ly := x.to-x.from, y.to-y.from; lx != ly {
			return lx > ly
		}
		if x.strength != y.strength {
			return x.strength > y.strength
		}
		return x.from < y.from
	})
	for _, c := range claims {
		a.claim(c)
	}
	a.fillHeadlines()
	a.agreeOnPlaces()
	a.fillBodies()
	a.fillRuns()
	a.fillFirms()
	sort.Slice(a.names, func(i, j int) bool { return a.names[i].from < a.names[j].from })
	a.mapNames()
}

// rank orders claims: a name of a body that holds another name comes first
// ("University of Oslo" before "Oslo"), as do a person's ("Paris Hilton").
func (a *article) rank(c candidate) int {
	switch c.strength {
	case fromHead, fromActor:
		return 60
	case fromPlace:
		return 40
	}
	return c.strength
}

// claim gives a candidate its tokens unless another has one of them. What a
// weaker candidate keeps on either side of the stronger is a name no more,
// but for a person's: "Norway Transport Minister Mara Velin".
func (a *article) claim(c candidate) {
	whole := c.to - c.from
	for c.from < c.to && a.nameAt[c.from] >= 0 {
		c.from++
	}
	for i := c.from; i < c.to; i++ {
		if a.nameAt[i] >= 0 {
			c.to = i
		}
	}
	if cut := c.to-c.from < whole; cut && c.strength == fromTagger && c.kind != news.Person {
		for c.from < c.to && !capitalised(a.doc.Tokens[c.from].Form) {
			c.from++ // the "-led" of "UNP-led Alliance"
		}
		if c.kind == news.PlaceEntity || c.from < c.to && a.isTitleHead(c.to, len(a.doc.Tokens)) && a.sameBlock(c.from, c.to) {
			return // the "Irrigation" of "Punjab Irrigation Minister Mara Velin"
		}
	}
	c.from, c.to = a.trim(c.from, c.to)
	if c.from >= c.to || c.strength == fromTagger && !a.nameLike(c.from, c.to) {
		return
	}
	for i := c.from; i < c.to; i++ {
		a.nameAt[i] = len(a.names)
	}
	a.names = append(a.names, c.name)
}

// trim takes articles, quotation marks and possessive endings off a run.
func (a *article) trim(from, to int) (int, int) {
	for from < to {
		form := a.doc.Tokens[from].Form
		if hasAlphanumeric(form) && !(possessive(form) || outside[form]) {
			break
		}
		from++
	}
	for from < to {
		form := a.doc.Tokens[to-1].Form
		if hasAlphanumeric(form) && !(possessive(form) || outside[form] && !(capitalised(form) && to-from > 1)) { // "Nguyen Van An"
			break
		}
		to--
	}
	return from, to
}

func possessive(form string) bool {
	return form == "'s" || form == "’s" || form == "'S" || form == "’S"
}

// outside are words that no name begins or ends with.
var outside = set("the", "The", "THE", "a", "A", "an", "An", "and", "of", "for", "in", "at", "to", "by", "with", "or", "&", "from", "on")

// placeName is the name that a place mention makes.
func (a *article) placeName(p int, m where.Mention) name {
	n := name{from: m.From, to: m.To, known: true, actor: -1, place: p, kind: news.PlaceEntity}
	switch m.Kind {
	case where.CountryName:
		n.kind = news.Country
	case where.Nationality:
		n.kind, n.nation = news.Country, true
		if m.Country.Known() && a.kinAbroad(m) {
			return name{from: m.From, to: m.To, kind: news.OtherEntity, actor: -1, place: -1, abroad: m.Country}
		}
		if !m.Country.Known() && m.GeoNames == 0 { // "European"
			n.kind = news.PlaceEntity
		}
	case where.Site:
		n.kind = news.Facility
	}
	return n
}

func (a *article) isCalendarWord(i int) bool {
	switch a.lower(i) {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "may", "june", "july", "august",
		"september", "october", "november", "december", "gmt", "utc", "am", "pm":
		return true
	}
	return false
}

// unnamed reports words with a capital that name nothing: zones of time, sums
// of money, months cut short.
func (a *article) unnamed(i int) bool {
	form := a.doc.Tokens[i].Form
	return clockAndMoney[form] || strings.ContainsAny(form, "$€£¥₹") || a.isCalendarWord(i) || a.monthAndDay(i)
}

// clockAndMoney are zones of time and units of money in capitals.
var clockAndMoney = set("IST", "PKT", "EAT", "WAT", "CAT", "SAST", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "ET",
	"CET", "CEST", "EET", "BST", "MSK", "JST", "KST", "HKT", "SGT", "AEST", "AEDT", "GMT", "UTC", "USD", "EUR", "GBP", "INR", "PKR",
	"CFA", "Rs", "Rs.", "Ksh", "KSh", "KSH", "Sh", "AM", "PM", "A.M.", "P.M.")

// monthAndDay reports a month cut short: with a full stop, beside a number
// ("12 Mar") or one that is no name either.
func (a *article) monthAndDay(i int) bool {
	switch a.lower(i) {
	case "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
	default:
		return false
	}
	if f := a.doc.Tokens[i].Form; f[len(f)-1] == '.' {
		return true
	}
	switch a.lower(i) {
	case "feb", "sept", "nov", "dec":
		return true // no names but for these
	}
	return i+1 < len(a.doc.Tokens) && a.doc.Tokens[i+1].UPOS == "NUM" || i > 0 && a.doc.Tokens[i-1].UPOS == "NUM"
}
