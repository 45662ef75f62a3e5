package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// A line is one line of the text without the white space around it.
type line struct {
	start, end int
	indent     int  // columns of white space before it
	blank      bool // a blank line (or the start of the text) comes before it
}

// A para is what becomes one block: a line, or lines that were one before
// they were wrapped.
type para struct {
	news.Range
	blank bool // a blank line (or the start of the text) comes before it
	lines int
}

// maxWrap is the widest line, in characters, that is taken for one broken by
// hand or by a mail program; terminals and wires wrap at 60 to 80.
const maxWrap = 100

// splitLines returns the lines of text that hold anything.
func splitLines(text string) []line {
	var lines []line
	blank := true
	for at := 0; at < len(text); {
		end := len(text)
		next := end
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
			next = end + 1
		}
		s, e := trim(text, at, end)
		if s < e {
			lines = append(lines, line{start: s, end: e, indent: columns(text[at:s]), blank: blank})
			blank = false
		} else {
			blank = true
		}
		at = next
	}
	return lines
}

// columns is the width of leading white space; a tab counts as eight.
func columns(space string) int {
	n := 0
	for _, r := range space {
		if r == '\t' {
			n += 8
		} else {
			n++
		}
	}
	return n
}

// paras joins lines that a wrap broke and leaves every other line on its own.
func paras(text string) []para {
	lines := splitLines(text)
	width := wrapWidth(text, lines)
	var out []para
	for i, l := range lines {
		if i > 0 && !l.blank && softBreak(text, out[len(out)-1].Start, lines[i-1], l, width) {
			last := &out[len(out)-1]
			last.End = l.end
			last.lines++
			continue
		}
		out = append(out, para{Range: news.Range{Start: l.start, End: l.end}, blank: l.blank, lines: 1})
	}
	return out
}

// wrapWidth returns the column at which the text was hard-wrapped, 0 where it
// was not. A greedy wrap leaves a trace: every break inside a paragraph stands
// where the next word would not have fitted. Text with one line a paragraph
// has no such breaks, or has lines far wider than any wrap.
func wrapWidth(text string, lines []line) int {
	width := 0
	for _, l := range lines {
		width = max(width, runes(text[l.start:l.end]))
		if width > maxWrap {
			return 0
		}
	}
	breaks, full, inside, lower := 0, 0, 0, 0
	for i := 1; i < len(lines); i++ {
		if lines[i].blank {
			continue
		}
		breaks++
		if fills(text, lines[i-1], lines[i], width) {
			full++
			if !endsSentence(text[lines[i-1].start:lines[i-1].end]) {
				inside++
				if next := text[lines[i].start:lines[i].end]; startsLower(next) || allCaps(next) {
					lower++
				}
			}
		}
	}
	// Three in five: short last lines of paragraphs that no blank line ends
	// make up the rest.
	if inside < 2 || full*5 < breaks*3 {
		return 0
	}
	// Prose goes on in lower case more often than not; a list of headlines of
	// the same length does not.
	if lower*2 < inside {
		return 0
	}
	return width
}

// fills reports whether l could not have taken the first word of next: within
// an eighth of the width, for some wrap earlier than they must.
func fills(text string, l, next line, width int) bool {
	word := text[next.start:next.end]
	if i := strings.IndexFunc(word, unicode.IsSpace); i >= 0 {
		word = word[:i]
	}
	return runes(text[l.start:l.end])+1+runes(word)+width/8 > width
}

// softBreak reports whether the break between two neighbouring lines is only a
// wrap. Besides full lines of wrapped text, a line that stops inside a sentence
// and goes on in lower case is one ("… the minister↵said on Friday"), but not
// after the words of a button ("Sandvik↵news"); from is where the paragraph of l
// begins.
func softBreak(text string, from int, l, next line, width int) bool {
	cur, nxt := text[l.start:l.end], text[next.start:next.end]
	if isBullet(nxt) || isRule(nxt) || isRule(cur) || hashes(nxt) > 0 || hashes(cur) > 0 {
		return false
	}
	if next.indent >= l.indent+2 && width > 0 {
		return false // first line of a paragraph, indented
	}
	if !endsSentence(cur) && startsLower(nxt) && !strings.HasSuffix(cur, ":") && wordCount(text[from:l.end], 4) >= 4 {
		return true
	}
	return width > 0 && fills(text, l, next, width)
}

func runes(s string) int { return utf8.RuneCountInString(s) }
