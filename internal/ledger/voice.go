package ledger

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// speaker is who a statement or figure is from, so that one can be told to be
// another's.
type speaker struct {
	voice news.Voice
	key   string // whoever has the same key is the same source
	side  string // whoever has the same side speaks for the same body
	named *figureOf
}

// ownVoice is the article's own. The copies of one origin are one voice.
func (a *article) ownVoice() speaker {
	name := a.Outlet
	if name == "" {
		name = a.ID
	}
	return speaker{voice: news.Voice{Name: name, Own: true}, key: "own " + a.Origin, side: "own " + a.Origin}
}

// speakerOf tells whose a statement is; where the text names nobody, the key is
// the article's own and of nobody else.
func (b *builder) speakerOf(a *article, s *news.Statement) speaker {
	if s.Source == nil {
		return speaker{voice: news.Voice{Name: ""}, key: "unnamed " + a.Origin, side: "unnamed " + a.Origin}
	}
	phrase := ""
	if s.Source.Phrase != nil {
		phrase = oneLine(s.Source.Phrase.Text)
	}
	f := b.cast.of[entityRef{a.at, string(s.Source.Entity)}]
	if f == nil && table.in("pronoun", fold(phrase)) {
		// "It denied": who spoke last.
		if prev := a.before(s); prev != nil {
			return b.speakerOf(a, prev)
		}
	}
	if f == nil {
		// A source that the record ties to no entity may still bear a name that
		// the story knows.
		if f = b.cast.byName(scopeOf(a), phrase); f == nil {
			return speaker{voice: news.Voice{Name: phrase, Phrase: news.Optional(phrase)}, key: scopeOf(a) + " phrase " + fold(phrase), side: scopeOf(a) + " phrase " + fold(phrase)}
		}
	}
	if g := b.apposed(a, s); g != nil && (f.generic || f.kind == news.Person) && g.kind != news.Person {
		f = g // "The tanker's owner, Kelda Shipping, said"
	}
	v := speaker{voice: news.Voice{Name: f.name, Phrase: news.Optional(phrase)}, key: f.key, side: f.side().key, named: f}
	if f.generic && phrase != "" && len(phrase) > len(f.name) {
		v.voice.Name = phrase
	}
	if side := f.side(); side != f {
		v.voice.For = news.Optional(side.name)
	} else if g := b.owner(a, s, phrase); g != nil && g != f {
		v.side = g.side().key
		v.voice.For = news.Optional(g.name)
	} else if body := bodyIn(phrase); body != "" && f.kind == news.Person && !former(phrase) {
		v.voice.For = news.Optional(body)
		if g := b.cast.byName(scopeOf(a), body); g != nil {
			v.voice.For = news.Optional(g.name)
			if mouthpiece(phrase) {
				v.side = g.side().key
			}
		}
	}
	return v
}

// apposed is the body whose name stands behind the source in commas.
func (b *builder) apposed(a *article, s *news.Statement) *figureOf {
	if s.Source.Phrase == nil {
		return nil
	}
	const reach = 60 // bytes
	rest, ok := strings.CutPrefix(a.text(s.Source.Phrase.End, s.Source.Phrase.End+reach), ", ")
	if !ok {
		return nil
	}
	name, _, ok := strings.Cut(rest, ",")
	if !ok || !capital(name) {
		return nil
	}
	return b.cast.byName(scopeOf(a), name)
}

// owner is the body or person that a mouthpiece belongs to: "Makwezi's lawyer",
// "its director", which is of the body that spoke last.
func (b *builder) owner(a *article, s *news.Statement, phrase string) *figureOf {
	if !mouthpiece(phrase) || former(phrase) {
		return nil
	}
	low := fold(phrase)
	if i := strings.Index(low, "'s "); i > 0 {
		name := strings.TrimPrefix(low[:i], "the ")
		if g := b.cast.byName(scopeOf(a), name); g != nil {
			return g
		}
		if list := b.cast.last[scopeOf(a)+"\x00"+lastWord(name)]; len(list) == 1 {
			return list[0]
		}
		return nil
	}
	if !strings.HasPrefix(low, "its ") && !strings.HasPrefix(low, "their ") {
		return nil
	}
	prev := a.before(s)
	if prev == nil || prev.Source == nil {
		return nil
	}
	g := b.cast.of[entityRef{a.at, string(prev.Source.Entity)}]
	if g == nil && prev.Source.Phrase != nil {
		g = b.cast.byName(scopeOf(a), prev.Source.Phrase.Text)
	}
	if g == nil || g.kind == news.Person && !g.said {
		return nil
	}
	return g
}

// before is the statement that stands before another in the record; nil for the
// first.
func (a *article) before(s *news.Statement) *news.Statement {
	var prev *news.Statement
	for i := range a.Record.Statements {
		o := &a.Record.Statements[i]
		if o.ID == s.ID {
			break
		}
		prev = o
	}
	return prev
}

// mouthpiece: the phrase names one who speaks for a body or person.
func mouthpiece(phrase string) bool {
	for _, w := range tokens(phrase) {
		if table.in("leader", w) || table.in("spokes", w) {
			return true
		}
	}
	return false
}

func former(phrase string) bool {
	low := padded(phrase)
	return strings.Contains(low, " former ") || strings.Contains(low, " ex ") || strings.Contains(low, " retired ")
}

// byName finds somebody of a scope by name, nil where there is none.
func (c *cast) byName(scope, name string) *figureOf {
	words := tokens(name)
	if len(words) > 0 && words[0] == "the" {
		words = words[1:]
	}
	want := scope + "\x00" + strings.Join(words, " ")
	return c.keys[want]
}

// bodyIn is the body in "Amélia Chivaze of the disaster office", "a doctor at
// the town's clinic", "a spokesman for the county"; "" where there is none.
func bodyIn(phrase string) string {
	low := fold(phrase)
	for _, p := range []string{" of the ", " for the ", " at the ", " of ", " for "} {
		if i := strings.Index(low, p); i > 0 && i+len(p) < len(phrase) {
			rest := phrase[min(i+len(p), len(phrase)):]
			if j := strings.IndexAny(rest, ",;("); j > 0 {
				rest = rest[:j]
			}
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

// standing is how near a speaker is to the counting of the dead.
func (v speaker) standing() news.Standing {
	if v.voice.Own || v.voice.Name == "" {
		return news.StandingUnnamed
	}
	words := tokens(v.voice.Name + " " + string(v.voice.For))
	official, unnamed := false, false
	for _, w := range words {
		official = official || table.in("official", w)
		unnamed = unnamed || table.in("unnamed", w) || table.in("media", w)
	}
	if f := v.named; f != nil {
		for t := range f.titles {
			official = official || table.in("official", t) && !table.in("spokes", t)
		}
		for _, s := range []string{"GOV", "COP", "JUD", "LEG", "MED"} {
			official = official || f.sectors[s] && !f.sectors["REB"]
		}
		if f.sectors["JRN"] {
			official, unnamed = false, true
		}
		if f.side().kind == news.Group || f.side().sectors["REB"] {
			official = false
		}
	}
	switch {
	case unnamed && !official:
		return news.StandingUnnamed
	case official:
		return news.StandingOfficial
	}
	return news.StandingNamed
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
