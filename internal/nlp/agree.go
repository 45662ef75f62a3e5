package nlp

import "strings"

// agree makes the names of a document agree with each other. The tagger reads one
// sentence at a time; what a name is, the rest of the text often says more plainly:
//
//   - one that is tagged in different ways takes the type of most of its mentions:
//     "Orlan shut the plant. … workers at Orlan … Orlan’s offer";
//   - a lone name that ends a person's longer one is that person's, unless it is a
//     place: "Mara Velin … Velin said";
//   - a proper noun that is twice a name elsewhere is one here too: "ENA and NRC met.
//     … says ENA … asks ENA";
//   - files and addresses are no names: "see stocks.pdf".
func (d *Doc) agree() {
	kept := d.Names[:0]
	for _, n := range d.Names {
		if n.To-n.From > 1 || !isAddress(d.Tokens[n.From].Form) {
			kept = append(kept, n)
		}
	}
	d.Names = kept
	if len(d.Names) < 2 {
		return
	}
	seen := make(map[string]*tally, len(d.Names))
	people := map[string]bool{} // last words of persons' longer names
	for _, n := range d.Names {
		s := d.surface(n)
		t := seen[s]
		if t == nil {
			t = &tally{first: n}
			seen[s] = t
		}
		t.count[typeNumber(n.Type)]++
		if n.Type == NamePerson && n.To-n.From > 1 {
			people[d.Tokens[n.To-1].Form] = true
		}
	}
	for i, n := range d.Names {
		t := seen[d.surface(n)]
		if most, ok := t.most(); ok {
			d.Names[i].Type = most
		}
		if n.To == n.From+1 && people[d.Tokens[n.From].Form] && d.Names[i].Type != NamePlace {
			d.Names[i].Type = NamePerson
		}
	}
	d.findAgain(seen)
}

// tally is how the mentions of one name are tagged.
type tally struct {
	first Name
	count [len(nameTypes)]int
}

// most is the type that more mentions have than any other; ok is false on a tie.
func (t *tally) most() (_ NameType, ok bool) {
	best, tie := 0, false
	for k := 1; k < len(t.count); k++ {
		switch {
		case t.count[k] > t.count[best]:
			best, tie = k, false
		case t.count[k] == t.count[best]:
			tie = true
		}
	}
	return nameTypes[best], !tie
}

func (t *tally) all() (n int) {
	for _, c := range t.count {
		n += c
	}
	return n
}

// findAgain adds the mentions of names that are tagged twice elsewhere.
func (d *Doc) findAgain(seen map[string]*tally) {
	firsts := map[string][]*tally{} // by the first word
	for _, n := range d.Names {
		if t := seen[d.surface(n)]; t.first == n && t.all() > 1 {
			form := d.Tokens[n.From].Form
			firsts[form] = append(firsts[form], t)
		}
	}
	if len(firsts) == 0 {
		return
	}
	var out []Name
	named := 0
	for _, s := range d.Sentences {
		for i := s.From; i < s.To; {
			if named < len(d.Names) && d.Names[named].From <= i {
				i = max(i+1, d.Names[named].To)
				out = append(out, d.Names[named])
				named++
				continue
			}
			end := s.To
			if named < len(d.Names) {
				end = min(end, d.Names[named].From)
			}
			if n, ok := d.again(i, end, firsts[d.Tokens[i].Form]); ok {
				out = append(out, n)
				i = n.To
				continue
			}
			i++
		}
	}
	d.Names = out
}

// again is the longest of the names that stands at token i and ends by end.
func (d *Doc) again(i, end int, names []*tally) (best Name, ok bool) {
	for _, t := range names {
		n := t.first.To - t.first.From
		most, clear := t.most()
		if !clear || i+n > end || n <= best.To-best.From || !isProper(d.Tokens[i].XPOS) {
			continue
		}
		same := true
		for k := range n {
			same = same && d.Tokens[i+k].Form == d.Tokens[t.first.From+k].Form
		}
		if same && (i+n == end || !isProper(d.Tokens[i+n].XPOS)) && (i == 0 || !isProper(d.Tokens[i-1].XPOS)) {
			best, ok = Name{From: i, To: i + n, Type: most}, true
		}
	}
	return best, ok
}

func isProper(xpos string) bool { return xpos == "NNP" || xpos == "NNPS" }

// surface is the name as it is written, but for white space.
func (d *Doc) surface(n Name) string {
	if n.To == n.From+1 {
		return d.Tokens[n.From].Form
	}
	var b strings.Builder
	for i := n.From; i < n.To; i++ {
		b.WriteString(d.Tokens[i].Form)
		b.WriteByte(' ')
	}
	return b.String()
}

// typeNumber is the index of a type in nameTypes.
func typeNumber(t NameType) int {
	for i, x := range nameTypes {
		if x == t {
			return i
		}
	}
	return len(nameTypes) - 1
}

// isAddress reports whether a word is an address or the name of a file.
func isAddress(form string) bool {
	if strings.Contains(form, "@") || strings.Contains(form, "://") || strings.HasPrefix(form, "www.") {
		return true
	}
	_, ending, ok := strings.Cut(form, ".")
	switch ending {
	case "pdf", "doc", "docx", "xls", "xlsx", "ppt", "txt", "csv", "jpg", "jpeg", "png", "gif", "zip", "exe", "htm", "html":
		return ok
	}
	return false
}
