package eval

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// claims judges the contested claims. One is found where a single contested
// claim of the ledger holds, of each side, at least one stance of gold; a
// contested claim that is none of gold's is false, and so is a second piece of
// one that was found.
func (j *ledgerJudge) claims() {
	taken := map[string]bool{}
	for i := range j.state.Claims {
		c := &j.state.Claims[i]
		if !c.Contested {
			continue
		}
		j.ClaimsGiven++
		g := j.match(c)
		switch {
		case g == nil:
			j.ClaimsFalse++
			j.note("claim in no gold: %s", claimLine(c))
		case !g.Contested:
			j.ClaimsFalse++
			j.note("claim %s is not contested: %s", g.Name, claimLine(c))
		case taken[g.Name]:
			j.ClaimsFalse++
			j.note("second piece of claim %s: %s", g.Name, claimLine(c))
		default:
			taken[g.Name] = true
			if !g.Optional {
				j.stances(g, c)
			}
		}
	}
	for _, g := range j.gold.Claims {
		if g.Contested && !g.Optional && !j.Claims.judge(taken[g.Name]) {
			j.note("claim missed: %s", g.Name)
		}
	}
}

func claimLine(c *news.Claim) string {
	var parts []string
	for _, s := range c.Stances {
		parts = append(parts, string(s.Kind)+" "+s.Source.Name+" “"+stanceWords(s)+"”")
	}
	return strings.Join(parts, "; ")
}

func stanceWords(s news.Stance) string {
	var w []string
	for _, e := range s.Evidence {
		w = append(w, squeeze(e.Text, 60))
	}
	return strings.Join(w, " … ")
}

// match finds the claim of gold that a claim of the ledger is.
func (j *ledgerJudge) match(c *news.Claim) *GoldClaim {
	var best *GoldClaim
	most := 0
	for i := range j.gold.Claims {
		g := &j.gold.Claims[i]
		pro, con := 0, 0
		for _, gs := range g.Stances {
			for _, s := range c.Stances {
				if !j.sameStance(gs, s) {
					continue
				}
				switch {
				case gs.Kind.For() && s.Kind.For():
					pro++
				case gs.Kind.Against() && s.Kind.Against():
					con++
				}
			}
		}
		if pro > 0 && con > 0 && pro+con > most {
			best, most = g, pro+con
		}
	}
	return best
}

// sameStance reports whether a stance rests on the words of gold's, whatever
// stand it takes.
func (j *ledgerJudge) sameStance(g GoldStance, s news.Stance) bool {
	if s.Article != g.Article || !spoken(s.Source, g.Sources) {
		return false
	}
	for _, e := range s.Evidence {
		if j.overlaps(g.Article, g.Words, e.Span) {
			return true
		}
	}
	return false
}

func (j *ledgerJudge) stances(g *GoldClaim, c *news.Claim) {
	for _, gs := range g.Stances {
		if gs.Optional {
			continue
		}
		right, near := false, ""
		for _, s := range c.Stances {
			if j.sameStance(gs, s) {
				near = string(s.Kind)
				right = right || s.Kind == gs.Kind
			}
		}
		if !j.Stances.judge(right) {
			j.note("stance on %s: %s %s in %s “%s”; given: %s", g.Name, strings.Join(gs.Sources, "/"), gs.Kind, gs.Article, gs.Words, near)
		}
	}
}
