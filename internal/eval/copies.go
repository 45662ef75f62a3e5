package eval

import (
	"context"
	"fmt"
	"time"

	"github.com/onrecord/onrecord/internal/eval/own"
	"github.com/onrecord/onrecord/internal/story"
)

// The metrics of copies.
const (
	mCopies       = "copies: pairs"
	mCopiesOrigin = "copies: pairs of one origin counted once"
)

// scoreCopies puts each pair of reports into a window of its own, both
// published at one time by nobody in particular, and asks whether one is a copy
// of the other.
func scoreCopies(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	table, err := ownTable(path)
	if err != nil {
		return Scores{}, err
	}
	all, err := own.CopyPairs(table)
	if err != nil {
		return Scores{}, err
	}
	var pairs []own.CopyPair
	for _, p := range all {
		if o.keep(p.Story) {
			pairs = append(pairs, p)
		}
	}
	if o.First > 0 && len(pairs) > o.First {
		pairs = pairs[:o.First]
	}
	sketches, err := copySketches(ctx, sys, o, pairs)
	if err != nil {
		return Scores{}, err
	}
	s := Scores{Docs: len(sketches)}
	for _, p := range pairs {
		judgeCopy(&s, o, p, *sketches[p.First.Text()], *sketches[p.Second.Text()])
	}
	s.order([]string{mCopies, mCopiesOrigin})
	return s, nil
}

// copySketches reads each text once.
func copySketches(ctx context.Context, sys System, o Options, pairs []own.CopyPair) (map[string]*story.Article, error) {
	var texts []string
	articles := map[string]*story.Article{}
	for _, p := range pairs {
		for _, t := range []string{p.First.Text(), p.Second.Text()} {
			if articles[t] == nil {
				articles[t] = &story.Article{}
				texts = append(texts, t)
			}
		}
	}
	_, err := sum(ctx, o, len(texts), func(ctx context.Context, i int) (Scores, error) {
		rec, err := sys.Read(ctx, texts[i], "")
		if err != nil {
			return Scores{}, fmt.Errorf("read a report: %w", err)
		}
		*articles[texts[i]] = story.Article{Record: rec}
		return Scores{}, nil
	}, nil)
	return articles, err
}

func judgeCopy(s *Scores, o Options, p own.CopyPair, first, second story.Article) {
	first.ID, second.ID = "first", "second"
	w := story.New(story.Options{})
	w.Add(story.NewSketch(first))
	w.Add(story.NewSketch(second))
	settled := w.Settle(time.Time{})
	given := len(settled.Copies) == 1
	s.add(mCopies, F1, tally(p.Copy && given), tally(p.Copy), tally(given))
	if p.Copy {
		st, _ := w.Story(w.StoryOf("second"))
		s.judge(mCopiesOrigin, Accuracy, len(st.Origins) == 1)
	}
	if given == p.Copy || o.Half == "" && p.Story%2 == 1 {
		return
	}
	f := Finding{File: "copies", Line: p.Line, Kind: Miss, Metric: mCopies, Gold: p.How + ": " + quoted(p.Second.Text())}
	if given {
		c := settled.Copies[0]
		f.Kind, f.Gold = FalseAlarm, ""
		f.Got = fmt.Sprintf("%s, shared %.2f, %s: %s", c.Reason, c.Shared, p.How, quoted(p.Second.Text()))
	}
	s.Findings = append(s.Findings, f)
}

// tally is 1 for what holds.
func tally(holds bool) int {
	if holds {
		return 1
	}
	return 0
}
