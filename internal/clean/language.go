package clean

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed languages.txt
var languagesText string

const (
	// maxSample is how much of a text is looked at, in bytes: the language of
	// an article shows in its first pages.
	maxSample = 64 << 10
	// minWords is the shortest text, in words, that is judged by its words.
	minWords = 8
)

// Language says which language a text is in, as an ISO 639-1 code, and how sure
// that is, in [0,1]; "" and 0 where the text is too short or shows too little.
//
// It is made to tell English from the rest: the confidence of "en" is its lead
// on the next language, that of any other its lead on English, so that Danish
// taken for Norwegian is still surely not English. In Latin letters the share
// of common short words decides (languages.txt), in others the script does.
func Language(text string) (code string, confidence float64) {
	if len(text) > maxSample {
		cut := maxSample
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	if code, share := byScript(text); code != "" {
		return code, share
	}
	tongues := functionWords()
	total := 0
	hits := make([]int, len(tongues.codes))
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		total++
		for _, i := range tongues.of[strings.ToLower(w)] {
			hits[i]++
		}
	}
	if total < minWords {
		return "", 0
	}
	best, next := 0, -1 // index 0 is English
	for i := range hits {
		if hits[i] > hits[best] {
			best = i
		}
	}
	for i := range hits {
		if i != best && (next < 0 || hits[i] > hits[next]) {
			next = i
		}
	}
	if best != 0 {
		next = 0
	}
	// One word in ten: headlines and lists of names have that many, other
	// languages than those listed have fewer.
	if hits[best] < 2 || hits[best]*10 < total {
		return "", 0
	}
	lead := float64(hits[best]-hits[next]) / float64(hits[best])
	return tongues.codes[best], lead * min(1, float64(total)/20)
}

// wordLists is languages.txt, turned round.
type wordLists struct {
	codes []string         // English first
	of    map[string][]int // indexes in codes of the languages that have a word
}

// functionWords is the embedded list, read once.
var functionWords = sync.OnceValue(func() wordLists {
	t := wordLists{of: make(map[string][]int)}
	for l := range strings.Lines(languagesText) {
		code, words, ok := strings.Cut(strings.TrimSpace(l), "\t")
		if !ok || strings.HasPrefix(code, "#") {
			continue
		}
		n := len(t.codes)
		t.codes = append(t.codes, code)
		for _, w := range strings.Fields(words) {
			if has := t.of[w]; len(has) == 0 || has[len(has)-1] != n {
				t.of[w] = append(has, n)
			}
		}
	}
	return t
})

// scripts are the writing systems that name their language, or the one of it
// that most of the news is in.
var scripts = []struct {
	table *unicode.RangeTable
	code  string
}{
	{unicode.Cyrillic, "ru"}, {unicode.Arabic, "ar"}, {unicode.Han, "zh"}, {unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"},
	{unicode.Hangul, "ko"}, {unicode.Greek, "el"}, {unicode.Hebrew, "he"}, {unicode.Devanagari, "hi"}, {unicode.Bengali, "bn"},
	{unicode.Thai, "th"}, {unicode.Tamil, "ta"}, {unicode.Telugu, "te"}, {unicode.Gujarati, "gu"}, {unicode.Gurmukhi, "pa"},
	{unicode.Malayalam, "ml"}, {unicode.Kannada, "kn"}, {unicode.Sinhala, "si"}, {unicode.Myanmar, "my"}, {unicode.Khmer, "km"},
	{unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}, {unicode.Ethiopic, "am"}, {unicode.Lao, "lo"},
}

// byScript returns the language of a text of which most letters are not Latin,
// and their share.
func byScript(text string) (string, float64) {
	counts := make([]int, len(scripts))
	letters, foreign := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r < 0x370 || unicode.Is(unicode.Latin, r) {
			continue
		}
		foreign++
		for i := range scripts {
			if unicode.Is(scripts[i].table, r) {
				counts[i]++
				break
			}
		}
	}
	if foreign*2 <= letters || letters < 4 {
		return "", 0
	}
	best, kana := 0, 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
		if scripts[i].code == "ja" {
			kana += n
		}
	}
	if counts[best] == 0 {
		return "", 0
	}
	code := scripts[best].code
	// Neighbours in one script differ by letters of their own.
	switch {
	case code == "ar" && strings.ContainsAny(text, "ٹڈڑںے"):
		code = "ur"
	case code == "ar" && strings.ContainsAny(text, "پچگی"):
		code = "fa"
	case code == "ru" && strings.ContainsAny(text, "іїєґ"):
		code = "uk"
	case code == "zh" && kana*10 > foreign:
		code = "ja"
	}
	return code, float64(foreign) / float64(letters)
}
