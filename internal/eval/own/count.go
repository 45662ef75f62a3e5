package own

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Count is the answer to how many were killed, injured and so on.
type Count struct {
	Kinds    []news.CountKind // those that careful readers give
	Values   []Value
	Part     bool // of another count
	Optional bool // neither a miss nor a false alarm
	Text     string
}

// Value is a number with its hedge, as a record has it.
type Value struct {
	Low, Best, High *int
	Qualifier       news.Qualifier
}

// Matches reports whether a count gives the answer: kind, number and hedge.
func (a Count) Matches(c news.Count) bool {
	return slices.Contains(a.Kinds, c.Kind) && slices.ContainsFunc(a.Values, func(v Value) bool {
		return v.Qualifier == c.Qualifier && equal(v.Low, c.Low) && equal(v.Best, c.Best) && equal(v.High, c.High)
	})
}

func equal(a, b *int) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

var countKinds = []news.CountKind{news.Killed, news.Injured, news.Missing, news.Abducted, news.Arrested,
	news.Displaced, news.Affected, news.Participants}

// Counts reads the set of counts.
func Counts(table string) (Set[Count], error) {
	return parse(table, 1, func(cells []string, _ string) (all []Count, err error) {
		if cells[0] == "-" {
			return nil, nil
		}
		return all, pairs(cells[0], func(left, right string) error {
			c := Count{Text: left + "=" + right}
			left, c.Optional = strings.CutPrefix(left, "?")
			left, c.Part = strings.CutSuffix(left, ".part")
			var err error
			if c.Kinds, err = oneOf(left, "/", countKinds); err != nil {
				return err
			}
			for _, s := range strings.Split(right, "/") {
				v, err := value(s)
				if err != nil {
					return err
				}
				c.Values = append(c.Values, v)
			}
			all = append(all, c)
			return nil
		})
	})
}

// value reads 36, ~36, >=36, >36, <=50, 30-40 or 24+.
func value(s string) (Value, error) {
	number := func(s string) *int {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 {
			return nil
		}
		return &n
	}
	var v Value
	ok := false
	after := func(prefix string) (n *int, has bool) {
		rest, has := strings.CutPrefix(s, prefix)
		return number(rest), has
	}
	if n, has := after("~"); has {
		v, ok = Value{Best: n, Qualifier: news.Around}, n != nil
	} else if n, has := after(">="); has {
		v, ok = Value{Low: n, Best: n, Qualifier: news.AtLeast}, n != nil
	} else if n, has := after(">"); has {
		v, ok = Value{Low: n, Best: n, Qualifier: news.MoreThan}, n != nil
	} else if n, has := after("<="); has {
		v, ok = Value{High: n, Qualifier: news.UpTo}, n != nil
	} else if low, has := strings.CutSuffix(s, "+"); has {
		v, ok = Value{Low: number(low), Qualifier: news.VagueCount}, number(low) != nil
	} else if low, high, has := strings.Cut(s, "-"); has {
		v = Value{Low: number(low), High: number(high), Qualifier: news.RangeOf}
		ok = v.Low != nil && v.High != nil
	} else {
		n := number(s)
		v, ok = Value{Low: n, Best: n, High: n, Qualifier: news.Exact}, n != nil
	}
	if !ok {
		return Value{}, fmt.Errorf("%q is no number: want 36, ~36, >=36, >36, <=50, 30-40 or 24+", s)
	}
	return v, nil
}

// ValueOf is what a count says of the number.
func ValueOf(c news.Count) Value {
	return Value{Low: c.Low, Best: c.Best, High: c.High, Qualifier: c.Qualifier}
}

// String writes the value as the table does.
func (v Value) String() string {
	n := func(p *int) string {
		if p == nil {
			return "?"
		}
		return strconv.Itoa(*p)
	}
	switch v.Qualifier {
	case news.Exact:
		return n(v.Best)
	case news.Around:
		return "~" + n(v.Best)
	case news.AtLeast:
		return ">=" + n(v.Low)
	case news.MoreThan:
		return ">" + n(v.Low)
	case news.UpTo:
		return "<=" + n(v.High)
	case news.VagueCount:
		return n(v.Low) + "+"
	}
	return n(v.Low) + "-" + n(v.High)
}
