package export

import (
	"io"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// schemaClaim is schema.org's Claim (https://schema.org/Claim) in JSON-LD. There is
// no ClaimReview and no rating among it: the program does not rule.
var schemaClaim = Format{Name: "claim", What: "claims, or single statements, as schema.org Claim in JSON-LD", Kinds: []query.Kind{query.Claims, query.Statements},
	MediaType: "application/ld+json",
	Notes: []string{
		"schema.org has no word for a denial: the stances are comments, and additionalType says which stand each takes.",
		"There is no ClaimReview: nothing is rated.",
	},
	open: func(o *output) (writer, error) {
		f, err := o.file(string(o.Kind)+".jsonld", []Column{
			{"text", "as far as the source's rights allow"}, {"author", "the source of the first assertion; the article's outlet where it speaks for itself"},
			{"about", "names only"}, {"comment", "of a claim, its stances in the order of time"},
		})
		if err != nil {
			return nil, err
		}
		_, err = io.WriteString(f, `{"@context":"https://schema.org","@graph":[`)
		return &claimWriter{listWriter{file: f, end: "\n]}\n"}}, err
	}}

type claimWriter struct{ listWriter }

// ld is one node; what is "" or empty is left out.
type ld map[string]any

func node(kind string, pairs ...any) ld {
	n := ld{"@type": kind}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			continue
		}
		switch v := pairs[i+1].(type) {
		case string:
			if v != "" {
				n[name] = v
			}
		case news.Optional:
			if v != "" {
				n[name] = string(v)
			}
		case []ld:
			if len(v) > 0 {
				n[name] = v
			}
		case ld:
			if v != nil {
				n[name] = v
			}
		}
	}
	return n
}

func (w *claimWriter) write(r Row) error {
	if r.Claim != nil {
		return w.put(r.Claim.ld())
	}
	return w.put(r.statementLD(r.Statement, r.id()))
}

func (a *Article) articleLD() ld {
	r := &a.Record.Article
	n := node("NewsArticle", "@id", "urn:onrecord:"+r.ID, "url", r.URL, "headline", a.title(), "datePublished", r.Published, "inLanguage", r.Language)
	if r.Publisher != "" {
		n["publisher"] = node("Organization", "name", r.Publisher)
	}
	return n
}

// entityLD is a node of an entity.
func entityLD(e *news.Entity) ld {
	kind := "Thing"
	switch e.Type {
	case news.Person:
		kind = "Person"
	case news.Organisation, news.Group:
		kind = "Organization"
	case news.Country:
		kind = "Country"
	case news.PlaceEntity, news.Facility:
		kind = "Place"
	}
	same := ""
	if e.Identifiers.Wikidata != "" {
		same = "http://www.wikidata.org/entity/" + string(e.Identifiers.Wikidata)
	}
	return node(kind, "name", oneLine(e.Name), "sameAs", same)
}

func (a *Article) statementLD(s *news.Statement, id string) ld {
	n := node("Claim", "@id", "urn:onrecord:"+id, "text", a.content(s), "additionalType", string(s.Act), "appearance", a.articleLD())
	if s.SaidAt != nil {
		n["datePublished"] = string(s.SaidAt.Earliest)
		if s.SaidAt.Earliest == "" {
			delete(n, "datePublished")
		}
	}
	if s.Source != nil {
		if e := a.x.entity[s.Source.Entity]; e != nil {
			n["author"] = entityLD(e)
		} else if name := a.speaker(s); name != "" {
			n["author"] = node("Thing", "name", name)
		}
	}
	var about []ld
	for _, id := range s.About {
		if e := a.x.entity[news.Optional(id)]; e != nil {
			about = append(about, entityLD(e))
		}
	}
	if len(about) > 0 {
		n["about"] = about
	}
	return n
}

func (c *Claim) ld() ld {
	n := node("Claim", "@id", "urn:onrecord:"+c.ID, "text", c.words(c.Words), "additionalType", string(c.Kind), "description", c.Why)
	var comments, appearances, about []ld
	seen := map[string]bool{}
	for i := range c.Stances {
		s := &c.Stances[i]
		who := s.Source.Name
		comment := node("Comment", "@id", "urn:onrecord:"+s.ID, "additionalType", string(s.Kind), "text", c.evidence(s), "datePublished", s.SaidAt)
		if who != "" {
			comment["author"] = node("Thing", "name", who)
			if s.Kind.For() && n["author"] == nil {
				n["author"] = node("Thing", "name", who)
			}
		}
		a := c.article(s.Article)
		if a != nil {
			comment["isPartOf"] = ld{"@id": "urn:onrecord:" + s.Article}
			if !seen[s.Article] {
				seen[s.Article] = true
				appearances = append(appearances, a.articleLD())
			}
		}
		comments = append(comments, comment)
	}
	for _, name := range c.About {
		about = append(about, node("Thing", "name", name))
	}
	if len(appearances) > 0 {
		n["firstAppearance"], n["appearance"] = appearances[0], appearances
	}
	if len(comments) > 0 {
		n["comment"] = comments
	}
	if len(about) > 0 {
		n["about"] = about
	}
	return n
}
