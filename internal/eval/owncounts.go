package eval

import (
	"context"
	"slices"

	"github.com/onrecord/onrecord/internal/eval/own"
	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of our own set of counts.
const (
	mOwnCount     = "counts: kind, number and qualifier"
	mOwnCountText = "texts with every count right and none too many"
	mOwnPart      = "counts: part of another, of those found"
)

// scoreCounts scores numbers of persons. A number that the text, or the
// program, gives twice counts once.
func scoreCounts(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	return scoreOwn(ctx, sys, path, o, own.Counts, judgeCounts, mOwnCount, mOwnCountText, mOwnPart)
}

func judgeCounts(s *ownScores, it own.Item[own.Count], rec *news.Record) {
	given := distinctCounts(rec)
	used := make([]bool, len(given))
	// take pairs an answer with a count that gives it, one that is a part as
	// the answer is before others.
	take := func(a own.Count) int {
		best := -1
		for i, c := range given {
			if used[i] || !a.Matches(c) {
				continue
			}
			if best < 0 || given[best].PartOf.Known() != a.Part && c.PartOf.Known() == a.Part {
				best = i
			}
		}
		if best >= 0 {
			used[best] = true
		}
		return best
	}
	all := true
	for _, a := range it.Answers {
		if a.Optional {
			continue
		}
		i := take(a)
		s.add(mOwnCount, F1, 0, 1, 0)
		if i < 0 {
			all = false
			s.note(Miss, mOwnCount, a.Text, "")
			continue
		}
		s.add(mOwnCount, F1, 1, 0, 1)
		part := given[i].PartOf.Known() == a.Part
		if a.Part || !part {
			s.judge(mOwnPart, Accuracy, part)
		}
		if !part {
			all = false
			s.note(Wrong, mOwnPart, a.Text, writeCount(given[i]))
		}
	}
	for _, a := range it.Answers {
		if a.Optional {
			take(a)
		}
	}
	for i, c := range given {
		if !used[i] {
			all = false
			s.add(mOwnCount, F1, 0, 0, 1)
			s.note(FalseAlarm, mOwnCount, "", writeCount(c))
		}
	}
	s.judge(mOwnCountText, Accuracy, all)
}

// distinctCounts are the counts of a record, each kind and number once but for
// wholes and parts of the same size.
func distinctCounts(rec *news.Record) (out []news.Count) {
	for _, e := range rec.Events {
		for _, c := range e.Counts {
			same := func(o news.Count) bool {
				return o.Kind == c.Kind && o.PartOf.Known() == c.PartOf.Known() && own.ValueOf(o).String() == own.ValueOf(c).String()
			}
			if !slices.ContainsFunc(out, same) {
				out = append(out, c)
			}
		}
	}
	return out
}

// writeCount writes a count as the set does, with the words it is from.
func writeCount(c news.Count) string {
	kind := string(c.Kind)
	if c.PartOf.Known() {
		kind += ".part"
	}
	return kind + "=" + own.ValueOf(c).String() + " " + quoted(c.Text)
}
