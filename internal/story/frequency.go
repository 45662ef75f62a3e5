package story

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
)

//go:generate sh -c "go run ./frequency ../../../shared/corpora/text/gmb_voa_sentences.txt.gz > frequency.tmp && mv frequency.tmp frequency.tsv"

//go:embed frequency.tsv
var frequencyTable string

// rarities are how rare words are, as whole numbers so that sums do not depend
// on their order: 16·ln(texts/texts with the word). The table does not change
// with what is read, so the likeness of two articles depends on them alone.
var rarities, rarest = func() (map[string]int32, int32) {
	m := make(map[string]int32, 1<<14)
	texts := 1.0
	for line := range strings.Lines(frequencyTable) {
		word, count, ok := strings.Cut(strings.TrimSpace(line), "\t")
		n, err := strconv.Atoi(count)
		if !ok || err != nil {
			continue // the head of the table
		}
		if word == "texts" && len(m) == 0 && texts == 1 {
			texts = float64(n)
			continue
		}
		m[word] = int32(math.Round(16 * math.Log(texts/float64(n))))
	}
	return m, int32(math.Round(16 * math.Log(texts)))
}()

// rarity of a stemmed word. One that the table does not have counts as if it
// were in one text of it.
func rarity(word string) int32 {
	if r, ok := rarities[word]; ok {
		return r
	}
	return rarest
}

// Words are the words of a text as the likeness of articles sees them: lower
// case, endings off.
func Words(text string) []string {
	var out []string
	eachWord(text, nil, func(w string) { out = append(out, stem(w)) })
	return out
}
