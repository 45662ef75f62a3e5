package postgres_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/store/postgres"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Bombings in São  Tomé;":      "bombings in sao tome",
		"co-operation":                "co\x1foperation",
		"- dash":                      "dash",
		"who's\twho…\nsaid":           "who\x1fs who said",
		"E\u0301cole \u0130zmir 12,5": "ecole izmir 12\x1f5",
		"\x00a\xffb":                  "a\x1fb",
		"東京 a":                        "東京 a",
		"…":                           "",
		"":                            "",
	} {
		if got := postgres.Fold(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// FuzzFold: what is indexed is text that PostgreSQL takes, and folding it again
// changes nothing.
func FuzzFold(f *testing.F) {
	f.Add("co-operation of São Tomé's \x00\xff 12.5")
	f.Add(strings.Repeat("é", 300))
	f.Fuzz(func(t *testing.T, s string) {
		got := postgres.Fold(s)
		if !utf8.ValidString(got) || strings.ContainsRune(got, 0) {
			t.Errorf("%q becomes %q", s, got)
		}
		for w := range strings.FieldsFuncSeq(got, func(r rune) bool { return r == ' ' || r == '\x1f' }) {
			if len(w) > 250 {
				t.Errorf("a word of %d bytes", len(w))
			}
		}
		if again := postgres.Fold(got); again != got {
			t.Errorf("%q, again %q", got, again)
		}
	})
}
