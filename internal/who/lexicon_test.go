package who

import (
	"strings"
	"testing"
)

// sectorCodes are PLOVER's.
const sectorCodes = " AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK "

func TestTables(t *testing.T) {
	l, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	sectors := func(where string, list []string) {
		for _, s := range list {
			if !strings.Contains(sectorCodes, " "+s+" ") {
				t.Errorf("%s: no sector %q", where, s)
			}
		}
	}
	for _, a := range l.actors {
		if c := string(a.country); c != "" && (len(c) != 3 || strings.ToUpper(c) != c) {
			t.Errorf("actor %q: country %q", a.name, c)
		}
		if a.name == "" || strings.HasSuffix(a.name, "?") {
			t.Errorf("actor with name %q", a.name)
		}
		sectors("actor "+a.name, a.sectors)
	}
	for phrase, r := range l.roles {
		if r.class == noClass {
			t.Errorf("role %q: no class", phrase)
		}
		sectors("role "+phrase, r.sectors)
	}
	for m, s := range l.modifiers {
		if len(s) == 0 {
			t.Errorf("modifier %q: no sector", m)
		}
		sectors("modifier "+m, s)
	}
	for _, name := range []string{"al-Qaeda", "Reuters", "M23"} {
		n := l.names
		for _, w := range splitWords(name) {
			if n = n.child(fold(w)); n == nil {
				t.Fatalf("%q is not in the tables", name)
			}
		}
	}
}

func TestSplitWords(t *testing.T) {
	for form, want := range map[string]string{
		"Tehreek-e-Taliban": "Tehreek e Taliban", "People's": "People s", "’s": "s", "Qa'ida": "Qa'ida", "--": "", "U.S.": "U.S.", "AFC/M23": "AFC M23", "Velin’s": "Velin s",
	} {
		if got := strings.Join(splitWords(form), " "); got != want {
			t.Errorf("splitWords(%q) = %q, want %q", form, got, want)
		}
	}
	for form, want := range map[string]string{"Qa’ida": "qaida", "U.S.": "us", "Françoise": "francoise", "Łukasz": "lukasz", "Erdoğan": "erdogan", "Højby": "hojby"} {
		if got := fold(form); got != want {
			t.Errorf("fold(%q) = %q, want %q", form, got, want)
		}
	}
}

func TestSamePerson(t *testing.T) {
	tests := []struct {
		x, y string
		want bool
	}{
		{"mara velin", "mara velin", true},
		{"mara velin", "mara anna velin", true},
		{"m velin", "mara velin", true},
		{"mara velin", "odd velin", false},
		{"asha rao", "asha devi rao", true},
		{"asha rao", "asha lien", false},
		{"kim jong un", "kim jong il", false},
		{"velin", "mara velin", false}, // a surname alone is decided elsewhere
	}
	for _, tt := range tests {
		if got := samePerson(strings.Fields(tt.x), strings.Fields(tt.y)); got != tt.want {
			t.Errorf("samePerson(%q, %q) = %v", tt.x, tt.y, got)
		}
	}
}

func TestSingular(t *testing.T) {
	for w, want := range map[string]string{"ministries": "ministry", "policemen": "policeman", "witnesses": "witness", "fighters": "fighter", "press": "press", "churches": "church", "children": "child", "us": "us"} {
		if got := singular(w); got != want {
			t.Errorf("singular(%q) = %q, want %q", w, got, want)
		}
	}
}
