package said

// mute reports whether a source has no words of its own, so that its verb is a figure of
// speech: "the storm claimed nine lives", "the war revealed a side of him", "the parade
// celebrates the guard". A name is never mute ("the Storm said they would appeal"), nor
// is a noun that joins a name or a speaker in one phrase ("the strike committee said").
func (r *reading) mute(s source) bool {
	return s.head >= 0 && r.tok(s.head).UPOS == "NOUN" && r.acts.mute[r.lemma(s.head)] && r.quoteAt[s.head] < 0
}
