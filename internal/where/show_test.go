package where_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
)

func TestShow(t *testing.T) {
	if os.Getenv("FILE") == "" {
		t.Skip()
	}
	model, _ := nlp.Embedded()
	g, err := where.Load()
	if err != nil {
		t.Fatal(err)
	}
	b, _ := os.ReadFile(os.Getenv("FILE"))
	doc, err := model.Analyse(context.Background(), string(b), clean.Blocks(string(b), ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range g.Find(doc) {
		s := doc.Span(m.From, m.To)
		c := ""
		if m.Place != nil {
			c = fmt.Sprintf("%.1f,%.1f %s %s %v", m.Place.Lat, m.Place.Lon, m.Place.Admin1, m.Place.Precision, m.Place.ClaimedBy)
		}
		fmt.Printf("%-11s %-30q %s %s %v %s | %s\n", m.Kind, s.Text, m.Name, m.Country, m.Capital, c, around(string(b), s.Start, s.End))
	}
}
