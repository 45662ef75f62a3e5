package where_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/where"
	"github.com/onrecord/onrecord/internal/where/atlas"
)

// The packed tables must be those of the text: go generate ./internal/where.
func TestPackedIsText(t *testing.T) {
	want, err := atlas.Build(os.DirFS("data"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("data/places.bin")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("data/places.bin is not made from the tables beside it: run go generate ./internal/where")
	}
}

func TestCountry(t *testing.T) {
	_, g := load(t)
	c, ok := g.Country("NOR")
	if !ok || c.Name != "Norway" || c.Capital != "Oslo" {
		t.Errorf("Country(NOR) = %+v, %v", c, ok)
	}
	if diff := cmp.Diff([]string{"Norwegian"}, c.Adjectives); diff != "" {
		t.Error(diff)
	}
	if _, ok := g.Country("XXX"); ok {
		t.Error("there is no country XXX")
	}
}

func TestCapitalOf(t *testing.T) {
	_, g := load(t)
	for name, want := range map[string]string{
		"Oslo": "NOR", "New Delhi": "IND", "Washington": "USA", "Washington, D.C.": "USA", "Sana’a": "YEM",
		"Kiev": "UKR", "Bogotá": "COL", "N'Djamena": "TCD", "Bergen": "", "Lahore": "",
	} {
		if got, ok := g.CapitalOf(name); got != want || ok != (want != "") {
			t.Errorf("CapitalOf(%q) = %q, %v", name, got, ok)
		}
	}
}

func TestNationalityOf(t *testing.T) {
	_, g := load(t)
	for word, want := range map[string]string{
		"Norwegian": "NOR", "Afghans": "AFG", "Congolese": "COD", "Dominican": "DOM", "Guinean": "GIN", "Dutch": "NLD",
		"Burkinabè": "BFA", "European": "", "Kashmiri": "",
	} {
		if got, ok := g.NationalityOf(word); got != want || !ok {
			t.Errorf("NationalityOf(%q) = %q, %v", word, got, ok)
		}
	}
	if _, ok := g.NationalityOf("polish"); ok {
		t.Error("polish is no nationality")
	}
}

func TestLookup(t *testing.T) {
	_, g := load(t)
	list := g.Lookup("Springfield")
	if len(list) < 5 {
		t.Fatalf("only %d places named Springfield", len(list))
	}
	for i := range list[1:] {
		if list[i].Country == list[i+1].Country && list[i].Place.Admin1 == list[i+1].Place.Admin1 &&
			list[i].Population*3 < list[i+1].Population {
			t.Errorf("Springfield of %d comes before that of %d", list[i].Population, list[i+1].Population)
		}
	}
	if got := g.Lookup("Sanaa"); len(got) == 0 || got[0].Country != "YEM" {
		t.Errorf("Lookup(Sanaa) = %+v", got)
	}
	if got := g.Lookup("Nowhere-at-all"); len(got) != 0 {
		t.Errorf("Lookup of no place = %+v", got)
	}
}

func TestContains(t *testing.T) {
	_, g := load(t)
	first := func(name string) where.Candidate { return g.Lookup(name)[0] }
	for _, c := range []struct {
		outer, inner string
		want         bool
	}{
		{"Pakistan", "Peshawar", true}, {"Khyber Pakhtunkhwa", "Peshawar", true}, {"Punjab", "Peshawar", false},
		{"Afghanistan", "Peshawar", false}, {"Peshawar", "Pakistan", false}, {"Norway", "Norway", false},
		{"India", "Srinagar", true}, {"Pakistan", "Srinagar", true}, {"Ukraine", "Sevastopol", true}, {"Norway", "Sevastopol", false},
	} {
		if got := g.Contains(first(c.outer).Place, first(c.inner).Place); got != c.want {
			t.Errorf("Contains(%s, %s) = %v", c.outer, c.inner, got)
		}
	}
}

// Every code that the tables name must be one of countries.tsv.
func TestCodes(t *testing.T) {
	_, g := load(t)
	files := os.DirFS("data")
	check := func(table, of string, codes []string) {
		for _, code := range codes {
			if _, ok := g.Country(code); !ok {
				t.Errorf("%s, %s: no country %q", table, of, code)
			}
		}
	}
	for table, column := range map[string]int{"regions.tsv": 5, "peoples.tsv": 2} {
		rows, err := atlas.ReadTable(files, table, column+2)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			check(table, r[0], atlas.List(r[column]))
		}
	}
	disputes, err := atlas.Disputes(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range disputes {
		check("disputed.tsv", d.Name, d.ClaimedBy)
		if len(d.ClaimedBy) == 0 || d.Basis == "" {
			t.Errorf("disputed.tsv, %s: no claimant or no basis", d.Name)
		}
		for i := 1; i < len(d.ClaimedBy); i++ {
			if d.ClaimedBy[i] <= d.ClaimedBy[i-1] {
				t.Errorf("disputed.tsv, %s: claimants are not in order", d.Name)
			}
		}
	}
	countries, err := atlas.Countries(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range countries {
		check("countries.tsv", c.Code, c.Neighbours)
		if c.Lat < -90 || c.Lat > 90 || c.Lon < -180 || c.Lon > 180 {
			t.Errorf("countries.tsv, %s: position %v, %v", c.Code, c.Lat, c.Lon)
		}
	}
}
