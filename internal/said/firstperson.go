package said

import (
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/who"
)

// firstPerson gives "I" and "we" in what somebody says word for word to whom
// they mean. Who could not: it does not know the speakers.
//
//	“I signed it,” General Lien said.      I is General Lien
//	“We will wait,” the union said.        We is the union
//
// A person's "we" is left alone: it may be the team's, the country's or
// everybody's.
func (r *reading) firstPerson() {
	speaker := map[int]int{} // token → entity
	for i := range r.found { // outer findings come before those within them
		f := &r.found[i]
		e := r.speakerOf(f)
		if e < 0 {
			continue
		}
		outer := -1
		if f.cue >= 0 {
			outer = r.quoteAt[f.cue]
		}
		for _, p := range f.pieces {
			for t := r.doc.TokenAt(p.start); t < len(r.doc.Tokens) && r.tok(t).Start < p.end; t++ {
				if q := r.quoteAt[t]; r.firstPersonAt(t, e) && (q >= 0 && q != outer || q < 0 && f.way == WayDialogue) {
					speaker[t] = e
				}
			}
		}
	}
	var list []who.Mention
	for t := range r.doc.Tokens {
		if e, ok := speaker[t]; ok {
			list = append(list, who.Mention{Entity: e, From: t, To: t + 1, Head: t, Kind: news.MentionPronoun})
		}
	}
	r.cast.Refer(r.doc, list)
}

// firstPersonAt reports whether a token is a pronoun of the first person that
// may mean entity e.
func (r *reading) firstPersonAt(t, e int) bool {
	switch r.tok(t).UPOS {
	case "PRON", "DET":
	default:
		return false
	}
	switch r.word(t) {
	case "i", "me", "my", "mine", "myself":
		return r.cast.Entities[e].Type == news.Person
	case "we", "us", "our", "ours", "ourselves":
		switch r.cast.Entities[e].Type {
		case news.Organisation, news.Group, news.Country:
			return true
		}
		return r.cast.IsPlural(e)
	}
	return false
}
