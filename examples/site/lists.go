package site

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"time"
)

// form is a way in which an outlet lists its reports.
type form struct {
	name  string // of the file
	media string
	write func(w *bytes.Buffer, o *Outlet, base string) error
}

// forms are given to the outlets in turn.
var forms = []form{
	{"rss.xml", "application/rss+xml; charset=utf-8", writeRSS},
	{"atom.xml", "application/atom+xml; charset=utf-8", writeAtom},
	{"feed.json", "application/feed+json", writeJSON},
	{"news-sitemap.xml", "application/xml; charset=utf-8", writeSitemap},
}

// moment is the day of a report at nine in the morning.
func (r *Report) moment() time.Time {
	day, err := time.Parse(time.DateOnly, r.Published)
	if err != nil {
		return time.Time{}
	}
	return day.Add(9 * time.Hour)
}

type rssItem struct {
	Title string `xml:"title"`
	Link  string `xml:"link"`
	GUID  string `xml:"guid"`
	Date  string `xml:"pubDate"`
}

func writeRSS(w *bytes.Buffer, o *Outlet, base string) error {
	var doc struct {
		XMLName xml.Name  `xml:"rss"`
		Version string    `xml:"version,attr"`
		Title   string    `xml:"channel>title"`
		Link    string    `xml:"channel>link"`
		Items   []rssItem `xml:"channel>item"`
	}
	doc.Version, doc.Title, doc.Link = "2.0", o.Name, base+"/"+o.Host+"/"
	for _, r := range o.Reports {
		doc.Items = append(doc.Items, rssItem{r.Title, base + r.Path, base + r.Path, r.moment().Format(time.RFC1123Z)})
	}
	return writeXML(w, doc)
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title     string   `xml:"title"`
	ID        string   `xml:"id"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
}

func writeAtom(w *bytes.Buffer, o *Outlet, base string) error {
	var doc struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Link    atomLink    `xml:"link"`
		Updated string      `xml:"updated"`
		Entries []atomEntry `xml:"entry"`
	}
	doc.Title, doc.ID, doc.Link.Href = o.Name, base+o.List, base+"/"+o.Host+"/"
	for _, r := range o.Reports {
		at := r.moment().Format(time.RFC3339)
		doc.Updated = max(doc.Updated, at)
		doc.Entries = append(doc.Entries, atomEntry{r.Title, base + r.Path, atomLink{"alternate", base + r.Path}, at, at})
	}
	return writeXML(w, doc)
}

func writeJSON(w *bytes.Buffer, o *Outlet, base string) error {
	type item struct {
		ID        string `json:"id"`
		URL       string `json:"url"`
		Title     string `json:"title"`
		Text      string `json:"content_text"`
		Published string `json:"date_published"`
	}
	doc := struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Home    string `json:"home_page_url"`
		Items   []item `json:"items"`
	}{"https://jsonfeed.org/version/1.1", o.Name, base + "/" + o.Host + "/", nil}
	for _, r := range o.Reports {
		doc.Items = append(doc.Items, item{base + r.Path, base + r.Path, r.Title, r.Paragraphs[0], r.moment().Format(time.RFC3339)})
	}
	return json.NewEncoder(w).Encode(doc)
}

type newsURL struct {
	Loc  string `xml:"loc"`
	News struct {
		Name      string `xml:"publication>name"`
		Language  string `xml:"publication>language"`
		Published string `xml:"publication_date"`
		Title     string `xml:"title"`
	} `xml:"http://www.google.com/schemas/sitemap-news/0.9 news"`
}

func writeSitemap(w *bytes.Buffer, o *Outlet, base string) error {
	var doc struct {
		XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []newsURL `xml:"url"`
	}
	for _, r := range o.Reports {
		u := newsURL{Loc: base + r.Path}
		u.News.Name, u.News.Language, u.News.Published, u.News.Title = strings.TrimSuffix(o.Name, " (invented)"), "en", r.moment().Format(time.RFC3339), r.Title
		doc.URLs = append(doc.URLs, u)
	}
	return writeXML(w, doc)
}

func writeXML(w io.Writer, doc any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	return e.Encode(doc)
}
