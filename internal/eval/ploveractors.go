package eval

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of given actor phrases. A phrase stands for the entity whose
// mention overlaps it most (by intersection over union); its sector is that of
// the person, body or group among them where there is one ("Norwegian" is a
// country, "Norwegian officials" its government). A phrase without an entity
// is wrong.
const (
	mActorFound   = "actor phrases: with an entity"
	mActorCountry = "actor phrases: country"
	mActorSector  = "actor phrases: sector"
)

// ploverActor is one actor of a record.
type ploverActor struct {
	Text   string `json:"actorText"`
	Code   string `json:"code"`
	Sector string `json:"sector"`
}

// ploverActors are the actors of one side: a list, or a string where there are
// none.
type ploverActors []ploverActor

// UnmarshalJSON takes a string for no actors; a few records hold stray strings
// in the list too.
func (a *ploverActors) UnmarshalJSON(b []byte) error {
	var parts []json.RawMessage
	if json.Unmarshal(b, &parts) != nil {
		return nil
	}
	for _, p := range parts {
		var one ploverActor
		if json.Unmarshal(p, &one) == nil && one.Text != "" {
			*a = append(*a, one)
		}
	}
	return nil
}

// Codes that the records write in another way than ISO 3166, and sectors of
// before the 16-type edition.
var (
	countryCodes = map[string]string{"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
	sectorCodes  = map[string]string{"CIV": "CVL", "MOS": "REL"}
	// Codes of no country and no kind of body: not judged.
	noCountry = []string{"", "IMG", "ISM"}
)

// country is the right country, "" where it is not judged.
func (a ploverActor) country() string {
	if c, ok := countryCodes[a.Code]; ok {
		return c
	}
	if slices.Contains(noCountry, a.Code) {
		return ""
	}
	return a.Code
}

// sector is the right sector without ethnic and religious suffixes, "" where
// it is not judged.
func (a ploverActor) sector() string {
	if len(a.Sector) < 3 || a.Sector == "***" {
		return ""
	}
	s := a.Sector[:3]
	if c, ok := sectorCodes[s]; ok {
		return c
	}
	return s
}

func (r ploverRecord) judgeActors(s *Scores, rec *news.Record) {
	doc := &GoldDoc{Text: r.Text}
	doc.index()
	for _, a := range slices.Concat(r.Source, r.Target) {
		at, ok := phraseIn(r.Text, a.Text)
		if !ok {
			continue // misspelt in the record
		}
		e := doc.mentioned(rec, at, nil)
		s.judge(mActorFound, Recall, e != nil)
		judge := func(metric, want string, e *news.Entity, have string) {
			right := e != nil && slices.Contains(strings.Fields(have), want)
			s.judge(metric, Accuracy, right)
			if right {
				return
			}
			f := Finding{r.ID, 1, Miss, metric, want + " " + quoted(a.Text) + " in " + quoted(r.Text), ""}
			if e != nil {
				f.Kind, f.Got = Wrong, quoted(e.Name)+" "+have
			}
			s.Findings = append(s.Findings, f)
		}
		if want := a.country(); want != "" {
			judge(mActorCountry, want, e, countryOf(e))
		}
		if want := a.sector(); want != "" {
			actor := doc.mentioned(rec, at, []news.EntityType{news.Person, news.Organisation, news.Group, news.OtherEntity})
			if actor == nil {
				actor = e
			}
			judge(mActorSector, want, actor, sectorsOf(actor))
		}
	}
}

func countryOf(e *news.Entity) string {
	switch {
	case e == nil:
		return ""
	case !e.Country.Known() && e.Place != nil:
		return string(e.Place.Country)
	}
	return string(e.Country)
}

func sectorsOf(e *news.Entity) string {
	if e == nil {
		return ""
	}
	return strings.Join(e.Sectors, " ")
}

// mentioned is the entity with the mention that overlaps the range most, of
// the types given (any, where none are).
func (d *GoldDoc) mentioned(rec *news.Record, r news.Range, types []news.EntityType) (best *news.Entity) {
	most := 0.0
	for i := range rec.Entities {
		e := &rec.Entities[i]
		if types != nil && !slices.Contains(types, e.Type) {
			continue
		}
		for _, m := range e.Mentions {
			if score := d.iou(r, news.Range{Start: m.Start, End: m.End}); score > most {
				best, most = e, score
			}
		}
	}
	return best
}

// phraseIn finds a phrase of whole words in a text: as it stands, or its words
// in their order with others between ("U.S. ... negotiators").
func phraseIn(text, phrase string) (news.Range, bool) {
	words := slices.DeleteFunc(strings.Fields(phrase), func(w string) bool { return strings.Trim(w, ".") == "" })
	if len(words) == 0 {
		return news.Range{}, false
	}
	if r, ok := wholeWord(text, strings.Join(words, " "), 0); ok {
		return r, true
	}
	var all news.Range
	for i, w := range words {
		r, ok := wholeWord(text, w, all.End)
		if !ok {
			return news.Range{}, false
		}
		if i == 0 {
			all.Start = r.Start
		}
		all.End = r.End
	}
	return all, true
}

// wholeWord finds words from a byte of the text on, with no letter beside them.
func wholeWord(text, words string, from int) (news.Range, bool) {
	for {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return news.Range{}, false
		}
		r := news.Range{Start: from + i, End: from + i + len(words)}
		before, _ := utf8.DecodeLastRuneInString(text[:r.Start])
		after, _ := utf8.DecodeRuneInString(text[r.End:])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return r, true
		}
		from = r.End
	}
}
