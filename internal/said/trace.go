package said

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/who"
)

// Trace is how the statements of an article were found, and which cues were
// seen that made none.
type Trace struct {
	Found  []Found // one for each statement, in their order
	Unused []Unused
}

// Found is how one statement was found.
type Found struct {
	Statement string // its id
	Sentence  int    // that its content begins in, index in the record's sentences
	Way       Way
	Cue       string // the words of its row, "" where it has none
	Line      int    // of that row in cues.tsv, 0 for none
	Frame     string // how the content hangs on the cue
	CueAct    news.Act
	Act       news.Act // what the source and the content made of it
	Within    string   // the statement that it is part of
}

// Unused is a word of cues.tsv that brought in no statement.
type Unused struct {
	Span     news.Span
	Sentence int
	Word     string
	Line     int
	Frames   []string // the frames that were asked for
	Reason   string
}

// Way is a way of finding a statement.
type Way string

// The ways, in the order in which they are tried.
const (
	WayDialogue  Way = "a line of a transcript"
	WayDirect    Way = "a quotation and the cue beside it"
	WayPhrase    Way = "a phrase such as “according to”"
	WayColon     Way = "a headline's colon"
	WaySilence   Way = "a way of saying nothing"
	WayVerb      Way = "a cue verb and what hangs on it"
	WayNoun      Way = "a cue noun and what hangs on it"
	WayAdjective Way = "a cue adjective and what hangs on it"
	WayImplied   Way = "a quotation of the speaker before it"
)

// Explain is Find, and says how.
func (f *Finder) Explain(doc *nlp.Doc, cast *who.Cast, times []news.Time, published string) ([]news.Statement, *Trace) {
	t := &Trace{}
	if len(doc.Tokens) == 0 {
		return []news.Statement{}, t
	}
	r := newReading(f, doc, cast)
	statements := r.find(times, published)
	for i, s := range statements {
		f := &r.found[i]
		w := Found{Statement: s.ID, Way: f.way, Frame: string(f.frame), CueAct: f.act, Act: s.Act, Within: string(s.Within)}
		w.Sentence = doc.SentenceOf(min(doc.TokenAt(f.start()), len(doc.Tokens)-1))
		if f.cue >= 0 {
			if s, ok := r.rowOf(f); ok {
				w.Line = s.line
				w.Cue = strings.Join(append([]string{r.lemma(f.cue)}, s.tail...), " ")
			}
		}
		t.Found = append(t.Found, w)
	}
	r.unused(t)
	return statements, t
}

// rowOf finds the row of cues.tsv that a finding is by. Some cues have none:
// "according to", "silent on".
func (r *reading) rowOf(f *finding) (sense, bool) {
	for _, table := range []map[string][]sense{r.cues.verbs, r.cues.nouns, r.cues.adjectives} {
		for _, s := range r.senses(table, f.cue) {
			if s.act != f.act || s.frame != f.frame && f.frame != frameQuote {
				continue
			}
			if _, ok := r.tail(f.cue, s); ok {
				return s, true
			}
		}
	}
	return sense{}, false
}

// unused lists the cue words that are no statement's, with the reason as far as
// it can be told.
func (r *reading) unused(t *Trace) {
	used := make(map[int]bool)
	for i := range r.found {
		for k := r.found[i].cueFrom; k >= 0 && k < r.found[i].cueTo; k++ {
			used[k] = true
		}
	}
	for i := range r.doc.Tokens {
		if r.skip[i] || used[i] {
			continue
		}
		var table map[string][]sense
		switch r.tok(i).UPOS {
		case "VERB", "AUX":
			table = r.cues.verbs
		case "NOUN":
			table = r.cues.nouns
		case "ADJ":
			table = r.cues.adjectives
		default:
			continue
		}
		senses := r.senses(table, i)
		if len(senses) == 0 {
			continue
		}
		u := Unused{Span: r.doc.Span(i, i+1), Sentence: r.doc.SentenceOf(i), Word: r.lemma(i), Line: senses[0].line, Reason: r.whyUnused(i, senses)}
		for _, s := range senses {
			u.Frames = append(u.Frames, strings.Join(append([]string{string(s.frame)}, s.tail...), " "))
		}
		t.Unused = append(t.Unused, u)
	}
}

// whyUnused asks again what keeps a cue from bringing in a statement.
func (r *reading) whyUnused(i int, senses []sense) string {
	switch {
	case r.taken[i]:
		return "another cue of the same words is surer, or its speaker's own words are told by an outer statement"
	case r.tok(i).UPOS == "NOUN" || r.tok(i).UPOS == "ADJ":
		return "nothing hangs on it in one of its frames, or nobody is named whose it is"
	case r.promptsReply(i):
		return "it only tells what a reply is to"
	case r.onlyNames(i):
		return "it gives a thing its name"
	case r.quotingVerb(i):
		return "it only brings in the cue after it"
	case r.headless(i):
		return "it opens the sentence without a subject: an order, or a noun"
	}
	for _, s := range senses {
		tail, ok := r.tail(i, s)
		if !ok {
			continue
		}
		if _, ok := r.complement(i, tail, s); !ok {
			continue
		}
		src, _ := r.sourceOf(i)
		if r.nobody(src) {
			return "nobody is its subject"
		}
		if r.idle(i, src, s) {
			return "a wish, a thought or a deed that nobody in particular is told to have"
		}
		return "its content stands inside somebody else's quotation, or is empty"
	}
	return "nothing hangs on it in one of its frames"
}
