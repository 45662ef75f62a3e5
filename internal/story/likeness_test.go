package story

import (
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

var noTime time.Time

func TestAgainst(t *testing.T) {
	day := func(c happeningClass, d int32) happening { return happening{known: true, class: c, from: d, to: d} }
	at := func(c happeningClass, lat, lon float64, country news.Optional) happening {
		return happening{known: true, class: c, from: 1, located: true, lat: lat, lon: lon, country: country}
	}
	for name, c := range map[string]struct {
		a, b              happening
		comparable, apart bool
	}{
		"one day":                   {day(nature, 10), day(nature, 10), true, false},
		"the next day":              {day(nature, 10), day(nature, 11), true, false},
		"three days later":          {day(nature, 10), day(nature, 13), true, true},
		"another class":             {day(nature, 10), day(crowd, 13), false, false},
		"nothing known":             {happening{}, day(crowd, 13), false, false},
		"no day":                    {happening{known: true, class: nature, from: 1}, day(nature, 13), true, false},
		"Tabriz and Bandar Abbas":   {at(nature, 38.08, 46.29, "IRN"), at(nature, 27.19, 56.28, "IRN"), true, true},
		"Mogadishu and Afgooye":     {at(violence, 2.04, 45.34, "SOM"), at(violence, 2.14, 45.12, "SOM"), true, false},
		"across the date line":      {at(nature, -17, 179.9, "FJI"), at(nature, -17, -179.9, "FJI"), true, false},
		"another country":           {happening{known: true, class: crowd, from: 1, country: "ITA"}, happening{known: true, class: crowd, from: 1, country: "FRA"}, true, true},
		"a country that is unknown": {happening{known: true, class: crowd, from: 1, country: "ITA"}, happening{known: true, class: crowd, from: 1}, true, false},
	} {
		for range 2 {
			comparable, apart := c.a.against(c.b)
			if comparable != c.comparable || apart != c.apart {
				t.Errorf("%s: comparable %v, apart %v", name, comparable, apart)
			}
			c.a, c.b = c.b, c.a
		}
	}
}

func TestDecay(t *testing.T) {
	if decay(0) != 1000 || decay(1) != 1000 || decay(1+halfLife) != 500 || decay(1+2*halfLife) != 250 {
		t.Errorf("after 0, 1, %d, %d days: %d, %d, %d, %d", 1+halfLife, 1+2*halfLife, decay(0), decay(1), decay(1+halfLife), decay(1+2*halfLife))
	}
	for d := int32(0); d < 1000; d++ {
		if decay(d+1) > decay(d) || decay(d) < 0 {
			t.Fatalf("after %d days %d, after %d days %d", d, decay(d), d+1, decay(d+1))
		}
	}
}

func TestVectors(t *testing.T) {
	a := vector{{1, 3}, {5, 4}}
	b := vector{{1, 2}, {4, 9}, {9, 1}}
	var long vector
	for i := range int32(200) {
		long = append(long, feature{uint32(i), i})
	}
	if dot(a, b) != 6 || dot(b, a) != 6 || dot(a, nil) != 0 || dot(a, long) != 1*3+5*4 {
		t.Errorf("dots %d, %d, %d, %d", dot(a, b), dot(b, a), dot(a, nil), dot(a, long))
	}
	if sum := minus(plus(a, b), b); len(sum) != 2 || sum[0] != a[0] || sum[1] != a[1] {
		t.Errorf("a + b − b is %v", sum)
	}
	for x := range int64(2000) {
		if r := root(x); r*r > x || (r+1)*(r+1) <= x {
			t.Fatalf("root of %d is %d", x, r)
		}
	}
	if root(1<<40) != 1<<20 {
		t.Errorf("root of 2^40 is %d", root(1<<40))
	}
}

// TestOriginOrder: who is the first of some copies.
func TestOriginOrder(t *testing.T) {
	wire := &Sketch{id: "z", published: 50, credit: "Coastline", publisher: "Coastline Press", words: 90}
	paper := &Sketch{id: "a", published: 50, credit: "Coastline", publisher: "Daily Post", words: 100}
	long := &Sketch{id: "m", published: 50, words: 200}
	early := &Sketch{id: "x", published: 49, words: 10}
	undated := &Sketch{id: "b", published: noDate, words: 500}
	order := []*Sketch{early, wire, long, paper, undated}
	for i, a := range order {
		for j, b := range order {
			if have := before(a, b); (have < 0) != (i < j) || (have > 0) != (i > j) {
				t.Errorf("before(%s, %s) = %d", a.id, b.id, have)
			}
		}
	}
}

// TestIndexForgets: a slot that is used again does not bring back what was in
// it before.
func TestIndexForgets(t *testing.T) {
	x := newIndex[string]()
	all := func(string) bool { return true }
	order := func(a, b string) int { return 0 }
	v := vector{{1, unit / 2}, {2, unit / 2}}
	old := x.put("old", v)
	x.drop(old)
	x.put("new", vector{{3, unit}})
	if hits := x.seek(v, 5, all, order); len(hits) != 0 {
		t.Errorf("found %v", hits)
	}
	if hits := x.seek(vector{{3, unit}}, 5, all, order); len(hits) != 1 || hits[0].item != "new" {
		t.Errorf("found %v", hits)
	}
	for range 100 { // lists are cleared as they are used
		x.drop(x.put("again", v))
	}
	if len(x.slots) > 3 {
		t.Errorf("%d slots for two things", len(x.slots))
	}
}
