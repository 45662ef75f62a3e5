package ledger

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/internal/news"
)

// cast tells which entities of the articles of one story are the same, as far
// as the ledger needs it: to know a source and a party again. A story of its own
// is made of each article that is in none.
type cast struct {
	of   map[entityRef]*figureOf
	keys map[string]*figureOf   // by scope and folded name
	last map[string][]*figureOf // those with a name, by scope and its last word
}

// entityRef names an entity of an article by its place in the order.
type entityRef struct {
	article int
	entity  string
}

// figureOf is somebody who appears in a story: a person, body, group or place.
type figureOf struct {
	key     string // of the scope and the name; never shown
	name    string // the fullest
	kind    news.EntityType
	said    bool // known only as a source
	generic bool // has no name of its own: "police", "residents"
	forName string
	speaks  *figureOf // the body that it speaks for
	sectors map[string]bool
	country news.Optional
	titles  map[string]bool
	mates   map[string]bool // folded names of the company that it keeps
	in      map[int]bool    // articles that it appears in
}

// side is the body that somebody speaks for, or itself.
func (f *figureOf) side() *figureOf {
	seen := 0
	for f.speaks != nil && seen < 3 {
		f = f.speaks
		seen++
	}
	return f
}

// hear builds the cast of every story.
func (b *builder) hear() {
	b.cast = &cast{of: map[entityRef]*figureOf{}, keys: map[string]*figureOf{}, last: map[string][]*figureOf{}}
	scopes := map[string][]*article{}
	for _, a := range b.articles {
		scopes[scopeOf(a)] = append(scopes[scopeOf(a)], a)
	}
	for _, scope := range slices.Sorted(maps.Keys(scopes)) {
		b.cast.add(scope, scopes[scope])
	}
}

func scopeOf(a *article) string {
	if a.Story == "" {
		return "article " + a.ID
	}
	return "story " + a.Story
}

// add joins the entities of one story: by their full name; a shorter name by
// the one longer name in the story that it is part of, where nothing speaks
// against it. A bare surname joins only where both keep the same company.
func (c *cast) add(scope string, articles []*article) {
	var all []*figureOf
	byName := map[string]*figureOf{}
	byLast := map[string][]*figureOf{} // by the last word of the name
	var refs []entityRef
	add := func(name string, e *news.Entity, generic bool) *figureOf {
		f := &figureOf{key: scope + "\x00" + name, name: e.Name, kind: e.Type, generic: generic,
			sectors: map[string]bool{}, titles: map[string]bool{}, mates: map[string]bool{}, in: map[int]bool{}}
		byName[name] = f
		all = append(all, f)
		last := lastWord(name)
		byLast[last] = append(byLast[last], f)
		return f
	}
	type late struct {
		ref entityRef
		e   *news.Entity
		a   *article
	}
	var short []late
	put := func(ref entityRef, f *figureOf, e *news.Entity, a *article) {
		c.of[ref] = f
		refs = append(refs, ref)
		f.in[a.at] = true
		f.learn(e, a)
	}
	for _, a := range articles {
		for i := range a.Record.Entities {
			e := &a.Record.Entities[i]
			ref := entityRef{a.at, e.ID}
			name, named := a.names[i].name, a.names[i].named
			words := strings.Fields(name)
			if named && len(words) == 1 && (e.Type == news.Person || e.Type == news.Group || e.Type == news.Organisation || e.Type == news.OtherEntity) {
				short = append(short, late{ref, e, a})
				continue
			}
			f := byName[name]
			if f == nil {
				f = add(name, e, !named)
			}
			put(ref, f, e, a)
		}
	}
	for _, l := range short {
		name, _ := nameOf(l.e)
		f := byName[name]
		if f == nil {
			f = fuller(byLast[name], l.e, l.a, name)
		}
		if f == nil {
			f = add(name, l.e, false)
		}
		put(l.ref, f, l.e, l.a)
	}
	// A source with a name that the record ties to nobody is somebody too.
	for _, a := range articles {
		for i := range a.Record.Statements {
			s := &a.Record.Statements[i]
			if s.Source == nil || s.Source.Entity != "" || s.Source.Phrase == nil || !capital(s.Source.Phrase.Text) {
				continue
			}
			name := strings.TrimPrefix(strings.Join(tokens(s.Source.Phrase.Text), " "), "the ")
			if byName[name] == nil {
				add(name, &news.Entity{Name: strings.TrimPrefix(oneLine(s.Source.Phrase.Text), "The "), Type: news.OtherEntity}, false).said = true
			}
			byName[name].in[a.at] = true
		}
	}
	// "Tide Brigade" is the Free Tide Brigade where the story has one.
	alias := map[*figureOf]*figureOf{}
	for _, f := range all {
		if f.generic || len(strings.Fields(fold(f.name))) < 2 || f.kind == news.Person {
			continue
		}
		var longer []*figureOf
		for _, g := range byLast[lastWord(fold(f.name))] {
			if g != f && !g.generic && g.kind != news.Person && len(g.name) > len(f.name) && strings.HasSuffix(" "+fold(g.name), " "+fold(f.name)) {
				longer = append(longer, g)
			}
		}
		if len(longer) == 1 {
			alias[f] = longer[0]
		}
	}
	for _, ref := range refs {
		if to := alias[c.of[ref]]; to != nil {
			c.of[ref] = to
		}
	}
	c.describe(articles, all, refs, alias)
	bodies := byLast["police"]
	for _, f := range all {
		f.speaks = speaksFor(byLast[lastWord(strings.Join(tokens(f.forName), " "))], bodies, func(w string) []*figureOf { return byLast[w] }, f, alias)
		c.keys[f.key] = f
		if to := alias[f]; to != nil {
			c.keys[f.key] = to
		}
		if !f.generic && f.kind != news.PlaceEntity && f.kind != news.Country {
			k := scope + "\x00" + lastWord(f.key[len(scope)+1:])
			c.last[k] = append(c.last[k], f)
		}
	}
}

// describe ties descriptions to the one body of the article that they can stand
// for: "the Volunteers", "the group".
func (c *cast) describe(articles []*article, all []*figureOf, refs []entityRef, alias map[*figureOf]*figureOf) {
	bodies := map[int][]*figureOf{}
	for _, f := range all {
		if f.generic && !strings.Contains(f.name, " ") || alias[f] != nil || f.kind != news.Group && f.kind != news.Organisation && f.kind != news.OtherEntity {
			continue
		}
		for at := range f.in {
			bodies[at] = append(bodies[at], f)
		}
	}
	var said []*figureOf
	for _, f := range all {
		if f.said && alias[f] == nil {
			said = append(said, f)
		}
	}
	byAt := map[int]*article{}
	for _, a := range articles {
		byAt[a.at] = a
	}
	for _, ref := range refs {
		f := c.of[ref]
		if !f.generic || strings.Contains(f.name, " ") {
			continue
		}
		word := fold(f.name)
		var found []*figureOf
		for _, g := range bodies[ref.article] {
			name := strings.Join(tokens(g.name), " ")
			switch {
			case strings.HasSuffix(name, " "+word):
				found = append(found, g)
			case g.generic:
			case table.in("group", word) && (g.kind == news.Group || g.kind == news.OtherEntity && g.said):
				found = append(found, g)
			}
		}
		if table.in("group", word) {
			if g := before(said, byAt[ref.article], ref.entity); g != nil {
				found = []*figureOf{g}
			}
		}
		if len(found) == 1 {
			c.of[ref] = found[0]
		}
	}
}

// before finds whom an article names last before a description, of those that
// the records know only as sources: "The Morning Column released four … The
// group admitted".
func before(said []*figureOf, a *article, entity string) *figureOf {
	const reach = 400 // bytes
	e := a.entity[entity]
	if e == nil || len(e.Mentions) == 0 || len(said) > 200 {
		return nil
	}
	at := e.Mentions[0].Start
	text := fold(a.text(at-reach, at))
	var best *figureOf
	last := -1
	for _, f := range said {
		if i := strings.LastIndex(text, fold(f.name)); i > last {
			best, last = f, i
		}
	}
	return best
}

// named lists those of a scope whose names stand in a padded text.
func (c *cast) named(scope, text string) []*figureOf {
	var out []*figureOf
	seen := map[*figureOf]bool{}
	for _, w := range strings.Fields(text) {
		for _, f := range c.last[scope+"\x00"+w] {
			name := f.key[len(scope)+1:]
			if !seen[f] && strings.Contains(text, " "+name+" ") && (strings.Contains(name, " ") || f.kind == news.Organisation || f.kind == news.Group) {
				seen[f] = true
				out = append(out, c.keys[f.key])
			}
		}
	}
	return out
}

// capital reports whether a phrase holds a name: a capital after the first word,
// or one word with a capital.
func capital(s string) bool {
	words := strings.Fields(s)
	for i, w := range words {
		r := []rune(w)
		if (i > 0 || len(words) == 1) && unicode.IsUpper(r[0]) {
			return true
		}
	}
	return false
}

func lastWord(s string) string { return s[strings.LastIndex(s, " ")+1:] }

func shareArticle(f, g *figureOf) bool {
	for at := range f.in {
		if g.in[at] {
			return true
		}
	}
	return false
}

// nameOf is the folded name that an entity goes by, and whether it is a name of
// its own and not a description.
func nameOf(e *news.Entity) (string, bool) {
	named := false
	for _, m := range e.Mentions {
		named = named || m.Kind == news.MentionName
	}
	name := strings.Join(tokens(e.Name), " ")
	if !named {
		name = strings.TrimPrefix(strings.TrimPrefix(name, "the "), "a ")
	}
	return name, named
}

// fuller finds the one longer name of a story that a single word may stand for:
// "Rado", "Front".
func fuller(all []*figureOf, e *news.Entity, a *article, name string) *figureOf {
	var found []*figureOf
	for _, f := range all {
		words := strings.Fields(fold(f.name))
		if f.generic || len(words) < 2 || words[len(words)-1] != name {
			continue
		}
		if (f.kind == news.Person) != (e.Type == news.Person) || f.country.Known() && e.Country.Known() && f.country != e.Country {
			continue
		}
		found = append(found, f)
	}
	if len(found) != 1 {
		return nil
	}
	if f := found[0]; f.kind != news.Person || keepsCompany(f, e, a) {
		return f
	}
	return nil
}

// keepsCompany: a person of that surname has the same title, or the article
// names somebody else whom the other articles name beside the person.
func keepsCompany(f *figureOf, e *news.Entity, a *article) bool {
	for _, r := range e.Roles {
		for _, w := range tokens(r.Title) {
			if f.titles[w] {
				return true
			}
		}
	}
	for i := range a.Record.Entities {
		o := &a.Record.Entities[i]
		if n := a.names[i]; n.named && o.ID != e.ID && f.mates[n.name] && o.Type != news.Country {
			return true
		}
	}
	return false
}

// learn adds what an article says of somebody.
func (f *figureOf) learn(e *news.Entity, a *article) {
	if len(e.Name) > len(f.name) && !f.generic {
		f.name = e.Name
	}
	if !f.country.Known() {
		f.country = e.Country
	}
	for _, s := range e.Sectors {
		f.sectors[s] = true
	}
	for _, r := range e.Roles {
		for _, w := range tokens(r.Title) {
			f.titles[w] = true
		}
		if of := string(r.Of); of != "" && (f.forName == "" || fold(of) < fold(f.forName)) {
			f.forName = of
		}
	}
	if !f.generic {
		for i := range a.Record.Entities {
			o := &a.Record.Entities[i]
			if n := a.names[i]; n.named && o.ID != e.ID {
				f.mates[n.name] = true
			}
		}
	}
}

// speaksFor finds the body that somebody leads or speaks for: "spokesman of the
// Plateau Volunteers", "police commissioner".
func speaksFor(all, police []*figureOf, last func(string) []*figureOf, f *figureOf, alias map[*figureOf]*figureOf) *figureOf {
	real := func(g *figureOf) *figureOf {
		if to := alias[g]; to != nil {
			return to
		}
		return g
	}
	if f.kind != news.Person && !f.titles["spokesman"] && !f.titles["spokeswoman"] {
		return nil
	}
	leads := false
	for t := range f.titles {
		leads = leads || table.in("leader", t) || table.in("spokes", t)
	}
	want := strings.Join(tokens(f.forName), " ")
	want = strings.TrimPrefix(want, "the ")
	if want != "" && leads {
		var tail *figureOf
		for _, g := range all {
			name := strings.TrimPrefix(strings.Join(tokens(g.name), " "), "the ")
			if g == f || g.kind == news.PlaceEntity {
				continue
			}
			if name == want && (g.kind != news.Person || !g.generic) {
				return real(g)
			}
			if g.kind != news.Person && (strings.HasSuffix(name, " "+want) || strings.HasSuffix(want, " "+name)) && tail == nil {
				tail = g
			}
		}
		if tail != nil {
			return real(tail)
		}
	}
	// "ministry spokeswoman", "union leader": of the one body of that kind.
	for t := range f.titles {
		if !leads || table.in("leader", t) || table.in("spokes", t) {
			continue
		}
		var of []*figureOf
		for _, g := range last(t) {
			if g != f && g.kind == news.Organisation && strings.Contains(g.name, " ") && shareArticle(f, g) {
				of = append(of, g)
			}
		}
		if len(of) == 1 {
			return real(of[0])
		}
	}
	if f.titles["police"] || f.titles["detective"] || f.sectors["COP"] {
		for _, g := range police {
			if g.generic && g.kind == news.Organisation {
				return g
			}
		}
	}
	return nil
}
