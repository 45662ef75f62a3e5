package export

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
)

// annotations is the W3C's Web Annotation Data Model (Recommendation of 2017): one
// page of annotations, each on the words of an article.
var annotations = Format{Name: "annotations", What: "statements, events and names as W3C Web Annotations on the text", Kinds: []query.Kind{query.Articles, query.Events, query.Statements},
	MediaType: `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`,
	Notes: []string{
		"Positions are code points of the record's text, not of the page at the address; the quotation with what stands around it finds the words there.",
		"Where the source's rights keep back the words, an annotation has its positions only.",
		"A page has no end for paging: all annotations are on one.",
	},
	open: func(o *output) (writer, error) {
		f, err := o.file("annotations.jsonld", []Column{
			{"body", "tags, a name and a line for people: counts, parties and dates are in that line only"},
			{"target", "of an event its trigger and mentions; of a statement the parts of its words"},
		})
		if err != nil {
			return nil, err
		}
		_, err = io.WriteString(f, `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:onrecord:annotations","type":"AnnotationPage","items":[`)
		return &annotationWriter{listWriter{file: f, end: "\n]}\n"}}, err
	}}

// listWriter writes values into a list in a JSON document.
type listWriter struct {
	file *sink
	end  string
	n    int
}

func (w *listWriter) put(v any) error {
	var b strings.Builder
	if w.n > 0 {
		b.WriteByte(',')
	}
	b.WriteByte('\n')
	w.n++
	w.file.Rows++
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w.file, strings.TrimSuffix(b.String(), "\n"))
	return err
}

func (w *listWriter) close() error {
	_, err := io.WriteString(w.file, w.end)
	return err
}

type annotationWriter struct{ listWriter }

type annotation struct {
	ID         string           `json:"id"`
	Type       string           `json:"type"`
	Motivation string           `json:"motivation"`
	Generator  string           `json:"generator"`
	Body       []annotationBody `json:"body"`
	Target     []annotationAim  `json:"target"`
}

type annotationBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   string `json:"value"`
}

type annotationAim struct {
	Source   string     `json:"source"`
	Selector []selector `json:"selector"`
}

type selector struct {
	Type   string `json:"type"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

func (w *annotationWriter) write(r Row) error {
	switch {
	case r.Event != nil:
		return w.put(r.annotateEvent(r.Event))
	case r.Statement != nil:
		return w.put(r.annotateStatement(r.Statement))
	}
	for i := range r.Record.Entities {
		if e := &r.Record.Entities[i]; len(e.Mentions) > 0 {
			if err := w.put(r.annotateEntity(e)); err != nil {
				return err
			}
		}
	}
	for _, kind := range []query.Kind{query.Statements, query.Events} {
		for _, part := range r.Rows(kind, nil) {
			if err := w.write(part); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Article) annotate(part, motivation string, on []news.Span, body ...annotationBody) annotation {
	out := annotation{ID: "urn:onrecord:" + a.Record.Article.ID + "/" + part, Type: "Annotation", Motivation: motivation, Generator: "onrecord " + a.Record.Pipeline.Version}
	for _, b := range body {
		if b.Value != "" {
			b.Type = "TextualBody"
			out.Body = append(out.Body, b)
		}
	}
	for _, s := range on {
		out.Target = append(out.Target, a.aim(s))
	}
	return out
}

// aim selects a stretch by its place and, where its words may leave, by them.
func (a *Article) aim(s news.Span) annotationAim {
	source := string(a.Record.Article.URL)
	if source == "" {
		source = "urn:onrecord:" + a.Record.Article.ID
	}
	start, end := a.point(s.Start), a.point(s.End)
	out := annotationAim{source, []selector{{Type: "TextPositionSelector", Start: &start, End: &end}}}
	if words := a.passages.Of(s); words != "" && words == s.Text {
		q := selector{Type: "TextQuoteSelector", Exact: words}
		q.Prefix, q.Suffix = a.around(s)
		out.Selector = append(out.Selector, q)
	}
	return out
}

// aroundWords is how many bytes of what stands before and after a quotation tell
// it from others.
const aroundWords = 24

func (a *Article) around(s news.Span) (before, after string) {
	if a.rights() == news.RightsNothing {
		return "", ""
	}
	text := a.Record.Article.Text
	from, to := max(s.Start-aroundWords, 0), min(s.End+aroundWords, len(text))
	return strings.ToValidUTF8(text[from:s.Start], ""), strings.ToValidUTF8(text[s.End:to], "")
}

func (a *Article) annotateEvent(v *news.Event) annotation {
	line := []string{eventName(v)}
	by, _, _ := a.parties(v.Actors)
	to, _, _ := a.parties(v.Recipients)
	place, _ := a.place(v)
	for _, p := range []struct{ name, of string }{{"by", strings.Join(by, ", ")}, {"to", strings.Join(to, ", ")}, {"at", place},
		{"on", dated(v.Time)}, {"presented as", string(v.Modality)}} {
		if p.of != "" {
			line = append(line, p.name+" "+p.of)
		}
	}
	for i := range v.Counts {
		line = append(line, string(v.Counts[i].Kind)+" "+number(v.Counts[i]))
	}
	return a.annotate(v.ID, "classifying", append([]news.Span{v.Trigger}, v.Mentions...), annotationBody{Purpose: "tagging", Value: "event"},
		annotationBody{Purpose: "classifying", Value: string(v.Type)}, annotationBody{Purpose: "classifying", Value: string(v.Mode)},
		annotationBody{Purpose: "describing", Value: strings.Join(line, "; ")})
}

// dated is when an event took place, "" where that is not known.
func dated(t news.EventTime) string {
	if t.Earliest == "" && t.Latest == "" {
		return ""
	}
	return days(t.Earliest, t.Latest)
}

func (a *Article) annotateStatement(s *news.Statement) annotation {
	return a.annotate(s.ID, "identifying", s.Content, annotationBody{Purpose: "tagging", Value: "statement"}, annotationBody{Purpose: "classifying", Value: string(s.Act)},
		annotationBody{Purpose: "identifying", Value: a.speaker(s)})
}

func (a *Article) annotateEntity(e *news.Entity) annotation {
	var on []news.Span
	for i := range e.Mentions {
		on = append(on, e.Mentions[i].Span)
	}
	about := e.Identifiers.Wikidata
	if about != "" {
		about = "http://www.wikidata.org/entity/" + about
	}
	return a.annotate(e.ID, "identifying", on, annotationBody{Purpose: "tagging", Value: string(e.Type)}, annotationBody{Purpose: "identifying", Value: oneLine(e.Name)},
		annotationBody{Purpose: "identifying", Value: string(about)})
}
