package export

import "github.com/onrecord/onrecord/internal/news"

// evidenceCells is one stretch of text that a value of an event or statement
// rests on: the long file beside the rows.
type evidenceCells struct {
	Row       string   `parquet:"row"`       // id of the event or statement
	Part      string   `parquet:"part,dict"` // trigger, mention, actor, recipient, place, other_place, time, count, source, cue, content, addressee
	N         int32    `parquet:"n"`         // its number among those of the part, from 1
	Entity    string   `parquet:"entity,optional"`
	Name      string   `parquet:"name,optional"`
	Type      string   `parquet:"entity_type,optional,dict"`
	Country   string   `parquet:"country,optional,dict"`
	Sectors   []string `parquet:"sectors,list"`
	Kind      string   `parquet:"count_kind,optional,dict"`
	Low       *int32   `parquet:"low,optional"`
	Best      *int32   `parquet:"best,optional"`
	High      *int32   `parquet:"high,optional"`
	Qualifier string   `parquet:"qualifier,optional,dict"`
	Of        string   `parquet:"of,optional"`
	Count     string   `parquet:"count,optional"` // its id in the record
	PartOf    string   `parquet:"part_of,optional"`
	Statement string   `parquet:"statement,optional"` // that gives the count
	Start     int32    `parquet:"start"`              // code points in the article's text
	End       int32    `parquet:"end"`
	Words     string   `parquet:"words,optional" loss:"as far as the source's rights allow"`
}

// gathering collects the evidence of one row.
type gathering struct {
	a    *Article
	row  string
	into []evidenceCells
	part string
	n    int32
}

func (g *gathering) span(part string, s news.Span) *evidenceCells {
	if part != g.part {
		g.part, g.n = part, 0
	}
	g.n++
	g.into = append(g.into, evidenceCells{Row: g.row, Part: part, N: g.n, Start: int32(g.a.point(s.Start)), End: int32(g.a.point(s.End)), Words: g.a.words(s)})
	return &g.into[len(g.into)-1]
}

func (g *gathering) party(part string, p news.Party) {
	c := g.span(part, p.Span)
	c.entity(g.a.x, p.Entity)
}

func (c *evidenceCells) entity(x index, id news.Optional) {
	c.Entity = string(id)
	if e := x.entity[id]; e != nil {
		c.Name, c.Type, c.Country, c.Sectors = oneLine(e.Name), string(e.Type), string(e.Country), e.Sectors
	}
}

// evidence are the stretches that a row rests on; into is used again.
func (a *Article) evidence(row Row, into []evidenceCells) []evidenceCells {
	g := &gathering{a: a, row: row.id(), into: into[:0]}
	if v := row.Event; v != nil {
		g.span("trigger", v.Trigger)
		for _, m := range v.Mentions {
			g.span("mention", m)
		}
		for _, p := range v.Actors {
			g.party("actor", p)
		}
		for _, p := range v.Recipients {
			g.party("recipient", p)
		}
		if v.Place != nil {
			g.party("place", *v.Place)
		}
		for _, p := range v.Places {
			g.party("other_place", p)
		}
		if v.Time.Evidence != nil {
			g.span("time", *v.Time.Evidence)
		}
		for i := range v.Counts {
			n := &v.Counts[i]
			c := g.span("count", n.Span)
			c.Kind, c.Low, c.Best, c.High, c.Qualifier = string(n.Kind), small(n.Low), small(n.Best), small(n.High), string(n.Qualifier)
			c.Count, c.PartOf, c.Statement = n.ID, string(n.PartOf), string(n.Statement)
			if c.Words != "" { // who is counted is words of the text
				c.Of = oneLine(n.Of)
			}
		}
	}
	if s := row.Statement; s != nil {
		if s.Source != nil && s.Source.Phrase != nil {
			g.span("source", *s.Source.Phrase).entity(a.x, s.Source.Entity)
		}
		if s.Cue != nil {
			g.span("cue", *s.Cue)
		}
		for _, c := range s.Content {
			g.span("content", c)
		}
		if s.Addressee != nil {
			g.party("addressee", *s.Addressee)
		}
	}
	return g.into
}

// stanceCells is one stand taken on a claim: the long file beside the claims.
type stanceCells struct {
	Claim     string   `parquet:"claim"`
	Stance    string   `parquet:"stance"`
	Kind      string   `parquet:"kind,dict"`
	Source    string   `parquet:"source,optional"`
	For       string   `parquet:"speaks_for,optional"`
	Own       bool     `parquet:"own_voice"`
	Article   string   `parquet:"article"`
	Outlet    string   `parquet:"outlet,optional"`
	Origin    string   `parquet:"origin,optional"`
	Copies    []string `parquet:"copies,list"`
	Statement string   `parquet:"statement,optional"`
	SaidAt    string   `parquet:"said_at,optional"`
	Published string   `parquet:"published,optional"`
	Start     *int32   `parquet:"start,optional" loss:"of the first stretch of words; empty where the article is not at hand"`
	End       *int32   `parquet:"end,optional" loss:"of the first stretch of words"`
	Words     string   `parquet:"words,optional" loss:"all stretches joined by an ellipsis, as far as the source's rights allow"`
	Why       string   `parquet:"why,optional"`
}

func (c *Claim) stances(into []stanceCells) []stanceCells {
	into = into[:0]
	for i := range c.Stances {
		s := &c.Stances[i]
		out := stanceCells{Claim: c.ID, Stance: s.ID, Kind: string(s.Kind), Source: s.Source.Name, For: string(s.Source.For), Own: s.Source.Own, Article: s.Article,
			Outlet: string(s.Outlet), Origin: s.Origin, Copies: s.Copies, Statement: string(s.Statement), SaidAt: string(s.SaidAt),
			Published: string(s.Published), Words: c.evidence(s), Why: s.Why}
		if len(s.Evidence) > 0 {
			if a := c.article(s.Evidence[0].Article); a != nil {
				start, end := a.point(s.Evidence[0].Start), a.point(s.Evidence[0].End)
				out.Start, out.End = small(&start), small(&end)
			}
		}
		into = append(into, out)
	}
	return into
}
