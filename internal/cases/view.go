package cases

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// view is a record with its parts found by id.
type view struct {
	*news.Record
	entity    map[news.Optional]*news.Entity
	statement map[string]*news.Statement
	event     map[string]*news.Event
}

func newView(r *news.Record) *view {
	v := &view{r, map[news.Optional]*news.Entity{}, map[string]*news.Statement{}, map[string]*news.Event{}}
	for i := range r.Entities {
		v.entity[news.Optional(r.Entities[i].ID)] = &r.Entities[i]
	}
	for i := range r.Statements {
		v.statement[r.Statements[i].ID] = &r.Statements[i]
	}
	for i := range r.Events {
		v.event[r.Events[i].ID] = &r.Events[i]
	}
	return v
}

func (it *item) add(key, value string) {
	if value == "" {
		value = null
	}
	*it = append(*it, field{key: key, value: value})
}

// names adds the words of a party and every name of its entity.
func (it *item) names(key, words string, e *news.Entity) {
	if words != "" {
		it.add(key, words)
	}
	if e == nil {
		return
	}
	for i, n := range append([]string{e.Name}, e.Aliases...) {
		if n != "" && n != words {
			*it = append(*it, field{key: key, value: n, quiet: words != "" || i > 0})
		}
	}
}

func (v *view) statements() []item {
	var items []item
	for _, s := range v.Statements {
		var it item
		if src := s.Source; src != nil {
			if src.Phrase != nil {
				it.add("source", src.Phrase.Text)
			}
			it.names("entity", "", v.entity[src.Entity])
		}
		it.add("implicit", strconv.FormatBool(s.Source != nil && s.Source.Implicit))
		if s.Cue != nil {
			it.add("cue", s.Cue.Text)
		}
		all := contents(s)
		it.add("content", strings.Join(all, "|"))
		if len(all) > 1 {
			for i, c := range all {
				it = append(it, field{"content", c, true})
				it = append(it, field{"content" + strconv.Itoa(i+1), c, true})
			}
		}
		it.add("form", string(s.Form))
		it.add("act", string(s.Act))
		it.add("polarity", string(s.Polarity))
		if s.Via != nil {
			it.names("via", "", v.entity[s.Via.Entity])
		}
		if s.Addressee != nil {
			it.names("addressee", s.Addressee.Text, v.entity[s.Addressee.Entity])
		}
		if s.SaidAt != nil {
			it.add("said_at", dateRange(s.SaidAt.Earliest, s.SaidAt.Latest))
			it.add("said_basis", s.SaidAt.Basis)
		}
		v.refer(&it, "within", list(string(s.Within)))
		v.refer(&it, "answers", s.Answers)
		for _, id := range s.About {
			it.names("about", "", v.entity[news.Optional(id)])
		}
		for _, id := range s.Events {
			if e := v.event[id]; e != nil {
				it.add("event", e.Trigger.Text)
			}
		}
		items = append(items, it)
	}
	return items
}

// refer adds a reference to other statements: whether there is one, and the
// content of each.
func (v *view) refer(it *item, key string, ids []string) {
	it.add(key, strconv.FormatBool(len(ids) > 0))
	for _, id := range ids {
		if s := v.statement[id]; s != nil {
			for _, c := range contents(*s) {
				*it = append(*it, field{key, c, true})
			}
		}
	}
}

func contents(s news.Statement) []string {
	var out []string
	for _, c := range s.Content {
		out = append(out, c.Text)
	}
	return out
}

func list(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

func (v *view) events() []item {
	var items []item
	for _, e := range v.Events {
		var it item
		it.add("type", string(e.Type))
		it.add("mode", string(e.Mode))
		for _, c := range e.Contexts {
			it.add("context", c)
		}
		if e.Quad != nil {
			it = append(it, field{"quad", strconv.Itoa(*e.Quad), true})
		}
		it.add("trigger", e.Trigger.Text)
		for _, m := range e.Mentions {
			it.add("mention", m.Text)
		}
		v.parties(&it, "actor", e.Actors)
		v.parties(&it, "recipient", e.Recipients)
		if e.Place != nil {
			v.parties(&it, "place", []news.Party{*e.Place})
		}
		v.parties(&it, "places", e.Places)
		it.add("date", dateRange(e.Time.Earliest, e.Time.Latest))
		it.add("precision", string(e.Time.Precision))
		it.add("basis", string(e.Time.Basis))
		if e.Time.Evidence != nil {
			it.add("evidence", e.Time.Evidence.Text)
		}
		for _, c := range e.Counts {
			v.count(&it, c)
		}
		it.add("modality", string(e.Modality))
		it.add("background", strconv.FormatBool(e.Background))
		it.add("own_voice", strconv.FormatBool(e.OwnVoice))
		for _, id := range e.Statements {
			if s := v.statement[id]; s != nil {
				for _, c := range contents(*s) {
					it.add("statement", c)
				}
			}
		}
		items = append(items, it)
	}
	return items
}

func (v *view) parties(it *item, key string, ps []news.Party) {
	for _, p := range ps {
		it.names(key, p.Text, v.entity[p.Entity])
	}
}

func (v *view) count(it *item, c news.Count) {
	key := string(c.Kind)
	if c.PartOf.Known() {
		it.add(key+".part", countValue(c))
	} else {
		it.add(key, countValue(c))
	}
	it.add(key+".of", c.Of)
	it.add(key+".qualifier", string(c.Qualifier))
	s := v.statement[string(c.Statement)]
	if s == nil || s.Source == nil {
		it.add(key+".by", null)
		return
	}
	var words string
	if s.Source.Phrase != nil {
		words = s.Source.Phrase.Text
	}
	it.names(key+".by", words, v.entity[s.Source.Entity])
}

func (v *view) times() []item {
	var items []item
	for _, t := range v.Times {
		var it item
		it.add("text", t.Text)
		it.add("type", string(t.Type))
		it.add("value", string(t.Value))
		it.add("earliest", string(t.Earliest))
		it.add("latest", string(t.Latest))
		items = append(items, it)
	}
	return items
}

func (v *view) entities() []item {
	var items []item
	for _, e := range v.Entities {
		var it item
		it.add("name", e.Name)
		for _, a := range e.Aliases {
			it.add("alias", a)
		}
		it.add("type", string(e.Type))
		it.add("country", string(e.Country))
		for _, s := range e.Sectors {
			it.add("sector", s)
		}
		for _, r := range e.Roles {
			it.add("role", r.Title)
			it.add("role_of", string(r.Of))
		}
		for _, m := range e.Mentions {
			it = append(it, field{"mention", m.Text, true})
			key := map[news.MentionKind]string{news.MentionName: "named",
				news.MentionNominal: "nominal", news.MentionPronoun: "pronoun"}[m.Kind]
			it.add(key, m.Text)
		}
		it = append(it, field{"mentions", strconv.Itoa(len(e.Mentions)), true})
		if p := e.Place; p != nil {
			it.add("place", fmt.Sprintf("%.2f,%.2f", p.Lat, p.Lon))
			it.add("precision", string(p.Precision))
			it.add("admin1", string(p.Admin1))
			for _, c := range p.ClaimedBy {
				it.add("claimed_by", c)
			}
		}
		it.add("wikidata", string(e.Identifiers.Wikidata))
		if e.Identifiers.GeoNames != nil {
			it.add("geonames", strconv.Itoa(*e.Identifiers.GeoNames))
		}
		items = append(items, it)
	}
	return items
}

func (v *view) blocks() []item {
	var items []item
	for _, b := range v.Article.Blocks {
		var it item
		it.add("kind", string(b.Kind))
		it.add("text", v.slice(b.Range))
		items = append(items, it)
	}
	return items
}

func (v *view) sentences() []item {
	var items []item
	for _, s := range v.Sentences {
		items = append(items, item{{key: "text", value: v.slice(s)}})
	}
	return items
}

func (v *view) slice(r news.Range) string {
	if r.Start < 0 || r.End > len(v.Article.Text) || r.Start > r.End {
		return fmt.Sprintf("(bad range %d:%d)", r.Start, r.End)
	}
	return v.Article.Text[r.Start:r.End]
}

func (v *view) warnings() []item {
	var items []item
	for _, w := range v.Warnings {
		items = append(items, item{{key: "code", value: w.Code}})
	}
	return items
}

func (v *view) published() []item {
	var it item
	it.add("value", string(v.Article.Published))
	it.add("basis", string(v.Article.PublishedBasis))
	return []item{it}
}
