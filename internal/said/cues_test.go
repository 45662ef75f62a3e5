package said

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoadLexiconErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"columns", "verb\tsay\t0.9\tthat", "cues.tsv:1: 4 columns, want 5"},
		{"part", "# head\nadverb\tsay\t0.9\tthat\tsay", "cues.tsv:2: unknown part"},
		{"act", "verb\tshout\t0.9\tthat\tsay", "unknown act"},
		{"weight", "verb\tsay\t1.9\tthat\tsay", "is not in [0,1]"},
		{"empty word", "verb\tsay\t0.9\tthat\tsay,,tell", "empty word"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := loadLexicon(tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("loadLexicon: %v, want an error with %q", err, tt.want)
			}
		})
	}
}

// The senses of a cue are tried from the fullest to the barest, longer cues
// before shorter ones.
func TestSensesAreOrdered(t *testing.T) {
	lex, err := loadLexicon("verb\tsay\t0.9\tobj that\tpoint\nverb\tsay\t0.9\tthat\tpoint out\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range lex.verbs["point"] {
		got = append(got, strings.Join(append([]string{string(s.frame)}, s.tail...), " "))
	}
	if diff := cmp.Diff([]string{"that out", "that", "obj"}, got); diff != "" {
		t.Errorf("senses of point (-want +got):\n%s", diff)
	}
}

func TestStems(t *testing.T) {
	tests := []struct{ form, base string }{
		{"denies", "deny"}, {"denied", "deny"}, {"blamed", "blame"}, {"says", "say"}, {"urging", "urge"},
		{"warned", "warn"}, {"admitted", "admit"}, {"rebutting", "rebut"}, {"presses", "press"}, {"agrees", "agree"},
	}
	for _, tt := range tests {
		if !stems(tt.form, func(b string) bool { return b == tt.base }) {
			t.Errorf("%s has no stem %s", tt.form, tt.base)
		}
	}
	for _, form := range []string{"", "s", "ed", "red", "is"} {
		stems(form, func(b string) bool {
			if len(b) < 2 {
				t.Errorf("stem %q of %q", b, form)
			}
			return false
		})
	}
}
