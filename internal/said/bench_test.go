package said_test

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/said"
	"github.com/onrecord/onrecord/internal/who"
)

// BenchmarkFind measures this step alone, in bytes of article text.
func BenchmarkFind(b *testing.B) {
	model, err := nlp.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	f, err := said.New()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Join(texts(b), "\n\n")
	doc, err := model.Analyse(b.Context(), text, clean.Blocks(text, ""))
	if err != nil {
		b.Fatal(err)
	}
	cast := &who.Cast{}
	cast.Index(len(doc.Tokens))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f.Find(doc, cast, nil, "2031-05-07")
	}
}
