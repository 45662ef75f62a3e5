package what

import (
	"fmt"
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

func loadGovernors() (map[string]hold, error) {
	governors := map[string]hold{}
	err := rows("governors.tsv", 3, func(cell []string) error {
		h, ok := holdNames[cell[1]]
		if !ok {
			return fmt.Errorf("unknown effect %q", cell[1])
		}
		for _, lemma := range strings.Split(cell[0], ",") {
			if governors[lemma] != holdNothing {
				return fmt.Errorf("%q is there twice", lemma)
			}
			governors[lemma] = h
		}
		return nil
	})
	return governors, err
}
