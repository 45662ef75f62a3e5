package actors

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/onrecord/onrecord/internal/news"
)

// sectors are PLOVER's sectors of actors.
var sectors = strings.Fields("AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK")

//go:embed territories.tsv
var territoriesTable string

// territories maps codes of two letters to the record's; "" for those to which
// the record gives no country.
var territories = sync.OnceValue(func() map[string]news.Optional {
	out := make(map[string]news.Optional, 300)
	for line := range strings.Lines(territoriesTable) {
		if code, country, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t"); ok && line[0] != '#' {
			out[code] = news.Optional(strings.TrimPrefix(country, "-"))
		}
	}
	return out
})

var alpha3 = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{"IGO": true, "NGO": true, "MNC": true}
	for _, c := range territories() {
		out[string(c)] = true
	}
	delete(out, "")
	return out
})

// country reads a code of three letters or two; a part of a country ("us-ca",
// "gb-sct") is of that country.
func country(code string) (news.Optional, bool) {
	if up := strings.ToUpper(code); alpha3()[up] {
		return news.Optional(up), true
	}
	code = strings.ToLower(strings.ReplaceAll(code, "_", "-"))
	if c, ok := territories()[code]; ok {
		return c, true
	}
	if whole, _, ok := strings.Cut(code, "-"); ok {
		c, ok := territories()[whole]
		return c, ok
	}
	return "", false
}

// topicSectors are the topics of FollowTheMoney that say what an actor is.
// What a list holds against somebody (crime, sanctions, being of interest) is
// no sector: it is the list's word, not the article's.
var topicSectors = map[string]string{
	"gov": "GOV", "gov.national": "GOV", "gov.state": "GOV", "gov.muni": "GOV", "gov.head": "GOV", "gov.admin": "GOV",
	"gov.executive": "GOV", "gov.financial": "GOV", "gov.security": "GOV", "gov.igo": "GOV",
	"gov.legislative": "LEG", "gov.judicial": "JUD", "gov.soe": "BUS", "gov.religion": "REL",
	"fin": "BUS", "fin.bank": "BUS", "fin.fund": "BUS", "fin.adivsor": "BUS", "fin.advisor": "BUS",
	"role.judge": "JUD", "role.civil": "GOV", "role.diplo": "GOV", "role.lawyer": "CVL", "role.spy": "SPY",
	"role.journo": "JRN", "role.act": "CVL", "role.oligarch": "BUS", "role.pol": "PTY", "role.pep.frmr": "ELI",
	"pol.party": "PTY", "pol.union": "LAB", "rel": "REL", "mil": "MIL",
}

// ofTopics are the sectors that topics tell, in their order.
func ofTopics(topics []string) []string {
	var out []string
	for _, t := range topics {
		if s := topicSectors[t]; s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
