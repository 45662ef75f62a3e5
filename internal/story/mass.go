package story

import "slices"

// mass is what the likeness of articles, and of sets of articles, is made of.
type mass struct {
	n   int64  // articles
	sum vector // of their vectors
	// squares is the likeness of all pairs, each article with itself too.
	squares int64
	dated   bool
	first   int32 // days of publication
	last    int32
	tally   tally
}

// tally counts the happenings of articles that have one.
type tally []told

type told struct {
	happening
	n int64
}

// maxTally bounds the happenings that are kept of one story; the first to be
// told are.
const maxTally = 24

func massOf(s *Sketch) mass {
	m := mass{n: 1, sum: s.vector, squares: dot(s.vector, s.vector)}
	if day, ok := s.day(); ok {
		m.dated, m.first, m.last = true, day, day
	}
	if s.happening.known {
		m.tally = tally{{s.happening, 1}}
	}
	return m
}

// add joins another mass.
func (m *mass) add(o mass) {
	m.squares += o.squares + 2*dot(m.sum, o.sum)
	m.n += o.n
	m.sum = plus(m.sum, o.sum)
	switch {
	case !m.dated:
		m.dated, m.first, m.last = o.dated, o.first, o.last
	case o.dated:
		m.first, m.last = min(m.first, o.first), max(m.last, o.last)
	}
	m.tally = slices.Clone(m.tally)
	for _, t := range o.tally {
		m.tally.count(t)
	}
}

func (t *tally) count(of told) {
	i := slices.IndexFunc(*t, func(u told) bool { return u.happening == of.happening })
	switch {
	case i >= 0:
		(*t)[i].n += of.n
	case len(*t) < maxTally:
		*t = append(*t, of)
	}
}

// gap is how many days lie between the reports of two, 0 where they overlap or
// one is undated; span is how many days both together take.
func gap(a, b *mass) (gap, span int32) {
	if !a.dated || !b.dated {
		return 0, 0
	}
	return max(0, a.first-b.last, b.first-a.last), max(a.last, b.last) - min(a.first, b.first)
}

// halfLife is how many days it takes for likeness to count half.
const halfLife = 8

// decay is what is left of likeness after so many days, in thousandths: all of
// it for a day, half after halfLife more.
func decay(days int32) int64 {
	if days -= 1; days <= 0 {
		return 1000
	}
	left := int64(1000) >> (days / halfLife)
	// Between the halvings it falls on a straight line.
	return left - left/2*int64(days%halfLife)/halfLife
}

// apartWeight is the part of its likeness, in thousandths, that is lost to a
// pair of stories all of whose articles tell of different happenings.
const apartWeight = 700

// apart is the share, in thousandths, of the pairs of happenings told by both
// that are known to be different, of those of one class.
func apart(a, b tally) int64 {
	var pairs, different int64
	for _, x := range a {
		for _, y := range b {
			if comparable, apart := x.against(y.happening); comparable {
				pairs += x.n * y.n
				if apart {
					different += x.n * y.n
				}
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	return different * 1000 / pairs
}

// likeness of two, of one: the mean of that of all pairs of their articles,
// given added up (average linkage), less what the days between them and different happenings
// take from it.
func likeness(a, b *mass, pairs int64) int64 {
	if a.n == 0 || b.n == 0 {
		return 0
	}
	days, _ := gap(a, b)
	l := pairs / (a.n * b.n)
	l = l * decay(days) / 1000
	return l * (1000*1000 - apartWeight*apart(a.tally, b.tally)) / (1000 * 1000)
}

// cohesion is the mean likeness of the pairs within, of one; one for a single
// article.
func (m *mass) cohesion() int64 {
	if m.n < 2 {
		return one
	}
	return (m.squares - m.n*one) / (m.n * (m.n - 1))
}

// Stories of some size stay apart where they are less like each other than this
// part, in thousandths, of what the articles of each are among themselves. What
// few articles say of that is not to be trusted: it counts as if so many pairs
// more had been seen, no more alike than the two stories are. Set on the half
// of ECB+ that may be looked at.
const (
	partedSize     = 4
	partedCohesion = 800
	partedPairs    = 16
)

// parted reports whether two are look-alikes: they share a subject, but each
// has its own names and words. Two checks into one clinic have more in common
// than many a story has in itself, and less than either has.
func parted(a, b *mass, l int64) bool {
	within := func(m *mass) int64 {
		pairs := m.n * (m.n - 1) / 2
		return (pairs*m.cohesion() + partedPairs*l) / (pairs + partedPairs)
	}
	return min(a.n, b.n) >= partedSize && l*1000 < partedCohesion*root(within(a)*within(b))
}

func (w *Window) threshold() int64 { return int64(w.o.Join) * one / 1000 }
