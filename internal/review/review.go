// Package review lays a person's corrections over what the machine read in an
// article. A correction names its part by the words that it rests on, so that it
// holds when the article is read again by a newer version, or its text is edited
// elsewhere; where the machine gives something else by then, that is told.
package review

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// Object is the kind of part that is corrected.
type Object string

// The objects.
const (
	Statement Object = "statement"
	Event     Object = "event"
)

// Field is what of the part is corrected; Whole is the part itself.
type Field string

// The fields.
const (
	Whole   Field = ""
	Speaker Field = "speaker" // of a statement
	Act     Field = "act"     // of a statement
	Type    Field = "type"    // of an event
)

// Verdict is what a person says of the machine's value.
type Verdict string

// The verdicts.
const (
	Accept Verdict = "accept"
	Reject Verdict = "reject" // of a whole part: it is shown no more
	Mend   Verdict = "mend"   // of a field: Value is right
)

// Correction is one person's word on one value.
type Correction struct {
	Article string    `json:"article"` // id
	Object  Object    `json:"object"`
	Start   int       `json:"start"` // in bytes, of the words in the text that was read then
	Words   string    `json:"words"` // the first words of a statement's content, or an event's trigger
	Field   Field     `json:"field"`
	Verdict Verdict   `json:"verdict"`
	Machine string    `json:"machine"` // the machine's value at that time
	Value   string    `json:"value"`   // the right one; only with Mend
	By      string    `json:"by"`
	Note    string    `json:"note"`
	At      time.Time `json:"at"`
}

// Store keeps corrections. There is one for each value: a later one takes the
// place of an earlier one. They go with their article when it is forgotten.
type Store interface {
	// Corrections lists those of an article, the first first.
	Corrections(ctx context.Context, article string) ([]Correction, error)
	// NewestCorrections lists those of all articles, the last first, at most limit.
	NewestCorrections(ctx context.Context, limit int) ([]Correction, error)
	PutCorrection(ctx context.Context, c Correction) error
	// RemoveCorrection takes back the one on the same value.
	RemoveCorrection(ctx context.Context, c Correction) error
}

// ErrWrong is what a correction is refused for.
var ErrWrong = errors.New("this is no correction")

// The longest value and note, in bytes.
const (
	maxValue = 200
	maxNote  = 2000
)

// Check reports what is wrong with a correction. It wraps ErrWrong.
func (c Correction) Check() error {
	wrong := func(words string) error { return fmt.Errorf("%w: %s", ErrWrong, words) }
	fields := map[Object][]Field{Statement: {Whole, Speaker, Act}, Event: {Whole, Type}}[c.Object]
	known := false
	for _, f := range fields {
		known = known || f == c.Field
	}
	switch {
	case !known:
		return wrong("there is no such value to correct")
	case c.Article == "" || c.Words == "" || c.Start < 0:
		return wrong("it names no words")
	case c.Verdict != Accept && c.Verdict != Reject && c.Verdict != Mend:
		return wrong("say accept, reject or mend")
	case c.Verdict == Reject && c.Field != Whole:
		return wrong("a single value is mended, not rejected")
	case c.Verdict == Mend && (c.Field == Whole || strings.TrimSpace(c.Value) == ""):
		return wrong("say what the right value is")
	case len(c.Value) > maxValue || len(c.Note) > maxNote || !utf8.ValidString(c.Value+c.Note+c.By):
		return wrong("it is too long, or not UTF-8")
	case c.Field == Type && c.Verdict == Mend && strings.ToUpper(c.Value) != c.Value:
		return wrong("a type is written in capitals, such as PROTEST")
	case c.Field == Act && c.Verdict == Mend && !isAct(c.Value):
		return wrong("there is no act " + c.Value)
	}
	return nil
}

func isAct(s string) bool {
	switch news.Act(s) {
	case news.Say, news.Report, news.Ask, news.Accuse, news.Deny, news.Confirm, news.Doubt, news.Threaten, news.Warn, news.Demand, news.Promise,
		news.ClaimResponsibility, news.Endorse, news.Retract, news.DeclineComment, news.Hold:
		return true
	}
	return false
}
