package when

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// Published returns the day on which the text says that it was published, as
// YYYY-MM-DD, and whether it says so at all. It is strict, since every relative
// date of the article counts from the answer. These fix it, best first:
//
//   - a line that says so: "Published: 7 May 2031", "Posted on May 7, 2031"
//   - a dateline with a year: "BERGEN, May 7, 2031 (Nordlys) —"
//   - a line near the top that is nothing but a full date, or a byline with one
//   - today with its date: "today, May 7, 2031,"
//   - a line with the date of the last change: "Updated 7 May 2031"
//
// A full date in running text is none of these: it is as often that of the
// event, of a document or of what is to come.
func Published(doc *nlp.Doc) (day string, ok bool) {
	best := ""
	rank := notDated
	for i, b := range doc.Blocks {
		if !opening(i) && len(doc.Blocks)-i > closingBlocks {
			continue
		}
		m := &matcher{doc: doc, names: names{doc: doc}, lex: words(), verbs: tenseVerbs(), feast: feasts()}
		m.w = scan(doc, head(doc.Text, b.Range), m.lex, nil)
		if d, r := m.published(b.Kind, opening(i)); r > rank {
			best, rank = d, r
		}
	}
	return best, rank > notDated
}

// How far from the top and the end of an article its own date is looked for.
const (
	openingBlocks = 6
	closingBlocks = 3
	openingBytes  = 600 // of a block: enough for a lead
)

func opening(block int) bool { return block < openingBlocks }

// head cuts a long block at white space.
func head(text string, r news.Range) news.Range {
	if r.End-r.Start <= openingBytes {
		return r
	}
	end := r.Start + openingBytes
	for end > r.Start && text[end-1] != ' ' && text[end-1] != '\n' {
		end--
	}
	r.End = end
	return r
}

// dating ranks how well a block fixes the date.
type dating uint8

const (
	notDated dating = iota
	changedLine
	todaysDate
	dateLine
	dateline
	publishedLine
)

// published reads the date that a block gives for the article.
func (m *matcher) published(kind news.BlockKind, top bool) (string, dating) {
	for i := range m.w {
		day, end := m.fullDate(i)
		if end == 0 {
			continue
		}
		switch {
		case day == "":
			return "", notDated
		case m.label(i, end) == publishedLine:
			return day, publishedLine
		case !top:
		case kind != news.BlockTitle && m.placeBefore(i) && m.dashAfter(end):
			return day, dateline
		case kind != news.BlockTitle && m.bare(0, i) && m.bare(end, len(m.w)), kind == news.BlockDateline,
			kind == news.BlockByline && len(m.w) <= 24:
			return day, dateLine
		case m.low(i-1, "today"), m.low(i-2, "today") && m.low(i-1, ",", "("):
			return day, todaysDate
		}
		if m.label(i, end) == changedLine {
			return day, changedLine
		}
		return "", notDated // only the first date of a block can be its own
	}
	return "", notDated
}

// fullDate reads a date with its year. The day is empty where a weekday stands
// beside it that it does not fall on.
func (m *matcher) fullDate(i int) (day string, end int) {
	weekday := 0
	if e, ok := m.class(i, weekdayName); ok {
		weekday = e.n
	} else if e, ok := m.class(i, weekdayAbbr); ok {
		weekday = e.n
	}
	d, end := m.date(i)
	f, ok := d.(fixed)
	if end == 0 || !ok || len(f) != len("2006-01-02") {
		return "", 0
	}
	iv, ok := Parse(string(f))
	if !ok || weekday != 0 && iv.First.Weekday() != weekday {
		return "", end
	}
	return string(f), end
}

// label reads the words that introduce a line's date. The rest of the line must
// be short and no sentence: "Published on 7 May 2031, the report lists …" is
// about another text.
func (m *matcher) label(i, end int) dating {
	const reach, rest = 6, 8
	left := 0
	for k := end; k < len(m.w); k++ {
		if m.at(k).kind == letters {
			left++
		}
	}
	if left > rest || len(m.w) > 40 || m.low(len(m.w)-1, ".") && left > 0 {
		return notDated
	}
	for k := i - 1; k >= 0 && k >= i-reach; k-- {
		switch m.at(k).low {
		case "updated", "modified", "revised", "edited":
			return changedLine
		case "published", "posted", "issued", "publication":
			return publishedLine
		case "date":
			if k == 0 || m.low(k-1, "publication", "release", "publish") {
				return publishedLine
			}
		}
	}
	return notDated
}

// placeBefore reports whether all before word i can be the place of a dateline:
// "BERGEN", "Bergen, Norway", "BERGEN (Nordlys)".
func (m *matcher) placeBefore(i int) bool {
	const reach = 10
	if i == 0 || i > reach || m.at(0).kind != letters || !m.at(0).upper {
		return false
	}
	for k := range i {
		w := m.at(k)
		if w.kind == number || w.kind == letters && !w.upper || w.kind == mark && !m.low(k, ",", "(", ")", "-", "—", "/", ".", "'") {
			return false
		}
	}
	return true
}

// dashAfter reports whether a dateline ends behind word i: "(Nordlys) —", "–",
// ": ".
func (m *matcher) dashAfter(i int) bool {
	if m.low(i, "(") {
		const agency = 8 // words
		k := i + 1
		for k < len(m.w) && k < i+agency && !m.low(k, ")") {
			k++
		}
		if !m.low(k, ")") {
			return false
		}
		if m.at(k+1).kind != mark {
			return m.at(k + 1).upper // "(Nordlys) The port …"
		}
		i = k + 1
	}
	return m.low(i, "-", "—", ":")
}

// bare reports whether words say no more than a date line does: times, zones,
// weekdays and marks.
func (m *matcher) bare(from, to int) bool {
	for k := from; k < to; {
		if m.low(k, "at", "on", "am", "pm", "a", "p", "m", "date", "today", "local", "time", "hours", "hrs") || m.at(k).kind == mark {
			k++
			continue
		}
		if _, ok := m.class(k, zone); ok {
			k++
			continue
		}
		if _, ok := m.class(k, weekdayName); ok {
			k++
			continue
		}
		if _, j := m.clockTime(k); j > 0 {
			k = j
			continue
		}
		if m.at(k).kind == number && k > 0 && (len(m.at(k).low) == 2 || len(m.at(k).low) == 4) && m.low(k-1, ":", ",", "-", "|", "at") ||
			m.at(k).kind == number && m.low(k+1, ":") {
			k++
			continue
		}
		return false
	}
	return true
}
