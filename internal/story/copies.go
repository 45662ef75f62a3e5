package story

import "github.com/onrecord/onrecord/internal/news"

// What makes one text a copy of another, as shares in [0,1]. Set on the half of
// the set of copies (internal/eval/own/copies.tsv) that may be looked at.
const (
	nearCommon     = 0.50 // of the runs of words of both
	abridgedShared = 0.36 // of those of the shorter, inside a story
	creditedShared = 0.20 // the same, where both name one agency
	// leastRuns is how many runs of words the shorter text must have for a
	// share of them to mean anything.
	leastRuns = 12
	// longest is how many times longer the longer text may be: a round-up
	// holds many short reports and is a copy of none.
	longest = 6
	// oneStory is the likeness, of one, from which two articles may be of one
	// story before the stories are known.
	oneStory = one / 10
)

// kinship is how two articles are copies of one text.
type kinship struct {
	reason news.CopyReason // "" where they are not
	shared float64
	credit credit
}

// stronger orders kinships: by how sure the reason is, then by what is shared.
func (k kinship) stronger(o kinship) bool {
	if rank(k.reason) != rank(o.reason) {
		return rank(k.reason) < rank(o.reason)
	}
	return k.shared > o.shared
}

func rank(r news.CopyReason) int {
	switch r {
	case news.SameAddress:
		return 0
	case news.SameText:
		return 1
	case news.NearCopy:
		return 2
	case news.Abridged:
		return 3
	case news.WireCredit:
		return 4
	}
	return 5
}

// kin judges two articles. It does not depend on which comes first.
func kin(a, b *Sketch) kinship {
	if a.address != "" && a.address == b.address {
		contained, _ := containment(a.shingles, b.shingles)
		return kinship{news.SameAddress, contained, shareCredit(a, b)}
	}
	if a.words > 0 && a.words == b.words && a.text == b.text {
		return kinship{news.SameText, 1, shareCredit(a, b)}
	}
	shorter, longer := a.shingles.all, b.shingles.all
	if shorter > longer {
		shorter, longer = longer, shorter
	}
	if shorter < leastRuns {
		return kinship{}
	}
	contained, common := containment(a.shingles, b.shingles)
	switch {
	case common >= nearCommon:
		return kinship{news.NearCopy, contained, shareCredit(a, b)}
	case contained < creditedShared || longer > longest*shorter || dot(a.vector, b.vector) < oneStory:
		return kinship{}
	case contained >= abridgedShared:
		return kinship{news.Abridged, contained, shareCredit(a, b)}
	}
	if c := sameAgency(a, b); c != "" {
		return kinship{news.WireCredit, contained, c}
	}
	return kinship{}
}

// shareCredit is the agency that either names.
func shareCredit(a, b *Sketch) credit {
	if c := sameAgency(a, b); c != "" {
		return c
	}
	if a.credit != "" {
		return a.credit
	}
	return b.credit
}

// sameAgency is the agency that both go back to: both name it, or one names it
// and the other is its own publication.
func sameAgency(a, b *Sketch) credit {
	switch {
	case a.credit != "" && a.credit == b.credit, a.credit.issued(b.publisher):
		return a.credit
	case b.credit.issued(a.publisher):
		return b.credit
	}
	return ""
}

// before is the order in which articles are taken for the first of their
// copies, and in which a batch is worked through: by publication, those without
// a date last; at one moment (which may be a day) the agency's own text before
// those that credit it, the longer before the shorter; then by id, so that the
// order never depends on how they came.
func before(a, b *Sketch) int {
	switch {
	case a.published != b.published && a.published == noDate:
		return 1
	case a.published != b.published && b.published == noDate:
		return -1
	case a.published < b.published:
		return -1
	case a.published > b.published:
		return 1
	}
	if x, y := a.credit.issued(a.publisher), b.credit.issued(b.publisher); x != y {
		if x {
			return -1
		}
		return 1
	}
	if a.words != b.words {
		return b.words - a.words
	}
	switch {
	case a.id < b.id:
		return -1
	case a.id > b.id:
		return 1
	}
	return 0
}
