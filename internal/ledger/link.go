package ledger

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// linked is the score from which two propositions are on one claim.
const linked = 3.5

// link weighs whether two propositions are on one claim; x holds it true, or
// both stand on one side.
func link(x, y *proposition) affinity {
	var f affinity
	opposed := x.stance.For() != y.stance.For()
	if x.article == y.article && (x.statement != nil && y.answers[x.statement.ID] || y.statement != nil && x.answers[y.statement.ID]) {
		f.add(5, "answers it in the same article")
	}
	same := shared(x.events, y.events) > 0
	if same {
		f.add(2, "about the same event")
	}
	byName := opposed && x.speaker.side != y.speaker.side && (x.stance.For() && x.accused[y.speaker.side] || y.stance.For() && y.accused[x.speaker.side])
	if byName {
		f.add(3, "the one who was named replies")
	}
	if !same && len(x.events) > 0 && len(y.events) > 0 {
		f.add(-1, "about different events")
	}
	switch n := shared(x.accused, y.accused); {
	case n > 0:
		f.add(2, "about the same party")
	case len(x.accused) > 0 && len(y.accused) > 0:
		f.add(-1, "about different parties")
	}
	n, plain := x.overlap(y)
	if n > 0 {
		f.add(min(3, float64(n)), "words in common")
		if small := min(len(x.stems), len(y.stems)); small > 0 && 2*n >= small && plain {
			f.add(1, "most of the shorter one's words")
		}
	} else if !x.pointer && !y.pointer && !byName {
		f.add(-1.5, "no word in common")
	}
	if x.deedsApart(y) && !byName {
		f.add(-1, "other deeds")
	}
	if opposed && x.article == y.article && x.at < y.at && x.speaker.side != y.speaker.side {
		switch {
		case y.pointer && y.at-x.at <= 3:
			f.add(2.5, "points back to what was just said")
		case y.stance.Against() && y.seed && n > 0 && y.at-x.at <= 6:
			f.add(2.5, map[bool]string{true: "denied soon after", false: "doubted soon after"}[y.stance == news.Denies])
		}
	}
	if strings.Contains(y.text, " claim ") && (same || x.article == y.article) && x.stance == news.ClaimsResponsible {
		f.add(2, "speaks of the claim of responsibility")
	}
	if opposed && (table.has("linked", x.text) && table.has("nothing to do", y.text) || table.has("linked", y.text) && table.has("nothing to do", x.text)) {
		f.add(2, "one sees a link and one sees none")
	} else if opposed && (x.third || y.third) {
		f.add(-1.5, "one speaks of a link, the other of a deed")
	}
	if x.speaker.side == y.speaker.side && (same || n > 0) {
		f.add(2, "the same source again")
	}
	return f
}

// deedsApart reports whether both speak of something done, and of nothing that
// is done in both.
func (p *proposition) deedsApart(o *proposition) bool {
	if len(p.acts) == 0 || len(o.acts) == 0 {
		return false
	}
	for w := range p.acts {
		for v := range o.acts {
			if w == v || table.family[w] != "" && table.family[w] == table.family[v] {
				return false
			}
		}
	}
	return true
}

// overlap counts the words that two propositions have in common, words for one
// kind of happening counted as one word; plain tells whether one of them is more
// than a name of those whom they are about.
func (p *proposition) overlap(o *proposition) (n int, plain bool) {
	kinds := map[string]bool{}
	for w := range p.stems {
		if k := table.family[w]; k != "" {
			kinds[k] = true
		}
	}
	seen := map[string]bool{}
	for w := range o.stems {
		k := table.family[w]
		switch {
		case p.stems[w]:
		case k != "" && kinds[k]:
		default:
			continue
		}
		if p.names(w) || k != "" && seen[k] {
			continue
		}
		seen[k] = true
		n++
		plain = true
	}
	return n, plain
}

// names reports whether a word is of the name of somebody whom p is about: it is
// counted already.
func (p *proposition) names(w string) bool {
	if p.ofNames == nil {
		p.ofNames = map[string]bool{}
		for k := range p.accused {
			for _, t := range strings.Fields(k[strings.LastIndexByte(k, 0)+1:]) {
				p.ofNames[stem(t)] = true
			}
		}
	}
	return p.ofNames[w]
}

// antonyms reports whether one says what cannot be so beside the other: "engine
// failure" against "shot down".
func antonyms(x, y *proposition) bool {
	for w := range x.stems {
		for o := range table.anti[w] {
			if y.stems[o] && !x.stems[o] && !y.stems[w] {
				return true
			}
		}
	}
	return false
}

// shelf finds propositions by whom and what they are about, so that not every
// pair of a long story is weighed.
type shelf struct {
	all []*proposition
	by  map[string][]*proposition
}

// maxCandidates bounds how many propositions one is held against.
const maxCandidates = 300

func newShelf(all []*proposition) *shelf {
	s := &shelf{all: all, by: map[string][]*proposition{}}
	for _, p := range all {
		for _, k := range p.keys() {
			s.by[k] = append(s.by[k], p)
		}
	}
	return s
}

func (p *proposition) keys() []string {
	keys := []string{"article " + p.article.ID}
	for k := range p.accused {
		keys = append(keys, "party "+k)
	}
	for k := range p.events {
		keys = append(keys, "event "+k)
	}
	for w := range p.stems {
		keys = append(keys, "word "+w)
	}
	slices.Sort(keys)
	return keys
}

// near lists propositions that have something in common with p, the nearest in
// order first, each once.
func (s *shelf) near(p *proposition) []*proposition {
	seen := map[*proposition]bool{p: true}
	var out []*proposition
	for _, k := range append(p.keys(), "party "+p.speaker.side) {
		list := s.by[k]
		// Of a long list, those around p.
		at, _ := slices.BinarySearchFunc(list, p.at, func(o *proposition, at int) int { return o.at - at })
		for _, o := range list[max(0, at-maxCandidates/6):min(len(list), at+maxCandidates/6)] {
			if !seen[o] {
				seen[o] = true
				out = append(out, o)
			}
		}
	}
	slices.SortFunc(out, func(a, b *proposition) int {
		da, db := a.at-p.at, b.at-p.at
		if da < 0 {
			da = -da
		}
		if db < 0 {
			db = -db
		}
		if da != db {
			return da - db
		}
		return a.at - b.at
	})
	return out[:min(len(out), maxCandidates)]
}
