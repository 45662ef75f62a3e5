package own

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Statement is the answer to what a speaker does by a statement.
type Statement struct {
	Words // in the statement's cue
	// InContent says that the words stand in its content: it has no cue but a
	// colon.
	InContent bool
	OneOf     []Stance
}

// Stance is an act and its polarity.
type Stance struct {
	Act      news.Act
	Polarity news.Polarity
}

// Matches reports whether a statement takes the stance. Declining to comment
// is the same thing with and without a "not".
func (s Stance) Matches(o news.Statement) bool {
	return s.Act == o.Act && (s.Polarity == o.Polarity || s.Act == news.DeclineComment)
}

func (s Stance) String() string {
	if s.Polarity == news.Negative && s.Act != news.DeclineComment {
		return "not " + string(s.Act)
	}
	return string(s.Act)
}

var acts = []news.Act{news.Say, news.Report, news.Ask, news.Accuse, news.Deny, news.Confirm, news.Doubt,
	news.Threaten, news.Warn, news.Demand, news.Promise, news.ClaimResponsibility, news.Endorse, news.Retract,
	news.DeclineComment, news.Hold}

// Acts reads the set of statements and their acts.
func Acts(table string) (Set[Statement], error) {
	return parse(table, 1, func(cells []string, text string) (all []Statement, err error) {
		return all, pairs(cells[0], func(cue, values string) error {
			var s Statement
			if inner, ok := strings.CutPrefix(cue, "["); ok {
				s.InContent, cue = true, strings.TrimSuffix(inner, "]")
			}
			var err error
			if s.Words, err = words(text, cue); err != nil {
				return err
			}
			for _, v := range strings.Split(values, "/") {
				name, negative := strings.CutSuffix(v, "-")
				st := Stance{Act: news.Act(name), Polarity: news.Positive}
				if negative {
					st.Polarity = news.Negative
				}
				if !slices.Contains(acts, st.Act) {
					return fmt.Errorf("no act %q", name)
				}
				s.OneOf = append(s.OneOf, st)
			}
			all = append(all, s)
			return nil
		})
	})
}

// Speaker is the answer to who makes a statement.
type Speaker struct {
	Words // in the statement's content
	Name  string
}

// Speakers reads the set of statements and their speakers.
func Speakers(table string) (Set[Speaker], error) {
	return parse(table, 1, func(cells []string, text string) (all []Speaker, err error) {
		return all, pairs(cells[0], func(content, name string) error {
			w, err := words(text, content)
			all = append(all, Speaker{Words: w, Name: name})
			return err
		})
	})
}
