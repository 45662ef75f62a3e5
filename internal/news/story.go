package news

// Copy says that an article is no report of its own: its text goes back to
// another article. Nothing is deleted for it; counts of support count origins.
type Copy struct {
	Article string     `json:"article"` // id
	Of      string     `json:"copy_of"` // id of the article that it was found to be like
	Reason  CopyReason `json:"reason"`
	// Shared is the share, in [0,1], of the shorter text's runs of words that
	// stand in the other too.
	Shared float64 `json:"shared"`
	// Credit is the agency that the text names as its source.
	Credit Optional `json:"credit"`
}

// CopyReason is how a copy was known.
type CopyReason string

// The reasons, the surest first.
const (
	SameAddress CopyReason = "same_address" // another text under the same address
	SameText    CopyReason = "same_text"    // word for word, headline and layout apart
	NearCopy    CopyReason = "near_copy"    // most runs of words of both are the same
	Abridged    CopyReason = "abridged"     // most of the shorter stands in the longer, in one story
	WireCredit  CopyReason = "wire_credit"  // both name one agency, and share less than the others must
)

// Origin is the first text that a group of copies goes back to: a wire report
// that forty papers run is forty articles and one origin.
type Origin struct {
	Article string   `json:"article"` // id of the first
	Credit  Optional `json:"credit"`  // the agency that it, or else a copy, names as its source
	Copies  []Copy   `json:"copies"`  // in the order of publication
}

// Story is the articles on one happening and its aftermath.
type Story struct {
	ID    string `json:"id"` // opaque, never used again
	Title string `json:"title"`
	// First and Last are the days of the first and the last report, unknown
	// where no article says when it was published.
	First       Optional      `json:"first"`
	Last        Optional      `json:"last"`
	FirstReport string        `json:"first_report"` // id of the article
	Place       *StoryPlace   `json:"place" jsonschema:"nullable"`
	Parties     []StoryParty  `json:"parties"` // the main ones, by how many origins name them
	Types       []EventType   `json:"types"`   // of its events, by how many origins have them
	Members     []StoryMember `json:"members"` // in the order of publication
	Origins     []Origin      `json:"origins"` // in the order of their first articles
	Links       []StoryLink   `json:"links"`
}

// StoryPlace is where most origins put the happening.
type StoryPlace struct {
	Name    string `json:"name"`
	Origins int    `json:"origins"` // that name it
	Place
}

// StoryParty is someone whom the story is about.
type StoryParty struct {
	Name    string     `json:"name"`
	Type    EntityType `json:"type"`
	Country Optional   `json:"country"`
	Origins int        `json:"origins"` // that name it
}

// StoryMember is an article of a story and why it is there.
type StoryMember struct {
	Article string `json:"article"`
	// Nearest is the member of another origin that it is most like; "" for the
	// only one.
	Nearest Optional `json:"nearest"`
	// Likeness to the nearest, in [0,1].
	Likeness float64 `json:"likeness"`
	// Because are the words, names, places, days and event types that count
	// most for it.
	Because []string `json:"because"`
}

// StoryLink is another story that has to do with this one.
type StoryLink struct {
	Story    string        `json:"story"` // id
	Kind     StoryLinkKind `json:"kind"`
	Likeness float64       `json:"likeness"` // of the two, in [0,1]
}

// StoryLinkKind is how two stories have to do with each other.
type StoryLinkKind string

// The kinds of link.
const (
	StoryFollows  StoryLinkKind = "follows"   // that story came before this one
	StoryPrecedes StoryLinkKind = "precedes"  // this one came before that story
	StoryLikeness StoryLinkKind = "look_like" // much alike, kept apart: another day or place
)
