package markup

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDecode(t *testing.T) {
	cases := []struct{ name, raw, contentType, want string }{
		{"plain", "<a>é</a>", "", "<a>é</a>"},
		{"declaration", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>", "", "<a/>"},
		{"byte order mark", "\xef\xbb\xbf<a/>", "", "<a/>"},
		{"text before", "\n\nWarning: x\n<a/>", "", "<a/>"},
		{"Latin-1 declared", "<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>", "", "<a>é</a>"},
		{"Latin-1 by HTTP", "<a>\xe9</a>", "text/xml; charset=ISO-8859-1", "<a>é</a>"},
		{"Windows quotes in Latin-1", "<?xml version='1.0' encoding='iso-8859-1'?><a>\x93\xe9\x94</a>", "", "<a>“é”</a>"},
		{"declared UTF-8, is not", "<?xml version='1.0' encoding='utf-8'?><a>\xe9t\xe9</a>", "", "<a>été</a>"},
		{"declared Latin-1, is UTF-8", "<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>", "", "<a>é</a>"},
		{"one bad byte in UTF-8", "<a>" + strings.Repeat("é", 40) + "\xe9</a>", "", "<a>" + strings.Repeat("é", 40) + "\ufffd</a>"},
		{"Cyrillic", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xcf\xee\xf0\xf2</a>", "", "<a>Порт</a>"},
		{"UTF-16 with a mark", "\xff\xfe<\x00a\x00/\x00>\x00", "", "<a/>"},
		{"UTF-16 without", "<\x00a\x00/\x00>\x00", "", "<a/>"},
		{"UTF-16 big end first", "\x00<\x00a\x00/\x00>", "", "<a/>"},
		{"unknown encoding", "<?xml version='1.0' encoding='x-none'?><a>\xe9</a>", "", "<a>é</a>"},
		{"characters that XML lacks", "<a>x\x00\x0b\x1fy\tz</a>", "", "<a>xy\tz</a>"},
		{"no markup", "Not found", "", "!"},
		{"nothing", "", "", "!"},
	}
	for _, c := range cases {
		got, err := Decode([]byte(c.raw), c.contentType)
		if c.want == "!" {
			if err == nil {
				t.Errorf("%s: no error, got %q", c.name, got)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}

func TestDepth(t *testing.T) {
	for s, want := range map[string]int{
		"<a/>": 0, "<a></a>": 1, "<a><b/><b></b></a>": 2, "<a><!-- <b><c> --><![CDATA[<b><c>]]></a>": 1, "<a><br><br><br></a>": 4, "x": 0, "<": 0, "<a": 1, "<a b='>'/>": 1, "</a></a><a>": 1,
	} {
		if got := depth(s); got != want {
			t.Errorf("%s: got %d, want %d", s, got, want)
		}
	}
	if _, err := Decode([]byte(strings.Repeat("<a>", 2000)), ""); !errors.Is(err, ErrTooDeep) {
		t.Errorf("2,000 deep: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>"), "text/xml; charset=utf-16")
	f.Add([]byte("\xff\xfe<\x00"), "")
	f.Fuzz(func(t *testing.T, raw []byte, contentType string) {
		s, err := Decode(raw, contentType)
		if err == nil && (!utf8.ValidString(s) || strings.ContainsRune(s, 0)) {
			t.Errorf("not UTF-8: %q", s)
		}
	})
}
