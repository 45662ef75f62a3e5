package said

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// quote is a pair of quotation marks and what stands between them. Quotes
// nested in another are not kept: only the outermost voice is the article's to
// attribute.
type quote struct {
	start, end  int  // the words inside, byte offsets, white space trimmed
	open, close int  // from the opening mark up to after the closing one
	block       int  // index in Doc.Blocks
	continues   bool // no closing mark: the next paragraph goes on with it
	single      bool
}

// holds reports whether the byte at offset stands between the marks.
func (q quote) holds(offset int) bool { return q.open <= offset && offset < q.close }

// A mark is a quotation mark in the text.
type mark struct {
	at, width int
	single    bool
	opens     bool // may open a quotation here
	closes    bool // may close one here
}

// findQuotes pairs the quotation marks of each block, in time linear in the
// text. Marks are paired block by block, so that one unbalanced mark spoils no
// more than its paragraph. A quotation left open at the end of a block goes on
// when the next block opens with a mark again, as newspapers print quotations
// of several paragraphs; otherwise it ends with the sentence it began in.
func findQuotes(text string, blocks []news.Block) []quote {
	var quotes []quote
	carried := false // the quotation of the block before goes on in this one
	for b, block := range blocks {
		if block.Kind == news.BlockBoilerplate || block.Kind == news.BlockByline {
			continue
		}
		next := leftOpen
		for n := b + 1; n < len(blocks); n++ {
			if k := blocks[n].Kind; k == news.BlockBoilerplate || k == news.BlockCaption {
				continue // link lines stand between the paragraphs of a quotation
			}
			if m, ok := markAt(text, blocks[n].Start, blocks[n].Range); ok && m.opens && !m.single {
				next = opensAgain
			} else if blocks[n].Kind == news.BlockParagraph && closesFirst(text, blocks[n].Range) {
				next = runsOn
			}
			break
		}
		found := pairMarks(text, b, block.Range, next, carried)
		carried = next == runsOn && len(found) > 0 && found[len(found)-1].continues
		quotes = append(quotes, found...)
	}
	return quotes
}

// sequel is what the next paragraph does with a quotation that this one leaves open.
type sequel int

const (
	leftOpen   sequel = iota // nothing: the closing mark was forgotten
	opensAgain               // it begins with a mark of its own
	runsOn                   // it has the closing mark and no opening one
)

// closesFirst reports whether the first double mark of the block closes a
// quotation and could not open one.
func closesFirst(text string, block news.Range) bool {
	for i := block.Start; i < block.End; {
		m, ok := markAt(text, i, block)
		if ok && !m.single {
			return m.closes && !m.opens
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		i += max(n, m.width)
	}
	return false
}

// pairMarks pairs the marks of one block. With carried, a quotation is open where
// it begins.
func pairMarks(text string, b int, block news.Range, next sequel, carried bool) []quote {
	marks := marksOf(text, block)
	var quotes []quote
	depth, first := 0, -1
	if carried {
		marks = append([]mark{{at: block.Start, opens: true}}, marks...)
	}
	for i := 0; i < len(marks); i++ {
		m := marks[i]
		if m.single {
			if depth > 0 {
				continue // “He said ‘no’ to me”: part of the outer quotation
			}
			if !m.opens {
				continue
			}
			if j := closingSingle(text, marks, i); j > 0 {
				quotes = append(quotes, newQuote(text, b, m, marks[j]))
				i = j
			}
			continue
		}
		switch {
		case depth == 0 && m.opens:
			depth, first = 1, i
		case depth > 0 && m.closes && !m.opens:
			depth--
		case depth > 0 && m.opens && !m.closes:
			// A second opening mark is a nested quotation, or the first was
			// never closed: a mark after the end of a sentence starts anew.
			if balanced(marks[i:], depth+1) {
				depth++
			} else {
				if end, ok := sentenceEnd(text, marks[first].at+marks[first].width, m.at); ok {
					quotes = append(quotes, newQuote(text, b, marks[first], mark{at: end}))
				}
				depth, first = 1, i
			}
		case depth > 0 && m.closes:
			depth--
		}
		if depth == 0 && first >= 0 {
			quotes = append(quotes, newQuote(text, b, marks[first], m))
			first = -1
		}
	}
	if first >= 0 && depth > 0 {
		end := mark{at: block.End}
		if next == leftOpen {
			if at, ok := sentenceEnd(text, marks[first].at+marks[first].width, block.End); ok {
				end.at = at
			}
		}
		q := newQuote(text, b, marks[first], end)
		q.continues = next != leftOpen
		quotes = append(quotes, q)
	}
	kept := quotes[:0]
	for _, q := range quotes {
		if q.end > q.start {
			kept = append(kept, q)
		}
	}
	return kept
}

// balanced reports whether the marks, read from inside depth open quotations
// with the first mark opening one more, come back to none.
func balanced(marks []mark, depth int) bool {
	for i, m := range marks {
		if m.single || i == 0 {
			continue
		}
		if m.opens && !m.closes {
			depth++
		} else if m.closes {
			if depth--; depth == 0 {
				return true
			}
		}
		if i > 64 {
			break // a bound, so that a text of opening marks alone stays linear
		}
	}
	return false
}

func newQuote(text string, b int, from, to mark) quote {
	q := quote{open: from.at, close: to.at + to.width, start: from.at + from.width, end: to.at, block: b, single: from.single}
	for q.start < q.end {
		r, n := utf8.DecodeRuneInString(text[q.start:q.end])
		if !unicode.IsSpace(r) {
			break
		}
		q.start += n
	}
	for q.start < q.end {
		r, n := utf8.DecodeLastRuneInString(text[q.start:q.end])
		if !unicode.IsSpace(r) {
			break
		}
		q.end -= n
	}
	return q
}

// sentenceEnd returns the end of the first sentence in text[from:to], by its
// full stop.
func sentenceEnd(text string, from, to int) (int, bool) {
	for i := from; i < to; i++ {
		switch text[i] {
		case '.', '!', '?':
			if i+1 >= to || text[i+1] == ' ' || text[i+1] == '\n' {
				return i + 1, true
			}
		}
	}
	return to, false
}

// closingSingle finds the mark that closes the single quotation opened by
// marks[i], or -1. An apostrophe after an s (the ministers’ cars) closes only
// where no later mark of the same sentence could.
func closingSingle(text string, marks []mark, i int) int {
	doubtful := -1
	for j := i + 1; j < len(marks) && j < i+24; j++ {
		m := marks[j]
		if !m.single {
			continue
		}
		if m.opens && !m.closes {
			break
		}
		if !m.closes {
			continue
		}
		if doubtful >= 0 {
			if _, over := sentenceEnd(text, marks[doubtful].at, m.at-1); over {
				break
			}
		}
		if before := text[m.at-1]; before == 's' && letterFollows(text, m.at+m.width) {
			if doubtful < 0 {
				doubtful = j
			}
			continue
		}
		return j
	}
	return doubtful
}

// letterFollows reports whether a space and a small letter come next, as after
// a possessive.
func letterFollows(text string, at int) bool {
	return at+1 < len(text) && text[at] == ' ' && text[at+1] >= 'a' && text[at+1] <= 'z'
}

func marksOf(text string, block news.Range) []mark {
	var marks []mark
	for i := block.Start; i < block.End; {
		c := text[i]
		if c < utf8.RuneSelf && c != '"' && c != '\'' && c != '`' {
			i++
			continue
		}
		m, ok := markAt(text, i, block)
		if !ok {
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		marks = append(marks, m)
		i += m.width
	}
	return marks
}

// markAt reads the quotation mark that begins at offset i.
func markAt(text string, i int, block news.Range) (mark, bool) {
	if i >= block.End {
		return mark{}, false
	}
	r, n := utf8.DecodeRuneInString(text[i:block.End])
	m := mark{at: i, width: n}
	prev, next := ' ', ' '
	if i > block.Start {
		prev, _ = utf8.DecodeLastRuneInString(text[block.Start:i])
	}
	if (r == '\'' || r == '`') && i+1 < block.End && rune(text[i+1]) == r {
		m.width = 2 // '' and `` stand for double marks
	}
	if i+m.width < block.End {
		next, _ = utf8.DecodeRuneInString(text[i+m.width : block.End])
	}
	after := opensAfter(prev) && !unicode.IsSpace(next)
	before := !unicode.IsSpace(prev) && !wordRune(next)
	switch r {
	case '“', '„', '«', '‟':
		m.opens = true
		// Some desks type “ at both ends.
		if r == '“' && !opensAfter(prev) && !wordOrMark(next) {
			m.opens, m.closes = false, true
		}
	case '”', '»':
		m.closes = true
		// Some desks type ” at both ends.
		if unicode.IsSpace(prev) && wordRune(next) {
			m.opens, m.closes = true, false
		}
	case '"':
		m.opens, m.closes = after, before
		if !m.opens && !m.closes {
			m.closes = true
		}
		if unicode.IsDigit(prev) && !m.opens {
			m.closes = before && next != ' ' // 5'10" is a height
		}
	case '`':
		if m.width == 1 {
			m.single = true
		}
		m.opens = after
	case '‘':
		m.single = true
		m.opens = after && wordOrMark(next)
	case '’', '\'':
		if m.width == 2 {
			m.opens, m.closes = after, before
			if after && before {
				m.opens = false
			}
			break
		}
		m.single = true
		m.closes = before && prev != ' '
		m.opens = r == '\'' && after && unicode.IsLetter(next) && !m.closes
	default:
		return mark{}, false
	}
	return m, m.opens || m.closes
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func wordOrMark(r rune) bool {
	return wordRune(r) || r == '“' || r == '"' || r == '[' || r == '(' || r == '…' || r == '$' || r == '£' || r == '€'
}

// opensAfter reports whether a quotation may open after r.
func opensAfter(r rune) bool {
	switch r {
	case '(', '[', '{', '—', '–', '-', '“', '‘', '"', '\'', ':', '/', '…', ',':
		return true
	}
	return unicode.IsSpace(r)
}

// innerQuote takes the single marks off a piece that is one quotation inside
// another: “He told me, ‘I am leaving,’” she said.
func (r *reading) innerQuote(p piece) (piece, bool) {
	text := r.doc.Text[p.start:p.end]
	i := r.doc.TokenAt(p.start)
	if i >= len(r.quoteAt) || r.quoteAt[i] < 0 || r.quotes[r.quoteAt[i]].start == p.start {
		return p, false
	}
	inner, ok := strings.CutPrefix(text, "‘")
	if !ok || strings.Contains(inner, "‘") {
		return p, false
	}
	if strings.HasSuffix(inner, "’") {
		return piece{p.start + len("‘"), p.end - len("’")}, true
	}
	rest := strings.TrimLeft(r.doc.Text[p.end:], ",.?!")
	return piece{p.start + len("‘"), p.end}, strings.HasPrefix(rest, "’")
}
