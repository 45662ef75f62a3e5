package relational

import (
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/query"
)

// testLedger is a condition on an article, a statement or an event that asks
// what was made of it across articles.
func (q *asked) testLedger(t query.Term, in space, x string) string {
	if in == inStatement {
		return q.testLedger(t, inArticle, fmt.Sprintf("(%s >> %d)", x, rankBits))
	}
	if t.Field == query.Contested && t.Value == "no" {
		t.Value = "yes"
		return "NOT " + q.testLedger(t, in, x)
	}
	k, m, v, s, c := q.table(), q.table(), q.table(), q.table(), q.table()
	ofArticle := func(join, where string) string {
		return fmt.Sprintf("EXISTS (SELECT 1 FROM article %s %s WHERE %s.cursor = %s AND %s)", k, join, k, x, where)
	}
	ofEvent := func(join, where string) string {
		return fmt.Sprintf("EXISTS (SELECT 1 FROM event %s JOIN resolved_member %s ON %s.article = %s.article AND %s.event = %s.id JOIN resolved_event %s ON %s.id = %s.resolved %s WHERE %s.rank = %s AND %s)",
			k, m, m, k, m, k, v, v, m, join, k, x, where)
	}
	stances := fmt.Sprintf("JOIN stance %s ON %s.article = %s.key", s, s, k)
	switch t.Field {
	case query.Story:
		if in == inEvent {
			return ofEvent("", v+".story = "+q.arg(t.Value))
		}
		return ofArticle(fmt.Sprintf("JOIN story_article %s ON %s.article = %s.key", s, s, k), s+".story = "+q.arg(t.Value))
	case query.Origins:
		if in == inEvent {
			return ofEvent("", q.compare(t, v+".origins"))
		}
		return ofArticle(fmt.Sprintf("JOIN story_article %s ON %s.article = %s.key JOIN story %s ON %s.id = %s.story", s, s, k, v, v, s), q.compare(t, v+".origins"))
	case query.Stance:
		if in == inEvent {
			return ofEvent(fmt.Sprintf("JOIN claim %s ON %s.event = %s.id JOIN stance %s ON %s.claim = %s.id", c, c, v, s, s, c), s+".kind = "+q.arg(t.Value))
		}
		return ofArticle(stances, s+".kind = "+q.arg(t.Value))
	case query.Contested:
		if in == inEvent {
			return ofEvent("", v+".contested")
		}
		return "(" + ofArticle(fmt.Sprintf("%s JOIN claim %s ON %s.id = %s.claim", stances, c, c, s), c+".contested") + " OR " +
			ofArticle(fmt.Sprintf("JOIN resolved_member %s ON %s.article = %s.key JOIN resolved_event %s ON %s.id = %s.resolved", m, m, k, v, v, m), v+".contested") + ")"
	}
	return "1 = 0"
}

// ledgerKind is how one kind of the ledger is searched.
type ledgerKind struct {
	from, by, id, columns string
	// own is a condition for a term that is asked of the thing itself.
	own func(q *asked, t query.Term) (string, bool)
	// articles is a condition that an article of it meets f; in is a query for
	// those that have one of the articles of a list.
	articles func(f func(cursor string) string) string
	in       func(list string, f func(cursor string) string) string
	// events is a condition that an event of a record that belongs to it meets
	// f; nil where that is asked of its articles.
	events func(q *asked, f func(rank string) string) string
}

// hasWord is a condition that a name in small letters has words side by side.
func (q *asked) hasWord(column, value string) string {
	return fmt.Sprintf("(' ' || %s || ' ') LIKE %s ESCAPE '~'", column, q.arg("% "+likeText(strings.ToLower(value))+" %"))
}

// likeText takes the meaning from the signs of LIKE.
func likeText(s string) string {
	return strings.NewReplacer("~", "~~", "%", "~%", "_", "~_").Replace(s)
}

func membersOf(event string) func(q *asked, f func(rank string) string) string {
	return func(q *asked, f func(rank string) string) string {
		m, e := q.table(), q.table()
		return fmt.Sprintf("EXISTS (SELECT 1 FROM resolved_member %s JOIN event %s ON %s.article = %s.article AND %s.id = %s.event WHERE %s.resolved = %s AND %s)",
			m, e, e, m, e, m, m, event, f(e+".rank"))
	}
}

// through is articles and in for a table that links a thing to articles.
func through(id, table, column string) (articles func(func(string) string) string, in func(string, func(string) string) string) {
	return func(f func(string) string) string {
			return fmt.Sprintf("EXISTS (SELECT 1 FROM %s l JOIN article a ON a.key = l.article WHERE l.%s = %s AND a.state = 'live' AND %s)", table, column, id, f("a.cursor"))
		}, func(list string, f func(string) string) string {
			return fmt.Sprintf("%s IN (SELECT l.%s FROM (%s) AS those JOIN article a ON a.cursor = those.r JOIN %s l ON l.article = a.key WHERE a.state = 'live' AND %s)", id, column, list, table, f("a.cursor"))
		}
}

func yes(t query.Term, condition string) (string, bool) {
	if t.Value == "no" {
		return "NOT (" + condition + ")", true
	}
	return condition, true
}

func ledgerKinds(kind query.Kind) ledgerKind {
	var k ledgerKind
	switch kind {
	case query.Stories:
		k = ledgerKind{from: "story s", by: "s.last", id: "s.id", columns: "s.line", own: ownStory}
		k.articles, k.in = through("s.id", "story_article", "story")
	case query.Claims:
		k = ledgerKind{from: "claim c", by: "c.last", id: "c.id", columns: "c.body", own: ownClaim, events: membersOf("c.event")}
		k.articles, k.in = through("c.id", "stance", "claim")
	case query.Figures:
		k = ledgerKind{from: "figure f", by: "f.said_at", id: "f.id", columns: "f.body, f.story", own: ownFigure, events: membersOf("f.event")}
		k.articles = func(f func(string) string) string {
			return fmt.Sprintf("EXISTS (SELECT 1 FROM article a WHERE a.key = f.article AND a.state = 'live' AND %s)", f("a.cursor"))
		}
		k.in = func(list string, f func(string) string) string {
			return fmt.Sprintf("f.article IN (SELECT a.key FROM (%s) AS those JOIN article a ON a.cursor = those.r WHERE a.state = 'live' AND %s)", list, f("a.cursor"))
		}
	case query.Actors:
		k = ledgerKind{from: "actor c", by: "c.last", id: "c.id", columns: "c.type, c.name, c.country, c.articles, c.first", own: ownActor}
		k.articles, k.in = through("c.id", "actor_article", "actor")
	}
	return k
}

func ownStory(q *asked, t query.Term) (string, bool) {
	switch t.Field {
	case query.Story:
		return "s.id = " + q.arg(t.Value), true
	case query.Origins:
		return q.compare(t, "s.origins"), true
	case query.Contested:
		return yes(t, "s.disputes > 0")
	}
	return "", false
}

func ownClaim(q *asked, t query.Term) (string, bool) {
	x := q.table()
	switch t.Field {
	case query.Story:
		return "c.story = " + q.arg(t.Value), true
	case query.Contested:
		return yes(t, "c.contested")
	case query.Origins:
		return q.compare(t, "c.favour + c.against"), true
	case query.Stance:
		return fmt.Sprintf("EXISTS (SELECT 1 FROM stance %s WHERE %s.claim = c.id AND %s.kind = %s)", x, x, x, q.arg(t.Value)), true
	case query.Speaker:
		return fmt.Sprintf("EXISTS (SELECT 1 FROM stance %s WHERE %s.claim = c.id AND %s)", x, x, q.hasWord(x+".folded", t.Value)), true
	case query.About:
		return fmt.Sprintf("EXISTS (SELECT 1 FROM claim_about %s WHERE %s.claim = c.id AND %s)", x, x, q.hasWord(x+".folded", t.Value)), true
	case query.Text:
		return fmt.Sprintf("lower(c.words) LIKE %s ESCAPE '~'", q.arg("%"+likeText(strings.ToLower(t.Value))+"%")), true
	}
	return "", false
}

func ownFigure(q *asked, t query.Term) (string, bool) {
	x := q.table()
	switch {
	case t.Field == query.Story:
		return "f.story = " + q.arg(t.Value), true
	case t.Field == query.Speaker:
		return q.hasWord("f.folded", t.Value), true
	case t.Field == query.Contested:
		return yes(t, fmt.Sprintf("EXISTS (SELECT 1 FROM resolved_event %s WHERE %s.id = f.event AND %s.contested)", x, x, x))
	case t.Field == query.Origins:
		return fmt.Sprintf("EXISTS (SELECT 1 FROM resolved_event %s WHERE %s.id = f.event AND %s)", x, x, q.compare(t, x+".origins")), true
	case t.Field.IsCount():
		return fmt.Sprintf("(f.kind = %s%s)", q.arg(string(t.Field)), q.within(t, "f")), true
	}
	return "", false
}

func ownActor(q *asked, t query.Term) (string, bool) {
	x := q.table()
	switch t.Field {
	case query.Text, query.Entity:
		return fmt.Sprintf("EXISTS (SELECT 1 FROM actor_name %s WHERE %s.actor = c.id AND %s)", x, x, q.hasWord(x+".folded", t.Value)), true
	case query.Country:
		return "c.country = " + q.arg(t.Value), true
	}
	return "", false
}
