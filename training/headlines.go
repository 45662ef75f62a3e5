package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// withHeadlines puts after every fourth short sentence a headline made of it:
// without articles, without "be" before participles and adjectives, without a
// full stop ("Four arrested after blast"). The treebanks have few, and news has
// one an article.
func withHeadlines(train []*sentence) []*sentence {
	var out []*sentence
	for i, s := range train {
		out = append(out, s)
		if i%4 != 0 || len(s.forms) < 5 || len(s.forms) > 25 || s.forms[len(s.forms)-1] != "." {
			continue
		}
		if h := headline(s); h != nil {
			out = append(out, h)
		}
	}
	return out
}

// headline returns nil where nothing would change but the full stop.
func headline(s *sentence) *sentence {
	n := len(s.forms)
	hasKids := make([]bool, n+1)
	for _, h := range s.heads {
		hasKids[h] = true
	}
	drop := make([]bool, n)
	dropped := 0
	for i := range s.forms {
		switch {
		case hasKids[i]:
		case s.rels[i] == "det" && (s.lemmas[i] == "the" || s.lemmas[i] == "a"),
			s.lemmas[i] == "be" && (s.rels[i] == "aux:pass" || s.rels[i] == "cop") && s.xpos[i] != "VB":
			drop[i] = true
			dropped++
		case i == n-1 && s.forms[i] == ".":
			drop[i] = true
		}
	}
	if dropped == 0 {
		return nil
	}
	at := make([]int, n+1) // where each word comes to stand
	k := 0
	for i := range n {
		at[i] = k
		if !drop[i] {
			k++
		}
	}
	at[n] = k
	h := &sentence{}
	for i := range n {
		if drop[i] {
			continue
		}
		form := s.forms[i]
		if len(h.forms) == 0 {
			r, size := utf8.DecodeRuneInString(form)
			form = string(unicode.ToUpper(r)) + form[size:]
		}
		h.forms = append(h.forms, form)
		h.upos = append(h.upos, s.upos[i])
		h.xpos = append(h.xpos, s.xpos[i])
		h.lemmas = append(h.lemmas, s.lemmas[i])
		h.heads = append(h.heads, at[s.heads[i]])
		h.rels = append(h.rels, s.rels[i])
		h.spaces = append(h.spaces, s.spaces[i])
	}
	return h
}

// borrowTags gives the sentences of the names that are in the treebank too the
// tags of a tagger that was not trained on them.
func borrowTags(names, train []*example) {
	known := map[string][]uint8{}
	for _, e := range train {
		known[strings.Join(e.forms, " ")] = e.tags
	}
	for _, e := range names {
		if t, ok := known[strings.Join(e.forms, " ")]; ok {
			copy(e.tags, t)
		}
	}
}
