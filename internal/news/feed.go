package news

import "time"

// Feed is a source that is asked again and again for new articles: a feed, a
// sitemap, a page or a folder. (Source is who a statement is attributed to.)
// Which fields a check changes is said with Check.
type Feed struct {
	ID        string
	Kind      FeedKind
	URL       string // as it was added; the path of a folder
	Title     string // the feed's own, or the user's
	Homepage  string
	Publisher string        // given to articles that name none
	Interval  time.Duration // between checks, as the user wants it; 0 where the program decides
	Rights    Rights
	AddedAt   time.Time

	State       FeedState
	StateReason string // why it is paused or gone, in words

	// What the last answers said.
	ETag         string
	LastModified string
	BodySHA256   string // of the last body: the same document is not read twice
	CheckedAt    time.Time
	ChangedAt    time.Time // when a check last found something new
	NextCheck    time.Time
	NextReason   string  // what decided NextCheck: "interval", "ttl", "max-age", "expires", "retry-after", "failures" …
	Failures     float64 // weighted; a success takes it to 0
	LastError    string
}

// FeedKind is how a source lists its articles.
type FeedKind string

// The kinds of source.
const (
	FeedSyndication FeedKind = "feed"    // RSS, RDF, Atom or JSON Feed
	FeedSitemap     FeedKind = "sitemap" // a sitemap or an index of them
	FeedPage        FeedKind = "page"    // one address whose page is the article
	FeedFolder      FeedKind = "folder"  // a folder that a wire service writes into
)

// FeedState says whether a source is checked.
type FeedState string

// The states of a source.
const (
	FeedActive  FeedState = "active"
	FeedPaused  FeedState = "paused"  // by the user
	FeedFailing FeedState = "failing" // paused itself after too many failures
	FeedGone    FeedState = "gone"    // it answered 410
)

// Rights say how much of an article's text may leave the house.
type Rights string

// The rights.
const (
	RightsFull    Rights = "full"
	RightsSnippet Rights = "snippet" // the default
	RightsNothing Rights = "nothing"
)

// Item is one article that a source lists, before it is fetched.
type Item struct {
	Feed string // the id of the source; "" where a person gave the address
	URL  string
	Hint Hint
}

// Hint is what the list said of an article. It is kept with the capture, for a
// later reading of it.
type Hint struct {
	GUID      string   `json:"guid,omitempty"`
	Title     string   `json:"title,omitempty"`
	Authors   []string `json:"authors,omitempty"`
	Published string   `json:"published,omitempty"` // a day or RFC 3339
	Modified  string   `json:"modified,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	Language  string   `json:"language,omitempty"`
	// Edited: the article was known, and the list says that it was changed since.
	Edited bool `json:"edited,omitempty"`
	// Given is the publication date that a person gave; it beats all others.
	Given string `json:"given,omitempty"`
}

// Check is what one look at a source brought.
type Check struct {
	// Feed is the source as it is now. The check sets all from Kind (where it
	// was not known) and Title, Homepage (where empty) to LastError; State only
	// to FeedFailing and FeedGone.
	Feed Feed
	// Items are those it lists, newest first, whether known or not.
	Items   []Item
	Fetches []Fetch // one for every request made
	// Deliveries are articles that the list itself holds in full: a wire folder.
	Deliveries []Delivery
}

// Fetched is what fetching one address brought.
type Fetched struct {
	Fetch      Fetch      // always set
	Deliveries []Delivery // none where there is no article
}

// Fetch is one request, as the fetch log keeps it.
type Fetch struct {
	Feed    string // id; "" where a person gave the address
	URL     string // as asked
	Final   string // after redirects, where that is another
	At      time.Time
	Took    time.Duration
	Status  int // HTTP; 0 where there was no answer
	Bytes   int64
	Outcome Outcome
	Detail  string // the error or the reason, in words
	// RetryAfter is how long the server wants to be left alone; 0 where it does not say.
	RetryAfter time.Duration
}

// Outcome is how a request ended.
type Outcome string

// The outcomes.
const (
	FetchOK          Outcome = "ok"
	FetchNotModified Outcome = "not_modified" // 304
	FetchSame        Outcome = "same"         // 200 with the document that we have
	FetchNoArticle   Outcome = "no_article"   // a page without an article: consent, paywall, section
	FetchRefused     Outcome = "refused"      // robots.txt, or an address that is not to be asked
	FetchMissing     Outcome = "missing"      // 404
	FetchGone        Outcome = "gone"         // 410
	FetchTooLarge    Outcome = "too_large"
	FetchUnreadable  Outcome = "unreadable" // an answer that is not what it says it is
	FetchBusy        Outcome = "busy"       // 429 and 503
	FetchFailed      Outcome = "failed"     // no answer, or another error of the server
)

// Again reports whether asking later may help.
func (o Outcome) Again() bool { return o == FetchBusy || o == FetchFailed }
