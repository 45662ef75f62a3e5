package linear

import "slices"

// Entry is what the lexicon knows of a word in lower case.
type Entry struct {
	Cluster uint16 // group of words used alike, from 1; 0 where unknown
	Class   Class
	Sure    uint8 // the tag plus one where the word never has another; 0 where it may
}

// Class are facts about a word in lower case.
type Class uint8

// The facts. A word may be several of them.
const (
	UsuallyLower Class = 1 << iota // written in lower case more often than not, inside sentences
	UsuallyUpper                   // seen mostly with a capital, inside sentences
	PlaceWord                      // part of the name of a town
	CountryWord                    // part of the name of a country
	DemonymWord                    // "Afghan"
	Frequent                       // one of the commonest words, whatever its case
)

// Lexicon holds what is known of words apart from the classifiers' weights.
type Lexicon struct {
	words []wordEntry // by hash
	index []uint32    // bucket of the hash's top bits → first in words
	tags  []sureEntry // by hash
}

type wordEntry struct {
	hash uint32
	Entry
}

type sureEntry struct {
	hash uint32
	tag  uint8
}

const bucketBits = 16

// NewLexicon makes a lexicon of entries by hash of the lower-case form, and of
// words that have but one tag, by hash of the form.
func NewLexicon(entries map[uint32]Entry, sure map[uint32]uint8) *Lexicon {
	l := &Lexicon{}
	for h, e := range entries {
		l.words = append(l.words, wordEntry{h, e})
	}
	for h, t := range sure {
		l.tags = append(l.tags, sureEntry{h, t})
	}
	slices.SortFunc(l.words, func(a, b wordEntry) int { return cmpHash(a.hash, b.hash) })
	slices.SortFunc(l.tags, func(a, b sureEntry) int { return cmpHash(a.hash, b.hash) })
	l.buildIndex()
	return l
}

func cmpHash(a, b uint32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (l *Lexicon) buildIndex() {
	l.index = make([]uint32, 1<<bucketBits+1)
	for _, e := range l.words {
		l.index[e.hash>>(32-bucketBits)+1]++
	}
	for i := 1; i < len(l.index); i++ {
		l.index[i] += l.index[i-1]
	}
}

func (l *Lexicon) entry(lower uint32) Entry {
	if l == nil || l.index == nil {
		return Entry{}
	}
	b := lower >> (32 - bucketBits)
	for i := l.index[b]; i < l.index[b+1]; i++ {
		if l.words[i].hash == lower {
			return l.words[i].Entry
		}
	}
	return Entry{}
}

func (l *Lexicon) sure(form uint32) uint8 {
	if l == nil {
		return 0
	}
	lo, hi := 0, len(l.tags)
	for lo < hi {
		mid := (lo + hi) / 2
		if l.tags[mid].hash < form {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(l.tags) && l.tags[lo].hash == form {
		return l.tags[lo].tag + 1
	}
	return 0
}

// Known returns what the lexicon knows of a form whatever its case.
func (l *Lexicon) Known(form string, s *Scratch) Class {
	s.norm = appendNorm(s.norm[:0], form, Lowered)
	return l.entry(hashBytes(s.norm)).Class
}

// HashLower is the key of a form in the lexicon; Hash that of a form as it is.
func HashLower(form string) uint32 { return hashBytes(appendNorm(nil, form, Lowered)) }

// Hash is the key of a normalised form.
func Hash(form string) uint32 { return hashBytes(appendNorm(nil, form, AsWritten)) }
