package said

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// findColons reads headlines whose colon parts the speaker from what is said:
// "Minister: Port to close", "Port to close: minister".
func (r *reading) findColons() {
	for s := range r.doc.Sentences {
		sent := r.doc.Sentences[s]
		switch r.doc.Blocks[sent.Block].Kind {
		case news.BlockTitle, news.BlockLead, news.BlockHeading:
		default:
			if s > 0 || sent.To-sent.From > 24 {
				continue // a first line may be a headline that nobody marked
			}
		}
		if sent.To-sent.From < 4 {
			continue
		}
		for i := sent.From + 1; i+1 < sent.To; i++ {
			if r.tok(i).Form != ":" || r.quoteAt[i] >= 0 {
				continue
			}
			if r.slug(sent.From, i, sent.To) {
				break
			}
			if r.speakerPhrase(sent.From, i) && r.substantial(i+1, sent.To) {
				r.addColon(sent.From, i, i+1, sent.To)
			} else if q := r.quoteAt[sent.From]; q >= 0 && !r.quoted[q] && r.isQuote(sent.From, i) {
				// ‘I just ran’: survivors tell of fire
				if s := r.firstSpeaker(i+1, sent.To); s.head >= 0 {
					r.quoted[q] = true
					r.add(finding{cue: -1, cueFrom: -1, cueTo: -1, source: s, pieces: r.quotePieces(q), act: news.Say, frame: frameQuote, direct: true, weight: 0.75})
				} else if last := r.lastWord(sent.To); r.speakerPhrase(i+1, last) && last-i <= 6 { // ‘We were too slow’: minister
					r.addColon(i+1, last, sent.From, i)
				}
			} else if last := r.lastWord(sent.To); r.speakerPhrase(i+1, last) && (last-i <= 3 || r.office(i+1, last)) {
				r.addColon(i+1, r.lastWord(sent.To), sent.From, i)
			}
			break
		}
	}
}

// slug reports whether the words before the colon at token i only tell where the
// news is from, as the headlines of African agencies and of aid bodies do: "Nigeria:
// Gunmen kill 12 in Jos". A country that speaks does it in the first person, in
// quotation marks, or tells others what to do.
func (r *reading) slug(from, i, to int) bool {
	e := r.cast.At(from)
	if e < 0 || r.cast.Entities[e].Type != news.Country || r.cast.At(i-1) != e {
		return false
	}
	for n := i + 1; n < to; n++ {
		switch r.word(n) {
		case "we", "our", "us", "must", "should", "will", "would", "not", "n't", "no":
			return false
		}
		if r.quoteAt[n] >= 0 {
			return false
		}
	}
	return true
}

// findDialogue reads the lines of a transcript, "LUND: I never saw it.", where
// the text has two of them or more.
func (r *reading) findDialogue() {
	var lines []int // sentences that open with a speaker
	for s, sent := range r.doc.Sentences {
		if s > 0 && r.doc.Sentences[s-1].Block == sent.Block || r.skip[sent.From] {
			continue
		}
		if r.dialogueColon(sent) > 0 {
			lines = append(lines, s)
		}
	}
	if len(lines) < 2 {
		return
	}
	for _, s := range lines {
		sent := r.doc.Sentences[s]
		colon, end := r.dialogueColon(sent), sent.To
		for n := s + 1; n < len(r.doc.Sentences) && r.doc.Sentences[n].Block == sent.Block; n++ {
			end = r.doc.Sentences[n].To
		}
		if colon+1 < end {
			from := sent.From
			if r.punct(from) {
				from++
			}
			r.addColon(from, colon, colon+1, end)
		}
	}
}

// dialogueColon is the colon after a name in capitals that opens the sentence,
// -1 where it opens otherwise.
func (r *reading) dialogueColon(sent nlp.Sentence) int {
	from := sent.From
	if r.mark(from) || r.tok(from).Form == "\"" {
		from++ // each line may open with a mark
	}
	for i := from; i < sent.To && i < from+5; i++ {
		form := r.tok(i).Form
		if form == ":" && i > from {
			return i
		}
		if form != "." && (strings.ToUpper(form) != form || strings.ToLower(form) == form) {
			return -1
		}
	}
	return -1
}

// office reports whether the tokens hold a word for somebody who speaks by office.
func (r *reading) office(from, to int) bool {
	for i := from; i < to; i++ {
		if r.acts.speakers[r.lemma(i)] || r.acts.speakers[r.word(i)] {
			return true
		}
	}
	return false
}

// isQuote reports whether the tokens are one quotation and nothing else.
func (r *reading) isQuote(from, to int) bool {
	q := r.quoteAt[from]
	for i := from; i < to; i++ {
		if r.quoteAt[i] != q {
			return false
		}
	}
	return true
}

// firstSpeaker is the subject that the tokens open with, if it can speak.
func (r *reading) firstSpeaker(from, to int) source {
	for i := from; i < to && i < from+8; i++ {
		if r.finite(i) || r.tok(i).UPOS == "VERB" {
			if r.speakerPhrase(from, i) {
				return source{head: r.topOf(from, i), from: from, to: i}
			}
			break
		}
	}
	return noSource
}

func (r *reading) lastWord(to int) int {
	for to > 0 && r.punct(to-1) {
		to--
	}
	return to
}

func (r *reading) addColon(srcFrom, srcTo, from, to int) {
	if r.isQuoted(from, to) {
		return
	}
	head := r.topOf(srcFrom, srcTo)
	for i := from; i < to; i++ {
		if q := r.quoteAt[i]; q >= 0 {
			r.quoted[q] = true
		}
	}
	r.add(finding{cue: -1, cueFrom: -1, cueTo: -1, source: source{head: head, from: srcFrom, to: srcTo}, pieces: r.pieces(from, to), act: news.Say, frame: frameThat, weight: 0.75})
}

// speakerPhrase reports whether the tokens name somebody who can speak: a few
// words, no verb, and a person, a body or an office among them.
func (r *reading) speakerPhrase(from, to int) bool {
	if to <= from || to-from > 6 {
		return false
	}
	speaker := false
	for i := from; i < to; i++ {
		t := r.tok(i)
		if r.punct(i) || r.finite(i) || t.UPOS == "NUM" {
			return false
		}
		if e := r.cast.At(i); e >= 0 {
			switch r.cast.Entities[e].Type {
			case news.Person, news.Organisation, news.Group:
				speaker = true
			case news.Country:
				speaker = speaker || to-from <= 2
			}
		}
		if r.acts.speakers[r.lemma(i)] || r.acts.speakers[r.word(i)] { // the lemma of "PM" may be that of a time of day
			speaker = true
		}
	}
	return speaker
}
