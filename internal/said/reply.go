package said

import "github.com/onrecord/onrecord/internal/news"

// answer links replies to what they reply to: a denial, confirmation, doubt or
// endorsement and the nearest earlier statement of another source on the same
// matter.
func (r *reading) answer(out []news.Statement) {
	words := make([]map[string]bool, len(out))
	for i := range out {
		words[i] = r.contentWords(&r.found[i])
	}
	for i := range out {
		if !replies(out[i].Act) {
			continue
		}
		best, score := -1, 0.3
		for k := i - 1; k >= 0 && k >= i-20; k-- {
			if out[i].Within == news.Optional(out[k].ID) || sameSource(out[k].Source, out[i].Source) || replies(out[k].Act) && out[k].Within == "" {
				continue
			}
			if s := overlap(words[k], words[i]); s > score {
				best, score = k, s
			}
		}
		if best < 0 {
			best = r.chargeBefore(out, i)
		}
		// "rejected the claim that …": the claim is inside the reply.
		for k := i + 1; k < len(out) && k <= i+3; k++ {
			if out[k].Within == news.Optional(out[i].ID) && !sameSource(out[k].Source, out[i].Source) {
				best = k
				break
			}
		}
		if best >= 0 {
			out[i].Answers = append(out[i].Answers, out[best].ID)
		}
	}
}

// chargeBefore is the statement that a reply to "the accusation" or "the claims"
// speaks of: the nearest charge before it by another source; -1 where there is
// none.
func (r *reading) chargeBefore(out []news.Statement, i int) int {
	f := &r.found[i]
	at, end := r.doc.TokenAt(f.start()), r.doc.TokenAt(f.end())
	if end-at > 4 {
		return -1
	}
	for ; at < end; at++ {
		switch r.lemma(at) {
		case "accusation", "allegation", "charge", "claim", "report", "assertion":
		default:
			continue
		}
		for k := i - 1; k >= 0 && k >= i-8; k-- {
			if out[k].Act == news.Accuse && !sameSource(out[k].Source, out[i].Source) {
				return k
			}
		}
		for k := i - 1; k >= 0 && k >= i-4 && (r.lemma(at) == "report" || r.lemma(at) == "assertion"); k-- {
			if (out[k].Act == news.Say || out[k].Act == news.Report) && !sameSource(out[k].Source, out[i].Source) {
				return k
			}
		}
	}
	return -1
}

func replies(a news.Act) bool {
	switch a {
	case news.Deny, news.Confirm, news.Doubt, news.Endorse, news.DeclineComment:
		return true
	}
	return false
}

func sameSource(a, b *news.Source) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Entity != "" && a.Entity == b.Entity
}

func (r *reading) contentWords(f *finding) map[string]bool {
	words := make(map[string]bool)
	for _, p := range f.pieces {
		for i := r.doc.TokenAt(p.start); i < len(r.doc.Tokens) && r.tok(i).Start < p.end; i++ {
			switch r.tok(i).UPOS {
			case "NOUN", "PROPN", "VERB", "ADJ":
				words[r.lemma(i)] = true
			}
		}
	}
	return words
}

// overlap is the share of the smaller set's words that the other has too; sets
// of fewer than two words say nothing.
func overlap(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 {
		return 0
	}
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	if n < 2 {
		return 0
	}
	return float64(n) / float64(len(a))
}
