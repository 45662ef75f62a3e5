package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/store"
)

// ledgerID is an id of a story, event, claim or actor.
var ledgerID = regexp.MustCompile(`^[tecn][0-9a-f]{16}$`)

// ofStore reports whether arguments ask for what a store holds: there are none,
// or they are ids.
func ofStore(args []string) bool {
	for _, a := range args {
		if _, err := os.Stat(a); err == nil || !ledgerID.MatchString(a) {
			return false
		}
	}
	return true
}

// listed asks a store for a page of a list.
type listed struct {
	limit  int
	before string
	next   string // the cursor for the page after
}

// storeAcross gathers from a store what an id names, or without one the newest.
func storeAcross(ctx context.Context, s streams, d store.Store, what string, list func(context.Context, store.Store, *across, *listed) error, l *listed, all bool, ids []string) (*across, error) {
	x := &across{state: &ledger.State{}, articles: map[string]ledger.Article{}, whole: len(ids) > 0}
	for _, id := range ids {
		if err := x.gather(ctx, s.err, d, id); err != nil {
			return nil, err
		}
	}
	if len(ids) == 0 {
		err := error(nil)
		if list != nil {
			err = list(ctx, d, x, l)
		} else {
			err = x.newest(ctx, d, what, l, all)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := x.name(ctx, d); err != nil {
		return nil, err
	}
	return x, nil
}

// gather takes what an id names; one that is part of another now leads there.
func (x *across) gather(ctx context.Context, w io.Writer, d store.Store, id string) error {
	err := x.take(ctx, d, id)
	var merged *store.MergedError
	if errors.As(err, &merged) {
		fmt.Fprintf(w, "onrecord: %s\n", merged)
		err = x.take(ctx, d, merged.Into)
	}
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%s is not in the store", id)
	}
	return err
}

func (x *across) take(ctx context.Context, d store.Store, id string) error {
	switch id[0] {
	case 't':
		v, err := d.Story(ctx, id)
		if err != nil {
			return err
		}
		x.stories = append(x.stories, v)
		events, claims, err := d.LedgerOf(ctx, []string{id})
		x.state.Events, x.state.Claims = append(x.state.Events, events...), append(x.state.Claims, claims...)
		return err
	case 'e':
		v, err := d.ResolvedEvent(ctx, id)
		if err != nil {
			return err
		}
		x.state.Events = append(x.state.Events, v)
		for _, c := range v.Claims {
			claim, err := d.Claim(ctx, c)
			if err != nil {
				return err
			}
			x.state.Claims = append(x.state.Claims, claim)
		}
		return nil
	case 'c':
		v, err := d.Claim(ctx, id)
		x.state.Claims = append(x.state.Claims, v)
		return err
	case 'n':
		a, err := d.Actor(ctx, id)
		if err != nil {
			return err
		}
		claims, err := d.Claims(ctx, store.ClaimListing{Actor: id, Limit: 1000})
		for _, c := range claims {
			x.state.Claims = append(x.state.Claims, c.Claim)
		}
		x.actors = append(x.actors, a)
		return err
	}
	return store.ErrNotFound
}

// newest takes a page of what a command shows.
func (x *across) newest(ctx context.Context, d store.Store, what string, l *listed, all bool) error {
	switch what {
	case "event":
		told := 2
		if all {
			told = 0
		}
		rows, err := d.ResolvedEvents(ctx, store.EventListing{Told: told, Before: l.before, Limit: l.limit})
		for _, r := range rows {
			x.state.Events, l.next = append(x.state.Events, r.ResolvedEvent), r.Cursor
		}
		l.end(len(rows))
		return err
	case "claim":
		rows, err := d.Claims(ctx, store.ClaimListing{Contested: !all, Before: l.before, Limit: l.limit})
		for _, r := range rows {
			x.state.Claims, l.next = append(x.state.Claims, r.Claim), r.Cursor
		}
		l.end(len(rows))
		return err
	case "figures":
		rows, err := d.Figures(ctx, store.FigureListing{Before: l.before, Limit: l.limit})
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, r := range rows {
			l.next = r.Cursor
			if seen[r.Event] {
				continue
			}
			seen[r.Event] = true
			v, err := d.ResolvedEvent(ctx, r.Event)
			if err != nil {
				return err
			}
			x.state.Events = append(x.state.Events, v)
		}
		l.end(len(rows))
	}
	return nil
}

// end forgets the cursor where the page was the last.
func (l *listed) end(rows int) {
	if l.limit <= 0 {
		l.limit = 20
	}
	if rows < l.limit {
		l.next = ""
	}
}

// name looks up who published the articles that are spoken of, and when.
func (x *across) name(ctx context.Context, d store.Store) error {
	add := func(id string) error {
		if _, known := x.articles[id]; known || id == "" {
			return nil
		}
		a, err := d.Article(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			return nil // forgotten, and not yet settled
		}
		x.articles[id] = ledger.Article{ID: id, Outlet: a.Publisher, Published: a.Published}
		return err
	}
	var ids []string
	for _, v := range x.stories {
		for _, m := range v.Members {
			ids = append(ids, m.Article)
		}
	}
	for _, v := range x.state.Events {
		for _, m := range v.Members {
			ids = append(ids, m.Article)
		}
		for _, f := range v.Figures {
			ids = append(ids, f.Article)
		}
	}
	for _, c := range x.state.Claims {
		ids = append(ids, c.Words.Article)
		for _, st := range c.Stances {
			ids = append(ids, st.Article)
		}
	}
	for _, a := range x.actors {
		for _, r := range a.Roles {
			ids = append(ids, r.Evidence.Article)
		}
		for _, j := range a.Joins {
			ids = append(ids, j.Member.Article, j.To.Article)
		}
	}
	for _, id := range ids {
		if err := add(id); err != nil {
			return err
		}
	}
	return nil
}
