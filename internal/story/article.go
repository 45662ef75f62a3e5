package story

import (
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// Article is an article as it comes: its record, and how it is known.
type Article struct {
	ID string // unique; adding another article with the same id puts it in the place of the first
	// Address is its best one, in the form in which addresses are compared; ""
	// where it has none. Articles of one address are copies of the first.
	Address string
	// Published is the moment of publication, UTC noon where only the day is
	// known; zero where it is unknown or not to be believed.
	Published time.Time
	Record    *news.Record
}

// Of makes an Article of a record with the id, address and publication date
// that the record gives.
func Of(r *news.Record) Article {
	a := Article{ID: r.Article.ID, Address: string(r.Article.URL), Record: r}
	if t, err := time.Parse(time.RFC3339, string(r.Article.Published)); err == nil {
		a.Published = t.UTC()
	} else if t, err := time.Parse(time.DateOnly, string(r.Article.Published)); err == nil {
		a.Published = t.Add(12 * time.Hour)
	}
	return a
}

// Sketch is what is kept of an article to compare it with others: some 4 kB. It
// depends on the article alone, so sketches can be made side by side, and again
// from the record at any time. It is not changed once made.
type Sketch struct {
	id, address, publisher string
	published              int64 // Unix seconds; noDate where unknown
	words                  int   // of the text
	text                   uint64
	shingles               shingles
	bands                  [bands]uint64
	credit                 credit
	vector                 vector
	labels                 map[uint32]string // of the heaviest features, to give reasons with
	happening              happening

	title   string
	parties []party
	places  []news.StoryPlace
	types   []news.EventType
}

// noDate stands for an unknown moment.
const noDate = int64(-1 << 62)

// ID is the id of the article.
func (s *Sketch) ID() string { return s.id }

// NewSketch makes the sketch of an article. The record is not kept.
func NewSketch(a Article) *Sketch {
	r := a.Record
	s := &Sketch{id: a.ID, address: a.Address, publisher: string(r.Article.Publisher), published: noDate, title: title(r)}
	if !a.Published.IsZero() {
		s.published = a.Published.Unix()
	}
	t := bodyOf(r)
	words := t.words(r.Article.Text, false)
	s.words = len(words)
	s.text = hash(strings.Join(words, " "))
	// Reports from one press conference share its quotations without being
	// copies, and a copy may have lost them: they count only where there is
	// little else.
	if own := t.words(r.Article.Text, true); len(own) >= 40 || len(own) > len(words)/2 {
		words = own
	}
	s.shingles = shinglesOf(words)
	sig := signatureOf(s.shingles)
	s.bands = sig.bandKeys()
	s.credit = creditOf(r)
	s.vector, s.labels = featuresOf(r, t, s.credit)
	s.happening = happeningOf(r)
	s.parties, s.places, s.types = partiesOf(r, s.credit), placesOf(r), typesOf(r)
	return s
}

// title of the record: the one that is known, else that of the text.
func title(r *news.Record) string {
	if r.Article.Title.Known() {
		return string(r.Article.Title)
	}
	for _, b := range r.Article.Blocks {
		if b.Kind == news.BlockTitle {
			return strings.TrimSpace(r.Article.Text[b.Start:b.End])
		}
	}
	if len(r.Sentences) > 0 {
		return strings.TrimSpace(r.Article.Text[r.Sentences[0].Start:r.Sentences[0].End])
	}
	return ""
}

// body is where the article's own words stand.
type body struct {
	title []news.Range
	own   []news.Range // lead and paragraphs, in text order
}

// bodyOf leaves out boilerplate, captions, bylines and headings: what an outlet
// puts around a text that it took over.
func bodyOf(r *news.Record) body {
	var b body
	for _, block := range r.Article.Blocks {
		switch block.Kind {
		case news.BlockTitle:
			b.title = append(b.title, block.Range)
		case news.BlockLead, news.BlockParagraph:
			b.own = append(b.own, block.Range)
		}
	}
	if len(b.own) == 0 && len(b.title) == 0 {
		b.own = []news.Range{{Start: 0, End: len(r.Article.Text)}}
	}
	return b
}

// words are those of the own text, without its dateline; where unquoted is set,
// without those in quotation marks too.
func (b body) words(text string, unquoted bool) []string {
	var out []string
	for i, block := range b.own {
		part := text[block.Start:block.End]
		if i == 0 {
			part = part[datelineEnd(part):]
		}
		var quoted []news.Range
		if unquoted {
			quoted = quotations(part)
		}
		eachWord(part, func(at int) bool {
			return slices.ContainsFunc(quoted, func(q news.Range) bool { return q.Contains(at) })
		}, func(w string) { out = append(out, w) })
	}
	return out
}

// quotations are the stretches of a paragraph in double quotation marks. One
// that is not closed runs to the paragraph's end.
func quotations(text string) []news.Range {
	var out []news.Range
	open := -1
	for i, r := range text {
		switch {
		case open < 0 && (r == '“' || r == '"' || r == '«' || r == '„'):
			open = i
		case open >= 0 && (r == '”' || r == '"' || r == '»' || r == '“'):
			out = append(out, news.Range{Start: open, End: i})
			open = -1
		}
	}
	if open >= 0 {
		out = append(out, news.Range{Start: open, End: len(text)})
	}
	return out
}
