package story

import "slices"

// A text is compared with others by its shingles: runs of words, as numbers.
const (
	shingleWords = 4
	// maxShingles bounds what is kept of one text: the least numbers, which are
	// an even sample of all. A text of 4,000 words and fewer is kept whole.
	maxShingles = 4096
	// signatureSize numbers make the MinHash signature, in bands of bandRows.
	signatureSize = 96
	bandRows      = 3
	bands         = signatureSize / bandRows
)

// shingles are the runs of words of a text, each once, in the order of their
// numbers. all is how many there were before any were left out.
type shingles struct {
	runs []uint32
	all  int
}

// shinglesOf makes the runs of words. A text of fewer words than a run has is
// one run.
func shinglesOf(words []string) shingles {
	if len(words) == 0 {
		return shingles{}
	}
	hashes := make([]uint64, len(words))
	for i, w := range words {
		hashes[i] = hash(w)
	}
	size := min(shingleWords, len(words))
	runs := make([]uint32, 0, len(words)-size+1)
	for i := 0; i+size <= len(words); i++ {
		h := uint64(0)
		for _, w := range hashes[i : i+size] {
			h = h*0x9e3779b97f4a7c15 + w
		}
		runs = append(runs, uint32(mix(h)>>32))
	}
	slices.Sort(runs)
	runs = slices.Compact(runs)
	s := shingles{runs: runs, all: len(runs)}
	if len(runs) > maxShingles {
		s.runs = slices.Clone(runs[:maxShingles])
	}
	return s
}

// containment is the share of the shorter text's runs that the longer has too,
// and the share of all runs of both that are common (Jaccard). Where only a
// sample of one is kept, the shares are those below the sample's greatest
// number, which estimates both.
func containment(a, b shingles) (contained, common float64) {
	x, y := a.runs, b.runs
	if len(x) == 0 || len(y) == 0 {
		return 0, 0
	}
	if a.all > len(x) || b.all > len(y) {
		limit := min(x[len(x)-1], y[len(y)-1])
		x, y = upTo(x, limit), upTo(y, limit)
	}
	if len(x) == 0 || len(y) == 0 {
		return 0, 0
	}
	shared := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			shared, i, j = shared+1, i+1, j+1
		case x[i] < y[j]:
			i++
		default:
			j++
		}
	}
	return float64(shared) / float64(min(len(x), len(y))), float64(shared) / float64(len(x)+len(y)-shared)
}

func upTo(runs []uint32, limit uint32) []uint32 {
	i, found := slices.BinarySearch(runs, limit)
	if found {
		i++
	}
	return runs[:i]
}

// signature is the MinHash of a set of runs (Broder 1997): for each of many
// orders of all numbers the least of the set. Two sets have a number of it in
// common with the probability that is their Jaccard likeness.
type signature [signatureSize]uint32

// multipliers make the orders: x·m + a, odd m, for the fixed seeds.
var multipliers = func() (m [signatureSize][2]uint32) {
	for i := range m {
		x := mix(uint64(i+1) * 0x9e3779b97f4a7c15)
		m[i] = [2]uint32{uint32(x) | 1, uint32(x >> 32)}
	}
	return m
}()

func signatureOf(s shingles) (sig signature) {
	for i, m := range multipliers {
		least := ^uint32(0)
		for _, r := range s.runs {
			h := r*m[0] + m[1]
			h ^= h >> 15
			h *= 0x2c1b3c6d
			least = min(least, h)
		}
		sig[i] = least
	}
	return sig
}

// bandKeys are the numbers under which a text is filed: texts that agree in one
// are compared. With 32 bands of 3 rows two texts of which half is common meet
// with a probability of 0.98, two with a tenth in common with 0.03.
func (sig *signature) bandKeys() (keys [bands]uint64) {
	for b := range keys {
		h := uint64(b) + 1
		for _, v := range sig[b*bandRows : (b+1)*bandRows] {
			h = mix(h*0x9e3779b97f4a7c15 + uint64(v))
		}
		keys[b] = h
	}
	return keys
}
