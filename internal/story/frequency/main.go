// Command frequency writes frequency.tsv, the table of how many texts a word is
// in: of the sentences of Voice of America newswire gathered in the Groningen
// Meaning Bank (public domain), a dozen sentences in their order being taken
// for one text.
//
//	go run ./internal/story/frequency SENTENCES.gz > internal/story/frequency.tsv
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"log"
	"os"
	"slices"

	"github.com/onrecord/onrecord/internal/story"
)

const (
	sentences = 12 // of one text
	least     = 3  // texts that a word must be in
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: frequency SENTENCES.gz")
	}
	if err := write(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func write(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	in := map[string]int{}
	seen := map[string]bool{}
	n, texts := 0, 0
	end := func() {
		for w := range seen {
			in[w]++
		}
		clear(seen)
		texts++
	}
	lines := bufio.NewScanner(z)
	for lines.Scan() {
		for _, w := range story.Words(lines.Text()) {
			seen[w] = true
		}
		if n++; n%sentences == 0 {
			end()
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	if len(seen) > 0 {
		end()
	}
	var words []string
	for w, k := range in {
		if k >= least {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		if in[a] != in[b] {
			return in[b] - in[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprintf(out, `# In how many texts a word is, its ending taken off; those in fewer than %d are left out.
# Counted over Voice of America newswire as gathered in the Groningen Meaning Bank (public
# domain), %d sentences being one text. Written by internal/story/frequency; not edited by hand.
texts	%d
`, least, sentences, texts)
	for _, w := range words {
		fmt.Fprintf(out, "%s\t%d\n", w, in[w])
	}
	return out.Flush()
}
