package relational_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/store/relational"
)

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "a", "\x00", "\x10", "\x1000", "\xff\xfe", "a\x10\x00b", "\xf0\x9f\x98", "\ufffd"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		kept := relational.Escaped(s)
		if !utf8.ValidString(kept) || strings.ContainsRune(kept, 0) {
			t.Errorf("%q is kept as %q", s, kept)
		}
		if got := relational.Unescaped(kept); got != s {
			t.Errorf("%q is kept as %q and comes back as %q", s, kept, got)
		}
	})
}
