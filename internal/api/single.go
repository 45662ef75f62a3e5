package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/rights"
	"github.com/onrecord/onrecord/internal/store"
)

// Named is what one thing is asked for with.
type Named struct {
	ID string `path:"id" maxLength:"100"`
}

// one adds what is asked for by its id.
func one[T any](s *server, what, path, summary string, get func(ctx context.Context, id string) (T, error)) {
	type output struct{ Body T }
	huma.Register(s.api, s.operation("get-"+what, "/"+path+"/{id}", summary, path), func(ctx context.Context, in *Named) (*output, error) {
		v, err := get(ctx, in.ID)
		if err != nil {
			return nil, problemOf(err)
		}
		g, err := s.gate(ctx)
		if err == nil {
			err = g.evidence(ctx, &v)
		}
		if err != nil {
			return nil, problemOf(err)
		}
		return &output{v}, nil
	})
}

func (s *server) single() {
	one(s, "story", "stories", "A story", func(ctx context.Context, id string) (news.Story, error) { return s.Store.Story(ctx, id) })
	one(s, "event", "events", "A happening, joined from the events of many articles", func(ctx context.Context, id string) (news.ResolvedEvent, error) {
		return s.Store.ResolvedEvent(ctx, id)
	})
	one(s, "claim", "claims", "A claim", func(ctx context.Context, id string) (news.Claim, error) { return s.Store.Claim(ctx, id) })
	one(s, "entity", "entities", "An entity", func(ctx context.Context, id string) (news.Actor, error) { return s.Store.Actor(ctx, id) })
	one(s, "place", "places", "A place", func(ctx context.Context, id string) (news.Actor, error) { return s.Store.Actor(ctx, id) })
	one(s, "article", "articles", "An article, its text as far as its source allows, and its versions", s.article)
	one(s, "source", "sources", "A source", func(ctx context.Context, id string) (Source, error) {
		f, err := s.Store.Feed(ctx, id)
		return sourceOf(f), err
	})

	type sources struct{ Body Page[Source] }
	huma.Register(s.api, s.operation("list-sources", "/sources", "Sources, their health, and when they are checked next", "sources"), func(ctx context.Context, _ *struct{}) (*sources, error) {
		feeds, err := s.Store.Feeds(ctx)
		if err != nil {
			return nil, problemOf(err)
		}
		out := &sources{Page[Source]{Total: len(feeds), Items: []Source{}}}
		for _, f := range feeds {
			out.Body.Items = append(out.Body.Items, sourceOf(f))
		}
		return out, nil
	})

	type recording struct {
		Named
		Version int `query:"version" minimum:"0" doc:"from 1; the current one where not given"`
	}
	op := s.operation("get-record", "/records/{id}", "The record of an article (docs/record.md)", "records")
	op.Responses["200"] = &huma.Response{Description: "The record; with a warning \"words_withheld\" where the source does not let all words out", Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}}}}
	huma.Register(s.api, op, func(ctx context.Context, in *recording) (*raw, error) {
		a, err := s.shown(ctx, in.ID)
		if err != nil {
			return nil, problemOf(err)
		}
		r, err := s.Store.Record(ctx, a.ID, in.Version)
		if err != nil {
			return nil, problemOf(err)
		}
		g, err := s.gate(ctx)
		if err != nil {
			return nil, problemOf(err)
		}
		doc, err := rights.Record(g.of(news.Optional(a.Feed)), r)
		if err != nil {
			return nil, problemOf(err)
		}
		return &raw{"application/json", doc}, nil
	})
}

type raw struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// shown returns a live article by its id or address.
func (s *server) shown(ctx context.Context, idOrAddress string) (store.Article, error) {
	id, err := s.Store.Find(ctx, idOrAddress)
	if err != nil {
		return store.Article{}, err
	}
	a, err := s.Store.Article(ctx, id)
	if err == nil && a.State == store.WithdrawnHere {
		return a, problem(http.StatusGone, "the publisher has withdrawn the article", "it is shown no more")
	}
	if err == nil && a.State != store.Live {
		err = store.ErrNotFound // under embargo: nothing is told of it
	}
	return a, err
}

// Article is an article, with the part of its text that may be shown.
type Article struct {
	ID         string         `json:"id"`
	URL        news.Optional  `json:"url"`
	Publisher  news.Optional  `json:"publisher"`
	Source     news.Optional  `json:"source" doc:"id of the source"`
	Title      news.Optional  `json:"title"`
	Authors    []string       `json:"authors" nullable:"false"`
	Published  news.Optional  `json:"published" doc:"a day, or RFC 3339"`
	Language   news.Optional  `json:"language"`
	FirstSeen  time.Time      `json:"first_seen"`
	Changed    time.Time      `json:"changed" doc:"when its current version came"`
	Story      news.Optional  `json:"story" doc:"id of its story; null while it is not settled"`
	Rights     news.Rights    `json:"rights" doc:"of its source: full, snippet or nothing"`
	Text       string         `json:"text"`
	Whole      bool           `json:"whole" doc:"text is all of it"`
	TextSHA256 string         `json:"text_sha256" doc:"of the whole text, in which offsets count"`
	Versions   []Version      `json:"versions" nullable:"false" doc:"the first first"`
	Warnings   []news.Warning `json:"warnings" nullable:"false"`
}

// Version is one state of an article's text.
type Version struct {
	N          int           `json:"n" doc:"from 1"`
	At         time.Time     `json:"at"`
	Title      news.Optional `json:"title"`
	TextSHA256 string        `json:"text_sha256"`
	Action     string        `json:"action" doc:"publish or correct"`
	Note       news.Optional `json:"note" doc:"what the wire says about it"`
	Edits      int           `json:"edits" doc:"paragraphs that differ from the version before"`
}

func (s *server) article(ctx context.Context, id string) (Article, error) {
	a, err := s.shown(ctx, id)
	if err != nil {
		return Article{}, err
	}
	r, err := s.Store.Record(ctx, a.ID, 0)
	if err != nil {
		return Article{}, err
	}
	versions, err := s.Store.Versions(ctx, a.ID)
	if err != nil {
		return Article{}, err
	}
	g, err := s.gate(ctx)
	if err != nil {
		return Article{}, err
	}
	allowed := g.of(news.Optional(a.Feed))
	title := func(t string) news.Optional { return news.Optional(rights.Passage(allowed, t)) }
	out := Article{
		ID: a.ID, URL: news.Optional(a.URL), Publisher: news.Optional(a.Publisher), Source: news.Optional(a.Feed), Title: title(a.Title),
		Authors: append([]string{}, r.Article.Authors...), Published: news.Optional(a.Published), Language: news.Optional(a.Language), FirstSeen: a.FirstSeen, Changed: a.Changed,
		Rights: allowed, TextSHA256: r.Article.TextSHA256, Versions: []Version{}, Warnings: append([]news.Warning{}, r.Warnings...),
	}
	out.Text, out.Whole = rights.Text(allowed, r.Article.Text)
	if story, err := s.Store.StoryOf(ctx, a.ID); err == nil {
		out.Story = news.Optional(story)
	}
	for _, v := range versions {
		out.Versions = append(out.Versions, Version{N: v.N, At: v.At, Title: title(v.Title), TextSHA256: v.TextSHA256, Action: string(v.Action), Note: news.Optional(v.Note), Edits: len(v.Difference)})
	}
	return out, nil
}

// Source is a source that is checked for new articles.
type Source struct {
	ID          string         `json:"id"`
	Kind        news.FeedKind  `json:"kind"`
	URL         string         `json:"url"`
	Title       string         `json:"title"`
	Publisher   string         `json:"publisher"`
	Rights      news.Rights    `json:"rights" doc:"what of its words may leave: full, snippet, nothing"`
	State       news.FeedState `json:"state"`
	StateReason string         `json:"state_reason"`
	CheckedAt   *time.Time     `json:"checked_at"`
	ChangedAt   *time.Time     `json:"changed_at" doc:"when a check last found something new"`
	NextCheck   *time.Time     `json:"next_check"`
	NextReason  string         `json:"next_reason" doc:"what decided it"`
	LastError   string         `json:"last_error"`
}

func sourceOf(f news.Feed) Source {
	moment := func(t time.Time) *time.Time {
		if t.IsZero() {
			return nil
		}
		return &t
	}
	return Source{
		ID: f.ID, Kind: f.Kind, URL: f.URL, Title: f.Title, Publisher: f.Publisher, Rights: f.Rights, State: f.State, StateReason: f.StateReason,
		CheckedAt: moment(f.CheckedAt), ChangedAt: moment(f.ChangedAt), NextCheck: moment(f.NextCheck), NextReason: f.NextReason, LastError: f.LastError,
	}
}
