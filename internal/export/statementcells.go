package export

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// statementCells is a statement as one row.
type statementCells struct {
	articleCells
	Statement    string   `parquet:"statement"`
	Speaker      string   `parquet:"speaker,optional"`
	SpeakerType  string   `parquet:"speaker_type,optional,dict"`
	Country      string   `parquet:"speaker_country,optional,dict"`
	Sectors      []string `parquet:"speaker_sectors,list"`
	SourceWords  string   `parquet:"source_words,optional"`
	Implicit     bool     `parquet:"implicit"`
	Cue          string   `parquet:"cue,optional"`
	Words        string   `parquet:"words,optional" loss:"the parts joined by an ellipsis, as far as the source's rights allow; each part is in the evidence file"`
	Form         string   `parquet:"form,dict"`
	Act          string   `parquet:"act,dict"`
	Polarity     string   `parquet:"polarity,dict"`
	SaidEarliest string   `parquet:"said_earliest,optional"`
	SaidLatest   string   `parquet:"said_latest,optional"`
	SaidBasis    string   `parquet:"said_basis,optional,dict"`
	Via          string   `parquet:"via,optional"`
	Addressee    string   `parquet:"addressee,optional"`
	Within       string   `parquet:"within,optional"`
	Answers      []string `parquet:"answers,list"`
	About        []string `parquet:"about,list"`
	Events       []string `parquet:"events,list"`
	Start        int32    `parquet:"start"` // of the first part of the words, in code points
	End          int32    `parquet:"end"`   // of the last
	Confidence   float64  `parquet:"confidence"`
}

func (a *Article) statementCells(row Row) statementCells {
	s := row.Statement
	c := statementCells{articleCells: a.cells(row.id()), Statement: s.ID, Speaker: a.speaker(s), Words: a.content(s), Form: string(s.Form), Act: string(s.Act),
		Polarity: string(s.Polarity), Within: string(s.Within), Answers: s.Answers, Events: s.Events, Confidence: s.Confidence}
	if s.Source != nil {
		c.Implicit = s.Source.Implicit
		if s.Source.Phrase != nil {
			c.SourceWords = a.words(*s.Source.Phrase)
		}
		if e := a.x.entity[s.Source.Entity]; e != nil {
			c.SpeakerType, c.Country, c.Sectors = string(e.Type), string(e.Country), e.Sectors
		}
	}
	if s.Cue != nil {
		c.Cue = a.words(*s.Cue)
	}
	if s.SaidAt != nil {
		c.SaidEarliest, c.SaidLatest, c.SaidBasis = string(s.SaidAt.Earliest), string(s.SaidAt.Latest), s.SaidAt.Basis
	}
	if s.Via != nil {
		if e := a.x.entity[s.Via.Entity]; e != nil {
			c.Via = oneLine(e.Name)
		}
	}
	if s.Addressee != nil {
		c.Addressee = a.name(*s.Addressee)
	}
	for _, id := range s.About {
		if e := a.x.entity[news.Optional(id)]; e != nil {
			c.About = add(c.About, oneLine(e.Name))
		}
	}
	if n := len(s.Content); n > 0 {
		c.Start, c.End = int32(a.point(s.Content[0].Start)), int32(a.point(s.Content[n-1].End))
	}
	return c
}

// claimCells is a claim as one row.
type claimCells struct {
	ID             string   `parquet:"id"`
	Story          string   `parquet:"story,optional"`
	Event          string   `parquet:"resolved_event,optional"`
	Kind           string   `parquet:"kind,dict"`
	About          []string `parquet:"about,list"`
	Words          string   `parquet:"words,optional" loss:"of its first assertion, as far as the source's rights allow"`
	Article        string   `parquet:"article,optional"`
	Contested      bool     `parquet:"contested"`
	Why            string   `parquet:"why,optional"`
	For            int32    `parquet:"origins_for"`
	Against        int32    `parquet:"origins_against"`
	SourcesFor     []string `parquet:"sources_for,list" loss:"when and in what words is in the stances file"`
	SourcesAgainst []string `parquet:"sources_against,list" loss:"when and in what words is in the stances file"`
	Silent         []string `parquet:"silent,list"`
	Changed        []string `parquet:"changed,list" loss:"names of those who changed their word; the stances file has both"`
	Stances        int32    `parquet:"stances"`
}

func (c *Claim) cells() claimCells {
	out := claimCells{ID: c.ID, Story: string(c.Story), Event: string(c.Event), Kind: string(c.Kind), About: c.About, Words: c.words(c.Words),
		Article: c.Words.Article, Contested: c.Contested, Why: c.Why, For: int32(c.Origins.For), Against: int32(c.Origins.Against),
		Silent: c.Silent, Stances: int32(len(c.Stances))}
	for i := range c.Stances {
		s := &c.Stances[i]
		switch name := s.Source.Name; {
		case name == "":
		case s.Kind.For():
			out.SourcesFor = add(out.SourcesFor, name)
		case s.Kind.Against():
			out.SourcesAgainst = add(out.SourcesAgainst, name)
		}
	}
	for _, t := range c.Changed {
		out.Changed = add(out.Changed, t.Source)
	}
	return out
}

// words are what may leave of a stretch of one of the claim's articles.
func (c *Claim) words(e news.Evidence) string {
	if a := c.article(e.Article); a != nil {
		return a.words(e.Span)
	}
	return ""
}

func (c *Claim) article(id string) *Article {
	if c.Article == nil {
		return nil
	}
	a := c.Article(id)
	if a != nil {
		a.prepare()
	}
	return a
}

// evidence are the words that a stance rests on, joined.
func (c *Claim) evidence(s *news.Stance) string {
	var parts []string
	for _, e := range s.Evidence {
		if w := c.words(e); w != "" {
			parts = append(parts, w)
		}
	}
	return strings.Join(parts, " … ")
}
