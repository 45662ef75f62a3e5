package actor

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// least is the score from which two personas are held to be one.
const least = 3

// persona is somebody as one story has them: the entities of its articles of one
// name.
type persona struct {
	profiles  []*Profile
	lead      *Profile // of the fullest name
	story     string
	country   news.Optional
	countries map[news.Optional]bool
	ids       map[string]bool
	sectors   map[string]bool
	roles     map[string]bool
	mates     map[string]bool
	first     news.ActorRef
}

// group is personas that are one.
type group struct {
	personas []*persona
	joins    []news.ActorJoin
	into     *group
}

func (g *group) root() *group {
	for g.into != nil {
		g = g.into
	}
	return g
}

// Join joins the entities of one block. The actors come in the order of their
// first entities.
func Join(all []Profile, c Corrections) []Joined {
	apart := map[[2]news.ActorRef]bool{}
	for _, pair := range c.Apart {
		apart[pair], apart[[2]news.ActorRef{pair[1], pair[0]}] = true, true
	}
	personas := personasOf(all, apart)
	groups := make([]*group, len(personas))
	of := map[news.ActorRef]*group{}
	for i, p := range personas {
		groups[i] = &group{personas: []*persona{p}}
		for _, m := range p.profiles {
			of[m.Ref()] = groups[i]
		}
	}
	for _, pair := range c.Together {
		if a, b := of[pair[0]], of[pair[1]]; a != nil && b != nil {
			unite(a.root(), b.root(), news.ActorJoin{Member: pair[1], To: pair[0], Reasons: []string{"joined by hand"}})
		}
	}
	var known, unknown []int
	for i, p := range personas {
		if p.country.Known() {
			known = append(known, i)
		} else {
			unknown = append(unknown, i)
		}
	}
	join := func(among []int) {
		for _, t := range ties(personas, among) {
			a, b := groups[t.a].root(), groups[t.b].root()
			if a != b && !conflict(a, b, apart) {
				unite(a, b, news.ActorJoin{Member: personas[t.b].first, To: personas[t.a].first, Reasons: t.reasons})
			}
		}
	}
	join(known)
	// One whose country nobody tells joins the one actor that it is most like; it
	// never makes two actors of different countries one.
	var roots []*group
	var wholes []*persona
	for _, i := range known {
		if g := groups[i].root(); !slices.Contains(roots, g) {
			roots, wholes = append(roots, g), append(wholes, whole(g))
		}
	}
	var attach []func()
	for _, i := range unknown {
		if to, j := best(personas[i], roots, wholes); to != nil && !conflict(to, groups[i].root(), apart) {
			attach = append(attach, func() { unite(to.root(), groups[i].root(), j) })
		}
	}
	for _, f := range attach {
		f()
	}
	left := slices.DeleteFunc(unknown, func(i int) bool {
		return slices.ContainsFunc(groups[i].root().personas, func(p *persona) bool { return p.country.Known() })
	})
	join(left)
	var out []Joined
	for _, g := range groups {
		if g.into == nil {
			out = append(out, describe(g))
		}
	}
	slices.SortFunc(out, func(a, b Joined) int { return compareRefs(a.Members[0], b.Members[0]) })
	return out
}

func unite(a, b *group, j news.ActorJoin) {
	if a == b {
		return
	}
	a.personas = append(a.personas, b.personas...)
	a.joins = append(append(a.joins, b.joins...), j)
	b.into, b.personas = a, nil
}

// personasOf puts the entities of each story together: in one story one name is
// one bearer, unless the articles give different countries, or one article has
// two of the name.
func personasOf(all []Profile, apart map[[2]news.ActorRef]bool) []*persona {
	order := make([]*Profile, len(all))
	for i := range all {
		order[i] = &all[i]
	}
	// The fullest names first, and those of which the country is known: what is
	// less clear joins what is clearer.
	slices.SortFunc(order, func(a, b *Profile) int {
		known := func(p *Profile) int { return map[bool]int{true: 0, false: 1}[p.Country.Known()] }
		return cmp.Or(known(a)-known(b), len(b.Name)-len(a.Name), compareRefs(a.Ref(), b.Ref()))
	})
	var out []*persona
	in := map[string][]*persona{} // by story
	for _, p := range order {
		var to *persona
		if p.Story != "" {
			for _, q := range in[p.Story] {
				if q.takes(p, apart) {
					to = q
					break
				}
			}
		}
		if to == nil {
			to = &persona{story: p.Story, lead: p, countries: map[news.Optional]bool{}, ids: map[string]bool{}, sectors: map[string]bool{}, roles: map[string]bool{}, mates: map[string]bool{}, first: p.Ref()}
			out = append(out, to)
			in[p.Story] = append(in[p.Story], to)
		}
		to.add(p)
	}
	slices.SortFunc(out, func(a, b *persona) int { return compareRefs(a.first, b.first) })
	return out
}

func (q *persona) takes(p *Profile, apart map[[2]news.ActorRef]bool) bool {
	if !sameSort(q.lead.Type, p.Type) || p.Country.Known() && q.country.Known() && p.Country != q.country {
		return false
	}
	for _, o := range q.profiles {
		if o.Article == p.Article || apart[[2]news.ActorRef{o.Ref(), p.Ref()}] || !compatible(o, p) {
			return false
		}
	}
	return !differ(q.ids, idsOf(p))
}

func (q *persona) add(p *Profile) {
	q.profiles = append(q.profiles, p)
	if compareRefs(p.Ref(), q.first) < 0 {
		q.first = p.Ref()
	}
	if p.Country.Known() {
		q.country = p.Country
		q.countries[p.Country] = true
	}
	for id := range idsOf(p) {
		q.ids[id] = true
	}
	for _, s := range p.Sectors {
		q.sectors[s] = true
	}
	for _, r := range p.Roles {
		q.roles[roleKey(r)] = true
	}
	for _, m := range p.Mates {
		q.mates[m] = true
	}
}

func roleKey(r news.Role) string { return fold(r.Title) + "\x00" + fold(string(r.Of)) }

func idsOf(p *Profile) map[string]bool {
	out := map[string]bool{}
	if p.IDs.Wikidata.Known() {
		out["wikidata "+string(p.IDs.Wikidata)] = true
	}
	if p.IDs.GeoNames != nil {
		out[fmt.Sprintf("geonames %d", *p.IDs.GeoNames)] = true
	}
	return out
}

// differ reports whether one register knows the two by different numbers.
func differ(a, b map[string]bool) bool {
	for x := range a {
		for y := range b {
			if x != y && x[:3] == y[:3] {
				return true
			}
		}
	}
	return false
}

// sameSort: a body, a group and what could be either are told apart no better
// than the texts do; a person is no body.
func sameSort(a, b news.EntityType) bool {
	sort := func(t news.EntityType) int {
		switch t {
		case news.Person:
			return 1
		case news.PlaceEntity, news.Facility:
			return 2
		case news.Country:
			return 3
		}
		return 4
	}
	return sort(a) == sort(b)
}

// conflict reports whether something speaks against two groups' being one.
func conflict(a, b *group, apart map[[2]news.ActorRef]bool) bool {
	for _, p := range a.personas {
		for _, q := range b.personas {
			if p.country.Known() && q.country.Known() && p.country != q.country || differ(p.ids, q.ids) || !sameSort(p.lead.Type, q.lead.Type) || !compatible(p.lead, q.lead) && !bridged(p, q) {
				return true
			}
			if len(apart) == 0 {
				continue
			}
			for _, x := range p.profiles {
				for _, y := range q.profiles {
					if apart[[2]news.ActorRef{x.Ref(), y.Ref()}] {
						return true
					}
				}
			}
		}
	}
	return false
}

// bridged: a full name and an acronym that some article of the group defines.
func bridged(p, q *persona) bool {
	return acronym(p.lead.Name) != acronym(q.lead.Name) && p.lead.Type != news.Person
}

func compareRefs(a, b news.ActorRef) int {
	return cmp.Or(strings.Compare(a.Article, b.Article), strings.Compare(a.Entity, b.Entity))
}

// ident makes an id of the entity that an actor begins with.
func ident(r news.ActorRef) string {
	h := sha256.Sum256([]byte("actor\x00" + r.Article + "\x00" + r.Entity))
	return "n" + hex.EncodeToString(h[:8])
}
