package where

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/nlp"
)

// How strongly a word before a name says that a place comes. The scale is that
// of span.evidence.
var leadIn = map[string]float64{
	"in": 1.8, "near": 1.8, "inside": 1.8, "outside": 1.8, "across": 1.8, "throughout": 1.8, "around": 1,
	"from": 1, "to": 0.6, "into": 1.4, "at": 0.8, "toward": 1, "towards": 1, "through": 1, "via": 1,
	"within": 1.2, "of": 0.5, "between": 0.3, "over": 0.4, "off": 1, "beyond": 1, "along": 1, "leave": 0.5,
	"northern": 1.8, "southern": 1.8, "eastern": 1.8, "western": 1.8, "central": 1.8, "north": 1.2, "south": 1.2,
	"east": 1.2, "west": 1.2, "northeastern": 1.8, "northwestern": 1.8, "southeastern": 1.8, "southwestern": 1.8,
	"north-eastern": 1.8, "north-western": 1.8, "south-eastern": 1.8, "south-western": 1.8, "northeast": 1.4,
	"northwest": 1.4, "southeast": 1.4, "southwest": 1.4, "downtown": 2, "upstate": 2, "suburban": 2, "nearby": 1.5,
	"neighbouring": 1.8, "neighboring": 1.8, "mainland": 1.5, "coastal": 1.5, "rural": 1.5, "occupied": 1, "besieged": 1,
	// Verbs of moving and of war: "Rebels seized Talmi".
	"left": 0.8, "leaving": 0.8, "reached": 0.8, "reach": 0.8, "entered": 0.8, "enter": 0.8, "visited": 0.6, "visit": 0.6,
	"toured": 0.8, "captured": 0.8, "capture": 0.8, "seized": 0.8, "retook": 1, "recaptured": 0.8, "overran": 1, "stormed": 0.8,
	"raided": 0.8, "raid": 0.8, "besiege": 0.8, "liberated": 0.8, "encircled": 0.8, "seize": 0.8, "retake": 1, "retaken": 1, "overrun": 0.8,
	"shelled": 1, "bombed": 0.8, "fled": 0.8, "bombard": 0.8, "bombarded": 0.8, "evacuate": 0.8, "evacuated": 0.8,
}

// divisions are the words for a kind of place, as they follow a name ("Nangarhar
// province") or, with "of", come before it ("the town of Torkham"), and the
// kind that they choose where a town and a division share the name.
var divisions = map[string]division{
	"province": {first: true}, "provinces": {first: true}, "state": {first: true}, "oblast": {first: true},
	"governorate": {first: true}, "governate": {first: true}, "region": {first: true}, "prefecture": {first: true},
	"krai": {first: true}, "canton": {first: true}, "emirate": {first: true}, "territory": {first: true},
	"department": {first: true, second: true}, "division": {first: true, second: true},
	"county": {second: true, first: true}, "district": {second: true}, "districts": {second: true},
	"subdistrict": {second: true}, "sub-district": {second: true}, "municipality": {second: true, town: true},
	"tehsil": {second: true, town: true}, "taluk": {second: true, town: true}, "taluka": {second: true, town: true},
	"subdivision": {second: true}, "agency": {second: true}, "raion": {second: true}, "borough": {second: true, town: true},
	"city": {town: true}, "town": {town: true}, "village": {town: true}, "hamlet": {town: true}, "suburb": {town: true},
	"neighborhood": {town: true}, "neighbourhood": {town: true}, "settlement": {town: true}, "capital": {town: true},
	"port": {town: true}, "commune": {town: true, second: true}, "area": {}, "valley": {}, "island": {}, "islands": {},
	"peninsula": {}, "river": {}, "lake": {}, "mountains": {}, "hills": {}, "strip": {}, "desert": {}, "coast": {},
	"border": {}, "enclave": {}, "township": {second: true, town: true}, "parish": {first: true, second: true},
	"locality": {town: true}, "metropolis": {town: true}, "frontline": {}, "corridor": {},
	"camp": {town: true}, "basin": {}, "highlands": {}, "archipelago": {},
}

// division says which levels a word for a kind of place fits.
type division struct{ first, second, town bool }

// titles come before a person's name.
var titles = set(`mr mrs ms miss mx dr prof professor sir dame lord lady president minister premier chancellor king
	queen prince princess sultan emir sheikh shaikh sheik mullah maulana mufti imam ayatollah pope bishop archbishop cardinal
	father sister brother reverend rev rabbi senator sen representative rep congressman congresswoman governor gov mayor
	secretary ambassador envoy judge justice attorney general gen colonel col lieutenant lt major maj captain capt
	commander cmdr admiral adm brigadier brig marshal sergeant sgt corporal private officer inspector constable
	superintendent chief commissioner director chairman chairwoman chairperson spokesman spokeswoman spokesperson
	analyst journalist lawyer activist actor actress singer striker midfielder coach player defendant suspect`)

// speech are verbs that a person, or a capital that stands for its government,
// is the subject of.
var speech = set(`said says say told tells added adds asked asks replied wrote writes warned warns claimed claims insisted
	argued explained recalled testified tweeted laughed smiled thinks believes thought admitted denied`)

// bodies are the words that make a run of capitalised words the name of a body.
var bodies = set(`university college school academy institute institution bank times post herald globe tribune gazette
	journal chronicle observer telegraph guardian mirror sun star press news television tv radio broadcasting network
	ministry department council committee commission court tribunal parliament assembly congress senate house agency
	authority bureau office organization organisation association federation confederation union party front movement
	army brigade battalion regiment corps command force forces police guard guards navy airlines airways air airline
	group company corporation corp inc ltd plc co limited holdings partners foundation fund trust society club league
	united fc rovers athletic wanderers orchestra museum library centre center laboratory ministry cabinet government
	administration service services board chamber cup championship championships open marathon festival accord accords
	agreement treaty convention protocol declaration summit conference process dialogue pact war act bill plan forum
	exchange industries motors energy petroleum oil steel railways railway port ports harbour lions tigers bulls bears
	giants yankees cowboys lakers knicks warriors kings queens stars blues reds dynamo sporting syndrome disease virus
	fever flu resolution initiative club wire reporter dispatch institute journal review weekly daily today monitor examiner inquirer
	street road avenue lane boulevard`)

// sites are the words for a facility, as they follow its name, and siteFirst
// those that come before it.
var sites = set(`airport airfield airbase mosque masjid imambargah imambara church cathedral temple synagogue gurdwara shrine
	monastery embassy consulate prison jail hospital clinic stadium square bridge tunnel dam barrage palace fort fortress
	tower hotel plaza mall market bazaar barracks garrison cantonment checkpoint crossing station refinery plant mine
	shipyard dockyard harbour harbor terminal pier cemetery park zoo theatre theater cinema compound base`)

var siteFirst = set(`imambargah masjid camp mount fort mosque church cathedral temple shrine hotel gurdwara`)

// features are the words for a piece of land or water that end its name, and
// featureFirst those that begin it.
var features = set(`river lake bay island islands mountain mountains valley desert strait peninsula forest canal beach creek
	falls glacier ridge hills pass gulf canyon reef shoal atoll lagoon delta basin plateau plain plains steppe oasis volcano`)

var featureFirst = set(`lake mount cape`)

// articles of names: words in small letters inside a name, "Rio de Janeiro".
var inner = set(`of de del della di da do dos das du des la le les el al ad an ar as ash at az ez ed es et en im am an der den
	die upon on the and y e i sur sous aux au lès in bin ibn by over under vor ob nad na - ‑ ‐ – ' ’ ‘ . & 's ’s d l`)

// linkage are the small words that tie a name to what goes on behind a hyphen:
// "Bandar-e Jask", "Dar-ul Talmi".
var linkage = set(`e i ye yi ul ud uz us un ur al el as ash de du sur`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// wordsOf splits a phrase as the tokeniser would: at blanks and hyphens.
func wordsOf(phrase string) []string {
	return strings.Fields(strings.ReplaceAll(phrase, "-", " - "))
}

// capitalised reports whether a form begins with a capital, after an
// apostrophe that belongs to the name.
func capitalised(form string) bool {
	r, size := utf8.DecodeRuneInString(form)
	if (r == '\'' || r == '’' || r == '‘' || r == '`') && size < len(form) {
		r, _ = utf8.DecodeRuneInString(form[size:])
	}
	return unicode.IsUpper(r)
}

func hasUpper(form string) bool { return strings.IndexFunc(form, unicode.IsUpper) >= 0 }

func hasLetter(form string) bool { return strings.IndexFunc(form, unicode.IsLetter) >= 0 }

// allCaps reports whether a form has two letters or more and all are capitals.
func allCaps(form string) bool {
	n := 0
	for _, r := range form {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// joined reports whether token i begins where the one before it ends.
func joined(doc *nlp.Doc, i int) bool {
	return i > 0 && i < len(doc.Tokens) && doc.Tokens[i].Start == doc.Tokens[i-1].End
}

func isHyphen(form string) bool {
	return form == "-" || form == "‑" || form == "‐" || form == "–"
}

// lowerForm is the form in small letters; most forms are so already.
func lowerForm(t nlp.Token) string { return strings.ToLower(t.Form) }

// toLower lowers the Latin letters without accents, which is all that the words
// in the sets above have.
func toLower(s string) string {
	b := []byte(s)
	changed := false
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
			changed = true
		}
	}
	if !changed {
		return s
	}
	return string(b)
}
