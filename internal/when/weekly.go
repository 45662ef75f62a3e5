package when

// weekly is a day of the week.
type weekly struct {
	weekday int // ISO
	dir     direction
	week    meaning // "Tuesday last week"; nil where the text names none
}

func (w weekly) resolve(a *anchor) result {
	if w.week != nil {
		r := w.week.resolve(a)
		if !r.dated {
			return result{}
		}
		return valueResult((weekInterval(r.days.First).First + Day(w.weekday-1)).String())
	}
	if !a.dated {
		return result{}
	}
	back := mod(a.published.Weekday()-w.weekday, 7) // days since the last such day
	ahead := mod(-back, 7)
	d := a.published - Day(back)
	switch w.dir {
	case last:
		if back == 0 {
			d -= 7
		}
	case next: // that day of the coming week: news copy says "on Friday" for the nearer one
		d = weekInterval(a.published).First + 7 + Day(w.weekday-1)
	case this:
		if a.tense() != past {
			d = a.published + Day(ahead)
		}
	default:
		// The present tense with a day is the timetable's: "the team plays on Friday".
		if t := a.tense(); t == future || t == present {
			d = a.published + Day(ahead)
		}
	}
	return valueResult(d.String())
}

// weekend is the Saturday and Sunday of a week.
type weekend struct{ dir direction }

func (w weekend) resolve(a *anchor) result {
	if !a.dated {
		return result{}
	}
	sat := weekInterval(a.published).First + 5 // of this week
	switch {
	case w.dir == next:
		sat += 7
	case w.dir == last:
		sat -= 7
	case w.dir == free && a.tense() != future && a.published < sat:
		sat -= 7
	}
	return valueResult(weekValue(sat) + "-WE")
}

// weekdayAfter is "the following Tuesday": the first one after the date named.
type weekdayAfter int

func (w weekdayAfter) resolve(a *anchor) result {
	base, ok := a.base(true)
	if !ok {
		return result{}
	}
	return valueResult((base + Day(mod(int(w)-base.Weekday()-1, 7)) + 1).String())
}

// weekdayEnd is the last day of "from Monday to Wednesday". Where no past tense
// speaks against it, days that the publication lies among are meant: "is on a
// visit from Tuesday to Friday", printed on a Thursday.
type weekdayEnd struct {
	weekly
	start int // ISO weekday of the first day
}

func (w weekdayEnd) resolve(a *anchor) result {
	if !a.dated || w.week != nil || w.dir != free || a.tense() == past {
		return w.weekly.resolve(a)
	}
	ahead := mod(w.weekday-a.published.Weekday(), 7)
	if ahead <= mod(w.weekday-w.start, 7) {
		return valueResult((a.published + Day(ahead)).String())
	}
	return w.weekly.resolve(a)
}

// weekdayUpTo is the first day of "from Monday to Wednesday": the last Monday
// before the end.
type weekdayUpTo struct {
	weekday int
	end     meaning
}

func (w weekdayUpTo) resolve(a *anchor) result {
	r := w.end.resolve(a)
	if !r.dated {
		return result{}
	}
	return valueResult((r.days.First - Day(mod(r.days.First.Weekday()-w.weekday, 7))).String())
}
