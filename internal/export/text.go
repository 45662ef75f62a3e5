package export

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// Look says how text is laid out for the reader's eyes.
type Look struct {
	Width  int  // columns; 0 means do not wrap
	Colour bool // ANSI colours
}

// Text writes a record for a person: what was said by whom, what happened,
// what is disputed, who and where. Numbers in the margin are lines of the
// article.
func Text(w io.Writer, r *news.Record, look Look) error {
	p := &page{w: bufio.NewWriter(w), look: look, r: r, x: newIndex(r), lines: newLines(r.Article.Text)}
	p.heading()
	p.statements()
	p.events()
	p.disputed()
	p.entities()
	p.warnings()
	if err := p.w.Flush(); err != nil {
		return fmt.Errorf("write record %s: %w", r.Article.ID, err)
	}
	return nil
}

type page struct {
	w     *bufio.Writer
	look  Look
	r     *news.Record
	x     index
	lines lines
}

// The colours: bold for headings, cyan for names, yellow for acts and types,
// grey for evidence.
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

// line is the reference to the evidence: the line of the article.
func (p *page) line(offset int) string { return p.paint(grey, fmt.Sprintf("l.%d", p.lines.of(offset))) }

func (p *page) section(title, note string) {
	fmt.Fprintf(p.w, "\n%s", p.paint(bold, title))
	if note != "" {
		fmt.Fprintf(p.w, "  %s", p.paint(grey, note))
	}
	fmt.Fprintln(p.w)
}

// put writes words behind a first-line label, wrapped, later lines indented.
func (p *page) put(indent int, label, words string) {
	prefix := strings.Repeat(" ", indent) + label
	hang := strings.Repeat(" ", indent+visible(label))
	if p.look.Width <= 0 {
		fmt.Fprintln(p.w, prefix+words)
		return
	}
	width := max(p.look.Width-visible(prefix), 24)
	line, length := prefix, 0
	for _, word := range strings.Fields(words) {
		n := visible(word)
		if length > 0 && length+1+n > width {
			fmt.Fprintln(p.w, line)
			line, length = hang, 0
		}
		if length > 0 {
			line, length = line+" ", length+1
		}
		line, length = line+word, length+n
	}
	fmt.Fprintln(p.w, strings.TrimRight(line, " "))
}

// visible counts the characters of s that take a column: not those of colours.
func visible(s string) int {
	n, skip := 0, false
	for _, c := range s {
		switch {
		case c == 0x1b:
			skip = true
		case skip:
			skip = c != 'm'
		default:
			n++
		}
	}
	return n
}

func (p *page) heading() {
	a := &p.r.Article
	title := string(a.Title)
	if title == "" {
		title = "(no title)"
	}
	p.put(0, "", p.paint(bold, title))
	var parts []string
	if a.Publisher != "" {
		parts = append(parts, string(a.Publisher))
	}
	if a.Published != "" {
		date := string(a.Published)
		if a.PublishedBasis != news.PublishedGiven {
			date += " (from the " + string(a.PublishedBasis) + ")"
		}
		parts = append(parts, date)
	} else {
		parts = append(parts, "no publication date known")
	}
	parts = append(parts, fmt.Sprintf("%s, %s, %s", plural(len(p.r.Sentences), "sentence"), plural(len(p.r.Statements), "statement"), plural(len(p.r.Events), "event")))
	fmt.Fprintln(p.w, p.paint(grey, strings.Join(parts, " · ")))
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// statements lists them by speaker, in the order in which the speakers first
// speak.
func (p *page) statements() {
	if len(p.r.Statements) == 0 {
		return
	}
	p.section("WHO SAID WHAT", "")
	var order []string
	by := map[string][]*news.Statement{}
	for i := range p.r.Statements {
		s := &p.r.Statements[i]
		name := p.x.speaker(s)
		if by[name] == nil {
			order = append(order, name)
		}
		by[name] = append(by[name], s)
	}
	for _, name := range order {
		said := by[name]
		head := p.paint(cyan, name)
		if src := said[0].Source; src != nil && p.x.entity[src.Entity] != nil {
			if about := describe(p.x.entity[src.Entity]); about != "" && about != name {
				head += p.paint(grey, " — "+about)
			}
		}
		p.put(0, "", head)
		for _, s := range said {
			p.statement(s)
		}
	}
}

// describe is a line on an entity: role, country, sectors.
func describe(e *news.Entity) string {
	var parts []string
	if len(e.Roles) > 0 {
		role := e.Roles[0].Title
		if of := e.Roles[0].Of; of != "" && !strings.Contains(role, string(of)) {
			role += " of " + string(of)
		}
		if role = oneLine(role); !strings.EqualFold(role, e.Name) {
			parts = append(parts, role)
		}
	}
	if e.Country != "" && e.Type != news.PlaceEntity {
		parts = append(parts, string(e.Country))
	}
	if len(e.Sectors) > 0 {
		parts = append(parts, strings.Join(e.Sectors, "/"))
	}
	return strings.Join(parts, ", ")
}

const actWidth = 19 // the longest act, claim_responsibility

func (p *page) statement(s *news.Statement) {
	cue := "—"
	if s.Cue != nil {
		cue = oneLine(s.Cue.Text)
	}
	act := string(s.Act)
	if s.Polarity == news.Negative {
		act = "not " + act
	}
	label := p.paint(yellow, act) + strings.Repeat(" ", max(1, actWidth+1-visible(act)))
	p.put(2, label, p.paint(grey, cue+":")+" "+p.content(s)+p.aside(s)+" "+p.line(first(s)))
}

func first(s *news.Statement) int {
	if len(s.Content) > 0 {
		return s.Content[0].Start
	}
	if s.Cue != nil {
		return s.Cue.Start
	}
	return 0
}

// content joins the spans; words given as a quotation get its marks back.
func (p *page) content(s *news.Statement) string {
	var parts []string
	for _, c := range s.Content {
		parts = append(parts, oneLine(c.Text))
	}
	words := strings.Join(parts, " … ")
	if s.Form == news.Direct {
		return "“" + words + "”"
	}
	return words
}

// aside notes to whom, through whom and inside whose words it was said.
func (p *page) aside(s *news.Statement) string {
	var notes []string
	if s.Addressee != nil {
		notes = append(notes, "to "+p.x.party(*s.Addressee))
	}
	if s.Via != nil && p.x.entity[s.Via.Entity] != nil {
		notes = append(notes, "via "+p.x.entity[s.Via.Entity].Name)
	}
	if outer := p.x.statement[string(s.Within)]; outer != nil {
		notes = append(notes, "in the words of "+p.x.speaker(outer))
	}
	if s.Source != nil && s.Source.Implicit {
		notes = append(notes, "speaker carried over")
	}
	if len(notes) == 0 {
		return ""
	}
	return p.paint(grey, " ["+strings.Join(notes, "; ")+"]")
}

// events lists them by date, undated ones last.
func (p *page) events() {
	if len(p.r.Events) == 0 {
		return
	}
	p.section("WHAT HAPPENED", "")
	events := make([]*news.Event, 0, len(p.r.Events))
	for i := range p.r.Events {
		events = append(events, &p.r.Events[i])
	}
	key := func(v *news.Event) string {
		if v.Time.Earliest != "" {
			return string(v.Time.Earliest)
		}
		return "9" + string(v.Time.Latest)
	}
	slices.SortStableFunc(events, func(a, b *news.Event) int { return cmp.Compare(key(a), key(b)) })
	width := 0
	for _, v := range events {
		width = max(width, len(when(v)))
	}
	for _, v := range events {
		date := when(v)
		p.put(2, p.paint(grey, date)+strings.Repeat(" ", width-len(date)+2), p.event(v))
	}
}

func when(v *news.Event) string {
	if v.Time.Basis == news.TimeFromPublished {
		return "undated"
	}
	return days(v.Time.Earliest, v.Time.Latest)
}

func (p *page) event(v *news.Event) string {
	var b strings.Builder
	b.WriteString(p.paint(yellow, eventName(v)) + " “" + oneLine(v.Trigger.Text) + "”")
	switch actors, recipients := p.x.parties(v.Actors), p.x.parties(v.Recipients); {
	case actors != "" && recipients != "":
		b.WriteString(": " + p.paint(cyan, actors) + " → " + p.paint(cyan, recipients))
	case actors != "":
		b.WriteString(": by " + p.paint(cyan, actors))
	case recipients != "":
		b.WriteString(": on " + p.paint(cyan, recipients))
	}
	if v.Place != nil {
		b.WriteString(", in " + p.x.party(*v.Place))
	}
	for _, c := range v.Counts {
		b.WriteString("; " + p.paint(bold, string(c.Kind)+" "+number(c)))
		if c.Of != "" {
			b.WriteString(" (" + oneLine(c.Of) + ")")
		}
	}
	var notes []string
	if v.Modality != news.Occurred {
		notes = append(notes, string(v.Modality))
	}
	if v.Background {
		notes = append(notes, "background")
	}
	if word := p.word(v); word != "" {
		notes = append(notes, word)
	}
	if len(notes) > 0 {
		b.WriteString(" [" + strings.Join(notes, "; ") + "]")
	}
	return b.String() + " " + p.line(v.Trigger.Start)
}

// word says on whose word the event stands; nothing where the article says it
// itself and nobody else does.
func (p *page) word(v *news.Event) string {
	var names []string
	for _, id := range v.Statements {
		if s := p.x.statement[id]; s != nil {
			if n := p.x.speaker(s); !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	word := "says " + strings.Join(names, ", ")
	if v.OwnVoice {
		word = "also " + word
	}
	return word
}

func (p *page) disputed() {
	disputes := Disputed(p.r)
	if len(disputes) == 0 {
		return
	}
	p.section("DISPUTED IN THIS ARTICLE", "both sides as the article gives them")
	for _, d := range disputes {
		p.put(2, "", d.About)
		if v := p.x.event[d.Event]; v != nil && d.OwnVoice {
			p.put(4, "", p.paint(cyan, "the article")+" reports it "+p.line(v.Trigger.Start))
		}
		for _, id := range d.Sides {
			s := p.x.statement[id]
			p.put(4, "", p.paint(cyan, p.x.speaker(s))+" "+verb(s.Act)+": "+p.content(s)+" "+p.line(first(s)))
		}
	}
}

// verb is an act as a verb of the third person.
func verb(a news.Act) string {
	switch a {
	case news.Deny:
		return "denies"
	case news.ClaimResponsibility:
		return "claims responsibility"
	case news.DeclineComment:
		return "declines to comment"
	}
	return strings.ReplaceAll(string(a), "_", " ") + "s"
}

func (p *page) entities() {
	var named []*news.Entity
	var where []*news.Entity
	for i := range p.r.Entities {
		switch e := &p.r.Entities[i]; e.Type {
		case news.PlaceEntity, news.Facility:
			where = append(where, e)
		default:
			if slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind == news.MentionName }) {
				named = append(named, e)
			}
		}
	}
	p.list("PEOPLE, BODIES, COUNTRIES", named, describe)
	p.list("PLACES", where, func(e *news.Entity) string {
		if e.Place == nil {
			return ""
		}
		at := string(e.Place.Country)
		if len(e.Place.ClaimedBy) > 0 {
			at = "claimed by " + strings.Join(e.Place.ClaimedBy, ", ")
		}
		if e.Place.Admin1 != "" && string(e.Place.Admin1) != e.Name {
			at = string(e.Place.Admin1) + ", " + at
		}
		at = strings.Trim(at, ", ")
		if at != "" {
			at += "; "
		}
		return fmt.Sprintf("%s%.2f, %.2f (%s)", at, e.Place.Lat, e.Place.Lon, e.Place.Precision)
	})
}

func (p *page) list(title string, entities []*news.Entity, about func(*news.Entity) string) {
	if len(entities) == 0 {
		return
	}
	p.section(title, "")
	for _, e := range entities {
		words := p.paint(cyan, e.Name)
		if len(e.Aliases) > 0 {
			words += " (" + strings.Join(e.Aliases, ", ") + ")"
		}
		if a := about(e); a != "" {
			words += " — " + a
		}
		words += p.paint(grey, fmt.Sprintf("  ×%d", len(e.Mentions)))
		if len(e.Mentions) > 0 {
			words += " " + p.line(e.Mentions[0].Start)
		}
		p.put(2, "", words)
	}
}

func (p *page) warnings() {
	for _, w := range p.r.Warnings {
		p.put(0, "", p.paint(yellow, "warning: ")+w.Message+" ("+w.Code+")")
	}
}
