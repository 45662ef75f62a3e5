package eval

import (
	"fmt"
	"slices"
	"strings"
)

// bracketed is a mention of the chain id: words[from:to].
type bracketed struct {
	id       string
	from, to int
}

// readBrackets reads mentions from the column that opens and closes them word
// by word: "(3(7)" opens a mention of chain 3 and is one of chain 7, "3)"
// closes the last open of chain 3. What follows the id behind a hyphen, and
// the part of a mention in pieces ("3[1/2]"), is left out. Mentions come in
// text order, the longer first.
func readBrackets(words []string) ([]bracketed, error) {
	var out []bracketed
	open := map[string][]int{} // the first words of open mentions
	for i, s := range words {
		for s != "" && s != "_" {
			begin := s[0] == '('
			if begin {
				s = s[1:]
			}
			end := strings.IndexAny(s, "()")
			if end < 0 {
				end = len(s)
			}
			id, _, _ := strings.Cut(s[:end], "-")
			id, _, _ = strings.Cut(id, "[")
			s = s[end:]
			if begin {
				open[id] = append(open[id], i)
			}
			if !strings.HasPrefix(s, ")") {
				if !begin {
					return nil, fmt.Errorf("word %d: a bracket of chain %s neither opens nor closes", i+1, id)
				}
				continue
			}
			s = s[1:]
			n := len(open[id])
			if n == 0 {
				return nil, fmt.Errorf("word %d closes a mention of chain %s that is not open", i+1, id)
			}
			out = append(out, bracketed{id, open[id][n-1], i + 1})
			open[id] = open[id][:n-1]
		}
	}
	slices.SortStableFunc(out, func(a, b bracketed) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	return out, nil
}
