package eval

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

const mucReports = `TST9-MUC4-0001

   LIMA, 4 FEB 90 (XYZ) -- [TEXT] A BOMB KILLED TWO COOKS IN PUNO
YESTERDAY.  REBELS SHOT AT A GUARD.  A BAKER WAS KIDNAPPED.

TST9-MUC4-0002

   LIMA, 5 FEB 90 (XYZ) -- [TEXT] NOTHING HAPPENED.
`

const mucKeys = `0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  03 FEB 90
3.  INCIDENT: LOCATION              PERU: PUNO (CITY)
4.  INCIDENT: TYPE                  BOMBING
19. HUM TGT: DESCRIPTION            "COOKS"
21. HUM TGT: NUMBER                 2: "COOKS"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "COOKS"

0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               2
2.  INCIDENT: DATE                  - 04 FEB 90
3.  INCIDENT: LOCATION              PERU
4.  INCIDENT: TYPE                  ATTACK
9.  PERP: INDIVIDUAL ID             "REBELS"
19. HUM TGT: DESCRIPTION            "GUARD"
21. HUM TGT: NUMBER                 1: "GUARD"
23. HUM TGT: EFFECT OF INCIDENT     NO INJURY: "GUARD"

0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               3 (OPTIONAL)
2.  INCIDENT: DATE                  - 04 FEB 90
3.  INCIDENT: LOCATION              PERU
4.  INCIDENT: TYPE                  KIDNAPPING
19. HUM TGT: DESCRIPTION            "BAKER"

0.  MESSAGE: ID                     TST9-MUC4-0002
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  - 05 FEB 90
3.  INCIDENT: LOCATION              PERU
4.  INCIDENT: TYPE                  ARSON
21. HUM TGT: NUMBER                 PLURAL: "FARMERS"
`

// TestMUC4: of four templates, one optional, one is answered in every slot, one
// in part, one is missed; and an accident is no answer.
func TestMUC4(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "tst9"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"tst9-muc4": mucReports, "key-tst9.v1": mucKeys} {
		if err := os.WriteFile(filepath.Join(dir, "tst9", name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	two := 2
	s := scoreWith(t, KindMUC4, dir, Options{}, func(text, published string) *news.Record {
		if !strings.Contains(text, "BOMB") {
			return &news.Record{Events: []news.Event{{Type: news.Assault, Trigger: news.Span{Text: "SHELLED"}}}}
		}
		if published != "1990-02-04" {
			t.Errorf("published %q", published)
		}
		party := func(words string, entity news.Optional) news.Party {
			i := strings.Index(text, words)
			return news.Party{Entity: entity, Span: news.Span{Start: i, End: i + len(words), Text: words}}
		}
		puno, peru := party("PUNO", "e1"), party("LIMA", "e2")
		cooks := party("TWO COOKS", "e3")
		return &news.Record{
			Entities: []news.Entity{
				{ID: "e1", Type: news.PlaceEntity, Name: "Puno", Place: &news.Place{Country: "PER"}},
				{ID: "e2", Type: news.PlaceEntity, Name: "Lima", Place: &news.Place{Country: "PER"}},
				{ID: "e3", Type: news.Person, Name: "COOKS"},
				{ID: "e4", Type: news.Person, Name: "GUARD"}},
			Events: []news.Event{
				{Type: news.Assault, Mode: "explosives", Modality: news.Occurred, Trigger: news.Span{Text: "BOMB"}, Place: &puno, Recipients: []news.Party{cooks},
					Time:   news.EventTime{Earliest: "1990-02-03", Latest: "1990-02-03"},
					Counts: []news.Count{{Kind: news.Killed, Low: &two, Best: &two, High: &two, Qualifier: news.Exact, Span: cooks.Span}}},
				{Type: news.Assault, Mode: "firearms", Modality: news.Occurred, Trigger: news.Span{Text: "SHOT"}, Place: &peru, Recipients: []news.Party{party("A GUARD", "e4")},
					Time: news.EventTime{Latest: "1990-02-04"}},
				{Type: news.Assault, Mode: "abduct", Modality: news.Occurred, Trigger: news.Span{Text: "KIDNAPPED"}, Recipients: []news.Party{party("A BAKER", "")}},
				{Type: news.Accident, Trigger: news.Span{Text: "CRASH"}},
				{Type: news.Assault, Background: true, Trigger: news.Span{Text: "WAR"}}}}
	})
	if m, _ := s.Metric(mTemplates); m.Right != 2 || m.Gold != 3 || m.Given != 3 {
		t.Errorf("templates: %+v, want 2 of 3 found and 3 given\n%v", m, s.Findings)
	}
	for name, want := range map[string][2]float64{ // precision, recall; the optional template asks and answers like others
		mMUCDate:   {2.0 / 2, 2.0 / 4},
		mMUCPlace:  {1.5 / 2, 1.5 / 4},
		mMUCType:   {3.0 / 3, 3.0 / 4},
		mMUCNumber: {2.0 / 2, 2.0 / 3},
		mMUCEffect: {1.0 / 1, 1.0 / 2},
	} {
		m, _ := s.Metric(name)
		if m.Of == nil || math.Abs(m.Of.Precision-want[0]) > 1e-9 || math.Abs(m.Of.Recall-want[1]) > 1e-9 {
			t.Errorf("%s: %+v, want %v", name, m.Of, want)
		}
	}
}
