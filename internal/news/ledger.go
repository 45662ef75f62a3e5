package news

// ResolvedEvent is one happening in the world, joined from the events of many
// records. Nothing is lost in the joining: each value keeps the words it is
// from and the other values that were given.
type ResolvedEvent struct {
	ID    string   `json:"id"`    // opaque; from its earliest member
	Story Optional `json:"story"` // of its earliest member

	Type       Field[EventType] `json:"type"`
	Mode       Field[Optional]  `json:"mode"`
	Place      Field[*Spot]     `json:"place"`
	Time       Field[EventTime] `json:"time"`
	Modality   Field[Modality]  `json:"modality"`
	Actors     []Side           `json:"actors"`
	Recipients []Side           `json:"recipients"`
	Background bool             `json:"background"` // every article only recalls it

	Members  []EventRef `json:"members"` // the earliest first
	Joins    []Join     `json:"joins"`   // how each member but one came to the others
	Reported Optional   `json:"reported"`
	Articles int        `json:"articles"`
	Origins  int        `json:"origins"` // independent texts that tell of it

	Figures []Figure `json:"figures"`
	Tolls   []Toll   `json:"tolls"`
	// Contested is true where two sources stand on opposite sides of a claim
	// about it, or gave figures that cannot both be true.
	Contested bool     `json:"contested"`
	Claims    []string `json:"claims"`
}

// Field is the best value for one thing and what else was given for it.
type Field[T any] struct {
	Value  T           `json:"value"`
	Reason string      `json:"reason"` // why this one, in words
	Given  []Option[T] `json:"given"`  // every value, the best first
}

// Option is a value and who gave it.
type Option[T any] struct {
	Value    T          `json:"value"`
	Origins  int        `json:"origins"` // independent texts that give it
	Evidence []Evidence `json:"evidence"`
}

// Evidence is a stretch of one article's text.
type Evidence struct {
	Article string `json:"article"`
	Span
}

// Spot is a place as an event has it: a name, and a position where one is known.
type Spot struct {
	Name  string `json:"name"`
	Place *Place `json:"place" jsonschema:"nullable"`
}

// Side is a party to a resolved event.
type Side struct {
	Name     string     `json:"name"`
	Origins  int        `json:"origins"`
	Evidence []Evidence `json:"evidence"`
}

// EventRef names one event of one record.
type EventRef struct {
	Article string `json:"article"`
	Event   string `json:"event"` // its id in that record
}

// Join is why one member belongs to an event. It is undone by keeping the two
// apart (ledger.Corrections).
type Join struct {
	Member  EventRef `json:"member"`
	To      EventRef `json:"to"` // the member that it is most like
	Score   float64  `json:"score"`
	Reasons []string `json:"reasons"` // each with its weight: "same day (+3)"
}

// Figure is one value that someone gave for one count of one event. No figure
// is ever overwritten.
type Figure struct {
	ID        string    `json:"id"`
	Event     string    `json:"event"`
	Kind      CountKind `json:"kind"`
	Low       *int      `json:"low"`
	Best      *int      `json:"best"`
	High      *int      `json:"high"`
	Qualifier Qualifier `json:"qualifier"`
	Of        string    `json:"of"`
	Part      bool      `json:"part"` // of a larger count: never summed, never the toll

	Source    Voice    `json:"source"`
	Standing  Standing `json:"standing"`
	Article   string   `json:"article"`
	Outlet    Optional `json:"outlet"`
	Origin    string   `json:"origin"`
	Copies    []string `json:"copies"` // other articles of the origin that carry it
	Published Optional `json:"published"`
	SaidAt    Optional `json:"said_at"` // the day of the statement, the publication's where none is told
	Evidence  Evidence `json:"evidence"`

	// Fate is what became of it in the toll, Why says it in words.
	Fate Fate   `json:"fate"`
	Why  string `json:"why"`
}

// Standing is how near a source of figures is to the counting.
type Standing string

// The standings, the weightiest first.
const (
	StandingOfficial Standing = "official" // authorities, courts, inquiries, hospitals, rescuers
	StandingNamed    Standing = "named"    // any other body or person with a name: parties, unions, companies, aid bodies
	StandingUnnamed  Standing = "unnamed"  // witnesses, media, the article's own voice
)

// Fate is what became of a figure in the toll.
type Fate string

// The fates.
const (
	FateStands     Fate = "stands"
	FateRepeated   Fate = "repeated"   // says what an earlier figure says
	FateUpdated    Fate = "updated"    // a later figure took its place
	FateCorrected  Fate = "corrected"  // its own source gave a lower one later
	FateOutweighed Fate = "outweighed" // unnamed, where an official figure stands
	FatePart       Fate = "part"       // of a larger count
	FateUnclear    Fate = "unclear"    // its source gives another number in the same article
)

// Toll is the value derived from the figures of one kind by the rule of
// docs/decisions/0008-figures.md.
type Toll struct {
	Kind    CountKind `json:"kind"`
	Low     *int      `json:"low"`
	Best    *int      `json:"best"` // nil where origins disagree
	High    *int      `json:"high"`
	Figures []string  `json:"figures"` // those that stand
	Rule    string    `json:"rule"`    // how it came about, in words
	// Differences are pairs of figures, given at one time by different sources,
	// that cannot both be true.
	Differences [][2]string `json:"differences"`
}

// Voice is who speaks, across the articles of a story.
type Voice struct {
	Name   string   `json:"name"`
	Phrase Optional `json:"phrase"` // as the text has it
	// For is the body that it speaks for, where that is another.
	For Optional `json:"for"`
	// Own is true for an article's own voice; Name is the outlet's then.
	Own bool `json:"own"`
}

// Claim is one proposition that several statements take a stand on. It shows
// what was said; it does not rule.
type Claim struct {
	ID    string    `json:"id"` // opaque; from its earliest stance
	Story Optional  `json:"story"`
	Kind  ClaimKind `json:"kind"`
	Event Optional  `json:"event"` // the resolved event that it is about
	// About are those whom it charges or names.
	About []string `json:"about"`
	// Words are those of its first assertion; of its first denial where nobody
	// is found to assert it.
	Words     Evidence   `json:"words"`
	Stances   []Stance   `json:"stances"` // in the order of time
	Contested bool       `json:"contested"`
	Why       string     `json:"why"`     // why it is or is not contested, in words
	First     string     `json:"first"`   // the stance that came first
	Changed   []Turn     `json:"changed"` // who changed their word
	Silent    []string   `json:"silent"`  // those whom it is about and who are not heard on it
	Links     []Link     `json:"links"`
	Origins   ClaimSides `json:"origins"`
}

// ClaimSides counts independent voices on each side.
type ClaimSides struct {
	For     int `json:"for"`
	Against int `json:"against"`
}

// ClaimKind is what a claim is about.
type ClaimKind string

// The kinds of claim.
const (
	ClaimDeed     ClaimKind = "deed"     // somebody did it
	ClaimRelation ClaimKind = "relation" // one has to do with another
	ClaimCause    ClaimKind = "cause"    // one thing brought about another
	ClaimFact     ClaimKind = "fact"     // something is so
)

// Stance is what one voice says on a claim, once.
type Stance struct {
	ID        string     `json:"id"`
	Claim     string     `json:"claim"`
	Source    Voice      `json:"source"`
	Kind      StanceKind `json:"stance"`
	Article   string     `json:"article"`
	Outlet    Optional   `json:"outlet"`
	Origin    string     `json:"origin"`
	Copies    []string   `json:"copies"`
	Statement Optional   `json:"statement"` // its id in the record; null for an article's own voice
	SaidAt    Optional   `json:"said_at"`
	Published Optional   `json:"published"`
	Evidence  []Evidence `json:"evidence"`
	Why       string     `json:"why"` // how the stance was told, in words
}

// StanceKind is the stand that is taken.
type StanceKind string

// The stances.
const (
	Asserts           StanceKind = "asserts"
	Denies            StanceKind = "denies"
	Confirms          StanceKind = "confirms"
	Doubts            StanceKind = "doubts"
	DeclinesComment   StanceKind = "declines_comment"
	ClaimsResponsible StanceKind = "claims_responsibility"
	Retracts          StanceKind = "retracts"
)

// For reports whether the stance holds the claim true.
func (k StanceKind) For() bool {
	return k == Asserts || k == Confirms || k == ClaimsResponsible
}

// Against reports whether the stance holds it untrue or unproven.
func (k StanceKind) Against() bool { return k == Denies || k == Doubts || k == Retracts }

// Turn is a source that stands otherwise than it did before.
type Turn struct {
	Source string `json:"source"`
	From   string `json:"from"` // ids of stances
	To     string `json:"to"`
}

// Link is why a stance belongs to its claim.
type Link struct {
	Stance  string   `json:"stance"`
	To      string   `json:"to"` // the stance it was linked to
	Score   float64  `json:"score"`
	Reasons []string `json:"reasons"`
}

// Tombstone stands where an id was: ids are never used again.
type Tombstone struct {
	ID         string   `json:"id"`
	MergedInto Optional `json:"merged_into"` // null where it was deleted
}

// Change is one difference between two states of the ledger.
type Change struct {
	Kind   ChangeKind `json:"kind"`
	Object string     `json:"object"` // "event" or "claim"
	ID     string     `json:"id"`
	Into   Optional   `json:"into"`   // where it was merged
	Fields []string   `json:"fields"` // what was updated
}

// ChangeKind is what happened to an event or claim.
type ChangeKind string

// The kinds of change.
const (
	ChangeCreated ChangeKind = "created"
	ChangeUpdated ChangeKind = "updated"
	ChangeMerged  ChangeKind = "merged"
	ChangeDeleted ChangeKind = "deleted"
)
