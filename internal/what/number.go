package what

import (
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// quantity is a number of persons as the text gives it.
type quantity struct {
	from, to        int // tokens, hedges included
	low, best, high *int
	qualifier       news.Qualifier
	one             bool // an article: "a policeman"
	zero            bool
}

var smallNumbers = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90,
}

var multipliers = map[string]int{"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1000000}

// vague numbers are lower bounds: "dozens" is two dozen and more.
var vagueNumbers = map[string]int{
	"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2000000,
}

// maxCount is the largest number taken for one of persons.
const maxCount = 2_000_000_000

// number reads a number that starts at token i, without hedges; next is the
// token after it. "1,200", "two million", "2.5 million", "twenty-one".
func (r *reading) number(i, end int) (value, next int, ok bool) {
	form := strings.ToLower(r.doc.Tokens[i].Form)
	var x float64
	switch {
	case smallNumbers[form] != 0:
		x = float64(smallNumbers[form])
		next = i + 1
		// "twenty-one", "twenty one"
		if x >= 20 && next < end {
			k := next
			if r.doc.Tokens[k].Form == "-" && k+1 < end {
				k++
			}
			if v := smallNumbers[strings.ToLower(r.doc.Tokens[k].Form)]; v > 0 && v < 10 {
				x += float64(v)
				next = k + 1
			}
		}
	case (form == "a" || form == "an") && i+1 < end && multipliers[strings.ToLower(r.doc.Tokens[i+1].Form)] != 0:
		x, next = 1, i+1
	case form == "half" && i+2 < end && r.doc.Tokens[i+1].Form == "a" && multipliers[r.doc.Tokens[i+2].Form] != 0:
		return multipliers[r.doc.Tokens[i+2].Form] / 2, i + 3, true // "half a dozen", "half a million"
	case (form == "a" || form == "one") && i+4 < end && r.doc.Tokens[i+1].Form == "quarter" && r.doc.Tokens[i+2].Form == "of" && multipliers[r.doc.Tokens[i+4].Form] != 0:
		return multipliers[r.doc.Tokens[i+4].Form] / 4, i + 5, true // "a quarter of a million"
	case form != "" && form[0] >= '0' && form[0] <= '9':
		// Spelled compounds in one token: "36-year-old" is no number.
		plain := strings.ReplaceAll(form, ",", "")
		v, err := strconv.ParseFloat(plain, 64)
		if err != nil || v < 0 || v > maxCount {
			return 0, i, false
		}
		x, next = v, i+1
		// "13 000", set apart by a space
		if v >= 1 && v < 1000 && len(plain) <= 3 && v == float64(int(v)) && next < end {
			if group := r.doc.Tokens[next].Form; len(group) == 3 && isNumeric(group) {
				if low, err := strconv.Atoi(group); err == nil {
					x, next = v*1000+float64(low), next+1
				}
			}
		}
	default:
		if v, rest, found := strings.Cut(form, "-"); found && smallNumbers[v] >= 20 && smallNumbers[rest] > 0 && smallNumbers[rest] < 10 {
			x, next = float64(smallNumbers[v]+smallNumbers[rest]), i+1
			break
		}
		return 0, i, false
	}
	for next < end {
		m := multipliers[strings.ToLower(r.doc.Tokens[next].Form)]
		if m == 0 {
			break
		}
		x *= float64(m)
		next++
		// "one hundred and twenty"
		k := next
		if k+1 < end && strings.ToLower(r.doc.Tokens[k].Form) == "and" {
			k++
		}
		if k < end {
			if v := smallNumbers[strings.ToLower(r.doc.Tokens[k].Form)]; v > 0 && m >= 100 && k > next {
				x += float64(v)
				next = k + 1
			}
		}
		if x > maxCount {
			return 0, i, false
		}
	}
	if x != float64(int(x)) || x > maxCount {
		return 0, i, false
	}
	return int(x), next, true
}

// hedges are what may stand before a number, longest first.
var hedges = []struct {
	words     []string
	qualifier news.Qualifier
}{
	{[]string{"no", "fewer", "than"}, news.AtLeast},
	{[]string{"not", "fewer", "than"}, news.AtLeast},
	{[]string{"no", "less", "than"}, news.AtLeast},
	{[]string{"not", "less", "than"}, news.AtLeast},
	{[]string{"a", "minimum", "of"}, news.AtLeast},
	{[]string{"no", "more", "than"}, news.UpTo},
	{[]string{"not", "more", "than"}, news.UpTo},
	{[]string{"a", "maximum", "of"}, news.UpTo},
	{[]string{"a", "total", "of"}, news.Exact},
	{[]string{"as", "many", "as"}, news.UpTo},
	{[]string{"in", "excess", "of"}, news.MoreThan},
	{[]string{"in", "the", "region", "of"}, news.Around},
	{[]string{"somewhere", "in", "the", "region", "of"}, news.Around},
	{[]string{"something", "like"}, news.Around},
	{[]string{"just", "under"}, news.Around},
	{[]string{"just", "over"}, news.MoreThan},
	{[]string{"close", "on"}, news.Around},
	{[]string{"perhaps"}, news.Around},
	{[]string{"maybe"}, news.Around},
	{[]string{"well", "over"}, news.MoreThan},
	{[]string{"upwards", "of"}, news.MoreThan},
	{[]string{"at", "least"}, news.AtLeast},
	{[]string{"more", "than"}, news.MoreThan},
	{[]string{"fewer", "than"}, news.UpTo},
	{[]string{"less", "than"}, news.UpTo},
	{[]string{"up", "to"}, news.UpTo},
	{[]string{"at", "most"}, news.UpTo},
	{[]string{"close", "to"}, news.Around},
	{[]string{"an", "estimated"}, news.Around},
	{[]string{"over"}, news.MoreThan},
	{[]string{"above"}, news.MoreThan},
	{[]string{"under"}, news.UpTo},
	{[]string{"about"}, news.Around},
	{[]string{"around"}, news.Around},
	{[]string{"approximately"}, news.Around},
	{[]string{"roughly"}, news.Around},
	{[]string{"nearly"}, news.Around},
	{[]string{"almost"}, news.Around},
	{[]string{"some"}, news.Around},
	{[]string{"estimated"}, news.Around},
	{[]string{"circa"}, news.Around},
}

// hedgeBefore reads the hedge that ends before token i.
func (r *reading) hedgeBefore(i, from int) (news.Qualifier, int) {
	for _, h := range hedges {
		start := i - len(h.words)
		if start < from {
			continue
		}
		same := true
		for k, w := range h.words {
			if strings.ToLower(r.doc.Tokens[start+k].Form) != w {
				same = false
				break
			}
		}
		if same {
			return h.qualifier, start
		}
	}
	return news.Exact, i
}

// quantities reads every number of a sentence that may count persons.
func (r *reading) quantities(from, end int) []*quantity {
	var found []*quantity
	for i := from; i < end; {
		q := r.quantityAt(i, from, end)
		if q == nil {
			i++
			continue
		}
		found = append(found, q)
		i = max(q.to, i+1)
	}
	return found
}

func (r *reading) quantityAt(i, from, end int) *quantity {
	form := strings.ToLower(r.doc.Tokens[i].Form)
	if q := r.vagueAt(i, from, end, form); q != nil {
		return q
	}
	// "between 30 and 40"
	age := i > from && strings.HasPrefix(strings.ToLower(r.doc.Tokens[i-1].Form), "age")
	if form == "between" && i+3 < end && !age {
		if a, k, ok := r.number(i+1, end); ok && k < end && strings.ToLower(r.doc.Tokens[k].Form) == "and" && k+1 < end {
			if b, k2, ok := r.number(k+1, end); ok && b > a {
				a = r.shareMultiplier(a, b, k2)
				return &quantity{from: i, to: k2, low: &a, high: &b, qualifier: news.RangeOf}
			}
		}
	}
	value, next, ok := r.number(i, end)
	if !ok {
		if form == "a" || form == "an" {
			one := 1
			return &quantity{from: i, to: i + 1, low: &one, best: &one, high: &one, qualifier: news.Exact, one: true}
		}
		if form == "another" && r.closesList(i+1, end) {
			one := 1 // "one was killed and another wounded"
			return &quantity{from: i, to: i + 1, low: &one, best: &one, high: &one, qualifier: news.Exact}
		}
		if form == "none" {
			zero := 0
			return &quantity{from: i, to: i + 1, low: &zero, best: &zero, high: &zero, qualifier: news.Exact, zero: true}
		}
		if form == "nobody" || form == "no" && i+1 < end && strings.EqualFold(r.doc.Tokens[i+1].Form, "one") {
			zero := 0
			q := &quantity{from: i, to: i + 1, low: &zero, best: &zero, high: &zero, qualifier: news.Exact, zero: true}
			if form == "no" {
				q.to++
			}
			return q
		}
		if form == "no" || form == "zero" {
			zero := 0
			return &quantity{from: i, to: i + 1, low: &zero, best: &zero, high: &zero, qualifier: news.Exact, zero: true}
		}
		return nil
	}
	if r.notPersons(i, next, from, end) {
		return nil
	}
	q := &quantity{from: i, to: next}
	// "30 to 40", "30-40", "30 or 40"
	if next+1 < end {
		switch strings.ToLower(r.doc.Tokens[next].Form) {
		case "to", "-", "–", "or":
			b, k, ok := r.number(next+1, end)
			if ok {
				value = r.shareMultiplier(value, b, k)
			}
			if ok && b > value && b < value*20 {
				_, q.from = r.hedgeBefore(i, from)
				q.low, q.high, q.to, q.qualifier = &value, &b, k, news.RangeOf
				return q
			}
		}
	}
	q.qualifier, q.from = r.hedgeBefore(i, from)
	if next+1 < end && strings.ToLower(r.doc.Tokens[next].Form) == "or" {
		switch strings.ToLower(r.doc.Tokens[next+1].Form) {
		case "more":
			q.qualifier, q.to = news.AtLeast, next+2
		case "so":
			q.qualifier, q.to = news.Around, next+2
		}
	}
	q.bounds(value)
	return q
}

// closesList reports whether a word is the participle after an "another" that
// stands for one more person, and no verb with an object of its own.
func (r *reading) closesList(i, end int) bool {
	if i >= end {
		return false
	}
	switch r.doc.Tokens[i].UPOS {
	case "AUX":
		return true
	case "VERB", "ADJ":
	default:
		return false
	}
	if i+1 >= end {
		return true
	}
	switch r.doc.Tokens[i+1].UPOS {
	case "NUM", "DET", "NOUN", "PROPN", "ADJ", "PRON":
		return false
	}
	return true
}

// bounds sets low, best and high as the qualifier leaves them.
func (q *quantity) bounds(value int) {
	switch q.qualifier {
	case news.AtLeast, news.MoreThan:
		q.low, q.best = &value, &value
	case news.Around:
		q.best = &value
	case news.UpTo:
		q.high = &value
	case news.VagueCount:
		q.low = &value
	default:
		q.low, q.best, q.high = &value, &value, &value
	}
}

// vagueAt reads "dozens", "hundreds of thousands", "several hundred".
func (r *reading) vagueAt(i, from, end int, form string) *quantity {
	value := vagueNumbers[form]
	next := i + 1
	switch {
	case form == "tens" && i+2 < end && strings.ToLower(r.doc.Tokens[i+1].Form) == "of" && strings.ToLower(r.doc.Tokens[i+2].Form) == "thousands":
		value, next = 20000, i+3
	case form == "hundreds" && i+2 < end && strings.ToLower(r.doc.Tokens[i+1].Form) == "of" && strings.ToLower(r.doc.Tokens[i+2].Form) == "thousands":
		value, next = 200000, i+3
	case form == "several" && i+1 < end && multipliers[strings.ToLower(r.doc.Tokens[i+1].Form)] != 0:
		value, next = 2*multipliers[strings.ToLower(r.doc.Tokens[i+1].Form)], i+2
	}
	if value == 0 {
		return nil
	}
	q := &quantity{from: i, to: next, qualifier: news.VagueCount}
	q.bounds(value)
	if h, start := r.hedgeBefore(i, from); h != news.Exact {
		q.from = start
	}
	return q
}

// notPersons tells numbers that are ages, money, shares, dates, or parts of
// names.
func (r *reading) notPersons(i, next, from, end int) bool {
	doc := r.doc
	if r.timeAt(doc.Tokens[i].Start, doc.Tokens[next-1].End) >= 0 || r.inLongName(i) {
		return true
	}
	if r.agesRange(i, from) {
		return true
	}
	if i > from {
		switch p := doc.Tokens[i-1].Form; p {
		case "$", "€", "£", "¥", "₹", "US$", "Rs", "Rs.", "#", "No", "No.", "F", "Su", "MiG", "aged", "age", "Article", "Section", "Flight", "Highway", "article", "section", "number":
			return true
		case "of":
			// "A mother of 12 was killed", "the father of three".
			if i-2 >= from && parents[strings.ToLower(doc.Tokens[i-2].Form)] {
				return true
			}
		case "-":
			// "F-16", "Covid-19": part of a name.
			return i-1 > from && doc.Tokens[i-2].End == doc.Tokens[i-1].Start && doc.Tokens[i-1].End == doc.Tokens[i].Start && !isNumeric(doc.Tokens[i-2].Form)
		}
	}
	if next < end {
		switch doc.Tokens[next].Form {
		case "%", "percent", "pc", "per", "am", "pm", "a.m.", "p.m.", "°", "th", "st", "nd", "rd", ":":
			return true
		case "-", "‑", "–":
			// "36-member", "12-year-old", but not "30-40".
			return next+1 < end && doc.Tokens[next].Start == doc.Tokens[next-1].End && !isNumeric(doc.Tokens[next+1].Form) && !strings.EqualFold(doc.Tokens[next+1].Form, "strong")
		}
	}
	// An age in commas: "Velin, 45, said".
	if i > from && next < end && doc.Tokens[i-1].Form == "," && doc.Tokens[next].Form == "," && i >= from+2 && doc.Tokens[i-2].UPOS == "PROPN" {
		return true
	}
	return false
}

// agesRange reports whether a number is an end of a range of ages: "six men aged
// between 18 and 34", "ages 9 to 12".
func (r *reading) agesRange(i, from int) bool {
	k := i - 1
	if k-1 > from {
		switch strings.ToLower(r.doc.Tokens[k].Form) {
		case "and", "to", "-", "–":
			if isNumeric(r.doc.Tokens[k-1].Form) {
				k -= 2
			}
		}
	}
	if k > from {
		switch strings.ToLower(r.doc.Tokens[k].Form) {
		case "between", "from":
			k--
		}
	}
	return k >= from && k < i-1 && strings.HasPrefix(strings.ToLower(r.doc.Tokens[k].Form), "age")
}

// parents are whom a number of children is said of.
var parents = map[string]bool{"mother": true, "father": true, "mum": true, "mom": true, "dad": true, "parent": true,
	"grandmother": true, "grandfather": true}

func isNumeric(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// inLongName reports whether a number is part of a name with other words.
func (r *reading) inLongName(i int) bool {
	n := r.nameAt(i)
	return n >= 0 && r.doc.Names[n].To-r.doc.Names[n].From > 1
}

// shareMultiplier is the lower end of a range whose upper end alone has the
// multiplier: "two to three thousand", "between two and three hundred". next is
// the token after the upper end.
func (r *reading) shareMultiplier(low, high, next int) int {
	m := multipliers[strings.ToLower(r.doc.Tokens[next-1].Form)]
	if m > 1 && low < m && low*m < high {
		return low * m
	}
	return low
}
