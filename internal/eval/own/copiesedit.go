package own

import (
	"slices"
	"strings"
)

// edits are what the program does to a report. Each is given another report of
// the story and a number that varies what it does.
var edits = []struct {
	name string
	copy bool
	make func(r, other Report, n int) Report
}{
	{"cut", true, func(r, _ Report, n int) Report { return cut(r, n) }},
	{"headline and quotations", true, func(r, other Report, _ int) Report {
		return swapQuotations(Report{other.Title, r.Paragraphs}, other)
	}},
	{"words, headline and cut", true, func(r, other Report, n int) Report {
		return cut(changeWords(Report{other.Title, r.Paragraphs}), n+1)
	}},
	{"borrowed paragraph", false, borrow},
}

// cut leaves out the end, the middle, or every paragraph but the first two and
// a later one; the dateline goes too.
func cut(r Report, n int) Report {
	p := slices.Clone(r.Paragraphs)
	switch n % 3 {
	case 0:
		p = p[:(len(p)*3+4)/5]
	case 1:
		p = slices.Delete(p, 2, 3)
	default:
		p = []string{p[0], p[1], p[len(p)-1]}
	}
	if _, after, ok := strings.Cut(p[0], ") — "); ok && len(p[0])-len(after) < 60 {
		p[0] = after
	}
	return Report{r.Title, p}
}

// swapQuotations puts the quotations of another report in the place of those
// of r, and says that somebody else said them where there is none.
func swapQuotations(r, other Report) Report {
	var theirs []string
	for _, p := range other.Paragraphs {
		eachQuotation(p, func(q string) string { theirs = append(theirs, q); return q })
	}
	if len(theirs) == 0 {
		theirs = []string{"It is too early to say more,"}
	}
	i := 0
	out := Report{Title: r.Title}
	for _, p := range r.Paragraphs {
		out.Paragraphs = append(out.Paragraphs, eachQuotation(p, func(string) string {
			i++
			return theirs[(i-1)%len(theirs)]
		}))
	}
	return out
}

// eachQuotation puts what f makes of it in the place of each quotation.
func eachQuotation(text string, f func(string) string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "“")
		quotation, after, closed := strings.Cut(rest, "”")
		if !ok || !closed {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(before + "“" + f(quotation) + "”")
		text = after
	}
}

// changes are words that a desk changes: those on the left become those on
// the right. The longer come first.
var changes = strings.NewReplacer(
	"per cent", "percent", "more than ", "over ", "at least ", "no fewer than ", "kilometres", "km",
	" said on ", " announced on ", " said.", " told reporters.", " said,", " stated,", " said ", " stated ",
	"killed", "left dead", "killing", "leaving dead", " died ", " lost their lives ", "people", "persons",
	"early on ", "in the early hours of ", " about ", " some ", " began ", " started ", " ended ", " finished ",
	"Two ", "2 ", "Three ", "3 ", "Four ", "4 ", " six ", " 6 ", " nine ", " 9 ", "million", "m",
	"according to", "as stated by", " was to ", " is due to ", " would ", " will ", " had ", " has ",
	"workers", "labourers", "forced", "compelled", "officials", "authorities", " because ", " as ",
	"children", "youngsters", "hospital", "clinic", "government", "cabinet", "although", "though",
	" after ", " following ", " a day ", " daily ", "struck", "hit", "the dead", "the victims",
)

// changeWords rewrites what stands outside quotations.
func changeWords(r Report) Report {
	out := Report{Title: r.Title}
	for _, p := range r.Paragraphs {
		var quoted []string
		p = eachQuotation(p, func(q string) string { quoted = append(quoted, q); return "" })
		p = changes.Replace(p)
		p = eachQuotation(p, func(string) string { q := quoted[0]; quoted = quoted[1:]; return q })
		out.Paragraphs = append(out.Paragraphs, p)
	}
	return out
}

// borrow is the other report with one paragraph of r in it: background, or what
// somebody told everybody.
func borrow(r, other Report, n int) Report {
	i := 1 + n%(len(r.Paragraphs)-1)
	return Report{other.Title, slices.Insert(slices.Clone(other.Paragraphs), 2, r.Paragraphs[i])}
}
