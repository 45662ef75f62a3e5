package where

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/nlp"
)

func TestDebug(t *testing.T) {
	if os.Getenv("FILE") == "" {
		t.Skip()
	}
	model, _ := nlp.Embedded()
	g, _ := Load()
	b, _ := os.ReadFile(os.Getenv("FILE"))
	doc, _ := model.Analyse(context.Background(), string(b), clean.Blocks(string(b), ""))
	for i, t := range doc.Tokens {
		fmt.Println(i, t.Form, t.UPOS, t.Deprel)
	}
	for _, n := range doc.Names {
		fmt.Println("NAME", n.Type, doc.Span(n.From, n.To).Text)
	}
	f := g.begin(doc)
	for s, sentence := range doc.Sentences {
		f.loud[s] = f.isLoud(sentence)
		f.collect(sentence)
	}
	f.pair()
	f.weigh()
	for _, s := range f.spans {
		fmt.Printf("%q %.2f kind=%v\n", doc.Span(s.from, s.to).Text, s.evidence, s.kind)
		for _, o := range s.options[:min(4, len(s.options))] {
			fmt.Printf("   %s %s %d %d %.2f\n", o.place.Name, o.place.Country, o.place.Kind, o.place.Population, o.score)
		}
	}
}
