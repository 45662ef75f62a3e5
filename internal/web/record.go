package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/web/lit"
	"github.com/onrecord/onrecord/internal/web/picture"
)

// recordView is one record as a page shows it, beside its text.
type recordView struct {
	Title    string
	Facts    []string
	URL      string
	Blocks   []lit.Block
	Warnings []news.Warning
	Disputes []disputeView
	Figures  []figureView
	Speakers []speakerView
	Events   []eventView
	Entities []entityView
}

type disputeView struct {
	About string
	Sides []sideView
}

type sideView struct {
	ID, Speaker, Words string
	Stand              stand
	Line               int
}

type speakerView struct {
	Name, About, Href string
	Statements        []statementView
}

type statementView struct {
	ID, Words, Aside, Cite string
	Correct, Corrected     string // address of the form; what a person said of it
	Stand                  stand
	Quoted                 bool
	Line                   int
}

type figureView struct {
	ID, Number, Of, Source, Cite string
	Kind                         news.CountKind
	Line                         int
}

type eventView struct {
	ID, When, Trigger, Who, Place, Notes, Href, Class string
	Type, Correct, Corrected                          string
	Counts                                            []string
	Line                                              int
}

type entityView struct {
	ID, Name, About, Href string
	Count, Line           int
}

// stand is which side words take: the class gives colour and edge, the sign and
// the word tell without them.
type stand struct{ Class, Sign, Word string }

// verbs are the acts as a page says them, and as it denies them.
var verbs = map[news.Act][2]string{
	news.Say: {"says", "say"}, news.Report: {"reports", "report"}, news.Ask: {"asks", "ask"}, news.Accuse: {"accuses", "accuse"}, news.Deny: {"denies", "deny"},
	news.Confirm: {"confirms", "confirm"}, news.Doubt: {"doubts", "doubt"}, news.Threaten: {"threatens", "threaten"}, news.Warn: {"warns", "warn"},
	news.Demand: {"demands", "demand"}, news.Promise: {"promises", "promise"}, news.ClaimResponsibility: {"claims responsibility", "claim responsibility"},
	news.Endorse: {"endorses", "endorse"}, news.Retract: {"retracts", "retract"}, news.DeclineComment: {"declines comment", "comment"}, news.Hold: {"holds", "hold"},
}

func standOfAct(a news.Act, p news.Polarity) stand {
	v, ok := verbs[a]
	if !ok {
		v = [2]string{strings.ReplaceAll(string(a), "_", " "), string(a)}
	}
	if p == news.Negative {
		return stand{"open", "?", "did not " + v[1]}
	}
	switch a {
	case news.Deny, news.Retract:
		return stand{"against", "−", v[0]}
	case news.Doubt, news.DeclineComment, news.Ask:
		return stand{"open", "?", v[0]}
	}
	return stand{"for", "+", v[0]}
}

func standOf(k news.StanceKind) stand {
	word := strings.ReplaceAll(string(k), "_", " ")
	switch {
	case k == news.Doubts || k == news.DeclinesComment:
		return stand{"open", "?", word}
	case k.Against():
		return stand{"against", "−", word}
	}
	return stand{"for", "+", word}
}

// reading is a record with what finds its parts.
type reading struct {
	*news.Record
	lines      lit.Lines
	entities   map[string]*news.Entity
	statements map[string]*news.Statement
	base       string // address of the article's page; "" where it is not kept
}

// newRecordView makes the view of a record; base is the address of the article's
// page, "" for one that is not kept; asked is the stretch that a link led to.
func newRecordView(r *news.Record, base string, asked news.Range) recordView {
	x := &reading{r, lit.NewLines(r.Article.Text), map[string]*news.Entity{}, map[string]*news.Statement{}, base}
	for i := range r.Entities {
		x.entities[r.Entities[i].ID] = &r.Entities[i]
	}
	for i := range r.Statements {
		x.statements[r.Statements[i].ID] = &r.Statements[i]
	}
	v := recordView{Title: cmp.Or(string(r.Article.Title), "(no title)"), Blocks: lit.Blocks(r, asked), Warnings: r.Warnings}
	if isWeb(r.Article.URL) {
		v.URL = string(r.Article.URL)
	}
	for _, f := range []string{string(r.Article.Publisher), day(r.Article.Published), strings.Join(r.Article.Authors, ", "), plural(len(r.Statements), "statement"), plural(len(r.Events), "event")} {
		if f != "" {
			v.Facts = append(v.Facts, f)
		}
	}
	v.Speakers = x.speakers()
	v.Events, v.Figures = x.events()
	v.Disputes = x.disputes()
	v.Entities = x.names()
	return v
}

func (x *reading) speakers() []speakerView {
	var out []speakerView
	at := map[string]int{}
	for i := range x.Statements {
		s := &x.Statements[i]
		name := x.speaker(s)
		k, ok := at[name]
		if !ok {
			k = len(out)
			at[name] = k
			sp := speakerView{Name: name}
			if s.Source != nil {
				if e := x.entities[string(s.Source.Entity)]; e != nil {
					sp.About, sp.Href = describe(e), x.toActor(e)
				}
			}
			out = append(out, sp)
		}
		v := statementView{ID: s.ID, Words: content(s), Stand: standOfAct(s.Act, s.Polarity), Quoted: s.Form == news.Direct, Line: x.lines.Of(first(s)), Cite: x.cite(s)}
		var aside []string
		if s.SaidAt != nil && s.SaidAt.Basis == news.BasisText {
			aside = append(aside, "said "+picture.Days(string(s.SaidAt.Earliest), string(s.SaidAt.Latest)))
		}
		if s.Via != nil {
			if e := x.entities[string(s.Via.Entity)]; e != nil {
				aside = append(aside, "through "+e.Name)
			}
		}
		if s.Addressee != nil {
			aside = append(aside, "to "+x.party(*s.Addressee))
		}
		v.Aside = strings.Join(aside, ", ")
		out[k].Statements = append(out[k].Statements, v)
	}
	return out
}

// speaker is the fullest name of a statement's source.
func (x *reading) speaker(s *news.Statement) string {
	if s.Source == nil {
		return "no source named"
	}
	if e := x.entities[string(s.Source.Entity)]; e != nil {
		return e.Name
	}
	if s.Source.Phrase != nil {
		return oneLine(s.Source.Phrase.Text)
	}
	return "no source named"
}

func (x *reading) party(p news.Party) string {
	if e := x.entities[string(p.Entity)]; e != nil {
		return e.Name
	}
	return oneLine(p.Text)
}

func (x *reading) parties(ps []news.Party) string {
	var names []string
	for _, p := range ps {
		if n := x.party(p); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return strings.Join(names, ", ")
}

func content(s *news.Statement) string {
	parts := make([]string, len(s.Content))
	for i, c := range s.Content {
		parts[i] = oneLine(c.Text)
	}
	return strings.Join(parts, " … ")
}

func first(s *news.Statement) int {
	switch {
	case len(s.Content) > 0:
		return s.Content[0].Start
	case s.Cue != nil:
		return s.Cue.Start
	}
	return 0
}

func (x *reading) to(part, id string) string {
	if x.base == "" {
		return ""
	}
	return x.base + "/" + part + "/" + url.PathEscape(id)
}

// toActor is the address of somebody across articles; private persons, whom the
// article gives no office, have no such page.
func (x *reading) toActor(e *news.Entity) string {
	if e.Type == news.Person && len(e.Roles) == 0 && !e.Identifiers.Wikidata.Known() {
		return ""
	}
	return x.to("entities", e.ID)
}

func (x *reading) events() (events []eventView, figures []figureView) {
	for i := range x.Events {
		v := &x.Events[i]
		e := eventView{ID: v.ID, When: picture.Days(string(v.Time.Earliest), string(v.Time.Latest)), Type: typeName(v.Type, v.Mode),
			Trigger: oneLine(v.Trigger.Text), Line: x.lines.Of(v.Trigger.Start), Href: x.to("events", v.ID)}
		switch actors, recipients := x.parties(v.Actors), x.parties(v.Recipients); {
		case actors != "" && recipients != "":
			e.Who = actors + " → " + recipients
		case actors != "":
			e.Who = "by " + actors
		case recipients != "":
			e.Who = "on " + recipients
		}
		if v.Place != nil {
			e.Place = x.party(*v.Place)
		}
		var notes []string
		switch v.Modality {
		case news.Alleged, news.Hypothetical, news.Planned:
			e.Class = "open"
			notes = append(notes, string(v.Modality))
		case news.Denied:
			e.Class = "against"
			notes = append(notes, string(v.Modality))
		}
		if v.Background {
			notes = append(notes, "background")
		}
		if v.Time.Basis == news.TimeFromPublished {
			notes = append(notes, "dated by publication only")
		}
		e.Notes = strings.Join(notes, ", ")
		for _, c := range v.Counts {
			number := ledger.Number(c.Low, c.Best, c.High, c.Qualifier)
			e.Counts = append(e.Counts, number+" "+string(c.Kind))
			f := figureView{ID: v.ID + "-" + c.ID, Number: number, Of: oneLine(c.Of), Kind: c.Kind, Source: "the article's own voice", Line: x.lines.Of(c.Start)}
			if s := x.statements[string(c.Statement)]; s != nil {
				f.Source = x.speaker(s)
			}
			f.Cite = x.citeCount(c, f)
			figures = append(figures, f)
		}
		events = append(events, e)
	}
	return events, figures
}

func typeName(t news.EventType, mode news.Optional) string {
	if mode != "" {
		return string(t) + ": " + strings.ReplaceAll(string(mode), "_", " ")
	}
	return string(t)
}

// disputes are events of the article on which its sources stand on opposite
// sides.
func (x *reading) disputes() []disputeView {
	var out []disputeView
	for i := range x.Events {
		v := &x.Events[i]
		var sides []sideView
		pro, con := v.OwnVoice, false
		if v.OwnVoice {
			sides = append(sides, sideView{v.ID, "the article", "“" + oneLine(v.Trigger.Text) + "”", stand{"for", "+", "reports"}, x.lines.Of(v.Trigger.Start)})
		}
		for j := range x.Statements {
			s := &x.Statements[j]
			if !slices.Contains(s.Events, v.ID) {
				continue
			}
			st := standOfAct(s.Act, s.Polarity)
			pro, con = pro || st.Class == "for", con || st.Class == "against"
			sides = append(sides, sideView{s.ID, x.speaker(s), content(s), st, x.lines.Of(first(s))})
		}
		if pro && con {
			about := typeName(v.Type, v.Mode) + " “" + oneLine(v.Trigger.Text) + "”"
			out = append(out, disputeView{about, sides})
		}
	}
	return out
}

func (x *reading) names() []entityView {
	var out []entityView
	for i := range x.Entities {
		e := &x.Entities[i]
		v := entityView{ID: e.ID, Name: e.Name, About: describe(e), Count: len(e.Mentions), Href: x.toActor(e)}
		if len(e.Mentions) > 0 {
			v.Line = x.lines.Of(e.Mentions[0].Start)
		}
		if e.Place != nil && len(e.Place.ClaimedBy) > 0 {
			v.About = "claimed by " + strings.Join(e.Place.ClaimedBy, ", ")
		}
		out = append(out, v)
	}
	return out
}

// describe says who somebody is: roles, or else type and country.
func describe(e *news.Entity) string {
	var roles []string
	for _, r := range e.Roles {
		role := oneLine(r.Title)
		if r.Of != "" {
			role += " of " + oneLine(string(r.Of))
		}
		if !slices.Contains(roles, role) && len(roles) < 2 {
			roles = append(roles, role)
		}
	}
	if len(roles) > 0 {
		return strings.Join(roles, ", ")
	}
	if e.Country != "" && e.Type != news.Country {
		return fmt.Sprintf("%s, %s", e.Type, e.Country)
	}
	return string(e.Type)
}
