package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// sentence is a sentence of a corpus; the layers its corpus lacks are nil.
type sentence struct {
	forms  []string
	upos   []string
	xpos   []string
	lemmas []string
	heads  []int // from 0; len(forms) is the root
	rels   []string
	spaces []bool // a space follows

	// names holds for each word the set of labels, a bit each, that agree with
	// the annotation: one where the corpus decides, more where it does not.
	names []uint16
}

const anyLabel = 1<<linear.Labels - 1

// treebank reads a CoNLL-U file.
func treebank(path string) ([]*sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the treebank: %w", err)
	}
	defer f.Close()
	var all []*sentence
	s := &sentence{}
	end := func() {
		if len(s.forms) > 0 {
			for i, h := range s.heads {
				if h < 0 {
					s.heads[i] = len(s.forms)
				}
			}
			all = append(all, s)
		}
		s = &sentence{}
	}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		switch {
		case line == "":
			end()
			continue
		case line[0] == '#':
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != 10 {
			return nil, fmt.Errorf("%s:%d: %d columns", path, n, len(c))
		}
		if strings.ContainsAny(c[0], "-.") {
			continue
		}
		head, err := strconv.Atoi(c[6])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: head: %w", path, n, err)
		}
		s.forms = append(s.forms, c[1])
		s.lemmas = append(s.lemmas, c[2])
		s.upos = append(s.upos, c[3])
		s.xpos = append(s.xpos, c[4])
		s.heads = append(s.heads, head-1)
		s.rels = append(s.rels, c[7])
		s.spaces = append(s.spaces, !strings.Contains(c[9], "SpaceAfter=No"))
	}
	end()
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return all, nil
}

// labels turns tags like "B-PER" into sets of labels. Kinds maps the corpus's
// types to an index in linear.NameTypes, -1 for what is no name, -2 for what
// may be anything.
func labels(tags []string, kinds map[string]int) []uint16 {
	out := make([]uint16, len(tags))
	prev := ""
	for i, t := range tags {
		out[i] = 1
		pos, kind, _ := strings.Cut(t, "-")
		k, ok := kinds[kind]
		switch {
		case t == "O" || !ok || k == -1:
			kind = ""
		case k == -2:
			out[i] = anyLabel
		case pos == "I" && prev == kind:
			out[i] = 1 << (2*k + 2)
		default:
			out[i] = 1 << (2*k + 1)
		}
		prev = kind
	}
	return out
}

// columns reads a file of a word and a tag a line, blank lines between
// sentences, for files whose word and tag are in the given columns.
func columns(path string, word, tag int, kinds map[string]int) ([]*sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the names: %w", err)
	}
	defer f.Close()
	var all []*sentence
	var forms, tags []string
	end := func() {
		if len(forms) > 0 {
			all = append(all, &sentence{forms: forms, names: labels(tags, kinds)})
		}
		forms, tags = nil, nil
	}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		line := in.Text()
		if strings.TrimSpace(line) == "" {
			end()
			continue
		}
		if strings.HasPrefix(line, "# ") {
			continue
		}
		c := strings.FieldsFunc(line, func(r rune) bool { return r == '\t' || r == ' ' })
		if len(c) <= max(word, tag) {
			continue
		}
		forms, tags = append(forms, c[word]), append(tags, c[tag])
	}
	end()
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return all, nil
}

// The types of the corpora as ours: person, organisation, place, other.
var (
	unerKinds = map[string]int{"PER": 0, "ORG": 1, "LOC": 2, "OTH": 3}
	goldKinds = map[string]int{"PER": 0, "ORG": 1, "LOC": 2, "MISC": 3}
	// Persons of RE3D include titles and plain nouns, so they decide nothing.
	re3dKinds  = map[string]int{"Person": -2, "Organisation": -2, "Location": 2, "Nationality": 3, "MilitaryPlatform": -2, "Weapon": -2}
	crossKinds = map[string]int{
		"person": 0, "politician": 0, "writer": 0, "scientist": 0, "musicalartist": 0, "researcher": 0,
		"organisation": 1, "politicalparty": 1, "university": 1, "band": 1, "location": 2, "country": 2,
		"misc": 3, "event": 3, "election": 3, "award": 3, "book": 3, "album": 3, "poem": 3, "song": 3,
		"magazine": 3, "academicjournal": 3, "conference": 3,
		"astronomicalobject": -2, "product": -2, "programlang": -2,
	}
)

// unsure opens every capitalised word inside a sentence that is no name in the
// corpus to the label of other names: the corpus marks only people, bodies and
// places.
func unsure(all []*sentence) {
	for _, s := range all {
		for i, set := range s.names {
			c := s.forms[i][0]
			if i > 0 && set == 1 && 'A' <= c && c <= 'Z' {
				s.names[i] = 1 | 1<<7 | 1<<8
			}
		}
	}
}

type corpora struct {
	train, ewtDev, gumDev []*sentence // treebank sentences
	names, namesDev       []*sentence
	plain                 []string // sentences with blanks between words
}

func read(root string) (*corpora, error) {
	c := &corpora{}
	at := func(parts ...string) string { return filepath.Join(append([]string{root}, parts...)...) }
	var err error
	load := func(dst *[]*sentence, r func() ([]*sentence, error)) {
		if err == nil {
			var s []*sentence
			if s, err = r(); err == nil {
				*dst = append(*dst, s...)
			}
		}
	}
	ud := func(dst *[]*sentence, path string) {
		load(dst, func() ([]*sentence, error) { return treebank(path) })
	}
	ud(&c.train, at("ud", "UD_English-EWT", "en_ewt-ud-train.conllu"))
	ud(&c.train, at("ud", "UD_English-GUM", "en_gum-ud-train.conllu"))
	ud(&c.ewtDev, at("ud", "UD_English-EWT", "en_ewt-ud-dev.conllu"))
	ud(&c.gumDev, at("ud", "UD_English-GUM", "en_gum-ud-dev.conllu"))
	load(&c.names, func() ([]*sentence, error) {
		return columns(at("ner", "UNER_English-EWT", "en_ewt-ud-train.iob2"), 1, 2, unerKinds)
	})
	unsure(c.names)
	load(&c.namesDev, func() ([]*sentence, error) {
		return columns(at("ner", "UNER_English-EWT", "en_ewt-ud-dev.iob2"), 1, 2, unerKinds)
	})
	load(&c.names, func() ([]*sentence, error) {
		return columns(at("ner", "wikigold", "wikigold.conll.txt"), 0, 1, goldKinds)
	})
	for _, d := range []string{"politics", "science", "literature", "music", "ai"} {
		for _, part := range []string{"train.txt", "dev.txt"} {
			load(&c.names, func() ([]*sentence, error) {
				return columns(at("ner", "CrossNER", d, part), 0, 1, crossKinds)
			})
		}
	}
	for _, f := range []string{"CENTCOM", "UK_Government", "US_State_Department", "Wikipedia", "Australian_Department_of_Foreign_Affairs"} {
		load(&c.names, func() ([]*sentence, error) {
			return columns(at("ner", "re3d", f+".conll"), 0, 1, re3dKinds)
		})
	}
	if err != nil {
		return nil, err
	}
	c.plain, err = plainText(at("text", "gmb_voa_sentences.txt.gz"))
	return c, err
}
