package who

// beforePhrase reports whether a token belongs to what stands before a phrase
// and not to it, whatever the parse says: a time ("Yesterday police", "Earlier
// this year rebels"), what comes before an article or an owner ("In March its
// minister"), the outcome of a verb ("shot dead two gunmen", "set free 12
// pupils").
func (a *article) beforePhrase(k int, p *phrase) bool {
	t, next := a.doc.Tokens[k], a.doc.Tokens[k+1]
	if hyphen(t.Form) || hyphen(next.Form) || k > 0 && hyphen(a.doc.Tokens[k-1].Form) || a.nameAt[k] >= 0 {
		return false
	}
	switch {
	case timeNouns[a.lower(k)] || a.isCalendarWord(k) && capitalised(t.Form):
		return !possessive(next.Form) && (next.UPOS != "ADP" || k+1 >= p.start)
	case next.UPOS == "DET" && next.Deprel != "advmod" || next.UPOS == "PRON" && next.Deprel == "nmod:poss":
		return !predeterminers[a.lower(k)] && k+1 < p.head && !a.ownerWords(k+1, p)
	case t.UPOS == "ADJ" && next.UPOS == "NUM":
		return !countAdjectives[a.lower(k)] && (k == p.from || a.doc.Tokens[k-1].UPOS != "DET")
	case t.XPOS == "WRB":
		return true // "When opposition fighters came"
	case k == p.from && (t.XPOS == "VBG" || t.XPOS == "VBN" || t.XPOS == "VBD"):
		return a.verbBefore(k, p)
	case t.UPOS == "ADP" && (next.Form == "least" || next.Form == "most"):
		return false // "at least 40 pupils"
	case t.UPOS == "ADP" && !capitalised(t.Form):
		return !a.ownerWords(k, p) // "in the rain outside parliament"
	case k > 0 && timeNouns[a.lower(k-1)] && (a.lower(k) == "later" || a.lower(k) == "earlier" || a.lower(k) == "ago"):
		return true // "Three days later soldiers"
	case a.lower(k) == "dead" && k > 0:
		return a.lower(k-1) == "shot" || a.lower(k-1) == "gunned"
	}
	return false
}

// verbBefore reports whether the participle at the front of a phrase is the verb
// that the phrase is the object of: "had “repelled bandits”", "accused of
// targeting civilians"; not in "talks between warring parties".
func (a *article) verbBefore(k int, p *phrase) bool {
	j := k - 1
	for j >= 0 && !hasAlphanumeric(a.doc.Tokens[j].Form) && a.quoteMark(j) {
		j--
	}
	if j < 0 || p.start == k || a.doc.SentenceOf(j) != a.doc.SentenceOf(k) {
		return false
	}
	prev := a.doc.Tokens[j]
	if a.doc.Tokens[k].XPOS != "VBG" {
		return prev.UPOS == "AUX" && prev.Lemma == "have"
	}
	switch a.lower(j) {
	case "of", "for", "by", "without":
		return p.of < 0 && !standing[a.lower(k)]
	}
	return gerundVerbs[a.headLemma(j)] && prev.UPOS == "VERB" && !standing[a.lower(k)]
}

// gerundVerbs take what is done or not done for their object: "denied targeting
// civilians".
var gerundVerbs = set("deny", "admit", "avoid", "stop", "begin", "start", "continue", "keep", "consider", "suggest", "recommend", "finish", "risk",
	"justify", "resume", "oppose", "acknowledge", "quit", "cease")

// standing are participles that describe whom they stand before.
var standing = set("warring", "opposing", "ruling", "visiting", "surviving", "remaining", "leading", "governing", "neighbouring", "neighboring",
	"fighting", "protesting", "competing", "rival", "supporting", "working", "sitting", "standing", "serving", "retiring", "fleeing", "returning",
	"advancing", "retreating", "invading", "occupying", "participating", "donating", "voting", "striking", "breakaway", "dissenting", "mediating", "prevailing", "existing")

func (a *article) quoteMark(i int) bool {
	switch a.doc.Tokens[i].Form {
	case "“", "\"", "``", "‘", "'", "«", "„":
		return true
	}
	return false
}

// ownerWords reports whether a token lies in the words of a phrase's owner:
// the "the" of "both the group's leaders".
func (a *article) ownerWords(k int, p *phrase) bool {
	for j := k; j < p.start; j++ {
		if possessive(a.doc.Tokens[j].Form) {
			return true
		}
	}
	return false
}

// timeNouns end an adverbial of time.
var timeNouns = set("yesterday", "today", "tonight", "tomorrow", "week", "month", "year", "weekend", "night", "morning", "evening",
	"afternoon", "days", "weeks", "months", "years", "hours", "minutes", "fortnight", "decade", "century", "midnight", "noon")

var predeterminers = set("all", "both", "half", "such", "many", "what", "quite", "only", "not")

// countAdjectives stand before numbers.
var countAdjectives = set("other", "last", "first", "next", "past", "further", "additional", "more", "least", "nearly", "top", "remaining",
	"final", "previous", "estimated", "same", "only", "about", "most", "many", "several", "new", "final", "opening", "early", "total")

// verbAsPlural reports a verb that the tagger takes for a plural: in headlines
// ("President resigns"), before what is said ("The ministry confirms it has
// shut the bridge") and after a report ("The report documents 11 cases").
func (a *article) verbAsPlural(i int) bool {
	if a.doc.Tokens[i].XPOS != "NNS" || i == 0 {
		return false
	}
	verb := speaks[a.headLemma(i)]
	if a.headline(i) && (verb || stateVerbs[a.headLemma(i)]) {
		return true
	}
	if i+1 >= len(a.doc.Tokens) {
		return false
	}
	next := a.doc.Tokens[i+1]
	switch a.lower(i) {
	case "documents", "details", "lists", "describes", "cites":
		r := a.lex.roles[a.lower(i-1)]
		return r != nil && r.class == documentClass && (next.UPOS == "NUM" || next.UPOS == "DET" || next.UPOS == "ADV")
	}
	if !verb {
		return false
	}
	switch a.lower(i + 1) {
	case "it", "he", "she", "they", "that", "there", "we":
		return true
	}
	return false
}

// pressNouns are things whose first noun is that of a body.
var pressNouns = set("press conference", "press briefing", "press release", "press statement", "press freedom", "press card",
	"customs duty", "customs post", "customs union", "customs clearance", "customs data", "police station", "army base", "bank account",
	"bank note", "bank robbery", "bank loan", "court case", "court order", "court hearing", "court document", "party congress")
