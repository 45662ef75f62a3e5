package eval

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord/internal/eval/muc4"
	"github.com/onrecord/onrecord/internal/where"
)

// The metrics of MUC-4's templates: the templates themselves, then the slots
// that a record has, each over the templates found and missed ("matched and
// missing", as the slots of the conference's score reports), a partly right
// fill counting half. Number and effect are those of human targets; a record
// says neither of things.
const (
	mTemplates = "templates: found"
	mMUCDate   = "slot: date"
	mMUCPlace  = "slot: location"
	mMUCType   = "slot: type"
	mMUCNumber = "slot: number of persons"
	mMUCEffect = "slot: effect on persons"
)

var mucSlots = []struct {
	name string
	slot muc4.Slot
}{
	{mMUCDate, muc4.Date}, {mMUCPlace, muc4.Location}, {mMUCType, muc4.Type}, {mMUCNumber, muc4.Number}, {mMUCEffect, muc4.Effect},
}

// mucTally is what a slot's figures are made of: fills to find, fills given, and
// fills right, half ones half.
type mucTally struct{ possible, actual, correct float64 }

func (t *mucTally) add(o mucTally) {
	t.possible, t.actual, t.correct = t.possible+o.possible, t.actual+o.actual, t.correct+o.correct
}

func (t mucTally) computation() Computation {
	var c Computation
	if t.actual > 0 {
		c.Precision = t.correct / t.actual
	}
	if t.possible > 0 {
		c.Recall = t.correct / t.possible
	}
	if t.possible+t.actual > 0 {
		c.Value = 2 * t.correct / (t.possible + t.actual)
	}
	return c
}

// scoreMUC4 scores the reports and keys in the folders below path.
func scoreMUC4(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	reports, keys, err := readMUC4(path)
	if err != nil {
		return Scores{}, err
	}
	atlas, err := where.Load()
	if err != nil {
		return Scores{}, err
	}
	countryName := func(code string) string {
		c, _ := atlas.Country(code)
		return c.Name
	}
	reports = choose(reports, o)
	tallies := make([]map[muc4.Slot]mucTally, len(reports))
	s, err := sum(ctx, o, len(reports), func(ctx context.Context, i int) (Scores, error) {
		r := reports[i]
		rec, err := sys.Read(ctx, r.Text, r.Published)
		if err != nil {
			return Scores{}, fmt.Errorf("read %s: %w", r.ID, err)
		}
		m := mucDocument{report: r, keys: keys[r.ID], answers: mucAnswers(rec, countryName), scores: Scores{Docs: 1}, tallies: map[muc4.Slot]mucTally{}}
		m.score()
		tallies[i] = m.tallies
		return m.scores, nil
	}, []string{mTemplates})
	if err != nil {
		return s, err
	}
	for _, m := range mucSlots {
		var all mucTally
		for _, t := range tallies {
			all.add(t[m.slot])
		}
		s.compute(m.name, all.computation())
	}
	return s, nil
}

// readMUC4 reads every folder below path that holds a file of reports
// ("tst1-muc3") and one of keys ("key-tst1.v7").
func readMUC4(path string) ([]muc4.Report, map[string][]muc4.Template, error) {
	files, err := filepath.Glob(filepath.Join(path, "*", "key-*"))
	if err != nil {
		return nil, nil, err
	}
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("no */key-* there")
	}
	var reports []muc4.Report
	keys := map[string][]muc4.Template{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		templates, err := muc4.ReadKeys(string(b))
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", file, err)
		}
		for _, t := range templates {
			keys[t.Message] = append(keys[t.Message], t)
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(file), "key-"), ".")
		texts, err := filepath.Glob(filepath.Join(filepath.Dir(file), name+"-*"))
		if err != nil {
			return nil, nil, fmt.Errorf("look for the reports beside %s: %w", file, err)
		}
		if len(texts) != 1 {
			return nil, nil, fmt.Errorf("%d files of reports beside %s, want one", len(texts), file)
		}
		if b, err = os.ReadFile(texts[0]); err != nil {
			return nil, nil, err
		}
		reports = append(reports, muc4.ReadReports(string(b))...)
	}
	return reports, keys, nil
}

// mucDocument is one report that is scored.
type mucDocument struct {
	report  muc4.Report
	keys    []muc4.Template
	answers []mucAnswer
	scores  Scores
	tallies map[muc4.Slot]mucTally
}

// score pairs templates with events and counts their slots.
func (d *mucDocument) score() {
	var pairs []pair
	for i, k := range d.keys {
		for j, a := range d.answers {
			if score := a.fits(k); score > 0 {
				pairs = append(pairs, pair{i, j, score})
			}
		}
	}
	pairs = assign(pairs)
	foundKey, foundAnswer := map[int]bool{}, map[int]bool{}
	right, given, want := 0, len(d.answers), 0
	for _, p := range pairs {
		foundKey[p.gold], foundAnswer[p.got] = true, true
		d.compare(d.keys[p.gold], &d.answers[p.got])
		if d.keys[p.gold].Optional {
			given-- // neither asked for nor too much
			continue
		}
		right++
	}
	for i, k := range d.keys {
		if k.Optional {
			continue
		}
		want++
		if !foundKey[i] {
			d.compare(k, nil)
			d.note(Miss, mTemplates, k, "")
		}
	}
	for j, a := range d.answers {
		if !foundAnswer[j] {
			d.scores.Findings = append(d.scores.Findings, Finding{d.report.ID, 1, FalseAlarm, mTemplates, "", a.incident + " " + quoted(a.event.Trigger.Text)})
		}
	}
	d.scores.add(mTemplates, F1, right, want, given)
}

// compare counts the slots of one template; a is nil where it was missed.
func (d *mucDocument) compare(k muc4.Template, a *mucAnswer) {
	for _, m := range mucSlots {
		fills := k.Fills[m.slot]
		var t mucTally
		switch {
		case a == nil:
			for _, f := range fills {
				if !f.Optional {
					t.possible++
				}
			}
		case m.slot == muc4.Number || m.slot == muc4.Effect:
			t = a.comparePersons(fills, m.slot)
		default:
			t = a.compareOne(fills, m.slot)
		}
		sum := d.tallies[m.slot]
		sum.add(t)
		d.tallies[m.slot] = sum
		if a != nil && t.correct < max(t.possible, t.actual) {
			d.note(Wrong, m.name, k, a.show(m.slot)+" in "+quoted(a.event.Trigger.Text))
			d.scores.Findings[len(d.scores.Findings)-1].Gold += " " + showFills(fills)
		}
	}
}

func (d *mucDocument) note(kind FindingKind, metric string, k muc4.Template, got string) {
	gold := "template " + k.Number
	if metric == mTemplates {
		gold += " " + showFills(k.Fills[muc4.Type]) + " " + showFills(k.Fills[muc4.Location])
	}
	d.scores.Findings = append(d.scores.Findings, Finding{d.report.ID, 1, kind, metric, gold, got})
}

func showFills(fills []muc4.Fill) string {
	var out []string
	for _, f := range fills {
		text := strings.Join(f.Values, "/")
		if len(f.Words) > 0 {
			text += " of " + f.Words[0]
		}
		out = append(out, text)
	}
	return quoted(strings.Join(out, ", "))
}
