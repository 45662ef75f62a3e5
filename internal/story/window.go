package story

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// Options are the measures by which articles are put together. The zero value
// of each stands for the one that is used.
type Options struct {
	// Days is how long a story stays open without a new report.
	Days int
	// Join is the likeness, in thousandths, from which two stories are one.
	Join int
	// Link is the likeness, in thousandths, from which two stories that are
	// kept apart are linked.
	Link int
	// Span is how many days one story may take from its first report to its
	// last; what goes on longer is several, linked.
	Span int
	// Taken, where set, reports ids that were given to stories before, and that
	// the window may not know: they are never given again.
	Taken func(id string) bool
	// Most is how many articles the window holds after a settlement; beyond it
	// the stories leave to which nothing came for the longest time.
	Most int
	// Left, where set, is given every story that leaves, as it was.
	Left func(news.Story)
}

func (o Options) orDefault() Options {
	set := func(v *int, to int) {
		if *v == 0 {
			*v = to
		}
	}
	set(&o.Days, 14)
	set(&o.Join, defaultJoin)
	set(&o.Link, defaultJoin*3/4)
	set(&o.Span, 45)
	set(&o.Most, 200_000)
	return o
}

// defaultJoin was set on the half of ECB+ that may be looked at. From 150 to 230
// it makes little difference there; but of its pairs of articles on different
// subjects one in 160 is more than 150 alike, and a day's news has many more
// subjects.
const defaultJoin = 200

// Window puts articles into stories as they come, and settles them batch by
// batch. Between two settlements its answers may depend on the order in which
// articles came; after each they do not: whatever the order within the batch,
// stories, ids, origins and copies are the same. It holds the articles of the
// stories that are open, and may not be used by two goroutines at once.
type Window struct {
	o       Options
	items   map[string]*item
	open    []*item // added since the last settlement
	stories map[string]*group

	fresh   *index[*item]  // the open articles
	settled *index[*group] // the stories

	byBand    map[uint64][]*item
	byText    map[uint64][]*item
	byAddress map[string][]*item

	filed int64 // how many articles were settled

	// retired are ids that are not given again, and what stands for them: ""
	// where the story was closed.
	retired map[string]string
}

// item is an article in the window.
type item struct {
	*Sketch
	group   *group // the story
	settled bool
	slot    int32 // in fresh, while open
	filed   int64 // its place among the settled
	kin     *family
	// disbelieved is set where the publication it claims is yet to come.
	disbelieved bool
	// The closest article of another origin, from the settlement.
	nearest  *item
	likeness int64
	// The copy that it is, from the settlement or, while open, from its coming.
	of *item
	kinship
}

// family is the copies of one text. Its anchor speaks for it in the story: the
// one that was the first when the family was settled.
type family struct {
	anchor *item
	copies []*item // without the anchor
}

// group is a story: settled, or for the time being.
type group struct {
	id       string
	settled  bool
	families []*family // settled
	open     int       // articles that joined since
	mass
	touched int32 // the day of its last settlement
	slot    int32 // in settled
	links   []news.StoryLink
}

// New returns an empty window.
func New(o Options) *Window {
	return &Window{
		o: o.orDefault(), items: map[string]*item{}, stories: map[string]*group{},
		fresh: newIndex[*item](), settled: newIndex[*group](),
		byBand: map[uint64][]*item{}, byText: map[uint64][]*item{}, byAddress: map[string][]*item{},
		retired: map[string]string{},
	}
}

// Placement is where an article went when it came. It holds until the next
// settlement.
type Placement struct {
	Story string
	New   bool       // the story begins with it
	Copy  *news.Copy // nil where it is no copy of what is in the window
}

// searchFeatures is how many of an article's heaviest features it is sought by,
// storyFeatures how many of a story's it is filed under, and searchHits how
// many of those found are compared in full.
const (
	searchFeatures = 32
	storyFeatures  = 64
	searchHits     = 32
)

// Add places an article. One with the id of an article in the window takes its
// place.
func (w *Window) Add(s *Sketch) Placement {
	if old := w.items[s.id]; old != nil {
		w.remove(old)
	}
	it := &item{Sketch: s}
	w.items[s.id] = it
	of, k := w.closestKin(it)
	heavy := s.vector.heaviest(searchFeatures)
	p := Placement{}
	if of != nil {
		it.of, it.kinship, it.group = of, k, of.group
		c := it.copy()
		p.Copy = &c
	} else if g := w.bestGroup(it, heavy); g != nil {
		it.group = g
	} else {
		p.New = true
		it.group = &group{id: w.newID(it)}
		w.stories[it.group.id] = it.group
	}
	g := it.group
	g.open++
	if !g.settled && of == nil {
		g.add(massOf(it.Sketch))
	}
	it.slot = w.fresh.put(it, heavy)
	w.open = append(w.open, it)
	w.file(it)
	p.Story = g.id
	return p
}

// bestGroup is the story that an article is most like, if it is enough so: more
// than in a settlement, which sees both what is alike and what tells apart.
func (w *Window) bestGroup(it *item, heavy vector) *group {
	alone := massOf(it.Sketch)
	var best *group
	var most int64
	try := func(g *group) {
		l := likeness(&alone, &g.mass, dot(alone.sum, g.sum))
		if l >= w.threshold()*5/4 && (l > most || l == most && g.id < best.id) {
			best, most = g, l
		}
	}
	seen := map[*group]bool{}
	for _, h := range w.settled.seek(heavy, searchHits/2, func(*group) bool { return true }, byID) {
		seen[h.item] = true
		try(h.item)
	}
	for _, h := range w.fresh.seek(heavy, searchHits/2, func(*item) bool { return true }, byOrder) {
		if !seen[h.item.group] {
			seen[h.item.group] = true
			try(h.item.group)
		}
	}
	return best
}

func byID(a, b *group) int   { return strings.Compare(a.id, b.id) }
func byOrder(a, b *item) int { return before(a.Sketch, b.Sketch) }

// maxKin is how many possible copies are compared in full.
const maxKin = 128

// closestKin finds the article that one is a copy of, among those filed: by
// address, by text, and by runs of words.
func (w *Window) closestKin(it *item) (*item, kinship) {
	var found []*item
	add := func(others []*item) { found = append(found, others...) }
	if it.address != "" {
		add(w.byAddress[it.address])
	}
	add(w.byText[it.text])
	if it.shingles.all >= leastRuns {
		for _, key := range it.bands {
			add(w.byBand[key])
		}
	}
	return closest(it, found)
}

// closest of some, each of which may be named several times.
func closest(it *item, found []*item) (best *item, k kinship) {
	times := map[*item]int{}
	for _, o := range found {
		times[o]++
	}
	few := make([]*item, 0, len(times))
	for o := range times {
		few = append(few, o)
	}
	slices.SortFunc(few, func(a, b *item) int { return cmp.Or(times[b]-times[a], byOrder(a, b)) })
	for _, o := range few[:min(maxKin, len(few))] {
		if x := kin(it.Sketch, o.Sketch); x.reason != "" && (best == nil || x.stronger(k) || !k.stronger(x) && byOrder(o, best) < 0) {
			best, k = o, x
		}
	}
	return best, k
}

// file makes an article known as one that others may be copies of. Of those
// with one text, or with nearly one, only the first is: what is a copy of the
// others is a copy of it too. So a thousand copies cost no more than one.
func (w *Window) file(it *item) {
	if it.address != "" && len(w.byAddress[it.address]) == 0 {
		w.byAddress[it.address] = []*item{it}
	}
	if len(w.byText[it.text]) > 0 {
		return
	}
	w.byText[it.text] = []*item{it}
	if it.reason == news.NearCopy && it.shared >= sameShared {
		return
	}
	for _, key := range it.bands {
		w.byBand[key] = append(w.byBand[key], it)
	}
}

// sameShared is the share of the shorter text from which a near copy need not
// be found for itself.
const sameShared = 0.9

func (w *Window) unfile(it *item) {
	drop(w.byAddress, it.address, it)
	drop(w.byText, it.text, it)
	for _, key := range it.bands {
		drop(w.byBand, key, it)
	}
}

func drop[K comparable](m map[K][]*item, key K, it *item) {
	if i := slices.Index(m[key], it); i >= 0 {
		if m[key] = slices.Delete(m[key], i, i+1); len(m[key]) == 0 {
			delete(m, key)
		}
	}
}

// copy says what the article is a copy of.
func (it *item) copy() news.Copy {
	return news.Copy{Article: it.id, Of: it.of.id, Reason: it.reason, Shared: it.shared, Credit: news.Optional(it.kinship.credit)}
}

// newID makes an id from the article that a story begins with.
func (w *Window) newID(it *item) string {
	name := it.id
	for {
		h := sha256.Sum256([]byte("story\n" + name))
		id := "t" + hex.EncodeToString(h[:8])
		_, retired := w.retired[id]
		if w.stories[id] == nil && !retired && (w.o.Taken == nil || !w.o.Taken(id)) {
			return id
		}
		name += "\n"
	}
}

// StoryOf is the id of the story that an article is in; "" where it is not in
// the window.
func (w *Window) StoryOf(article string) string {
	if it := w.items[article]; it != nil {
		return it.group.id
	}
	return ""
}

// Resolve is the id of the story that stands for one now: its own, or that of
// the story it became part of.
func (w *Window) Resolve(story string) string {
	for {
		into, ok := w.retired[story]
		if !ok || into == "" {
			return story
		}
		story = into
	}
}

// Len is how many articles the window holds.
func (w *Window) Len() int { return len(w.items) }

// day of publication; false where it is unknown.
func (s *Sketch) day() (int32, bool) {
	if s.published == noDate {
		return 0, false
	}
	return dayOf(s.published), true
}

// date writes a day since 1970.
func date(day int32) news.Optional {
	return news.Optional(time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly))
}
