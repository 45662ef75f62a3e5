package actors

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// schemata are the schemata of FollowTheMoney that are actors, and what they
// are. An entity of another (an address, a sanction, a document) is read over.
var schemata = map[string]news.EntityType{
	"Person": news.Person, "LegalEntity": news.Organisation, "Organization": news.Organisation, "PublicBody": news.Organisation,
	"Company": news.Organisation,
}

// bySchema are the sectors of those whose topics tell none.
var bySchema = map[string]string{"PublicBody": "GOV", "Company": "BUS"}

// entity is a line of FollowTheMoney.
type entity struct {
	ID         string     `json:"id"`
	Caption    string     `json:"caption"`
	Schema     string     `json:"schema"`
	Properties properties `json:"properties"`
}

// properties are not read before they are asked for: most never are.
type properties map[string]json.RawMessage

// get returns the values of a property: a list of strings, or one. Those that
// are entities of their own (in nested files) are left out.
func (p properties) get(name string) []string {
	raw, ok := p[name]
	if !ok {
		return nil
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var mixed []any
	if json.Unmarshal(raw, &mixed) != nil {
		return nil
	}
	many = nil
	for _, v := range mixed {
		if one, ok := v.(string); ok {
			many = append(many, one)
		}
	}
	return many
}

// graph is a file of entities in the reading.
type graph struct {
	mistakes
	actors []Actor
	byID   map[string]int      // place in actors
	posts  map[string][]string // sectors of positions
	held   []holding
	names  int
	entity int // read so far
}

// holding is one person in one position for some time.
type holding struct {
	holder, post string
	term         Term
}

func readEntities(name string, in *bufio.Reader) ([]Actor, error) {
	g := graph{mistakes: mistakes{file: name}, byID: map[string]int{}, posts: map[string][]string{}}
	for n := 1; !g.full(); n++ {
		line, err := readLine(in)
		if errors.Is(err, errLong) {
			g.add(n, 0, "", "an entity of over %d MiB", MaxLine>>20)
			break
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read the actors %s: %w", name, err)
		}
		if line = bytes.TrimSpace(line); len(line) > 0 && !g.line(n, line) {
			break
		}
		if err != nil {
			break
		}
	}
	if len(g.list) == 0 && len(g.actors) == 0 {
		g.add(1, 0, "persons, organisations, companies, public bodies and legal entities with names in Latin letters are read", "no actor among %d entities", g.entity)
	}
	g.readTerms()
	return g.actors, g.err()
}

var errLong = errors.New("line too long")

// readLine reads a line of at most MaxLine bytes.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > MaxLine {
			return nil, errLong
		}
		if line = append(line, part...); !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// line reads an entity; false where reading on makes no sense.
func (g *graph) line(n int, line []byte) bool {
	const mend = `write one entity a line: {"id": …, "schema": …, "properties": {…}}`
	if !utf8.Valid(line) {
		g.add(n, 0, "save the list as UTF-8", "not UTF-8")
		return true
	}
	var e entity
	if err := json.Unmarshal(line, &e); err != nil {
		var syntax *json.SyntaxError
		column := 0
		if errors.As(err, &syntax) {
			column = utf8.RuneCount(line[:min(int(syntax.Offset), len(line))])
		}
		g.add(n, column, mend, "no entity: %v", err)
		return !bytes.Equal(line, []byte("{")) // a file with line breaks inside entities
	}
	if g.entity++; e.Schema == "" {
		g.add(n, 0, mend, "an entity without a schema")
		return true
	}
	switch e.Schema {
	case "Position":
		if s := ofTopics(e.Properties.get("topics")); len(s) > 0 && len(g.posts) < MaxActors {
			g.posts[e.ID] = s
		}
	case "Occupancy":
		g.hold(e.Properties)
	}
	kind, ok := schemata[e.Schema]
	if !ok {
		return true
	}
	if e.ID == "" {
		g.add(n, 0, mend, "an entity without an id")
		return true
	}
	return g.actor(n, kind, e)
}

func (g *graph) hold(p properties) {
	term := Term{From: day(p.get("startDate"), "-01-01"), To: day(p.get("endDate"), "-12-31")}
	if term.To == "" && (term.From == "" || slices.Contains(p.get("status"), "ended")) {
		return // nothing says when
	}
	for _, holder := range p.get("holder") {
		for _, post := range p.get("post") {
			if len(g.held) < maxEdges {
				g.held = append(g.held, holding{holder, post, term})
			}
		}
	}
}

// day completes a date that may be a year or a month only. Days are compared as
// text, so that a 31st of June does no harm.
func day(dates []string, rest string) string {
	if len(dates) == 0 {
		return ""
	}
	d := dates[0]
	switch len(d) {
	case 4:
		return d + rest
	case 7:
		return d + rest[3:]
	}
	return d[:min(10, len(d))]
}

// actor adds an entity, or what a further line says of the same.
func (g *graph) actor(n int, kind news.EntityType, e entity) bool {
	p := e.Properties
	id, known := g.byID[e.ID]
	if !known {
		if len(g.actors) >= MaxActors || g.names > MaxNames {
			g.add(n, 0, "take the entities.ftm.json of a smaller data set, or cut the list", "over %d actors or %d names", MaxActors, MaxNames)
			return false
		}
		id = len(g.actors)
	}
	var a Actor
	if known {
		a = g.actors[id]
		g.names -= a.count()
	} else {
		a.Type = kind
		if isWikidata(e.ID) {
			a.Wikidata = news.Optional(e.ID)
		}
	}
	a.nameFrom(e)
	for _, w := range p.get("wikidataId") {
		if !a.Wikidata.Known() && isWikidata(w) {
			a.Wikidata = news.Optional(w)
		}
	}
	for _, gender := range p.get("gender") {
		if kind == news.Person && (gender == "male" || gender == "female") {
			a.Gender = gender[:1]
		}
	}
	if !a.Country.Known() {
		a.Country = countryOf(p)
	}
	own := ofTopics(p.get("topics"))
	if slices.Contains(own, "PTY") && kind != news.Person {
		a.Type = news.Group
	}
	if slices.Contains(p.get("topics"), "gov.igo") {
		a.Country = "IGO"
	}
	for _, s := range own {
		a.Sectors = put(a.Sectors, s)
	}
	if s := bySchema[e.Schema]; s != "" && len(a.Sectors) == 0 {
		a.Sectors = []string{s}
	}
	if a.Name == "" || kind == news.Person && slight(a.Name) {
		return true // in other letters only, or a first name that anybody may bear
	}
	if !known {
		g.byID[e.ID] = id
		g.actors = append(g.actors, a)
	}
	g.actors[id] = a
	g.names += a.count()
	return true
}

// nameFrom takes the names of an entity. One word or an acronym says little by
// itself: it is a weak name, unless the entity has no other.
func (a *Actor) nameFrom(e entity) {
	p := e.Properties
	person := a.Type == news.Person
	names := append([]string{e.Caption}, p.get("name")...)
	if first, last := p.get("firstName"), p.get("lastName"); len(first) > 0 && len(last) > 0 && person {
		names = append(names, first[0]+" "+last[0])
	}
	names = append(append(names, p.get("alias")...), p.get("previousName")...)
	for _, name := range names {
		switch name = clean(name, person); {
		case name == "" || name == a.Name:
		case a.Name == "" || slight(a.Name) && !slight(name):
			if a.Name != "" {
				a.Weak = put(a.Weak, a.Name)
			}
			a.Name = name
		case slight(name):
			a.Weak = put(a.Weak, name)
		default:
			a.Aliases = put(a.Aliases, name)
		}
	}
	for _, name := range append(slices.Clone(p.get("weakAlias")), p.get("abbreviation")...) {
		if name = clean(name, person); name != a.Name && a.Name != "" {
			a.Weak = put(a.Weak, name)
		}
	}
}

// countryOf is the country that an actor acts for, the most telling property
// first; where one names several that differ, none.
func countryOf(p properties) news.Optional {
	for _, prop := range []string{"jurisdiction", "mainCountry", "nationality", "citizenship", "country"} {
		var found []news.Optional
		for _, code := range p.get(prop) {
			if c, ok := country(code); ok && !slices.Contains(found, c) {
				found = append(found, c)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
		if len(found) > 1 {
			return ""
		}
	}
	return ""
}

// readTerms gives persons the sectors of the positions that they held, and when.
func (g *graph) readTerms() {
	for _, h := range g.held {
		id, ok := g.byID[h.holder]
		own := g.posts[h.post]
		if !ok || len(own) == 0 {
			continue
		}
		a := &g.actors[id]
		if len(a.Terms) == 0 {
			a.Sectors = nil // the dated word is the better one
		}
		for _, s := range own {
			a.Sectors = put(a.Sectors, s)
		}
		if len(a.Terms) < perActor {
			a.Terms = append(a.Terms, h.term)
		}
	}
	for i := range g.actors {
		slices.SortFunc(g.actors[i].Terms, func(x, y Term) int { return strings.Compare(x.From, y.From) })
	}
}
