package said

import (
	"sort"

	"github.com/onrecord/onrecord/internal/news"
)

// spoken is one turn of a person whom the text names by more than a pronoun.
type spoken struct{ head, entity int }

// indexSpeakers lists who spoke, in the order of their mentions, so that a
// pronoun finds the last speaker without a walk over all findings.
func (r *reading) indexSpeakers() {
	r.spoke = r.spoke[:0]
	for i := range r.found {
		g := &r.found[i]
		if g.source.head < 0 || g.within >= 0 || r.tok(g.source.head).UPOS == "PRON" {
			continue
		}
		if e := r.entityOf(g.source); e >= 0 && r.cast.Entities[e].Type == news.Person {
			r.spoke = append(r.spoke, spoken{g.source.head, e})
		}
	}
	sort.SliceStable(r.spoke, func(i, j int) bool { return r.spoke[i].head < r.spoke[j].head })
}

// speakerOf is the entity of a finding's source. A pronoun that has been given
// to somebody whom its paragraph does not name is the last person who spoke in
// that paragraph.
func (r *reading) speakerOf(f *finding) int {
	if f.source.head < 0 {
		return -1
	}
	e := r.entityOf(f.source)
	switch r.word(f.source.head) {
	case "he", "she":
	default:
		return e
	}
	block := r.doc.BlockOf(f.source.head)
	if e >= 0 && r.namedIn(e, block.Start, r.tok(f.source.head).Start) {
		return e
	}
	last := sort.Search(len(r.spoke), func(i int) bool { r.steps++; return r.spoke[i].head >= f.source.head }) - 1
	if last >= 0 && r.tok(r.spoke[last].head).Start >= block.Start {
		return r.spoke[last].entity
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
