package clean

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed boilerplate.txt
var boilerplateText string

// rule is how a boilerplate pattern applies; boilerplate.txt defines them.
type rule string

const (
	ruleWhole  rule = "whole"
	ruleLabel  rule = "label"
	ruleKicker rule = "kicker"
	ruleOpens  rule = "opens"
	ruleHolds  rule = "holds"
	ruleList   rule = "list"
	ruleEdge   rule = "edge"
)

// maxNotice is how many words a notice, or a link with its headline, may have.
// Longer lines are the article's: no paragraph is lost to its first words.
const maxNotice = 45

// lexicon is boilerplate.txt, by the first word of its patterns.
type lexicon struct {
	byFirst map[string][]*entry
	loose   []*entry // patterns that may begin with more than a known word
	holds   []*entry
}

type entry struct {
	rule    rule
	pattern pattern
	example string
}

// boilerplates is the embedded lexicon, read once.
var boilerplates = sync.OnceValues(func() (*lexicon, error) { return readLexicon(boilerplateText) })

// readLexicon parses boilerplate.txt.
func readLexicon(text string) (*lexicon, error) {
	lex := &lexicon{byFirst: make(map[string][]*entry)}
	for i, l := range strings.Split(text, "\n") {
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		f := strings.Split(l, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("boilerplate.txt:%d: %d columns, want rule, pattern, example", i+1, len(f))
		}
		e := &entry{rule: rule(f[0]), example: f[2]}
		switch e.rule {
		case ruleWhole, ruleLabel, ruleKicker, ruleOpens, ruleHolds, ruleList, ruleEdge:
		default:
			return nil, fmt.Errorf("boilerplate.txt:%d: unknown rule %q", i+1, f[0])
		}
		var err error
		if e.pattern, err = parsePattern(f[1]); err != nil {
			return nil, fmt.Errorf("boilerplate.txt:%d: %w", i+1, err)
		}
		lex.add(e)
	}
	return lex, nil
}

// add files e under every word it may begin with.
func (lex *lexicon) add(e *entry) {
	if e.rule == ruleHolds {
		lex.holds = append(lex.holds, e)
		return
	}
	for _, el := range e.pattern {
		if el.kind != choice {
			lex.loose = append(lex.loose, e)
			return
		}
		if !el.optional {
			break
		}
	}
	for _, el := range e.pattern {
		for _, w := range el.words {
			if es := lex.byFirst[w]; len(es) == 0 || es[len(es)-1] != e {
				lex.byFirst[w] = append(es, e)
			}
		}
		if !el.optional {
			break
		}
	}
}

// verdict is what the lexicon says of a line.
type verdict struct {
	boilerplate bool
	list        bool // a label or list heading over links: what follows may be links
	edge        bool // boilerplate only above or below the article
	kicker      bool // boilerplate unless it opens the text, where it is the headline
}

// judge looks up one line, given with its words.
func (lex *lexicon) judge(s string, words []word) verdict {
	if isRule(s) || isAddress(s) {
		return verdict{boilerplate: true}
	}
	if len(words) == 0 || len(words) > maxNotice {
		return verdict{}
	}
	var v verdict
	for _, es := range [][]*entry{lex.byFirst[words[0].low], lex.loose} {
		for _, e := range es {
			e.apply(s, words, &v)
		}
	}
	if !v.boilerplate && len(lex.holds) > 0 && !spoken(s, words) {
		for _, e := range lex.holds {
			for i := range words {
				if e.pattern[0].takes(words[i]) && e.pattern.ends(words[i:]) != 0 {
					v.boilerplate = true
				}
			}
		}
	}
	return v
}

// apply adds what e says of the line to v.
func (e *entry) apply(s string, words []word, v *verdict) {
	ends := e.pattern.ends(words)
	if ends == 0 {
		return
	}
	whole := ends&(1<<len(words)) != 0
	switch e.rule {
	case ruleWhole:
		v.boilerplate = v.boilerplate || whole
	case ruleList:
		if whole {
			v.boilerplate, v.list = true, true
		}
	case ruleEdge:
		v.edge = v.edge || whole
	case ruleOpens:
		v.boilerplate = v.boilerplate || !spoken(s, words)
	case ruleLabel, ruleKicker:
		for n := 1; n <= len(words); n++ {
			if ends&(1<<n) != 0 && e.labels(s, words, n) {
				v.list = v.list || n == len(words)
				if e.rule == ruleKicker {
					v.kicker = true
				} else {
					v.boilerplate = true
				}
			}
		}
	}
}

// labels reports whether the first n words are a label set off from what
// follows them.
func (e *entry) labels(s string, words []word, n int) bool {
	last := words[n-1]
	switch last.mark {
	case ':', '|', '>':
		// "See: the ministry’s own figures show a fall." is a sentence.
		return e.rule == ruleLabel || n < len(words) && len(words) <= 25 && !endsStop(s)
	case '-':
		// A dash between spaces; "read-only" has none.
		return n < len(words) && strings.HasPrefix(s[last.end:], " ") && !endsStop(s)
	}
	if e.rule == ruleKicker || last.mark != 0 || n == len(words) {
		return false
	}
	// "READ ALSO Port to close": no mark, but the label is set in capitals. A
	// single word so set is too little ("RELATED charges were dropped"), and
	// what is no headline is no link.
	for _, w := range words[:n] {
		if !w.caps {
			return false
		}
	}
	return n >= 2 && words[n].upper && !endsStop(s)
}

// spoken reports whether a line holds quotation marks or a verb of saying:
// then it is somebody's words and not the page's ("Follow us, the soldiers
// said").
func spoken(s string, words []word) bool {
	if strings.ContainsAny(s, "“”\"«»„") {
		return true
	}
	for _, w := range words {
		switch w.low {
		case "said", "says", "told", "tells", "according", "added", "asked", "wrote":
			return true
		}
	}
	return false
}
