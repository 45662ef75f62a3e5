package what

// inflections maps the regular forms of lemmas back to them. A statistical
// lemmatiser errs on verbs it has seen little of ("shelled" → "shel"); the
// triggers are known, so their forms can be.
func inflections(lemmas map[string][]*rule, verb bool) map[string]string {
	forms := map[string]string{}
	add := func(form, lemma string) {
		// A shorter lemma never takes the form of another: "raped" is "rape",
		// not "rap"; equal claims are settled by the alphabet.
		if have, ok := forms[form]; !ok || len(lemma) > len(have) || len(lemma) == len(have) && lemma < have {
			forms[form] = lemma
		}
	}
	for lemma := range lemmas {
		for _, form := range regular(lemma, verb) {
			if lemmas[form] == nil {
				add(form, lemma)
			}
		}
	}
	return forms
}

// pastForms is irregular.tsv: the lemma of each irregular past form.
type pastForms map[string]pastForm

type pastForm struct {
	lemma string
	only  bool // it is no present and no noun as well
}

func (t tables) loadPastForms() (pastForms, error) {
	forms := pastForms{}
	err := t.rows("irregular.tsv", func(r row) error {
		if r.cell[2] != "past" && r.cell[2] != "both" {
			return r.wrong(2, "", "write past, or both for a form that is a present too", "unknown mark %q", r.cell[2])
		}
		if _, ok := forms[r.cell[0]]; !ok {
			forms[r.cell[0]] = pastForm{r.cell[1], r.cell[2] == "past"}
		}
		return nil
	})
	return forms, err
}

// regular lists the regular inflected forms of a lemma.
func regular(lemma string, verb bool) []string {
	n := len(lemma)
	if n < 3 {
		return nil
	}
	last, before := lemma[n-1], lemma[n-2]
	consonantY := last == 'y' && !vowel(before)
	var forms []string
	switch {
	case consonantY:
		forms = append(forms, lemma[:n-1]+"ies")
	case last == 's' || last == 'x' || last == 'z' || last == 'h':
		forms = append(forms, lemma+"es", lemma+"s")
	default:
		forms = append(forms, lemma+"s")
	}
	if !verb {
		return forms
	}
	switch {
	case consonantY:
		forms = append(forms, lemma[:n-1]+"ied", lemma+"ing")
	case last == 'e':
		forms = append(forms, lemma+"d", lemma[:n-1]+"ing")
	default:
		forms = append(forms, lemma+"ed", lemma+"ing")
		if !vowel(last) && vowel(before) && last != 'w' && last != 'y' && last != 'x' {
			forms = append(forms, lemma+string(last)+"ed", lemma+string(last)+"ing")
		}
	}
	return forms
}

func vowel(b byte) bool {
	return b == 'a' || b == 'e' || b == 'i' || b == 'o' || b == 'u'
}
