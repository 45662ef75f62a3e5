package actors

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
)

func TestReadTable(t *testing.T) {
	const text = "\uFEFF" + `name,type,aliases,weak,country,sectors,terms,gender,wikidata

Kestrel Watch,group,Sentinels of the Kestrel; Kestrel Guard,KW|Watch,NOR,REB,,,Q99
Odd Lien,Person,,,no,GOV MIL,2030-01-01/2031-12-31 2033-05-01/,m,
"Norvik ""Desk""",organization,,,xk,JRN,,,
KESTREL,organisation
`
	want := []Actor{
		{Name: "Kestrel Watch", Aliases: []string{"Sentinels of the Kestrel", "Kestrel Guard"}, Weak: []string{"KW", "Watch"},
			Type: news.Group, Country: "NOR", Sectors: []string{"REB"}, Wikidata: "Q99"},
		{Name: "Odd Lien", Type: news.Person, Country: "NOR", Sectors: []string{"GOV", "MIL"}, Gender: "m",
			Terms: []Term{{"2030-01-01", "2031-12-31"}, {"2033-05-01", ""}}},
		{Name: `Norvik "Desk"`, Type: news.Organisation, Country: "XKX", Sectors: []string{"JRN"}},
		{Name: "Kestrel", Type: news.Organisation},
	}
	for name, text := range map[string]string{
		"commas":     text,
		"semicolons": "name;type;weak\nKestrel;organisation;KW\n",
		"tabs":       "type\tname\r\norganisation\tKestrel\r\n",
	} {
		l, err := Read("my.csv", strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch name {
		case "commas":
			if diff := cmp.Diff(want, l.Actors); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		default:
			if len(l.Actors) != 1 || l.Actors[0].Name != "Kestrel" || l.Actors[0].Type != news.Organisation {
				t.Errorf("%s: %+v", name, l.Actors)
			}
		}
		if len(l.Digest) != 12 {
			t.Errorf("%s: digest %q", name, l.Digest)
		}
	}
}

func TestReadEntities(t *testing.T) {
	const text = `{"id":"Q4201","caption":"Odd Lien","schema":"Person","properties":{"name":["LIEN, Odd Arne","Одд Лиен"],"firstName":["Odd"],"lastName":["Lien"],"weakAlias":["The Wolf","Wolf"],"nationality":["no"],"gender":["male"],"topics":["role.pep","sanction"]},"datasets":["x"],"target":true}

{"id":"nk-1","schema":"Organization","properties":{"name":["KESTREL WATCH"],"alias":["Sentinels of the Kestrel","KW"],"country":["no","se"],"topics":["crime.terror"]}}
{"id":"nk-2","caption":"Harbour Party","schema":"Organization","properties":{"topics":["pol.party"],"jurisdiction":["gb-sct"]}}
{"id":"nk-3","schema":"PublicBody","properties":{"name":["Ministry of Tides"],"mainCountry":["ge-ab"],"wikidataId":["Q77"]}}
{"id":"post","schema":"Position","properties":{"name":["Minister of Tides"],"topics":["gov.national"]}}
{"id":"occ","schema":"Occupancy","properties":{"holder":["Q4201"],"post":["post"],"startDate":["2030"],"endDate":["2031-06"]}}
{"id":"adr","schema":"Address","properties":{"full":["1 Quay"]}}
{"id":"nk-1","schema":"Organization","properties":{"name":["Kestrel Guard"]}}
{"id":"cyr","schema":"Person","properties":{"name":["Одд Лиен"]}}
{"id":"one","schema":"Person","properties":{"name":["Wolf"]}}
{"id":"nest","schema":"Company","properties":{"name":"Tide Works","sanctions":[{"id":"s","properties":{}}],"amount":3}}
`
	want := []Actor{
		{Name: "Odd Lien", Aliases: []string{"Odd Arne LIEN"}, Weak: []string{"The Wolf", "Wolf"}, Type: news.Person, Country: "NOR",
			Sectors: []string{"GOV"}, Terms: []Term{{"2030-01-01", "2031-06-31"}}, Gender: "m", Wikidata: "Q4201"},
		{Name: "KESTREL WATCH", Aliases: []string{"Sentinels of the Kestrel", "Kestrel Guard"}, Weak: []string{"KW"}, Type: news.Organisation},
		{Name: "Harbour Party", Type: news.Group, Country: "GBR", Sectors: []string{"PTY"}},
		{Name: "Ministry of Tides", Type: news.Organisation, Sectors: []string{"GOV"}, Wikidata: "Q77"},
		{Name: "Tide Works", Type: news.Organisation, Sectors: []string{"BUS"}},
	}
	l, err := Read("entities.ftm.json", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, l.Actors); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Each mistake is told with its line and what would mend it.
func TestReadRefuses(t *testing.T) {
	tests := []struct{ name, text, want, mend string }{
		{"nothing", " \n", "f:1: the list is empty", "column names"},
		{"no header", "Kestrel Watch,group\n", `f:1:1: no column "kestrel watch"`, "the columns are name"},
		{"OpenSanctions' table", "id,schema,name,aliases\n1,Person,x,y\n", `f:1:4: no column "schema"`, "entities.ftm.json"},
		{"column twice", "name,type,name\n", `f:1:11: column "name" twice`, ""},
		{"no type column", "name,country\nx,NOR\n", `f:1: no column "type"`, "begin with a line"},
		{"only a header", "name,type\n", "f:1: no actor", "one actor a line"},
		{"type", "name,type\nA B,company\n", `f:2:5: no type "company"`, "person, organisation or group"},
		{"country", "name,type,country\nA B,group,Norway\n", `f:2:11: no country "Norway"`, "alpha-3"},
		{"sector", "name,type,sectors\nA B,group,ARMY\n", `f:2:11: no sector "ARMY"`, "MIL"},
		{"term", "name,type,terms\nA B,person,2030\n", `f:2:12: no term "2030"`, "from/to"},
		{"term backwards", "name,type,terms\nA B,person,2030-01-01/2029-01-01\n", `no term`, "from/to"},
		{"gender", "name,type,gender\nA B,person,x\n", `f:2:12: no gender "x"`, "m or f"},
		{"wikidata", "name,type,wikidata\nA B,person,42\n", `f:2:12: no Wikidata id "42"`, "Q42"},
		{"no name", "name,type\nA B,group\n,group\n", "f:3: the actor has no name", "Latin letters"},
		{"cells", "name,type\nA B,group,NOR\n", "f:2: 3 cells", "quotation marks"},
		{"quotation mark", "name,type\nA \"B\",group\n", `f:2:3: bare "`, "double those inside"},
		{"not UTF-8", "name,type\nA B,group\nCaf\xe9 Union,group\n", "f:3: not UTF-8", "save the list as UTF-8"},
		{"array", `[{"id":"a"}]`, "f:1:1: an array of JSON", "jq"},
		{"pretty", "{\n \"id\": \"a\"\n}\n", "f:1:1: no entity", "one entity a line"},
		{"torn", `{"id":"a","schema":"Person","properties":{"name":["A B"]}}` + "\n" + `{"id":"b",` + "\n", "f:2:10: no entity", "one entity a line"},
		{"no schema", `{"id":"a"}`, "f:1: an entity without a schema", "schema"},
		{"no id", `{"schema":"Person","properties":{"name":["A B"]}}`, "f:1: an entity without an id", "id"},
		{"no actor", `{"id":"a","schema":"Address","properties":{}}`, "f:1: no actor among 1 entities", "Latin letters"},
		{"entity not UTF-8", "{\"id\":\"\xff\"}", "f:1: not UTF-8", "UTF-8"},
		{"long", `{"id":"` + strings.Repeat("a", MaxLine) + `"}`, "f:1: an entity of over 4 MiB", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read("f", strings.NewReader(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.mend) {
				t.Fatalf("have %v, want %q and %q", err, tt.want, tt.mend)
			}
			var e *Error
			if !errors.As(err, &e) || e.Line < 1 || e.File != "f" {
				t.Errorf("no line in %#v", err)
			}
		})
	}
}

// A list with the same slip in every line says it a few times, not a million.
func TestMistakesAreCounted(t *testing.T) {
	_, err := Read("f", strings.NewReader("name,type\n"+strings.Repeat("A B,x\n", 5000)))
	if err == nil || strings.Count(err.Error(), "\n") > 2*maxWrong {
		t.Errorf("%d mistakes told", strings.Count(fmt.Sprint(err), "\n"))
	}
}

func TestTooManyActors(t *testing.T) {
	var b strings.Builder
	for i := range MaxActors + 1 {
		fmt.Fprintf(&b, "{\"id\":\"%d\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Tide Works %d\"]}}\n", i, i)
	}
	if _, err := Read("f", strings.NewReader(b.String())); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("f:%d: over", MaxActors+1)) {
		t.Errorf("have %v", err)
	}
}

func TestClean(t *testing.T) {
	for _, tt := range []struct {
		in     string
		person bool
		want   string
	}{
		{"LIEN, Odd", true, "Odd LIEN"},
		{"Lien, Jr.", true, "Lien, Jr."},
		{"Tide, Wind and Co", false, "Tide, Wind and Co"},
		{"ROSNEFTA", false, "Rosnefta"},
		{"UNHCR", false, "UNHCR"},
		{"  Al-Kest   Watch ", false, "Al-Kest Watch"},
		{"AL-HADDAD Omar", true, "Al-Haddad Omar"},
		{"Одд Лиен", true, ""},
		{"kestrel", false, "Kestrel"},
		{strings.Repeat("a ", 20), false, ""},
		{"—", false, ""},
	} {
		if got := clean(tt.in, tt.person); got != tt.want {
			t.Errorf("clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestCountry(t *testing.T) {
	for code, want := range map[string]string{"NOR": "NOR", "no": "NOR", "us-ca": "USA", "gb_sct": "GBR", "eu": "IGO", "igo": "IGO", "ge-ab": "", "suhh": "", "xk": "XKX"} {
		if c, ok := country(code); !ok || string(c) != want {
			t.Errorf("country(%q) = %q, %v; want %q", code, c, ok, want)
		}
	}
	for _, code := range []string{"", "Norway", "XX", "q9", "-"} {
		if c, ok := country(code); ok {
			t.Errorf("country(%q) = %q", code, c)
		}
	}
}

// Whatever the bytes, Read says what is wrong or returns actors that hold what
// the resolver relies on.
func FuzzRead(f *testing.F) {
	f.Add("name,type,aliases\nA B,group,C; D\n")
	f.Add("name;type\n\"A;B\";person\n")
	f.Add(`{"id":"Q1","schema":"Person","properties":{"name":["A B"],"topics":["gov"]}}`)
	f.Add("{\"id\":\"o\",\"schema\":\"Occupancy\",\"properties\":{\"holder\":[\"Q1\"],\"startDate\":[\"2\"]}}\n{")
	f.Add("\uFEFF\n\n[")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Read("f", strings.NewReader(text))
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Line < 1 {
				t.Fatalf("an error without a line: %v", err)
			}
			return
		}
		if len(l.Actors) == 0 {
			t.Fatal("neither an actor nor an error")
		}
		for _, a := range l.Actors {
			if a.Name == "" || !slices.Contains(types, a.Type) || a.count() > 2*perActor+1 {
				t.Fatalf("%+v", a)
			}
			for _, s := range a.Sectors {
				if !slices.Contains(sectors, s) {
					t.Fatalf("sector %q", s)
				}
			}
		}
	})
}
