package what

// isReady reports whether an adjective says what somebody would do: "is willing
// to talk", "are prepared to free the captives".
func (r *reading) isReady(i int) bool {
	switch r.lemma[i] {
	case "willing", "ready", "prepared":
		return r.doc.Child(i, "cop") >= 0 && r.doc.Child(i, "xcomp", "advcl", "ccomp") >= 0
	}
	return false
}
