package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// finish makes a claim of what was gathered.
func (b *builder) finish(c *claim) news.Claim {
	slices.SortFunc(c.props, func(x, y *proposition) int {
		return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.article.at, y.article.at), cmp.Compare(x.at, y.at))
	})
	earliest := slices.MinFunc(c.props, func(x, y *proposition) int { return cmp.Compare(x.at, y.at) })
	out := news.Claim{ID: ident("c", earliest.id()), Story: news.Optional(earliest.article.Story), Kind: claimKind(c),
		About: []string{}, Changed: []news.Turn{}, Silent: []string{}, Links: c.links}
	if out.Links == nil {
		out.Links = []news.Link{}
	}
	pro, con := map[string]bool{}, map[string]bool{}
	for _, p := range c.props {
		s := p.stanceOn(out.ID)
		out.Stances = append(out.Stances, s)
		switch {
		case s.Kind.For():
			pro[p.speaker.side] = true
		case s.Kind.Against():
			con[p.speaker.side] = true
		}
	}
	out.First = out.Stances[0].ID
	out.Origins = news.ClaimSides{For: len(pro), Against: len(con)}
	out.Contested, out.Why = contested(c)
	out.Changed = turns(c)
	out.Event = news.Optional(eventOfClaim(c))
	out.About, out.Silent = b.aboutWhom(c)
	// A charge tells what is claimed better than a plain statement does, and any
	// assertion better than its denial.
	words := c.props[0]
	for _, p := range c.props {
		if clarity(p) > clarity(words) {
			words = p
		}
	}
	out.Words = words.article.evidence(words.evidence[0])
	return out
}

func clarity(p *proposition) int {
	switch {
	case p.stance.For() && p.seed && !p.title:
		return 2
	case p.stance.For():
		return 1
	}
	return 0
}

func (p *proposition) stanceOn(claim string) news.Stance {
	s := news.Stance{ID: p.id(), Claim: claim, Source: p.speaker.voice, Kind: p.stance, Article: p.article.ID, Outlet: news.Optional(p.article.Outlet),
		Origin: p.article.Origin, Copies: p.copies, SaidAt: news.Optional(dateOf(p.day)), Published: news.Optional(p.article.Published), Why: p.why}
	if s.Copies == nil {
		s.Copies = []string{}
	}
	if p.statement != nil {
		s.Statement = news.Optional(p.statement.ID)
	}
	for _, e := range p.evidence {
		s.Evidence = append(s.Evidence, p.article.evidence(e))
	}
	return s
}

// contested: somebody holds it true and somebody else, who does not speak for
// the same body, holds it untrue. Voices that the text does not name are one
// with the text that they stand in.
func contested(c *claim) (bool, string) {
	// Of each side one voice of each stand will do.
	var voices []*proposition
	seen := map[string]bool{}
	for _, p := range c.props {
		if key := fmt.Sprint(p.speaker.side, p.stance.For(), p.stance.Against(), p.seed); !seen[key] && len(voices) < 1000 {
			seen[key] = true
			voices = append(voices, p)
		}
	}
	why, best := "", -1
	for _, x := range voices {
		if !x.stance.For() {
			continue
		}
		for _, y := range voices {
			if !y.stance.Against() || x.speaker.side == y.speaker.side {
				continue
			}
			// A charge and the reply of the one charged tell most.
			weight := 0
			if x.accused[y.speaker.side] {
				weight += 2
			}
			if x.seed {
				weight++
			}
			if weight > best {
				best = weight
				why = fmt.Sprintf("%s: %s; %s: %s", nameOfVoice(x), spoken(x.stance), nameOfVoice(y), spoken(y.stance))
			}
		}
	}
	if best >= 0 {
		return true, why
	}
	if len(c.props) == 1 {
		return false, "one voice only"
	}
	return false, "no two sources stand on opposite sides"
}

func spoken(k news.StanceKind) string { return strings.ReplaceAll(string(k), "_", " ") }

func nameOfVoice(p *proposition) string {
	if p.speaker.voice.Name == "" {
		return "an unnamed source"
	}
	return p.speaker.voice.Name
}

// turns are the sources that stand otherwise than they did before.
func turns(c *claim) []news.Turn {
	out := []news.Turn{}
	last := map[string]*proposition{}
	for _, p := range c.props {
		if !p.stance.For() && !p.stance.Against() {
			continue
		}
		if prev := last[p.speaker.side]; prev != nil && prev.stance.For() != p.stance.For() {
			out = append(out, news.Turn{Source: nameOfVoice(p), From: prev.id(), To: p.id()})
		}
		last[p.speaker.side] = p
	}
	return out
}

// eventOfClaim is the resolved event that most of the stances speak of.
func eventOfClaim(c *claim) string {
	votes, best := map[string]int{}, ""
	for _, p := range c.props {
		for e := range p.events {
			votes[e]++
		}
	}
	for e, n := range votes {
		if best == "" || n > votes[best] || n == votes[best] && e < best {
			best = e
		}
	}
	return best
}

// aboutWhom lists those whom the assertions charge or name, and of these the
// ones that take no stand.
func (b *builder) aboutWhom(c *claim) (about, silent []string) {
	about, silent = []string{}, []string{}
	heard, seen := map[string]bool{}, map[string]bool{}
	for _, p := range c.props {
		if p.stance != news.DeclinesComment {
			heard[p.speaker.side] = true
		}
	}
	for _, p := range c.props {
		if !p.stance.For() {
			continue
		}
		var names []string
		for k := range p.accused {
			if f := b.cast.keys[k]; f != nil && !seen[k] {
				seen[k] = true
				names = append(names, f.name)
				if !heard[k] && !f.generic {
					silent = append(silent, f.name)
				}
			}
		}
		slices.Sort(names)
		about = append(about, names...)
	}
	slices.Sort(silent)
	return about, silent
}

// claimKind tells a deed from a relation, a cause and other facts.
func claimKind(c *claim) news.ClaimKind {
	kind := news.ClaimFact
	for _, p := range c.props {
		switch {
		case table.has("cause", p.text):
			return news.ClaimCause
		case table.has("nothing to do", p.text) && len(c.props) < 3:
			kind = news.ClaimRelation
		case kind == news.ClaimFact && (p.stance == news.ClaimsResponsible || p.seed && p.stance == news.Asserts):
			kind = news.ClaimDeed
		}
	}
	return kind
}

// tie notes on each event the claims about it.
func (b *builder) tie() {
	at := map[string]int{}
	for i := range b.state.Events {
		at[b.state.Events[i].ID] = i
	}
	for i := range b.state.Claims {
		c := &b.state.Claims[i]
		if j, ok := at[string(c.Event)]; ok {
			v := &b.state.Events[j]
			v.Claims = append(v.Claims, c.ID)
			v.Contested = v.Contested || c.Contested
		}
	}
}
