package picture

import (
	"cmp"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// Moment is one thing on a timeline. Earliest and Latest are days, as
// news.EventTime has them; one that is unknown leaves that side open.
type Moment struct {
	Earliest, Latest string
	Basis            news.TimeBasis // published_only is drawn as a bound, not as a date
	Label            string
	Note             string // read out after the label
	Contested        bool
	Href             string
}

// Known reports whether there is any day to draw it at.
func (m Moment) Known() bool {
	_, a := day(m.Earliest)
	_, b := day(m.Latest)
	return a || b
}

func day(s string) (time.Time, bool) {
	if len(s) < len(time.DateOnly) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)])
	return t, err == nil
}

// The measures of a row, in pixels.
const (
	rowHeight = 40
	axisRoom  = 28
	margin    = 8
)

// bar is a moment as days.
type bar struct {
	Moment
	from, to         time.Time // to is the end of the last day
	openFrom, openTo bool
}

// Timeline draws one row for each moment that has a day, the earliest first: a
// bar from the first day that it may have been to the last. An unknown side
// fades out in dashes.
func Timeline(w io.Writer, f Form, name string, moments []Moment) error {
	p := &pen{w: w}
	bars := newBars(moments)
	width := f.width()
	height := axisRoom + rowHeight*len(bars) + margin
	p.open(f, "timeline", name, width, height)
	if len(bars) == 0 {
		p.text(margin, 18, "soft", "No day is known.")
		p.close()
		return p.err
	}
	first, last := bars[0].from, bars[0].to
	for _, b := range bars {
		if b.from.Before(first) {
			first = b.from
		}
		if b.to.After(last) {
			last = b.to
		}
	}
	room := float64(width - 2*margin)
	days := last.Sub(first).Hours() / 24
	at := func(t time.Time) float64 { return margin + room*t.Sub(first).Hours()/24/days }
	for _, t := range ticks(first, last, width) {
		x := at(t.at)
		p.put(`<path d="M%s %dV%d" class="axis"/>`, num(x), axisRoom-8, height-margin)
		p.text(math.Min(x+3, float64(width)-60), 14, "soft", t.label)
	}
	for i, b := range bars {
		y := float64(axisRoom + rowHeight*i)
		x0, x1 := at(b.from), at(b.to)
		x1 = math.Max(x1, x0+5)
		class := "mark"
		if b.Contested {
			class += " contested"
		}
		p.link(b.Href, class, b.words())
		p.text(clampLabel(x0, b.Label, width), y+14, "label", fit(b.Label, room))
		form := ""
		if b.openFrom || b.openTo || b.Basis == news.TimeFromPublished {
			form = ` class="open"`
		}
		p.put(`<rect x="%s" y="%s" width="%s" height="10" rx="2"%s/>`, num(x0), num(y+20), num(x1-x0), form)
		p.unlink(b.Href)
	}
	p.close()
	return p.err
}

// clampLabel keeps a label that begins at its bar within the picture.
func clampLabel(x float64, label string, width int) float64 {
	long := math.Min(float64(len([]rune(label)))*letter, float64(width-2*margin))
	return math.Max(margin, math.Min(x, float64(width)-margin-long))
}

// openDays is how long the side that is not known is drawn.
const openDays = 3 * 24 * time.Hour

func newBars(moments []Moment) []bar {
	var out []bar
	for _, m := range moments {
		from, a := day(m.Earliest)
		to, b := day(m.Latest)
		if !a && !b {
			continue
		}
		x := bar{Moment: m, openFrom: !a, openTo: !b}
		if !a {
			from = to.Add(-openDays)
		}
		if !b {
			to = from.Add(openDays)
		}
		if to.Before(from) {
			from, to = to, from
		}
		x.from, x.to = from, to.Add(24*time.Hour)
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b bar) int {
		return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to))
	})
	return out
}

func (b bar) words() string {
	when := Days(b.Earliest, b.Latest)
	if b.Basis == news.TimeFromPublished {
		when += " (from the day of publication only)"
	}
	parts := []string{when + ": " + b.Label}
	if b.Note != "" {
		parts = append(parts, b.Note)
	}
	if b.Contested {
		parts = append(parts, "contested")
	}
	return strings.Join(parts, "; ")
}

// Days says in words when something was: "11 Mar 2031", "1–31 Mar 2031",
// "by 2 May 2031", "day unknown".
func Days(earliest, latest string) string {
	from, a := day(earliest)
	to, b := day(latest)
	const full = "2 Jan 2006"
	switch {
	case !a && !b:
		return "day unknown"
	case !a:
		return "by " + to.Format(full)
	case !b:
		return "from " + from.Format(full)
	case from.Equal(to):
		return from.Format(full)
	case from.Year() == to.Year() && from.YearDay() == 1 && to.Month() == 12 && to.Day() == 31:
		return from.Format("2006")
	case from.Day() == 1 && from.Month() == to.Month() && from.Year() == to.Year() && to.AddDate(0, 0, 1).Day() == 1:
		return from.Format("Jan 2006")
	case from.Month() == to.Month() && from.Year() == to.Year():
		return from.Format("2") + "–" + to.Format(full)
	case from.Year() == to.Year():
		return from.Format("2 Jan") + " – " + to.Format(full)
	}
	return from.Format(full) + " – " + to.Format(full)
}

type tick struct {
	at    time.Time
	label string
}

// ticks are days, months or years, so many as there is room for.
func ticks(first, last time.Time, width int) []tick {
	most := max(width/90, 2)
	for _, step := range []struct {
		years, months, days int
		form                string
	}{
		{0, 0, 1, "2 Jan"}, {0, 0, 2, "2 Jan"}, {0, 0, 7, "2 Jan"}, {0, 0, 14, "2 Jan"},
		{0, 1, 0, "Jan 2006"}, {0, 3, 0, "Jan 2006"}, {0, 6, 0, "Jan 2006"},
		{1, 0, 0, "2006"}, {2, 0, 0, "2006"}, {5, 0, 0, "2006"}, {10, 0, 0, "2006"}, {20, 0, 0, "2006"}, {50, 0, 0, "2006"}, {100, 0, 0, "2006"}, {1000, 0, 0, "2006"},
	} {
		t := first
		switch {
		case step.years > 0:
			t = time.Date(first.Year()/step.years*step.years, 1, 1, 0, 0, 0, 0, time.UTC)
		case step.months > 0:
			t = time.Date(first.Year(), (first.Month()-1)/time.Month(step.months)*time.Month(step.months)+1, 1, 0, 0, 0, 0, time.UTC)
		}
		var out []tick
		for ; t.Before(last) && len(out) <= most; t = t.AddDate(step.years, step.months, step.days) {
			if !t.Before(first) {
				out = append(out, tick{t, t.Format(step.form)})
			}
		}
		if len(out) <= most {
			return out
		}
	}
	return nil
}
