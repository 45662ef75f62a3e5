package clean

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is one word of a line as the patterns see it.
type word struct {
	low   string // lower case, with a straight apostrophe
	upper bool   // begins with a capital
	caps  bool   // has no lower-case letter
	mark  rune   // first mark between this word and the next: ':' '|' '-' '>' '.' …; 0 for none
	end   int    // byte offset in the line of the word's end
}

// wordsOf cuts a line into words, and gives up after limit of them. Dashes are
// read as '-', arrows as '>'.
func wordsOf(s string, limit int) []word {
	out := make([]word, 0, 16)
	start := -1
	plain, lower, upper := true, false, false // of the word so far
	flush := func(end int) {
		w := s[start:end]
		first, _ := utf8.DecodeRuneInString(w)
		out = append(out, word{low: w, upper: unicode.IsUpper(first), caps: upper && !lower, end: end})
		if !plain {
			out[len(out)-1].low = strings.ToLower(strings.ReplaceAll(w, "’", "'"))
		}
		start, plain, lower, upper = -1, true, false, false
	}
	for i, r := range s {
		inside := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '©' || r == '@' ||
			r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
		if !inside && (r == '\'' || r == '’') && start >= 0 {
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			inside = unicode.IsLetter(next)
		}
		if inside {
			if start < 0 {
				if len(out) >= limit {
					return out
				}
				start = i
			}
			switch {
			case 'a' <= r && r <= 'z':
				lower = true
			case 'A' <= r && r <= 'Z':
				upper, plain = true, false
			case r >= utf8.RuneSelf:
				lower, upper, plain = lower || unicode.IsLower(r), upper || unicode.IsUpper(r), false
			}
			continue
		}
		if start >= 0 {
			flush(i)
		}
		if len(out) > 0 && out[len(out)-1].mark == 0 && !unicode.IsSpace(r) {
			out[len(out)-1].mark = markOf(r)
		}
	}
	if start >= 0 {
		flush(len(s))
	}
	return out
}

// markOf folds the marks that separate a label from its headline.
func markOf(r rune) rune {
	switch r {
	case '-', '‐', '‑', '–', '—', '―':
		return '-'
	case '>', '»', '›', '→', '⇒', '▶', '►', '⟶':
		return '>'
	case '：':
		return ':'
	case '¦', '│':
		return '|'
	}
	return r
}

// A pattern is a sequence of elements that a run of words may match.
type pattern []element

type element struct {
	kind     elementKind
	words    []string // for choices
	optional bool
}

type elementKind int

const (
	choice   elementKind = iota // one of words
	number                      // <num>
	date                        // <date>: one to eight words of a date
	network                     // <net>: one to eight names of networks
	name                        // <name>: one to five capitalised words
	anything                    // *: up to six words
)

// parsePattern reads the notation described in boilerplate.txt.
func parsePattern(s string) (pattern, error) {
	var p pattern
	for _, f := range strings.Fields(s) {
		e := element{}
		if f, e.optional = strings.CutSuffix(f, "?"); f == "" {
			return nil, fmt.Errorf("pattern %q: a ? without a word", s)
		}
		switch f {
		case "<num>":
			e.kind = number
		case "<date>":
			e.kind = date
		case "<net>":
			e.kind = network
		case "<name>":
			e.kind = name
		case "*":
			e.kind = anything
		default:
			if strings.ContainsAny(f, "<>*") {
				return nil, fmt.Errorf("pattern %q: unknown element %q", s, f)
			}
			e.words = strings.Split(f, "/")
		}
		p = append(p, e)
	}
	if len(p) == 0 {
		return nil, fmt.Errorf("pattern %q: no words", s)
	}
	return p, nil
}

// ends returns, as a bit set, every number of words from which on the pattern
// may have been matched when it starts at the first of words; words beyond the
// 63rd are not looked at. Walking the set of states, and not back-tracking,
// bounds the work by elements × words.
func (p pattern) ends(words []word) uint64 {
	if len(words) > 63 {
		words = words[:63]
	}
	states := uint64(1)
	for _, e := range p {
		var next uint64
		if e.optional || e.kind == anything {
			next = states
		}
		for at := range words {
			if states&(1<<at) == 0 {
				continue
			}
			for n := 1; n <= e.most() && at+n <= len(words) && e.takes(words[at+n-1]); n++ {
				next |= 1 << (at + n)
			}
		}
		if states = next; states == 0 {
			return 0
		}
	}
	return states
}

// most is the largest number of words that the element may match.
func (e element) most() int {
	switch e.kind {
	case date, network:
		return 8
	case name:
		return 5
	case anything:
		return 6
	}
	return 1
}

// takes reports whether the element matches one word (or one of several).
func (e element) takes(w word) bool {
	switch e.kind {
	case number:
		return startsDigit(w.low)
	case date:
		return isDateWord(w.low)
	case network:
		return isNetwork(w.low)
	case name:
		return w.upper
	case anything:
		return true
	}
	for _, c := range e.words {
		if c == w.low {
			return true
		}
	}
	return false
}

func startsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// isDateWord reports whether w occurs in stamps like "May 8th, 2031, 4:10 pm
// GMT" or "3 hours ago".
func isDateWord(w string) bool {
	if startsDigit(w) {
		return true
	}
	switch w {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
		"today", "yesterday", "ago", "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "day", "days", "week", "weeks",
		"am", "pm", "a", "p", "m", "noon", "midnight", "at", "on", "of",
		"gmt", "utc", "bst", "cet", "cest", "eet", "msk", "est", "edt", "et", "cst", "cdt", "ct", "pst", "pdt", "pt", "ist", "pkt", "pst8", "jst", "kst", "hkt", "sgt", "aest", "aedt", "wat", "eat", "sast", "z", "local", "time":
		return true
	}
	return false
}

// isNetwork reports whether w names a network, an app or a button of the row
// they are listed in.
func isNetwork(w string) bool {
	switch w {
	case "facebook", "twitter", "x", "whatsapp", "telegram", "instagram", "youtube", "linkedin", "pinterest", "reddit", "mastodon",
		"bluesky", "threads", "tiktok", "viber", "messenger", "flipboard", "tumblr", "snapchat", "wechat", "weibo", "line", "vk", "truth",
		"social", "google", "news", "rss", "feed", "pocket", "email", "e", "mail", "print", "sms", "copy", "link", "and", "or", "&", "via":
		return true
	}
	return false
}
