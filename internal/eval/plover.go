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

// scorePLOVER scores PLOVER's gold standard records
// (PLOVER_GSR_CAMEO, Open Event Data Alliance).
func scorePLOVER(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return Scores{}, err
	}
	var records []struct{ ID, Event, Text string }
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
		items = append(items, coded{id: r.ID, text: r.Text, types: []news.EventType{code}})
	}
	return scoreCoded(ctx, sys, choose(items, o), o)
}
