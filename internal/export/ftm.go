package export

import (
	"crypto/sha1"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// followTheMoney writes entities of the FollowTheMoney model
// (https://followthemoney.tech, schemata Article, Event, Person, Organization,
// PublicBody, Company and LegalEntity), one a line, for OpenAleph and yente.
var followTheMoney = Format{Name: "ftm", What: "articles, events and those who take part, as entities of FollowTheMoney", Kinds: []query.Kind{query.Events}, MediaType: "application/jsonl",
	Notes: []string{
		"Entities are those of one article each: what is one person in two articles is two entities here, to be joined by their ids in open registers or by hand.",
		"FollowTheMoney has no statements and no numbers of people: who said it and how many were killed are in the event's notes.",
		"Whoever did it is organizer, to whom it was done is involved: the model knows no other sides. A state is a PublicBody.",
	},
	open: func(o *output) (writer, error) {
		f, err := o.file("entities.ftm.json", []Column{
			{"Event.name", "type, mode and the words of the trigger"}, {"Event.summary", "the sentence, as far as the source's rights allow"},
			{"Event.organizer", "those without an entity of their own are left out"}, {"Event.involved", "those without an entity of their own are left out"},
			{"Event.location", "the name of the best single place, without its position"}, {"Event.country", "left out on disputed ground"},
			{"Article.title", "as far as the source's rights allow"}, {"Person.country", "the country that it acts for; of a place it is left out"},
		})
		return &ftmWriter{file: f}, err
	}}

type ftmWriter struct {
	file    *sink
	article *Article
	written map[string]bool // entities of the article
}

type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// ftmID makes an id of the letters that the model allows.
func ftmID(article, part string) string {
	sum := sha1.Sum([]byte(article + "\x00" + part))
	return "onrecord-" + hex.EncodeToString(sum[:])
}

func (w *ftmWriter) write(r Row) error {
	a, v := r.Article, r.Event
	article := ftmID(a.Record.Article.ID, "")
	if w.article != a {
		w.article, w.written = a, map[string]bool{}
		if err := w.put(a.ftmArticle(article)); err != nil {
			return err
		}
	}
	for _, p := range slices.Concat(v.Actors, v.Recipients) {
		e := a.x.entity[p.Entity]
		if e == nil || ftmSchema(e) == "" || w.written[e.ID] {
			continue
		}
		w.written[e.ID] = true
		if err := w.put(a.ftmActor(e, article)); err != nil {
			return err
		}
	}
	return w.put(a.ftmEvent(r, article))
}

func (w *ftmWriter) put(e ftmEntity) error {
	for name, values := range e.Properties {
		values = slices.DeleteFunc(values, func(s string) bool { return s == "" })
		if e.Properties[name] = values; len(values) == 0 {
			delete(e.Properties, name)
		}
	}
	w.file.Rows++
	return putLine(w.file, e)
}

func (w *ftmWriter) close() error { return nil }

func (a *Article) ftmArticle(id string) ftmEntity {
	r := &a.Record.Article
	title := a.title()
	day, _ := published(r) // the model's dates have no zone
	if title == "" {
		title = r.ID // a name is asked for
	}
	return ftmEntity{id, "Article", map[string][]string{"title": {title}, "name": {title}, "sourceUrl": {string(r.URL)}, "publisher": {oneLine(string(r.Publisher))},
		"author": full(r.Authors), "publishedAt": {string(day)}, "language": {ftmLanguage(r.Language)}}}
}

// ftmLanguage is a language in the three letters of ISO 639-2.
func ftmLanguage(l news.Optional) string {
	if l == "en" {
		return "eng"
	}
	return "" // only English is read
}

// ftmSchema is the schema of an entity, "" for a place.
func ftmSchema(e *news.Entity) string {
	switch e.Type {
	case news.Person:
		return "Person"
	case news.Country:
		return "PublicBody"
	case news.Group:
		return "Organization"
	case news.Organisation:
		switch {
		case slices.Contains(e.Sectors, "GOV") || slices.Contains(e.Sectors, "MIL") || slices.Contains(e.Sectors, "COP") || slices.Contains(e.Sectors, "JUD"):
			return "PublicBody"
		case slices.Contains(e.Sectors, "BUS"):
			return "Company"
		}
		return "Organization"
	case news.OtherEntity:
		return "LegalEntity"
	}
	return ""
}

func (a *Article) ftmActor(e *news.Entity, article string) ftmEntity {
	out := ftmEntity{ftmID(a.Record.Article.ID, e.ID), ftmSchema(e), map[string][]string{"name": {oneLine(e.Name)}, "alias": {}, "proof": {article},
		"country": {strings.ToLower(lands()[string(e.Country)].iso2)}, "wikidataId": {string(e.Identifiers.Wikidata)}}}
	for _, n := range e.Aliases {
		out.Properties["alias"] = append(out.Properties["alias"], oneLine(n))
	}
	if e.Type == news.Person {
		for _, role := range e.Roles {
			out.Properties["position"] = add(out.Properties["position"], oneLine(role.Title))
		}
	}
	return out
}

func (a *Article) ftmEvent(r Row, article string) ftmEntity {
	v := r.Event
	name := strings.TrimSpace(eventName(v) + " " + a.words(v.Trigger))
	place, at := a.place(v)
	p := map[string][]string{"name": {name}, "summary": {a.words(a.sentence(v.Trigger))}, "startDate": {string(v.Time.Earliest)}, "endDate": {string(v.Time.Latest)},
		"location": {place}, "sourceUrl": {string(a.Record.Article.URL)}, "publisher": {oneLine(string(a.Record.Article.Publisher))}, "proof": {article},
		"keywords": append([]string{string(v.Modality)}, v.Contexts...)}
	if v.Time.Earliest == v.Time.Latest {
		p["date"] = []string{string(v.Time.Earliest)}
	}
	if at != nil {
		p["country"] = []string{strings.ToLower(lands()[string(at.Country)].iso2)}
	}
	for i := range v.Counts {
		p["notes"] = append(p["notes"], string(v.Counts[i].Kind)+": "+number(v.Counts[i]))
	}
	for _, id := range v.Statements {
		if s := a.x.statement[id]; s != nil && a.speaker(s) != "" {
			p["notes"] = add(p["notes"], "said by "+a.speaker(s))
		}
	}
	for _, side := range []struct {
		name string
		of   []news.Party
	}{{"organizer", v.Actors}, {"involved", v.Recipients}} {
		for _, party := range side.of {
			if e := a.x.entity[party.Entity]; e != nil && ftmSchema(e) != "" {
				p[side.name] = add(p[side.name], ftmID(a.Record.Article.ID, e.ID))
			}
		}
	}
	return ftmEntity{ftmID(a.Record.Article.ID, v.ID), "Event", p}
}
