package nlp

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// nameTags are the types of name in the MISC column: NER=B-PER.
var nameTags = map[NameType]string{NamePerson: "PER", NameOrganisation: "ORG", NamePlace: "LOC", NameOther: "MISC"}

// amountTags are those of the kinds of amount.
var amountTags = map[AmountKind]string{AmountNumber: "NUMBER", AmountMoney: "MONEY", AmountPercentage: "PERCENT"}

// WriteCoNLLU writes a document in the CoNLL-U format
// (https://universaldependencies.org/format.html), with id as its "# newdoc id"
// and a "# newpar" for each block. MISC holds SpaceAfter=No, the span of the
// token in code points of the text as TokenRange=start:end, and the place of the
// token in a name as NER=B-PER or NER=I-PER (PER, ORG, LOC, MISC) or in an amount
// (NUMBER, MONEY, PERCENT).
func WriteCoNLLU(w io.Writer, d *Doc, id string) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# newdoc id = %s\n", oneLine(id))
	names := make([]string, len(d.Tokens))
	for _, n := range d.Names {
		for i := n.From; i < n.To; i++ {
			names[i] = "I-" + nameTags[n.Type]
		}
		names[n.From] = "B-" + nameTags[n.Type]
	}
	for _, a := range d.Amounts() {
		for i := a.From; i < a.To; i++ {
			names[i] = "I-" + amountTags[a.Kind]
		}
		names[a.From] = "B-" + amountTags[a.Kind]
	}
	block := -1
	var points, at int // code points of d.Text before the byte at
	point := func(offset int) int {
		points += utf8.RuneCountInString(d.Text[at:offset])
		at = offset
		return points
	}
	for k, s := range d.Sentences {
		if s.Block != block {
			block = s.Block
			fmt.Fprintln(out, "# newpar")
		}
		fmt.Fprintf(out, "# sent_id = %s-%d\n", oneLine(id), k+1)
		fmt.Fprintf(out, "# text = %s\n", oneLine(d.Text[d.Tokens[s.From].Start:d.Tokens[s.To-1].End]))
		for i := s.From; i < s.To; i++ {
			t := &d.Tokens[i]
			head := 0
			if t.Head >= 0 {
				head = t.Head - s.From + 1
			}
			var misc []string
			if names[i] != "" {
				misc = append(misc, "NER="+names[i])
			}
			if i+1 < s.To && d.Tokens[i+1].Start == t.End || i+1 == s.To && i+1 < len(d.Tokens) && d.Tokens[i+1].Start == t.End {
				misc = append(misc, "SpaceAfter=No")
			}
			misc = append(misc, fmt.Sprintf("TokenRange=%d:%d", point(t.Start), point(t.End)))
			fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t_\t%d\t%s\t_\t%s\n", i-s.From+1, column(t.Form), column(t.Lemma), column(t.UPOS), column(t.XPOS), head, column(t.Deprel), strings.Join(misc, "|"))
		}
		fmt.Fprintln(out)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing CoNLL-U: %w", err)
	}
	return nil
}

func column(s string) string {
	if s == "" {
		return "_"
	}
	return s
}

// oneLine returns s with its line breaks and tabs as blanks; CoNLL-U has no
// other place for them.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return ' '
		}
		return r
	}, s)
}
