package eval

import "strings"

// alignWords pairs gold words with ours: by position, and inside multi-word
// tokens, whose words have no position, by the longest common subsequence of
// their forms. It follows align_words of the shared task's conll18_ud_eval.py
// step by step, so that figures can be compared.
func alignWords(gold, got []treeWord) [][2]int {
	var pairs [][2]int
	gi, si := 0, 0
	for gi < len(gold) && si < len(got) {
		if gold[gi].multi || got[si].multi {
			gs, ss := 0, 0
			gs, ss, gi, si = multiSpan(gold, got, gi, si)
			if gi > gs && si > ss {
				for _, p := range longestCommon(gold[gs:gi], got[ss:si]) {
					pairs = append(pairs, [2]int{gs + p[0], ss + p[1]})
				}
			}
			continue
		}
		switch g, s := gold[gi], got[si]; {
		case g.Range == s.Range:
			pairs = append(pairs, [2]int{gi, si})
			gi++
			si++
		case g.Start <= s.Start:
			gi++
		default:
			si++
		}
	}
	return pairs
}

// multiSpan finds the shortest stretch of both sides that begins here and cuts
// no multi-word token: gold[gs:gi] and got[ss:si].
func multiSpan(gold, got []treeWord, g, s int) (gs, ss, gi, si int) {
	var end int
	if gold[g].multi {
		end = gold[g].End
		if !got[s].multi && got[s].Start < gold[g].Start {
			s++
		}
	} else {
		end = got[s].End
		if gold[g].Start < got[s].Start {
			g++
		}
	}
	gs, ss = g, s
	beyond := func(words []treeWord, i int) bool {
		if i >= len(words) {
			return true
		}
		if words[i].multi {
			return words[i].Start >= end
		}
		return words[i].End > end
	}
	extend := func(w treeWord) {
		if w.multi && w.End > end {
			end = w.End
		}
	}
	for !beyond(gold, g) || !beyond(got, s) {
		if g < len(gold) && (s >= len(got) || gold[g].Start <= got[s].Start) {
			extend(gold[g])
			g++
		} else {
			extend(got[s])
			s++
		}
	}
	return gs, ss, g, s
}

// longestCommon pairs the words of a multi-word span whose forms agree but for
// case. The spans are a few words long.
func longestCommon(gold, got []treeWord) [][2]int {
	equal := func(i, j int) bool { return strings.EqualFold(gold[i].form, got[j].form) }
	length := make([][]int, len(gold)+1)
	for i := range length {
		length[i] = make([]int, len(got)+1)
	}
	for i := len(gold) - 1; i >= 0; i-- {
		for j := len(got) - 1; j >= 0; j-- {
			if equal(i, j) {
				length[i][j] = 1 + length[i+1][j+1]
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < len(gold) && j < len(got); {
		switch {
		case equal(i, j):
			pairs = append(pairs, [2]int{i, j})
			i++
			j++
		case length[i][j] == length[i+1][j]:
			i++
		default:
			j++
		}
	}
	return pairs
}
