// Package said finds who said what: every statement that an article attributes
// to a source, with its cue, its content and what the speaker does by it.
//
// A statement is an attribution in Pareti's sense (source, cue, content), as
// in PARC 3 and PolNeAR. It is found in one of these ways:
//
//   - a quotation in marks and the cue beside it (direct.go), or the speaker of
//     the text before it where it has none (implied.go);
//   - a cue verb and its complement in the parse (clause.go), or the sentence
//     that stands before it or around it (fronted.go);
//   - a way of saying nothing, "neither confirmed nor denied" (silence.go);
//   - a cue noun or adjective and its complement (nominal.go);
//   - a phrase such as "according to" (phrase.go);
//   - a headline's colon, or a line of a transcript (colon.go).
//
// Where parts of this disagree about the same words the surer cue wins, and what
// only repeats an outer speaker's own mind is dropped (finder.go). The act comes
// from the cue (cues.tsv) and then from what the content says of whom (act.go,
// charge.go, deny.go, ahead.go, with the words of acts.tsv).
//
// That nobody said a thing is no statement, but that nobody has claimed an attack
// is one: its source is null and its polarity negative.
//
// The parse is a help and not an oracle: most rules have a second way, by the
// words themselves, for what parsers of news often get wrong (a clause without
// "that", a fronted clause, a long title).
package said

import (
	"fmt"
	"sort"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/who"
)

// Finder finds statements. It is not changed after New and may be used by many
// goroutines.
type Finder struct {
	cues *lexicon
	acts *actWords
}

// New reads the embedded lexicons.
func New() (*Finder, error) {
	cues, err := loadLexicon(cuesText)
	if err != nil {
		return nil, fmt.Errorf("reading the cue lexicon: %w", err)
	}
	acts, err := loadActWords(actsText)
	if err != nil {
		return nil, fmt.Errorf("reading the act lexicon: %w", err)
	}
	return &Finder{cues: cues, acts: acts}, nil
}

// Find returns the statements of doc in text order, with ids from "s1". times
// and published (a day, RFC 3339 or empty) date them.
func (f *Finder) Find(doc *nlp.Doc, cast *who.Cast, times []news.Time, published string) []news.Statement {
	if len(doc.Tokens) == 0 {
		return []news.Statement{}
	}
	return newReading(f, doc, cast).find(times, published)
}

// find runs all ways of finding over the reading, the surest first.
func (r *reading) find(times []news.Time, published string) []news.Statement {
	r.way = WayDialogue
	r.findDialogue()
	r.way = WayDirect
	r.findDirect()
	r.findPulled()
	r.findSetOff()
	r.way = WayPhrase
	r.findPhrases()
	r.way = WayColon
	r.findColons()
	r.way = WayVerb
	for i := range r.doc.Tokens {
		if !r.skip[i] && r.tok(i).UPOS == "VERB" {
			r.findHearing(i)
		}
	}
	for i := range r.doc.Tokens {
		r.way = WaySilence
		if r.skip[i] || r.findSilence(i) {
			continue
		}
		switch r.tok(i).UPOS {
		case "VERB", "AUX":
			if r.state(i) {
				r.way = WayAdjective
				r.findAdjective(i)
			}
			r.way = WayVerb
			r.findVerb(i)
		case "NOUN":
			r.way = WayNoun
			if !r.findInvertedName(i) {
				r.findNoun(i)
			}
		case "ADJ":
			r.way = WayAdjective
			r.findAdjective(i)
		}
	}
	r.prune()
	r.way = WayImplied
	r.findImplied()
	r.prune()
	out := r.statements(times, published)
	r.firstPerson()
	return out
}

// piece is an unbroken stretch of content, half-open byte offsets.
type piece struct{ start, end int }

// finding is a statement in the making.
type finding struct {
	cue            int // token that carries the cue, -1 where there is none
	cueFrom, cueTo int // half-open token range of the cue
	source         source
	pieces         []piece
	act            news.Act
	frame          frame
	negative       bool
	direct         bool // the content is whole quotations
	weight         float64
	within         int // index of the finding whose content holds this one, -1
	way            Way // how it was found
}

// source is who a finding is attributed to, as tokens.
type source struct {
	head     int // -1 where the text names none
	from, to int
	implicit bool
}

var noSource = source{head: -1}

func (f *finding) start() int {
	if len(f.pieces) == 0 {
		return 0
	}
	return f.pieces[0].start
}

// covers reports whether all of the byte range lies in one piece of f.
func (f *finding) covers(start, end int) bool {
	for _, p := range f.pieces {
		if p.start <= start && end <= p.end {
			return true
		}
	}
	return false
}

func (r *reading) add(f finding) bool {
	if r.way == WayNoun && r.nobody(f.source) {
		return false // "Neither side has published its findings on the raid"
	}
	pieces := f.pieces[:0]
	for _, p := range f.pieces {
		if p = r.tidy(p); p.end > p.start {
			pieces = append(pieces, p)
		}
	}
	if len(pieces) == 1 {
		if p, ok := r.innerQuote(pieces[0]); ok {
			pieces[0], f.direct = r.tidy(p), true
		}
	}
	f.pieces = pieces
	if len(f.pieces) == 0 || r.takesQuoted(&f) || r.leavesQuote(&f) {
		return false
	}
	sort.Slice(f.pieces, func(i, j int) bool { return f.pieces[i].start < f.pieces[j].start })
	f.way = r.way
	r.found = append(r.found, f)
	if f.cue >= 0 {
		r.taken[f.cue] = true
		r.byCue[f.cue] = len(r.found) - 1
	}
	return true
}

// takesQuoted reports whether a finding whose cue stands outside begins inside a
// quotation that has its speaker already.
func (r *reading) takesQuoted(f *finding) bool {
	if f.direct || f.cue < 0 {
		return false
	}
	i := r.doc.TokenAt(f.start())
	if i >= len(r.quoteAt) {
		return false
	}
	q := r.quoteAt[i]
	return q >= 0 && r.quoted[q] && r.quoteAt[f.cue] != q
}

// leavesQuote reports whether a cue inside a quotation has taken the article's own
// words for its content: “That is what we told them.” He added …
func (r *reading) leavesQuote(f *finding) bool {
	if f.cue < 0 || r.quoteAt[f.cue] < 0 {
		return false
	}
	i := r.doc.TokenAt(f.start())
	return i < len(r.quoteAt) && r.quoteAt[i] < 0
}

// prune drops findings that say the same as a stronger one (two cues of one
// clause, or a cue and the quotation it introduces), tells which lie within
// another, and drops those that only repeat an outer speaker's own mind.
func (r *reading) prune() {
	sort.SliceStable(r.found, func(i, j int) bool {
		a, b := &r.found[i], &r.found[j]
		if a.start() != b.start() {
			return a.start() < b.start()
		}
		return a.end() > b.end()
	})
	kept := r.found[:0]
	for _, f := range r.found {
		double := false
		for k := len(kept) - 1; k >= 0 && k >= len(kept)-8; k-- {
			if !samePieces(kept[k].pieces, f.pieces) {
				continue
			}
			double = true
			if f.weight > kept[k].weight {
				kept[k] = f
			}
			break
		}
		if !double {
			kept = append(kept, f)
		}
	}
	r.found = kept
	r.nest()
	// An outer finding comes before those within it, so a dropped one takes
	// with it nothing that has been looked at.
	place := make([]int, len(r.found))
	kept = make([]finding, 0, len(r.found))
	for i, f := range r.found {
		for f.within >= 0 && place[f.within] < 0 {
			f.within = r.found[f.within].within
		}
		if f.within >= 0 {
			f.within = place[f.within]
			if !r.reported(&f, &kept[f.within]) {
				place[i] = -1
				continue
			}
		}
		place[i] = len(kept)
		kept = append(kept, f)
	}
	r.found = kept
}

func samePieces(a, b []piece) bool {
	overlap, la, lb := 0, 0, 0
	for _, p := range a {
		la += p.end - p.start
		for _, q := range b {
			if o := min(p.end, q.end) - max(p.start, q.start); o > 0 {
				overlap += o
			}
		}
	}
	for _, q := range b {
		lb += q.end - q.start
	}
	return 10*overlap >= 9*max(la, lb)
}
