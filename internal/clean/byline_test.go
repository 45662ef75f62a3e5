package clean

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBylineAuthors(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"by line", "Port to close\n\nBy Mara Velin\n\nThe port will close on Friday.", []string{"Mara Velin"}},
		{"capitals and a role", "Port to close\n\nBy MARA O’DAHL | Staff Writer\n\nThe port will close on Friday.", []string{"Mara O’Dahl"}},
		{"three of them", "Port to close\n\nBy Mara Velin, Tor Aas and Ine van der Dahl\n\nThe port will close on Friday.",
			[]string{"Mara Velin", "Tor Aas", "Ine van der Dahl"}},
		{"where they write", "Port to close\n\nBy Mara Velin in Sandvik and Tor Aas, New Tolvik\n\nThe port will close on Friday.",
			[]string{"Mara Velin", "Tor Aas"}},
		{"a name alone", "Port to close\n\nMara Velin\n\nThe port will close on Friday.", []string{"Mara Velin"}},
		{"a correspondent", "Port to close\n\nBy Mara Velin\nNorth Sea correspondent, Sandvik\n\nThe port will close on Friday.", []string{"Mara Velin"}},
		{"reporters of the credit", "Port to close\n\nThe port will close on Friday.\n\n(Reporting by Mara Velin in Sandvik and Tor Aas; Editing by Ine Dahl)",
			[]string{"Mara Velin", "Tor Aas"}},
		{"the byline goes before the credit", "Port to close\n\nBy Mara Velin\n\nThe port will close on Friday.\n\n(Reporting by Mara Velin and Tor Aas; Editing by Ine Dahl)",
			[]string{"Mara Velin"}},
		{"who only helped", "Port to close\n\nThe port will close on Friday.\n\n(Additional reporting by Mara Velin in Sandvik)", nil},
		{"a desk", "Port to close\n\nBy Harbour Times Staff\n\nThe port will close on Friday.", nil},
		{"a strip", "Port to close\n\nMara Velin | Sandvik | May 7, 2031 6:12 pm\n\nThe port will close on Friday.", []string{"Mara Velin"}},
		{"an agency's strip", "Port to close\n\nHarbour News Service | Sandvik | May 7, 2031 6:12 pm\n\nThe port will close on Friday.", nil},
		{"no byline", "The port will close on Friday. By Mara Velin’s count, nine have closed.", nil},
	} {
		if diff := cmp.Diff(c.want, Authors(c.text, Blocks(c.text, ""))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestTitle(t *testing.T) {
	for text, want := range map[string]string{
		"Norway: Two held over\nferry fire\n\nPolice held two men on Friday.": "Norway: Two held over ferry fire",
		"Two held over ferry fire\n\nPolice held two men on Friday.":          "Two held over ferry fire",
		"Police held two men on Friday.":                                      "",
	} {
		if got := Title(text, Blocks(text, "")); got != want {
			t.Errorf("Title(%q) = %q, want %q", text, got, want)
		}
	}
}
