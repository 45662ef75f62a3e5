package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/eval/own"
	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of our own sets of events.
const (
	mLookAlike     = "texts without a false event"
	mOwnEvent      = "events: found"
	mOwnAll        = "events: found, modality and background right"
	mOwnType       = "events: type, of those found"
	mOwnModality   = "events: modality, of those found"
	mOwnBackground = "events: background, of those found"
)

// scoreLookAlikes counts the texts in which nothing is coded as news that is
// none.
func scoreLookAlikes(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	return scoreOwn(ctx, sys, path, o, own.LookAlikes, judgeLookAlike, mLookAlike)
}

func judgeLookAlike(s *ownScores, it own.Item[own.LookAlike], rec *news.Record) {
	for _, a := range it.Answers {
		var wrong []string
		for _, e := range rec.Events {
			if (e.Modality == news.Occurred || e.Modality == news.Ongoing) && !e.Background && slices.Contains(a.Types, e.Type) {
				wrong = append(wrong, fmt.Sprintf("%s %s", e.Type, quoted(e.Trigger.Text)))
			}
		}
		s.judge(mLookAlike, Accuracy, len(wrong) == 0)
		s.judge("look-alikes: "+a.Subject, Accuracy, len(wrong) == 0)
		if len(wrong) > 0 {
			s.note(FalseAlarm, "look-alikes: "+a.Subject, "", strings.Join(wrong, ", "))
		}
	}
}

// scoreModality scores how events are presented.
func scoreModality(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	order := []string{mOwnModality, mOwnBackground, mOwnEvent, mOwnAll, mOwnType}
	for _, m := range []news.Modality{news.Occurred, news.Ongoing, news.Alleged, news.Denied, news.Planned, news.Hypothetical} {
		order = append(order, "modality: "+string(m))
	}
	return scoreOwn(ctx, sys, path, o, own.Events, judgeModality, append(order, "background: true", "background: false")...)
}

func judgeModality(s *ownScores, it own.Item[own.Event], rec *news.Record) {
	for _, a := range it.Answers {
		e := triggered(rec, a)
		gold := fmt.Sprintf("%s %s", a.Types[0], quoted(a.Text))
		if e == nil {
			if a.Modalities[0] == news.Hypothetical {
				continue
			}
			s.judge(mOwnEvent, Recall, false)
			s.judge(mOwnAll, Recall, false)
			s.note(Miss, mOwnEvent, gold, "")
			continue
		}
		s.judge(mOwnEvent, Recall, true)
		s.judge(mOwnType, Accuracy, slices.Contains(a.Types, e.Type))
		right := slices.Contains(a.Modalities, e.Modality)
		s.judge(mOwnAll, Recall, right && (a.Background == nil || *a.Background == e.Background))
		s.judge(mOwnModality, Accuracy, right)
		s.judge("modality: "+string(a.Modalities[0]), Accuracy, right)
		if !right {
			s.note(Wrong, mOwnModality, gold+" "+string(a.Modalities[0]), fmt.Sprintf("%s %s %s", e.Type, quoted(e.Trigger.Text), e.Modality))
		}
		if a.Background == nil {
			continue
		}
		right = *a.Background == e.Background
		s.judge(mOwnBackground, Accuracy, right)
		s.judge(fmt.Sprintf("background: %v", *a.Background), Accuracy, right)
		if !right {
			s.note(Wrong, mOwnBackground, fmt.Sprintf("%s %v", gold, *a.Background), fmt.Sprintf("%s %s %v", e.Type, quoted(e.Trigger.Text), e.Background))
		}
	}
}

// triggered finds the event whose trigger or a mention overlaps the answer's:
// one of the right type first.
func triggered(rec *news.Record, a own.Event) (best *news.Event) {
	for i := range rec.Events {
		e := &rec.Events[i]
		if !covers(e.Trigger, a.Words) && !slices.ContainsFunc(e.Mentions, func(m news.Span) bool { return covers(m, a.Words) }) {
			continue
		}
		if best == nil || !slices.Contains(a.Types, best.Type) && slices.Contains(a.Types, e.Type) {
			best = e
		}
	}
	return best
}
