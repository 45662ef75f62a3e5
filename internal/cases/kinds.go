package cases

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// kind is one kind of item that a case can speak of.
type kind struct {
	name  string
	keys  []key
	items func(*view) []item
}

// key is one attribute of a kind.
type key struct {
	name  string
	oneOf []string                     // the values it can have; nil where any
	canon func(string) (string, error) // the value as items have it
	same  func(have, want string) bool // nil is equality
}

// item is one thing of the record as fields in order. A key stands as often as
// it has values.
type item []field

type field struct {
	key, value string
	quiet      bool // a further name for the same thing, left out of messages
}

func (it item) hasKey(name string) bool {
	for _, f := range it {
		if f.key == name {
			return true
		}
	}
	return false
}

// String writes the item as a case would.
func (it item) String() string {
	var b strings.Builder
	for _, f := range it {
		if f.quiet || f.value == null {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(f.key)
		b.WriteByte('=')
		b.WriteString(quote(f.value))
	}
	return b.String()
}

func quote(v string) string {
	if v != "" && !strings.ContainsAny(v, " \"\\\n") {
		return v
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
}

var truth = []string{"true", "false"}

// values turns a list of typed constants into the strings they are.
func values[T ~string](list ...T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

var countKinds = []news.CountKind{news.Killed, news.Injured, news.Missing, news.Abducted,
	news.Arrested, news.Displaced, news.Affected, news.Participants}

// kinds is the language: what can be expected of a record.
var kinds = []*kind{
	{name: "statement", items: (*view).statements, keys: []key{
		{name: "source"}, {name: "entity"}, {name: "cue"},
		{name: "content"}, {name: "content2"}, {name: "content3"},
		{name: "form", oneOf: values(news.Direct, news.Indirect, news.Mixed)},
		{name: "act", oneOf: values(news.Say, news.Report, news.Ask, news.Accuse, news.Deny, news.Confirm,
			news.Doubt, news.Threaten, news.Warn, news.Demand, news.Promise, news.ClaimResponsibility,
			news.Endorse, news.Retract, news.DeclineComment, news.Hold)},
		{name: "polarity", oneOf: values(news.Positive, news.Negative)},
		{name: "implicit", oneOf: truth}, {name: "via"}, {name: "addressee"},
		{name: "said_at", canon: canonDates}, {name: "said_basis", oneOf: []string{news.BasisText, news.BasisPublished}},
		{name: "within"}, {name: "answers"}, {name: "about"}, {name: "event"},
	}},
	{name: "event", items: (*view).events, keys: append([]key{
		{name: "type", oneOf: values(news.Agree, news.Consult, news.Support, news.Concede, news.Cooperate,
			news.Aid, news.Retreat, news.Request, news.AccuseEv, news.Reject, news.Threat, news.Protest,
			news.Sanction, news.Mobilize, news.Coerce, news.Assault, news.Accident, news.Disaster)},
		{name: "mode"}, {name: "context"}, {name: "quad", oneOf: []string{"1", "2", "3", "4"}},
		{name: "trigger"}, {name: "mention"}, {name: "actor"}, {name: "recipient"}, {name: "place"}, {name: "places"},
		{name: "date", canon: canonDates},
		{name: "precision", oneOf: values(news.PrecisionDay, news.PrecisionWeek, news.PrecisionMonth,
			news.PrecisionYear, news.PrecisionRange, news.PrecisionUnknown)},
		{name: "basis", oneOf: values(news.TimeFromText, news.TimeFromPublished)}, {name: "evidence"},
		{name: "modality", oneOf: values(news.Occurred, news.Ongoing, news.Alleged, news.Denied,
			news.Planned, news.Hypothetical)},
		{name: "background", oneOf: truth}, {name: "own_voice", oneOf: truth}, {name: "statement"},
	}, countKeys()...)},
	{name: "time", items: (*view).times, keys: []key{
		{name: "text"}, {name: "value"},
		{name: "type", oneOf: values(news.TimeDate, news.TimeOfDay, news.TimeDuration, news.TimeSet)},
		{name: "earliest"}, {name: "latest"},
	}},
	{name: "entity", items: (*view).entities, keys: []key{
		{name: "name"}, {name: "alias"},
		{name: "type", oneOf: values(news.Person, news.Organisation, news.Group, news.Country,
			news.PlaceEntity, news.Facility, news.OtherEntity)},
		{name: "country"}, {name: "sector"}, {name: "role"}, {name: "role_of"},
		{name: "mention"}, {name: "named"}, {name: "nominal"}, {name: "pronoun"}, {name: "mentions"},
		{name: "place", canon: canonPosition, same: nearPosition},
		{name: "precision", oneOf: values(news.PrecisionCountry, news.PrecisionAdmin1, news.PrecisionAdmin2,
			news.PrecisionCity, news.PrecisionSite)},
		{name: "claimed_by"}, {name: "admin1"}, {name: "wikidata"}, {name: "geonames"},
	}},
	{name: "block", items: (*view).blocks, keys: []key{
		{name: "kind", oneOf: values(news.BlockTitle, news.BlockLead, news.BlockParagraph, news.BlockHeading,
			news.BlockCaption, news.BlockByline, news.BlockDateline, news.BlockBoilerplate)},
		{name: "text", same: strings.HasPrefix},
	}},
	{name: "sentence", items: (*view).sentences, keys: []key{{name: "text"}}},
	{name: "warning", items: (*view).warnings, keys: []key{{name: "code"}}},
	{name: "published", items: (*view).published, keys: []key{
		{name: "value"},
		{name: "basis", oneOf: values(news.PublishedGiven, news.PublishedMetadata, news.PublishedText, news.PublishedUnknown)},
	}},
}

func countKeys() []key {
	var keys []key
	for _, k := range countKinds {
		keys = append(keys,
			key{name: string(k), canon: canonCount},
			key{name: string(k) + ".part", canon: canonCount},
			key{name: string(k) + ".of"},
			key{name: string(k) + ".by"},
			key{name: string(k) + ".qualifier", oneOf: values(news.Exact, news.Around, news.AtLeast,
				news.MoreThan, news.UpTo, news.RangeOf, news.VagueCount)})
	}
	return keys
}

func kindNamed(name string) *kind {
	for _, k := range kinds {
		if k.name == name {
			return k
		}
	}
	return nil
}

func kindNames() []string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.name)
	}
	return out
}

func (k *kind) keyNames() []string {
	var out []string
	for _, key := range k.keys {
		out = append(out, key.name)
	}
	return out
}
