package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
)

// write makes an article of sentences that the tests mark up by words.
type write struct {
	ledger.Article
}

func text(id, published, story, words string) *write {
	r := &news.Record{Article: news.Article{Text: words, TextSHA256: id}}
	at := 0
	for _, s := range strings.SplitAfter(words, ". ") {
		r.Sentences = append(r.Sentences, news.Range{Start: at, End: at + len(s)})
		at += len(s)
	}
	return &write{ledger.Article{ID: id, Record: r, Published: published, Outlet: "Outlet " + id, Story: story}}
}

// span finds the words in the text; words that are not there are a mistake of
// the test.
func (w *write) span(words string) news.Span {
	i := strings.Index(w.Record.Article.Text, words)
	if i < 0 {
		panic(fmt.Sprintf("the text of %s has no %q", w.ID, words))
	}
	return news.Span{Start: i, End: i + len(words), Text: words}
}

func (w *write) entity(id, name string, kind news.EntityType, roles ...news.Role) *write {
	w.Record.Entities = append(w.Record.Entities, news.Entity{ID: id, Name: name, Type: kind, Roles: roles,
		Mentions: []news.Mention{{Span: news.Span{Text: name}, Kind: news.MentionName}}})
	return w
}

func (w *write) town(id, name string, lat, lon float64) *write {
	w.entity(id, name, news.PlaceEntity)
	w.Record.Entities[len(w.Record.Entities)-1].Place = &news.Place{Lat: lat, Lon: lon, Country: "ZAF", Precision: news.PrecisionCity}
	return w
}

// event adds one by its trigger, the id of its town ("" for none) and the day
// that the text gives it ("" for none).
func (w *write) event(id string, kind news.EventType, mode news.Optional, trigger, town, day string, counts ...news.Count) *write {
	v := news.Event{ID: id, Type: kind, Mode: mode, Trigger: w.span(trigger), Modality: news.Occurred, OwnVoice: true, Counts: counts,
		Time: news.EventTime{Latest: news.Optional(w.Published), Precision: news.PrecisionUnknown, Basis: news.TimeFromPublished}}
	if day != "" {
		v.Time = news.EventTime{Earliest: news.Optional(day), Latest: news.Optional(day), Precision: news.PrecisionDay, Basis: news.TimeFromText}
	}
	if town != "" {
		v.Place = &news.Party{Entity: news.Optional(town)}
	}
	w.Record.Events = append(w.Record.Events, v)
	return w
}

func (w *write) count(kind news.CountKind, words string, low, best, high int, statement string) news.Count {
	p := func(n int) *int {
		if n < 0 {
			return nil
		}
		return &n
	}
	q := news.Exact
	if high < 0 {
		q = news.AtLeast
	}
	return news.Count{ID: "c" + words, Kind: kind, Low: p(low), Best: p(best), High: p(high), Qualifier: q, Span: w.span(words), Statement: news.Optional(statement)}
}

func (w *write) says(id, entity string, act news.Act, words string, change ...func(*news.Statement)) *write {
	s := news.Statement{ID: id, Act: act, Polarity: news.Positive, Content: []news.Span{w.span(words)}, Source: &news.Source{Entity: news.Optional(entity)}}
	for _, c := range change {
		c(&s)
	}
	w.Record.Statements = append(w.Record.Statements, s)
	return w
}

func about(ids ...string) func(*news.Statement)   { return func(s *news.Statement) { s.About = ids } }
func answers(ids ...string) func(*news.Statement) { return func(s *news.Statement) { s.Answers = ids } }
func onEvents(ids ...string) func(*news.Statement) {
	return func(s *news.Statement) { s.Events = ids }
}

func build(t *testing.T, c ledger.Corrections, in ...*write) *ledger.State {
	t.Helper()
	var articles []ledger.Article
	for _, w := range in {
		articles = append(articles, w.Article)
	}
	s, err := ledger.Build(t.Context(), articles, c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// bombing is a story of two attacks in one city in one week, and a copy.
func bombing() []*write {
	a := text("a1", "2031-03-11", "s", "A bomb exploded in a market in Durban on Tuesday, killing four people. ")
	a.town("d", "Durban", -29.86, 31.03).event("v1", news.Assault, "explosives", "exploded", "d", "2031-03-11", a.count(news.Killed, "four people", 4, 4, 4, ""))
	b := text("a2", "2031-03-12", "s", "The bombing in Durban killed nine people. ")
	b.town("d", "Durban", -29.86, 31.03).event("v1", news.Assault, "explosives", "bombing", "d", "", b.count(news.Killed, "nine people", 9, 9, 9, ""))
	c := text("a3", "2031-03-15", "s", "A bomb exploded at a bus depot in Durban on Friday, four days after the market bombing. ")
	c.town("d", "Durban", -29.86, 31.03).event("v1", news.Assault, "explosives", "exploded", "d", "2031-03-14").
		event("v2", news.Assault, "explosives", "the market bombing", "", "2031-03-11")
	d := text("a4", "2031-03-11", "s", "A bomb exploded in a market in Durban on Tuesday, killing four people. ")
	d.town("d", "Durban", -29.86, 31.03).event("v1", news.Assault, "explosives", "exploded", "d", "2031-03-11", d.count(news.Killed, "four people", 4, 4, 4, ""))
	d.Origin = "a1"
	return []*write{a, b, c, d}
}

func TestTwoAttacksInOneWeek(t *testing.T) {
	s := build(t, ledger.Corrections{}, bombing()...)
	if len(s.Events) != 2 {
		t.Fatalf("%d events, want the market and the depot: %+v", len(s.Events), s.Events)
	}
	market, depot := s.Events[0], s.Events[1]
	if len(market.Members) != 4 || len(depot.Members) != 1 || depot.Members[0] != (news.EventRef{Article: "a3", Event: "v1"}) {
		t.Errorf("members %v and %v", market.Members, depot.Members)
	}
	if market.Origins != 3 || market.Articles != 4 {
		t.Errorf("%d origins in %d articles, want 3 in 4: a copy is no corroboration", market.Origins, market.Articles)
	}
	if len(market.Joins) != 3 {
		t.Errorf("joins %v", market.Joins)
	}
	for _, j := range market.Joins {
		if j.Score < 5 || len(j.Reasons) == 0 {
			t.Errorf("join without its reasons: %+v", j)
		}
	}
	if got := market.Time.Value.Earliest; got != "2031-03-11" || market.Time.Value.Precision != news.PrecisionDay {
		t.Errorf("time %+v", market.Time.Value)
	}
	if market.Place.Value == nil || market.Place.Value.Name != "Durban" {
		t.Errorf("place %+v", market.Place)
	}
}

// TestNeverFinerThanTheEvidence: each best value is one that a member gives.
func TestNeverFinerThanTheEvidence(t *testing.T) {
	a := text("a1", "2031-03-11", "s", "A bomb exploded in the province. ")
	a.entity("p", "KwaZulu-Natal", news.PlaceEntity)
	a.Record.Entities[0].Place = &news.Place{Lat: -29, Lon: 30.5, Country: "ZAF", Admin1: "KwaZulu-Natal", Precision: news.PrecisionAdmin1}
	a.event("v1", news.Assault, "explosives", "exploded", "p", "")
	b := text("a2", "2031-03-12", "s", "The bombing killed two. ")
	b.event("v1", news.Assault, "explosives", "bombing", "", "")
	s := build(t, ledger.Corrections{}, a, b)
	if len(s.Events) != 1 {
		t.Fatalf("%d events", len(s.Events))
	}
	v := s.Events[0]
	if v.Time.Value.Precision != news.PrecisionUnknown || v.Time.Value.Earliest != "" || v.Time.Value.Latest != "2031-03-11" {
		t.Errorf("nobody gives a day, but the event has %+v", v.Time.Value)
	}
	if v.Place.Value.Place.Precision != news.PrecisionAdmin1 {
		t.Errorf("nobody gives a town, but the event has %+v", v.Place.Value.Place)
	}
	for _, o := range v.Time.Given {
		if len(o.Evidence) == 0 {
			t.Errorf("a date without its words: %+v", o)
		}
	}
}

func TestCorrections(t *testing.T) {
	apart := ledger.Corrections{Apart: [][2]news.EventRef{{{Article: "a1", Event: "v1"}, {Article: "a2", Event: "v1"}}}}
	s := build(t, apart, bombing()...)
	for _, v := range s.Events {
		if slices.Contains(v.Members, apart.Apart[0][0]) && slices.Contains(v.Members, apart.Apart[0][1]) {
			t.Errorf("kept apart by hand, and joined: %v", v.Members)
		}
	}
	together := ledger.Corrections{Together: [][2]news.EventRef{{{Article: "a1", Event: "v1"}, {Article: "a3", Event: "v1"}}}}
	s = build(t, together, bombing()...)
	found := false
	for _, v := range s.Events {
		found = found || slices.Contains(v.Members, together.Together[0][0]) && slices.Contains(v.Members, together.Together[0][1])
	}
	if !found {
		t.Errorf("joined by hand, and apart: %+v", s.Events)
	}
}

// TestAnyOrder: the same set of articles gives the same state, to the last
// value, in whatever order it is handed in.
func TestAnyOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 20 {
		in := append(bombing(), disputed()...)
		for i := range 30 {
			in = append(in, random(rng, i))
		}
		want := build(t, ledger.Corrections{}, in...)
		for range 5 {
			rng.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
			if got := build(t, ledger.Corrections{}, in...); !reflect.DeepEqual(got, want) {
				t.Fatalf("round %d: another order gives another state: %v", round, ledger.Changes(want, got))
			}
		}
	}
}

// random is an article with some events and statements out of few words, so that
// many are alike.
func random(rng *rand.Rand, i int) *write {
	words := []string{"bombing", "attack", "shooting", "march", "flood"}
	types := []news.EventType{news.Assault, news.Assault, news.Assault, news.Protest, news.Disaster}
	towns := []string{"Durban", "Pinetown", "Beira"}
	var b strings.Builder
	var events []int
	for range 1 + rng.IntN(4) {
		k := rng.IntN(len(words))
		events = append(events, k)
		fmt.Fprintf(&b, "The %s killed %d people. ", words[k], 2+rng.IntN(3))
	}
	w := text(fmt.Sprintf("r%02d", i), fmt.Sprintf("2031-03-%02d", 10+rng.IntN(6)), []string{"s", "u", ""}[rng.IntN(3)], b.String())
	w.town("d", towns[rng.IntN(3)], -29.86+float64(rng.IntN(3)), 31.03)
	w.entity("p", []string{"Red Kestrel", "City Police"}[rng.IntN(2)], news.Organisation)
	for n, k := range events {
		day := ""
		if rng.IntN(2) == 0 {
			day = fmt.Sprintf("2031-03-%02d", 8+rng.IntN(6))
		}
		w.event(fmt.Sprintf("v%d", n), types[k], "", words[k], "d", day, w.count(news.Killed, "people", n, n, n, ""))
		w.says(fmt.Sprintf("s%d", n), "p", []news.Act{news.Say, news.Accuse, news.Deny, news.Confirm}[rng.IntN(4)], "The "+words[k]+" killed", onEvents(fmt.Sprintf("v%d", n)), about("p"))
	}
	return w
}

func TestBadInput(t *testing.T) {
	many := text("m", "2031-03-11", "s", strings.Repeat("A blast. ", 400))
	for i := range 400 {
		many.event(fmt.Sprintf("v%d", i), news.Assault, "", "blast", "", "")
	}
	twin := text("m", "2031-03-11", "s", "Another text. ")
	empty := &write{ledger.Article{ID: "none", Published: "2031-03-11"}}
	future := text("f", "2099-01-01", "s", "A bomb exploded. ").event("v1", news.Assault, "", "exploded", "", "2031-03-11")
	undated := text("u", "", "", "A bomb exploded. ").event("v1", news.Assault, "", "exploded", "", "")
	odd := text("o", "yesterday", "s", "A bomb exploded. ").event("v1", news.Assault, "", "exploded", "nobody", "")
	odd.says("s1", "nobody", news.Deny, "A bomb", answers("nothing"), about("nobody"), onEvents("nothing"))
	s := build(t, ledger.Corrections{}, many, twin, empty, future, undated, odd)
	if len(s.Notes) != 3 {
		t.Errorf("notes %v, want of the second text, the missing record and the long list", s.Notes)
	}
	members := 0
	for _, v := range s.Events {
		members += len(v.Members)
	}
	if members != 300+3 {
		t.Errorf("%d events of records, want the first 300 and three others", members)
	}
	if s := build(t, ledger.Corrections{}); len(s.Events)+len(s.Claims) != 0 {
		t.Errorf("of nothing: %+v", s)
	}
}

func TestChanges(t *testing.T) {
	in := bombing()
	before := build(t, ledger.Corrections{}, in[1], in[2])
	after := build(t, ledger.Corrections{}, in...)
	if c := ledger.Changes(after, after); len(c) != 0 {
		t.Errorf("no change, but %v", c)
	}
	kinds := map[news.ChangeKind]int{}
	for _, c := range ledger.Changes(before, after) {
		kinds[c.Kind]++
		if c.Kind == news.ChangeMerged && c.Into != news.Optional(after.Events[0].ID) {
			t.Errorf("merged into %s, want %s", c.Into, after.Events[0].ID)
		}
	}
	// An earlier report came in: the event has a new first member and so a new
	// id, and the old one leads to it.
	if kinds[news.ChangeCreated] != 1 || kinds[news.ChangeMerged] != 1 {
		t.Errorf("changes %v", ledger.Changes(before, after))
	}
	gone := ledger.Tombstones(ledger.Changes(before, &ledger.State{}))
	if len(gone) != 2 || gone[0].MergedInto != "" {
		t.Errorf("tombstones %v, want two without a heir", gone)
	}
}
