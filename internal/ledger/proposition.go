package ledger

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// proposition is what one statement, or an accusation told in an article's own
// words, says on something that others may take a stand on.
type proposition struct {
	article   *article
	statement *news.Statement // nil where the article tells it itself
	speaker   speaker
	stance    news.StanceKind // as far as the statement alone tells
	why       string
	seed      bool // takes a stand by itself: an accusation, a denial
	at        int  // canonical order
	day       int
	evidence  []news.Span
	text      string // padded
	stems     map[string]bool
	acts      map[string]bool // those of the stems that are verbs, by their form
	accused   map[string]bool // sides that it charges or is about
	ofNames   map[string]bool // stems of their names, see names
	events    map[string]bool // ids of resolved events that it speaks of
	answers   map[string]bool // ids of statements of the article that it answers
	insists   bool
	third     bool // denies that two others have to do with each other
	harmful   bool // speaks of something done to others
	title     bool // stands in the headline
	pointer   bool // its content only points back: "the accusation", "it"
	copies    []string
	claim     *claim
}

// id names the proposition in claims and links.
func (p *proposition) id() string {
	s := "own voice"
	if p.statement != nil {
		s = p.statement.ID
	}
	return ident("s", p.article.ID, s, fmt.Sprint(p.evidence))
}

// propositions lists those of an article.
func (b *builder) propositions(a *article, eventOf map[news.EventRef]string) []*proposition {
	var out []*proposition
	for i := range a.Record.Statements {
		if p := b.proposition(a, &a.Record.Statements[i], eventOf); p != nil {
			out = append(out, p)
		}
	}
	for i := range a.Record.Events {
		if p := b.accusation(a, &a.Record.Events[i]); p != nil {
			out = append(out, p)
		}
	}
	out = append(out, b.disbeliefs(a, eventOf)...)
	echo(out)
	return out
}

// echo gives a headline's statement the speaker who makes it in the text:
// "Rebels deny kidnapping" is the Morning Column's denial.
func echo(props []*proposition) {
	for _, p := range props {
		if !p.title || p.speaker.named != nil && !p.speaker.named.generic && !p.speaker.named.said && p.speaker.named.kind != news.Person {
			continue
		}
		for _, o := range props {
			if n, _ := o.overlap(p); o.title || o.stance != p.stance || n == 0 {
				continue
			}
			phrase := p.speaker.voice.Phrase
			p.speaker = o.speaker
			p.speaker.voice.Phrase = phrase
			for k := range o.accused {
				p.accused[k] = true
			}
			p.ofNames = nil
			break
		}
	}
}

func (b *builder) proposition(a *article, s *news.Statement, eventOf map[news.EventRef]string) *proposition {
	if len(s.Content) == 0 || s.Act == news.Hold && len(s.Events) == 0 {
		return nil
	}
	p := &proposition{article: a, statement: s, speaker: b.speakerOf(a, s), evidence: s.Content, day: a.day,
		stems: map[string]bool{}, accused: map[string]bool{}, events: map[string]bool{}, answers: map[string]bool{}}
	if d := saidOn(s); d != unknownDay {
		p.day = d
	}
	var texts []string
	for _, c := range s.Content {
		texts = append(texts, c.Text)
	}
	content0 := strings.Join(texts, " ")
	p.text = padded(content0)
	cue := ""
	if s.Cue != nil {
		cue = padded(s.Cue.Text)
	}
	p.stance, p.seed, p.why = stanceOf(s, p.text, cue)
	if p.stance == "" {
		return nil
	}
	p.stems, p.acts = content(content0), deeds(content0)
	for _, w := range strings.Fields(cue) {
		p.insists = p.insists || table.in("insists", w)
	}
	p.seed = p.seed || p.insists && p.stance == news.Asserts
	if table.has("charge", p.text) && len(p.stems) <= 3 {
		for _, w := range []string{"accusation", "allegation", "charge", "claim", "report", "finding", "denial", "proof", "evidence"} {
			delete(p.stems, stem(w))
			delete(p.stems, stem(w+"s"))
		}
	}
	p.pointer = len(p.stems) <= 1 && table.has("charge", p.text) || len(p.stems) == 0 || strings.HasPrefix(p.text, " any such ")
	if s.Cue != nil && (p.pointer || p.stance == news.DeclinesComment) {
		p.evidence = append([]news.Span{*s.Cue}, s.Content...) // "rejected that"
	}
	if p.stance == news.Doubts && table.has("disbelief", p.text) {
		// "It did not believe him": of whom, and nothing else.
		for _, c := range s.Content {
			for side := range b.within(a, news.Range{Start: c.Start, End: c.End}) {
				if side != p.speaker.side {
					p.accused[side] = true
				}
			}
		}
		delete(p.stems, stem("believe"))
		p.pointer = p.pointer || len(p.stems) == 0
	}
	for _, id := range s.Answers {
		p.answers[id] = true
	}
	for _, id := range s.Events {
		if e := eventOf[news.EventRef{Article: a.ID, Event: id}]; e != "" {
			p.events[e] = true
		}
		for i := range a.Record.Events {
			v := &a.Record.Events[i]
			if v.ID != id || v.Type == news.AccuseEv {
				continue
			}
			for _, actor := range v.Actors {
				if slices.ContainsFunc(s.Content, func(c news.Span) bool { return c.Contains(actor.Span) }) {
					b.chargeAt(p, a, []news.Party{actor})
				}
			}
		}
	}
	p.harmful = b.harm(a, s)
	for _, block := range a.Record.Article.Blocks {
		p.title = p.title || block.Kind == news.BlockTitle && block.Contains(s.Content[0].Start)
	}
	if p.stance == news.Asserts && p.harmful && (table.has("own men", p.text) || b.didIt(a, s)) {
		p.stance, p.seed, p.why = news.ClaimsResponsible, true, "says that its own did it"
	}
	for _, f := range b.cast.named(scopeOf(a), p.text) {
		p.accused[f.side().key] = true
	}
	for _, id := range s.About {
		if f := b.cast.of[entityRef{a.at, id}]; f != nil && party(f) {
			p.accused[f.side().key] = true
		}
	}
	// "There is no link between the attacks" is not of the speaker's own doing.
	p.third = p.stance == news.Denies && !ownDeed(p.text) && table.has("nothing to do", p.text) && (strings.HasPrefix(p.text, " there ") || strings.HasPrefix(p.text, " no link "))
	switch {
	case p.third:
		p.why = "says that there is none"
	case ownDeed(p.text) || p.stance == news.Denies || p.stance == news.ClaimsResponsible || p.stance == news.Retracts:
		p.accused[p.speaker.side] = true
	case p.stance == news.Asserts && s.Act == news.Accuse:
		delete(p.accused, p.speaker.side)
	}
	return p
}

// harm reports whether a statement speaks of something done to others.
func (b *builder) harm(a *article, s *news.Statement) bool {
	for i := range a.Record.Events {
		if v := &a.Record.Events[i]; families[v.Type] == "harm" && slices.Contains(s.Events, v.ID) {
			return true
		}
	}
	return false
}

func sourceEntity(s *news.Statement) news.Optional {
	if s.Source == nil {
		return ""
	}
	return s.Source.Entity
}

// didIt reports whether an armed group speaks of what it has done itself: "it had
// kidnapped an engineer".
func (b *builder) didIt(a *article, s *news.Statement) bool {
	f := b.cast.of[entityRef{a.at, string(sourceEntity(s))}]
	if f == nil || f.kind != news.Group && !f.sectors["REB"] {
		return false
	}
	for i := range a.Record.Events {
		v := &a.Record.Events[i]
		if families[v.Type] != "harm" || !slices.Contains(s.Events, v.ID) {
			continue
		}
		for _, p := range v.Actors {
			if b.cast.of[entityRef{a.at, string(p.Entity)}] == f {
				return true
			}
		}
	}
	return false
}

// accusation is one that the article tells without a statement: "Corvane, which
// is accused of dumping solvent".
func (b *builder) accusation(a *article, v *news.Event) *proposition {
	if v.Type != news.AccuseEv || v.Mode != "allege" || v.Modality != news.Occurred {
		return nil
	}
	for i := range a.Record.Statements {
		if s := &a.Record.Statements[i]; s.Cue != nil && s.Cue.Overlaps(v.Trigger) {
			return nil
		}
	}
	sentence := a.sentence(v.Trigger.Start)
	if sentence.End <= v.Trigger.End {
		return nil
	}
	text := strings.TrimRight(a.text(v.Trigger.Start, sentence.End), " \n.”\"")
	span := news.Span{Start: v.Trigger.Start, End: v.Trigger.Start + len(text), Text: text}
	p := &proposition{article: a, day: a.day, stance: news.Asserts, seed: true, why: "told as an accusation", evidence: []news.Span{span},
		text: padded(text), stems: content(text), acts: deeds(text), accused: map[string]bool{}, events: map[string]bool{}, answers: map[string]bool{},
		speaker: speaker{key: "unnamed " + a.Origin, side: "unnamed " + a.Origin}}
	for _, w := range []string{"accused", "blamed"} {
		delete(p.stems, stem(w))
		delete(p.acts, stem(w))
	}
	for _, party := range v.Actors {
		if f := b.cast.of[entityRef{a.at, string(party.Entity)}]; f != nil {
			p.speaker = speaker{voice: news.Voice{Name: f.name}, key: f.key, side: f.side().key, named: f}
			if f.generic && !table.in("pronoun", fold(oneLine(party.Text))) {
				p.speaker.voice.Name = oneLine(party.Text)
			}
			break
		}
	}
	b.chargeAt(p, a, v.Recipients)
	for i := range a.Record.Entities {
		e := &a.Record.Entities[i]
		f := b.cast.of[entityRef{a.at, e.ID}]
		if f == nil || !party(f) {
			continue
		}
		for _, m := range e.Mentions {
			if span.Contains(m.Span) {
				p.accused[f.side().key] = true
			}
		}
	}
	delete(p.accused, p.speaker.side)
	return p
}

func (b *builder) chargeAt(p *proposition, a *article, parties []news.Party) {
	for _, x := range parties {
		if f := b.cast.of[entityRef{a.at, string(x.Entity)}]; f != nil && party(f) {
			p.accused[f.side().key] = true
		}
	}
}

// party reports whether somebody may be charged with something. Places and
// countries that an article names are mostly where, not who.
func party(f *figureOf) bool {
	switch f.kind {
	case news.Person, news.Organisation, news.Group:
		return true
	}
	return false
}

// ownDeed: "we have dumped nothing", "our ships".
func ownDeed(text string) bool {
	for _, w := range []string{" we ", " our ", " i ", " my "} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// negated: "we have dumped nothing", "no link", "was not ours".
func negated(text string) bool {
	for _, w := range []string{" not ", " no ", " never ", " nothing ", " neither ", " nobody ", " none ", " without any "} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return strings.Contains(text, "n't ")
}

// stanceOf is the stand that a statement takes by itself, whether it is one that
// a claim may start from, and how it was told. Statements that take none —
// demands, promises, questions — have no stance.
func stanceOf(s *news.Statement, text, cue string) (k news.StanceKind, seed bool, why string) {
	negative := s.Polarity == news.Negative
	switch s.Act {
	case news.Deny:
		if negative {
			return "", false, "" // "did not deny"
		}
		return news.Denies, true, "a denial"
	case news.Confirm:
		if negative {
			return news.Doubts, true, "does not confirm"
		}
		return news.Confirms, true, "a confirmation"
	case news.Doubt:
		return news.Doubts, true, "a doubt"
	case news.Retract:
		return news.Retracts, true, "a withdrawal"
	case news.ClaimResponsibility:
		return news.ClaimsResponsible, true, "claims responsibility"
	case news.DeclineComment:
		return news.DeclinesComment, true, "declines to comment"
	case news.Accuse:
		for _, w := range strings.Fields(cue) {
			negative = negative || table.in("condemns", w) // a judgement of what is known
		}
		if negative {
			return "", false, ""
		}
		return news.Asserts, true, "an accusation"
	case news.Say, news.Report, news.Warn, news.Endorse, news.Hold:
	default:
		return "", false, ""
	}
	if negative || table.has("silence", cue+text) {
		return news.DeclinesComment, true, "does not say"
	}
	head := strings.Fields(text)
	for _, w := range head[:min(5, len(head))] {
		if w == "denied" || w == "denies" {
			return news.Denies, true, "passes on a denial"
		}
	}
	if table.has("disbelief", text) {
		return news.Doubts, true, "does not believe or finds no sign of it"
	}
	if table.has("denial", text) {
		return news.Denies, true, "says that it was not so"
	}
	if table.has("nothing to do", text) && negated(text) {
		return news.Denies, true, "says that it has nothing to do with it"
	}
	if negated(text) {
		return news.Denies, false, "says the opposite"
	}
	return news.Asserts, false, "says so"
}
