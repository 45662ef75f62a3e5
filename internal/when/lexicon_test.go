package when

import "testing"

// TestLexicon reads the word list strictly.
func TestLexicon(t *testing.T) {
	lex, err := parseLexicon(lexiconText)
	if err != nil {
		t.Fatal(err)
	}
	for word, c := range map[string]class{
		"may": monthName, "sept": monthAbbr, "friday": weekdayName, "fortnight": unitSingular, "decades": unitPlural,
		"twelve": cardinal, "forty": tens, "second": ordinal, "dusk": dayPart, "autumn": seasonName, "today": dayWord,
		"annually": often, "nineties": decadeWord, "gmt": zone, "people": counted,
	} {
		found := false
		for _, e := range lex[word] {
			found = found || e.class == c
		}
		if !found {
			t.Errorf("%q has no class %d", word, c)
		}
	}
	for word, entries := range lex {
		for _, e := range entries {
			if u := e.unit(); (e.class == unitSingular || e.class == unitPlural) && (u.letter == "" || u.count < 1) {
				t.Errorf("%q: no unit in %q", word, e.s)
			}
		}
	}
}

// TestVerbs reads the list of verbs strictly.
func TestVerbs(t *testing.T) {
	v, err := parseVerbs(verbText)
	if err != nil {
		t.Fatal(err)
	}
	for lemma, c := range map[string]verbClass{"schedule": ahead, "open": timetable, "say": reporting, "hit": alike, "vow": toward, "fail": aside} {
		if !v.is(lemma, c) || v.is("sleep", c) {
			t.Errorf("%q has classes %v, want %d among them", lemma, v[lemma], c)
		}
	}
}

// TestFeasts reads the feasts strictly and places each in a year of the tables.
func TestFeasts(t *testing.T) {
	c, err := parseFeasts(feastText, movableText)
	if err != nil {
		t.Fatal(err)
	}
	for _, fs := range c.byFirst {
		for _, f := range fs {
			for year := 2001; year <= 2035; year++ {
				value, days, ok := f.in(year)
				if !ok {
					t.Errorf("%v has no day in %d", f.name, year)
					continue
				}
				if d, ok := ParseDay(value); !ok || !days.Contains(d) || days.Days() > 40 {
					t.Errorf("%v in %d: %s in %v to %v", f.name, year, value, days.First, days.Last)
				}
			}
		}
	}
}
