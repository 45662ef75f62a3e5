package when

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed lexicon.tsv
var lexiconText string

// class is the part a word plays in a time expression.
type class uint8

const (
	noClass class = iota
	monthName
	monthAbbr
	weekdayName
	weekdayAbbr
	weekdayPlural
	unitSingular
	unitPlural
	cardinal
	tens
	ordinal
	dayPart
	seasonName
	dayWord
	often
	decadeWord
	zone
	counted
	opener
)

var classNames = map[string]class{
	"month": monthName, "mon": monthAbbr,
	"weekday": weekdayName, "wday": weekdayAbbr, "weekdays": weekdayPlural,
	"unit": unitSingular, "units": unitPlural,
	"number": cardinal, "tens": tens, "ordinal": ordinal,
	"part": dayPart, "season": seasonName, "day": dayWord, "often": often,
	"decade": decadeWord, "zone": zone, "counted": counted, "opener": opener,
}

// entry is what the lexicon says of a word in one class.
type entry struct {
	class class
	n     int    // the value where it is a number
	s     string // the value as written
}

// lexicon maps a word in lower case to its entries. Few words have two
// ("mon", "jun", "second").
type lexicon map[string][]entry

// words is read once and never changed. The file is part of the program, and
// TestLexicon fails where a line of it cannot be read.
var words = sync.OnceValue(func() lexicon {
	lex, _ := parseLexicon(lexiconText)
	return lex
})

func parseLexicon(text string) (lexicon, error) {
	lex := make(lexicon)
	for i, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("lexicon.tsv:%d: %d columns, want 3", i+1, len(f))
		}
		c, ok := classNames[f[1]]
		if !ok {
			return nil, fmt.Errorf("lexicon.tsv:%d: unknown class %q", i+1, f[1])
		}
		n, err := strconv.Atoi(f[2])
		if err != nil {
			n = 0 // not every value is a number
		}
		lex[f[0]] = append(lex[f[0]], entry{class: c, n: n, s: f[2]})
	}
	return lex, nil
}

// unit is a stretch of the calendar or the clock in terms of TIMEX3: "D" 14 is
// a fortnight. A leading T marks hours, minutes and seconds.
type unit struct {
	letter string
	count  int
}

func (e entry) unit() unit {
	cut := len(e.s)
	for i := 0; i < len(e.s); i++ {
		if e.s[i] >= '0' && e.s[i] <= '9' {
			cut = i
			break
		}
	}
	n, _ := digits(e.s[cut:])
	return unit{letter: e.s[:cut], count: n}
}
