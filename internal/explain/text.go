package explain

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/onrecord/onrecord/internal/export"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/what"
)

// Text writes an explanation for a person. only is the number of the one
// sentence to show, 0 for all.
func Text(w io.Writer, a *Article, only int, look export.Look) error {
	p := &page{w: bufio.NewWriter(w), look: look, passed: passedShown}
	if only > 0 {
		p.passed = math.MaxInt
	}
	for _, s := range a.Sentences {
		if only == 0 || s.Number == only {
			p.sentence(s)
		}
	}
	fmt.Fprintf(p.w, "%s\n", p.paint(grey, "codebook "+a.Codebook+"; rules without a folder are built in: onrecord rules show TABLE"))
	if err := p.w.Flush(); err != nil {
		return fmt.Errorf("write the explanation: %w", err)
	}
	return nil
}

type page struct {
	w      *bufio.Writer
	look   export.Look
	passed int // how many rules that do not hold are shown for a word
}

// passedShown is how many rules that do not hold are shown where the whole
// article is; one sentence shows all.
const passedShown = 3

const (
	bold   = "1"
	cyan   = "36"
	yellow = "33"
	grey   = "90"
)

func (p *page) paint(colour, s string) string {
	if !p.look.Colour || s == "" {
		return s
	}
	return "\x1b[" + colour + "m" + s + "\x1b[0m"
}

// put writes a labelled line; text behind it is wrapped under itself.
func (p *page) put(indent int, label, text string) {
	const labels = 11
	head := strings.Repeat(" ", indent) + fmt.Sprintf("%-*s", labels, label)
	width := p.look.Width - indent - labels
	if p.look.Width == 0 || width < 24 {
		fmt.Fprintf(p.w, "%s%s\n", p.paint(grey, head), text)
		return
	}
	line, length := "", 0
	for _, word := range strings.Fields(text) {
		n := len([]rune(word))
		if length > 0 && length+1+n > width {
			fmt.Fprintf(p.w, "%s%s\n", p.paint(grey, head), line)
			head, line, length = strings.Repeat(" ", indent+labels), "", 0
		}
		if length > 0 {
			line, length = line+" ", length+1
		}
		line, length = line+word, length+n
	}
	fmt.Fprintf(p.w, "%s%s\n", p.paint(grey, head), line)
}

func (p *page) sentence(s Sentence) {
	fmt.Fprintf(p.w, "%s %s\n", p.paint(bold, fmt.Sprintf("SENTENCE %d", s.Number)), p.paint(grey, fmt.Sprintf("l.%d", s.Line)))
	p.put(2, "", strings.Join(strings.Fields(s.Text), " "))
	for _, t := range s.Triggers {
		p.trigger(t)
	}
	for _, st := range s.Statements {
		p.statement(st)
	}
	for _, c := range s.Cues {
		p.head(c.Text, "no statement", fmt.Sprintf("%s:%d", c.Row.File, c.Row.Line))
		p.put(4, "why", c.Reason)
	}
	for _, t := range s.Times {
		value := string(t.Value)
		if value == "" {
			value = "not anchored"
		}
		p.head(t.Text, "time", value)
	}
	if len(s.Triggers)+len(s.Statements)+len(s.Cues)+len(s.Times) == 0 {
		p.put(4, "", "(no rule and no cue speaks of a word here)")
	}
	fmt.Fprintln(p.w)
}

// head opens the lines on one word: the word, what it became, a remark.
func (p *page) head(word, became, remark string) {
	line := "  " + p.paint(cyan, word) + " → " + p.paint(yellow, became)
	if remark != "" {
		line += "  " + p.paint(grey, remark)
	}
	fmt.Fprintln(p.w, line)
}

func (p *page) trigger(t Trigger) {
	became, remark := string(t.Outcome), ""
	switch t.Outcome {
	case what.Coded, what.Mentioned:
		became = "mention of an event"
		if t.Event != nil {
			became = strings.TrimSpace(string(t.Event.Type) + " " + string(t.Event.Mode))
			remark = "event " + t.Event.ID
			if t.Outcome == what.Mentioned {
				remark = "a mention of " + t.Event.ID
			}
		}
	case what.Lookalike:
		became = "no event: a look-alike"
	case what.Unruled:
		became = "no event: no rule's conditions hold"
	case what.Dropped:
		became = "no event"
	}
	p.head(t.Text, became, remark)
	if t.Rule != nil {
		p.put(4, "rule", t.Rule.String()+"  "+t.Rule.pattern(t.Lemma))
		p.put(4, "", "such as: "+t.Rule.Example)
	}
	for _, a := range t.Arguments {
		if text := "“" + a.Words.Text + "”"; len(a.Fills) > 0 {
			p.put(4, a.Place, text+" → "+strings.Join(a.Fills, ", "))
		} else {
			p.put(4, a.Place, text)
		}
	}
	if e := t.Event; e != nil && t.Outcome == what.Coded {
		about := string(e.Modality)
		if e.Background {
			about += ", background"
		}
		about += ", " + days(e.Earliest, e.Latest)
		if len(e.Contexts) > 0 {
			about += ", contexts " + strings.Join(e.Contexts, " ")
		}
		p.put(4, "told as", about)
	}
	for _, why := range t.Reasons {
		p.put(4, "why", why)
	}
	for i, r := range t.Passed {
		if i == p.passed {
			p.put(4, "", fmt.Sprintf("and %d more, which --sentence shows", len(t.Passed)-i))
			break
		}
		p.put(4, "not", fmt.Sprintf("%s  → %s, for want of %s", r.Rule, r.code(), short(r.Unmet)))
	}
}

func days(earliest, latest news.Optional) string {
	switch {
	case earliest == "" && latest == "":
		return "no date"
	case earliest == "":
		return "by " + string(latest)
	case earliest == latest:
		return string(earliest)
	}
	return string(earliest) + " to " + string(latest)
}

func (r Rule) String() string {
	at := fmt.Sprintf("%s:%d", r.File, r.Line)
	if r.Users {
		at += " (yours)"
	}
	return at
}

// code is what a rule makes of a word.
func (r Rule) code() string {
	if r.Type == "" {
		return "no event"
	}
	return strings.TrimSpace(string(r.Type) + " " + string(r.Mode))
}

// pattern writes a rule as its table does, long lists of words cut.
func (r Rule) pattern(lemma string) string {
	words := []string{lemma}
	if r.Pattern != "-" {
		for _, c := range strings.Fields(r.Pattern) {
			words = append(words, short(c))
		}
	}
	return strings.Join(append(words, "→", r.code()), " ")
}

// short cuts the words of a condition after the first few.
func short(condition string) string {
	const shown = 4
	words := strings.Split(condition, ",")
	if len(words) <= shown+1 {
		return condition
	}
	return strings.Join(words[:shown], ",") + fmt.Sprintf(",… (%d)", len(words))
}

func (p *page) statement(s Statement) {
	word := "(no cue)"
	if s.Cue != nil {
		word = s.Cue.Text
	}
	remark := "statement " + s.ID
	if s.Within != "" {
		remark += " within " + string(s.Within)
	}
	p.head(word, string(s.Act)+", "+string(s.Form), remark)
	found := string(s.Way)
	if s.Row != nil {
		found += fmt.Sprintf(" (%s:%d  %s, as %s)", s.Row.File, s.Row.Line, s.Row.Cue, s.Frame)
	}
	p.put(4, "found", found)
	if s.Source == nil {
		p.put(4, "source", "none named")
	} else {
		who := "“" + s.Source.Text + "”"
		if s.Source.Implicit {
			who = "the speaker before it"
		}
		if s.Source.Name != "" {
			who += " → " + string(s.Source.Name)
		}
		p.put(4, "source", who)
	}
	for _, c := range s.Content {
		p.put(4, "content", "“"+strings.Join(strings.Fields(c.Text), " ")+"”")
	}
	if s.CueAct != s.Act {
		p.put(4, "why", fmt.Sprintf("the cue alone is %s; who speaks and what is said make it %s", s.CueAct, s.Act))
	}
	if len(s.Events) > 0 {
		p.put(4, "speaks of", strings.Join(s.Events, ", "))
	}
}
