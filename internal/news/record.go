// Package news holds the domain types of Onrecord: what one article becomes
// (Record and its parts). It imports nothing else of the project.
//
// docs/record.md is the contract of these types in JSON; docs/record.schema.json
// is generated from them.
package news

// Schema names the version of the record's JSON form.
const Schema = "onrecord/1"

// Record is what one article becomes: a pure function of the article's text,
// its publication date and its address.
type Record struct {
	Schema     string      `json:"schema"`
	Pipeline   Pipeline    `json:"pipeline"`
	Article    Article     `json:"article"`
	Sentences  []Range     `json:"sentences"`
	Entities   []Entity    `json:"entities"`
	Times      []Time      `json:"times"`
	Statements []Statement `json:"statements"`
	Events     []Event     `json:"events"`
	Warnings   []Warning   `json:"warnings"`
}

// Pipeline names the versions that made a record.
type Pipeline struct {
	Version  string `json:"version"`
	Model    string `json:"model"`
	Codebook string `json:"codebook"`
}

// Codebook is the event codebook in use: PLOVER's 16-type edition.
const Codebook = "plover-16"

// Article is the text and what is known of it.
type Article struct {
	ID             string         `json:"id"`
	URL            Optional       `json:"url"`
	Publisher      Optional       `json:"publisher"`
	Title          Optional       `json:"title"`
	Authors        []string       `json:"authors"`
	Published      Optional       `json:"published"` // a day (2031-05-07) or RFC 3339 with its zone
	PublishedBasis PublishedBasis `json:"published_basis" jsonschema:"enum=given,enum=metadata,enum=text,enum=unknown"`
	Modified       Optional       `json:"modified"`
	Language       Optional       `json:"language"` // ISO 639-1
	Text           string         `json:"text"`
	TextSHA256     string         `json:"text_sha256"`
	Blocks         []Block        `json:"blocks"`
}

// PublishedBasis says where the publication date is from, in order of trust.
type PublishedBasis string

// The bases of a publication date.
const (
	PublishedGiven    PublishedBasis = "given"    // the caller gave it
	PublishedMetadata PublishedBasis = "metadata" // the page or feed says it
	PublishedText     PublishedBasis = "text"     // the article's own words fix it
	PublishedUnknown  PublishedBasis = "unknown"
)

// Block is a stretch of the text with one part to play. Blocks do not overlap
// and come in text order; what lies between them is white space.
type Block struct {
	Kind BlockKind `json:"kind" jsonschema:"enum=title,enum=lead,enum=paragraph,enum=heading,enum=caption,enum=byline,enum=dateline,enum=boilerplate"`
	Range
}

// BlockKind is the part a block plays in the article.
type BlockKind string

// The kinds of block.
const (
	BlockTitle       BlockKind = "title"
	BlockLead        BlockKind = "lead"
	BlockParagraph   BlockKind = "paragraph"
	BlockHeading     BlockKind = "heading"
	BlockCaption     BlockKind = "caption"
	BlockByline      BlockKind = "byline"
	BlockDateline    BlockKind = "dateline"
	BlockBoilerplate BlockKind = "boilerplate"
)

// Entity is a person, body, group, country or place of one article, with all
// its mentions.
type Entity struct {
	ID          string      `json:"id"` // "e1", local to the record
	Type        EntityType  `json:"type" jsonschema:"enum=person,enum=organisation,enum=group,enum=country,enum=place,enum=facility,enum=other"`
	Name        string      `json:"name"` // the fullest name in the text
	Aliases     []string    `json:"aliases"`
	Country     Optional    `json:"country"` // ISO 3166-1 alpha-3, or PLOVER's IGO, NGO, MNC …
	Sectors     []string    `json:"sectors"` // PLOVER actor sectors
	Roles       []Role      `json:"roles"`
	Identifiers Identifiers `json:"identifiers"`
	Place       *Place      `json:"place" jsonschema:"nullable"` // set where the entity has a position on the map
	Mentions    []Mention   `json:"mentions"`
}

// EntityType is the kind of thing an entity is.
type EntityType string

// The types of entity.
const (
	Person       EntityType = "person"
	Organisation EntityType = "organisation"
	Group        EntityType = "group"   // an armed group, movement or party
	Country      EntityType = "country" // a state, or its people as an actor
	PlaceEntity  EntityType = "place"
	Facility     EntityType = "facility"
	OtherEntity  EntityType = "other"
)

// Role is an office or function that the text gives an entity.
type Role struct {
	Title   string   `json:"title"`
	Of      Optional `json:"of"` // the body or country as the text names it
	Country Optional `json:"country"`
	Span
}

// Identifiers are ids of the entity in open registers.
type Identifiers struct {
	Wikidata Optional `json:"wikidata"`
	GeoNames *int     `json:"geonames" jsonschema:"nullable"`
}

// Place is a position on the map and how exact it is.
type Place struct {
	Lat       float64        `json:"lat"` // degrees, WGS 84
	Lon       float64        `json:"lon"`
	Country   Optional       `json:"country"`    // null on disputed ground
	ClaimedBy []string       `json:"claimed_by"` // ISO alpha-3, where the ground is disputed
	Admin1    Optional       `json:"admin1"`
	Precision PlacePrecision `json:"precision" jsonschema:"enum=country,enum=admin1,enum=admin2,enum=city,enum=site"`
}

// PlacePrecision says how large an area the position stands for.
type PlacePrecision string

// The precisions of a place.
const (
	PrecisionCountry PlacePrecision = "country"
	PrecisionAdmin1  PlacePrecision = "admin1"
	PrecisionAdmin2  PlacePrecision = "admin2"
	PrecisionCity    PlacePrecision = "city"
	PrecisionSite    PlacePrecision = "site"
)

// Mention is one place in the text that refers to an entity.
type Mention struct {
	Span
	Kind MentionKind `json:"kind" jsonschema:"enum=name,enum=nominal,enum=pronoun"`
}

// MentionKind tells a name from a description and a pronoun.
type MentionKind string

// The kinds of mention.
const (
	MentionName    MentionKind = "name"
	MentionNominal MentionKind = "nominal"
	MentionPronoun MentionKind = "pronoun"
)

// Time is a time expression and what it stands for.
type Time struct {
	Span
	Type     TimeType `json:"type" jsonschema:"enum=date,enum=time,enum=duration,enum=set"`
	Value    Optional `json:"value"`    // TIMEX3 value; null where no date anchors it
	Earliest Optional `json:"earliest"` // first day, YYYY-MM-DD
	Latest   Optional `json:"latest"`   // last day, YYYY-MM-DD
}

// TimeType is the TIMEX3 type of a time expression.
type TimeType string

// The TIMEX3 types.
const (
	TimeDate     TimeType = "date"
	TimeOfDay    TimeType = "time"
	TimeDuration TimeType = "duration"
	TimeSet      TimeType = "set"
)

// Warning says what the reader could not do, or did with doubt.
type Warning struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}
