package clean_test

import (
	"context"
	"testing"

	"github.com/onrecord/onrecord/internal/cases"
	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
)

// TestCases checks the blocks of plain text; no other step is needed for them.
func TestCases(t *testing.T) {
	cases.Run(t, "testdata/*.cases", func(_ context.Context, c cases.Case) (*news.Record, error) {
		return &news.Record{Article: news.Article{Text: c.Text, Blocks: clean.Blocks(c.Text, c.Title)}}, nil
	})
}
