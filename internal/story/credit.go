package story

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// credit is the agency that a text names as its source; "" for none.
type credit string

//go:embed wires.tsv
var wiresTable string

// wires are the agencies by the names that stand for them.
var wires = func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(wiresTable) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		names := strings.Split(line, "\t")
		for _, n := range names {
			m[n] = names[0]
		}
	}
	return m
}()

var (
	// "OSLO, March 11 (Fjord Wire) — A shed …": a dateline names an agency
	// whether it is a known one or not. The name in brackets has no more than
	// four words.
	dateline = regexp.MustCompile(`^\s*([\p{Lu}][^\n(]{0,60}?)?\(([\p{L}][\p{L}\p{N}&'’. -]{1,40})\)\s*(?:—|–|--?|:|_)\s*`)
	// "OSLO — A shed …", "OSLO, March 11 - ": a place in capitals.
	datelinePlace = regexp.MustCompile(`^\s*\p{Lu}{3,}[\p{Lu} .'’-]*(?:, [^\n—–(]{1,40}?)?\s*(?:—|–|--| - )\s*`)
	// "By Ola Nordmann, Associated Press", "Reuters": a byline, or a line that
	// is nothing else.
	byline = regexp.MustCompile(`^\s*(?:[Bb]y\b|BY\b|Source:|SOURCE:|©|\(c\)|Copyright)?\s*(.*?)\s*$`)
	// "© 2031 Agence France-Presse", "(Reporting by …; Editing by …)".
	ending = regexp.MustCompile(`(?:©|\(c\)|Copyright)\s*(?:\d{4}\s*)?([\p{L}][\p{L}&'’. -]{1,40})`)
)

// datelineEnd is where the text goes on behind a dateline; 0 where none stands
// there.
func datelineEnd(paragraph string) int {
	if at := dateline.FindStringIndex(paragraph); at != nil {
		return at[1]
	}
	if at := datelinePlace.FindStringIndex(paragraph); at != nil {
		return at[1]
	}
	return 0
}

// creditOf finds the agency in the dateline, the byline or a closing line. That
// an agency "contributed to this report" makes the text no copy of it.
func creditOf(r *news.Record) credit {
	text := r.Article.Text
	first := true
	for _, b := range r.Article.Blocks {
		part := text[b.Start:b.End]
		switch b.Kind {
		case news.BlockDateline, news.BlockLead, news.BlockParagraph:
			if first {
				if m := dateline.FindStringSubmatch(part + dash(b.Kind)); m != nil && agencyLike(m[2]) {
					return named(m[2])
				}
			}
			first = first && b.Kind == news.BlockDateline
			if len(part) < 80 {
				if c := lineCredit(part); c != "" {
					return c
				}
			}
		case news.BlockByline, news.BlockBoilerplate:
			if c := lineCredit(part); c != "" {
				return c
			}
		}
	}
	for _, a := range r.Article.Authors {
		if w, ok := wires[strings.TrimSpace(a)]; ok {
			return credit(w)
		}
	}
	return ""
}

// dash lets a dateline that is a block of its own end without its dash.
func dash(k news.BlockKind) string {
	if k == news.BlockDateline {
		return " — "
	}
	return ""
}

// lineCredit finds a known agency in a short line.
func lineCredit(line string) credit {
	if len(line) > 200 {
		return ""
	}
	if m := ending.FindStringSubmatch(line); m != nil {
		for name := strings.TrimRight(strings.TrimSpace(m[1]), ". "); name != ""; {
			if w, ok := wires[name]; ok {
				return credit(w)
			}
			i := strings.LastIndexByte(name, ' ')
			if i < 0 {
				break
			}
			name = name[:i]
		}
	}
	m := byline.FindStringSubmatch(line)
	if m == nil {
		return "" // a block of several lines, such as front matter
	}
	for _, part := range strings.FieldsFunc(m[1], func(r rune) bool {
		return r == ',' || r == '|' || r == '/' || r == '•' || r == '(' || r == ')' || r == '·'
	}) {
		if w, ok := wires[strings.TrimSpace(part)]; ok {
			return credit(w)
		}
	}
	return ""
}

// agencyLike keeps "(R-Texas)", "(left)" and "(35)" in the place of a dateline
// from being taken for agencies: a name begins with a capital, or is known.
func agencyLike(name string) bool {
	if _, ok := wires[name]; ok {
		return true
	}
	words := strings.Fields(name)
	if len(words) > 4 || len(name) < 3 || strings.HasPrefix(name, "R-") || strings.HasPrefix(name, "D-") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(first)
}

// named is the credit for an agency's name.
func named(name string) credit {
	if w, ok := wires[name]; ok {
		return credit(w)
	}
	return credit(name)
}

// issued reports whether the agency itself published the text: "Coastline" and
// "Coastline Press" are one.
func (c credit) issued(publisher string) bool {
	if c == "" || publisher == "" {
		return false
	}
	a, b := strings.ToLower(string(c)), strings.ToLower(publisher)
	return strings.HasPrefix(b, a) || strings.HasPrefix(a, b)
}
