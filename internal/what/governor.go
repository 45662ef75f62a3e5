package what

import (
	"maps"
	"slices"
	"strings"
)

// hold is what a governing word says about the reality of the happening in its
// complement.
type hold uint8

const (
	holdNothing hold = iota // the word says nothing
	holdReal
	holdBegun
	holdTried
	holdPlanned
	holdUnreal
	holdAlleged
	holdDenied
	holdKnown
)

var holdNames = map[string]hold{
	"real": holdReal, "begun": holdBegun, "tried": holdTried, "planned": holdPlanned,
	"unreal": holdUnreal, "alleged": holdAlleged, "denied": holdDenied, "known": holdKnown,
}

func (h hold) String() string {
	for name, one := range holdNames { // one name for each
		if one == h {
			return name
		}
	}
	return "nothing"
}

func (t tables) loadGovernors() (map[string]hold, error) {
	governors := map[string]hold{}
	users := map[string]bool{}
	err := t.rows("governors.tsv", func(r row) error {
		h, ok := holdNames[r.cell[1]]
		if !ok {
			return r.wrong(1, "", oneOf(r.cell[1], slices.Sorted(maps.Keys(holdNames))), "unknown effect %q", r.cell[1])
		}
		for _, lemma := range strings.Split(r.cell[0], ",") {
			switch {
			case governors[lemma] == holdNothing:
				governors[lemma], users[lemma] = h, r.users
			case users[lemma] == r.users:
				return r.wrong(0, lemma, "leave it in one row", "%q is there twice", lemma)
			}
		}
		return nil
	})
	return governors, err
}
