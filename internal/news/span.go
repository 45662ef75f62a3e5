package news

import "encoding/json"

// Span is a piece of the article's text with its own copy of the words.
//
// Start and End are half-open byte offsets in Article.Text while a record is
// in memory, so Text is always Article.Text[Start:End]. In JSON they are
// Unicode code points; Record's JSON methods are the only place that converts.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Overlaps reports whether the two spans share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Range is a Span without its words: blocks and sentences, which are long and
// of which every byte belongs to exactly one, carry offsets only.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Contains reports whether the byte (or code point) at offset lies in r.
func (r Range) Contains(offset int) bool { return r.Start <= offset && offset < r.End }

// Optional is a string that may be unknown: the empty string is null in JSON.
// Ids of other parts of the record, dates and country codes are of this type.
type Optional string

// Known reports whether there is a value.
func (o Optional) Known() bool { return o != "" }

// MarshalJSON writes null for the empty string.
func (o Optional) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(o))
}

// UnmarshalJSON reads null as the empty string.
func (o *Optional) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*o = ""
		return nil
	}
	return json.Unmarshal(b, (*string)(o))
}
