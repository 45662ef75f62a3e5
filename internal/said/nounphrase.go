package said

// phrase is the noun phrase headed by token h, without what trails it: relative
// clauses, participles, and appositions or asides set off by a comma.
func (r *reading) phrase(h int) source {
	s := source{head: h, from: h, to: h + 1}
	for _, c := range r.doc.Children(h) {
		if c > h {
			break
		}
		if r.punct(c) || r.rel(c, "case", "cc", "mark", "advmod", "nsubj", "cop", "aux", "parataxis", "discourse", "acl", "advcl", "obl", "vocative") {
			if !r.rel(c, "advmod") || s.from == h {
				s.from = h
			}
			continue
		}
		s.from = min(s.from, max(r.lo[c], 0))
	}
	// What stands between must be one stretch: a left dependent that was left
	// out ends the phrase.
	for _, c := range r.doc.Children(h) {
		if c < h && c >= s.from && r.rel(c, "case", "cc", "mark", "parataxis", "discourse", "nsubj") {
			s.from = r.hi[c]
		}
	}
	for _, c := range r.doc.Children(h) {
		if c < h {
			continue
		}
		if r.lo[c] > s.to && !(r.tok(s.to).UPOS == "ADP" && r.tok(s.to).Head > c && r.tok(r.tok(s.to).Head).Head == h) || r.punct(c) {
			break // but "a report by | consultant EdPlan", with two heads after "by"
		}
		if r.rel(c, "acl", "appos", "parataxis", "advcl", "nsubj", "cop", "ccomp", "xcomp", "obl", "dep", "orphan", "list") {
			if r.rel(c, "appos") && r.hi[c]-c < 4 && !r.punct(r.lo[c]) {
				s.to = r.hi[c]
				continue
			}
			break
		}
		if r.rel(c, "nmod", "obl") && r.inTime(c) {
			break // "the minister | on Wednesday said"
		}
		to := r.hi[c]
		for t := r.lo[c]; t < to; t++ {
			if w := r.tok(t).Form; w == "," && !r.rel(c, "conj", "flat") || w == "(" || w != "," && r.separates(t) {
				to = t
			} else if r.rel(t, "acl:relcl") {
				to = min(to, max(r.lo[t], s.to))
			}
		}
		s.to = max(s.to, to)
	}
	// The parser may lose part of a long title: "Public Relations | Director
	// General Omar Aziz", "farmer | Joao Teles" is one phrase.
	if k := r.nameAt[h]; k >= 0 {
		// A name is never torn: "Civic Rights | Watch".
		s.from, s.to = min(s.from, r.doc.Names[k].From), max(s.to, r.doc.Names[k].To)
	}
	if _, end := r.sentence(h); r.tok(h).UPOS == "NOUN" && s.to < end && r.tok(s.to).UPOS == "PROPN" && r.nominal(s.to-1) && !r.inTime(s.to) {
		for s.to < end && r.tok(s.to).UPOS == "PROPN" && !r.inTime(s.to) {
			s.to++ // "lead author | Lucia Paredes"
		}
	}
	if r.tok(h).UPOS == "PROPN" {
		begin, end := r.sentence(h)
		first := s.from
		for s.from > begin && r.titleWord(s.from-1) {
			s.from--
			for s.from-1 > begin && r.tok(s.from-1).Form == "-" && !r.separates(s.from-1) && (r.titleWord(s.from-2) || r.tok(s.from-2).UPOS == "NUM") {
				s.from -= 2 // "secretary-general", "22-year-old"
			}
		}
		// "counsel to the inquiry | Priya Nair": a noun under a preposition is no
		// title.
		if s.from < first && s.from-2 >= begin && r.tok(s.from-1).UPOS == "DET" && r.tok(s.from-2).UPOS == "ADP" {
			s.from = first
		}
		for s.to < end && r.tok(s.to).UPOS == "PROPN" && r.tok(s.to).Deprel != "nsubj" {
			s.to++
		}
	}
	for i := s.head - 1; i > s.from; i-- {
		if r.tok(i).Form == "," && !r.rel(s.head, "conj") {
			s.from = i + 1 // "Earlier this year, | officials in Oslo"
			break
		}
	}
	if begin, _ := r.sentence(h); s.from > begin && r.tok(s.from-1).XPOS == "DT" && r.rel(s.from-1, "det") {
		s.from-- // a determiner begins the phrase, whatever the parser hung it on
	}
	for s.from < s.head && (r.punct(s.from) || r.inTime(s.from) && r.tok(s.from).UPOS != "NUM" && r.tok(s.from+1).Deprel != "case") {
		s.from++
	}
	for s.to-1 > s.head && (r.punct(s.to-1) || r.tok(s.to-1).Deprel == "case") {
		s.to--
	}
	return s
}
