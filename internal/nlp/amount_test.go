package nlp

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAmounts(t *testing.T) {
	m, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"The bank lent $7.2bn to the port.":                         "money $7.2bn",
		"Repairs will cost 40 million euros, the mayor said.":       "money 40 million euros",
		"A bag of flour costs Rs 500 in the hills.":                 "money Rs 500",
		"Prices rose 7.5% in June and ten per cent in July.":        "percentage 7.5%|percentage ten per cent",
		"Turnout fell by 3 percentage points to 41 percent.":        "percentage 3 percentage points|percentage 41 percent",
		"Some 36 people were hurt and two dozen are still missing.": "number 36|number two dozen",
		"At least twenty-one miners got out of the pit.":            "number twenty-one",
		"They fled to the hills.":                                   "",
	} {
		d, err := m.Analyse(t.Context(), text, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range d.Amounts() {
			got = append(got, string(a.Kind)+" "+d.Span(a.From, a.To).Text)
		}
		if diff := cmp.Diff(want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s\n%s", text, diff)
		}
	}
}
