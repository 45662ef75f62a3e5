package said

import (
	"sort"

	"github.com/onrecord/onrecord/internal/news"
)

// spoken is one turn of a person, body, group or state that the text names by
// more than a pronoun.
type spoken struct{ head, entity int }

// indexSpeakers lists who spoke, in the order of their mentions, so that a
// pronoun finds the last speaker without a walk over all findings.
func (r *reading) indexSpeakers() {
	r.spoke, r.bodies = r.spoke[:0], r.bodies[:0]
	for i := range r.found {
		g := &r.found[i]
		if g.source.head < 0 || g.within >= 0 || r.tok(g.source.head).UPOS == "PRON" {
			continue
		}
		e := r.entityOf(g.source)
		if e < 0 {
			continue
		}
		switch r.cast.Entities[e].Type {
		case news.Person:
			r.spoke = append(r.spoke, spoken{g.source.head, e})
		case news.Organisation, news.Group, news.Country:
			r.bodies = append(r.bodies, spoken{g.source.head, e})
		}
	}
	for _, turns := range [][]spoken{r.spoke, r.bodies} {
		sort.SliceStable(turns, func(i, j int) bool { return turns[i].head < turns[j].head })
	}
}

// speakerOf is the entity of a finding's source. A pronoun that has been given
// to somebody whom its paragraph does not name is the last person who spoke in
// that paragraph; an "it" that speaks and has been given to nobody is the last
// body that did: "The union rejected the offer. “We will wait,” it said."
func (r *reading) speakerOf(f *finding) int {
	if f.source.head < 0 {
		return -1
	}
	e := r.entityOf(f.source)
	turns := r.spoke
	switch r.word(f.source.head) {
	case "he", "she":
	case "it":
		if e >= 0 {
			return e
		}
		turns = r.bodies
	default:
		return e
	}
	block := r.doc.BlockOf(f.source.head)
	if e >= 0 && r.namedIn(e, block.Start, r.tok(f.source.head).Start) {
		return e
	}
	last := sort.Search(len(turns), func(i int) bool { r.steps++; return turns[i].head >= f.source.head }) - 1
	if last >= 0 && r.tok(turns[last].head).Start >= block.Start {
		return turns[last].entity
	}
	return e
}

// namedIn reports whether the article's own words in text[from:to] hold a mention
// of entity e that is no pronoun.
func (r *reading) namedIn(e, from, to int) bool {
	mentions := r.cast.Entities[e].Mentions
	first := sort.Search(len(mentions), func(i int) bool { r.steps++; return mentions[i].Start >= from })
	for _, m := range mentions[first:] {
		if r.steps++; m.Start >= to {
			break
		}
		if m.Kind != news.MentionPronoun {
			if i := r.doc.TokenAt(m.Start); i < len(r.quoteAt) && r.quoteAt[i] < 0 {
				return true
			}
		}
	}
	return false
}
