package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/review"
	"github.com/onrecord/onrecord/internal/store"
)

// correctView is the page on which one part of a record is corrected.
type correctView struct {
	Article  store.Article
	Link     string // of the article's page
	Part     string
	Object   review.Object
	Words    string
	Fields   []correctField
	Laid     []laidView
	Wrong    string
	Acts     []news.Act
	Types    []news.EventType
	Speakers []string
}

type correctField struct {
	Field          review.Field
	Name           string
	Machine, Value string
}

type laidView struct {
	review.Laid
	Title string
	What  string
	Stand stand
	Link  string
}

// laidStates say how the machine stands to a correction.
var laidStates = map[review.State]stand{
	review.Stands: {"for", "+", "laid over the machine's value"}, review.Agrees: {"for", "+", "the machine agrees now"},
	review.Disagrees: {"against", "−", "the machine gives another value now"}, review.Lost: {"open", "?", "its words are not there any more"},
}

func newLaidView(l review.Laid) laidView {
	v := laidView{Laid: l, Stand: laidStates[l.State], Link: articlePath(l.Article)}
	name := string(l.Object)
	if l.Field != review.Whole {
		name = string(l.Field)
	}
	switch l.Verdict {
	case review.Accept:
		v.What = name + " accepted"
	case review.Reject:
		v.What = name + " rejected"
	case review.Mend:
		v.What = name + " mended to " + l.Value
	}
	if l.Part != "" {
		v.Link += "/correct/" + url.PathEscape(l.Part)
	}
	return v
}

// laid lays what people corrected over an article's record.
func (d *desk) laid(r *http.Request, id string, record *news.Record) (*news.Record, []review.Laid, error) {
	if d.Reviews == nil {
		return record, nil, nil
	}
	all, err := d.Reviews.Corrections(r.Context(), id)
	if err != nil {
		return nil, nil, wrap("corrections of "+id, err)
	}
	corrected, laid := review.Apply(record, all)
	return corrected, laid, nil
}

// correctable gives each statement and event the address of its form, and says
// what people said of it.
func (v *recordView) correctable(may bool, link string, laid []review.Laid) {
	if !may {
		return
	}
	said := map[string][]string{}
	for _, l := range laid {
		if l.Part != "" {
			said[l.Part] = append(said[l.Part], newLaidView(l).What)
		}
	}
	for i := range v.Speakers {
		for j := range v.Speakers[i].Statements {
			s := &v.Speakers[i].Statements[j]
			s.Correct, s.Corrected = link+"/correct/"+url.PathEscape(s.ID), strings.Join(said[s.ID], ", ")
		}
	}
	for i := range v.Events {
		e := &v.Events[i]
		e.Correct, e.Corrected = link+"/correct/"+url.PathEscape(e.ID), strings.Join(said[e.ID], ", ")
	}
}

// part finds what is to be corrected.
func (d *desk) part(r *http.Request) (*news.Record, *correctView, news.Span, error) {
	ctx, id, part := r.Context(), r.PathValue("id"), r.PathValue("part")
	if d.Reviews == nil {
		return nil, nil, news.Span{}, store.ErrNotFound
	}
	a, err := d.Store.Article(ctx, id)
	if err != nil {
		return nil, nil, news.Span{}, wrap("article "+id, err)
	}
	if a.State != store.Live {
		return nil, nil, news.Span{}, store.ErrNotFound
	}
	record, err := d.Store.Record(ctx, id, a.Version)
	if err != nil {
		return nil, nil, news.Span{}, wrap("record of "+id, err)
	}
	v := &correctView{Article: a, Link: articlePath(id), Part: part}
	for i := range record.Statements {
		if s := &record.Statements[i]; s.ID == part && len(s.Content) > 0 {
			v.Object, v.Words = review.Statement, content(s)
			v.Fields = []correctField{{Field: review.Speaker, Name: "Speaker", Machine: review.Value(record, s, review.Speaker)}, {Field: review.Act, Name: "Act", Machine: string(s.Act)}}
			return record, v, review.Anchor(s), nil
		}
	}
	for i := range record.Events {
		if e := &record.Events[i]; e.ID == part {
			v.Object, v.Words = review.Event, oneLine(e.Trigger.Text)
			v.Fields = []correctField{{Field: review.Type, Name: "Type", Machine: string(e.Type)}}
			return record, v, e.Trigger, nil
		}
	}
	return nil, nil, news.Span{}, store.ErrNotFound
}

func (d *desk) correctForm(w http.ResponseWriter, r *http.Request) error {
	record, v, _, err := d.part(r)
	if err != nil {
		return err
	}
	return d.showCorrect(w, r, http.StatusOK, record, v)
}

func (d *desk) showCorrect(w http.ResponseWriter, r *http.Request, status int, record *news.Record, v *correctView) error {
	_, laid, err := d.laid(r, v.Article.ID, record)
	if err != nil {
		return err
	}
	for _, l := range laid {
		if l.Part == v.Part {
			v.Laid = append(v.Laid, newLaidView(l))
		}
	}
	for _, e := range record.Entities {
		v.Speakers = append(v.Speakers, e.Name)
	}
	v.Types = news.EventTypes()
	v.Acts = []news.Act{news.Say, news.Report, news.Ask, news.Accuse, news.Deny, news.Confirm, news.Doubt, news.Threaten, news.Warn, news.Demand, news.Promise, news.ClaimResponsibility, news.Endorse, news.Retract, news.DeclineComment, news.Hold}
	return d.show(w, r, status, "correct", "Correct "+string(v.Object)+" "+v.Part, *v)
}

// correct keeps what a person says of one value, or takes it back.
func (d *desk) correct(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return &refusal{http.StatusBadRequest, "Damaged form", "The form is damaged or too long."}
	}
	record, v, anchor, err := d.part(r)
	if err != nil {
		return err
	}
	c := review.Correction{Article: v.Article.ID, Object: v.Object, Start: anchor.Start, Words: anchor.Text, Field: review.Field(r.PostFormValue("field")),
		Verdict: review.Verdict(r.PostFormValue("verdict")), Value: oneLine(r.PostFormValue("value")), Note: strings.TrimSpace(r.PostFormValue("note")), At: d.Now().UTC()}
	if d.Who != nil {
		c.By = d.Who(r)
	}
	for _, f := range v.Fields {
		if f.Field == c.Field {
			c.Machine = f.Machine
		}
	}
	if c.Verdict != review.Mend {
		c.Value = ""
	}
	if r.PostFormValue("verdict") == "back" {
		// One that was made on an older text stands where it stood then.
		_, laid, err := d.laid(r, v.Article.ID, record)
		if err != nil {
			return err
		}
		for _, l := range laid {
			if l.Part == v.Part && l.Field == c.Field {
				c = l.Correction
			}
		}
		if err := d.Reviews.RemoveCorrection(r.Context(), c); err != nil && !errors.Is(err, store.ErrNotFound) {
			return wrap("take back a correction", err)
		}
	} else {
		if err := c.Check(); err != nil {
			v.Wrong = strings.TrimPrefix(err.Error(), review.ErrWrong.Error()+": ")
			return d.showCorrect(w, r, http.StatusUnprocessableEntity, record, v)
		}
		if err := d.Reviews.PutCorrection(r.Context(), c); err != nil {
			return wrap("keep a correction", err)
		}
	}
	http.Redirect(w, r, v.Link+"/correct/"+url.PathEscape(v.Part), http.StatusSeeOther)
	return nil
}

// mostCorrections is how many the list shows, and the file holds at once.
const mostCorrections = 100

// corrections lists the newest, those first with which the machine disagrees now.
func (d *desk) corrections(w http.ResponseWriter, r *http.Request) error {
	if d.Reviews == nil {
		return store.ErrNotFound
	}
	ctx := r.Context()
	all, err := d.Reviews.NewestCorrections(ctx, mostCorrections)
	if err != nil {
		return wrap("list the corrections", err)
	}
	if r.URL.Path == "/corrections.jsonl" {
		w.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
		enc := json.NewEncoder(w)
		for _, c := range all {
			if err := enc.Encode(c); err != nil {
				return nil //nolint:nilerr // the client's loss
			}
		}
		return nil
	}
	var differ, others []laidView
	records := map[string]*news.Record{}
	for _, c := range all {
		a, err := d.Store.Article(ctx, c.Article)
		if err != nil && !isGone(err) {
			return wrap("article "+c.Article, err)
		}
		if err != nil || a.State != store.Live {
			continue
		}
		if records[c.Article] == nil {
			if records[c.Article], err = d.Store.Record(ctx, c.Article, a.Version); err != nil {
				return wrap("record of "+c.Article, err)
			}
		}
		_, laid := review.Apply(records[c.Article], []review.Correction{c})
		v := newLaidView(laid[0])
		v.Title = a.Title
		if v.State == review.Disagrees || v.State == review.Lost {
			differ = append(differ, v)
		} else {
			others = append(others, v)
		}
	}
	return d.show(w, r, http.StatusOK, "corrections", "Corrections", append(differ, others...))
}
