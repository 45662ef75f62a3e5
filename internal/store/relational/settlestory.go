package relational

import (
	"context"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// stories writes stories with their events, claims and figures.
func (w *settling) stories(ctx context.Context, tx Tx) error {
	for _, v := range w.Stories { // keys may change hands
		if _, err := tx.Exec(ctx, "DELETE FROM story WHERE id = $1 OR key = $2", v.Story.ID, v.Key); err != nil {
			return fmt.Errorf("put story %s: %w", v.Story.ID, err)
		}
	}
	for i := range w.Stories {
		if err := w.story(ctx, tx, i); err != nil {
			return fmt.Errorf("put story %s: %w", w.Stories[i].Story.ID, err)
		}
	}
	return nil
}

func (w *settling) story(ctx context.Context, tx Tx, i int) error {
	v := &w.Stories[i]
	s := &v.Story
	var place string
	var country, lat, lon, kind any
	if s.Place != nil {
		place, country, lat, lon = s.Place.Name, optional(s.Place.Country), s.Place.Lat, s.Place.Lon
	}
	if len(s.Types) > 0 {
		kind = string(s.Types[0])
	}
	err := insert(ctx, tx, "story", "id, key, title, first, last, place, country, lat, lon, type, articles, origins, events, claims, disputes, told, settled, line, body", [][]any{{
		s.ID, v.Key, s.Title, string(s.First), string(s.Last), place, country, lat, lon, kind, len(s.Members), len(s.Origins),
		v.Row.Events, v.Row.Claims, v.Row.Contested, v.Told, w.At.UTC(), w.line[i], w.body[i],
	}})
	if err != nil || !v.Ledger {
		return err
	}
	who, err := w.actorsIn(ctx, tx, v)
	if err != nil {
		return err
	}
	for j := range v.Events {
		if err := w.event(ctx, tx, v, &v.Events[j], w.events[i][j], w.counts[i][j], who); err != nil {
			return fmt.Errorf("event %s: %w", v.Events[j].ID, err)
		}
	}
	for j := range v.Claims {
		if err := w.claim(ctx, tx, v, &v.Claims[j], w.claims[i][j], who); err != nil {
			return fmt.Errorf("claim %s: %w", v.Claims[j].ID, err)
		}
	}
	return nil
}

// actorsIn tells the actors of what a story's Who names.
func (w *settling) actorsIn(ctx context.Context, tx Tx, v *store.SettledStory) (func(key string) any, error) {
	byArticle := map[string]bool{}
	var articles []string
	for _, ref := range v.Who {
		if !byArticle[ref.Article] {
			byArticle[ref.Article] = true
			articles = append(articles, ref.Article)
		}
	}
	of := map[news.ActorRef]string{}
	err := inParts(ctx, tx, "SELECT a.id, m.entity, m.actor FROM actor_article m JOIN article a ON a.key = m.article WHERE a.id IN (%s)", articles, func(r Rows) error {
		var ref news.ActorRef
		var actor string
		err := r.Scan(&ref.Article, &ref.Entity, &actor)
		of[ref] = actor
		return err
	})
	return func(key string) any { return optional(of[v.Who[key]]) }, err
}

func (w *settling) event(ctx context.Context, tx Tx, v *store.SettledStory, e *news.ResolvedEvent, body []byte, figures [][]byte, who func(string) any) error {
	for _, sql := range dropEvent {
		if _, err := tx.Exec(ctx, sql, e.ID); err != nil {
			return err
		}
	}
	var place string
	var country, admin1, lat, lon, exact any
	if p := e.Place.Value; p != nil {
		place = p.Name
		if p.Place != nil {
			country, admin1, lat, lon, exact = optional(p.Place.Country), optional(p.Place.Admin1), p.Place.Lat, p.Place.Lon, string(p.Place.Precision)
		}
	}
	t := e.Time.Value
	err := insert(ctx, tx, "resolved_event", "id, story, type, mode, modality, background, earliest, latest, precision, place, country, admin1, lat, lon, exact, reported, articles, origins, contested, body", [][]any{{
		e.ID, v.Story.ID, string(e.Type.Value), optional(e.Mode.Value), string(e.Modality.Value), e.Background, optional(t.Earliest), optional(t.Latest), string(t.Precision),
		place, country, admin1, lat, lon, exact, string(e.Reported), e.Articles, e.Origins, e.Contested, body,
	}})
	if err != nil {
		return err
	}
	var members, parties, tolls, rows [][]any
	for _, m := range e.Members {
		if key := w.keys[m.Article]; key != 0 {
			members = append(members, []any{key, m.Event, e.ID})
			// It may have been of another event until now.
			if _, err := tx.Exec(ctx, "DELETE FROM resolved_member WHERE article = $1 AND event = $2", key, m.Event); err != nil {
				return err
			}
		}
	}
	for _, side := range []struct {
		role string
		of   []news.Side
	}{{"actor", e.Actors}, {"recipient", e.Recipients}} {
		for n, p := range side.of {
			parties = append(parties, []any{e.ID, side.role, n, p.Name, folded(p.Name), who(store.PartyKey(e.ID, side.role, n))})
		}
	}
	for _, t := range e.Tolls {
		tolls = append(tolls, []any{e.ID, string(t.Kind), pointer(t.Low), pointer(t.Best), pointer(t.High)})
	}
	for n := range e.Figures {
		f := &e.Figures[n]
		rows = append(rows, []any{e.ID, n, f.ID, v.Story.ID, string(f.Kind), pointer(f.Low), pointer(f.Best), pointer(f.High), string(f.Qualifier), f.Part,
			f.Source.Name, folded(f.Source.Name), f.Source.Own, who(f.ID), string(f.Standing), string(f.Fate), w.keys[f.Article], string(f.SaidAt), string(f.Published), figures[n]})
	}
	for _, t := range []table{
		{"resolved_member", "article, event, resolved", members},
		{"resolved_party", "event, role, n, name, folded, actor", parties},
		{"toll", "event, kind, low, best, high", tolls},
		{"figure", "event, n, id, story, kind, low, best, high, qualifier, part, source, folded, own, actor, standing, fate, article, said_at, published, body", rows},
	} {
		if err := insert(ctx, tx, t.name, t.columns, t.rows); err != nil {
			return err
		}
	}
	return nil
}

func (w *settling) claim(ctx context.Context, tx Tx, v *store.SettledStory, c *news.Claim, body []byte, who func(string) any) error {
	for _, sql := range dropClaim {
		if _, err := tx.Exec(ctx, sql, c.ID); err != nil {
			return err
		}
	}
	first, last := "", ""
	var stances, about [][]any
	for n := range c.Stances {
		st := &c.Stances[n]
		day := string(st.SaidAt)
		if day != "" && (first == "" || day < first) {
			first = day
		}
		last = max(last, day)
		stances = append(stances, []any{c.ID, n, st.ID, string(st.Kind), st.Source.Name, folded(st.Source.Name), st.Source.Own, who(st.ID), w.keys[st.Article], day})
	}
	err := insert(ctx, tx, "claim", "id, story, kind, event, words, first, last, contested, favour, against, body", [][]any{{
		c.ID, v.Story.ID, string(c.Kind), optional(c.Event), cut(strings.Join(strings.Fields(c.Words.Text), " "), 1000), first, last, c.Contested, c.Origins.For, c.Origins.Against, body,
	}})
	if err != nil {
		return err
	}
	for n, name := range c.About {
		about = append(about, []any{c.ID, n, name, folded(name), who(store.AboutKey(c.ID, n))})
	}
	if err := insert(ctx, tx, "claim_about", "claim, n, name, folded, actor", about); err != nil {
		return err
	}
	return insert(ctx, tx, "stance", "claim, n, id, kind, source, folded, own, actor, article, said_at", stances)
}

// joinActors writes whom the entities of records are of, and the actors.
func (w *settling) joinActors(ctx context.Context, tx Tx) error {
	for _, p := range w.Profiles {
		key := w.keys[p.Article]
		if key == 0 {
			continue
		}
		if p.Actor == "" {
			if _, err := tx.Exec(ctx, "DELETE FROM actor_article WHERE article = $1 AND entity = $2", key, p.Entity); err != nil {
				return fmt.Errorf("take entity %s of %s out: %w", p.Entity, p.Article, err)
			}
			continue
		}
		_, err := tx.Exec(ctx, `INSERT INTO actor_article (article, entity, actor, block, place, profile)
			VALUES ($1, $2, $3, $4, (SELECT cursor FROM article WHERE key = $1), $5)
			ON CONFLICT (article, entity) DO UPDATE SET actor=excluded.actor, block=excluded.block, place=excluded.place, profile=excluded.profile`,
			key, p.Entity, p.Actor, p.Block, p.Body)
		if err != nil {
			return fmt.Errorf("put entity %s of %s: %w", p.Entity, p.Article, err)
		}
	}
	for i := range w.Actors {
		a := &w.Actors[i]
		for _, sql := range []string{"DELETE FROM actor WHERE id = $1", "DELETE FROM actor_name WHERE actor = $1"} {
			if _, err := tx.Exec(ctx, sql, a.ID); err != nil {
				return fmt.Errorf("put actor %s: %w", a.ID, err)
			}
		}
		err := insert(ctx, tx, "actor", "id, block, type, name, folded, country, articles, first, last, body", [][]any{{
			a.ID, a.Block, string(a.Type), a.Name, folded(a.Name), optional(a.Country), a.Articles, string(a.First), string(a.Last), w.actors[i]}})
		if err != nil {
			return fmt.Errorf("put actor %s: %w", a.ID, err)
		}
		seen := map[string]bool{}
		var names [][]any
		for _, n := range a.Names {
			if f := folded(n.Name); !seen[f] {
				seen[f] = true
				names = append(names, []any{f, a.ID})
			}
		}
		if err := insert(ctx, tx, "actor_name", "folded, actor", names); err != nil {
			return fmt.Errorf("put the names of actor %s: %w", a.ID, err)
		}
	}
	// What named an actor that is part of another names that one.
	for _, c := range w.Changes {
		if c.Object != "actor" || c.Kind != news.ChangeMerged {
			continue
		}
		for _, t := range []string{"resolved_party", "claim_about", "stance", "figure"} {
			if _, err := tx.Exec(ctx, "UPDATE "+t+" SET actor = $2 WHERE actor = $1", c.ID, string(c.Into)); err != nil {
				return fmt.Errorf("merge actor %s: %w", c.ID, err)
			}
		}
	}
	return nil
}
