package where_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/onrecord/onrecord/internal/cases"
	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
)

// TestCases checks what this room finds, before package who joins it into
// entities: every mention is an entity of the record, a nationality one of type
// other.
func TestCases(t *testing.T) {
	model, g := load(t)
	cases.Run(t, "testdata/*.cases", func(ctx context.Context, c cases.Case) (*news.Record, error) {
		blocks := clean.Blocks(c.Text, c.Title)
		doc, err := model.Analyse(ctx, c.Text, blocks)
		if err != nil {
			return nil, err
		}
		rec := &news.Record{Article: news.Article{Text: c.Text, Blocks: blocks}}
		for i, m := range g.Find(doc) {
			e := news.Entity{
				ID: fmt.Sprint("e", i+1), Name: m.Name, Country: m.Country, Place: m.Place,
				Mentions: []news.Mention{{Span: doc.Span(m.From, m.To), Kind: news.MentionName}},
				Type: map[where.Kind]news.EntityType{
					where.CountryName: news.Country, where.PlaceName: news.PlaceEntity,
					where.Site: news.Facility, where.Nationality: news.OtherEntity,
				}[m.Kind],
			}
			if m.GeoNames > 0 {
				e.Identifiers.GeoNames = &m.GeoNames
			}
			rec.Entities = append(rec.Entities, e)
		}
		return rec, nil
	})
}

func load(t testing.TB) (*nlp.Model, *where.Gazetteer) {
	t.Helper()
	model, err := nlp.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	g, err := where.Load()
	if err != nil {
		t.Fatal(err)
	}
	return model, g
}
