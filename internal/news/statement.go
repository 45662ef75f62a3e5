package news

// Statement is one attribution: a source, a cue and a content (Pareti's
// scheme, as in PARC 3 and PolNeAR).
type Statement struct {
	ID         string     `json:"id"`                           // "s1", local to the record
	Source     *Source    `json:"source" jsonschema:"nullable"` // nil where the text names none ("it was reported")
	Cue        *Span      `json:"cue" jsonschema:"nullable"`    // nil where the source is implicit
	Content    []Span     `json:"content"`
	Form       Form       `json:"form" jsonschema:"enum=direct,enum=indirect,enum=mixed"`
	Act        Act        `json:"act" jsonschema:"enum=say,enum=report,enum=ask,enum=accuse,enum=deny,enum=confirm,enum=doubt,enum=threaten,enum=warn,enum=demand,enum=promise,enum=claim_responsibility,enum=endorse,enum=retract,enum=decline_comment,enum=hold"`
	Polarity   Polarity   `json:"polarity" jsonschema:"enum=positive,enum=negative"`
	SaidAt     *SaidAt    `json:"said_at" jsonschema:"nullable"`
	Via        *EntityRef `json:"via" jsonschema:"nullable"` // the medium it came through
	Addressee  *Party     `json:"addressee" jsonschema:"nullable"`
	Within     Optional   `json:"within"`  // the statement whose content holds this one
	Answers    []string   `json:"answers"` // statements of this article that it replies to
	About      []string   `json:"about"`   // entities that the content names
	Events     []string   `json:"events"`  // events that the content speaks of
	Confidence float64    `json:"confidence"`
}

// Source is who a statement is attributed to.
type Source struct {
	Entity Optional // whom the phrase refers to
	// Phrase is the source as the text has it; nil where the speaker is
	// carried from the text before (Implicit).
	Phrase   *Span
	Implicit bool
}

// EntityRef points at an entity of the record.
type EntityRef struct {
	Entity Optional `json:"entity"`
}

// Party is an entity in a part, with the words that put it there. Entity may
// be unknown: "dock workers" may have no entity of their own.
type Party struct {
	Entity Optional `json:"entity"`
	Span
}

// SaidAt is when a statement was made: inclusive days.
type SaidAt struct {
	Earliest Optional `json:"earliest"`
	Latest   Optional `json:"latest"`
	Basis    string   `json:"basis" jsonschema:"enum=text,enum=published"` // BasisText or BasisPublished
}

// Bases of a statement's date.
const (
	BasisText      = "text"
	BasisPublished = "published"
)

// Form is how the words are given.
type Form string

// The forms of a statement.
const (
	Direct   Form = "direct"   // the content stands in quotation marks
	Indirect Form = "indirect" // none of it does
	Mixed    Form = "mixed"    // part of it does
)

// Act is what the speaker does by saying it.
type Act string

// The acts. Hold is what is attributed without speech (believes, wants, plans).
const (
	Say                 Act = "say"
	Report              Act = "report"
	Ask                 Act = "ask"
	Accuse              Act = "accuse"
	Deny                Act = "deny"
	Confirm             Act = "confirm"
	Doubt               Act = "doubt"
	Threaten            Act = "threaten"
	Warn                Act = "warn"
	Demand              Act = "demand"
	Promise             Act = "promise"
	ClaimResponsibility Act = "claim_responsibility"
	Endorse             Act = "endorse"
	Retract             Act = "retract"
	DeclineComment      Act = "decline_comment"
	Hold                Act = "hold"
)

// Polarity tells whether the source says it or says that it did not
// ("did not say that …").
type Polarity string

// The polarities.
const (
	Positive Polarity = "positive"
	Negative Polarity = "negative"
)
