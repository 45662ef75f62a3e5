package who_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/onrecord/onrecord/internal/cases"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/who/actors"
)

// withLists reads with the lists beside listed.cases.
var withLists = sync.OnceValues(func() (*reader.Reader, error) {
	var lists []reader.ActorList
	for _, name := range []string{"testdata/listed/actors.csv", "testdata/listed/entities.ftm.json"} {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		lists = append(lists, reader.ActorList{Name: name, Text: bytes.NewReader(b)})
	}
	return reader.New(reader.Options{Actors: lists})
})

func TestListedCases(t *testing.T) {
	cases.Run(t, "testdata/listed/*.cases", func(ctx context.Context, c cases.Case) (*news.Record, error) {
		r, err := withLists()
		if err != nil {
			return nil, err
		}
		return r.Read(ctx, reader.Input{Text: c.Text, Title: c.Title, URL: c.URL, Published: c.Published})
	})
}

// A record names the lists that it was made with.
func TestRecordNamesItsLists(t *testing.T) {
	r, err := withLists()
	if err != nil {
		t.Fatal(err)
	}
	rec, err := r.Read(t.Context(), reader.Input{Text: "It rained."})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(rec.Pipeline.Codebook, "+actors-"); n != 2 {
		t.Errorf("codebook %q names %d lists, want 2", rec.Pipeline.Codebook, n)
	}
}

func TestListWithAMistake(t *testing.T) {
	_, err := reader.New(reader.Options{Actors: []reader.ActorList{{Name: "mine.csv", Text: strings.NewReader("name,type\nA B,army\n")}}})
	var e *actors.Error
	if !errors.As(err, &e) || e.Line != 2 || e.File != "mine.csv" {
		t.Errorf("have %v", err)
	}
}
