package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// maxText is the longest text that is read from a form, in bytes.
const maxText = 1 << 20

// readWait bounds fetching and reading one article.
const readWait = time.Minute

// pasteView is the page on which a text or an address is read.
type pasteView struct {
	Text, Address, Published, Publisher string
	Fetches, Keeps                      bool
	Wrong                               string
	Record                              *recordView
}

func (d *desk) pasteView(r *http.Request) pasteView {
	return pasteView{
		Text: r.PostFormValue("text"), Address: strings.TrimSpace(r.PostFormValue("address")), Published: r.PostFormValue("published"),
		Publisher: strings.TrimSpace(r.PostFormValue("publisher")), Fetches: d.Fetch != nil, Keeps: d.Keep != nil,
	}
}

func (d *desk) readForm(w http.ResponseWriter, r *http.Request) error {
	v := d.pasteView(r)
	v.Address = r.URL.Query().Get("address") // filled in, and read when the button is pressed
	return d.show(w, r, http.StatusOK, "paste", "Read a text", v)
}

// read shows the record of what was pasted. Nothing is kept.
func (d *desk) read(w http.ResponseWriter, r *http.Request) error {
	v, _, record, err := d.readIn(w, r)
	if err != nil {
		return d.wrong(w, r, v, err)
	}
	shown := newRecordView(record, "", news.Range{})
	v.Record = &shown
	return d.show(w, r, http.StatusOK, "paste", "Read: "+shown.Title, v)
}

// keep reads again what was pasted, puts it into the store and goes to its page.
func (d *desk) keep(w http.ResponseWriter, r *http.Request) error {
	if d.Keep == nil {
		return &refusal{http.StatusNotFound, "Nothing is kept here", "This desk reads texts, and does not keep them."}
	}
	v, delivery, record, err := d.readIn(w, r)
	if err != nil {
		return d.wrong(w, r, v, err)
	}
	id, err := d.Keep(r.Context(), delivery, record)
	if err != nil {
		return wrap("keep what was pasted", err)
	}
	http.Redirect(w, r, "/articles/"+url.PathEscape(id), http.StatusSeeOther)
	return nil
}

func (d *desk) wrong(w http.ResponseWriter, r *http.Request, v pasteView, err error) error {
	var told *refusal
	if !errors.As(err, &told) {
		return err
	}
	v.Wrong = told.words
	return d.show(w, r, told.status, "paste", "Read a text", v)
}

func (d *desk) readIn(w http.ResponseWriter, r *http.Request) (pasteView, *news.Delivery, *news.Record, error) {
	if d.Read == nil {
		return pasteView{}, nil, nil, &refusal{http.StatusNotFound, "Nothing is read here", "This desk shows what is kept, and reads no texts."}
	}
	// A form may need three bytes for one of the text.
	r.Body = http.MaxBytesReader(w, r.Body, 3*maxText+64<<10)
	if err := r.ParseForm(); err != nil {
		return pasteView{Fetches: d.Fetch != nil}, nil, nil, &refusal{http.StatusRequestEntityTooLarge, "Too long", "The text is longer than 1 MB, or the form is damaged. Longer ones are read with: onrecord read FILE"}
	}
	v := d.pasteView(r)
	ctx, cancel := context.WithTimeout(r.Context(), readWait)
	defer cancel()
	delivery, err := d.delivery(ctx, v)
	if err != nil {
		return v, nil, nil, err
	}
	record, err := d.Read(ctx, delivery)
	if err != nil {
		if ctx.Err() != nil && r.Context().Err() == nil {
			err = &refusal{http.StatusUnprocessableEntity, "Too slow", "Reading it took longer than a minute. Try a shorter text."}
		}
		return v, nil, nil, wrap("read what was pasted", err)
	}
	return v, delivery, record, nil
}

// delivery is what the form holds, or what stands at its address.
func (d *desk) delivery(ctx context.Context, v pasteView) (*news.Delivery, error) {
	bad := func(words string) error { return &refusal{http.StatusUnprocessableEntity, "Read a text", words} }
	if _, err := time.Parse(time.DateOnly, v.Published); v.Published != "" && err != nil {
		return nil, bad("The day of publication is no date such as 2031-03-11.")
	}
	if v.Address != "" && !isWeb(v.Address) {
		return nil, bad("The address is none of the web: it begins with https:// or http://.")
	}
	text := strings.ReplaceAll(v.Text, "\r\n", "\n")
	if strings.TrimSpace(text) != "" {
		if len(text) > maxText {
			return nil, bad("The text is longer than 1 MB. Longer ones are read with: onrecord read FILE")
		}
		if !utf8.ValidString(text) {
			return nil, bad("The text is not UTF-8.")
		}
		out := &news.Delivery{Action: news.Publish, Text: text, Publisher: v.Publisher, Published: v.Published}
		if v.Address != "" {
			out.Addresses = []string{v.Address}
		}
		if v.Published != "" {
			out.PublishedBasis = news.PublishedGiven
		}
		return out, nil
	}
	if v.Address == "" || d.Fetch == nil {
		return nil, bad("There is nothing to read yet: paste a text" + map[bool]string{true: ", or give an address."}[d.Fetch != nil])
	}
	out, err := d.Fetch(ctx, v.Address)
	if err != nil {
		d.Log.InfoContext(ctx, "address not read", "address", v.Address, "error", err)
		return nil, bad("The address brought no article: " + clip(300, err.Error()))
	}
	if v.Published != "" {
		out.Published, out.PublishedBasis = v.Published, news.PublishedGiven
	}
	return out, nil
}
