package muc4

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const keys = `;;; a remark
0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
2.  INCIDENT: DATE                  (09 DEC 89) / (- 10 DEC 89)
3.  INCIDENT: LOCATION              (PERU: LIMA (CITY / TOWN): SURCO (NEIGHBORHOOD)) / (PERU)
4.  INCIDENT: TYPE                  BOMBING
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
9.  PERP: INDIVIDUAL ID             -
12. PHYS TGT: ID                    "\"EL FARO\" MILL" / "MILL"
18. HUM TGT: NAME                   *
19. HUM TGT: DESCRIPTION            "GUARD"
21. HUM TGT: NUMBER                 1 / PLURAL: "GUARD" / "GUARDS"
                                    ? 5/6: "COOKS"
23. HUM TGT: EFFECT OF INCIDENT     NO INJURY OR DEATH: "GUARD"

0.  MESSAGE: ID                     TST9-MUC4-0002
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
`

func TestReadKeys(t *testing.T) {
	got, err := ReadKeys(keys)
	if err != nil {
		t.Fatal(err)
	}
	want := []Template{{Message: "TST9-MUC4-0001", Number: "2", Optional: true, Fills: map[Slot][]Fill{
		Date:        {{Values: []string{"09 DEC 89", "- 10 DEC 89"}}},
		Location:    {{Values: []string{"PERU: LIMA: SURCO", "PERU"}}},
		Type:        {{Values: []string{"BOMBING"}}},
		Stage:       {{Values: []string{"ACCOMPLISHED"}}},
		Thing:       {{Words: []string{`"EL FARO" MILL`, "MILL"}}},
		Description: {{Words: []string{"GUARD"}}},
		Number: {{Values: []string{"1", "PLURAL"}, Words: []string{"GUARD", "GUARDS"}},
			{Optional: true, Values: []string{"5", "6"}, Words: []string{"COOKS"}}},
		Effect: {{Values: []string{"NO INJURY OR DEATH"}, Words: []string{"GUARD"}}},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := ReadKeys("nonsense"); err == nil {
		t.Error("a line that is no slot was read")
	}
}

func TestLocations(t *testing.T) {
	for text, want := range map[string][]string{
		"PERU":                                {"PERU"},
		"CHILE: ARICA (CITY) - TACNA (CITY)":  {"CHILE: ARICA - TACNA"},
		"CHILE / PERU":                        {"CHILE", "PERU"},
		"PERU: LIMA (CITY): EL FARO (HARBOR)": {"PERU: LIMA: EL FARO"},
		"(PERU: PUNO (CITY)) / (PERU: PUNO (DEPARTMENT))": {"PERU: PUNO"},
	} {
		if diff := cmp.Diff(want, locations(text)); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestReadReports(t *testing.T) {
	got := ReadReports("TST9-MUC4-0001\r\n\n   LIMA, 4 FEB 90 (XYZ) -- [TEXT] A MILL\nBURNT.\n\n   IT WAS\nOLD.\n\n\nTST9-MUC4-0002 (NOSC)\n\n   CLANDESTINE, NO DATE (XYZ) -- NOTHING ON 5 MAY 89.\n")
	want := []Report{
		{"TST9-MUC4-0001", "LIMA, 4 FEB 90 (XYZ) -- [TEXT] A MILL BURNT.\n\nIT WAS OLD.", "1990-02-04"},
		{"TST9-MUC4-0002", "CLANDESTINE, NO DATE (XYZ) -- NOTHING ON 5 MAY 89.", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestInterval(t *testing.T) {
	for value, want := range map[string][2]string{
		"04 FEB 90":             {"1990-02-04", "1990-02-04"},
		"- 04 FEB 90":           {"", "1990-02-04"},
		"31 MAR 90 - 01 APR 90": {"1990-03-31", "1990-04-01"},
	} {
		first, last, ok := Interval(value)
		if !ok || want != [2]string{first, last} {
			t.Errorf("Interval(%q) = %q, %q, %v", value, first, last, ok)
		}
	}
	if _, _, ok := Interval("YESTERDAY"); ok {
		t.Error("YESTERDAY is no date of a key")
	}
}

func FuzzReadKeys(f *testing.F) {
	f.Add(keys)
	f.Fuzz(func(_ *testing.T, text string) { _, _ = ReadKeys(text) })
}
