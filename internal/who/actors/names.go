package actors

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// latin reports whether a name is in letters that an English text would have it
// in.
func latin(name string) bool {
	letters := false
	for _, r := range name {
		if unicode.IsLetter(r) {
			if !unicode.Is(unicode.Latin, r) {
				return false
			}
			letters = true
		}
	}
	return letters
}

// clean writes a name as a text would have it, "" where none would: composed,
// single blanks, "LIEN, Odd" turned round, one long word in capitals as a name.
func clean(name string, person bool) string {
	name = strings.Join(strings.Fields(norm.NFC.String(name)), " ")
	if len(name) > maxName || !latin(name) || strings.Count(name, " ") >= maxWords {
		return ""
	}
	if last, first, ok := strings.Cut(name, ", "); ok && person && first != "" && !strings.Contains(first, ",") && !suffix(first) {
		name = first + " " + last
	}
	words := strings.Split(name, " ")
	for i, w := range words {
		if (person || len(words) == 1) && shouted(w) {
			words[i] = titled(w)
		}
	}
	if len(words) == 1 && words[0] == strings.ToLower(words[0]) {
		words[0] = titled(words[0])
	}
	return strings.Join(words, " ")
}

func suffix(s string) bool {
	switch strings.ToLower(strings.Trim(s, ".")) {
	case "jr", "sr", "ii", "iii", "iv":
		return true
	}
	return false
}

// shouted reports a word in capitals that is too long for an acronym.
func shouted(w string) bool {
	n := 0
	for _, r := range w {
		if unicode.IsLower(r) || unicode.IsDigit(r) {
			return false
		}
		n++
	}
	return n >= 6
}

// titled writes a word with capitals only where its parts begin.
func titled(w string) string {
	start := true
	return strings.Map(func(r rune) rune {
		out := unicode.ToLower(r)
		if start {
			out = unicode.ToUpper(r)
		}
		start = r == '-' || r == '‑' || r == '\'' || r == '’'
		return out
	}, w)
}

// slight reports a name that says little by itself: one word, or an acronym.
func slight(name string) bool { return !strings.Contains(name, " ") }

// put adds a name to a list that has it not yet.
func put(list []string, name string) []string {
	if name == "" || len(list) >= perActor || slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

// count is how many names an actor has.
func (a *Actor) count() int { return 1 + len(a.Aliases) + len(a.Weak) }
