package query

import (
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// ArticleRow is what a list shows of an article.
type ArticleRow struct {
	ID        string        `json:"id"`
	Title     news.Optional `json:"title"`
	URL       news.Optional `json:"url"`
	Publisher news.Optional `json:"publisher"`
	Feed      news.Optional `json:"feed"`      // id of its source
	Published news.Optional `json:"published"` // a day or RFC 3339
	Language  news.Optional `json:"language"`  // ISO 639-1
	FirstSeen time.Time     `json:"first_seen"`
	// How much its record holds.
	Entities   int `json:"entities"`
	Statements int `json:"statements"`
	Events     int `json:"events"`
}

// Name is somebody or something in a row: the fullest name in the article, and
// the words that stand there.
type Name struct {
	Entity news.Optional `json:"entity"` // id in the record; null where it has none
	Name   string        `json:"name"`   // the words, where there is no entity
	Words  string        `json:"words"`
}

// StatementRow is a statement and the article that it is in.
type StatementRow struct {
	Article ArticleRow `json:"article"`
	ID      string     `json:"id"` // in the record
	// Speaker is nil where the text names no source.
	Speaker    *Name         `json:"speaker"`
	Words      string        `json:"words"` // what was said, its parts joined by " … "
	Start      int           `json:"start"` // of the words in the text, in code points
	Act        news.Act      `json:"act"`
	Form       news.Form     `json:"form"`
	Polarity   news.Polarity `json:"polarity"`
	SaidFirst  news.Optional `json:"said_earliest"` // days
	SaidLast   news.Optional `json:"said_latest"`
	About      []Name        `json:"about"`
	Confidence float64       `json:"confidence"`
}

// EventRow is an event of one article, and that article.
type EventRow struct {
	Article    ArticleRow     `json:"article"`
	ID         string         `json:"id"` // in the record
	Type       news.EventType `json:"type"`
	Mode       news.Optional  `json:"mode"`
	Contexts   []string       `json:"contexts"`
	Modality   news.Modality  `json:"modality"`
	Background bool           `json:"background"`
	Words      string         `json:"words"` // the sentence that tells of it
	Start      int            `json:"start"` // of the trigger in the text, in code points
	Actors     []Name         `json:"actors"`
	Recipients []Name         `json:"recipients"`
	Place      *Spot          `json:"place"`
	Earliest   news.Optional  `json:"earliest"` // days
	Latest     news.Optional  `json:"latest"`
	Precision  news.Precision `json:"precision"`
	Counts     []Count        `json:"counts"`
	Confidence float64        `json:"confidence"`
}

// Spot is where an event took place.
type Spot struct {
	Name
	Place *news.Place `json:"place"` // position; null where none is known
}

// Count is a number of people.
type Count struct {
	Kind      news.CountKind `json:"kind"`
	Low       *int           `json:"low"`
	Best      *int           `json:"best"`
	High      *int           `json:"high"`
	Qualifier news.Qualifier `json:"qualifier"`
	Words     string         `json:"words"`
}

// StoryRow is what a list shows of a story.
type StoryRow struct {
	ID        string           `json:"id"`
	Title     string           `json:"title"`
	First     news.Optional    `json:"first"` // days
	Last      news.Optional    `json:"last"`
	Place     *news.StoryPlace `json:"place"`
	Parties   []string         `json:"parties"`
	Types     []news.EventType `json:"types"`
	Articles  int              `json:"articles"`
	Origins   int              `json:"origins"` // independent texts
	Events    int              `json:"events"`
	Claims    int              `json:"claims"`
	Contested int              `json:"contested"` // claims and events that are
}

// ClaimRow is a claim with its stances.
type ClaimRow struct{ news.Claim }

// FigureRow is a figure and its story.
type FigureRow struct {
	news.Figure
	Story news.Optional `json:"story"`
}

// ActorRow is what a list shows of an actor.
type ActorRow struct {
	ID       string          `json:"id"`
	Type     news.EntityType `json:"type"`
	Name     string          `json:"name"`
	Country  news.Optional   `json:"country"`
	Articles int             `json:"articles"`
	First    news.Optional   `json:"first"` // days
	Last     news.Optional   `json:"last"`
}
