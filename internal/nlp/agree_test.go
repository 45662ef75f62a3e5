package nlp

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAgree writes a document as words with their tags, a name as [type words].
func TestAgree(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"most mentions decide", "[organisation Orlan] shut . Workers left [place Orlan] . [organisation Orlan] paid .", "[organisation Orlan] shut . Workers left [organisation Orlan] . [organisation Orlan] paid ."},
		{"a tie stays", "[organisation Orlan] shut . [place Orlan] is far .", "[organisation Orlan] shut . [place Orlan] is far ."},
		{"a surname is the person's", "[person Mara Velin] left . [organisation Velin] said so .", "[person Mara Velin] left . [person Velin] said so ."},
		{"but a place stays a place", "[person Ida Bergen] left . Rain in [place Bergen] .", "[person Ida Bergen] left . Rain in [place Bergen] ."},
		{"found again", "[organisation ENA] met . [organisation ENA] left . So did ENA .", "[organisation ENA] met . [organisation ENA] left . So did [organisation ENA] ."},
		{"not inside a longer name", "[place Hallin] fell . [place Hallin] rose . Old Hallin Bank stood .", "[place Hallin] fell . [place Hallin] rose . Old Hallin Bank stood ."},
		{"not what is named once", "[organisation ENA] met . So did ENA .", "[organisation ENA] met . So did ENA ."},
		{"several words again", "[organisation Red Kestrel] struck . [organisation Red Kestrel] fled . They blame Red Kestrel .", "[organisation Red Kestrel] struck . [organisation Red Kestrel] fled . They blame [organisation Red Kestrel] ."},
		{"a file is nobody", "see [organisation stocks.pdf] and [person ada@port.org] .", "see stocks.pdf and ada@port.org ."},
	} {
		d := named(c.text)
		d.agree()
		if diff := cmp.Diff(c.want, shown(d)); diff != "" {
			t.Errorf("%s\n%s", c.name, diff)
		}
	}
}

// named reads a document as TestAgree writes it. Words with a capital are proper
// nouns.
func named(text string) *Doc {
	d := &Doc{}
	from, kind := -1, NameType("")
	for w := range strings.FieldsSeq(text) {
		if strings.HasPrefix(w, "[") {
			from, kind = len(d.Tokens), NameType(w[1:])
			continue
		}
		form := strings.TrimSuffix(w, "]")
		xpos := "NN"
		if form[0] >= 'A' && form[0] <= 'Z' {
			xpos = "NNP"
		}
		d.Tokens = append(d.Tokens, Token{Form: form, XPOS: xpos, Head: -1})
		if form != w {
			d.Names = append(d.Names, Name{From: from, To: len(d.Tokens), Type: kind})
		}
	}
	d.Sentences = []Sentence{{To: len(d.Tokens)}}
	return d
}

func shown(d *Doc) string {
	var out []string
	for i, t := range d.Tokens {
		w := t.Form
		for _, n := range d.Names {
			if n.From == i {
				w = "[" + string(n.Type) + " " + w
			}
			if n.To == i+1 {
				w += "]"
			}
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}
