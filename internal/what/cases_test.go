package what_test

import (
	"context"
	"sync"
	"testing"

	"github.com/onrecord/onrecord/internal/cases"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
)

var pipeline = sync.OnceValues(func() (*reader.Reader, error) { return reader.New(reader.Options{}) })

func read(ctx context.Context, c cases.Case) (*news.Record, error) {
	r, err := pipeline()
	if err != nil {
		return nil, err
	}
	return r.Read(ctx, reader.Input{Text: c.Text, Title: c.Title, URL: c.URL, Published: c.Published})
}

func TestCases(t *testing.T) { cases.Run(t, "testdata/*.cases", read) }
