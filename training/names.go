package main

import (
	"fmt"
	"io"
	"math/rand/v2"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// trainNamer trains a structured perceptron (Collins 2002): where the best
// sequence of labels is not among those that agree with the annotation, the
// weights move towards the best of those that do.
func trainNamer(train []*example, epochs, limit int) *linear.Namer {
	p := newPerceptron(linear.Labels)
	type pair struct {
		weight       float32
		total, since float64
	}
	var trans [linear.Labels + 1][linear.Labels]pair
	bump := func(a int, b linear.Label, by float32) {
		t := &trans[a][b]
		t.total += float64(t.weight) * (p.step - t.since)
		t.since = p.step
		t.weight += by
	}
	rng := rand.New(rand.NewPCG(7, 9))
	order := make([]int, len(train))
	for i := range order {
		order[i] = i
	}
	scores := make([]float32, linear.MaxClasses)
	var feats [][]uint32
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			e := train[k]
			n := len(e.words)
			p.step++
			for len(feats) < n {
				feats = append(feats, nil)
			}
			lat := make([]int32, n*linear.Labels)
			held := make([]int32, n*linear.Labels)
			var tr [linear.Labels + 1][linear.Labels]int32
			for a := range tr {
				for b := range tr[a] {
					tr[a][b] = int32(trans[a][b].weight)
				}
			}
			for i := range n {
				feats[i] = linear.NameFeatures(feats[i][:0], e.words, e.tags, i)
				p.score(feats[i], scores)
				for l := range linear.Labels {
					v := int32(scores[l])
					lat[i*linear.Labels+l] = v
					if e.names[i]&(1<<l) == 0 {
						v -= 1 << 20
					}
					held[i*linear.Labels+l] = v
				}
			}
			guess, gold := make([]linear.Label, n), make([]linear.Label, n)
			back := make([]uint8, n*linear.Labels)
			linear.Viterbi(lat, back, &tr, guess)
			agrees := true
			for i, l := range guess {
				agrees = agrees && e.names[i]&(1<<l) != 0
			}
			if agrees {
				continue
			}
			linear.Viterbi(held, back, &tr, gold)
			pg, pp := linear.Labels, linear.Labels
			for i := range n {
				if gold[i] != guess[i] {
					p.update(feats[i], uint8(gold[i]), 1)
					p.update(feats[i], uint8(guess[i]), -1)
				}
				if gold[i] != guess[i] || pg != pp {
					bump(pg, gold[i], 1)
					bump(pp, guess[i], -1)
				}
				pg, pp = int(gold[i]), int(guess[i])
			}
		}
	}
	m := &linear.Namer{}
	m.Table = average(limit, p)
	for a := range trans {
		for b := range trans[a] {
			t := &trans[a][b]
			avg := (t.total + float64(t.weight)*(p.step-t.since)) / p.step
			m.Trans[a][b] = int32(avg * steps)
		}
	}
	return m
}

type nameSpan struct{ from, to, kind int }

func spans(labels []linear.Label) []nameSpan {
	var out []nameSpan
	for i := 0; i < len(labels); i++ {
		if !labels[i].Begins() {
			continue
		}
		j := i + 1
		for j < len(labels) && labels[j] == labels[i]+1 {
			j++
		}
		out = append(out, nameSpan{i, j, labels[i].Type()})
	}
	return out
}

// scoreNames returns F1 over whole names of people, bodies and places.
func scoreNames(n *linear.Namer, all []*example, perType io.Writer) float64 {
	var scratch linear.Scratch
	var hit, guessed, wanted [len(linear.NameTypes)]int
	for _, e := range all {
		labels, gold := make([]linear.Label, len(e.words)), make([]linear.Label, len(e.words))
		n.Label(e.words, e.tags, labels, &scratch)
		for i, set := range e.names {
			for l := range linear.Labels {
				if set == 1<<l {
					gold[i] = linear.Label(l)
				}
			}
		}
		want := map[nameSpan]bool{}
		for _, s := range spans(gold) {
			want[s] = true
			wanted[s.kind]++
		}
		for _, s := range spans(labels) {
			guessed[s.kind]++
			if want[s] {
				hit[s.kind]++
			}
		}
	}
	var h, g, w int
	for k := range 3 {
		h, g, w = h+hit[k], g+guessed[k], w+wanted[k]
		fmt.Fprintf(perType, "names  %-8s P %.2f  R %.2f  F %.2f\n", linear.NameTypes[k],
			100*float64(hit[k])/float64(max(guessed[k], 1)), 100*float64(hit[k])/float64(max(wanted[k], 1)), 100*f1(hit[k], guessed[k], wanted[k]))
	}
	return f1(h, g, w)
}

func f1(hit, guessed, wanted int) float64 { return 2 * float64(hit) / float64(max(guessed+wanted, 1)) }
