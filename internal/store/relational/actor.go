package relational

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// Actor returns one actor.
func (s *Store) Actor(ctx context.Context, id string) (news.Actor, error) {
	return readOne[news.Actor](ctx, s, "actor", "actor", id)
}

// ActorOf is the id of the actor that an entity of a record is of.
func (s *Store) ActorOf(ctx context.Context, article, entity string) (string, error) {
	return s.one(ctx, fmt.Sprintf("actor of %s in %s", entity, article),
		"SELECT m.actor FROM actor_article m JOIN article a ON a.key = m.article WHERE a.id = $1 AND m.entity = $2", article, entity)
}

// Actors lists actors.
func (s *Store) Actors(ctx context.Context, in store.ActorListing) ([]store.ActorRow, error) {
	l := &listing{from: "actor c", columns: "c.type, c.name, c.country, c.articles, c.first, c.last", by: "c.articles", number: true, id: "c.id", before: in.Before, limit: in.Limit}
	switch in.Order {
	case "", store.ActorsArticles:
	case store.ActorsNewest:
		l.by, l.number = "c.last", false
	default:
		return nil, fmt.Errorf("list actors: order %q is not known", in.Order)
	}
	if in.Name != "" {
		l.add("c.id IN (SELECT actor FROM actor_name WHERE folded = ?)", folded(in.Name))
	}
	if in.Type != "" {
		l.add("c.type = ?", string(in.Type))
	}
	out := []store.ActorRow{}
	err := s.b.Read(ctx, func(tx Tx) error {
		out = out[:0]
		return l.run(ctx, tx, func(r Rows, by, id any) error {
			var v store.ActorRow
			if err := r.Scan(by, id, opt(&v.Type), &v.Name, opt(&v.Country), &v.Articles, opt(&v.First), opt(&v.Last)); err != nil {
				return err
			}
			v.ID, v.Cursor = *id.(*string), cursorOf(by, id)
			out = append(out, v)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list actors: %w", err)
	}
	return out, nil
}

// ActorArticles lists live articles that name an actor, newest first.
func (s *Store) ActorArticles(ctx context.Context, actor string, before int64, limit int) ([]store.Article, error) {
	if limit <= 0 {
		limit = 20
	}
	sql := "SELECT " + articleColumns + " FROM (SELECT DISTINCT article, place FROM actor_article WHERE actor = $1"
	args := []any{actor}
	if before != 0 {
		sql += " AND place < $2"
		args = append(args, before)
	}
	sql += fmt.Sprintf(` ORDER BY place DESC LIMIT %d) m JOIN article a ON a.key = m.article JOIN record r ON r.article = a.key AND r.n = a.version
		WHERE a.state = 'live' ORDER BY m.place DESC`, min(limit, 1000))
	out := []store.Article{}
	err := s.b.Read(ctx, func(tx Tx) error {
		out = out[:0]
		return each(ctx, tx, sql, args, func(r Rows) error {
			a, err := scanArticle(r)
			out = append(out, a)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("articles of actor %s: %w", actor, err)
	}
	return out, nil
}

// Profiles returns the entities of some blocks, and the actors they are of.
func (s *Store) Profiles(ctx context.Context, blocks []string) ([]store.Profile, []store.BlockActor, error) {
	var profiles []store.Profile
	var actors []store.BlockActor
	err := s.b.Read(ctx, func(tx Tx) error {
		var err error
		if profiles, err = profilesWhere(ctx, tx, "m.block", blocks); err != nil {
			return err
		}
		actors = nil
		return inParts(ctx, tx, "SELECT block, body FROM actor WHERE block IN (%s) ORDER BY id", blocks, func(r Rows) error {
			var a store.BlockActor
			var body []byte
			if err := r.Scan(&a.Block, &body); err != nil {
				return err
			}
			if err := unzip(body, &a.Actor); err != nil {
				return err
			}
			actors = append(actors, a)
			return nil
		})
	})
	if err != nil {
		return nil, nil, fmt.Errorf("entities of %d blocks: %w", len(blocks), err)
	}
	return profiles, actors, nil
}

// ProfilesOf returns the entities of some articles.
func (s *Store) ProfilesOf(ctx context.Context, articles []string) ([]store.Profile, error) {
	var out []store.Profile
	err := s.b.Read(ctx, func(tx Tx) (err error) {
		out, err = profilesWhere(ctx, tx, "a.id", articles)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("entities of %d articles: %w", len(articles), err)
	}
	return out, nil
}

func profilesWhere(ctx context.Context, tx Tx, column string, values []string) ([]store.Profile, error) {
	var out []store.Profile
	err := inParts(ctx, tx, "SELECT a.id, m.entity, m.actor, m.block, m.profile, sa.story FROM actor_article m JOIN article a ON a.key = m.article LEFT JOIN story_article sa ON sa.article = m.article WHERE "+column+" IN (%s) ORDER BY a.id, m.entity", values, func(r Rows) error {
		var p store.Profile
		err := r.Scan(&p.Article, &p.Entity, &p.Actor, &p.Block, &p.Body, opt(&p.Story))
		out = append(out, p)
		return err
	})
	return out, err
}

// Blocks lists the blocks of actors after one.
func (s *Store) Blocks(ctx context.Context, after string, limit int) ([]string, error) {
	return s.column(ctx, "list blocks", "SELECT DISTINCT block FROM actor_article WHERE block > $1 ORDER BY block LIMIT $2", after, limit)
}
