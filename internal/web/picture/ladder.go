package picture

import (
	"cmp"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Rung is one figure: what a source gave for one count at one time. Low, Best
// and High are persons; nil where that side is open.
type Rung struct {
	Low, Best, High *int
	Number          string // as the figure is written: "at least 4"
	Source          string
	Outlet          string
	Day             string
	Standing        news.Standing
	Fate            news.Fate
	Why             string
	Href            string
}

// Ladder draws the figures given for one count, one rung each, in the order of
// time: a line from low to high with a mark at the best value, an arrow where it
// has no upper bound. The marks tell how near the source is to the counting: a
// square for an official, a disc for a named, a ring for an unnamed one. Figures
// that no longer stand are faint.
func Ladder(w io.Writer, f Form, name string, rungs []Rung) error {
	p := &pen{w: w}
	rungs = slices.Clone(rungs)
	slices.SortStableFunc(rungs, func(a, b Rung) int { return cmp.Compare(a.Day, b.Day) })
	width := f.width()
	height := axisRoom + rowHeight*len(rungs) + margin
	p.open(f, "ladder", name, width, height)
	scale := newScale(rungs, float64(margin+4), float64(width-margin-34))
	for _, v := range scale.ticks {
		x := scale.at(float64(v))
		p.put(`<path d="M%s %dV%d" class="axis"/>`, num(x), axisRoom-8, height-margin)
		p.text(x+3, 14, "soft", group(v))
	}
	for i, r := range rungs {
		y := float64(axisRoom + rowHeight*i)
		class := "mark"
		if r.Fate != news.FateStands && r.Fate != "" {
			class += " faint"
		}
		p.link(r.Href, class, r.words())
		label := r.Number + " · " + r.Source
		if d := Days(r.Day, r.Day); r.Day != "" && d != "day unknown" {
			label = d + " · " + label
		}
		p.text(margin, y+14, "label", fit(label, float64(width-2*margin)))
		r.draw(p, scale, y+25)
		p.unlink(r.Href)
	}
	if len(rungs) == 0 {
		p.text(margin, 18, "soft", "No figure was given.")
	}
	p.close()
	return p.err
}

func (r Rung) draw(p *pen, s scale, y float64) {
	low, best, high := value(r.Low, r.Best, r.High), value(r.Best, r.Low, r.High), value(r.High, r.Best, r.Low)
	if low < 0 {
		return
	}
	x0, x, x1 := s.at(float64(low)), s.at(float64(best)), s.at(float64(high))
	switch {
	case r.High == nil: // no upper bound
		end := x1 + 24
		p.put(`<path d="M%s %sH%s" class="open"/><path d="M%s %sl7 4l-7 4z"/>`, num(x0), num(y), num(end), num(end), num(y-4))
	case r.Low == nil: // no lower bound
		p.put(`<path d="M%s %sH%s" class="open"/>`, num(s.from), num(y), num(x1))
	case x1 > x0:
		p.put(`<path d="M%s %sH%s" class="span"/>`, num(x0), num(y), num(x1))
	}
	if r.Low == nil && r.Best == nil {
		x = x1
	}
	switch r.Standing {
	case news.StandingOfficial:
		p.put(`<rect x="%s" y="%s" width="10" height="10"/>`, num(x-5), num(y-5))
	case news.StandingNamed:
		p.put(`<circle cx="%s" cy="%s" r="5"/>`, num(x), num(y))
	default:
		p.put(`<circle cx="%s" cy="%s" r="4.5" class="ring"/>`, num(x), num(y))
	}
}

// value is the first that is known, −1 where none is.
func value(in ...*int) int {
	for _, v := range in {
		if v != nil {
			return *v
		}
	}
	return -1
}

func (r Rung) words() string {
	parts := []string{r.Number, r.Source}
	if r.Outlet != "" {
		parts = append(parts, "in "+r.Outlet)
	}
	if r.Day != "" {
		parts = append(parts, Days(r.Day, r.Day))
	}
	if r.Standing != "" {
		parts = append(parts, string(r.Standing)+" source")
	}
	if r.Why != "" {
		parts = append(parts, r.Why)
	}
	return strings.Join(parts, "; ")
}

// scale brings numbers to pixels, from nought; by orders of magnitude where
// they are far apart.
type scale struct {
	from, to, top float64
	log           bool
	ticks         []int
}

func newScale(rungs []Rung, from, to float64) scale {
	least, most := math.Inf(1), 1.0
	for _, r := range rungs {
		for _, v := range []*int{r.Low, r.Best, r.High} {
			if v != nil {
				most = math.Max(most, float64(*v))
				if *v > 0 {
					least = math.Min(least, float64(*v))
				}
			}
		}
	}
	s := scale{from: from, to: to, top: most, log: most > 200*least}
	if s.log {
		for v := 1.0; v <= most; v *= 10 {
			s.ticks = append(s.ticks, int(v))
		}
		return s
	}
	step := math.Pow(10, math.Floor(math.Log10(most)))
	for _, m := range []float64{0.1, 0.2, 0.25, 0.5, 1, 2} {
		if most/(step*m) <= 5 {
			step *= m
			break
		}
	}
	step = math.Max(math.Round(step), 1)
	for v := 0.0; v <= most; v += step {
		s.ticks = append(s.ticks, int(v))
	}
	return s
}

func (s scale) at(v float64) float64 {
	if s.log {
		return s.from + (s.to-s.from)*math.Log10(math.Max(v, 0)+1)/math.Log10(s.top+1)
	}
	return s.from + (s.to-s.from)*v/s.top
}

// group writes a number with a narrow blank between thousands.
func group(v int) string {
	s := strconv.Itoa(v)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}
