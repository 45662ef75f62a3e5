package when_test

import (
	"context"
	"testing"

	"github.com/onrecord/onrecord/internal/cases"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

// TestCases reads the texts of testdata by the whole pipeline.
func TestCases(t *testing.T) {
	r, err := reader.New(reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cases.Run(t, "testdata/*.cases", func(ctx context.Context, c cases.Case) (*news.Record, error) {
		return r.Read(ctx, reader.Input{Text: c.Text, Title: c.Title, URL: c.URL, Published: c.Published})
	})
}
