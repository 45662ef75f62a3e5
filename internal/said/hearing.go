package said

import "github.com/onrecord/onrecord/internal/news"

// findHearing reads what was said before a court or an inquiry where the report
// of it closes the sentence. Who heard it is its source, as with "the court heard
// that"; what a court "was told" has none.
//
//	The owners knew of the crack, a commission of inquiry was told on Monday.
//	The ferry was overloaded, the court heard.
//	Owners knew of crack, inquiry hears
func (r *reading) findHearing(v int) bool {
	told := r.word(v) == "told"
	switch r.word(v) {
	case "heard", "hears", "told":
	default:
		return false
	}
	from, end := r.sentence(v)
	if r.quoteAt[v] >= 0 || !r.onlyOccasion(v+1, end) {
		return false
	}
	to := v // token after the phrase of who heard it
	for to > from && (r.tok(to-1).UPOS == "AUX" || r.tok(to-1).UPOS == "ADV") {
		to--
	}
	passive := to < v && r.word(to) != "had" && r.word(to) != "has" || to+1 < v
	headline := r.doc.BlockOf(v).Kind != news.BlockParagraph
	if told && !passive && !headline || !told && passive {
		return false // "the judge told", "the judge was heard"
	}
	start, head := to, -1
	for start > from && to-start < 10 && !r.comma(start-1) {
		start--
		if r.tok(start).UPOS == "VERB" || r.quoteAt[start] >= 0 {
			return false
		}
		if r.among(r.acts.tribunals, start) {
			head = start
		}
	}
	if head < 0 || start <= from+2 || !r.comma(start-1) {
		return false
	}
	left := start
	for left > from && r.punct(left-1) && r.quoteAt[left-1] < 0 {
		left--
	}
	if !r.substantial(from, left) || !r.holdsVerb(from, left) || r.isQuoted(from, left) {
		return false
	}
	switch r.tok(from).UPOS {
	case "SCONJ", "ADP":
		return false
	}
	f := finding{cue: v, cueFrom: to, cueTo: v + 1, source: source{head: head, from: start, to: to}, pieces: r.pieces(from, left),
		act: news.Report, frame: frameThat, weight: 0.9}
	if told {
		f.source, f.act = noSource, news.Say
	}
	return r.add(f)
}

// onlyOccasion reports whether nothing but when and where stands between two
// tokens: "on Monday", "in Bergen yesterday".
func (r *reading) onlyOccasion(from, end int) bool {
	if end-from > 10 {
		return false
	}
	for i := from; i < end; i++ {
		switch r.tok(i).UPOS {
		case "VERB", "AUX", "SCONJ", "PRON":
			return false
		}
		if r.quoteAt[i] >= 0 || r.tok(i).Form == "," {
			return false
		}
		if i == from && !r.punct(i) && r.tok(i).UPOS != "ADP" && !r.inTime(i) {
			return false // "the court heard | the tape"
		}
	}
	return true
}
