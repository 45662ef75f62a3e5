package reader

import (
	"context"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/said"
	"github.com/onrecord/onrecord/internal/what"
)

// Explanation is a record with what was noted while it was made. The traces are
// nil where the text was not read.
type Explanation struct {
	Record     *news.Record
	Statements *said.Trace
	Events     *what.Trace
}

// Explain is Read, and notes which rules made the record. The record is the
// same.
func (r *Reader) Explain(ctx context.Context, in Input) (*Explanation, error) {
	e := &Explanation{}
	d, err := r.run(ctx, &draft{in: in, why: e}, "")
	if err != nil {
		return nil, err
	}
	e.Record = d.record
	return e, nil
}

// RuleExamples are the example sentences of the users' rules.
func (r *Reader) RuleExamples() []what.Example { return r.events.UserExamples() }
