package own

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

// TestSets reads every set and holds it to the size it was asked to have, and
// to texts that do not repeat: one that stood in both halves would not be kept
// back.
func TestSets(t *testing.T) {
	seen := map[string]string{}
	check := func(name string, least int, published string, items int, answers int, texts []string) {
		if answers < least || items == 0 {
			t.Errorf("%s: %d answers, want %d", name, answers, least)
		}
		if published == "" {
			t.Errorf("%s: no publication date", name)
		}
		for _, text := range texts {
			if seen[text] != "" {
				t.Errorf("%s and %s have the same text: %s", seen[text], name, text)
			}
			seen[text] = name
		}
	}
	load(t, "acts", Acts, 300, check)
	load(t, "speakers", Speakers, 120, check)
	load(t, "modality", Events, 200, check)
	load(t, "lookalikes", LookAlikes, 150, check)
	load(t, "counts", Counts, 200, check)
	load(t, "lookalikes2", LookAlikes, 240, check)
	load(t, "counts2", Counts, 240, check)
	load(t, "happened", Events, 80, check)
}

func load[A any](t *testing.T, name string, read func(string) (Set[A], error), least int,
	check func(name string, least int, published string, items, answers int, texts []string)) {
	t.Helper()
	table, err := Table(name)
	if err != nil {
		t.Fatal(err)
	}
	set, err := read(table)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	answers := 0
	var texts []string
	for _, it := range set.Items {
		answers += len(it.Answers)
		texts = append(texts, it.Text)
		if strings.Contains(it.Text, "¶") || strings.TrimSpace(it.Text) != it.Text {
			t.Errorf("%s:%d: text %q", name, it.Line, it.Text)
		}
	}
	check(name, least, set.Published, len(set.Items), answers, texts)
}

func TestTableErrors(t *testing.T) {
	acts := func(s string) error { _, err := Acts(s); return err }
	events := func(s string) error { _, err := Events(s); return err }
	counts := func(s string) error { _, err := Counts(s); return err }
	likes := func(s string) error { _, err := LookAlikes(s); return err }
	for _, c := range []struct {
		read        func(string) error
		table, want string
	}{
		{acts, "# head\nsaid=say\n", "line 2: 1 columns, want 2"},
		{acts, "said=shout\tHe said no.\n", `no act "shout"`},
		{acts, "denied=deny\tHe said no.\n", `the text has no "denied"`},
		{acts, "said=say\tHe said she said no.\n", "more than once"},
		{acts, "said\tHe said no.\n", `two sides`},
		{events, "killed=occurred\tRaiders killed two.\n", "want TYPE:TRIGGER"},
		{events, "KILL:killed=occurred\tRaiders killed two.\n", `"KILL" is none of`},
		{events, "ASSAULT:killed=done\tRaiders killed two.\n", `"done" is none of`},
		{events, "ASSAULT:killed=occurred old\tRaiders killed two.\n", "neither news nor background"},
		{counts, "killed=two\tRaiders killed two.\n", "is no number"},
		{counts, "killed=5-\tRaiders killed two.\n", "is no number"},
		{counts, "slain=2\tRaiders killed two.\n", `"slain" is none of`},
		{likes, "sport\tGOAL\tThey attacked.\n", `"GOAL" is none of`},
	} {
		if err := c.read(c.table); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.table, err, c.want)
		}
	}
	if _, err := Table("none"); err == nil {
		t.Error("a set that is not there gives no error")
	}
}

func TestValues(t *testing.T) {
	for _, s := range []string{"36", "~36", ">=36", ">36", "<=50", "30-40", "24+", "0"} {
		v, err := value(s)
		if err != nil || v.String() != s {
			t.Errorf("%s is read as %s, %v", s, v, err)
		}
		c := news.Count{Kind: news.Killed, Low: v.Low, Best: v.Best, High: v.High, Qualifier: v.Qualifier}
		if a := (Count{Kinds: []news.CountKind{news.Killed}, Values: []Value{v}}); !a.Matches(c) {
			t.Errorf("%s does not match itself", s)
		}
		c.Kind = news.Injured
		if a := (Count{Kinds: []news.CountKind{news.Killed}, Values: []Value{v}}); a.Matches(c) {
			t.Errorf("%s matches another kind", s)
		}
	}
	atLeast, _ := value(">=36")
	c := news.Count{Kind: news.Killed, Low: atLeast.Low, Best: atLeast.Best, Qualifier: news.MoreThan}
	if (Count{Kinds: []news.CountKind{news.Killed}, Values: []Value{atLeast}}).Matches(c) {
		t.Error("at least matches more than")
	}
}

func TestStances(t *testing.T) {
	set, err := Acts("published\t2031-05-12\ndid not deny=decline_comment/deny-; [nothing]=say\tHe did not deny it. She knew nothing.\n")
	if err != nil {
		t.Fatal(err)
	}
	a := set.Items[0].Answers
	if set.Published != "2031-05-12" || len(a) != 2 || a[0].Start != 3 || !a[1].InContent || a[1].Text != "nothing" {
		t.Fatalf("read as %+v", set)
	}
	for _, c := range []struct {
		act      news.Act
		polarity news.Polarity
		want     bool
	}{
		{news.DeclineComment, news.Positive, true}, {news.DeclineComment, news.Negative, true},
		{news.Deny, news.Negative, true}, {news.Deny, news.Positive, false}, {news.Say, news.Negative, false},
	} {
		have := false
		for _, st := range a[0].OneOf {
			have = have || st.Matches(news.Statement{Act: c.act, Polarity: c.polarity})
		}
		if have != c.want {
			t.Errorf("%s, %s: %v", c.act, c.polarity, have)
		}
	}
}

// FuzzTables: whatever a table holds, there is an error or a set whose words
// stand where it says.
func FuzzTables(f *testing.F) {
	f.Add("published\t2031-05-12\ncalled=say/deny-; [x]=hold\tShe called x ¶ y.\n")
	f.Add("ASSAULT/COERCE:seized=occurred background\tThey seized it.\n")
	f.Add("?killed=0; killed.part=>=3\tNone.\n")
	f.Fuzz(func(t *testing.T, table string) {
		set, _ := Acts(table)
		for _, it := range set.Items {
			for _, a := range it.Answers {
				if it.Text[a.Start:a.End] != a.Text {
					t.Errorf("%q is not at %d of %q", a.Text, a.Start, it.Text)
				}
			}
		}
		_, _ = Events(table)
		_, _ = Counts(table)
		_, _ = LookAlikes(table)
		_, _ = Speakers(table)
	})
}
