package query

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Field says what a term asks about.
type Field string

// The fields that are not kinds of count; see Fields.
const (
	Text      Field = "text"
	Entity    Field = "entity"
	Type      Field = "type"
	Mode      Field = "mode"
	Context   Field = "context"
	Modality  Field = "modality"
	Actor     Field = "actor"
	Recipient Field = "recipient"
	Place     Field = "place"
	Country   Field = "country"
	Date      Field = "date"
	Speaker   Field = "speaker"
	About     Field = "about"
	Act       Field = "act"
	Stance    Field = "stance"
	Contested Field = "contested"
	Origins   Field = "origins"
	Story     Field = "story"
	Published Field = "published"
	Source    Field = "source"
	Lang      Field = "lang"
)

// FieldInfo describes a field for its users.
type FieldInfo struct {
	Field   Field
	What    string // what it asks for
	Example string // a whole query
	form    form
}

// form is what the values of a field look like.
type form int

const (
	words  form = iota // words, or a phrase in quotation marks
	code               // an identifier of the codebook
	upper              // the same, in capitals
	choice             // one of a list
	alpha3             // a country
	alpha2             // a language
	days               // a span of days
	number             // a comparison
	yesNo
	ident // an opaque id
)

var table = []FieldInfo{
	{Text, "words of the text, in any order; in quotation marks, one after the other", `text:harbour "night ferry"`, words},
	{Entity, "someone or something that is named", "entity:velin", words},
	{Type, "type of an event (docs/codebook.md)", "type:PROTEST", upper},
	{Mode, "mode of an event", "mode:demo", code},
	{Context, "context of an event", "context:election", code},
	{Modality, "how the text presents an event: occurred, ongoing, alleged, denied, planned, hypothetical", "modality:alleged", choice},
	{Actor, "who did it", `actor:"dock workers"`, words},
	{Recipient, "whom it was done to", "recipient:police", words},
	{Place, "where it happened", "place:Bergen", words},
	{Country, "country where it happened, three letters", "country:NOR", alpha3},
	{Date, "days on which it happened or may have", "date:2026-01/2026-03", days},
	{Speaker, "who said it", `speaker:"Mara Velin"`, words},
	{About, "who is named in what was said", "about:police", words},
	{Act, "what was done by saying it: deny, accuse, promise …", "act:deny", choice},
	{Stance, "a stand taken on a claim: asserts, denies, confirms …", "stance:denies", choice},
	{Contested, "whether sources stand against each other: yes or no", "contested:yes", yesNo},
	{Origins, "how many independent texts tell of it", "origins:>=2", number},
	{Story, "id of a story", "story:s0123456789abcdef", ident},
	{Published, "days of publication, or how far back: 7d, 4w, 6m, 1y", "published:7d", days},
	{Source, "a source's id, host, or a word of the publisher's name", "source:post.example", words},
	{Lang, "language, two letters", "lang:en", alpha2},
	{Field(news.Killed), "people killed, as counted", "killed:>=5", number},
	{Field(news.Injured), "people injured", "injured:10..20", number},
	{Field(news.Missing), "people missing", "missing:>0", number},
	{Field(news.Abducted), "people abducted", "abducted:>=1", number},
	{Field(news.Arrested), "people arrested", "arrested:>100", number},
	{Field(news.Displaced), "people displaced", "displaced:>=1000", number},
	{Field(news.Affected), "people affected otherwise", "affected:>=1000", number},
	{Field(news.Participants), "people who took part", "participants:>10000", number},
}

// Fields lists all fields, in the order of the documentation.
func Fields() []FieldInfo { return append([]FieldInfo(nil), table...) }

func lookUp(name string) (FieldInfo, bool) {
	for _, f := range table {
		if strings.EqualFold(string(f.Field), name) {
			return f, true
		}
	}
	return FieldInfo{}, false
}

// IsCount reports whether the field is a kind of count.
func (f Field) IsCount() bool {
	info, ok := lookUp(string(f))
	return ok && info.form == number && f != Origins
}

// Choices are the values that a field may have, nil where they are not a fixed
// list: types, modes and contexts may come from the user's own rules.
func (f Field) Choices() []string {
	switch f {
	case Act:
		return texts(news.Say, news.Report, news.Ask, news.Accuse, news.Deny, news.Confirm, news.Doubt, news.Threaten, news.Warn, news.Demand,
			news.Promise, news.ClaimResponsibility, news.Endorse, news.Retract, news.DeclineComment, news.Hold)
	case Stance:
		return texts(news.Asserts, news.Denies, news.Confirms, news.Doubts, news.DeclinesComment, news.ClaimsResponsible, news.Retracts)
	case Modality:
		return texts(news.Occurred, news.Ongoing, news.Alleged, news.Denied, news.Planned, news.Hypothetical)
	case Contested:
		return []string{"yes", "no"}
	}
	return nil
}

func texts[S ~string](in ...S) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}

// nearest is the name that can be made of s with the fewest changes, "" where
// that is no likeness any more.
func nearest(s string, names []string) string {
	best, least := "", max(len(s)/2, 1)+1
	for _, n := range names {
		if d := distance(strings.ToLower(s), n); d < least {
			best, least = n, d
		}
	}
	return best
}

// distance counts the letters to be put in, left out or changed, and
// neighbours to be exchanged (optimal string alignment).
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
