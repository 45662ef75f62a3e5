package export

import (
	"github.com/onrecord/onrecord/internal/news"
)

// articleCells are the columns that say where a row is from.
type articleCells struct {
	ID        string `parquet:"id"` // ARTICLE/v1
	Article   string `parquet:"article"`
	Story     string `parquet:"story,optional"`
	URL       string `parquet:"url,optional"`
	Publisher string `parquet:"publisher,optional"`
	Title     string `parquet:"title,optional" loss:"as far as the source's rights allow"`
	Published string `parquet:"published,optional" loss:"a day, or a moment with its zone, as precise as it is known"`
	Language  string `parquet:"language,optional"`
	Rights    string `parquet:"rights,dict"`
}

func (a *Article) cells(id string) articleCells {
	r := &a.Record.Article
	return articleCells{ID: id, Article: r.ID, Story: a.Story, URL: string(r.URL), Publisher: string(r.Publisher), Title: a.title(),
		Published: string(r.Published), Language: string(r.Language), Rights: string(a.rights())}
}

// eventCells is an event as one row.
type eventCells struct {
	articleCells
	Event              string   `parquet:"event"`
	Resolved           string   `parquet:"resolved_event,optional"`
	Type               string   `parquet:"type,dict"`
	Mode               string   `parquet:"mode,optional,dict"`
	Contexts           []string `parquet:"contexts,list"`
	Quad               *int32   `parquet:"quad,optional"`
	Intensity          *float64 `parquet:"intensity,optional"`
	Modality           string   `parquet:"modality,dict"`
	Background         bool     `parquet:"background"`
	OwnVoice           bool     `parquet:"own_voice"`
	Earliest           string   `parquet:"earliest,optional"`
	Latest             string   `parquet:"latest,optional"`
	Precision          string   `parquet:"date_precision,dict"`
	Basis              string   `parquet:"date_basis,dict"`
	Actors             []string `parquet:"actors,list" loss:"names; words and places in the text are in the evidence file"`
	ActorCountries     []string `parquet:"actor_countries,list" loss:"without those that are not known: not in step with actors"`
	ActorSectors       []string `parquet:"actor_sectors,list" loss:"of all actors together"`
	Recipients         []string `parquet:"recipients,list" loss:"names; words and places in the text are in the evidence file"`
	RecipientCountries []string `parquet:"recipient_countries,list" loss:"without those that are not known: not in step with recipients"`
	RecipientSectors   []string `parquet:"recipient_sectors,list" loss:"of all recipients together"`
	Place              string   `parquet:"place,optional" loss:"the best single place; the others are in the evidence file"`
	Lat                *float64 `parquet:"lat,optional" loss:"the middle of the place: see place_precision"`
	Lon                *float64 `parquet:"lon,optional" loss:"the middle of the place: see place_precision"`
	Country            string   `parquet:"country,optional,dict" loss:"empty on disputed ground"`
	ClaimedBy          []string `parquet:"claimed_by,list"`
	Admin1             string   `parquet:"admin1,optional"`
	PlacePrecision     string   `parquet:"place_precision,optional,dict"`
	countCells
	Trigger    string   `parquet:"trigger,optional"`
	Sentence   string   `parquet:"sentence,optional" loss:"as far as the source's rights allow"`
	Start      int32    `parquet:"start"` // of the trigger, in code points
	End        int32    `parquet:"end"`
	Statements []string `parquet:"statements,list"`
	SaidBy     []string `parquet:"said_by,list" loss:"sources of the statements that assert or confirm it"`
	Confidence float64  `parquet:"confidence"`
}

// countCells are the counts of an event, each kind taken together. Where an
// article gives several, the evidence file has each of them.
type countCells struct {
	KilledLow        *int32 `parquet:"killed_low,optional" loss:"lowest of the figures in the article; each is in the evidence file"`
	KilledBest       *int32 `parquet:"killed_best,optional" loss:"empty where its figures differ"`
	KilledHigh       *int32 `parquet:"killed_high,optional" loss:"empty where a figure is open above"`
	InjuredLow       *int32 `parquet:"injured_low,optional" loss:"as killed_low"`
	InjuredBest      *int32 `parquet:"injured_best,optional" loss:"as killed_best"`
	InjuredHigh      *int32 `parquet:"injured_high,optional" loss:"as killed_high"`
	MissingLow       *int32 `parquet:"missing_low,optional" loss:"as killed_low"`
	MissingBest      *int32 `parquet:"missing_best,optional" loss:"as killed_best"`
	MissingHigh      *int32 `parquet:"missing_high,optional" loss:"as killed_high"`
	AbductedLow      *int32 `parquet:"abducted_low,optional" loss:"as killed_low"`
	AbductedBest     *int32 `parquet:"abducted_best,optional" loss:"as killed_best"`
	AbductedHigh     *int32 `parquet:"abducted_high,optional" loss:"as killed_high"`
	ArrestedLow      *int32 `parquet:"arrested_low,optional" loss:"as killed_low"`
	ArrestedBest     *int32 `parquet:"arrested_best,optional" loss:"as killed_best"`
	ArrestedHigh     *int32 `parquet:"arrested_high,optional" loss:"as killed_high"`
	DisplacedLow     *int32 `parquet:"displaced_low,optional" loss:"as killed_low"`
	DisplacedBest    *int32 `parquet:"displaced_best,optional" loss:"as killed_best"`
	DisplacedHigh    *int32 `parquet:"displaced_high,optional" loss:"as killed_high"`
	AffectedLow      *int32 `parquet:"affected_low,optional" loss:"as killed_low"`
	AffectedBest     *int32 `parquet:"affected_best,optional" loss:"as killed_best"`
	AffectedHigh     *int32 `parquet:"affected_high,optional" loss:"as killed_high"`
	ParticipantsLow  *int32 `parquet:"participants_low,optional" loss:"as killed_low"`
	ParticipantsBest *int32 `parquet:"participants_best,optional" loss:"as killed_best"`
	ParticipantsHigh *int32 `parquet:"participants_high,optional" loss:"as killed_high"`
}

func countsOf(v *news.Event) (c countCells) {
	if len(v.Counts) == 0 {
		return c
	}
	fill := func(kind news.CountKind, low, best, high **int32) {
		l, b, h := figure(v, kind)
		*low, *best, *high = small(l), small(b), small(h)
	}
	fill(news.Killed, &c.KilledLow, &c.KilledBest, &c.KilledHigh)
	fill(news.Injured, &c.InjuredLow, &c.InjuredBest, &c.InjuredHigh)
	fill(news.Missing, &c.MissingLow, &c.MissingBest, &c.MissingHigh)
	fill(news.Abducted, &c.AbductedLow, &c.AbductedBest, &c.AbductedHigh)
	fill(news.Arrested, &c.ArrestedLow, &c.ArrestedBest, &c.ArrestedHigh)
	fill(news.Displaced, &c.DisplacedLow, &c.DisplacedBest, &c.DisplacedHigh)
	fill(news.Affected, &c.AffectedLow, &c.AffectedBest, &c.AffectedHigh)
	fill(news.Participants, &c.ParticipantsLow, &c.ParticipantsBest, &c.ParticipantsHigh)
	return c
}

func (a *Article) eventCells(row Row) eventCells {
	v := row.Event
	e := eventCells{articleCells: a.cells(row.id()), Event: v.ID, Resolved: a.Resolved[v.ID], Type: string(v.Type), Mode: string(v.Mode), Contexts: v.Contexts,
		Intensity: v.Intensity, Modality: string(v.Modality), Background: v.Background, OwnVoice: v.OwnVoice,
		Earliest: string(v.Time.Earliest), Latest: string(v.Time.Latest), Precision: string(v.Time.Precision), Basis: string(v.Time.Basis),
		countCells: countsOf(v), Trigger: a.words(v.Trigger), Sentence: a.words(a.sentence(v.Trigger)),
		Start: int32(a.point(v.Trigger.Start)), End: int32(a.point(v.Trigger.End)), Statements: v.Statements, Confidence: v.Confidence,
		Quad: small(v.Quad)}
	e.Actors, e.ActorCountries, e.ActorSectors = a.parties(v.Actors)
	e.Recipients, e.RecipientCountries, e.RecipientSectors = a.parties(v.Recipients)
	var at *news.Place
	if e.Place, at = a.place(v); at != nil {
		e.Lat, e.Lon, e.Country, e.ClaimedBy, e.Admin1, e.PlacePrecision = &at.Lat, &at.Lon, string(at.Country), at.ClaimedBy, string(at.Admin1), string(at.Precision)
	}
	for _, id := range v.Statements {
		if s := a.x.statement[id]; s != nil {
			if name := a.speaker(s); name != "" {
				e.SaidBy = add(e.SaidBy, name)
			}
		}
	}
	return e
}

// parties are the names, countries and sectors of the parties on one side.
func (a *Article) parties(ps []news.Party) (names, countries, sectors []string) {
	for _, p := range ps {
		if n := a.name(p); n != "" {
			names = append(names, n)
		}
		if e := a.x.entity[p.Entity]; e != nil {
			if e.Country != "" {
				countries = add(countries, string(e.Country))
			}
			for _, s := range e.Sectors {
				sectors = add(sectors, s)
			}
		}
	}
	return names, countries, sectors
}

// add appends what is not there yet.
func add(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

func small(n *int) *int32 {
	if n == nil {
		return nil
	}
	v := int32(min(max(*n, -1<<31), 1<<31-1))
	return &v
}
