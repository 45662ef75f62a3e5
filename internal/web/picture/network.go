package picture

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
)

// Talk is how often one speaks of another.
type Talk struct {
	Speaker, Of string
	Count       int
	Against     bool // denials and accusations among it
	Href        string
}

// mostNames is how many a side of the network shows; the others are told of in
// words.
const mostNames = 18

// Network draws who speaks of whom: speakers to the left, those spoken of to the
// right, a line for each pair, the wider the more is said; dashed where some of
// it denies or accuses. It is two columns so that every name can be read.
func Network(w io.Writer, f Form, name string, talks []Talk) error {
	p := &pen{w: w}
	width := f.width()
	left, moreLeft := column(talks, func(t Talk) string { return t.Speaker })
	right, moreRight := column(talks, func(t Talk) string { return t.Of })
	const row = 26
	height := axisRoom + row*max(len(left), len(right)) + margin + 18
	p.open(f, "network", name, width, height)
	side := float64(width) * 0.36
	p.text(margin, 14, "soft", "speaks")
	p.text(float64(width)-side+10, 14, "soft", "is spoken of")
	at := func(names []string, n string) float64 {
		i := slices.Index(names, n)
		return float64(axisRoom + row*i + row/2)
	}
	most := 1
	for _, t := range talks {
		most = max(most, t.Count)
	}
	hidden := 0
	for _, t := range talks {
		if !slices.Contains(left, t.Speaker) || !slices.Contains(right, t.Of) {
			hidden++
			continue
		}
		y0, y1 := at(left, t.Speaker), at(right, t.Of)
		x0, x1 := side, float64(width)-side
		class := "edge"
		words := fmt.Sprintf("%s speaks of %s %s", t.Speaker, t.Of, times(t.Count))
		if t.Against {
			class += " against"
			words += ", some of it to deny or accuse"
		}
		p.link(t.Href, "mark", words)
		p.put(`<path d="M%s %sC%s %s %s %s %s %s" class="%s" stroke-width="%s"/>`, num(x0), num(y0), num((x0+x1)/2), num(y0), num((x0+x1)/2), num(y1), num(x1), num(y1),
			class, num(1.5+5*math.Sqrt(float64(t.Count)/float64(most))))
		p.unlink(t.Href)
	}
	for _, n := range left {
		p.put(`<text x="%s" y="%s" class="end">%s</text>`, num(side-8), num(at(left, n)+4), esc(fit(n, side-margin-8)))
	}
	for _, n := range right {
		p.text(float64(width)-side+8, at(right, n)+4, "", fit(n, side-margin-8))
	}
	if hidden > 0 {
		p.text(margin, float64(height-margin), "soft", fmt.Sprintf("not shown: %d more speakers, %d more spoken of", moreLeft, moreRight))
	}
	p.close()
	return p.err
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// column is the names of a side, those with the most first, and how many are
// left out.
func column(talks []Talk, of func(Talk) string) (names []string, more int) {
	count := map[string]int{}
	for _, t := range talks {
		if count[of(t)] == 0 {
			names = append(names, of(t))
		}
		count[of(t)] += max(t.Count, 1)
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	more = max(len(names)-mostNames, 0)
	return names[:len(names)-more], more
}
