package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
)

// object is a JSON object by its names in lower case: versions 1 and 2 write
// "versioncreated", version 3 "versionCreated".
type object map[string]any

// decodeNinjs reads the document, numbers as they are written.
func decodeNinjs(raw []byte) (object, error) {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	d.UseNumber()
	var v map[string]any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return lower(v), nil
}

// lower gives names in lower case; of two that differ in case only, the first in
// the order of the bytes counts.
func lower(m map[string]any) object {
	out := make(object, len(m))
	for _, k := range sortedKeys(m) {
		l := strings.ToLower(k)
		if _, has := out[l]; !has {
			out[l] = m[k]
		}
	}
	return out
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// sniffNinjs reports whether a JSON object has the marks of ninjs: a uri, and a
// field that other formats of articles do not have.
func sniffNinjs(raw []byte) bool {
	var names map[string]json.RawMessage
	if json.Unmarshal(bytes.TrimPrefix(raw, []byte("\ufeff")), &names) != nil {
		return false
	}
	uri, mark := false, false
	for k := range names {
		switch k = strings.ToLower(k); k {
		case "uri":
			uri = true
		case "versioncreated", "pubstatus", "representationtype", "bodies", "headlines", "firstcreated", "contentcreated", "copyrightholder", "renditions", "standard", "associations":
			mark = true
		default:
			mark = mark || strings.HasPrefix(k, "body_") || strings.HasPrefix(k, "description_")
		}
	}
	return uri && mark
}

func readNinjs(raw []byte) ([]Item, error) {
	o, err := decodeNinjs(raw)
	if err != nil {
		return nil, err
	}
	return ninjsItems(o, 0), nil
}

// ninjsItems reads an item and the stories that a package holds in full.
func ninjsItems(o object, depth int) []Item {
	items := []Item{ninjsItem(o)}
	if kind := items[0].Kind; depth > 3 || kind != "composite" && kind != "package" {
		return items
	}
	var parts []any
	switch a := o["associations"].(type) {
	case []any: // version 2 on
		parts = a
	case map[string]any: // version 1: by name
		for _, k := range sortedKeys(a) {
			parts = append(parts, a[k])
		}
	}
	for _, p := range parts {
		if m, ok := p.(map[string]any); ok && len(items) < maxItems {
			items = append(items, ninjsItems(lower(m), depth+1)...)
		}
	}
	return items
}

func ninjsItem(o object) Item {
	it := Item{
		ID: o.str("uri"), Version: o.str("version"), Kind: strings.ToLower(o.str("type")),
		Note: o.str("ednote"), Language: o.str("language"), Publisher: o.publisher(),
		Published: clean.Date(o.str("firstcreated")), Modified: clean.Date(o.str("versioncreated")),
	}
	it.Title = o.headline()
	if it.Published == "" && it.Modified == "" {
		it.Published = clean.Date(o.str("contentcreated"))
	}
	for _, name := range []string{"byline", "by"} { // "by" from version 2 on
		if by := o.str(name); by != "" && len(it.Authors) == 0 && !strings.EqualFold(by, it.Publisher) {
			it.Authors = bylineNames(by)
		}
	}
	for _, p := range o.list("people", "contributors") {
		if r := local(p.str("rel") + p.str("role")); (r == "author" || r == "by" || r == "writer" || r == "reporter") && len(it.Authors) == 0 {
			it.Authors = append(it.Authors, p.str("name"))
		}
	}
	if s := o.str("embargoed"); s != "" {
		it.Embargo = embargo(s)
	}
	if withdrawn(o.str("pubstatus")) {
		it.Action = news.Withdraw
	}
	for _, name := range []string{"signals", "signal"} {
		for _, s := range o.strs(name) {
			if a := signalled(s); a != "" && it.Action == "" {
				it.Action = a
			}
		}
	}
	if it.Kind == "" || it.Kind == "text" || it.Kind == "composite" || it.Kind == "package" {
		it.Pieces = o.body()
	}
	if len(it.Pieces) == 0 && it.Kind == "text" {
		it.Pieces = o.description()
	}
	return it
}

// str is a string or number of the object, trimmed.
func (o object) str(name string) string {
	switch v := o[name].(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	}
	return ""
}

// strs are the strings of a list, or the codes or names of its objects.
func (o object) strs(name string) []string {
	list, ok := o[name].([]any)
	if !ok {
		list = []any{o[name]}
	}
	var out []string
	for _, e := range list {
		switch e := e.(type) {
		case string:
			out = append(out, e)
		case map[string]any:
			l := lower(e)
			for _, k := range []string{"code", "uri", "literal", "name"} {
				if s := l.str(k); s != "" {
					out = append(out, s)
					break
				}
			}
		}
	}
	return out
}

// list are the objects of the first of the names that holds any.
func (o object) list(names ...string) []object {
	for _, name := range names {
		list, _ := o[name].([]any)
		var out []object
		for _, e := range list {
			if m, ok := e.(map[string]any); ok {
				out = append(out, lower(m))
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// headline is the main one of several.
func (o object) headline() string {
	if h := o.str("headline"); h != "" {
		return plainOf(h)
	}
	best := ""
	for _, h := range o.list("headlines") {
		if v := h.str("value"); v != "" && (best == "" || local(h.str("role")) == "main") {
			best = v
		}
	}
	if best == "" {
		best = o.str("title")
	}
	return plainOf(best)
}

// plainOf takes markup out of a headline.
func plainOf(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	if p := clean.Fragment(s); len(p) > 0 {
		return p[0].Text
	}
	return s
}

func (o object) publisher() string {
	if s := o.str("copyrightholder"); s != "" {
		return s
	}
	for _, p := range o.list("infosources") {
		if s := p.str("name"); s != "" {
			return s
		}
	}
	if s := o.strs("source"); len(s) > 0 {
		return s[0]
	}
	return o.str("provider")
}

// body is the story in the richest form that the item has: as HTML, which tells
// its paragraphs, else as plain text.
func (o object) body() []clean.Piece {
	var html, plain string
	take := func(role, contentType, value string) {
		role = strings.ToLower(role + " " + contentType)
		switch {
		case strings.TrimSpace(value) == "", strings.Contains(role, "nitf"):
		case strings.Contains(role, "html"), contentType == "" && strings.Contains(value, "</p>"):
			if html == "" {
				html = value
			}
		case plain == "":
			plain = value
		}
	}
	for _, b := range o.list("bodies") {
		take(b.str("role"), b.str("contenttype"), b.str("value"))
	}
	for _, k := range sortedKeys(o) {
		if role, ok := strings.CutPrefix(k, "body_"); ok {
			take(role, "", o.str(k))
		}
	}
	if p := clean.Fragment(html); len(p) > 0 {
		return p
	}
	if plain != "" {
		return clean.Paragraphs(plain)
	}
	for _, b := range o.list("bodies") {
		if strings.Contains(strings.ToLower(b.str("role")+b.str("contenttype")), "nitf") {
			if root, err := parse([]byte(b.str("value"))); err == nil {
				return nitfBody(root)
			}
		}
	}
	return nil
}

// description is all that some agencies send of a brief.
func (o object) description() []clean.Piece {
	for _, d := range o.list("descriptions") {
		if v := d.str("value"); v != "" {
			return clean.Fragment(v)
		}
	}
	return clean.Fragment(o.str("description_text"))
}

// bylineNames parts "By Mara Velin and Tor Aas, Staff Reporters".
func bylineNames(s string) []string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	var out []string
	for i, p := range strings.FieldsFunc(strings.ReplaceAll(s, " and ", ";"), func(r rune) bool { return r == ';' || r == ',' || r == '/' }) {
		p = strings.TrimSpace(p)
		if p == "" || i > 0 && isJob(p) || len(out) == 20 {
			continue
		}
		out = append(out, p)
	}
	return out
}

// isJob reports whether a part of a byline is an office and no name.
func isJob(s string) bool {
	l := " " + strings.ToLower(s) + " "
	for _, w := range []string{"writer", "reporter", "reporters", "writers", "correspondent", "correspondents", "editor", "editors", "press", "news", "staff", "agency"} {
		if strings.Contains(l, " "+w+" ") {
			return true
		}
	}
	return false
}

// embargo is the moment that an embargo ends.
func embargo(s string) time.Time {
	d := clean.Date(s)
	if t, err := time.Parse(time.RFC3339, d); err == nil {
		return t
	}
	if t, err := time.Parse(time.DateOnly, d); err == nil {
		// The day alone, and nobody says in which zone: past its end everywhere.
		return t.Add(36 * time.Hour)
	}
	return Indefinite
}
