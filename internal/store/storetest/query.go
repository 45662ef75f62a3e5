package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

// RunQueries runs the part of the suite that asks queries.
func RunQueries(t *testing.T, open func(t *testing.T, now func() time.Time) Store) {
	for _, c := range []struct {
		name string
		f    func(t *testing.T, k *kit)
	}{
		{"Queries", queries}, {"Laws", queryLaws}, {"Pages", queryPages}, {"Hostile", queryHostile}, {"Follows", queryFollows}, {"Ledger", queryLedger},
		{"Reindex", reindex}, {"Suggest", suggest},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := &kit{t: t, ctx: t.Context(), at: time.Date(2031, 5, 7, 9, 0, 0, 0, time.UTC)}
			k.s = open(t, func() time.Time { return k.at })
			c.f(t, k)
			k.clean()
		})
	}
}

// happening is an article of one event and one statement on it, for queries.
type happening struct {
	text, url, publisher, feed, published, language string
	typ                                             news.EventType
	mode, context, modality, actor, recipient       string
	place, country                                  string
	earliest, latest                                string
	killed                                          *news.Count
	speaker, about, said                            string
	act                                             news.Act
}

func number(n int) *int { return &n }

// happenings are kept in this order; the first was published first.
var happenings = []happening{
	{text: "Dock workers marched at the harbour of Bergen. The march was loud.", url: "https://www.post.example/1", publisher: "Harbour Post", feed: "f00000000000a", published: "2031-05-01", language: "en",
		typ: news.Protest, mode: "demo", context: "labor", modality: "occurred", actor: "dock workers", place: "Bergen", country: "NOR", earliest: "2031-05-01", latest: "2031-05-01",
		speaker: "Mara Velin", about: "dock workers", said: "the march was lawful", act: news.Say},
	{text: "A bomb killed at least five guards in São Tomé.", url: "https://gazette.example/2", publisher: "The Gazette", feed: "f00000000000b", published: "2031-05-02", language: "en",
		typ: news.Assault, mode: "explosives", modality: "occurred", recipient: "guards", place: "São Tomé", country: "STP", earliest: "2031-05-01", latest: "2031-05-02",
		killed: &news.Count{Low: number(5), Best: number(5), Qualifier: news.AtLeast}, speaker: "Jon Aster", about: "guards", said: "the guards were unarmed", act: news.Accuse},
	{text: "Two hundred people were said to have died; an exact 12 is confirmed.", url: "https://gazette.example/3", publisher: "The Gazette", feed: "f00000000000b", published: "2031-05-03", language: "en",
		typ: news.Assault, modality: "alleged", actor: "Northern Front", recipient: "guards", place: "Bergen", country: "NOR", earliest: "2031-01-01", latest: "2031-12-31",
		killed: &news.Count{Low: number(12), Best: number(12), High: number(12), Qualifier: news.Exact}, speaker: "Mara Velin", about: "Northern Front", said: "the Northern Front did not do it", act: news.Deny},
	{text: "Une grève.", url: "https://journal.example/4", publisher: "Journal", feed: "f00000000000c", published: "2031-05-04", language: "fr",
		typ: news.Protest, mode: "strike", modality: "planned", actor: "Mara Jensen and Olav Velin", place: "Oslo", country: "NOR", earliest: "2031-06-01", latest: "2031-06-30",
		speaker: "Olav Velin", about: "Mara Velin", said: "we will strike", act: news.Promise},
	{text: "The night ferry came late to the harbour.", url: "https://post.example/5", publisher: "Harbour Post", feed: "f00000000000a", published: "2031-05-05", language: "en",
		typ: news.Consult, modality: "occurred", actor: "Mara Velin", recipient: "Norway", place: "Oslo", country: "NOR", earliest: "2031-05-05", latest: "2031-05-05",
		killed: &news.Count{Low: number(0), Best: number(0), High: number(0), Qualifier: news.Exact}, speaker: "harbour office", about: "night ferry", said: "the ferry is 100% safe", act: news.Say},
}

func (h happening) delivery(at time.Time) *news.Delivery {
	d := Delivery(h.text, at, h.url)
	d.Title, d.Publisher, d.Feed, d.Published = "T", h.publisher, h.feed, h.published
	return d
}

func (h happening) record(d *news.Delivery) *news.Record {
	r := Record(d)
	words := func(s string) news.Span { return news.Span{Start: 0, End: 1, Text: s} }
	r.Article.Language = news.Optional(h.language)
	r.Sentences = []news.Range{{Start: 0, End: len(h.text)}}
	r.Entities = nil
	entity := func(name string) news.Party {
		if name == "" {
			return news.Party{}
		}
		id := fmt.Sprintf("e%d", len(r.Entities)+1)
		e := news.Entity{ID: id, Type: news.Person, Name: name, Mentions: []news.Mention{{Span: words(name), Kind: news.MentionName}}}
		if name == h.place {
			e.Type, e.Place = news.PlaceEntity, &news.Place{Country: news.Optional(h.country), Precision: news.PrecisionCity}
		}
		r.Entities = append(r.Entities, e)
		return news.Party{Entity: news.Optional(id), Span: words(name)}
	}
	parties := func(name string) []news.Party {
		if name == "" {
			return nil
		}
		return []news.Party{entity(name)}
	}
	place, speaker, about := entity(h.place), entity(h.speaker), entity(h.about)
	e := &r.Events[0]
	e.Type, e.Mode, e.Modality, e.Place = h.typ, news.Optional(h.mode), news.Modality(h.modality), &place
	e.Contexts = nil
	if h.context != "" {
		e.Contexts = []string{h.context}
	}
	e.Actors, e.Recipients = parties(h.actor), parties(h.recipient)
	e.Time = news.EventTime{Earliest: news.Optional(h.earliest), Latest: news.Optional(h.latest), Precision: news.PrecisionRange, Basis: news.TimeFromText}
	e.Counts = nil
	if h.killed != nil {
		c := *h.killed
		c.ID, c.Kind, c.Span = "c1", news.Killed, words("people")
		e.Counts = []news.Count{c}
	}
	// A second event, of another kind and elsewhere, that nobody speaks of.
	other := *e
	other.ID, other.Type, other.Place, other.Actors, other.Recipients, other.Counts, other.Mode, other.Contexts = "v2", news.Disaster, nil, nil, nil, nil, "", nil
	r.Events = append(r.Events, other)
	s := &r.Statements[0]
	s.Source = &news.Source{Entity: speaker.Entity, Phrase: &news.Span{Start: 0, End: 1, Text: "the speaker"}}
	s.Content, s.Act, s.About, s.Events = []news.Span{words(h.said)}, h.act, []string{string(about.Entity)}, []string{"v1"}
	return r
}

func spaced(all ...any) string { return strings.TrimSpace(fmt.Sprintln(all...)) }

// happened keeps the happenings and returns their ids.
func (k *kit) happened() []string {
	k.t.Helper()
	var ids []string
	for _, h := range happenings {
		d := h.delivery(k.at)
		c := Changes(d)
		c.Entries[0].Record = h.record(d)
		got, err := k.s.Commit(k.ctx, c)
		k.ok(err)
		ids = append(ids, got[0].Article)
	}
	return ids
}

// find returns what a query finds, as the numbers of the happenings; of the
// second event of one a number and "b".
func (k *kit) find(kind query.Kind, ids []string, q string) string {
	k.t.Helper()
	parsed, err := query.Parse(q)
	k.ok(err)
	page, err := k.s.Search(k.ctx, query.Search{Kind: kind, Query: parsed, Now: k.at, Limit: 1000})
	if err != nil {
		k.t.Fatalf("%s: %v", q, err)
	}
	if page.Total != page.Len() || page.More || page.Next != "" {
		k.t.Errorf("%s: %d rows, total %d, more %v, next %q", q, page.Len(), page.Total, page.More, page.Next)
	}
	var out []string
	add := func(article, part string) { out = append(out, fmt.Sprint(slices.Index(ids, article)+1)+part) }
	for _, r := range page.Articles {
		add(r.ID, "")
	}
	for _, r := range page.Statements {
		add(r.Article.ID, "")
	}
	for _, r := range page.Events {
		add(r.Article.ID, map[string]string{"v1": "", "v2": "b"}[r.ID])
	}
	return strings.Join(out, " ")
}

func queries(t *testing.T, k *kit) {
	ids := k.happened()
	for _, c := range []struct {
		q, articles, statements, events string
	}{
		{"", "5 4 3 2 1", "5 4 3 2 1", "5b 5 4b 4 3b 3 2b 2 1b 1"},
		{"harbour", "5 1", "", "5b 5 1b 1"},
		{"marching", "1", "1", "1b 1"},
		{"ferry", "5", "5", "5b 5"},
		{`"night ferry"`, "5", "", "5b 5"},
		{`"ferry night"`, "", "", ""},
		{"text:grève", "4", "", "4b 4"},
		{"greve", "4", "", "4b 4"},
		{"100%", "", "5", ""},
		{"harbour -ferry", "1", "", "1b 1"},
		{"-harbour", "4 3 2", "5 4 3 2 1", "4b 4 3b 3 2b 2"},
		{"ferry or bomb", "5 2", "5", "5b 5 2b 2"},
		{"ferry or type:ASSAULT", "5 3 2", "5 3 2", "5b 5 3 2"},
		{"harbour (ferry or march)", "5 1", "", "5b 5 1b 1"},
		{"type:PROTEST", "4 1", "4 1", "4 1"},
		{"type:PROTEST mode:demo", "1", "1", "1"},
		{"-type:PROTEST", "5 3 2", "5 3 2", "5b 5 4b 3b 3 2b 2 1b"},
		{"type:PROTEST or type:CONSULT", "5 4 1", "5 4 1", "5 4 1"},
		{"type:DISASTER place:Bergen", "", "", ""}, // not the same event
		{"type:ASSAULT place:Bergen", "3", "3", "3"},
		{"type:ASSAULT -place:Bergen", "2", "2", "2"},
		{"context:labor", "1", "1", "1"},
		{"modality:alleged", "3", "3", "3b 3"},
		{"actor:workers", "1", "1", "1"},
		{`actor:"dock workers"`, "1", "1", "1"},
		{`actor:"workers dock"`, "", "", ""},
		{"actor:velin", "5 4", "5 4", "5 4"},
		{`actor:"Mara Velin"`, "5", "5", "5"}, // not Mara Jensen and Olav Velin
		{"actor:MARA", "5 4", "5 4", "5 4"},
		{"recipient:guards", "3 2", "3 2", "3 2"},
		{"place:sao", "2", "2", "2"},
		{`place:"São Tomé"`, "2", "2", "2"},
		{"country:NOR", "5 4 3 1", "5 4 3 1", "5 4 3 1"},
		{"country:NOR type:ASSAULT", "3", "3", "3"},
		{"date:2031-05-02", "3 2", "3 2", "3b 3 2b 2"},
		{"date:2031-06", "4 3", "4 3", "4b 4 3b 3"},
		{"date:2031-07/", "3", "3", "3b 3"},
		{"date:/2031-05-01", "3 2 1", "3 2 1", "3b 3 2b 2 1b 1"},
		{"date:1999", "", "", ""},
		{"date:2029/2033 type:PROTEST", "4 1", "4 1", "4 1"},
		{"killed:>=5", "3 2", "3 2", "3 2"},
		{"killed:>12", "", "", ""},
		{"killed:12", "3", "3", "3"},
		{"killed:5", "2", "2", "2"}, // at least five: that is its best value
		{"killed:<=5", "5", "5", "5"},
		{"killed:0", "5", "5", "5"},
		{"killed:<13", "5 3", "5 3", "5 3"}, // at least five may be more
		{"killed:1..20", "3", "3", "3"},
		{"killed:<0", "", "", ""},
		{"injured:>=0", "", "", ""},
		{"speaker:velin", "4 3 1", "4 3 1", "4 3 1"},
		{`speaker:"Mara Velin"`, "3 1", "3 1", "3 1"},
		{`speaker:"Mara Velin" act:deny`, "3", "3", "3"},
		{"act:deny about:front", "3", "3", "3"},
		{"about:guards act:say", "", "", ""},
		{"speaker:velin type:ASSAULT", "3", "3", "3"},
		{"speaker:velin -type:ASSAULT", "4 1", "4 1", "4 1"},
		{"entity:jensen", "4", "4", "4b 4"},
		{"entity:bergen", "3 1", "3 1", "3b 3 1b 1"},
		{"lang:fr", "4", "4", "4b 4"},
		{"source:post.example", "5 1", "5 1", "5b 5 1b 1"},
		{"source:www.post.example", "1", "1", "1b 1"},
		{"source:gazette", "3 2", "3 2", "3b 3 2b 2"},
		{`source:"Harbour Post"`, "5 1", "5 1", "5b 5 1b 1"},
		{"source:f00000000000c", "4", "4", "4b 4"},
		{"source:example", "", "", ""},
		{"published:2031-05-02/2031-05-03", "3 2", "3 2", "3b 3 2b 2"},
		{"published:3d", "5", "5", "5b 5"}, // the clock stands at the 7th
		{"published:/2031-05-01", "1", "1", "1b 1"},
		{"published:9999", "", "", ""},
		{"published:0001", "", "", ""},
		{"contested:no", "5 4 3 2 1", "5 4 3 2 1", ""},
		{"contested:yes", "", "", ""},
		{"story:nothing", "", "", ""},
		{"origins:>=0", "", "", ""},
		{"stance:denies", "", "", ""},
		{"type:PROTEST (lang:fr or place:Bergen) -speaker:nobody", "4 1", "4 1", "4 1"},
		{"(type:ASSAULT or speaker:office) -killed:12", "5 2", "5 2", "5 2"},
	} {
		if strings.HasPrefix(c.q, "contested:no") {
			c.events = "5b 5 4b 4 3b 3 2b 2 1b 1"
		}
		for kind, want := range map[query.Kind]string{query.Articles: c.articles, query.Statements: c.statements, query.Events: c.events} {
			if got := k.find(kind, ids, c.q); got != want {
				t.Errorf("%s of %s: %q, want %q", c.q, kind, got, want)
			}
		}
	}
	page, err := k.s.Search(k.ctx, query.Search{Kind: query.Events, Query: query.Query{Root: query.Term{Field: "killed", Op: query.AtLeast, Value: "12"}}, Now: k.at})
	k.ok(err)
	e := page.Events[0]
	k.want("row", spaced(e.Type, e.Modality, e.Actors[0].Name, e.Place.Name.Name, e.Place.Place.Country, e.Earliest, *e.Counts[0].Best, e.Article.Publisher, e.Words),
		"ASSAULT alleged Northern Front Bergen NOR 2031-01-01 12 The Gazette "+happenings[2].text)
	page, err = k.s.Search(k.ctx, query.Search{Kind: query.Statements, Query: query.Query{Root: query.Term{Field: query.Act, Value: "deny"}}, Now: k.at})
	k.ok(err)
	s := page.Statements[0]
	k.want("row", spaced(s.Speaker.Name, s.Speaker.Words, s.Words, s.Act, s.About[0].Name), "Mara Velin the speaker the Northern Front did not do it deny Northern Front")
}

// queryLaws: and, or and not do what they say, whatever they join.
func queryLaws(t *testing.T, k *kit) {
	ids := k.happened()
	leaves := map[query.Kind][]string{
		query.Events:     {"type:PROTEST", "place:bergen", "killed:>=5", "date:2031-05", "harbour", "lang:en", "source:gazette", "country:NOR", "published:4d", "modality:occurred"},
		query.Statements: {"speaker:velin", "act:deny", "about:guards", "guards", "lang:en", "published:2031-05-03/", "entity:bergen", "the"},
		query.Articles:   {"harbour", "lang:fr", "source:post.example", "entity:velin", "published:3d", "the"},
	}
	r := rand.New(rand.NewPCG(7, 8))
	for kind, all := range leaves {
		set := func(q string) map[string]bool {
			out := make(map[string]bool)
			for _, id := range strings.Fields(k.find(kind, ids, q)) {
				out[id] = true
			}
			return out
		}
		every := set("")
		for range 40 {
			a, b := all[r.IntN(len(all))], all[r.IntN(len(all))]
			if r.IntN(2) == 0 {
				b = "-(" + b + " " + all[r.IntN(len(all))] + ")"
			}
			inA, inB, both, either, not := set(a), set(b), set(a+" "+b), set(a+" or "+b), set("-("+a+" or "+b+")")
			for id := range every {
				if both[id] != (inA[id] && inB[id]) || either[id] != (inA[id] || inB[id]) || not[id] == either[id] {
					t.Errorf("%s %s: %q %v, %q %v: both %v, either %v, neither %v", kind, id, a, inA[id], b, inB[id], both[id], either[id], not[id])
				}
			}
		}
	}
}

func queryPages(t *testing.T, k *kit) {
	var made []*news.Delivery
	for i := range 45 {
		d := Delivery(fmt.Sprintf("Number %d of many.", i), k.at, fmt.Sprintf("https://post.example/%d", i))
		d.Published = fmt.Sprintf("2031-04-%02d", i%28+1)
		made = append(made, d)
	}
	k.keep(made...)
	for _, kind := range []query.Kind{query.Articles, query.Statements, query.Events} {
		for _, text := range []string{"", "entity:velin", "speaker:velin or type:PROTEST", "source:post.example or lang:en", "published:60d"} {
			q, err := query.Parse(text)
			k.ok(err)
			s := query.Search{Kind: kind, Query: q, Now: k.at, Limit: 7}
			seen := make(map[string]bool)
			last := "9999"
			for pages := 0; ; pages++ {
				page, err := k.s.Search(k.ctx, s)
				k.ok(err)
				if page.Total != 45 || page.More || pages > 7 {
					t.Fatalf("%s %q: total %d, page %d", kind, text, page.Total, pages)
				}
				rows := page.Articles
				for _, r := range page.Statements {
					rows = append(rows, r.Article)
				}
				for _, r := range page.Events {
					rows = append(rows, r.Article)
				}
				for _, r := range rows {
					if seen[r.ID] || string(r.Published) > last {
						t.Fatalf("%s %q: %s twice, or not in order", kind, text, r.ID)
					}
					seen[r.ID], last = true, string(r.Published)
				}
				if s.Cursor = page.Next; s.Cursor == "" {
					break
				}
				s.Now = s.Now.Add(24 * time.Hour) // the first page's moment holds
				other := s
				other.Query.Root = query.Term{Field: query.Text, Value: "other"}
				if _, err := k.s.Search(k.ctx, other); !errors.Is(err, query.ErrCursor) {
					t.Errorf("a cursor of another query: %v", err)
				}
			}
			k.want(fmt.Sprintf("%s %q", kind, text), len(seen), 45)
		}
	}
}

// queryHostile: what is no query of ours does no harm and finds nothing odd.
func queryHostile(t *testing.T, k *kit) {
	ids := k.happened()
	for _, bad := range []string{"'; DROP TABLE article; --x", `x"" OR 1=1`, "$1", "a' OR 'a'='a", "NEAR(a b)", "x*", "^x", "{title}:x", "zq:*", "!zq", "zq|zr", "zq<->zr", "%", "_arbour", `\x`, "x\x00y", strings.Repeat("w", 1900), "🙂x", "a\u202eb", "~%x", "'x'"} {
		for _, f := range query.Fields() {
			v := strings.NewReplacer(`"`, "").Replace(bad)
			q, err := query.Parse(string(f.Field) + `:"` + v + `"`)
			if err != nil {
				continue // refused; see package query
			}
			for _, kind := range query.Kinds() {
				page, err := k.s.Search(k.ctx, query.Search{Kind: kind, Query: q, Now: k.at})
				if err != nil {
					t.Errorf("%s %s: %v", kind, q, err)
				} else if page.Len() > 0 && kind != query.Stories {
					t.Errorf("%s %.60q finds %d", kind, q.String(), page.Len())
				}
			}
		}
	}
	k.want("all is there", k.find(query.Articles, ids, ""), "5 4 3 2 1")
	for _, c := range []string{"x", "AAAA", "'; DROP TABLE article; --"} {
		if _, err := k.s.Search(k.ctx, query.Search{Kind: query.Articles, Now: k.at, Cursor: c}); !errors.Is(err, query.ErrCursor) {
			t.Errorf("cursor %q: %v", c, err)
		}
	}
	if _, err := k.s.Search(k.ctx, query.Search{Kind: "article; DROP TABLE article", Now: k.at}); !errors.Is(err, query.ErrKind) {
		t.Errorf("kind: %v", err)
	}
	many := make(query.Or, 0, query.MaxTerms)
	for i := range query.MaxTerms {
		many = append(many, query.Term{Field: []query.Field{query.Type, query.Speaker, query.Text, query.Source}[i%4], Value: fmt.Sprintf("x%d y z", i)})
	}
	for _, kind := range query.Kinds() {
		if _, err := k.s.Search(k.ctx, query.Search{Kind: kind, Query: query.Query{Root: many}, Now: k.at}); err != nil {
			t.Errorf("%s: as many terms as a query may have: %v", kind, err)
		}
	}
}

// queryFollows: what is edited, withdrawn, read again or forgotten is found as
// it is now.
func queryFollows(t *testing.T, k *kit) {
	ids := k.happened()
	edited := happenings[0]
	edited.text, edited.typ, edited.speaker, edited.said = "Dock workers went home.", news.Retreat, "Ida Holm", "it is over"
	d := edited.delivery(k.at.Add(time.Hour))
	c := Changes(d)
	c.Entries[0].Record = edited.record(d)
	got, err := k.s.Commit(k.ctx, c)
	k.ok(err)
	k.want("outcome", got[0].Outcome, store.Edited)
	for q, want := range map[string]string{"type:PROTEST": "4", "type:RETREAT": "1", "speaker:holm": "1", `speaker:"Mara Velin"`: "3", "march": "", "home": "1"} {
		k.want("after an edit: "+q, k.find(query.Articles, ids, q), want)
	}
	k.want("words said, after an edit", k.find(query.Statements, ids, "over")+k.find(query.Statements, ids, "lawful"), "1")
	again := happenings[1].record(happenings[1].delivery(k.at))
	again.Events[0].Type = news.Coerce
	k.ok(k.s.Reread(k.ctx, ids[1], 1, again))
	k.want("after it was read again", k.find(query.Events, ids, "type:ASSAULT")+","+k.find(query.Events, ids, "type:COERCE"), "3,2")
	w := happenings[3].delivery(k.at.Add(time.Hour))
	w.Action = news.Withdraw
	k.keep(w)
	captures, err := k.s.Forget(k.ctx, ids[2], "by request")
	k.ok(err)
	var erased []string
	for _, c := range captures {
		erased = append(erased, c.ID)
	}
	k.ok(k.s.Erased(k.ctx, erased))
	for _, kind := range []query.Kind{query.Articles, query.Statements} {
		k.want("after a withdrawal and a forgetting", k.find(kind, ids, ""), "5 2 1")
		k.want("after a withdrawal and a forgetting", k.find(kind, ids, "actor:olav or actor:northern or speaker:velin"), "")
	}
	for _, table := range []string{"article_term", "statement_term", "event_term", "statement_event"} {
		column := "rank"
		if table == "statement_event" {
			column = "statement"
		}
		// The rows that are left belong to articles that are live.
		k.ok(k.s.Exec(k.ctx, fmt.Sprintf("DELETE FROM %s WHERE %s IN (SELECT cursor FROM article WHERE state = 'live') OR (%s >> 12) IN (SELECT cursor FROM article WHERE state = 'live')", table, column, column)))
	}
	k.want("terms of what is gone", k.find(query.Articles, ids, "entity:velin or type:PROTEST or speaker:velin or lang:fr"), "")
}
