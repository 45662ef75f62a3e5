package eval

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/news"
)

func TestPLOVERActorsAndCounts(t *testing.T) {
	const records = `[{"id":"1","event":"DEMAND","text":"Senior Ruritanian officials told Zembla that 12 pilots had died.",
		"source":[{"actorText":"Ruritanian","code":"JAP","sector":"GOVxyz"},"stray"],
		"target":[{"actorText":"Zembla","code":"ZZZ","sector":"***"},{"actorText":"Zemblla","code":"ZZZ"}],
		"dead":"12","injured":3},
		{"id":"2","event":"AGREE","text":"Both agreed.","source":"","target":[{"actorText":"pilots in Zembla","code":"IMG"}]}]`
	s := score(t, KindPLOVER, "plover.json", records, Options{}, func(text, _ string) *news.Record {
		if !strings.HasPrefix(text, "Senior") {
			return &news.Record{}
		}
		mention := func(words string) []news.Mention {
			r := spansOf(text, words)[0]
			return []news.Mention{{Span: news.Span{Start: r.Start, End: r.End, Text: words}}}
		}
		twelve := 12
		return &news.Record{
			Entities: []news.Entity{
				{Name: "Ruritania", Type: news.Country, Country: "JPN", Mentions: mention("Ruritanian")},
				{Name: "officials", Type: news.OtherEntity, Sectors: []string{"ELI", "GOV"}, Mentions: mention("Senior Ruritanian officials")},
				{Name: "Zembla", Type: news.PlaceEntity, Place: &news.Place{Country: "YYY"}, Mentions: mention("Zembla")},
			},
			Events: []news.Event{{Type: news.Request, Counts: []news.Count{{Kind: news.Killed, Low: &twelve}}}},
		}
	})
	wantCounts(t, s, map[string][2]int{mActorFound: {2, 2}, mActorCountry: {1, 2}, mActorSector: {1, 1}, mFewCounts: {1, 2}})
}

func TestPhraseIn(t *testing.T) {
	const text = "Zemblan troops and Ruritanian naval troops met in Zembla."
	for _, c := range []struct{ phrase, want string }{
		{"Zembla", "Zembla"},
		{" naval   troops", "naval troops"},
		{"Ruritanian ... troops", "Ruritanian naval troops"},
		{"troops Ruritanian", "troops and Ruritanian"},
		{"Zemblan in troops", ""},
		{"...", ""},
		{"", ""},
	} {
		r, ok := phraseIn(text, c.phrase)
		if have := text[r.Start:r.End]; have != c.want || ok != (c.want != "") {
			t.Errorf("%q: have %q, want %q", c.phrase, have, c.want)
		}
	}
}
