package export

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/query"
)

var feedKinds = []query.Kind{query.Articles, query.Events, query.Statements, query.Claims}

var feedNotes = []string{"A feed is for people: what does not fit into a title and a few lines is left out."}

// MaxFeed is how many rows a feed holds: whoever follows it asks again and again,
// and has the others already.
const MaxFeed = 200

var atomFeed = Format{Name: "atom", What: "a feed of the query (RFC 4287)", Kinds: feedKinds, MediaType: "application/atom+xml; charset=utf-8", Notes: feedNotes, Most: MaxFeed,
	open: func(o *output) (writer, error) { return newFeed(o, ".atom", atomHead, atomEntry, "</feed>\n") }}

var rssFeed = Format{Name: "rss", What: "a feed of the query (RSS 2.0)", Kinds: feedKinds, MediaType: "application/rss+xml; charset=utf-8", Notes: feedNotes, Most: MaxFeed,
	open: func(o *output) (writer, error) { return newFeed(o, ".rss", rssHead, rssItem, "</channel></rss>\n") }}

var jsonFeed = Format{Name: "jsonfeed", What: "a feed of the query (JSON Feed 1.1)", Kinds: feedKinds, MediaType: "application/feed+json", Notes: feedNotes, Most: MaxFeed,
	open: newJSONFeed}

func (o *output) title() string {
	switch {
	case o.Title != "":
		return o.Title
	case o.Query != "":
		return "Onrecord: " + o.Query
	}
	return "Onrecord: " + string(o.Kind)
}

// now is the time of the feed: a feed must have one.
func (o *output) now() time.Time {
	if o.Now.IsZero() {
		return time.Unix(0, 0).UTC()
	}
	return o.Now.UTC()
}

type feedWriter struct {
	o     *output
	file  *sink
	enc   *xml.Encoder
	entry func(Entry) any
	end   string
}

func newFeed(o *output, ext string, head func(*output) string, entry func(Entry) any, end string) (writer, error) {
	f, err := o.file(string(o.Kind)+ext, nil)
	if err != nil {
		return nil, err
	}
	_, err = io.WriteString(f, xml.Header+head(o))
	return &feedWriter{o: o, file: f, enc: xml.NewEncoder(f), entry: entry, end: end}, err
}

func (w *feedWriter) write(r Row) error {
	w.file.Rows++
	if err := w.enc.Encode(w.entry(r.Entry(w.o.Base, w.o.now()))); err != nil {
		return err
	}
	_, err := io.WriteString(w.file, "\n")
	return err
}

func (w *feedWriter) close() error {
	_, err := io.WriteString(w.file, w.end)
	return err
}

// escaped is text as XML has it.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

func atomHead(o *output) string {
	link := ""
	if o.Base != "" {
		link = `<link href="` + escaped(o.Base) + `"/>`
	}
	return `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:onrecord:` + escaped(string(o.Kind)+":"+xmlURI(o.Query)) + `</id><title>` + escaped(o.title()) + `</title><updated>` +
		o.now().Format(time.RFC3339) + `</updated><author><name>Onrecord</name></author>` + link + "\n"
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

type atomTag struct {
	Term string `xml:"term,attr"`
}

type atomItem struct {
	XMLName xml.Name  `xml:"entry"`
	ID      string    `xml:"id"`
	Title   atomText  `xml:"title"`
	Updated string    `xml:"updated"`
	Link    *atomLink `xml:"link"`
	Author  string    `xml:"author>name,omitempty"`
	Summary *atomText `xml:"summary"`
	Tags    []atomTag `xml:"category"`
}

func atomEntry(e Entry) any {
	i := atomItem{ID: xmlURI(e.ID), Title: atomText{"text", e.Title}, Updated: e.At.Format(time.RFC3339), Author: e.Author}
	if e.Link != "" {
		i.Link = &atomLink{e.Link}
	}
	if e.Summary != "" {
		i.Summary = &atomText{"text", e.Summary}
	}
	for _, t := range e.Tags {
		i.Tags = append(i.Tags, atomTag{t})
	}
	return i
}

// xmlURI keeps an id a URI: what may not stand in one is percent-encoded.
func xmlURI(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~:/#", c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteString("%" + strings.ToUpper(string([]byte{"0123456789abcdef"[c>>4], "0123456789abcdef"[c&15]})))
		}
	}
	return b.String()
}

func rssHead(o *output) string {
	link := o.Base
	if link == "" {
		link = "urn:onrecord:" + string(o.Kind)
	}
	return `<rss version="2.0"><channel><title>` + escaped(o.title()) + `</title><link>` + escaped(link) + `</link><description>` + escaped(o.title()) +
		`</description><lastBuildDate>` + o.now().Format(time.RFC1123Z) + `</lastBuildDate><generator>onrecord ` + escaped(o.Version) + "</generator>\n"
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

type rssEntry struct {
	XMLName xml.Name `xml:"item"`
	Title   string   `xml:"title"`
	Link    string   `xml:"link,omitempty"`
	Summary string   `xml:"description,omitempty"`
	Author  string   `xml:"http://purl.org/dc/elements/1.1/ creator,omitempty"`
	Tags    []string `xml:"category"`
	GUID    rssGUID  `xml:"guid"`
	At      string   `xml:"pubDate"`
}

// rssItem is a row in RSS. Readers take a description for HTML, so its text is
// escaped once more.
func rssItem(e Entry) any {
	return rssEntry{Title: e.Title, Link: e.Link, Summary: escaped(e.Summary), Author: e.Author, Tags: e.Tags, GUID: rssGUID{false, xmlURI(e.ID)}, At: e.At.Format(time.RFC1123Z)}
}

type jsonFeedWriter struct {
	listWriter
	o *output
}

type jsonFeedItem struct {
	ID      string           `json:"id"`
	URL     string           `json:"url,omitempty"`
	Title   string           `json:"title"`
	Text    string           `json:"content_text"`
	At      string           `json:"date_published"`
	Authors []jsonFeedAuthor `json:"authors,omitempty"`
	Tags    []string         `json:"tags,omitempty"`
}

type jsonFeedAuthor struct {
	Name string `json:"name"`
}

func newJSONFeed(o *output) (writer, error) {
	f, err := o.file(string(o.Kind)+".feed.json", nil)
	if err != nil {
		return nil, err
	}
	head, err := json.Marshal(struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Home    string `json:"home_page_url,omitempty"`
	}{"https://jsonfeed.org/version/1.1", o.title(), o.Base})
	if err != nil {
		return nil, err
	}
	_, err = io.WriteString(f, strings.TrimSuffix(string(head), "}")+`,"items":[`)
	return &jsonFeedWriter{listWriter{file: f, end: "\n]}\n"}, o}, err
}

func (w *jsonFeedWriter) write(r Row) error {
	e := r.Entry(w.o.Base, w.o.now())
	item := jsonFeedItem{ID: e.ID, URL: e.Link, Title: e.Title, Text: e.Summary, At: e.At.Format(time.RFC3339), Tags: e.Tags}
	if e.Author != "" {
		item.Authors = []jsonFeedAuthor{{e.Author}}
	}
	return w.put(item)
}
