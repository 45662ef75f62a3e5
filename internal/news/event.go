package news

// Event is one happening in one article, however often it is mentioned there.
// Types, modes and contexts are those of PLOVER (16-type edition), plus
// Accident and Disaster.
type Event struct {
	ID         string    `json:"id"` // "v1", local to the record
	Type       EventType `json:"type"`
	Mode       Optional  `json:"mode"`
	Contexts   []string  `json:"contexts"`
	Quad       *int      `json:"quad" jsonschema:"nullable"`      // 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
	Intensity  *float64  `json:"intensity" jsonschema:"nullable"` // Goldstein-like, −10 to 10
	Trigger    Span      `json:"trigger"`
	Mentions   []Span    `json:"mentions"`
	Actors     []Party   `json:"actors"`
	Recipients []Party   `json:"recipients"`
	Place      *Party    `json:"place" jsonschema:"nullable"`
	Places     []Party   `json:"places"`
	Time       EventTime `json:"time"`
	Counts     []Count   `json:"counts"`
	Modality   Modality  `json:"modality" jsonschema:"enum=occurred,enum=ongoing,enum=alleged,enum=denied,enum=planned,enum=hypothetical"`
	Background bool      `json:"background"`
	Statements []string  `json:"statements"` // those that assert or confirm it
	OwnVoice   bool      `json:"own_voice"`
	Confidence float64   `json:"confidence"`
}

// EventType is a PLOVER type, or Accident or Disaster, or a type of the user's
// own rules.
type EventType string

// The event types.
const (
	Agree     EventType = "AGREE"
	Consult   EventType = "CONSULT"
	Support   EventType = "SUPPORT"
	Concede   EventType = "CONCEDE"
	Cooperate EventType = "COOPERATE"
	Aid       EventType = "AID"
	Retreat   EventType = "RETREAT"
	Request   EventType = "REQUEST"
	AccuseEv  EventType = "ACCUSE"
	Reject    EventType = "REJECT"
	Threat    EventType = "THREATEN"
	Protest   EventType = "PROTEST"
	Sanction  EventType = "SANCTION"
	Mobilize  EventType = "MOBILIZE"
	Coerce    EventType = "COERCE"
	Assault   EventType = "ASSAULT"
	Accident  EventType = "ACCIDENT"
	Disaster  EventType = "DISASTER"
)

// EventTypes are the types of the built-in codebook, in its order.
func EventTypes() []EventType {
	return []EventType{Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request, AccuseEv, Reject,
		Threat, Protest, Sanction, Mobilize, Coerce, Assault, Accident, Disaster}
}

// EventTime is when an event took place: inclusive days.
type EventTime struct {
	Earliest  Optional  `json:"earliest"`
	Latest    Optional  `json:"latest"`
	Precision Precision `json:"precision" jsonschema:"enum=day,enum=week,enum=month,enum=year,enum=range,enum=unknown"`
	Basis     TimeBasis `json:"basis" jsonschema:"enum=text,enum=published_only"`
	Evidence  *Span     `json:"evidence" jsonschema:"nullable"`
}

// Precision is how exactly an event's date is known.
type Precision string

// The precisions of a date.
const (
	PrecisionDay     Precision = "day"
	PrecisionWeek    Precision = "week"
	PrecisionMonth   Precision = "month"
	PrecisionYear    Precision = "year"
	PrecisionRange   Precision = "range"
	PrecisionUnknown Precision = "unknown"
)

// TimeBasis says whether the text dates the event, or only the publication
// date bounds it.
type TimeBasis string

// The bases of an event's date.
const (
	TimeFromText      TimeBasis = "text"
	TimeFromPublished TimeBasis = "published_only"
)

// Count is one number given for one effect of an event. Low, Best and High are
// persons; nil where the text leaves that side open.
type Count struct {
	ID        string    `json:"id"` // "c1", local to the record
	Kind      CountKind `json:"kind" jsonschema:"enum=killed,enum=injured,enum=missing,enum=abducted,enum=arrested,enum=displaced,enum=affected,enum=participants"`
	Low       *int      `json:"low" jsonschema:"nullable"`
	Best      *int      `json:"best" jsonschema:"nullable"`
	High      *int      `json:"high" jsonschema:"nullable"`
	Qualifier Qualifier `json:"qualifier" jsonschema:"enum=exact,enum=around,enum=at_least,enum=more_than,enum=up_to,enum=range,enum=vague"`
	Of        string    `json:"of"`        // who is counted, as the text has it
	PartOf    Optional  `json:"part_of"`   // the count that includes this one
	Statement Optional  `json:"statement"` // the statement that gives it; null in the article's own voice
	Span
}

// CountKind is what happened to those counted.
type CountKind string

// The kinds of count.
const (
	Killed       CountKind = "killed"
	Injured      CountKind = "injured"
	Missing      CountKind = "missing"
	Abducted     CountKind = "abducted"
	Arrested     CountKind = "arrested"
	Displaced    CountKind = "displaced"
	Affected     CountKind = "affected"
	Participants CountKind = "participants"
)

// Qualifier is how the text hedges a number.
type Qualifier string

// The qualifiers.
const (
	Exact      Qualifier = "exact"
	Around     Qualifier = "around"
	AtLeast    Qualifier = "at_least"
	MoreThan   Qualifier = "more_than"
	UpTo       Qualifier = "up_to"
	RangeOf    Qualifier = "range"
	VagueCount Qualifier = "vague"
)

// Modality is how the text presents an event.
type Modality string

// The modalities.
const (
	Occurred     Modality = "occurred"
	Ongoing      Modality = "ongoing"
	Alleged      Modality = "alleged"
	Denied       Modality = "denied"
	Planned      Modality = "planned"
	Hypothetical Modality = "hypothetical"
)
