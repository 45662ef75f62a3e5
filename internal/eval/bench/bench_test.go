package main

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/reader"
)

// BenchmarkRead reads the article from text to record; with -cpuprofile it
// shows where the time goes.
func BenchmarkRead(b *testing.B) {
	rd, err := reader.New(reader.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rd.Read(b.Context(), reader.Input{Text: article, Published: published}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestArticleIsOfTheStatedLength(t *testing.T) {
	if n := len(strings.Fields(article)); n < 490 || n > 550 {
		t.Errorf("the article has %d words; the figures are for about 500", n)
	}
}
