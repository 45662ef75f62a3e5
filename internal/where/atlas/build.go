package atlas

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// builder gathers the places and names of the tables.
type builder struct {
	places  []Place
	country []int // per place, its line in countries.tsv, −1 for none
	claim   []int // per place, its line in disputed.tsv, −1 for none
	names   map[string][]posting
	byISO2  map[string]int
	byCode  map[string]int   // alpha-3
	areas   map[string]Index // "PK.03", "PK.03.101"
	towns   map[int]Index    // by GeoNames id
	abroad  map[string]int   // admin1 or country code → line in disputed.tsv
	boxes   []box
}

type posting struct {
	place Index
	flag  Flag
}

type box struct {
	south, west, north, east float64
	claim                    int
}

// Build packs the tables of a directory into one string for Open.
func Build(files fs.FS) ([]byte, error) {
	b := &builder{
		names: map[string][]posting{}, byISO2: map[string]int{}, byCode: map[string]int{},
		areas: map[string]Index{}, towns: map[int]Index{}, abroad: map[string]int{},
	}
	countries, err := Countries(files)
	if err != nil {
		return nil, err
	}
	disputes, err := Disputes(files)
	if err != nil {
		return nil, err
	}
	for i, c := range countries {
		b.byISO2[c.ISO2], b.byCode[c.Code] = i, i
	}
	byTown := map[int]int{}
	for i, d := range disputes {
		for _, m := range d.Members {
			if err := b.member(m, i, byTown); err != nil {
				return nil, fmt.Errorf("reading table disputed.tsv, %s: %w", d.Name, err)
			}
		}
	}
	b.addCountries(countries)
	for level, table := range []string{"admin1.tsv", "admin2.tsv"} {
		if err := b.addAreas(files, table, Admin1+Kind(level)); err != nil {
			return nil, err
		}
	}
	if err := b.addCities(files, byTown); err != nil {
		return nil, err
	}
	if err := b.addRegions(files); err != nil {
		return nil, err
	}
	b.addDisputes(disputes)
	if err := b.addNames(files); err != nil {
		return nil, err
	}
	return b.pack(), nil
}

// Dispute is a line of disputed.tsv.
type Dispute struct {
	Name      string
	Others    []string
	Precision Precision
	Lat, Lon  float64
	Weight    int
	ClaimedBy []string
	Members   []string
	Basis     string
}

// Disputes reads disputed.tsv.
func Disputes(files fs.FS) ([]Dispute, error) {
	rows, err := ReadTable(files, "disputed.tsv", 9)
	if err != nil {
		return nil, err
	}
	var disputes []Dispute
	for _, r := range rows {
		n := numbers{table: "disputed.tsv", of: r[0]}
		d := Dispute{
			Name: r[0], Others: List(r[1]), Lat: n.float(r[3]), Lon: n.float(r[4]), Weight: n.int(r[5]),
			ClaimedBy: List(r[6]), Members: strings.Fields(r[7]), Basis: r[8],
		}
		d.Precision, err = precision(r[2])
		n.keep(err)
		if n.err != nil {
			return nil, n.err
		}
		disputes = append(disputes, d)
	}
	return disputes, nil
}

func precision(name string) (Precision, error) {
	i := slices.Index([]string{"country", "admin1", "admin2", "city", "site"}, name)
	if i < 0 {
		return 0, fmt.Errorf("no precision %q", name)
	}
	return Precision(i), nil
}

func (b *builder) member(m string, dispute int, byTown map[int]int) error {
	switch {
	case m[0] == '#':
		id, err := strconv.Atoi(m[1:])
		byTown[id] = dispute
		return err
	case strings.HasSuffix(m, ".*"):
		b.abroad[m[:len(m)-2]] = dispute
	case strings.Contains(m, ","):
		var c [4]float64
		for i, s := range strings.SplitN(m, ",", 4) {
			var err error
			if c[i], err = strconv.ParseFloat(s, 64); err != nil {
				return err
			}
		}
		b.boxes = append(b.boxes, box{c[0], c[1], c[2], c[3], dispute})
	default:
		b.abroad[m] = dispute
	}
	return nil
}

// add enters a place under its name. country is a line of countries.tsv or −1.
func (b *builder) add(p Place, country, claim int) Index {
	p.Index = Index(len(b.places))
	b.places = append(b.places, p)
	b.country = append(b.country, country)
	b.claim = append(b.claim, claim)
	b.name(p.Index, p.Name, 0)
	return p.Index
}

func (b *builder) name(p Index, name string, flag Flag) {
	if len(Fold(name)) < 2 {
		return // "A", a district of Montevideo
	}
	list := b.names[name]
	if i := slices.IndexFunc(list, func(x posting) bool { return x.place == p }); i >= 0 {
		list[i].flag &= flag
		return
	}
	b.names[name] = append(list, posting{p, flag})
}

// others enters names of a place beside its main one.
func (b *builder) others(p Index, names []string) { b.more(p, names, Other) }

// more enters more names of a place: [NY] counts only after a comma, U.S. and
// DRC only as written.
func (b *builder) more(p Index, names []string, as Flag) {
	for _, n := range names {
		flag := as
		if strings.HasPrefix(n, "[") && strings.HasSuffix(n, "]") {
			n, flag = n[1:len(n)-1], flag|AfterComma|AsWritten
		}
		if abbreviation(n) {
			flag |= AsWritten
		}
		b.name(p, n, flag)
	}
}

// abbreviation reports whether a name has no small letter, or a full stop in
// it and few letters ("Calif.").
func abbreviation(n string) bool {
	small := strings.ContainsFunc(n, func(r rune) bool { return r >= 'a' && r <= 'z' })
	return !small || strings.HasSuffix(n, ".") && !strings.Contains(n, " ") || n == "BiH"
}

func (b *builder) addCountries(countries []CountryRow) {
	for i, c := range countries {
		p := Place{Name: c.Name, Kind: Country, Lat: c.Lat, Lon: c.Lon, Population: c.Population,
			GeoNames: c.GeoNames, Admin1: None, Admin2: None}
		claim := -1
		if d, ok := b.abroad[c.ISO2]; ok {
			claim = d
		}
		b.others(b.add(p, i, claim), c.Others)
	}
}

func (b *builder) addAreas(files fs.FS, table string, kind Kind) error {
	rows, err := ReadTable(files, table, 6)
	if err != nil {
		return err
	}
	for _, r := range rows {
		n := numbers{table: table, of: r[0]}
		p := Place{Name: r[1], Kind: kind, Precision: AsAdmin1, Lat: n.float(r[3]), Lon: n.float(r[4]),
			Population: n.int(r[5]), Admin1: None, Admin2: None}
		if n.err != nil {
			return n.err
		}
		iso2, rest, _ := strings.Cut(r[0], ".")
		first, _, second := strings.Cut(rest, ".")
		if kind == Admin2 {
			p.Precision = AsAdmin2
			p.Admin1 = b.area(iso2 + "." + first)
		}
		if _, ok := b.byISO2[iso2]; !ok || second != (kind == Admin2) {
			return fmt.Errorf("reading table %s: no division can have the code %q", table, r[0])
		}
		claim := b.claimed(iso2, first, p.Lat, p.Lon)
		i := b.add(p, b.byISO2[iso2], claim)
		b.areas[r[0]] = i
		b.others(i, List(r[2]))
	}
	return nil
}

func (b *builder) area(code string) Index {
	if i, ok := b.areas[code]; ok {
		return i
	}
	return None
}

// claimed returns the line of disputed.tsv that a place lies in, −1 for none.
func (b *builder) claimed(iso2, admin1 string, lat, lon float64) int {
	for _, code := range [...]string{iso2 + "." + admin1, iso2} {
		if d, ok := b.abroad[code]; ok {
			return d
		}
	}
	for _, x := range b.boxes {
		if lat >= x.south && lat <= x.north && lon >= x.west && lon <= x.east {
			return x.claim
		}
	}
	return -1
}

var ranks = map[string]Rank{"C": National, "A": Seat1, "G": Seat1, "A2": Seat2, "A3": Seat2, "A4": Plain, "X": Part}

func (b *builder) addCities(files fs.FS, byTown map[int]int) error {
	rows, err := ReadTable(files, "cities.tsv", 10)
	if err != nil {
		return err
	}
	for _, r := range rows {
		n := numbers{table: "cities.tsv", of: r[0]}
		p := Place{Name: r[1], Kind: City, Rank: ranks[r[6]], Precision: AsCity, GeoNames: n.int(r[0]),
			Lat: n.float(r[7]), Lon: n.float(r[8]), Population: n.int(r[9]),
			Admin1: b.area(r[3] + "." + r[4]), Admin2: b.area(r[3] + "." + r[4] + "." + r[5])}
		if n.err != nil {
			return n.err
		}
		country, ok := b.byISO2[r[3]]
		if !ok {
			return fmt.Errorf("reading table cities.tsv, %s: no country %q", r[0], r[3])
		}
		claim, ok := byTown[p.GeoNames]
		if !ok {
			claim = b.claimed(r[3], r[4], p.Lat, p.Lon)
		}
		i := b.add(p, country, claim)
		b.towns[p.GeoNames] = i
		b.others(i, List(r[2]))
		if bare := withoutArticle(p.Name); bare != "" {
			b.name(i, bare, Other)
		}
	}
	return nil
}

// withoutArticle drops the Arabic article, which reports write in a dozen ways
// or not at all: "Al Hudaydah", "Hudaydah".
func withoutArticle(name string) string {
	article, rest, _ := strings.Cut(strings.ReplaceAll(name, "-", " "), " ")
	switch Fold(article) {
	case "al", "ad", "an", "ar", "as", "ash", "at", "az":
		if len(rest) >= 5 {
			return rest
		}
	}
	return ""
}

func (b *builder) addRegions(files fs.FS) error {
	rows, err := ReadTable(files, "regions.tsv", 7)
	if err != nil {
		return err
	}
	for _, r := range rows {
		n := numbers{table: "regions.tsv", of: r[0]}
		p := Place{Name: r[0], Kind: Region, Lat: n.float(r[3]), Lon: n.float(r[4]), Admin1: None, Admin2: None}
		if r[6] != "" {
			p.Population = n.int(r[6])
		}
		p.Precision, err = precision(r[2])
		n.keep(err)
		if n.err != nil {
			return n.err
		}
		country := -1
		if in := List(r[5]); len(in) == 1 {
			var ok bool
			if country, ok = b.byCode[in[0]]; !ok {
				return fmt.Errorf("reading table regions.tsv, %s: no country %q", r[0], in[0])
			}
		}
		b.others(b.add(p, country, -1), List(r[1]))
	}
	return nil
}

func (b *builder) addDisputes(disputes []Dispute) {
	for i, d := range disputes {
		p := Place{Name: d.Name, Kind: Region, Precision: d.Precision, Lat: d.Lat, Lon: d.Lon,
			Population: d.Weight, Admin1: None, Admin2: None}
		b.others(b.add(p, -1, i), d.Others)
	}
}

// addNames adds names.tsv: a line's place is the most populous of its table,
// country and name.
func (b *builder) addNames(files fs.FS) error {
	rows, err := ReadTable(files, "names.tsv", 4)
	if err != nil {
		return err
	}
	type place struct {
		kind    Kind
		country int
		name    string
	}
	best := map[place]Index{}
	for i, p := range b.places {
		if p.Kind != Admin1 && p.Kind != City {
			continue
		}
		k := place{p.Kind, b.country[i], Fold(p.Name)}
		if have, ok := best[k]; !ok || p.Population > b.places[have].Population {
			best[k] = p.Index
		}
	}
	var missing []error
	for _, r := range rows {
		kind := map[string]Kind{"admin1": Admin1, "city": City}[r[0]]
		p, ok := best[place{kind, b.byISO2[r[1]], Fold(r[2])}]
		if !ok {
			missing = append(missing, fmt.Errorf("reading table names.tsv: no %s %q in %s", r[0], r[2], r[1]))
			continue
		}
		names := List(r[3])
		if len(names) > 0 && strings.HasPrefix(names[0], "==") {
			names[0] = names[0][1:]
			b.names[r[2]] = slices.DeleteFunc(b.names[r[2]], func(x posting) bool { return x.place == p })
		}
		if len(names) > 0 && strings.HasPrefix(names[0], "=") {
			names[0] = names[0][1:]
			b.places[p].Name = names[0]
		}
		b.more(p, names, 0)
	}
	return errors.Join(missing...)
}
