package eval

import (
	"slices"

	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of dates, entities and boilerplate.
const (
	mDate            = "dates: found with the right value"
	mEntity          = "entities: found"
	mEntityType      = "entities: found with the right type"
	mEntityPrecision = "entities: precision"
	mBoilerplate     = "boilerplate: lines found"
)

// documentMetrics is the order of the metrics of articles.
var documentMetrics = []string{mContent, mSourced, mSource, mAct, mForm, mExactSource, mExactCue, mExactContent,
	mEvent, mEventType, mMode, mActor, mRecipient, mPlace, mEventDate, mCount, mModality, mBackground,
	mDate, mEntity, mEntityType, mEntityPrecision, mBoilerplate, mContentLost}

// Score scores the record of the document's text. The record's offsets are
// bytes, as they are in memory.
func (d *GoldDoc) Score(rec *news.Record) Scores {
	s := Scores{Set: d.File, Docs: 1}
	d.scoreStatements(&s, rec)
	d.scoreExact(&s, rec)
	d.scoreEvents(&s, rec)
	d.scoreDates(&s, rec)
	d.scoreEntities(&s, rec)
	d.scoreBoilerplate(&s, rec)
	s.order(documentMetrics)
	slices.SortStableFunc(s.Findings, func(a, b Finding) int { return a.Line - b.Line })
	return s
}

// scoreDates looks for a time that covers the first character of each date and
// whose value begins with the gold's.
func (d *GoldDoc) scoreDates(s *Scores, rec *news.Record) {
	for _, g := range d.Dates {
		if g.Optional {
			continue
		}
		var over []news.Time
		for _, t := range rec.Times {
			if t.Start <= g.Start && g.Start < t.End {
				over = append(over, t)
			}
		}
		right := slices.ContainsFunc(over, func(t news.Time) bool {
			return len(t.Value) >= len(g.Value) && string(t.Value[:len(g.Value)]) == g.Value
		})
		s.judge(mDate, Recall, right)
		if right {
			continue
		}
		f := Finding{d.File, d.line(g.Start), Miss, mDate, quoted(g.Text) + " = " + g.Value, ""}
		if len(over) > 0 {
			f.Kind, f.Got = Wrong, quoted(over[0].Text)+" = "+string(over[0].Value)
		}
		s.Findings = append(s.Findings, f)
	}
}

// mainTypes are the types over which the precision of entities is counted.
var mainTypes = []news.EntityType{news.Person, news.Organisation, news.Group, news.Country, news.PlaceEntity}

// scoreEntities looks for an entity that goes by one of the gold's names.
func (d *GoldDoc) scoreEntities(s *Scores, rec *news.Record) {
	if d.Entities == nil {
		return
	}
	matches := func(g GoldEntity, e *news.Entity) bool {
		names := called(e)
		return slices.ContainsFunc(g.Names, func(a string) bool {
			return slices.ContainsFunc(names, func(b string) bool { return equalName(a, b) })
		})
	}
	for _, g := range d.Entities {
		if g.Optional {
			continue
		}
		var hits []*news.Entity
		for i := range rec.Entities {
			if matches(g, &rec.Entities[i]) {
				hits = append(hits, &rec.Entities[i])
			}
		}
		typed := slices.ContainsFunc(hits, func(e *news.Entity) bool {
			return e.Type == g.Type || slices.Contains(g.TypeOK, e.Type)
		})
		s.judge(mEntity, Recall, len(hits) > 0)
		s.judge(mEntityType, Recall, typed)
		f := Finding{d.File, 0, Miss, mEntity, quoted(g.Names[0]) + " " + string(g.Type), ""}
		switch {
		case len(hits) == 0:
			s.Findings = append(s.Findings, f)
		case !typed:
			f.Kind, f.Metric = Wrong, mEntityType
			f.Line, f.Got = d.line(firstMention(hits[0])), string(hits[0].Type)
			s.Findings = append(s.Findings, f)
		}
	}
	for i := range rec.Entities {
		e := &rec.Entities[i]
		named := slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind == news.MentionName })
		if !named || !slices.Contains(mainTypes, e.Type) {
			continue
		}
		right, optional := false, false
		for _, g := range d.Entities {
			if matches(g, e) {
				right = right || !g.Optional
				optional = optional || g.Optional
			}
		}
		if optional && !right {
			continue
		}
		s.judge(mEntityPrecision, Precision, right)
		if !right {
			s.Findings = append(s.Findings, Finding{d.File, d.line(firstMention(e)), FalseAlarm, mEntityPrecision, "",
				quoted(e.Name) + " " + string(e.Type)})
		}
	}
}

func firstMention(e *news.Entity) int {
	if len(e.Mentions) == 0 {
		return 0
	}
	return e.Mentions[0].Start
}

// covered is how much of a boilerplate line must lie in boilerplate blocks.
const covered = 0.9

// scoreBoilerplate counts the boilerplate lines that are marked.
func (d *GoldDoc) scoreBoilerplate(s *Scores, rec *news.Record) {
	for _, g := range d.Boilerplate {
		in := 0
		for _, b := range rec.Article.Blocks {
			if b.Kind == news.BlockBoilerplate {
				in += d.overlap(g, b.Range)
			}
		}
		right := float64(in) >= covered*float64(d.chars(g))
		s.judge(mBoilerplate, Recall, right)
		if !right {
			s.Findings = append(s.Findings, Finding{d.File, d.line(g.Start), Miss, mBoilerplate, quoted(d.slice(g)), ""})
		}
	}
}

// scoreContentLost counts the gold pieces that lie in boilerplate blocks: what
// somebody said and the program threw away.
func (d *GoldDoc) scoreContentLost(s *Scores, rec *news.Record, content []piece) {
	s.add(mContentLost, Tally, 0, 0, 0)
	for _, c := range content {
		lost := slices.ContainsFunc(rec.Article.Blocks, func(b news.Block) bool {
			return b.Kind == news.BlockBoilerplate && d.overlap(c.Range, b.Range) > 0
		})
		if lost {
			s.add(mContentLost, Tally, 1, 0, 0)
			s.Findings = append(s.Findings, Finding{d.File, d.line(c.Start), Wrong, mContentLost, quoted(d.slice(c.Range)), "a boilerplate block"})
		}
	}
}
