package store

import "strings"

// Edit is one change between two versions of a text, in paragraphs.
type Edit struct {
	Before  int    `json:"before"` // index of the paragraph, in the older version
	After   int    `json:"after"`  // and in the newer
	Removed string `json:"removed,omitempty"`
	Added   string `json:"added,omitempty"`
}

// mostParagraphs bounds the table of the longest common subsequence. Beyond it
// only what the two texts share at their beginnings and ends is found.
const mostParagraphs = 1000

// Difference lists what must be done to the older text's paragraphs to have the
// newer's. A paragraph that stands in the place of another is one edit.
func Difference(older, newer string) []Edit {
	a, b := paragraphs(older), paragraphs(newer)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	endA, endB := len(a), len(b)
	for endA > start && endB > start && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
	}
	midA, midB := a[start:endA], b[start:endB]
	var edits []Edit
	flush := func(i, j, toI, toJ int) {
		for i < toI || j < toJ {
			e := Edit{Before: start + i, After: start + j}
			if i < toI {
				e.Removed = midA[i]
				i++
			}
			if j < toJ {
				e.Added = midB[j]
				j++
			}
			edits = append(edits, e)
		}
	}
	if len(midA) > mostParagraphs || len(midB) > mostParagraphs {
		flush(0, 0, len(midA), len(midB))
		return edits
	}
	common := subsequence(midA, midB)
	i, j := 0, 0
	for _, c := range common {
		flush(i, j, c[0], c[1])
		i, j = c[0]+1, c[1]+1
	}
	flush(i, j, len(midA), len(midB))
	return edits
}

// subsequence is the longest common subsequence, as pairs of indices.
func subsequence(a, b []string) [][2]int {
	length := make([][]int32, len(a)+1)
	for i := range length {
		length[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

func paragraphs(text string) []string {
	var out []string
	for p := range strings.SplitSeq(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
