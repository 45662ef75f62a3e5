package web

import (
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/web/picture"
)

// functions are what templates call.
func functions(a *assets) template.FuncMap {
	return template.FuncMap{
		"asset":    func(name string) string { return a.at[name] },
		"plural":   plural,
		"day":      day,
		"days":     func(a, b news.Optional) string { return picture.Days(string(a), string(b)) },
		"words":    func(s any) string { return strings.ReplaceAll(fmt.Sprint(s), "_", " ") },
		"lower":    func(s any) string { return strings.ToLower(strings.ReplaceAll(fmt.Sprint(s), "_", " ")) },
		"host":     host,
		"web":      isWeb,
		"search":   searchFor,
		"clip":     clip,
		"tolls":    tollLine,
		"stand":    standOfAct,
		"voices":   voices,
		"claim":    newClaimView,
		"given":    newGivenView,
		"eventrow": func(r query.EventRow) string { return eventRowTitle(&r) },
		"count": func(c query.Count) string {
			return ledger.Number(c.Low, c.Best, c.High, c.Qualifier) + " " + string(c.Kind)
		},
		"moment": func(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04") + " UTC" },
	}
}

// plural writes "1 event", "2 events", "2 stories".
func plural(n int, word string) string {
	if n != 1 {
		if strings.HasSuffix(word, "y") && !strings.HasSuffix(word, "day") {
			word = strings.TrimSuffix(word, "y") + "ie"
		}
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}

// day writes the day of a date or moment, "" where there is none.
func day(s any) string {
	text := fmt.Sprint(s)
	if len(text) < len(time.DateOnly) {
		return ""
	}
	t, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)])
	if err != nil {
		return ""
	}
	return t.Format("2 Jan 2006")
}

func isWeb(address any) bool {
	u, err := url.Parse(fmt.Sprint(address))
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func host(address any) string {
	u, err := url.Parse(fmt.Sprint(address))
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// searchFor is the address of the answer to a query.
func searchFor(kind, q string) string {
	return "/search?" + url.Values{"kind": {kind}, "q": {q}}.Encode()
}

// phrase is a value of a query's field.
func phrase(field, value string) string {
	return field + `:"` + strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '„' || r < ' ' }), " ") + `"`
}

// clip shortens words to n characters, at the end of a word.
func clip(n int, s string) string {
	s = oneLine(s)
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	cut := string(runes[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
