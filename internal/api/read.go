package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/rights"
)

// reading is the text or address of POST /v1/read.
type reading struct {
	Text      string `json:"text,omitempty" maxLength:"2000000" doc:"the article's text, plain or HTML; or url"`
	URL       string `json:"url,omitempty" maxLength:"4000" doc:"the address of its page, which is fetched where there is no text"`
	Title     string `json:"title,omitempty" maxLength:"2000"`
	Publisher string `json:"publisher,omitempty" maxLength:"500"`
	Published string `json:"published,omitempty" maxLength:"40" doc:"a day (2031-05-07) or RFC 3339: what \"on Tuesday\" counts from"`
	Store     bool   `json:"store,omitempty" doc:"keep it; otherwise nothing is"`
}

func (s *server) reading() {
	op := s.operation("read", "/read", "The record of a text or an address; stored only on request", "read")
	op.Method, op.MaxBodyBytes = http.MethodPost, 4<<20
	op.Responses["200"] = &huma.Response{
		Description: "The record (docs/record.md)",
		Content:     map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}}},
		Headers:     map[string]*huma.Param{"Onrecord-Article": {Description: "id of the article that was kept", Schema: &huma.Schema{Type: huma.TypeString}}},
	}
	type output struct {
		ContentType string `header:"Content-Type"`
		Article     string `header:"Onrecord-Article"`
		Body        []byte
	}
	huma.Register(s.api, op, func(ctx context.Context, in *struct{ Body reading }) (*output, error) {
		b := in.Body
		switch {
		case s.Read == nil:
			return nil, problem(http.StatusNotImplemented, "this server does not read texts", "run: onrecord read")
		case strings.TrimSpace(b.Text) == "" && strings.TrimSpace(b.URL) == "":
			return nil, problem(http.StatusUnprocessableEntity, "there is neither a text nor a url", `send {"text": "…"} or {"url": "https://…"}`)
		}
		got, err := s.Options.Read(ctx, Reading{Text: b.Text, URL: b.URL, Title: b.Title, Publisher: b.Publisher, Published: b.Published, Keep: b.Store})
		if err != nil {
			return nil, problemOf(err)
		}
		// Who sends a text has it; who sends an address gets what a source that is
		// not known lets out.
		allowed := news.RightsFull
		if b.Text == "" && !isInside(ctx) {
			allowed = news.RightsSnippet
		}
		doc, err := rights.Record(allowed, got.Record)
		if err != nil {
			return nil, problemOf(err)
		}
		return &output{"application/json", got.Article, doc}, nil
	})
}

func (s *server) exports() {
	type formats struct{ Body Page[Format] }
	huma.Register(s.api, s.operation("list-exports", "/exports", "Forms of files", "exports"), func(context.Context, *struct{}) (*formats, error) {
		return &formats{Page[Format]{Total: len(s.Formats), Items: append([]Format{}, s.Formats...)}}, nil
	})
	type exporting struct {
		Format string `path:"format" maxLength:"40"`
		Q      string `query:"q" doc:"the query; docs/query-syntax.md"`
		Kind   string `query:"kind" default:"events" enum:"articles,statements,events,stories,claims,figures,actors"`
	}
	op := s.operation("export", "/exports/{format}", "What a query finds, as a file", "exports")
	op.Responses["200"] = &huma.Response{Description: "The file", Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	huma.Register(s.api, op, func(_ context.Context, in *exporting) (*huma.StreamResponse, error) {
		var f *Format
		var names []string
		for i := range s.Formats {
			names = append(names, s.Formats[i].Name)
			if s.Formats[i].Name == in.Format {
				f = &s.Formats[i]
			}
		}
		switch {
		case s.Export == nil:
			return nil, problem(http.StatusNotImplemented, "this server writes no files", "run: onrecord export")
		case f == nil:
			return nil, problem(http.StatusNotFound, "there is no form of file called "+in.Format, "it is one of "+strings.Join(names, ", "))
		}
		q, err := query.Parse(in.Q)
		if err != nil {
			return nil, problemOf(err)
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			ctx.SetHeader("Content-Type", f.MediaType)
			ctx.SetHeader("Content-Disposition", `attachment; filename="onrecord-`+in.Kind+"."+f.Extension+`"`)
			if err := s.Export(ctx.Context(), ctx.BodyWriter(), f.Name, query.Search{Kind: query.Kind(in.Kind), Query: q, Now: s.Now()}); err != nil {
				// What was written cannot be taken back; cut off, it is not taken for
				// whole.
				panic(http.ErrAbortHandler)
			}
		}}, nil
	})
}
