package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// WriteTable writes the metrics of each set as a table for eyes.
func WriteTable(w io.Writer, sets []Scores) error {
	for i, s := range sets {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s: %s\n", s.Set, documents(s.Docs))
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(t, "P\tR\tvalue\tright\tgold\tgiven\t metric")
		for _, m := range s.Metrics {
			p, r := m.sides()
			right, gold, given := m.counts()
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t %s\n", p, r, m.format(), right, gold, given, m.Name)
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func documents(n int) string {
	if n == 1 {
		return "1 document"
	}
	return fmt.Sprintf("%d documents", n)
}

// format writes the metric's value as reports do.
func (m Metric) format() string {
	if m.Kind == Tally {
		return fmt.Sprint(m.Right)
	}
	return fmt.Sprintf("%.3f", m.Value())
}

// sides writes precision and recall where the metric has them.
func (m Metric) sides() (precision, recall string) {
	if m.Kind == F1 || m.Of != nil && m.Of.Precision+m.Of.Recall > 0 {
		return fmt.Sprintf("%.3f", m.Precision()), fmt.Sprintf("%.3f", m.Recall())
	}
	return "", ""
}

// counts writes the whole numbers that the metric is made of.
func (m Metric) counts() (right, gold, given string) {
	switch m.Kind {
	case Computed:
		return "", "", ""
	case Tally:
		return fmt.Sprint(m.Right), "", ""
	case F1:
		given = fmt.Sprint(m.Given)
	}
	return fmt.Sprint(m.Right), fmt.Sprint(m.Gold), given
}

// WriteFindings writes every miss, false alarm and wrong value, one a line.
func WriteFindings(w io.Writer, sets []Scores) error {
	for _, s := range sets {
		for _, f := range s.Findings {
			if _, err := fmt.Fprintln(w, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// WriteJSON writes one object a set, one a line. Findings are left out unless
// they are asked for.
func WriteJSON(w io.Writer, sets []Scores, findings bool) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, s := range sets {
		if !findings {
			s.Findings = nil
		}
		if err := enc.Encode(s); err != nil {
			return err
		}
	}
	return nil
}
