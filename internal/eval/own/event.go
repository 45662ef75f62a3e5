package own

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

var types = []news.EventType{news.Agree, news.Consult, news.Support, news.Concede, news.Cooperate, news.Aid,
	news.Retreat, news.Request, news.AccuseEv, news.Reject, news.Threat, news.Protest, news.Sanction,
	news.Mobilize, news.Coerce, news.Assault, news.Accident, news.Disaster}

var modalities = []news.Modality{news.Occurred, news.Ongoing, news.Alleged, news.Denied, news.Planned, news.Hypothetical}

// Event is the answer to how the text presents an event.
type Event struct {
	Words                       // the trigger
	Types      []news.EventType // those that careful readers give
	Modalities []news.Modality
	Background *bool // nil where it is not judged
}

// Events reads the set of events and their modality.
func Events(table string) (Set[Event], error) {
	return parse(table, 1, func(cells []string, text string) (all []Event, err error) {
		return all, pairs(cells[0], func(left, right string) error {
			codes, trigger, ok := strings.Cut(left, ":")
			if !ok {
				return fmt.Errorf("want TYPE:TRIGGER before the \"=\"")
			}
			var e Event
			var err error
			if e.Words, err = words(text, trigger); err != nil {
				return err
			}
			if e.Types, err = oneOf(codes, "/", types); err != nil {
				return err
			}
			values, standing, _ := strings.Cut(right, " ")
			if e.Modalities, err = oneOf(values, "/", modalities); err != nil {
				return err
			}
			switch standing {
			case "news", "background":
				b := standing == "background"
				e.Background = &b
			case "":
			default:
				return fmt.Errorf("%q is neither news nor background", standing)
			}
			all = append(all, e)
			return nil
		})
	})
}

// LookAlike is the answer to a text that looks like news of an event.
type LookAlike struct {
	Subject string           // "court", "metaphor", …
	Types   []news.EventType // no event of these is news
}

// conflict is what ALL stands for.
var conflict = []news.EventType{news.Assault, news.Coerce, news.Protest, news.Threat, news.Sanction, news.Mobilize, news.Accident, news.Disaster}

// LookAlikes reads the set of look-alikes; each item has one answer.
func LookAlikes(table string) (Set[LookAlike], error) {
	return parse(table, 2, func(cells []string, _ string) ([]LookAlike, error) {
		l := LookAlike{Subject: cells[0], Types: conflict}
		if cells[1] != "ALL" {
			var err error
			if l.Types, err = oneOf(cells[1], " ", types); err != nil {
				return nil, err
			}
		}
		return []LookAlike{l}, nil
	})
}

// oneOf cuts a cell into values, each of which must be known.
func oneOf[T ~string](cell, sep string, known []T) (values []T, err error) {
	for _, v := range strings.Split(cell, sep) {
		if !slices.Contains(known, T(v)) {
			return nil, fmt.Errorf("%q is none of %v", v, known)
		}
		values = append(values, T(v))
	}
	return values, nil
}
