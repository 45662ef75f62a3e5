package ledger

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

//go:embed words.tsv
var wordTable string

// words are the readable tables of words.tsv.
type words struct {
	family  map[string]string          // stem → family of words for one kind of happening
	anti    map[string]map[string]bool // stem → stems of what cannot be so at one time
	list    map[string]map[string]bool // name of a list → its words
	phrases map[string][]string        // name of a list → its phrases
}

var table = readWords(wordTable)

func readWords(text string) *words {
	w := &words{family: map[string]string{}, anti: map[string]map[string]bool{}, list: map[string]map[string]bool{}, phrases: map[string][]string{}}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) < 3 {
			continue // TestWords holds the table to its form
		}
		kind, name := cells[0], cells[1]
		for _, s := range strings.Fields(cells[2]) {
			switch kind {
			case "family":
				w.family[stem(s)] = name
			case "list":
				if w.list[name] == nil {
					w.list[name] = map[string]bool{}
				}
				w.list[name][s] = true
			case "anti":
				for _, l := range strings.Fields(name) {
					w.oppose(stem(l), stem(s))
				}
			}
		}
		if kind == "phrases" {
			w.phrases[name] = append(w.phrases[name], strings.Split(cells[2], "|")...)
		}
	}
	return w
}

func (w *words) oppose(a, b string) {
	for _, p := range [][2]string{{a, b}, {b, a}} {
		if w.anti[p[0]] == nil {
			w.anti[p[0]] = map[string]bool{}
		}
		w.anti[p[0]][p[1]] = true
	}
}

func (w *words) in(list, word string) bool { return w.list[list][word] }

// has reports whether the folded text, with blanks at both ends, holds one of
// the phrases of a list.
func (w *words) has(list, text string) bool {
	for _, p := range w.phrases[list] {
		if strings.Contains(text, " "+p+" ") {
			return true
		}
	}
	return false
}

// fold makes texts comparable: small letters without marks, straight
// apostrophes.
func fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	out, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		out = s
	}
	return strings.ToLower(strings.ReplaceAll(out, "’", "'"))
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// tokens are the words of a text, folded; "'s" is cut off.
func tokens(s string) []string {
	fields := strings.FieldsFunc(fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-'
	})
	out := fields[:0]
	for _, f := range fields {
		f = strings.TrimSuffix(strings.Trim(f, "'-"), "'s")
		if f != "" {
			out = append(out, f)
		}
	}
	return out
}

// padded is a text as one line of its words, with a blank at each end.
func padded(s string) string { return " " + strings.Join(tokens(s), " ") + " " }

// stem cuts the endings that tell forms of one word apart: enough to hold
// "dumped", "dumping" and "dump" together, and no more.
func stem(w string) string {
	for _, irregular := range []struct{ form, stem string }{
		{"shot", "shoot"}, {"hit", "hit"}, {"struck", "strik"}, {"sank", "sink"}, {"sunk", "sink"}, {"met", "meet"},
		{"dead", "kill"}, {"death", "kill"}, {"deaths", "kill"}, {"died", "kill"}, {"die", "kill"}, {"blew", "blow"}, {"blown", "blow"},
		{"brought", "bring"}, {"broke", "break"}, {"broken", "break"}, {"fell", "fall"}, {"fallen", "fall"}, {"held", "hold"},
		{"taken", "take"}, {"took", "take"}, {"stole", "steal"}, {"stolen", "steal"}, {"sold", "sell"}, {"paid", "pay"}, {"threw", "throw"}, {"thrown", "throw"},
		{"beaten", "beat"}, {"left", "leav"}, {"lied", "lie"}, {"lying", "lie"}, {"began", "begin"}, {"gave", "giv"}, {"given", "giv"},
		{"froze", "freez"}, {"frozen", "freez"}, {"fought", "fight"}, {"caught", "catch"}, {"knew", "know"}, {"known", "know"}, {"made", "mak"}, {"built", "build"}, {"fled", "flee"}, {"fired", "fir"},
	} {
		if w == irregular.form {
			return irregular.stem
		}
	}
	for _, s := range []string{"ies", "ied"} {
		if len(w) > 5 && strings.HasSuffix(w, s) {
			return w[:len(w)-3] + "y"
		}
	}
	for _, s := range []string{"ing", "ed", "es", "er", "ers", "s"} {
		if cut, ok := strings.CutSuffix(w, s); ok && len(cut) >= 3 && !(s == "s" && strings.HasSuffix(cut, "s")) {
			w = cut
			break
		}
	}
	if n := len(w); n > 3 && w[n-1] == w[n-2] && w[n-1] != 's' && w[n-1] != 'l' {
		w = w[:n-1] // stopp, dropp
	}
	return strings.TrimSuffix(w, "e")
}

// content are the stems of a text that carry meaning.
func content(s string) map[string]bool {
	out := map[string]bool{}
	for _, t := range tokens(s) {
		if !table.in("stop", t) && len(t) > 1 {
			out[stem(t)] = true
		}
	}
	return out
}

// deeds are the stems of those words of a text that look like verbs of doing.
func deeds(s string) map[string]bool {
	out := map[string]bool{}
	for _, t := range tokens(s) {
		if table.in("stop", t) {
			continue
		}
		st := stem(t)
		if strings.HasSuffix(t, "ed") || strings.HasSuffix(t, "ing") || table.in("verb", t) {
			out[st] = true
		}
	}
	return out
}

// shared counts the members of both sets.
func shared(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}
