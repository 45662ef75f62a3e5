package what

import (
	"testing"

	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/who"
)

func TestNew(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.verbs) < 300 || len(c.nouns) < 150 {
		t.Errorf("%d verbs and %d nouns: tables look cut", len(c.verbs), len(c.nouns))
	}
	for _, table := range []map[string][]*rule{c.verbs, c.nouns} {
		for lemma, rules := range table {
			for _, r := range rules {
				if r.example == "" {
					t.Errorf("a rule of %q has no example", lemma)
				}
			}
		}
	}
}

func TestFindNothing(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	doc := &nlp.Doc{}
	doc.Index()
	cast := &who.Cast{}
	cast.Index(0)
	if events := c.Find(doc, cast, nil, nil, ""); len(events) != 0 {
		t.Errorf("an empty text has %d events", len(events))
	}
}
