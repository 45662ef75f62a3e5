package clean

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Blocks marks plain text: every byte that is not white space lies in exactly
// one block, and the blocks come in text order. Paragraphs are what blank lines
// part, or single line breaks where the text has one line a paragraph; lines
// that a wrap broke are joined. A dateline and a closing credit that share a
// line with a paragraph are blocks of their own.
//
// Title is the article's title where it is known and the text begins with it,
// otherwise "".
func Blocks(text, title string) []news.Block {
	m := newMarker(text)
	m.read(title)
	return m.mark()
}

// A marker carries one text through the steps of Blocks.
type marker struct {
	text     string
	lex      *lexicon
	parts    []part
	headline int // index of the title in parts, -1 where there is none
	first    int // index of the first paragraph of prose in parts
	last     int // index of the last one
}

func newMarker(text string) *marker {
	lex, err := boilerplates()
	if err != nil {
		lex = &lexicon{} // the embedded file is tested to parse
	}
	return &marker{text: text, lex: lex, headline: -1}
}

// mark decides what kind each part is and returns the blocks.
func (m *marker) mark() []news.Block {
	m.markNotices()
	m.markLists()
	m.markHead()
	m.markBody()
	return m.blocks()
}

// part is a block in the making.
type part struct {
	para
	hint    news.BlockKind // what the form of the source says it is, unless its words say otherwise
	kind    news.BlockKind // "" until it is decided
	verdict verdict
	author  bool // reads as a byline, where one may stand
}

func (m *marker) line(i int) string { return m.text[m.parts[i].Start:m.parts[i].End] }

// read cuts the text into parts. A known title is one part, however its lines
// are broken.
func (m *marker) read(title string) {
	ps := paras(m.text)
	m.parts = make([]part, 0, len(ps)+2)
	if n := titleEnd(m.text, title); n > 0 {
		start, end := trim(m.text, 0, n)
		m.parts = append(m.parts, part{para: para{Range: news.Range{Start: start, End: end}, blank: true, lines: 1}, kind: news.BlockTitle})
		m.headline = 0
		ps = paras(m.text[n:])
		for i := range ps {
			ps[i].Start += n
			ps[i].End += n
		}
	}
	for _, p := range ps {
		m.parts = append(m.parts, part{para: p})
	}
}

// titleEnd returns where in text the title ends that the text begins with, 0
// where it does not. White space and case may differ; the title must end its
// line, or "Port" would be cut out of "Port closed".
func titleEnd(text, title string) int {
	want := strings.Fields(title)
	at := 0
	for _, w := range want {
		s, _ := trim(text, at, len(text))
		if len(text)-s < len(w) || !strings.EqualFold(text[s:s+len(w)], w) {
			return 0
		}
		at = s + len(w)
	}
	if at == 0 {
		return 0
	}
	rest := text[at:]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	if s, e := trim(rest, 0, len(rest)); s < e {
		return 0
	}
	return at
}

// markNotices decides what the words of a line alone decide: boilerplate,
// captions and credits of reporters. It also finds where the prose begins and
// ends.
func (m *marker) markNotices() {
	for i := range m.parts {
		p := &m.parts[i]
		if p.kind != "" {
			continue
		}
		s := m.line(i)
		words := wordsOf(s, maxCaption+1)
		p.verdict = m.lex.judge(s, words)
		p.author = isAuthor(s, words)
		switch {
		case p.verdict.boilerplate:
			p.kind = news.BlockBoilerplate
		case isCredit(s, words):
			p.kind = news.BlockByline
		case p.hint != "":
			p.kind = p.hint
		case isCaption(s, words):
			p.kind = news.BlockCaption
		}
	}
	m.first, m.last = len(m.parts), -1
	top := m.headline < 0
	for i := range m.parts {
		if m.parts[i].kind != "" {
			continue
		}
		// The first line may be a headline that asks, or that was given a stop.
		headline := top && m.isTitle(i)
		top = false
		if !headline && m.prose(i) {
			m.first = min(m.first, i)
			m.last = i
		}
	}
}

// prose reports whether part i reads as a paragraph: it ends like a sentence,
// or is too long for a headline.
func (m *marker) prose(i int) bool {
	s := m.line(i)
	if wordCount(s, 46) > 45 {
		return true
	}
	return endsSentence(s) || lastRune(s) == ':'
}

// markBody decides the rest, from the first paragraph down.
func (m *marker) markBody() {
	for i := range m.parts {
		if m.parts[i].kind != "" {
			continue
		}
		s := m.line(i)
		p := &m.parts[i]
		edge := i < m.first || i > m.last
		switch {
		case p.verdict.kicker, edge && p.verdict.edge:
			p.kind = news.BlockBoilerplate
		case edge && p.author, (i < m.first || i > m.last && m.last >= 0) && areAuthors(s):
			p.kind = news.BlockByline
		case isDatelineLine(s, edge):
			p.kind = news.BlockDateline
		case m.isHeading(i):
			p.kind = news.BlockHeading
		default:
			p.kind = news.BlockParagraph
		}
	}
}

// markLists marks the links under "Related stories" and the like: lines with no
// full stop that follow at once, and below the last paragraph also the single
// words of a list of topics.
func (m *marker) markLists() {
	const most = 8
	for i := range m.parts {
		if !m.parts[i].verdict.list {
			continue
		}
		end, links := i+1, 0
		for ; end < len(m.parts) && links < most; end++ {
			if m.parts[end].kind == news.BlockBoilerplate && !m.parts[end].verdict.list {
				continue // "list 1 of 3"
			}
			if !m.isLink(end) {
				break
			}
			links++
		}
		// The last line before a paragraph may be its heading: leave it where a
		// blank line, or nothing else, tells it from the links.
		if end < len(m.parts) && m.parts[end].kind == "" && end > i+1 && m.parts[end-1].blank {
			end--
		}
		for j := i + 1; j < end; j++ {
			m.parts[j].kind = news.BlockBoilerplate
		}
	}
}

// isLink reports whether part i could be one line of a list of links.
func (m *marker) isLink(i int) bool {
	if k := m.parts[i].kind; k != "" && k != news.BlockCaption || m.parts[i].lines > 1 {
		return false
	}
	s := m.line(i)
	return !endsStop(s) && lastRune(s) != ':' && wordCount(s, 26) <= 25 && (i > m.last || wordCount(s, 3) >= 3)
}

// blocks turns parts into blocks and splits off datelines and closing credits.
func (m *marker) blocks() []news.Block {
	out := make([]news.Block, 0, len(m.parts)+2)
	add := func(kind news.BlockKind, start, end int) {
		out = append(out, news.Block{Kind: kind, Range: news.Range{Start: start, End: end}})
	}
	opened := false
	colons := m.speakers()
	for i := range m.parts {
		p := &m.parts[i]
		if p.kind == news.BlockTitle {
			start := p.Start
			if n := slug(m.line(i)); n > 0 {
				add(news.BlockDateline, start, start+n)
				start, _ = trim(m.text, start+n, p.End)
			}
			add(p.kind, start, p.End)
			continue
		}
		if p.kind != news.BlockParagraph {
			add(p.kind, p.Start, p.End)
			continue
		}
		start, end := p.Start, p.End
		first := !opened
		opened = true
		if n := dateline(m.line(i), first); n > 0 && n < end-start && !(colons > 1 && m.text[start+n-1] == ':') {
			add(news.BlockDateline, start, start+n)
			start, _ = trim(m.text, start+n, end)
		}
		if at := closingCredit(m.text[start:end]); at > 0 {
			_, e := trim(m.text, start, start+at)
			add(news.BlockParagraph, start, e)
			start += at
			add(news.BlockByline, start, end)
			continue
		}
		if at := closingMark(m.text[start:end]); at > 0 {
			_, e := trim(m.text, start, start+at)
			add(news.BlockParagraph, start, e)
			add(news.BlockBoilerplate, start+at, end)
			continue
		}
		add(news.BlockParagraph, start, end)
	}
	return out
}

// speakers counts the paragraphs that open like "BERGEN: …" or "VELIN: …"; more
// than one makes a transcript.
func (m *marker) speakers() int {
	n := 0
	for i := range m.parts {
		if d := dateline(m.line(i), true); d > 0 && m.text[m.parts[i].Start+d-1] == ':' {
			n++
		}
	}
	return n
}

// closingMark returns where in a paragraph the mark starts by which an agency
// closes its report, 0 where there is none: "… on Friday. Enditem".
func closingMark(s string) int {
	for _, mark := range []string{"Enditem", "Endit", "(END)", "(Ends)", "-END-", "--END--", "-ENDS-"} {
		if before, ok := strings.CutSuffix(strings.TrimRight(s, "."), mark); ok {
			if t := strings.TrimRight(before, " \u00a0\t\n"); t != "" && len(t) < len(before) && endsSentence(t) {
				return len(before)
			}
		}
	}
	return 0
}

// closingCredit returns where in a paragraph a closing "(Reporting by …)"
// starts, 0 where there is none.
func closingCredit(s string) int {
	if !strings.HasSuffix(s, ")") {
		return 0
	}
	i := strings.LastIndexByte(s, '(')
	if i <= 0 || !isCredit(s[i:], wordsOf(s[i:], 61)) {
		return 0
	}
	before := strings.TrimRight(s[:i], " \u00a0\t\n")
	if before == "" || len(before) == i || !endsSentence(before) {
		return 0
	}
	return i
}
