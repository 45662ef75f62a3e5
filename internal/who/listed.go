package who

import (
	"slices"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/who/actors"
)

// maxBearers is how many actors of the lists may share a name: one that more
// bear tells nobody apart.
const maxBearers = 50

// addList lays a list of the user's own over the tables.
func (l *lexicon) addList(list *actors.List) {
	for i := range list.Actors {
		own := &list.Actors[i]
		id := l.sameActor(own)
		if id < 0 {
			id = len(l.actors)
			l.actors = append(l.actors, actor{name: own.Name, kind: own.Type})
		}
		act := &l.actors[id]
		if act.own == nil { // the first list holds
			act.own = own
			if own.Country.Known() {
				act.country = own.Country
			}
			if len(own.Sectors) > 0 {
				act.sectors = own.Sectors
			}
		}
		for _, name := range append([]string{own.Name}, own.Aliases...) {
			l.addListed(name, alias{actor: id, listed: true})
		}
		for _, name := range own.Weak {
			l.addListed(name, alias{actor: id, listed: true, weak: true})
		}
	}
}

func (l *lexicon) addListed(name string, al alias) {
	if n := l.names.find(foldedName(name)); n != nil && len(n.values) >= maxBearers {
		return
	}
	l.addAlias(name, al)
}

// sameActor finds the row of the tables, or of a list before, that a body or
// group of a list is: the one that has its name and no other country; -1 where
// none or more than one has. Persons are never joined by a name alone.
func (l *lexicon) sameActor(own *actors.Actor) int {
	if own.Type == news.Person {
		return -1
	}
	n := l.names.find(foldedName(own.Name))
	if n == nil {
		return -1
	}
	found := -1
	for _, v := range n.values {
		al := l.aliases[v]
		act := l.actors[al.actor]
		if al.weak || al.home || act.kind == news.Person || act.country.Known() && own.Country.Known() && act.country != own.Country {
			continue
		}
		if found >= 0 && found != al.actor {
			return -1
		}
		found = al.actor
	}
	return found
}

func foldedName(name string) []string {
	words := nameTokens(name)
	for i, w := range words {
		words[i] = fold(w)
	}
	return words
}

// sectorsOn are an actor's sectors on a day: dated ones count within their
// terms, and who left office by then is of the elite. Where the day is not
// known, dated ones say nothing.
func (act *actor) sectorsOn(day string) []string {
	if act.own == nil || len(act.own.Terms) == 0 {
		return act.sectors
	}
	if len(day) < 10 {
		return nil
	}
	day = day[:10]
	before := true
	for _, t := range act.own.Terms {
		if day >= t.From {
			before = false
			if t.To == "" || day <= t.To {
				return act.sectors
			}
		}
	}
	if before || act.kind != news.Person || !slices.ContainsFunc(act.sectors, func(s string) bool { return s == "GOV" || s == "LEG" || s == "JUD" || s == "MIL" }) {
		return nil
	}
	return []string{"ELI"}
}

// noteListed finds the actors of the user's lists that the text has a full
// name of; the weak names of those count too.
func (a *article) noteListed() {
	if !a.lex.hasLists() {
		return
	}
	a.inFull = map[int]bool{}
	for w := 0; w < len(a.words); {
		id, last := a.longestActor(w)
		if last < 0 {
			w++
			continue
		}
		if al := a.lex.aliases[id]; al.listed {
			a.inFull[al.actor] = true
		}
		w = last + 1
	}
}

func (l *lexicon) hasLists() bool {
	return len(l.aliases) > 0 && l.aliases[len(l.aliases)-1].listed
}

// chooseListed picks among the aliases of the user's lists that end at one
// word, -1 where none will do. Of several actors of one name it is the one
// whose country the article names most; where that decides nothing, none: the
// name stays a name.
func (a *article) chooseListed(ids []int, from int) int {
	best, bestScore, tied := -1, -1, false
	for _, id := range ids {
		al := a.lex.aliases[id]
		if !al.listed || al.weak && !a.inFull[al.actor] || !a.capsAgree(al, from) {
			continue
		}
		if long, defined := a.acronyms[a.doc.Tokens[a.words[from].token].Form]; defined && al.upper && long.actor != al.actor {
			continue // the article says itself what it stands for
		}
		score := a.counts[string(a.lex.actors[al.actor].country)]
		switch {
		case score > bestScore:
			best, bestScore, tied = id, score, false
		case score == bestScore && a.lex.aliases[best].actor != al.actor:
			tied = true
		}
	}
	if tied {
		return -1
	}
	return best
}

// beListed makes a person of a list one that surnames and pronouns can be
// joined to.
func (a *article) beListed(e int, n *name) {
	ent := a.entities[e]
	words := dropSuffix(a.nameWords(*n))
	a.index(e, words, ent.words)
	if len(words) > len(ent.words) {
		ent.words = words
	}
	if own := a.lex.actors[n.actor].own; own != nil && own.Gender != "" {
		ent.gender = genderOf(own.Gender)
	}
}
