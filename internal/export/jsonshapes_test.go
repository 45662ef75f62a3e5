package export_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/onrecord/onrecord/internal/query"
)

// The JSON documents are of the shape that their specifications ask for.
func TestJSONShapes(t *testing.T) {
	var geo struct {
		Type     string
		Features []struct {
			Type, ID   string
			Geometry   *struct{ Coordinates []float64 }
			Properties map[string]any
		}
	}
	decode(t, export1(t, "geojson", query.Events)["events.geojson"], &geo)
	if geo.Type != "FeatureCollection" || len(geo.Features) != count(t, query.Events) || geo.Features[1].Geometry.Coordinates[0] != 130.25 || geo.Features[2].Geometry != nil {
		t.Errorf("GeoJSON: %+v", geo)
	}
	var page struct {
		Context string `json:"@context"`
		Type    string
		Items   []struct {
			ID     string
			Type   string
			Target []struct {
				Source   string
				Selector []struct {
					Type       string
					Start, End int
					Exact      string
				}
			}
		}
	}
	decode(t, export1(t, "annotations", query.Articles)["annotations.jsonld"], &page)
	texts := map[string][]rune{"urn:onrecord:a1": []rune(record().Article.Text), "https://news.example/a?b=1&c=<2>": []rune(hostile().Article.Text), "https://post.example/3": []rune(record().Article.Text)}
	quoted := 0
	for _, i := range page.Items {
		for _, target := range i.Target {
			for _, s := range target.Selector {
				if s.Type == "TextQuoteSelector" {
					quoted++
					where := target.Selector[0]
					if got := string(texts[target.Source][where.Start:where.End]); got != s.Exact {
						t.Errorf("%s: at its place is %q, it quotes %q", i.ID, got, s.Exact)
					}
				}
			}
		}
	}
	if page.Context != "http://www.w3.org/ns/anno.jsonld" || page.Type != "AnnotationPage" || quoted < 15 {
		t.Errorf("annotations: %s, %s, %d quotations", page.Context, page.Type, quoted)
	}
	var graph struct {
		Context string `json:"@context"`
		Graph   []struct {
			Type    string `json:"@type"`
			Text    string
			Comment []struct{ AdditionalType string }
		} `json:"@graph"`
	}
	decode(t, export1(t, "claim", query.Claims)["claims.jsonld"], &graph)
	if len(graph.Graph) != 1 || graph.Graph[0].Type != "Claim" || len(graph.Graph[0].Comment) != 3 || graph.Graph[0].Comment[1].AdditionalType != "denies" {
		t.Errorf("claim: %+v", graph)
	}
}

func decode(t *testing.T, b *bytes.Buffer, into any) {
	t.Helper()
	if err := json.Unmarshal(b.Bytes(), into); err != nil {
		t.Errorf("%v\n%s", err, b)
	}
}
