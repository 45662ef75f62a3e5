package said

import (
	_ "embed"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

//go:embed cues.tsv
var cuesText string

// frame is a way in which content hangs on a cue; cues.tsv lists them.
type frame string

const (
	frameQuote    frame = "quote"
	frameThat     frame = "that"
	frameWhomThat frame = "whom_that"
	frameWh       frame = "wh"
	frameWhomWh   frame = "whom_wh"
	frameTo       frame = "to"
	frameWhomTo   frame = "whom_to"
	frameIng      frame = "ing"
	frameObj      frame = "obj"
	frameObjInf   frame = "obj_inf"
	frameObjObj   frame = "obj_obj"
	frameObjAdj   frame = "obj_adj"
)

// rank orders the frames of one cue: the fuller the complement, the earlier it
// is tried. "asked Norway to act" must not stop at "asked Norway".
func (f frame) rank() int {
	switch f {
	case frameWhomThat:
		return 0
	case frameThat:
		return 1
	case frameWhomWh:
		return 2
	case frameWh:
		return 3
	case frameObjInf:
		return 4
	case frameWhomTo:
		return 5
	case frameTo:
		return 6
	case frameObjObj:
		return 8
	case frameObjAdj:
		return 9
	case frameIng:
		return 10
	case frameObj:
		return 11
	case frameQuote:
		return 13
	}
	if strings.HasPrefix(string(f), "obj_") {
		return 7
	}
	return 12
}

// preposition returns the word of a frame whose content follows a preposition:
// "for" of "for" and of "obj_for".
func (f frame) preposition() string { return strings.TrimPrefix(string(f), "obj_") }

// sense is one use of a cue: a frame, with what the source does by it.
type sense struct {
	frame  frame
	act    news.Act
	weight float64
	tail   []string // the words after the first, "point out" → ["out"]
	line   int      // of its row in cues.tsv
}

// lexicon holds the cues by part of speech and first lemma. The senses of a
// lemma are in the order in which they are tried: longer cues first, then by
// frame rank, then as in the file.
type lexicon struct {
	verbs, nouns, adjectives map[string][]sense
}

func loadLexicon(text string) (*lexicon, error) {
	lex := &lexicon{
		verbs:      make(map[string][]sense),
		nouns:      make(map[string][]sense),
		adjectives: make(map[string][]sense),
	}
	for n, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 5 {
			return nil, fmt.Errorf("cues.tsv:%d: %d columns, want 5", n+1, len(fields))
		}
		var table map[string][]sense
		switch fields[0] {
		case "verb":
			table = lex.verbs
		case "noun":
			table = lex.nouns
		case "adj":
			table = lex.adjectives
		default:
			return nil, fmt.Errorf("cues.tsv:%d: unknown part %q", n+1, fields[0])
		}
		weight, err := strconv.ParseFloat(fields[2], 64)
		if err != nil || weight < 0 || weight > 1 {
			return nil, fmt.Errorf("cues.tsv:%d: weight %q is not in [0,1]", n+1, fields[2])
		}
		if !knownAct(news.Act(fields[1])) {
			return nil, fmt.Errorf("cues.tsv:%d: unknown act %q", n+1, fields[1])
		}
		for _, word := range strings.Split(fields[4], ",") {
			words := strings.Fields(word)
			if len(words) == 0 {
				return nil, fmt.Errorf("cues.tsv:%d: empty word", n+1)
			}
			for _, f := range strings.Fields(fields[3]) {
				table[words[0]] = append(table[words[0]], sense{frame(f), news.Act(fields[1]), weight, words[1:], n + 1})
			}
		}
	}
	for _, table := range []map[string][]sense{lex.verbs, lex.nouns, lex.adjectives} {
		for _, senses := range table {
			sort.SliceStable(senses, func(i, j int) bool {
				if len(senses[i].tail) != len(senses[j].tail) {
					return len(senses[i].tail) > len(senses[j].tail)
				}
				return senses[i].frame.rank() < senses[j].frame.rank()
			})
		}
	}
	return lex, nil
}

func knownAct(a news.Act) bool {
	switch a {
	case news.Say, news.Report, news.Ask, news.Accuse, news.Deny, news.Confirm, news.Doubt, news.Threaten, news.Warn,
		news.Demand, news.Promise, news.ClaimResponsibility, news.Endorse, news.Retract, news.DeclineComment, news.Hold:
		return true
	}
	return false
}

// speaks reports whether the sense is of speech and not only of thought.
func (s sense) speaks() bool { return s.act != news.Hold }

// answersBack reports whether the sense replies to what another has said.
func (s sense) answersBack() bool {
	switch s.act {
	case news.Deny, news.Confirm, news.Doubt:
		return true
	}
	return false
}

// stems calls fn with the base forms that an English word form may have, until
// fn returns true: "denies" → "denie", "deny"; "blamed" → "blam", "blame".
func stems(form string, fn func(string) bool) bool {
	switch form {
	case "undertook", "undertaken":
		return fn("undertake")
	case "swore", "sworn":
		return fn("swear")
	case "withdrew":
		return fn("withdraw")
	case "foresaw":
		return fn("foresee")
	}
	for _, e := range [...]struct{ suffix, base string }{
		{"ies", "y"}, {"ied", "y"}, {"s", ""}, {"es", ""}, {"ed", ""}, {"d", ""}, {"ing", ""}, {"ing", "e"},
	} {
		stem, ok := strings.CutSuffix(form, e.suffix)
		if !ok || len(stem) < 2 {
			continue
		}
		if fn(stem + e.base) {
			return true
		}
		// "admitted", "rebutting"
		if n := len(stem); e.base == "" && n > 3 && stem[n-1] == stem[n-2] && fn(stem[:n-1]) {
			return true
		}
	}
	return false
}
