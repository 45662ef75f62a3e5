package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/review"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/web"
)

// reviews keeps corrections in memory.
type reviews struct{ all []review.Correction }

func (m *reviews) Corrections(_ context.Context, article string) ([]review.Correction, error) {
	var out []review.Correction
	for _, c := range m.all {
		if c.Article == article {
			out = append(out, c)
		}
	}
	return out, nil
}

func (m *reviews) NewestCorrections(_ context.Context, limit int) ([]review.Correction, error) {
	out := slices.Clone(m.all)
	slices.Reverse(out)
	return out[:min(limit, len(out))], nil
}

func (m *reviews) PutCorrection(_ context.Context, c review.Correction) error {
	m.all = append(m.without(c), c)
	return nil
}

func (m *reviews) RemoveCorrection(_ context.Context, c review.Correction) error {
	before := len(m.all)
	if m.all = m.without(c); len(m.all) == before {
		return store.ErrNotFound
	}
	return nil
}

func (m *reviews) without(c review.Correction) []review.Correction {
	return slices.DeleteFunc(slices.Clone(m.all), func(o review.Correction) bool {
		return o.Article == c.Article && o.Object == c.Object && o.Start == c.Start && o.Field == c.Field
	})
}

const corrected = "/articles/ariver-denial-02-galati-observer"

// A speaker is mended from the article's page, shown as mended, and given back.
func TestCorrectASpeaker(t *testing.T) {
	x, kept := newAcross(t), &reviews{}
	s := site(t, x, func(o *web.Options) {
		o.Reviews = kept
		o.Who = func(*http.Request) string { return "mara" }
		o.Token = func(*http.Request) string { return "form-secret" }
	})
	if body := get(t, s, corrected, 200); !strings.Contains(body, corrected+"/correct/s1") {
		t.Fatal("the article's page leads to no form")
	}
	form := get(t, s, corrected+"/correct/s1", 200)
	if strings.Count(form, `name="csrf" value="form-secret"`) < 3 || !strings.Contains(form, "<strong>Corvane</strong>") {
		t.Error("the form lacks its secret, or the machine's value")
	}
	post(t, s, corrected+"/correct/s1", url.Values{"field": {"speaker"}, "verdict": {"mend"}, "value": {" Ilinca  Dorovan "}, "note": {"see paragraph 4"}}, 303)
	c := kept.all[0]
	if c.Machine != "Corvane" || c.Value != "Ilinca Dorovan" || c.By != "mara" || c.Note != "see paragraph 4" || !c.At.Equal(now()) {
		t.Errorf("%+v is kept", c)
	}
	body := get(t, s, corrected, 200)
	if !strings.Contains(body, "speaker mended to Ilinca Dorovan") {
		t.Error("the article's page does not say that the speaker was mended")
	}
	if list := get(t, s, "/corrections", 200); !strings.Contains(list, "speaker mended to Ilinca Dorovan") || !strings.Contains(list, "see paragraph 4") {
		t.Error("it is not listed")
	}
	if file := get(t, s, "/corrections.jsonl", 200); !strings.Contains(file, `"value":"Ilinca Dorovan"`) {
		t.Errorf("the file is %s", file)
	}
	post(t, s, corrected+"/correct/s1", url.Values{"field": {"speaker"}, "verdict": {"back"}}, 303)
	if len(kept.all) != 0 {
		t.Error("it was not taken back")
	}
}

// A rejected event is shown no more; the list still leads to it.
func TestRejectAnEvent(t *testing.T) {
	kept := &reviews{}
	s := site(t, newAcross(t), func(o *web.Options) { o.Reviews = kept })
	post(t, s, corrected+"/correct/v1", url.Values{"field": {""}, "verdict": {"reject"}}, 303)
	if body := get(t, s, corrected, 200); strings.Contains(body, `id="v1"`) {
		t.Error("the rejected event is shown")
	}
	if list := get(t, s, "/corrections", 200); !strings.Contains(list, corrected+"/correct/v1") {
		t.Error("the list does not lead to it")
	}
	// The machine reads it otherwise by now.
	kept.all[0].Words = "words that are nowhere"
	if list := get(t, s, "/corrections", 200); !strings.Contains(list, "not there any more") {
		t.Error("it is not told that the words are gone")
	}
}

func TestCorrectBadInput(t *testing.T) {
	kept := &reviews{}
	s := site(t, newAcross(t), func(o *web.Options) { o.Reviews = kept })
	for name, c := range map[string]struct {
		path   string
		form   url.Values
		status int
	}{
		"no verdict":  {"s1", url.Values{"field": {"speaker"}}, 422},
		"no value":    {"s1", url.Values{"field": {"speaker"}, "verdict": {"mend"}}, 422},
		"wrong field": {"s1", url.Values{"field": {"type"}, "verdict": {"mend"}, "value": {"PROTEST"}}, 422},
		"no act":      {"s1", url.Values{"field": {"act"}, "verdict": {"mend"}, "value": {"shout"}}, 422},
		"no part":     {"s999", url.Values{"field": {"speaker"}, "verdict": {"mend"}, "value": {"x"}}, 404},
		"long":        {"s1", url.Values{"field": {"speaker"}, "verdict": {"mend"}, "value": {strings.Repeat("x", 100_000)}}, 400},
	} {
		post(t, s, corrected+"/correct/"+c.path, c.form, c.status)
		if len(kept.all) != 0 {
			t.Errorf("%s: it was kept", name)
		}
	}
	bad := `"><script>alert(1)</script>`
	post(t, s, corrected+"/correct/s1", url.Values{"field": {"speaker"}, "verdict": {"mend"}, "value": {bad}, "note": {bad}}, 303)
	for _, path := range []string{corrected, corrected + "/correct/s1", "/corrections"} {
		if strings.Contains(get(t, s, path, 200), "<script>alert") {
			t.Errorf("%s: markup came through", path)
		}
	}
	get(t, site(t, newAcross(t)), corrected+"/correct/s1", 404) // where nothing is kept
}
