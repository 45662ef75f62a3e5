package eval

import (
	"context"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/eval/own"
	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of our own sets of statements.
const (
	mOwnAct          = "statements: act right, a missed one being wrong"
	mOwnFound        = "statements: found"
	mOwnActFound     = "statements: act right, of those found"
	mOwnSpeaker      = "speakers: right, a missed statement being wrong"
	mOwnSpeakerFound = "speakers: right, of the statements found"
)

// scoreActs scores the acts of statements. Polarity counts: "did not deny" is
// no denial. A cue that the program takes for several statements must have
// them all right.
func scoreActs(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	order := []string{mOwnAct, mOwnFound, mOwnActFound}
	for _, a := range []news.Act{news.Say, news.Report, news.Ask, news.Accuse, news.Deny, news.Confirm, news.Doubt, news.Threaten,
		news.Warn, news.Demand, news.Promise, news.ClaimResponsibility, news.Endorse, news.Retract, news.DeclineComment, news.Hold} {
		order = append(order, "act: "+string(a))
	}
	return scoreOwn(ctx, sys, path, o, own.Acts, judgeActs, order...)
}

func judgeActs(s *ownScores, it own.Item[own.Statement], rec *news.Record) {
	for _, a := range it.Answers {
		var hits []news.Statement
		if a.InContent {
			if st := speaking(rec, a.Words); st != nil {
				hits = append(hits, *st)
			}
		} else {
			for _, st := range rec.Statements {
				if st.Cue != nil && covers(*st.Cue, a.Words) {
					hits = append(hits, st)
				}
			}
		}
		right := len(hits) > 0
		var got []string
		for _, h := range hits {
			right = right && slices.ContainsFunc(a.OneOf, func(st own.Stance) bool { return st.Matches(h) })
			got = append(got, own.Stance{Act: h.Act, Polarity: h.Polarity}.String())
		}
		s.judge(mOwnAct, Accuracy, right)
		s.judge("act: "+string(a.OneOf[0].Act), Accuracy, right)
		s.judge(mOwnFound, Recall, len(hits) > 0)
		if len(hits) > 0 {
			s.judge(mOwnActFound, Accuracy, right)
		}
		if right {
			continue
		}
		var want []string
		for _, st := range a.OneOf {
			want = append(want, st.String())
		}
		kind := Wrong
		if len(hits) == 0 {
			kind = Miss
		}
		s.note(kind, mOwnAct, strings.Join(want, "/")+" "+quoted(a.Text), strings.Join(got, ", "))
	}
}

// scoreSpeakers scores who speaks: by the name of the source's entity, or the
// source's own words.
func scoreSpeakers(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	return scoreOwn(ctx, sys, path, o, own.Speakers, judgeSpeakers, mOwnSpeaker, mOwnFound, mOwnSpeakerFound)
}

func judgeSpeakers(s *ownScores, it own.Item[own.Speaker], rec *news.Record) {
	byID := entities(rec)
	for _, a := range it.Answers {
		st := speaking(rec, a.Words)
		s.judge(mOwnFound, Recall, st != nil)
		if st == nil {
			s.judge(mOwnSpeaker, Accuracy, false)
			s.note(Miss, mOwnSpeaker, a.Name+" "+quoted(a.Text), "")
			continue
		}
		var names []string
		got := "nobody"
		if st.Source != nil {
			names = called(byID[st.Source.Entity])
			if st.Source.Phrase != nil {
				names = append(names, st.Source.Phrase.Text)
				got = st.Source.Phrase.Text
			}
			if e := byID[st.Source.Entity]; e != nil {
				got = e.Name
			}
		}
		right := anySame([]string{a.Name}, names)
		s.judge(mOwnSpeaker, Accuracy, right)
		s.judge(mOwnSpeakerFound, Accuracy, right)
		if !right {
			s.note(Wrong, mOwnSpeaker, a.Name+" "+quoted(a.Text), got)
		}
	}
}

// speaking finds the innermost statement whose content holds the words.
func speaking(rec *news.Record, w own.Words) (best *news.Statement) {
	least := 0
	for i := range rec.Statements {
		for _, c := range rec.Statements[i].Content {
			if c.Start <= w.Start && w.End <= c.End && (best == nil || c.End-c.Start < least) {
				best, least = &rec.Statements[i], c.End-c.Start
			}
		}
	}
	return best
}
