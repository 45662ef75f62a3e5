package ledger_test

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
)

// disputed is a story of a charge, its denials, and a withdrawal.
func disputed() []*write {
	a := text("b1", "2031-06-03", "river", "River Watch accused Corvane of dumping solvent. The company did not reply. ")
	a.entity("w", "River Watch", news.Organisation).entity("c", "Corvane", news.Organisation)
	a.says("s1", "w", news.Accuse, "Corvane of dumping solvent", about("c")).says("s2", "c", news.DeclineComment, "did not reply")
	b := text("b2", "2031-06-04", "river", "Corvane denied that it had dumped solvent. “We have dumped nothing,” said its director, Radu Hellmer. ")
	b.entity("c", "Corvane", news.Organisation).entity("h", "Radu Hellmer", news.Person, news.Role{Title: "director", Of: "Corvane"})
	b.says("s1", "c", news.Deny, "it had dumped solvent", about("c")).says("s2", "h", news.Say, "We have dumped nothing")
	c := text("b3", "2031-06-20", "river", "Corvane confirmed that it had dumped solvent. ")
	c.entity("c", "Corvane", news.Organisation).says("s1", "c", news.Confirm, "it had dumped solvent", about("c"))
	return []*write{a, b, c}
}

func TestClaim(t *testing.T) {
	s := build(t, ledger.Corrections{}, disputed()...)
	if len(s.Claims) != 1 {
		t.Fatalf("%d claims, want one: %+v", len(s.Claims), s.Claims)
	}
	c := s.Claims[0]
	var got []string
	for _, x := range c.Stances {
		got = append(got, x.Source.Name+" "+string(x.Kind))
	}
	want := "River Watch asserts; Corvane declines_comment; Corvane denies; Radu Hellmer denies; Corvane confirms"
	if strings.Join(got, "; ") != want {
		t.Errorf("stances %q, want %q", strings.Join(got, "; "), want)
	}
	if !c.Contested || c.Words.Text != "Corvane of dumping solvent" || c.First != c.Stances[0].ID {
		t.Errorf("contested %v, words %q", c.Contested, c.Words.Text)
	}
	if len(c.Changed) != 1 || c.Changed[0].Source != "Corvane" || c.Changed[0].To != c.Stances[4].ID {
		t.Errorf("changed %+v, want Corvane", c.Changed)
	}
	if c.Stances[3].Source.For != "Corvane" {
		t.Errorf("the director speaks for %q", c.Stances[3].Source.For)
	}
	for _, l := range c.Links {
		if len(l.Reasons) == 0 {
			t.Errorf("link without a reason: %+v", l)
		}
	}
}

// TestNotContested: what looks like a quarrel and is none.
func TestNotContested(t *testing.T) {
	one := func(build func(w *write)) []*write {
		w := text("x", "2031-06-03", "x", "Red Kestrel bombed the depot. Red Kestrel did not bomb the depot. The toll rose to five. ")
		w.entity("k", "Red Kestrel", news.Group).entity("p", "City Police", news.Organisation).
			entity("s", "Ada Moor", news.Person, news.Role{Title: "spokeswoman", Of: "City Police"})
		build(w)
		return []*write{w}
	}
	for name, in := range map[string][]*write{
		"a charge that nobody answers": one(func(w *write) { w.says("s1", "p", news.Accuse, "Red Kestrel bombed the depot", about("k")) }),
		"a denial of what nobody says": one(func(w *write) { w.says("s1", "k", news.Deny, "Red Kestrel bombed the depot", about("k")) }),
		"one body with two mouths": one(func(w *write) {
			w.says("s1", "p", news.Accuse, "Red Kestrel bombed the depot", about("k")).says("s2", "s", news.Doubt, "Red Kestrel bombed the depot", about("k"))
		}),
		"two who say the same": one(func(w *write) {
			w.says("s1", "p", news.Accuse, "Red Kestrel bombed the depot", about("k")).says("s2", "k", news.Confirm, "Red Kestrel bombed the depot", about("k"))
		}),
		"another matter": one(func(w *write) {
			w.says("s1", "p", news.Say, "The toll rose to five").says("s2", "k", news.Deny, "Red Kestrel bombed the depot", about("k"))
		}),
	} {
		for _, c := range build(t, ledger.Corrections{}, in...).Claims {
			if c.Contested {
				t.Errorf("%s: contested: %s", name, c.Why)
			}
		}
	}
}

// TestContested: denials by act, by content and by what cannot be so beside it.
func TestContested(t *testing.T) {
	for name, build1 := range map[string]func(w *write){
		"a reply by name": func(w *write) {
			w.says("s1", "p", news.Accuse, "Red Kestrel shot down the plane", about("k")).says("s2", "k", news.Deny, "the accusation", answers("s1"))
		},
		"a negation by the accused": func(w *write) {
			w.says("s1", "p", news.Accuse, "Red Kestrel shot down the plane", about("k")).says("s2", "k", news.Say, "We did not shoot down any plane")
		},
		"nothing to do with it": func(w *write) {
			w.says("s1", "p", news.Accuse, "Red Kestrel shot down the plane", about("k")).says("s2", "k", news.Say, "We have nothing to do with the plane")
		},
		"a claim of responsibility that is doubted": func(w *write) {
			w.event("v1", news.Assault, "", "shot down", "", "").
				says("s1", "k", news.ClaimResponsibility, "Red Kestrel shot down the plane", onEvents("v1")).says("s2", "p", news.Doubt, "the claim", onEvents("v1"))
		},
	} {
		w := text("x", "2031-06-03", "x", "Red Kestrel shot down the plane. We did not shoot down any plane. We have nothing to do with the plane. It rejected the accusation. Police doubt the claim. ")
		w.entity("k", "Red Kestrel", news.Group).entity("p", "City Police", news.Organisation)
		build1(w)
		n := 0
		for _, c := range build(t, ledger.Corrections{}, w).Claims {
			if c.Contested {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s: %d contested claims, want 1", name, n)
		}
	}
}
