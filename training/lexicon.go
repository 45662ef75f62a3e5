package main

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// plainText reads sentences, one a line, with blanks between the words.
func plainText(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening plain text: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	var all []string
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		all = append(all, in.Text())
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return all, nil
}

// lexicon gathers what is known of words: groups, case, places.
func lexicon(c *corpora, root, clusters string) (*linear.Lexicon, error) {
	entries := map[uint32]linear.Entry{}
	if err := readClusters(clusters, entries); err != nil {
		return nil, err
	}
	type count struct{ lower, upper int }
	counts := map[string]*count{}
	see := func(words []string) {
		for i, w := range words {
			// The first word of a sentence or of a quotation says nothing.
			if i == 0 || i == 1 && len(words[0]) < 3 || strings.ContainsAny(words[i-1], "\"“`:") {
				continue
			}
			r, _ := utf8.DecodeRuneInString(w)
			if !unicode.IsLetter(r) {
				continue
			}
			low := strings.ToLower(w)
			n := counts[low]
			if n == nil {
				n = &count{}
				counts[low] = n
			}
			if unicode.IsUpper(r) {
				n.upper++
			} else {
				n.lower++
			}
		}
	}
	for _, s := range c.train {
		see(s.forms)
	}
	for _, s := range c.plain {
		see(strings.Fields(s))
	}
	for w, n := range counts {
		if n.lower+n.upper < 2 {
			continue
		}
		h := linear.HashLower(w)
		e := entries[h]
		if n.lower > n.upper {
			e.Class |= linear.UsuallyLower
		} else if n.upper > 2*n.lower {
			e.Class |= linear.UsuallyUpper
		}
		entries[h] = e
	}
	if err := places(filepath.Join(root, "lexicons", "geonames"), entries); err != nil {
		return nil, err
	}
	return linear.NewLexicon(entries, sureTags(c.train)), nil
}

func readClusters(path string, entries map[uint32]linear.Entry) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("opening the word groups: %w", err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for n := 0; in.Scan(); n++ {
		w, group, ok := strings.Cut(in.Text(), "\t")
		if !ok {
			continue
		}
		g, err := strconv.Atoi(group)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		h := linear.HashLower(w)
		e := entries[h]
		if e.Cluster == 0 { // the commoner word wins where digits make two alike
			e.Cluster = uint16(g)
			if n < 1000 {
				e.Class |= linear.Frequent
			}
		}
		entries[h] = e
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	return nil
}

// places marks the words of the names of towns and countries (GeoNames).
func places(dir string, entries map[uint32]linear.Entry) error {
	mark := func(name string, class linear.Class) {
		for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
			r, _ := utf8.DecodeRuneInString(w)
			if utf8.RuneCountInString(w) < 3 || !unicode.IsUpper(r) {
				continue
			}
			h := linear.HashLower(w)
			e := entries[h]
			e.Class |= class
			entries[h] = e
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "countryInfo.tsv"))
	if err != nil {
		return fmt.Errorf("reading the countries: %w", err)
	}
	for _, line := range strings.Split(string(b), "\n") {
		if c := strings.Split(line, "\t"); len(c) > 5 && !strings.HasPrefix(line, "#") {
			mark(c[4], linear.CountryWord)
			mark(c[5], linear.PlaceWord)
		}
	}
	z, err := zip.OpenReader(filepath.Join(dir, "cities15000.zip"))
	if err != nil {
		return fmt.Errorf("opening the towns: %w", err)
	}
	defer z.Close()
	for _, zf := range z.File {
		r, err := zf.Open()
		if err != nil {
			return fmt.Errorf("opening the towns: %w", err)
		}
		text, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			return fmt.Errorf("reading the towns: %w", err)
		}
		for _, line := range strings.Split(string(text), "\n") {
			if c := strings.Split(line, "\t"); len(c) > 2 {
				mark(c[1], linear.PlaceWord)
				mark(c[2], linear.PlaceWord)
			}
		}
	}
	return nil
}

// tagName is a tag as one word, "VERB VBD".
func tagName(s *sentence, i int) linear.Tag {
	return linear.Tag{UPOS: s.upos[i], XPOS: s.xpos[i]}
}

// tagList returns the tags seen at least three times, commonest first.
func tagList(train []*sentence) []linear.Tag {
	counts := map[linear.Tag]int{}
	for _, s := range train {
		for i := range s.forms {
			counts[tagName(s, i)]++
		}
	}
	tags := commonest(counts, func(a, b linear.Tag) bool { return a.UPOS+" "+a.XPOS < b.UPOS+" "+b.XPOS })
	for len(tags) > 0 && counts[tags[len(tags)-1]] < 3 {
		tags = tags[:len(tags)-1]
	}
	return tags
}

// sureTags finds the words that are common and have one tag only, give or take
// slips of the annotators. Looking no further for these saves half the work.
func sureTags(train []*sentence) map[uint32]uint8 {
	index := map[linear.Tag]uint8{}
	for i, t := range tagList(train) {
		index[t] = uint8(i)
	}
	counts := map[uint32]map[uint8]int{}
	for _, s := range train {
		for i, w := range s.forms {
			h := linear.Hash(w)
			if counts[h] == nil {
				counts[h] = map[uint8]int{}
			}
			t, ok := index[tagName(s, i)]
			if !ok {
				t = 255
			}
			counts[h][t]++
		}
	}
	sure := map[uint32]uint8{}
	for h, tags := range counts {
		sum, top, best := 0, 0, uint8(255)
		for t, n := range tags {
			sum += n
			if n > top {
				top, best = n, t
			}
		}
		if best != 255 && sum >= 30 && float64(top) >= 0.998*float64(sum) {
			sure[h] = best
		}
	}
	return sure
}
