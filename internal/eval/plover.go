package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/onrecord/onrecord/internal/news"
)

// plover2016 turns the codes of 2016, in which the gold standard records are
// written, into those of the 16-type edition.
var plover2016 = map[string]news.EventType{
	"DEMAND": news.Request, "DISAPPROVE": news.AccuseEv, "INVESTIGATE": news.AccuseEv, "FIGHT": news.Assault,
}

// mFewCounts is of the few records that give them.
const mFewCounts = "counts: killed and injured"

// ploverRecord is one gold standard record.
type ploverRecord struct {
	ID, Event, Text string
	Source, Target  ploverActors
	Dead, Injured   *ploverNumber
}

// scorePLOVER scores PLOVER's gold standard records
// (PLOVER_GSR_CAMEO, Open Event Data Alliance).
func scorePLOVER(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return Scores{}, err
	}
	var records []ploverRecord
	if err := json.Unmarshal(b, &records); err != nil {
		return Scores{}, fmt.Errorf("read the gold standard records: %w", err)
	}
	var items []coded
	for _, r := range records {
		if r.Text == "" { // the record that documents the file
			continue
		}
		code := news.EventType(r.Event)
		if c, ok := plover2016[r.Event]; ok {
			code = c
		}
		items = append(items, coded{id: r.ID, text: r.Text, types: []news.EventType{code}, also: r.judge})
	}
	return scoreCoded(ctx, sys, choose(items, o), o)
}

// judge scores the actors and the counts that the record gives.
func (r ploverRecord) judge(s *Scores, rec *news.Record) {
	r.judgeActors(s, rec)
	count := func(kind news.CountKind, n *ploverNumber) {
		if n == nil {
			return
		}
		right := false
		have := "none"
		for _, e := range rec.Events {
			right = right || hasCount(e, string(kind), int(*n))
			if c := counts(e, string(kind)); c != "none" {
				have = c
			}
		}
		s.judge(mFewCounts, Accuracy, right)
		if !right {
			s.Findings = append(s.Findings, Finding{r.ID, 1, Wrong, mFewCounts, fmt.Sprintf("%s %d in %s", kind, *n, quoted(r.Text)), have})
		}
	}
	count(news.Killed, r.Dead)
	count(news.Injured, r.Injured)
}

// ploverNumber is a number that may be written in quotes.
type ploverNumber int

// UnmarshalJSON reads 3 and "3".
func (n *ploverNumber) UnmarshalJSON(b []byte) error {
	var s json.Number
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("a count: %w", err)
	}
	i, err := s.Int64()
	*n = ploverNumber(i)
	return err
}
