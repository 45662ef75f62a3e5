package main

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxOthers bounds the other names of one place: the world's capitals have
// hundreds.
const maxOthers = 6

// romanised are the countries (ISO alpha-2) whose place names reach English
// through a transcription, so that one town has several spellings in the news
// (Deir al-Zor, Deir ez-Zor). Elsewhere other names are mostly those of other
// languages, and the few old English ones (Bombay) stand in names.tsv.
var romanised = map[string]bool{
	"AE": true, "AF": true, "AM": true, "AZ": true, "BD": true, "BG": true, "BH": true, "BT": true, "BY": true,
	"CN": true, "CY": true, "DJ": true, "DZ": true, "EG": true, "EH": true, "ER": true, "ET": true, "GE": true,
	"GR": true, "IL": true, "IN": true, "IQ": true, "IR": true, "JO": true, "JP": true, "KG": true, "KH": true,
	"KM": true, "KP": true, "KR": true, "KW": true, "KZ": true, "LA": true, "LB": true, "LK": true, "LY": true,
	"MA": true, "ME": true, "MK": true, "MM": true, "MN": true, "MR": true, "NP": true, "OM": true, "PK": true,
	"PS": true, "QA": true, "RS": true, "RU": true, "SA": true, "SD": true, "SO": true, "SY": true, "TD": true,
	"TH": true, "TJ": true, "TM": true, "TN": true, "TW": true, "UA": true, "UZ": true, "XK": true, "YE": true,
}

// otherNames picks the names that an English text might use out of GeoNames'
// list, which gives no languages: plain Latin letters, written as a name, the
// nearest to the main name first. Names that only differ in accents or hyphens
// are looked up the same way and need no place in the table.
func otherNames(country, name, ascii string, all []string) []string {
	var picked []string
	seen := map[string]bool{key(name): true}
	if k := key(ascii); !seen[k] {
		seen[k] = true
		picked = append(picked, ascii)
	}
	if !romanised[country] {
		return picked
	}
	main := key(ascii)
	var near []string
	for _, n := range all {
		n = strings.TrimSpace(n)
		k := key(n)
		if !englishLooking(n) || seen[k] || strings.HasPrefix(k, main) && len(k) <= len(main)+2 {
			continue // "Kabulas": an ending of another language
		}
		seen[k] = true
		near = append(near, n)
	}
	slices.SortStableFunc(near, func(a, b string) int { return distance(key(a), main) - distance(key(b), main) })
	return append(picked, near[:min(len(near), maxOthers)]...)
}

// plain drops the signs of a transcription ("Muzaffarābād"), which English does
// without; accents of languages in Latin letters stay.
func plain(country, name string) string {
	if !romanised[country] {
		return name
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(name))
}

// distance is Levenshtein's.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// englishLooking tells names such as "Bombay" and "Deir al-Zor" from
// transcriptions ("Ehskal'des"), codes ("KBL") and words of other scripts.
func englishLooking(n string) bool {
	if len(n) < 4 || !unicode.IsUpper(rune(n[0])) && !strings.HasPrefix(n, "al-") {
		return false
	}
	lower := false
	for _, r := range n {
		switch {
		case r >= 'a' && r <= 'z':
			lower = true
		case r >= 'A' && r <= 'Z' || r == ' ' || r == '-' || r == '.':
		default:
			return false
		}
	}
	return lower
}

// key is what two spellings of one name have in common.
func key(n string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\'' || r == '’' || r == '.' {
			return -1
		}
		return unicode.ToLower(r)
	}, n)
}

// before and after are the words for the kind of division, which reports leave
// out or put in as they like ("Dallas County", "Comuna Suceava").
var before = []string{
	"Municipality of ", "Province of ", "State of ", "Region of ", "Département de la ", "Département du ",
	"Département de l'", "Département de l’", "Département des ", "Département de ", "Département d'",
	"Province de ", "Provincia de ", "Provincia di ", "Provincia del ", "Departamento de ", "Departamento del ",
	"Comuna ", "Municipiul ", "Municipio de ", "Municipio ", "Amphoe ", "Huyện ", "Thị Xã ", "Thành Phố ", "Quận ",
	"Kabupaten ", "Kota ", "Shahrestān-e ", "Powiat ", "Gemeente ", "Obshtina ", "Gorodskoy Okrug ", "Okres ",
	"Partido de ", "Markaz ", "Politischer Bezirk ", "Općina ", "Grad ", "Opština ", "Daïra de ", "Bashkia ", "Srŏk ",
	"District ", "Raionul ", "Oraş ", "Urban Community of ", "County ",
}

var after = []string{
	" Province", " County", " Region", " Department", " District", " district", " Oblast", " State", " Parish",
	" Governorate", " Municipality", " City", " Rayon", " Raion", " Shi", " İlçesi", " Kommun", " kommun", " Kommune",
	" Okrug", " Tumani", " Járás", " Aūdany", " Zone", " Prefecture", " Subregion", " Gun", " Division", " Krai",
	" Republic", " Pagasts", " pagasts", " vald", " Cercle", " Constituency", " Town", " Barrio", " Barrio-Pueblo",
}

func bareName(n string) string {
	for _, b := range before {
		if rest, ok := strings.CutPrefix(n, b); ok && rest != "" {
			return rest
		}
	}
	for _, a := range after {
		if rest, ok := strings.CutSuffix(n, a); ok && rest != "" && rest != "Northern" {
			return rest
		}
	}
	return n
}
