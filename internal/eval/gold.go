package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// GoldDoc is one article with hand-made answers. A list that is nil is not
// annotated there; an empty one says that there is nothing to find.
//
// Offsets are code points in the file and bytes after LoadGold.
type GoldDoc struct {
	File        string          `json:"file"` // the text, beside the answers
	Published   string          `json:"published"`
	Statements  []GoldStatement `json:"statements"`
	Events      []GoldEvent     `json:"events"`
	Dates       []GoldDate      `json:"dates"`
	Entities    []GoldEntity    `json:"entities"`
	Boilerplate []news.Range    `json:"boilerplate"`

	Text string `json:"-"`
	char []int  // code points before each byte of Text, and before its end
}

// GoldStatement is one attribution. Either Spans or Start and End hold its
// content; LoadGold fills Spans.
type GoldStatement struct {
	Speaker  []string     `json:"speaker"` // acceptable names; empty where the text names none
	Source   []news.Range `json:"source"`
	Cue      string       `json:"cue"`
	CueSpans []news.Range `json:"cue_spans"`
	Spans    []news.Range `json:"spans"`
	Start    int          `json:"start"`
	End      int          `json:"end"`
	Form     news.Form    `json:"form"`
	Act      news.Act     `json:"act"` // "" for plain speech: not judged
	ActOK    []news.Act   `json:"act_ok"`
	FormOK   []news.Form  `json:"form_ok"`
	Optional bool         `json:"optional"`
}

// GoldEvent is one happening. The fields that end in OK hold further right
// answers.
type GoldEvent struct {
	Type         news.EventType     `json:"type"`
	TypeOK       []news.EventType   `json:"type_ok"`
	Mode         string             `json:"mode"`
	Trigger      news.Range         `json:"trigger"`
	Mentions     []news.Range       `json:"mentions"`
	Actor        []string           `json:"actor"`
	ActorOK      []string           `json:"actor_ok"`
	Recipient    []string           `json:"recipient"`
	RecipientOK  []string           `json:"recipient_ok"`
	Place        string             `json:"place"` // right answers, with ";" between
	PlaceOK      []string           `json:"place_ok"`
	Start        string             `json:"start"` // days; "" is open
	End          string             `json:"end"`
	Counts       map[string]float64 `json:"counts"`
	Status       news.Modality      `json:"status"`
	StatusOK     []news.Modality    `json:"status_ok"`
	Background   *bool              `json:"background"`
	BackgroundOK []bool             `json:"background_ok"`
	Optional     bool               `json:"optional"`
}

// GoldDate is one time expression, by its first character.
type GoldDate struct {
	Text     string `json:"text"`
	Value    string `json:"value"` // a beginning of the right TIMEX3 value
	Start    int    `json:"start"`
	Optional bool   `json:"optional"`
}

// GoldEntity is one person, body, group, country or place.
type GoldEntity struct {
	Names    []string          `json:"names"`
	Type     news.EntityType   `json:"type"`
	TypeOK   []news.EntityType `json:"type_ok"`
	Optional bool              `json:"optional"`
}

// LoadGold reads one answer file and the text beside it.
func LoadGold(path string) (*GoldDoc, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d := &GoldDoc{}
	if err := json.Unmarshal(b, d); err != nil {
		return nil, fmt.Errorf("read gold %s: %w", path, err)
	}
	textFile := strings.TrimSuffix(path, ".json") + ".txt"
	if d.File != "" {
		textFile = filepath.Join(filepath.Dir(path), d.File)
	}
	text, err := os.ReadFile(textFile)
	if err != nil {
		return nil, fmt.Errorf("read the text of gold %s: %w", path, err)
	}
	if d.File == "" {
		d.File = filepath.Base(textFile)
	}
	if err := d.setText(string(text)); err != nil {
		return nil, fmt.Errorf("read gold %s: %w", path, err)
	}
	return d, nil
}

// setText gives the document its text and turns the offsets into bytes.
func (d *GoldDoc) setText(text string) error {
	d.Text = text
	d.index()
	starts := make([]int, 0, len(text)+1)
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	var bad error
	at := func(p *int) {
		if *p < 0 || *p >= len(starts) {
			bad = fmt.Errorf("offset %d lies outside the text (%d characters)", *p, len(starts)-1)
			return
		}
		*p = starts[*p]
	}
	ranges := func(rs []news.Range) {
		for i := range rs {
			at(&rs[i].Start)
			at(&rs[i].End)
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		if len(s.Spans) == 0 {
			s.Spans = []news.Range{{Start: s.Start, End: s.End}}
		}
		ranges(s.Spans)
		ranges(s.Source)
		ranges(s.CueSpans)
	}
	for i := range d.Events {
		e := &d.Events[i]
		at(&e.Trigger.Start)
		at(&e.Trigger.End)
		ranges(e.Mentions)
	}
	for i := range d.Dates {
		at(&d.Dates[i].Start)
	}
	ranges(d.Boilerplate)
	return bad
}

// index counts the characters before each byte. Shares of overlap are of
// characters: a curly quotation mark weighs no more than a letter.
func (d *GoldDoc) index() {
	d.char = make([]int, len(d.Text)+1)
	n := 0
	last := 0
	for i := range d.Text {
		for ; last <= i; last++ {
			d.char[last] = n
		}
		n++
	}
	for ; last <= len(d.Text); last++ {
		d.char[last] = n
	}
}

// chars is the length of a range in characters.
func (d *GoldDoc) chars(r news.Range) int { return d.char[r.End] - d.char[r.Start] }

// overlap is how many characters two ranges share.
func (d *GoldDoc) overlap(a, b news.Range) int {
	start, end := max(a.Start, b.Start), min(a.End, b.End)
	if start >= end {
		return 0
	}
	return d.char[end] - d.char[start]
}

// iou is the intersection over the union of two ranges, in characters.
func (d *GoldDoc) iou(a, b news.Range) float64 {
	both := d.overlap(a, b)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(d.chars(a)+d.chars(b)-both)
}

// line is the number of the line that the byte at offset stands on, from 1.
func (d *GoldDoc) line(offset int) int {
	return 1 + strings.Count(d.Text[:min(max(offset, 0), len(d.Text))], "\n")
}

func (d *GoldDoc) slice(r news.Range) string { return d.Text[r.Start:r.End] }

// around is the text about a range, within its line, for messages.
func (d *GoldDoc) around(r news.Range) string {
	const reach = 60 // bytes to each side
	from, to := max(0, r.Start-reach), min(len(d.Text), r.End+reach)
	if i := strings.LastIndexByte(d.Text[from:r.Start], '\n'); i >= 0 {
		from += i + 1
	}
	if i := strings.IndexByte(d.Text[r.End:to], '\n'); i >= 0 {
		to = r.End + i
	}
	return "… " + strings.ToValidUTF8(strings.Join(strings.Fields(d.Text[from:to]), " "), "") + " …"
}
