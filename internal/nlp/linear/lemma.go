package linear

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lemmatiser finds the dictionary form of a word with a tag: from a list of
// words, and for others by what the treebank's words with the same ending do.
type Lemmatiser struct {
	// Words has the lemmas of forms by both tags and the form as it is written
	// ("VERB/NNP United"), else by its Penn tag and the form, as it is written where
	// that decides ("NN TV"), or in lower case ("VBD went").
	Words  map[string]string
	Rules  map[string]Edit // "XPOS ending" → edit, the longest ending first
	Proper map[string]bool // XPOS tags whose words keep their capital
}

// Edit makes a lemma of a form: so many bytes off the end, then letters put on.
type Edit struct {
	Cut int
	Add string
}

// LongestEnding is the number of bytes of the longest ending in Rules.
const LongestEnding = 6

// Lemma returns the lemma of a form as it was written: in lower case but for
// proper nouns, "I", initials and words that always have a capital ("French"). Buf
// is working memory, which is returned for the next call.
func (l *Lemmatiser) Lemma(form string, tag Tag, c Case, buf []byte) (lemma string, _ []byte) {
	proper := tag.UPOS == "PROPN" || l.Proper[tag.XPOS]
	if form == "I" && tag.UPOS == "PRON" {
		return form, buf
	}
	written := form
	if strings.ContainsRune(written, '’') {
		written = strings.ReplaceAll(written, "’", "'")
	}
	buf = append(append(append(append(append(buf[:0], tag.UPOS...), '/'), tag.XPOS...), ' '), written...)
	if w, ok := l.Words[string(buf)]; ok {
		return w, buf
	}
	low := written
	if !isLower(written) {
		low = strings.ToLower(written)
		buf = append(append(append(buf[:0], tag.XPOS...), ' '), written...)
		if w, ok := l.Words[string(buf)]; ok && c == AsWritten && !proper {
			return w, buf
		}
	}
	if tag.UPOS == "NUM" && isGrouped(low) {
		return strings.ReplaceAll(low, ",", ""), buf
	}
	buf = append(append(buf[:0], tag.XPOS...), ' ')
	head := len(buf)
	buf = append(buf, low...)
	if w, ok := l.Words[string(buf)]; ok {
		return recase(w, form, proper, c), buf
	}
	for n := min(LongestEnding, len(low)); n >= 0; n-- {
		buf = append(buf[:head], low[len(low)-n:]...)
		e, ok := l.Rules[string(buf)]
		if !ok || e.Cut > 0 && e.Cut >= len(low) {
			continue
		}
		if proper {
			if len(form) != len(low) {
				return form, buf
			}
			low = form
		}
		if e.Add == "" {
			return recase(low[:len(low)-e.Cut], form, proper, c), buf
		}
		return recase(low[:len(low)-e.Cut]+e.Add, form, proper, c), buf
	}
	if proper {
		return recase(form, form, proper, c), buf
	}
	return low, buf
}

// isGrouped reports whether a number is written with commas: "12,000.5".
func isGrouped(s string) bool {
	before, _, _ := strings.Cut(s, ".")
	n := len(before)
	if n < 5 {
		return false
	}
	for i := 0; i < n; i++ {
		if comma := (n-i)%4 == 0; comma != (before[i] == ',') || !comma && (before[i] < '0' || before[i] > '9') {
			return false
		}
	}
	return before[0] != ','
}

func isLower(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// recase gives the lemma of a proper noun its capitals back.
func recase(lemma, form string, proper bool, c Case) string {
	if !proper || lemma == "" {
		return lemma
	}
	if c == Titled {
		lemma = strings.ToLower(lemma)
	}
	r, _ := utf8.DecodeRuneInString(form)
	if !unicode.IsUpper(r) && c != Titled {
		return lemma
	}
	first, size := utf8.DecodeRuneInString(lemma)
	if unicode.IsUpper(first) {
		return lemma
	}
	return string(unicode.ToUpper(first)) + lemma[size:]
}
