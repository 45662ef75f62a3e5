package actor_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/actor"
	"github.com/onrecord/onrecord/internal/news"
)

// somebody in an article: "a1 s1 person Mara Velin", with what is known of them.
type somebody struct {
	article, story, day string
	kind                news.EntityType
	name                string
	country             news.Optional
	role                string // "minister of Harbours"
	sector              string
	aliases             []string
	mates               []string
	admin1              news.Optional
	geonames            int
}

// profiles makes a record of each, and of it the profiles.
func profiles(all []somebody) map[string][]actor.Profile {
	out := map[string][]actor.Profile{}
	records := map[string]*news.Record{}
	var order []somebody
	for i, s := range all {
		if s.article == "" {
			s.article = fmt.Sprintf("a%d", i)
		}
		r := records[s.article]
		if r == nil {
			r = &news.Record{Article: news.Article{ID: s.article, Published: news.Optional(s.day)}}
			records[s.article] = r
			order = append(order, s)
		}
		name := func(id string, kind news.EntityType, n string) news.Entity {
			return news.Entity{ID: id, Type: kind, Name: n, Mentions: []news.Mention{{Span: news.Span{Text: n}, Kind: news.MentionName}}}
		}
		e := name(fmt.Sprintf("e%d", i), s.kind, s.name)
		e.Country, e.Aliases = s.country, s.aliases
		if s.sector != "" {
			e.Sectors = []string{s.sector}
		}
		if s.role != "" {
			title, of, _ := strings.Cut(s.role, " of ")
			e.Roles = []news.Role{{Title: title, Of: news.Optional(of)}}
		}
		if s.admin1 != "" {
			e.Place = &news.Place{Country: s.country, Admin1: s.admin1}
		}
		if s.geonames != 0 {
			e.Identifiers.GeoNames = &s.geonames
		}
		r.Entities = append(r.Entities, e)
		for j, m := range s.mates {
			r.Entities = append(r.Entities, name(fmt.Sprintf("m%d-%d", i, j), news.Person, m))
		}
	}
	for _, s := range order {
		for _, p := range actor.Profiles(s.article, records[s.article]) {
			if strings.HasPrefix(p.Entity, "m") {
				continue
			}
			p.Story = s.story
			out[p.Block] = append(out[p.Block], p)
		}
	}
	return out
}

// joined is who is one: the entities of each actor.
func joined(all []somebody, c actor.Corrections) string {
	var out []string
	for _, block := range profiles(all) {
		for _, j := range actor.Join(block, c) {
			var m []string
			for _, r := range j.Members {
				m = append(m, r.Entity)
			}
			slices.Sort(m)
			out = append(out, strings.Join(m, "+"))
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

const (
	person = news.Person
	body   = news.Organisation
	group  = news.Group
)

// TestJoin has cases of each rule: e0, e1 … are the entities in their order.
func TestJoin(t *testing.T) {
	for _, c := range []struct {
		name string
		all  []somebody
		want string
	}{
		// By name, country and office.
		{"one minister in two stories", []somebody{{story: "s", kind: person, name: "Mara Velin", country: "NOR", role: "minister of Harbours"}, {story: "t", kind: person, name: "Mara Velin", country: "NOR", role: "minister of Harbours"}}, "e0+e1"},
		{"two of one name in different countries", []somebody{{story: "s", kind: person, name: "Ana Duarte", country: "BRA", role: "judge"}, {story: "t", kind: person, name: "Ana Duarte", country: "PRT", role: "judge"}}, "e0 e1"},
		{"two of one name in one country, with nothing else in common", []somebody{{story: "s", kind: person, name: "Ana Duarte", country: "BRA", role: "judge"}, {story: "t", kind: person, name: "Ana Duarte", country: "BRA", role: "swimmer"}}, "e0 e1"},
		{"the same full name and nothing else", []somebody{{story: "s", kind: person, name: "Jon Ek"}, {story: "t", kind: person, name: "Jon Ek"}}, "e0 e1"},
		{"a title and a country", []somebody{{story: "s", kind: person, name: "Jon Ek", country: "SWE", role: "skipper"}, {story: "t", kind: person, name: "Jon Ek", country: "SWE", role: "skipper of Astrid"}}, "e0+e1"},
		// By the company that they keep.
		{"the company of two", []somebody{{story: "s", kind: person, name: "Tor Aas", mates: []string{"Lia Moe", "Per Sund"}}, {story: "t", kind: person, name: "Tor Aas", mates: []string{"Per Sund", "Lia Moe"}}}, "e0+e1"},
		{"other company", []somebody{{story: "s", kind: person, name: "Tor Aas", mates: []string{"Lia Moe"}}, {story: "t", kind: person, name: "Tor Aas", mates: []string{"Per Sund"}}}, "e0 e1"},
		{"one in common, and the country", []somebody{{story: "s", kind: person, name: "Tor Aas", country: "NOR", mates: []string{"Lia Moe"}}, {story: "t", kind: person, name: "Tor Aas", country: "NOR", mates: []string{"Lia Moe"}}}, "e0+e1"},
		{"company does not outweigh a country", []somebody{{story: "s", kind: person, name: "Tor Aas", country: "NOR", mates: []string{"Lia Moe", "Per Sund"}}, {story: "t", kind: person, name: "Tor Aas", country: "DNK", mates: []string{"Lia Moe", "Per Sund"}}}, "e0 e1"},
		// Never on a bare surname.
		{"a surname joins nobody", []somebody{{story: "s", kind: person, name: "Mara Velin", country: "NOR"}, {story: "s", kind: person, name: "Velin", country: "NOR"}}, "e0"},
		{"nor with a title before it", []somebody{{story: "s", kind: person, name: "Mara Velin"}, {story: "s", kind: person, name: "Minister Velin"}}, "e0"},
		{"nor with an initial", []somebody{{story: "s", kind: person, name: "Mara Velin"}, {story: "s", kind: person, name: "M. Velin"}}, "e0"},
		{"nor two surnames each other", []somebody{{story: "s", kind: person, name: "Velin"}, {story: "s", kind: person, name: "Velin"}}, ""},
		// Within one story one name is one bearer.
		{"one story", []somebody{{story: "s", kind: person, name: "Ada Moor"}, {story: "s", kind: person, name: "Ada Moor", country: "GBR"}}, "e0+e1"},
		{"one story, two countries", []somebody{{story: "s", kind: person, name: "Ada Moor", country: "IRL"}, {story: "s", kind: person, name: "Ada Moor", country: "GBR"}}, "e0 e1"},
		{"two of the name in one article", []somebody{{article: "x", story: "s", kind: person, name: "Ada Moor", role: "judge"}, {article: "x", story: "s", kind: person, name: "Ada Moor", role: "poet"}}, "e0 e1"},
		// Middle names.
		{"with and without an initial", []somebody{{story: "s", kind: person, name: "Ada J. Moor"}, {story: "s", kind: person, name: "Ada Moor"}}, "e0+e1"},
		{"an initial and its name", []somebody{{story: "s", kind: person, name: "Ada J. Moor"}, {story: "s", kind: person, name: "Ada Jane Moor"}}, "e0+e1"},
		{"two initials", []somebody{{story: "s", kind: person, name: "Ada J. Moor"}, {story: "s", kind: person, name: "Ada K. Moor"}}, "e0 e1"},
		// Bodies, and what their short forms stand for.
		{"an acronym that an article defines", []somebody{{story: "s", kind: body, name: "National Union of Miners", country: "ZAF", aliases: []string{"NUM"}}, {story: "t", kind: body, name: "NUM", country: "ZAF"}}, "e0+e1"},
		{"an acronym that nobody defines", []somebody{{story: "s", kind: body, name: "National Union of Miners", country: "ZAF"}, {story: "t", kind: body, name: "NUM", country: "ZAF"}}, "e0 e1"},
		{"an acronym of another country's body", []somebody{{story: "s", kind: body, name: "National Union of Miners", country: "ZAF", aliases: []string{"NUM"}}, {story: "t", kind: body, name: "NUM", country: "ZMB"}}, "e0 e1"},
		{"other words with the same initials", []somebody{{story: "s", kind: body, name: "Northern Utility Managers", country: "ZAF"}, {story: "t", kind: body, name: "National Union of Miners", country: "ZAF", aliases: []string{"NUM"}}}, "e0 e1"},
		{"ministries of two countries", []somebody{{story: "s", kind: body, name: "Ministry of Health", country: "KEN", sector: "GOV"}, {story: "t", kind: body, name: "Ministry of Health", country: "UGA", sector: "GOV"}}, "e0 e1"},
		{"a ministry of nobody knows where", []somebody{{story: "s", kind: body, name: "Ministry of Health", country: "KEN", sector: "GOV"}, {story: "t", kind: body, name: "Ministry of Health", sector: "GOV"}}, "e0 e1"},
		{"a ministry of one country", []somebody{{story: "s", kind: body, name: "Ministry of Health", country: "KEN"}, {story: "t", kind: body, name: "The Ministry of Health", country: "KEN"}}, "e0+e1"},
		{"a group with a common word for a name", []somebody{{story: "s", kind: group, name: "Unity", country: "KEN"}, {story: "t", kind: group, name: "Unity", country: "KEN"}}, "e0 e1"},
		{"the same in the same company", []somebody{{story: "s", kind: group, name: "Unity", country: "KEN", mates: []string{"Joy Otieno"}}, {story: "t", kind: group, name: "Unity", country: "KEN", mates: []string{"Joy Otieno"}}}, "e0+e1"},
		{"a person is no body", []somebody{{story: "s", kind: person, name: "Ora Lund", country: "DNK"}, {story: "s", kind: body, name: "Ora Lund", country: "DNK"}}, "e0 e1"},
		// Places.
		{"one number in the gazetteer", []somebody{{story: "s", kind: news.PlaceEntity, name: "Beira", country: "MOZ", geonames: 1052373}, {story: "t", kind: news.PlaceEntity, name: "Port of Beira", country: "MOZ", geonames: 1052373}}, "e0+e1"},
		{"one name, two numbers", []somebody{{story: "s", kind: news.PlaceEntity, name: "Beira", country: "MOZ", geonames: 1052373}, {story: "t", kind: news.PlaceEntity, name: "Beira", country: "ITA", geonames: 3182125}}, "e0 e1"},
		{"a village in one province", []somebody{{story: "s", kind: news.PlaceEntity, name: "Ostrava Mala", country: "CZE", admin1: "Zlin"}, {story: "t", kind: news.PlaceEntity, name: "Ostrava Mala", country: "CZE", admin1: "Zlin"}}, "e0+e1"},
		{"a village in two provinces", []somebody{{story: "s", kind: news.PlaceEntity, name: "Ostrava Mala", country: "CZE", admin1: "Zlin"}, {story: "t", kind: news.PlaceEntity, name: "Ostrava Mala", country: "CZE", admin1: "Plzen"}}, "e0 e1"},
		// Who has no country never makes two of different countries one.
		{"between two countries", []somebody{{story: "s", kind: person, name: "Ana Duarte", country: "BRA", mates: []string{"Rui Melo", "Eva Pinho"}}, {story: "t", kind: person, name: "Ana Duarte", country: "PRT", mates: []string{"Rui Melo", "Eva Pinho"}}, {story: "u", kind: person, name: "Ana Duarte", mates: []string{"Rui Melo", "Eva Pinho"}}}, "e0 e1 e2"},
		{"to the country whose company it keeps", []somebody{{story: "s", kind: person, name: "Ana Duarte", country: "BRA", mates: []string{"Rui Melo", "Eva Pinho"}}, {story: "t", kind: person, name: "Ana Duarte", country: "PRT", mates: []string{"Gil Reis"}}, {story: "u", kind: person, name: "Ana Duarte", mates: []string{"Rui Melo", "Eva Pinho"}}}, "e0+e2 e1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := joined(c.all, actor.Corrections{}); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestOffice: an office that passes to another is of each in their time.
func TestOffice(t *testing.T) {
	all := []somebody{
		{article: "a1", story: "s", day: "2031-01-10", kind: person, name: "Mara Velin", country: "NOR", role: "minister of Harbours"},
		{article: "a2", story: "t", day: "2031-03-02", kind: person, name: "Mara Velin", country: "NOR", role: "minister of Harbours"},
		{article: "a3", story: "u", day: "2031-06-01", kind: person, name: "Tor Aas", country: "NOR", role: "minister of Harbours"},
		{article: "a4", story: "v", day: "2031-07-01", kind: person, name: "Mara Velin", country: "NOR", role: "envoy"},
		{article: "a4", story: "v", day: "2031-07-01", kind: person, name: "Tor Aas", country: "NOR", role: "minister of Harbours"},
	}
	var got []string
	for _, block := range profiles(all) {
		for _, j := range actor.Join(block, actor.Corrections{}) {
			for _, r := range j.Roles {
				got = append(got, fmt.Sprintf("%s %s of %s %s to %s", j.Name, r.Title, r.Of, r.First, r.Last))
			}
		}
	}
	slices.Sort(got)
	// Nothing ties the envoy of July to the minister of March but the name and
	// the country.
	want := []string{"Mara Velin envoy of  2031-07-01 to 2031-07-01", "Mara Velin minister of Harbours 2031-01-10 to 2031-03-02", "Tor Aas minister of Harbours 2031-06-01 to 2031-07-01"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("offices (-want +got):\n%s", d)
	}
}

// TestByHand: a person's word joins and parts.
func TestByHand(t *testing.T) {
	all := []somebody{{article: "x", story: "s", kind: person, name: "Jon Ek"}, {article: "y", story: "t", kind: person, name: "Jon Ek"}}
	pair := [2]news.ActorRef{{Article: "x", Entity: "e0"}, {Article: "y", Entity: "e1"}}
	if got := joined(all, actor.Corrections{Together: [][2]news.ActorRef{pair}}); got != "e0+e1" {
		t.Errorf("together: %q", got)
	}
	all[1].story = "s"
	if got := joined(all, actor.Corrections{}); got != "e0+e1" {
		t.Errorf("one story: %q", got)
	}
	if got := joined(all, actor.Corrections{Apart: [][2]news.ActorRef{{pair[1], pair[0]}}}); got != "e0 e1" {
		t.Errorf("apart: %q", got)
	}
}

// TestAnyOrder: whatever the order, the same comes out, with the same reasons.
func TestAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	for range 40 {
		var all []somebody
		for range 30 {
			s := somebody{story: pick("s1", "s2", "s3", "s4", "s5"), kind: person, name: pick("Ana Duarte", "Ana R. Duarte", "Ana S. Duarte"), country: news.Optional(pick("BRA", "PRT", "", ""))}
			s.role = pick("", "judge", "judge of Court", "swimmer")
			for range r.IntN(3) {
				s.mates = append(s.mates, pick("Rui Melo", "Eva Pinho", "Gil Reis", "Lia Moe"))
			}
			all = append(all, s)
		}
		for block, in := range profiles(all) {
			want := actor.Join(in, actor.Corrections{})
			r.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
			if d := cmp.Diff(want, actor.Join(in, actor.Corrections{})); d != "" {
				t.Fatalf("%s in another order:\n%s", block, d)
			}
			for _, j := range want {
				countries := map[news.Optional]bool{}
				for _, m := range j.Members {
					for _, p := range in {
						if p.Ref() == m && p.Country.Known() {
							countries[p.Country] = true
						}
					}
				}
				if len(countries) > 1 {
					t.Fatalf("%s is of %v", j.Name, countries)
				}
			}
		}
	}
}
