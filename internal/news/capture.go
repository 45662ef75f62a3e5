package news

import "time"

// Capture is what was received, byte for byte, so that it can be read again by
// a newer version of the program.
type Capture struct {
	ID string
	// URL is where the body came from, after redirects: an address, or for a
	// file "file:" with its path. A part of a larger file has its line behind
	// "#", as in "file:///wire/a.jsonl#L3".
	URL       string
	At        time.Time
	Status    int    // HTTP; 0 for a file
	Header    string // the HTTP header fields as received, CRLF between them; "" for a file
	MediaType string // what the body is, as the reader of it decided
	SHA256    string // of Body, in hex
	Hint      Hint
	Body      []byte // not set where only the description was asked for
}

// Delivery is one article as ingest hands it over: the reader's input, the
// names it is known by, and the capture it was made from.
type Delivery struct {
	// Addresses are all the names that the article goes by, the best first: the
	// canonical URL, the one it was fetched from, the identifier of a wire
	// item ("urn:newsml:…", "tag:…"). Two deliveries that share one are the same
	// article. Empty for a text without any: then the text is its name.
	Addresses []string
	Feed      string // id of the source; "" where a person gave it
	Action    Action
	// Embargo is the moment before which nothing of it may be shown; zero
	// where there is none.
	Embargo time.Time
	// Note is what the wire says about it: "corrects the day in paragraph 2".
	Note string

	Text           string
	Title          string // where known, the words that Text begins with
	Publisher      string
	Authors        []string
	Published      string // a day (2031-05-07) or RFC 3339; "" where unknown
	PublishedBasis PublishedBasis
	Modified       string
	Blocks         []Block // nil where the form of the source did not tell them
	Warnings       []Warning

	// Capture may be shared by several deliveries: a wire package, a page that
	// holds two items.
	Capture *Capture
}

// Action is what is to be done with a delivery.
type Action string

// The actions. A text that differs from the one that is kept is a new version
// whatever the action says; Correct only marks it as the publisher's correction.
const (
	Publish  Action = "publish"
	Correct  Action = "correct"
	Withdraw Action = "withdraw" // a wire kill: the article is shown no more
)

// URL is the first address that is one of the web, "" where none is.
func (d *Delivery) URL() string {
	for _, a := range d.Addresses {
		if len(a) > 8 && (a[:7] == "http://" || a[:8] == "https://") {
			return a
		}
	}
	return ""
}
