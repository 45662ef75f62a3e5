package alert

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/rights"
	"github.com/onrecord/onrecord/internal/store"
)

// Sources are what says whose words may leave.
type Sources interface {
	Feeds(ctx context.Context) ([]news.Feed, error)
	Article(ctx context.Context, id string) (store.Article, error)
}

// Entry is one row as a message tells it. Its words are those that may leave.
type Entry struct {
	ID      string `json:"id"` // ARTICLE, ARTICLE/v1, or the id of a story, claim …
	Title   string `json:"title"`
	Summary string `json:"summary,omitempty"`
	Author  string `json:"author,omitempty"` // who says it, or the outlet
	At      string `json:"at,omitempty"`     // a day or RFC 3339
	Link    string `json:"link,omitempty"`

	key string // what tells this state of the row from others
}

// telling makes entries of rows.
type telling struct {
	base    string
	gate    rights.Gate
	sources Sources
	feeds   map[string]string // of articles that were looked up
}

// entries are the newest rows of an alert's query.
func (r *Runner) entries(ctx context.Context, a store.Alert) ([]Entry, error) {
	q, err := query.Parse(a.Query)
	if err != nil {
		return nil, err
	}
	page, err := r.s.Search(ctx, query.Search{Kind: query.Kind(a.Kind), Query: q, Now: r.now(), Limit: MaxRows})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	feeds, err := r.s.Feeds(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the sources' rights: %w", err)
	}
	t := &telling{base: strings.TrimRight(r.o.Base, "/"), gate: rights.NewGate(feeds), sources: r.s, feeds: map[string]string{}}
	return t.page(ctx, &page)
}

func (t *telling) page(ctx context.Context, page *query.Page) ([]Entry, error) {
	var out []Entry
	put := func(e Entry, state string) {
		e.Title, e.Summary, e.Author = oneLine(e.Title), oneLine(e.Summary), oneLine(e.Author)
		if e.Title == "" {
			e.Title = e.ID // words that may not leave
		}
		sum := sha256.Sum256([]byte(e.ID + "\x00" + state))
		e.key = hex.EncodeToString(sum[:10])
		out = append(out, e)
	}
	for i := range page.Articles {
		e := t.of(&page.Articles[i], "")
		put(e, "")
	}
	for i := range page.Statements {
		s := &page.Statements[i]
		e := t.of(&s.Article, s.ID)
		if s.Speaker != nil {
			e.Author = t.name(&s.Article, *s.Speaker)
		}
		e.Title, e.Summary = strings.TrimSpace(e.Author+" — "+strings.ReplaceAll(string(s.Act), "_", " ")), t.words(&s.Article, s.Words)
		put(e, "")
	}
	for i := range page.Events {
		v := &page.Events[i]
		e := t.of(&v.Article, v.ID)
		e.Title, e.Summary = t.happening(v), t.words(&v.Article, v.Words)
		put(e, "")
	}
	for i := range page.Stories {
		s := &page.Stories[i]
		// Its title is a headline of some article, whose rights the row does not tell.
		put(Entry{ID: s.ID, Title: storyTitle(s), Summary: fmt.Sprintf("%d articles, %d independent, %d contested", s.Articles, s.Origins, s.Contested), At: string(s.Last), Link: t.link("stories", s.ID, "")}, fmt.Sprint(s.Contested > 0))
	}
	for i := range page.Claims {
		c := &page.Claims[i]
		words, err := t.evidence(ctx, c.Words)
		if err != nil {
			return nil, err
		}
		e := Entry{ID: c.ID, Title: words, Summary: c.Why, Link: t.link("claims", c.ID, "")}
		for j := range c.Stances {
			e.At = max(e.At, string(c.Stances[j].SaidAt))
		}
		// A claim is told again when somebody takes a stand on it.
		put(e, fmt.Sprint(len(c.Stances), c.Contested))
	}
	for i := range page.Figures {
		f := &page.Figures[i]
		words, err := t.evidence(ctx, f.Evidence)
		if err != nil {
			return nil, err
		}
		put(Entry{ID: f.ID, Title: string(f.Kind) + ": " + words, Summary: f.Why, Author: f.Source.Name, At: string(f.SaidAt), Link: t.link("events", f.Event, "")}, string(f.Fate))
	}
	for i := range page.Actors {
		a := &page.Actors[i]
		put(Entry{ID: a.ID, Title: a.Name, Summary: fmt.Sprintf("%s, named by %d articles", a.Type, a.Articles), At: string(a.Last), Link: t.link("actors", a.ID, "")}, "")
	}
	return out, nil
}

func storyTitle(s *query.StoryRow) string {
	var parts []string
	for _, ty := range s.Types {
		parts = append(parts, string(ty))
		break
	}
	parts = append(parts, s.Parties...)
	if s.Place != nil {
		parts = append(parts, s.Place.Name)
	}
	return strings.Join(parts, " · ")
}

func (t *telling) of(a *query.ArticleRow, part string) Entry {
	e := Entry{ID: a.ID, Title: rights.Passage(t.gate.Of(string(a.Feed)), string(a.Title)), Author: string(a.Publisher), At: string(a.Published), Link: t.link("articles", a.ID, part)}
	if part != "" {
		e.ID += "/" + part
	}
	if e.Link == "" {
		e.Link = string(a.URL)
	}
	return e
}

func (t *telling) link(kind, id, part string) string {
	if t.base == "" {
		return ""
	}
	l := t.base + "/" + kind + "/" + id
	if part != "" {
		l += "#" + part
	}
	return l
}

func (t *telling) words(a *query.ArticleRow, s string) string {
	return rights.Passage(t.gate.Of(string(a.Feed)), s)
}

// name is somebody's name; words that stand in its place are the article's.
func (t *telling) name(a *query.ArticleRow, n query.Name) string {
	if n.Entity != "" {
		return n.Name
	}
	return t.words(a, n.Name)
}

func (t *telling) happening(v *query.EventRow) string {
	parts := []string{strings.TrimSpace(string(v.Type) + " " + string(v.Mode))}
	for _, side := range []struct {
		name string
		of   []query.Name
	}{{"by ", v.Actors}, {"to ", v.Recipients}} {
		var names []string
		for _, n := range side.of {
			if n := t.name(&v.Article, n); n != "" {
				names = append(names, n)
			}
		}
		if len(names) > 0 {
			parts = append(parts, side.name+strings.Join(names, ", "))
		}
	}
	if v.Place != nil {
		if n := t.name(&v.Article, v.Place.Name); n != "" {
			parts = append(parts, "at "+n)
		}
	}
	if v.Earliest != "" {
		parts = append(parts, string(v.Earliest))
	}
	return strings.Join(parts, "; ")
}

// evidence are the words of an article that may leave; none where it is gone.
func (t *telling) evidence(ctx context.Context, e news.Evidence) (string, error) {
	feed, ok := t.feeds[e.Article]
	if !ok {
		a, err := t.sources.Article(ctx, e.Article)
		switch {
		case errors.Is(err, store.ErrNotFound):
			return "", nil
		case err != nil:
			return "", fmt.Errorf("look up %s: %w", e.Article, err)
		}
		feed = a.Feed
		t.feeds[e.Article] = feed
	}
	return rights.Passage(t.gate.Of(feed), e.Text), nil
}
