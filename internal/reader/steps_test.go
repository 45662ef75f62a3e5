package reader

import (
	"strings"
	"testing"
)

func TestOrderOfTheStepsIsChecked(t *testing.T) {
	good := (&Reader{}).order()
	if err := check(good); err != nil {
		t.Errorf("the reader's own order: %v", err)
	}
	for i := range len(good) - 1 {
		bad := (&Reader{}).order()
		bad[i], bad[i+1] = bad[i+1], bad[i]
		err := check(bad)
		needed := false
		for _, n := range good[i+1].needs {
			for _, a := range good[i].adds {
				needed = needed || n == a
			}
		}
		if needed && (err == nil || !strings.Contains(err.Error(), good[i+1].name)) {
			t.Errorf("%s before %s: %v", good[i+1].name, good[i].name, err)
		}
	}
}
