package nlp

import "strings"

// AmountKind is what an amount is one of.
type AmountKind string

// The kinds of amount.
const (
	AmountNumber     AmountKind = "number"     // "36", "two dozen", "1.5 million"
	AmountMoney      AmountKind = "money"      // "$7.2bn", "40 million euros", "USD 500"
	AmountPercentage AmountKind = "percentage" // "7.5 %", "ten per cent", "3 percentage points"
)

// Amount is a run of tokens that states a number, and what of.
type Amount struct {
	From, To int // half-open range in Doc.Tokens
	Kind     AmountKind
}

// Words of amounts, in small letters.
var (
	// Scales follow a number: "7.2 bn", "two dozen".
	scales = set("hundred thousand million billion trillion dozen k m mn bn tn crore lakh")
	// Units of money, one and many. A "pound" may be a weight, but news in
	// pounds is of money: "a 40-pound bomb" has a hyphen.
	currencies = set("dollar dollars cent cents euro euros pound pounds pence yen yuan renminbi rupee rupees rouble roubles ruble rubles franc francs " +
		"peso pesos real reais rand rands lira liras riyal riyals dinar dinars dirham dirhams shekel shekels naira shilling shillings zloty zlotys " +
		"krona kronor krone kroner forint hryvnia hryvnias won baht ringgit rupiah taka afghani afghanis kwacha cedi cedis birr")
	// Codes of ISO 4217 and what the wires write for them.
	currencyCodes = set("USD EUR GBP JPY CNY RMB INR PKR RUB CHF SEK NOK DKK PLN CZK HUF UAH TRY ILS SAR AED QAR KWD EGP NGN KES ZAR BRL MXN ARS CLP COP CAD AUD NZD SGD HKD KRW THB MYR IDR PHP BDT AFN Rs")
)

func set(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// Amounts finds the amounts of the document, in text order, not overlapping.
// Numbers within names ("Boeing 737") are left to the names, those of dates
// ("12 May") stay, since only the resolver of times knows them.
func (d *Doc) Amounts() []Amount {
	var out []Amount
	named := 0
	for _, s := range d.Sentences {
		for i := s.From; i < s.To; {
			for named < len(d.Names) && d.Names[named].To <= i {
				named++
			}
			if named < len(d.Names) && d.Names[named].From <= i {
				i = min(d.Names[named].To, s.To)
				continue
			}
			if a, ok := d.amountAt(i, s); ok {
				out = append(out, a)
				i = a.To
				continue
			}
			i++
		}
	}
	return out
}

// amountAt reads the amount that begins with token i of sentence s.
func (d *Doc) amountAt(i int, s Sentence) (Amount, bool) {
	a := Amount{From: i, Kind: AmountNumber}
	if d.isCurrencyMark(i) && i+1 < s.To && d.isFigure(i+1) {
		a.To = d.figureEnd(i+1, s.To)
		a.Kind = AmountMoney
		return a, true // "$5 million", "Rs 500"
	}
	if !d.isFigure(i) {
		return a, false
	}
	a.To = d.figureEnd(i, s.To)
	form := func(k int) string {
		if k >= s.To {
			return ""
		}
		return strings.ToLower(d.Tokens[k].Form)
	}
	switch n := a.To; {
	case form(n) == "%", form(n) == "percent", form(n) == "pct":
		a.To, a.Kind = n+1, AmountPercentage
	case form(n) == "per" && form(n+1) == "cent":
		a.To, a.Kind = n+2, AmountPercentage
	case form(n) == "percentage" && strings.HasPrefix(form(n+1), "point"):
		a.To, a.Kind = n+2, AmountPercentage
	case currencies[form(n)], n < s.To && (d.isCurrencyMark(n) && form(n) != "$"):
		a.To, a.Kind = n+1, AmountMoney // "40 million euros", "500 PKR"
	case n+1 < s.To && strings.HasSuffix(d.Tokens[n].XPOS, "JJ") && currencies[form(n+1)]:
		a.To, a.Kind = n+2, AmountMoney // "500 Canadian dollars"
	}
	return a, true
}

// isFigure reports whether token i is a number or a word for one.
func (d *Doc) isFigure(i int) bool {
	t := &d.Tokens[i]
	if t.XPOS == "CD" || t.UPOS == "NUM" {
		return true
	}
	return t.Form[0] >= '0' && t.Form[0] <= '9' && t.UPOS != "PROPN" && strings.Trim(t.Form, "0123456789.,") == ""
}

// figureEnd is where the number ends that begins with token i.
func (d *Doc) figureEnd(i, end int) int {
	i++
	for i < end {
		low := strings.ToLower(d.Tokens[i].Form)
		switch {
		case scales[low], d.isFigure(i) && d.Tokens[i].Form[0] > '9':
			i++ // "7.2 million", "two hundred thousand"
		case low == "-" && i+1 < end && d.isFigure(i+1) && d.Tokens[i+1].Form[0] > '9':
			i += 2 // "twenty-one"
		default:
			return i
		}
	}
	return i
}

// isCurrencyMark reports whether token i is a sign or a code of money.
func (d *Doc) isCurrencyMark(i int) bool {
	form := d.Tokens[i].Form
	return d.Tokens[i].XPOS == "$" || strings.ContainsAny(form, "$€£¥₹₽₴₦₩₪₺") && len(form) <= 5 || currencyCodes[form]
}
