package said

import "github.com/onrecord/onrecord/internal/news"

// goOn are words with which a headline goes on behind its speaker.
var goOn = map[string]bool{"as": true, "after": true, "amid": true, "while": true, "over": true, "in": true, "on": true, "at": true, "before": true,
	"when": true, "but": true, "and": true, "of": true, "to": true}

// findSpeakerLast reads headlines that put the speaker behind the cue and then go on:
// "Truce over, says Sable Front as it attacks hill", "Deal is dead, says union as talks
// end". The parser takes what stands before the comma for the subject.
func (r *reading) findSpeakerLast(v int, senses []sense) bool {
	if k := r.doc.BlockOf(v).Kind; k != news.BlockTitle && k != news.BlockHeading {
		return false
	}
	from, end := r.sentence(v)
	if v < from+3 || v+1 >= end || r.tok(v-1).Form != "," || r.quoteAt[v] >= 0 || r.passive(v) || r.tells(v) {
		return false
	}
	for i := from; i < v-1; i++ {
		if r.tok(i).Form == "," {
			return false // "Lien, 43, says trade in ruins"
		}
	}
	to, head := v+1, -1
	for ; to < end; to++ {
		if u := r.tok(to).UPOS; u == "NOUN" || u == "PROPN" {
			head = to
		} else if u != "DET" && u != "ADJ" && u != "NUM" {
			break
		}
	}
	if head < 0 || head != to-1 || to >= end || !goOn[r.word(to)] {
		return false // a speaker with nothing behind it is found by its parse
	}
	if r.nameAt[head] < 0 && r.cast.At(head) < 0 && !r.acts.speakers[r.lemma(head)] {
		return false
	}
	for _, s := range senses {
		if s.frame != frameThat || !s.speaks() || len(s.tail) > 0 {
			continue
		}
		if r.tok(from).UPOS == "ADP" && !r.holdsVerb(from, v-1) || !r.substantial(from, v-1) {
			return false
		}
		return r.add(finding{cue: v, cueFrom: v, cueTo: v + 1, source: source{head: head, from: v + 1, to: to}, pieces: r.pieces(from, v-1),
			act: s.act, frame: frameThat, negative: r.negated(v), weight: s.weight})
	}
	return false
}
