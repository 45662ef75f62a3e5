// Package picture draws what the ledger holds, as SVG: a map, a timeline, the
// ladder of figures, a network of who speaks of whom. Each picture is a pure
// function of its values; each mark leads to its rows, and says in words what it
// shows.
//
// Nothing is drawn more exactly than it is known: a country is an area and never
// a pin, a month is a bar of a month, a number without an upper bound has an open
// end.
package picture

import (
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"
)

// Form says where a picture is to stand.
type Form struct {
	Width int // in pixels of the screen, 320 at least; 0 is 720
	// File makes a file that needs nothing else, with its own colours; otherwise
	// the style of the page applies, by the classes of the marks.
	File bool
	// World is where a map finds the outlines (World), unless it is a file.
	World string
}

func (f Form) width() int {
	if f.Width == 0 {
		return 720
	}
	return max(f.Width, 320)
}

// pen writes SVG and keeps the first error.
type pen struct {
	w   io.Writer
	err error
}

func (p *pen) put(format string, args ...any) {
	if p.err != nil {
		return
	}
	if _, err := fmt.Fprintf(p.w, format, args...); err != nil {
		p.err = fmt.Errorf("write the picture: %w", err)
	}
}

// open begins a picture. Its name is what a screen reader says first.
func (p *pen) open(f Form, class, name string, width, height int) {
	space := ""
	if f.File {
		space = ` xmlns="http://www.w3.org/2000/svg"`
	}
	p.put(`<svg%s class="picture %s" role="group" aria-label="%s" viewBox="0 0 %d %d" width="%d" height="%d">`, space, class, esc(name), width, height, width, height)
	if f.File {
		p.put(`<title>%s</title><style>%s</style>`, esc(name), style)
	}
}

func (p *pen) close() { p.put("</svg>\n") }

// link begins a mark that leads to href, where there is one; the words are read
// out and shown when the pointer rests on it.
func (p *pen) link(href, class, words string) {
	if href != "" {
		p.put(`<a href="%s" class="%s" aria-label="%s"><title>%s</title>`, esc(href), class, esc(words), esc(words))
		return
	}
	p.put(`<g class="%s"><title>%s</title>`, class, esc(words))
}

func (p *pen) unlink(href string) {
	if href != "" {
		p.put("</a>")
		return
	}
	p.put("</g>")
}

func (p *pen) text(x, y float64, class, words string) {
	if words != "" {
		p.put(`<text x="%s" y="%s" class="%s">%s</text>`, num(x), num(y), class, esc(words))
	}
}

// esc makes words safe within SVG. Control characters, which XML does not have,
// are left out.
func esc(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s))
}

// num writes a length with one decimal at most.
func num(v float64) string {
	s := fmt.Sprintf("%.1f", v)
	return strings.TrimSuffix(s, ".0")
}

// letter is how wide a letter is on the average, in pixels; few fonts have wider
// ones.
const letter = 7.2

// fit shortens words to a width in pixels, as the 13-pixel type that
// pictures are written in needs them.
func fit(words string, width float64) string {
	n := int(width / letter)
	if utf8.RuneCountInString(words) <= n {
		return words
	}
	return strings.TrimRight(string([]rune(words)[:max(n-1, 1)]), " ,.;:") + "…"
}

// style is that of files. Pages have their own, which follows the reader's
// choice of light or dark.
const style = `svg{font:13px system-ui,sans-serif;background:#fff}text{fill:#1b1b1b}.soft{fill:#595959}.axis{stroke:#d5d5d5}` +
	`.land{fill:#e9e7e2}.borders{fill:none;stroke:#fff;vector-effect:non-scaling-stroke}.contested-border{fill:none;stroke:#8a8478;stroke-dasharray:4 3;vector-effect:non-scaling-stroke}` +
	`.sea{fill:#f7f9fa}.mark{fill:#1d5f8a;stroke:#1d5f8a}.mark text,.mark .label{fill:#1b1b1b;stroke:none}.mark .wide{fill-opacity:.18}.mark path{fill:none;stroke-width:2}.ring{fill:#fff;stroke-width:2}.end{text-anchor:end}.contested{fill:#9a3412;stroke:#9a3412}` +
	`.open{stroke-dasharray:3 3;fill-opacity:.12}.faint{opacity:.55}.edge{fill:none;stroke:#1d5f8a;stroke-opacity:.45}.edge.against{stroke:#9a3412;stroke-dasharray:6 4}`
