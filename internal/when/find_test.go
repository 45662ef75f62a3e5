package when

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

// check holds what is true of the times of every text.
func check(t *testing.T, text string, times []news.Time) {
	t.Helper()
	for i, x := range times {
		if x.Start < 0 || x.Start >= x.End || x.End > len(text) || text[x.Start:x.End] != x.Text {
			t.Fatalf("span %d-%d %q is not in the text", x.Start, x.End, x.Text)
		}
		if i > 0 && x.Start < times[i-1].Start {
			t.Fatalf("%q stands after %q", times[i-1].Text, x.Text)
		}
		first, okFirst := ParseDay(string(x.Earliest))
		end, okEnd := ParseDay(string(x.Latest))
		if x.Earliest.Known() && !okFirst || x.Latest.Known() && !okEnd || okFirst && okEnd && first > end {
			t.Fatalf("%q: %s to %s", x.Text, x.Earliest, x.Latest)
		}
		if (okFirst || okEnd) && !x.Value.Known() {
			t.Fatalf("%q has days and no value", x.Text)
		}
		iv, dated := Parse(string(x.Value))
		if dated && okFirst && okEnd && !(Interval{first, end}).Overlaps(iv) {
			t.Fatalf("%q: value %s is not within %s to %s", x.Text, x.Value, x.Earliest, x.Latest)
		}
		if x.Type == news.TimeSet && okFirst {
			t.Fatalf("the set %q has days", x.Text)
		}
	}
}

const sample = `BERGEN, May 7 (Nordlys) — Two ferries collided late on Tuesday, a day after the last inspection of 3 May 2031.
It was the worst accident since January 2023 and the third in the past 24 hours; between 2019 and 2021 there were
five, all of them in the early hours. The board meets every Friday at 3:30 p.m. (1330 GMT) and will report by mid-June,
a week before the summer of 2031. In the 1990s, at Christmas, or on Eid al-Fitr last year, nobody was hurt.`

// TestFindAt reads one text on every day of some years: month ends, leap days
// and turns of the year are where date arithmetic goes wrong.
func TestFindAt(t *testing.T) {
	doc := plainDoc(sample)
	n := len(Find(doc, ""))
	if n < 18 {
		t.Errorf("%d expressions found", n)
	}
	for d := DayOf(2027, 12, 20); d < DayOf(2033, 1, 15); d++ {
		times := Find(doc, d.String())
		check(t, sample, times)
		if len(times) != n {
			t.Fatalf("%v: %d expressions, without a date %d", d, len(times), n)
		}
	}
}

// TestFindTwice: the same text gives the same times.
func TestFindTwice(t *testing.T) {
	doc := plainDoc(sample)
	a, b := Find(doc, "2031-05-07"), Find(doc, "2031-05-07")
	if len(a) != len(b) {
		t.Fatalf("%d and %d", len(a), len(b))
	}
	for i := range a {
		if a[i] != b[i] {
			t.Errorf("%+v and %+v", a[i], b[i])
		}
	}
}

// TestFindLong reads long texts, whatever is repeated in them: a step that takes
// the square of the length would not come back before the tests are stopped.
func TestFindLong(t *testing.T) {
	if testing.Short() {
		t.Skip("reads long texts")
	}
	for _, piece := range []string{"May ", "at 3 pm ", "2031-", "the ", "twenty-", "from 2019 to ", "last ", "1,000,", "0,000,", "1950s and ",
		"a year and a half ", "Friday, May 7, 2031, ", "(", "early late mid ", "3-5 ", "’s ", "two days later "} {
		text := strings.Repeat(piece, (1<<18)/len(piece))
		check(t, text, Find(plainDoc(text), "2031-05-07"))
	}
}

func FuzzFind(f *testing.F) {
	f.Add(sample, "2031-05-07")
	f.Add("On May 31, a month ago, and on 29 February 0001.", "0001-01-01")
	f.Add("the 21st century, 9999-12-31, a hundred years later", "9999-12-31")
	f.Add("\u00a07\u202fMay\u00a02031 – ’70s\nQ5 24:60 31/31/31 99999999999999999999 days ago", "2031-05-07T00:00:00Z")
	f.Add("3–5 June, from Monday to Friday, 2019-20, İ May", "x")
	f.Fuzz(func(t *testing.T, text, published string) {
		doc := plainDoc(text)
		check(t, text, Find(doc, published))
		if day, ok := Published(doc); ok {
			if _, valid := ParseDay(day); !valid {
				t.Fatalf("published %q", day)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	doc := plainDoc(strings.Repeat(sample+"\n\n", 6)) // some 500 words
	b.ReportAllocs()
	for b.Loop() {
		Find(doc, "2031-05-07")
	}
}
