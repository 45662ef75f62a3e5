package ledger

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// claim is one in the making: the propositions that take a stand on it.
type claim struct {
	props []*proposition
	links []news.Link
}

// sampled bounds how many stances of a claim a newcomer is held against.
const sampled = 24

// some are the first stances that were joined to a claim.
func (c *claim) some() []*proposition { return c.props[:min(len(c.props), sampled)] }

// claim gathers the claims of every story.
func (b *builder) claim(ctx context.Context) error {
	eventOf := map[news.EventRef]string{}
	for _, g := range b.groups {
		for _, m := range g.members {
			eventOf[m.ref] = g.id
		}
	}
	stories := map[string][]*proposition{}
	var scopes []string
	for _, a := range b.articles {
		scope := scopeOf(a)
		if stories[scope] == nil {
			scopes = append(scopes, scope)
		}
		stories[scope] = append(stories[scope], b.propositions(a, eventOf)...)
	}
	var all []*claim
	for _, scope := range scopes {
		if err := ctx.Err(); err != nil {
			return err
		}
		all = append(all, gather(once(stories[scope]))...)
	}
	for _, c := range all {
		b.state.Claims = append(b.state.Claims, b.finish(c))
	}
	slices.SortStableFunc(b.state.Claims, func(x, y news.Claim) int {
		return cmp.Or(strings.Compare(string(x.Stances[0].SaidAt), string(y.Stances[0].SaidAt)), strings.Compare(x.ID, y.ID))
	})
	b.tie()
	return nil
}

// once drops what copies of one text repeat, and numbers the rest.
func once(in []*proposition) []*proposition {
	seen := map[string]*proposition{}
	var out []*proposition
	for _, p := range in {
		key := p.article.Origin + "\x00" + p.text + "\x00" + p.speaker.voice.Name + "\x00" + string(p.stance)
		if o := seen[key]; o != nil && o.article != p.article {
			o.copies = append(o.copies, p.article.ID)
			continue
		}
		seen[key] = p
		p.at = len(out)
		out = append(out, p)
	}
	return out
}

// gather joins the propositions of a story into claims: first each denial with
// what it denies, then what says the same again, then those who only say it, and
// last those who say nothing.
func gather(all []*proposition) []*claim {
	s := newShelf(all)
	for _, seeds := range []bool{true, false} {
		for _, p := range all {
			if p.stance.Against() && p.seed == seeds {
				s.deny(p)
			}
		}
	}
	for _, p := range all {
		if p.seed && p.stance == news.Asserts {
			s.counter(p)
		}
	}
	for _, p := range all {
		if p.seed && p.stance != news.DeclinesComment {
			s.repeat(p)
		}
	}
	for i, p := range all {
		if i > 0 {
			goOn(p, all[i-1])
		}
	}
	for _, p := range all {
		if !p.seed && p.claim == nil {
			s.attach(p)
		}
	}
	for _, p := range all {
		if p.stance == news.DeclinesComment {
			s.silent(p)
		}
	}
	fuse(all)
	var out []*claim
	seen := map[*claim]bool{}
	for _, p := range all {
		if p.claim == nil && p.seed && p.stance != news.DeclinesComment && !p.pointer {
			p.claim = &claim{props: []*proposition{p}}
		}
		if p.claim != nil && !seen[p.claim] {
			seen[p.claim] = true
			out = append(out, p.claim)
		}
	}
	return out
}

// fuse joins claims that charge the same two parties with having to do with each
// other: what one is said to have paid, the other is said to have taken.
func fuse(all []*proposition) {
	first := map[string]*proposition{}
	for _, p := range all {
		if p.claim == nil || !p.stance.For() || len(p.accused) < 2 || len(p.accused) > 4 {
			continue
		}
		keys := slices.Sorted(maps.Keys(p.accused))
		for i, a := range keys {
			for _, b := range keys[i+1:] {
				if a == p.speaker.side || b == p.speaker.side {
					continue
				}
				o := first[a+"\x01"+b]
				if o == nil {
					first[a+"\x01"+b] = p
				} else if o.claim != p.claim {
					var f affinity
					f.add(linked, "the same two parties are charged")
					join(p, o, f)
				}
			}
		}
	}
}

// best finds the proposition that p is linked to most surely.
func (s *shelf) best(p *proposition, least float64, may func(*proposition) bool, weigh func(x, y *proposition) affinity) (to *proposition, how affinity) {
	for _, o := range s.near(p) {
		if !may(o) {
			continue
		}
		if f := weigh(o, p); f.score >= least && (to == nil || f.score > how.score) {
			to, how = o, f
		}
	}
	return to, how
}

// deny links what stands against something with what it stands against.
func (s *shelf) deny(p *proposition) {
	least := linked
	if !p.seed {
		least = linked + 0.5 // a mere negation must fit better
	}
	if p.stance == news.Doubts && s.disbelieve(p) {
		return
	}
	to, how := s.best(p, least, func(o *proposition) bool {
		if !o.stance.For() || o.speaker.side == p.speaker.side && p.stance != news.Retracts {
			return false
		}
		if !p.seed {
			// "We have dumped nothing": by whoever is charged, and of the deed.
			if !o.seed && o.claim == nil {
				return false // two plain statements make no dispute
			}
			n, _ := o.overlap(p)
			return n > 0 && (o.accused[p.speaker.side] && (ownDeed(p.text) || n > 1) || antonyms(o, p) && n > 1)
		}
		if o.seed || p.answersOf(o) {
			return true
		}
		n, _ := o.overlap(p)
		if o.harmful && o.accused[p.speaker.side] && len(o.accused) == 1 {
			return true // it charges nobody else
		}
		return n > 1 || n > 0 && (p.pointer || shared(o.events, p.events) > 0 || o.accused[p.speaker.side])
	}, link)
	if to != nil {
		to = s.meant(p, to)
		join(p, to, how)
		s.sameDenial(p, to)
	}
}

// sameDenial: who dismisses a finding on an event of which the same side denies
// a charge denies that charge again.
func (s *shelf) sameDenial(p, to *proposition) {
	if !p.pointer || len(to.events) == 0 {
		return
	}
	for _, o := range s.near(p) {
		if o.at < p.at && o.claim != nil && o.claim != p.claim && o.stance == news.Denies && o.speaker.side == p.speaker.side &&
			slices.ContainsFunc(o.claim.some(), func(q *proposition) bool { return shared(q.events, to.events) > 0 }) {
			var f affinity
			f.add(linked, "the same side denies what is said of the same event")
			join(p, o, f)
			return
		}
	}
}

// answersOf reports whether the record says that p answers o.
func (p *proposition) answersOf(o *proposition) bool {
	return p.article == o.article && o.statement != nil && p.answers[o.statement.ID]
}

// meant: a denial of "it" that follows several statements of one side is of the
// one that charges the denier with a deed; one of "the finding" is of what an
// expert or a report said.
func (s *shelf) meant(p, to *proposition) *proposition {
	if !p.pointer || p.article != to.article {
		return to
	}
	finding := strings.Contains(p.text, " finding ") || strings.Contains(p.text, " findings ") || strings.Contains(p.text, " report ")
	best := to
	for _, o := range s.by["article "+p.article.ID] {
		if o.at >= p.at || !o.stance.For() {
			continue
		}
		switch {
		case finding && o.expert():
			return o
		case !finding && !to.seed && o.speaker.side == to.speaker.side && to.at-o.at <= 3 && o.at < to.at && len(o.events) > 0 && o.accused[p.speaker.side]:
			best = o
		}
	}
	return best
}

func (p *proposition) expert() bool {
	if p.statement != nil && p.statement.Act == news.Report {
		return true
	}
	for _, w := range tokens(p.speaker.voice.Name) {
		if table.in("expert", w) {
			return true
		}
	}
	return false
}

// disbelieve: "it did not believe him" is against what he said last in the
// article, a confirmation or denial before other things.
func (s *shelf) disbelieve(p *proposition) bool {
	var to *proposition
	for _, o := range s.by["article "+p.article.ID] {
		if o.at >= p.at || o.speaker.side == p.speaker.side || !p.accused[o.speaker.side] {
			continue
		}
		if to == nil || o.seed || !to.seed {
			to = o
		}
	}
	if to == nil {
		return false
	}
	if !to.stance.For() {
		return false
	}
	var f affinity
	f.add(linked, "does not believe what "+to.speaker.voice.Name+" said")
	join(p, to, f)
	return true
}

// counter: a charge that answers a charge by laying the same thing on the one who
// made it is a denial of that.
func (s *shelf) counter(p *proposition) {
	for _, o := range s.by["article "+p.article.ID] {
		if o.at < p.at && p.at-o.at <= 3 && o.stance.For() && o.accused[p.speaker.side] && p.accused[o.speaker.side] && o.speaker.side != p.speaker.side {
			var f affinity
			f.add(linked, "lays it on the one who charged")
			p.stance, p.why = news.Denies, "lays it on the one who charged"
			join(p, o, f)
			return
		}
	}
}

// goOn: a quotation that follows a side's stand in the same article and is the
// same side's goes on with it: "Corvane denied it. “We sold 180 tickets,” its
// manager said."
func goOn(p, prev *proposition) {
	if p.seed || p.claim != nil || prev.claim == nil || p.article != prev.article || p.speaker.side != prev.speaker.side || p.speaker.voice.Name == "" {
		return
	}
	if p.statement == nil || prev.statement == nil || p.statement.Form != news.Direct || prev.stance == news.DeclinesComment {
		return
	}
	p.why = "goes on after that"
	if prev.stance.Against() {
		p.stance = news.Denies
	} else {
		p.stance = news.Asserts
	}
	var f affinity
	f.add(linked, "the same side goes on in a quotation")
	join(p, prev, f)
}

// repeat links what takes the same stand on the same thing again.
func (s *shelf) repeat(p *proposition) {
	to, how := s.best(p, linked+0.5, func(o *proposition) bool {
		if o.claim != nil && o.claim == p.claim || o.stance == news.DeclinesComment || !o.seed && o.claim == nil {
			return false
		}
		if o.stance.For() != p.stance.For() {
			// Who changes their word, and who stands by it against a denial.
			n, _ := o.overlap(p)
			return o.speaker.side == p.speaker.side && !p.deedsApart(o) && !p.third && !o.third && (n > 1 || n > 0 && shared(o.accused, p.accused) > 0) || p.insists && p.accused[o.speaker.side] && o.article == p.article
		}
		n, _ := o.overlap(p)
		return n > 1 || n > 0 && (shared(o.accused, p.accused) > 0 || o.speaker.side == p.speaker.side) || shared(o.events, p.events) > 0 && shared(o.accused, p.accused) > 0
	}, link)
	if to != nil {
		join(p, to, how)
	}
}

// attach adds a plain statement to the claim that it speaks to: as an assertion
// where it says the same, as a denial where it says what cannot be so beside it.
func (s *shelf) attach(p *proposition) {
	if s.contradict(p) {
		return
	}
	if p.stance != news.Asserts {
		return
	}
	to, how := s.best(p, linked, func(o *proposition) bool {
		n, _ := o.overlap(p)
		return o.claim != nil && o.stance.For() && n > 0 && o.accused[p.speaker.side] && p.accused[o.speaker.side] && o.speaker.side != p.speaker.side
	}, func(x, y *proposition) affinity {
		f := link(x, y)
		f.add(2, "lays it on the one who charged")
		return f
	})
	if to != nil {
		p.stance, p.why = news.Denies, "lays it on the one who charged"
		join(p, to, how)
		return
	}
	to, how = s.best(p, linked+0.5, func(o *proposition) bool {
		if o.claim == nil {
			return false
		}
		n, _ := o.overlap(p)
		if o.stance.For() {
			return n > 1 && (shared(o.accused, p.accused) > 0 || len(o.accused) == 0 && shared(o.events, p.events) > 0)
		}
		return o.stance == news.Denies && n > 0 && o.speaker.side != p.speaker.side && p.accused[o.speaker.side]
	}, link)
	if to != nil {
		join(p, to, how)
	}
}

// contradict adds a plain statement as a denial of what cannot be so beside it:
// "It was an engine failure" against "shot down".
func (s *shelf) contradict(p *proposition) bool {
	var to *proposition
	var how affinity
	seen := map[*claim]bool{}
	for _, o := range s.near(p) {
		if o.claim == nil || seen[o.claim] && o.article != p.article {
			continue
		}
		seen[o.claim] = true
		for _, x := range o.claim.some() {
			if !x.stance.For() || x.speaker.side == p.speaker.side || !antonyms(x, p) {
				continue
			}
			f := link(x, p)
			f.add(3, "says what cannot be so beside it")
			switch {
			case slices.ContainsFunc(x.claim.some(), func(q *proposition) bool {
				return q.speaker.side == p.speaker.side && q.stance.Against()
			}):
				f.add(2, "speaks for one who denies it")
			case o.stance.Against() && o.article == p.article && o.at < p.at && p.at-o.at <= 2:
				f.add(2, "follows a denial of it")
			}
			if f.score >= linked && (to == nil || f.score > how.score) {
				to, how = x, f
			}
		}
	}
	if to == nil {
		return false
	}
	p.stance, p.why = news.Denies, "says what cannot be so beside it"
	join(p, to, how)
	return true
}

// silent adds who says nothing to the claim that they are asked about.
func (s *shelf) silent(p *proposition) {
	to, how := s.best(p, 2, func(o *proposition) bool { return o.claim != nil && o.stance.For() }, func(x, y *proposition) affinity {
		var f affinity
		if x.accused[y.speaker.side] {
			f.add(2.5, "the one who was named")
		}
		if shared(x.events, y.events) > 0 {
			f.add(1.5, "about the same event")
		}
		if n, _ := x.overlap(y); n > 0 {
			f.add(min(3, float64(n)), "words in common")
		}
		if x.article == y.article {
			f.add(1, "in the same article")
			if y.at > x.at && y.at-x.at <= 3 {
				f.add(1, "soon after it")
			}
		}
		if slices.ContainsFunc(x.claim.some(), func(q *proposition) bool { return q.speaker.side == y.speaker.side && q != y }) {
			f.add(1.5, "takes a stand on it elsewhere")
		}
		return f
	})
	if to != nil {
		join(p, to, how)
	}
}

// join puts p on the claim of another.
func join(p, to *proposition, how affinity) {
	if to.claim == nil {
		to.claim = &claim{props: []*proposition{to}}
	}
	c := to.claim
	c.links = append(c.links, news.Link{Stance: p.id(), To: to.id(), Score: how.score, Reasons: how.explain()})
	switch p.claim {
	case c:
	case nil:
		p.claim = c
		c.props = append(c.props, p)
	default:
		old := p.claim
		if len(old.props) > len(c.props) {
			old, c = c, old
		}
		for _, q := range old.props {
			q.claim = c
		}
		c.props = append(c.props, old.props...)
		c.links = append(c.links, old.links...)
	}
}
