package when

// easter is Easter Sunday of the Gregorian computus (Meeus, Jones, Butcher).
func easter(year int) Day {
	a, b, c := mod(year, 19), floorDiv(year, 100), mod(year, 100)
	d, e := floorDiv(b, 4), mod(b, 4)
	g := floorDiv(8*b+13, 25)
	h := mod(19*a+b-d-g+15, 30)
	i, k := floorDiv(c, 4), mod(c, 4)
	l := mod(32+2*e+2*i-h-k, 7)
	n := floorDiv(a+11*h+22*l, 451)
	x := h + l - 7*n + 114
	return DayOf(year, x/31, x%31+1)
}

// orthodoxEaster is Easter Sunday of the Julian computus (Meeus), as a
// Gregorian day.
func orthodoxEaster(year int) Day {
	a, b, c := mod(year, 4), mod(year, 7), mod(year, 19)
	d := mod(19*c+15, 30)
	e := mod(2*a+4*b-d+34, 7)
	x := d + e + 114
	julian := DayOf(year, x/31, x%31+1)
	return julian + Day(floorDiv(year, 100)-floorDiv(year, 400)-2)
}

// nthWeekday is the nth weekday of a month, the last for n = −1.
func nthWeekday(year, month, weekday, n int) Day {
	if n < 0 {
		d := DayOf(year, month+1, 1) - 1
		return d - Day(mod(d.Weekday()-weekday, 7))
	}
	d := DayOf(year, month, 1)
	return d + Day(mod(weekday-d.Weekday(), 7)+7*(n-1))
}

// hijriIn returns the day of a Gregorian year on which a date of the tabular
// Islamic calendar falls (civil epoch, leap years 2, 5, 7, 10, 13, 16, 18, 21,
// 24, 26 and 29 of the cycle), the first where it falls twice.
func hijriIn(year, month, day int) (Day, bool) {
	const epoch = -492148 // 1 Muharram 1, 19 July 622 Gregorian
	h := floorDiv((year-622)*33, 32) - 1
	for range 4 {
		d := epoch + floorDiv(10631*(h-1)+14, 30) + (59*(month-1)+1)/2 + day - 1
		// floorDiv(10631(h−1)+14, 30) is 354(h−1) and the leap days before year h.
		if y, _, _ := Day(d).Date(); y == year {
			return Day(d), true
		}
		h++
	}
	return 0, false
}
