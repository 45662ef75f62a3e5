package when

// tense is where a clause stands to the time of writing.
type tense uint8

const (
	unknown tense = iota
	past
	future
	present
)

// anchor is what an expression counts from.
type anchor struct {
	published Day
	dated     bool // published is known
	ref       Interval
	hasRef    bool // ref is the last date that the text named
	near      Day  // the day of the sentence, for clock times without one
	hasNear   bool
	tenseOf   func() tense
}

func (a *anchor) tense() tense { return a.tenseOf() }

// base is the day to count from: that of publication, or the last date named.
func (a *anchor) base(ref bool) (Day, bool) {
	if ref {
		return a.ref.First, a.hasRef
	}
	return a.published, a.dated
}
