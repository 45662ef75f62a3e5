package jobs

import (
	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// whoIs tells of parties, stances and figures which entities of records they
// are.
func whoIs(state *ledger.State, records map[string]*news.Record) map[string]news.ActorRef {
	out := map[string]news.ActorRef{}
	put := func(key, article string, entity news.Optional) {
		if entity.Known() {
			out[key] = news.ActorRef{Article: article, Entity: string(entity)}
		}
	}
	source := func(r *news.Record, statement news.Optional) news.Optional {
		for i := range r.Statements {
			if st := &r.Statements[i]; st.ID == string(statement) && st.Source != nil {
				return st.Source.Entity
			}
		}
		return ""
	}
	for i := range state.Events {
		v := &state.Events[i]
		for _, side := range []struct {
			role string
			of   []news.Side
		}{{"actor", v.Actors}, {"recipient", v.Recipients}} {
			for n, p := range side.of {
				for _, e := range p.Evidence {
					if r := records[e.Article]; r != nil {
						put(store.PartyKey(v.ID, side.role, n), e.Article, partyAt(r, e.Span))
						break
					}
				}
			}
		}
		for _, f := range v.Figures {
			if r := records[f.Article]; r != nil && !f.Source.Own {
				put(f.ID, f.Article, source(r, countAt(r, f.Evidence.Span)))
			}
		}
	}
	for i := range state.Claims {
		c := &state.Claims[i]
		for _, st := range c.Stances {
			if r := records[st.Article]; r != nil && st.Statement.Known() {
				put(st.ID, st.Article, source(r, st.Statement))
			}
		}
		for n, name := range c.About {
			for _, st := range c.Stances {
				if e := named(records[st.Article], name); e.Known() {
					put(store.AboutKey(c.ID, n), st.Article, e)
					break
				}
			}
		}
	}
	return out
}

// partyAt is the entity of the party whose words stand at a place of the text.
func partyAt(r *news.Record, at news.Span) news.Optional {
	for i := range r.Events {
		for _, list := range [][]news.Party{r.Events[i].Actors, r.Events[i].Recipients} {
			for _, p := range list {
				if p.Start == at.Start && p.End == at.End && p.Entity.Known() {
					return p.Entity
				}
			}
		}
	}
	return ""
}

// countAt is the statement that gives the count at a place of the text.
func countAt(r *news.Record, at news.Span) news.Optional {
	for i := range r.Events {
		for _, c := range r.Events[i].Counts {
			if c.Start == at.Start && c.End == at.End && c.Statement.Known() {
				return c.Statement
			}
		}
	}
	return ""
}

// named is the entity of a name.
func named(r *news.Record, name string) news.Optional {
	if r == nil {
		return ""
	}
	for i := range r.Entities {
		if r.Entities[i].Name == name {
			return news.Optional(r.Entities[i].ID)
		}
	}
	return ""
}
