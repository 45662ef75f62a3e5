package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"sort"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// example is a sentence as the classifiers see it.
type example struct {
	*sentence
	words []linear.Word
	gold  []uint8 // tags
	tags  []uint8 // tags as a tagger sees them that was not trained on this sentence
}

func examples(l *linear.Lexicon, all []*sentence) []*example {
	var scratch linear.Scratch
	out := make([]*example, len(all))
	for i, s := range all {
		e := &example{sentence: s, words: make([]linear.Word, len(s.forms)), tags: make([]uint8, len(s.forms))}
		for j, f := range s.forms {
			e.words[j] = l.Look(f, linear.AsWritten, &scratch)
		}
		out[i] = e
	}
	return out
}

func setGold(all []*example, tags []linear.Tag) {
	index := map[linear.Tag]uint8{}
	for i, t := range tags {
		index[t] = uint8(i)
	}
	byUPOS := map[string]uint8{}
	for i := len(tags) - 1; i >= 0; i-- {
		byUPOS[tags[i].UPOS] = uint8(i)
	}
	for _, e := range all {
		e.gold = make([]uint8, len(e.forms))
		for i := range e.forms {
			t, ok := index[tagName(e.sentence, i)]
			if !ok {
				t = byUPOS[e.upos[i]]
			}
			e.gold[i] = t
		}
	}
}

// commonest returns the keys of counts, the largest count first.
func commonest[K comparable](counts map[K]int, less func(a, b K) bool) []K {
	keys := make([]K, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		if counts[keys[i]] != counts[keys[j]] {
			return counts[keys[i]] > counts[keys[j]]
		}
		return less(keys[i], keys[j])
	})
	return keys
}

func trainTagger(train []*example, tags []linear.Tag, epochs int, seed uint64) *perceptron {
	p := newPerceptron(len(tags))
	rng := rand.New(rand.NewPCG(seed, 11))
	order := make([]int, len(train))
	for i := range order {
		order[i] = i
	}
	scores := make([]float32, linear.MaxClasses)
	var feats []uint32
	guess := make([]uint8, 0, 512)
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			e := train[k]
			guess = append(guess[:0], make([]uint8, len(e.words))...)
			for i := range e.words {
				if t := e.words[i].Sure; t > 0 {
					guess[i] = t - 1
					continue
				}
				p.step++
				feats = linear.TagFeatures(feats[:0], e.words, guess, i)
				p.score(feats, scores)
				g := argmax(scores[:len(tags)])
				guess[i] = uint8(g)
				if gold := e.gold[i]; uint8(g) != gold {
					p.update(feats, gold, 1)
					p.update(feats, uint8(g), -1)
				}
			}
		}
	}
	return p
}

func argmax(scores []float32) int {
	b := 0
	for i, v := range scores {
		if v > scores[b] {
			b = i
		}
	}
	return b
}

// jackknife tags every sentence by a tagger that has not seen it, so that the
// parser learns to live with the tagger's slips.
func jackknife(train []*example, tags []linear.Tag, folds, epochs int) {
	var scratch linear.Scratch
	for f := range folds {
		var rest []*example
		for i, e := range train {
			if i*folds/len(train) != f {
				rest = append(rest, e)
			}
		}
		t := &linear.Tagger{Tags: tags, Table: average(1<<30, trainTagger(rest, tags, epochs, uint64(f+2)))}
		for i, e := range train {
			if i*folds/len(train) == f {
				t.Tag(e.words, e.tags, &scratch)
			}
		}
	}
}

func tagAll(t *linear.Tagger, all []*example) {
	var scratch linear.Scratch
	for _, e := range all {
		t.Tag(e.words, e.tags, &scratch)
	}
}

// scoreTags returns the share of words with the right UPOS and XPOS.
func scoreTags(tags []linear.Tag, all []*example) (upos, xpos float64) {
	var u, x, n int
	for _, e := range all {
		for i := range e.forms {
			n++
			if tags[e.tags[i]].UPOS == e.upos[i] {
				u++
			}
			if tags[e.tags[i]].XPOS == e.xpos[i] {
				x++
			}
		}
	}
	return float64(u) / float64(n), float64(x) / float64(n)
}

func logTags(w io.Writer, what string, tags []linear.Tag, all []*example) (upos float64) {
	u, x := scoreTags(tags, all)
	fmt.Fprintf(w, "tags   %-8s UPOS %.2f  XPOS %.2f\n", what, 100*u, 100*x)
	return u
}
