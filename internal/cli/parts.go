package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/onrecord/onrecord/docs"
	"github.com/onrecord/onrecord/internal/api"
	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/ingest/address"
	"github.com/onrecord/onrecord/internal/ingest/delivery"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/people"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/review"
	"github.com/onrecord/onrecord/internal/serve"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/version"
	"github.com/onrecord/onrecord/internal/web"
)

// parts are the desk and the API.
func (o *serving) parts(d *desk, r *reader.Reader, p *jobs.Pool, log *slog.Logger) (serve.Options, error) {
	corrections, _ := d.Store.(review.Store) // both stores keep them
	pages, err := web.New(web.Options{
		Reviews: corrections, Who: func(r *http.Request) string { return people.From(r.Context()).Name },
		Store: d.Store, Read: p.Read, Fetch: p.Fetch, Keep: p.KeepOne, Token: people.Token, Version: version.Number, Model: r.Model().Name(),
		Accuracy: docs.Accuracy, Performance: docs.Performance, Now: o.keeping.now, Log: log,
	})
	if err != nil {
		return serve.Options{}, err
	}
	var formats []api.Format
	for _, f := range export.Formats() {
		formats = append(formats, api.Format{Name: f.Name, MediaType: f.MediaType, Extension: extension(f.MediaType), What: f.What})
	}
	return serve.Options{Desk: pages, API: api.New(api.Options{
		Store: d.Store, Read: reading(p), Export: exporting(d, o.jobs), Formats: formats, Inside: ofHouse, Now: o.keeping.now,
	})}, nil
}

// ofHouse reports whether whole texts may be shown to who asks: to those who work on
// the desk, and to no one who only reads.
func ofHouse(r *http.Request) bool { return people.From(r.Context()).Role.May(people.Edit) }

// extension is that of a file of a media type.
func extension(mediaType string) string {
	kind, _, _ := strings.Cut(mediaType, ";")
	switch strings.TrimSpace(kind) {
	case "application/x-ndjson", "application/jsonl", "application/x-jsonlines":
		return "jsonl"
	case "text/csv":
		return "csv"
	case "text/tab-separated-values":
		return "tsv"
	case "application/vnd.apache.parquet":
		return "parquet"
	case "application/geo+json":
		return "geojson"
	case "application/atom+xml", "application/rss+xml":
		return "xml"
	}
	return "json"
}

// reading reads what is sent to POST /v1/read.
func reading(p *jobs.Pool) func(context.Context, api.Reading) (api.Read, error) {
	return func(ctx context.Context, in api.Reading) (out api.Read, err error) {
		if in.Keep && !people.From(ctx).Role.May(people.Edit) {
			return out, &api.Unreadable{Wrong: "who only reads keeps nothing", Fix: "leave store out, or use an account with the role edit"}
		}
		if in.Published != "" {
			if _, err := reader.Day(in.Published); err != nil {
				return out, &api.Unreadable{Wrong: "published: " + err.Error(), Fix: "send a day such as 2031-05-07, or RFC 3339"}
			}
		}
		if in.URL != "" {
			if in.URL, err = address.Normal(in.URL); err != nil {
				return out, &api.Unreadable{Wrong: "url: " + err.Error(), Fix: "send an address that begins with https:// or http://"}
			}
		}
		d, err := deliveryOf(ctx, p, in)
		if err != nil {
			if ctx.Err() != nil || store.Passing(err) {
				return out, err
			}
			return out, &api.Unreadable{Wrong: err.Error(), Fix: "send the article's text"}
		}
		if out.Record, err = p.Read(ctx, d); err != nil {
			return out, err
		}
		if in.Keep {
			out.Article, err = p.KeepOne(ctx, d, out.Record)
		}
		return out, err
	}
}

// deliveryOf makes a delivery of the text that was sent, or of the page at the
// address.
func deliveryOf(ctx context.Context, p *jobs.Pool, in api.Reading) (*news.Delivery, error) {
	if strings.TrimSpace(in.Text) == "" {
		d, err := p.Fetch(ctx, in.URL)
		if err != nil {
			return nil, err
		}
		if in.Published != "" {
			d.Published, d.PublishedBasis = in.Published, news.PublishedGiven
		}
		return d, nil
	}
	body := []byte(in.Text)
	if delivery.MediaType("", body) == delivery.HTML {
		all, err := delivery.Of(ctx, &news.Capture{URL: in.URL, MediaType: delivery.HTML, Body: body, Hint: news.Hint{Title: in.Title, Publisher: in.Publisher, Given: in.Published}})
		if err != nil {
			return nil, err
		}
		if len(all) != 1 {
			return nil, errors.New("the page holds no single article")
		}
		all[0].Capture = nil // it was not received from there
		return &all[0], nil
	}
	d := &news.Delivery{Action: news.Publish, Text: in.Text, Publisher: in.Publisher, Published: in.Published}
	if in.Title != "" {
		d.Title = in.Title
		if !strings.HasPrefix(d.Text, in.Title) {
			d.Text = in.Title + "\n\n" + d.Text
		}
	}
	if in.Published != "" {
		d.PublishedBasis = news.PublishedGiven
	}
	if in.URL != "" {
		d.Addresses = []string{in.URL}
	}
	return d, nil
}

// exporting writes what a search finds as a file: that of onrecord export.
func exporting(d *desk, jobs int) func(context.Context, io.Writer, string, query.Search) error {
	return func(ctx context.Context, w io.Writer, format string, s query.Search) error {
		o := exportOptions{kind: string(s.Kind), format: format, jobs: jobs}
		rows, err := o.fromStore(ctx, d, s.Query)
		if err != nil {
			return err
		}
		_, err = export.Write(ctx, export.Options{Kind: s.Kind, Format: format, Query: rows.query, Matched: rows.matched, Version: version.Number, Now: s.Now}, export.First(w), rows.rows)
		return err
	}
}
