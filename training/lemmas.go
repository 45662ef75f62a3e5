package main

import (
	"strings"

	"github.com/onrecord/onrecord/internal/nlp/linear"
)

// trainLemmas learns for each tag and ending what most words do, and lists the
// words that do otherwise.
func trainLemmas(train []*sentence) *linear.Lemmatiser {
	type key struct{ xpos, form string }
	counts := map[key]map[string]int{}
	upper := map[string]int{}
	total := map[string]int{}
	for _, s := range train {
		for i, f := range s.forms {
			if s.upos[i] == "X" || s.lemmas[i] == "_" {
				continue
			}
			k := key{s.xpos[i], strings.ReplaceAll(strings.ToLower(f), "’", "'")}
			if counts[k] == nil {
				counts[k] = map[string]int{}
			}
			counts[k][strings.ToLower(s.lemmas[i])]++
			total[s.xpos[i]]++
			if s.lemmas[i] != strings.ToLower(s.lemmas[i]) {
				upper[s.xpos[i]]++
			}
		}
	}
	out := &linear.Lemmatiser{Words: map[string]string{}, Rules: map[string]linear.Edit{}, Proper: map[string]bool{}}
	for t, n := range total {
		if upper[t]*2 > n {
			out.Proper[t] = true
		}
	}
	edits := map[string]map[linear.Edit]int{}
	lemma := map[key]string{}
	for k, lemmas := range counts {
		l := commonest(lemmas, func(a, b string) bool { return a < b })[0]
		lemma[k] = l
		e := edit(k.form, l)
		for n := 0; n <= min(linear.LongestEnding, len(k.form)); n++ {
			r := k.xpos + " " + k.form[len(k.form)-n:]
			if edits[r] == nil {
				edits[r] = map[linear.Edit]int{}
			}
			edits[r][e]++
		}
	}
	for r, es := range edits {
		top := commonest(es, func(a, b linear.Edit) bool { return a.Cut < b.Cut || a.Cut == b.Cut && a.Add < b.Add })[0]
		sum := 0
		for _, n := range es {
			sum += n
		}
		_, ending, _ := strings.Cut(r, " ")
		if top.Cut > len(ending)+1 && ending != "" || ending != "" && (sum < 2 || es[top]*3 < sum*2) {
			continue
		}
		if ending == "" && es[top]*2 < sum {
			top = linear.Edit{}
		}
		out.Rules[r] = top
	}
	// A rule that the next shorter ending implies is not needed.
	var idle []string
	for r, e := range out.Rules {
		xpos, ending, _ := strings.Cut(r, " ")
		for ending != "" {
			ending = ending[1:]
			if s, ok := out.Rules[xpos+" "+ending]; ok {
				if s == e {
					idle = append(idle, r)
				}
				break
			}
		}
	}
	for _, r := range idle {
		delete(out.Rules, r)
	}
	for k, l := range lemma {
		if got, _ := out.Lemma(k.form, linear.Tag{XPOS: k.xpos}, linear.AsWritten, nil); strings.ToLower(got) != l {
			out.Words[k.xpos+" "+k.form] = l
		}
	}
	return out
}

func edit(form, lemma string) linear.Edit {
	n := 0
	for n < len(form) && n < len(lemma) && form[n] == lemma[n] {
		n++
	}
	for n > 0 && n < len(form) && form[n]&0xC0 == 0x80 { // not inside a letter
		n--
	}
	return linear.Edit{Cut: len(form) - n, Add: lemma[n:]}
}

// scoreLemmas returns the share of words with the right lemma, given the tags.
func scoreLemmas(l *linear.Lemmatiser, tags []linear.Tag, all []*example) float64 {
	hit, n := 0, 0
	for _, e := range all {
		for i, f := range e.forms {
			n++
			if got, _ := l.Lemma(f, tags[e.tags[i]], linear.AsWritten, nil); got == e.lemmas[i] {
				hit++
			}
		}
	}
	return float64(hit) / float64(n)
}
