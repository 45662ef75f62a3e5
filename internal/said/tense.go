package said

// otherTense reports whether verb c stands in a tense in which it cannot be joined
// to the finite verb v: what is told and the telling differ.
func (r *reading) otherTense(c, v int) bool {
	a, b := r.tense(c), r.tense(v)
	return a != "" && b != "" && a != b
}

// tense is the tag of the finite form in the group of verb v: VBD, VBZ (or VBP) or
// MD; "" where it has none.
func (r *reading) tense(v int) string {
	tag := func(i int) string {
		if !r.finite(i) {
			return ""
		}
		if x := r.tok(i).XPOS; x != "VBP" {
			return x
		}
		return "VBZ"
	}
	if t := tag(v); t != "" {
		return t
	}
	for _, a := range r.doc.Children(v) {
		if a < v && r.rel(a, "aux", "cop") {
			if t := tag(a); t != "" {
				return t
			}
		}
	}
	return ""
}
