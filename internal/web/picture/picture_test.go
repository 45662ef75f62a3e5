package picture_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/web/picture"
)

var update = flag.Bool("update", false, "write the golden files anew")

func n(v int) *int { return &v }

func place(lat, lon float64, country string, p news.PlacePrecision, claimed ...string) news.Place {
	return news.Place{Lat: lat, Lon: lon, Country: news.Optional(country), Precision: p, ClaimedBy: claimed}
}

var spots = []picture.Spot{
	{Place: place(-29.86, 31.03, "ZAF", news.PrecisionCity), Name: "Durban", What: "2 events", Href: "/events/e1", Contested: true, Count: 2},
	{Place: place(-29.86, 31.03, "ZAF", news.PrecisionCity), Name: "Durban", What: "1 event", Href: "/events/e2"},
	{Place: place(-30.56, 22.94, "ZAF", news.PrecisionCountry), Name: "South Africa", What: "1 event", Href: "/events/e3"},
	{Place: place(-18.9, 34.5, "MOZ", news.PrecisionAdmin1), Name: "Sofala", What: "1 event", Href: "/events/e4"},
	{Place: place(24.5, -13, "", news.PrecisionCountry, "ESH", "MAR"), Name: "Western Sahara", What: "1 event", Href: "/events/e5"},
}

var moments = []picture.Moment{
	{Earliest: "2031-03-11", Latest: "2031-03-11", Label: "bombing of the Harbour Market", Href: "/events/e1", Contested: true},
	{Earliest: "2031-03-01", Latest: "2031-03-31", Label: "the patrols were doubled", Href: "/events/e2"},
	{Latest: "2031-03-12", Basis: news.TimeFromPublished, Label: "an arrest", Href: "/events/e3"},
	{Label: "on a day that nobody tells", Href: "/events/e4"},
}

var rungs = []picture.Rung{
	{Best: n(4), Low: n(4), Number: "at least 4", Source: "police", Outlet: "Coastline", Day: "2031-03-11", Standing: news.StandingOfficial, Fate: news.FateUpdated, Why: "a later figure took its place", Href: "/articles/a1#v1"},
	{Low: n(5), Best: n(6), High: n(8), Number: "5 to 8", Source: "the traders' union", Day: "2031-03-12", Standing: news.StandingNamed, Fate: news.FateStands, Href: "/articles/a2#v1"},
	{High: n(12), Number: "up to 12", Source: "witnesses", Day: "2031-03-12", Standing: news.StandingUnnamed, Fate: news.FateOutweighed, Href: "/articles/a3#v2"},
}

var talks = []picture.Talk{
	{Speaker: "Nomsa Khubeka", Of: "the traders' union", Count: 3, Href: "/search?q=a"},
	{Speaker: "the traders' union", Of: "police", Count: 1, Against: true, Href: "/search?q=b"},
}

// each draws every picture.
func each(t *testing.T, f picture.Form) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, draw := range map[string]func(io.Writer) error{
		"map":      func(w io.Writer) error { return picture.Map(w, f, "Where it happened", spots) },
		"timeline": func(w io.Writer) error { return picture.Timeline(w, f, "When it happened", moments) },
		"ladder":   func(w io.Writer) error { return picture.Ladder(w, f, "Killed", rungs) },
		"network":  func(w io.Writer) error { return picture.Network(w, f, "Who speaks of whom", talks) },
	} {
		var b bytes.Buffer
		if err := draw(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.String()
	}
	return out
}

// Every picture as the pages have it, in a wide and a narrow form.
func TestGolden(t *testing.T) {
	for width, size := range map[int]string{720: "wide", 358: "narrow"} {
		for name, got := range each(t, picture.Form{Width: width, World: "/assets/world.svg"}) {
			file := filepath.Join("testdata", name+"-"+size+".svg")
			got = strings.ReplaceAll(got, "><", ">\n<")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got); d != "" {
				t.Errorf("%s (-want +got; -update writes it):\n%s", file, d)
			}
		}
	}
}

// A file needs nothing but itself, and is XML.
func TestFileIsWhole(t *testing.T) {
	for name, got := range each(t, picture.Form{File: true}) {
		wellFormed(t, name, got)
		if !strings.Contains(got, `xmlns="http://www.w3.org/2000/svg"`) || strings.Contains(got, "/assets/") {
			t.Errorf("%s refers to something outside itself", name)
		}
	}
}

func wellFormed(t *testing.T, name, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s is no XML: %v", name, err)
			return
		}
	}
}

// Names come from outside: markup in them stays words.
func TestHostileNames(t *testing.T) {
	bad := `"><script>alert(1)</script>` + "\x00\x08\uFFFE"
	f := picture.Form{World: "/w.svg"}
	var b bytes.Buffer
	_ = picture.Map(&b, f, bad, []picture.Spot{{Place: place(0, 0, bad, news.PrecisionCountry), Name: bad, What: bad, Href: bad}, {Place: place(math.NaN(), 999, "", ""), Name: bad}})
	_ = picture.Timeline(&b, f, bad, []picture.Moment{{Earliest: bad, Latest: bad, Label: bad}, {Earliest: "0001-01-01", Latest: "9999-12-31", Label: bad, Note: bad, Href: bad}})
	_ = picture.Ladder(&b, f, bad, []picture.Rung{{Number: bad, Source: bad, Outlet: bad, Day: bad, Why: bad, Href: bad}, {Best: n(1 << 60)}, {Best: n(-5)}, {Best: n(0)}})
	_ = picture.Network(&b, f, bad, []picture.Talk{{Speaker: bad, Of: bad, Href: bad}})
	got := b.String()
	wellFormed(t, "hostile", "<all>"+got+"</all>")
	if strings.Contains(got, "<script") {
		t.Error("markup in a name came through")
	}
	if m := regexp.MustCompile(`NaN|Inf`).FindString(got); m != "" {
		t.Errorf("%s as a length", m)
	}
}

// A country is lit, a town is a mark; ground without a state is an open circle.
func TestPrecisionIsDrawn(t *testing.T) {
	got := each(t, picture.Form{World: "/w.svg"})["map"]
	for _, want := range []string{
		`<use href="/w.svg#ZAF" class="wide"/>`,
		`South Africa; 1 event; somewhere in this country`,
		`Durban; 2 events; 1 event; in or near this town; contested`,
		`class="wide open"`,
		`ground claimed by ESH, MAR`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the map lacks %s", want)
		}
	}
	if strings.Contains(got, "#MOZ") {
		t.Error("a province lights its country")
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"2031-03-11", "2031-03-11", "11 Mar 2031"},
		{"2031-03-11", "2031-03-14", "11–14 Mar 2031"},
		{"2031-03-01", "2031-03-31", "Mar 2031"},
		{"2031-01-01", "2031-12-31", "2031"},
		{"2031-02-27", "2031-03-02", "27 Feb – 2 Mar 2031"},
		{"2030-12-30", "2031-01-02", "30 Dec 2030 – 2 Jan 2031"},
		{"", "2031-03-11", "by 11 Mar 2031"},
		{"2031-03-11T10:00:00Z", "", "from 11 Mar 2031"},
		{"", "soon", "day unknown"},
	} {
		if got := picture.Days(c.from, c.to); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// All maps point at the outlines by id, so those must be there once each.
func TestWorld(t *testing.T) {
	var b bytes.Buffer
	if err := picture.World(&b); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, "world", b.String())
	for _, id := range []string{"land", "borders", "contested", "ZAF", "SGP", "USA", "western-sahara", "crimea"} {
		if strings.Count(b.String(), `id="`+id+`"`) != 1 {
			t.Errorf("%s is not there once", id)
		}
	}
	if b.Len() > 200<<10 {
		t.Errorf("the outlines are %d bytes", b.Len())
	}
}
