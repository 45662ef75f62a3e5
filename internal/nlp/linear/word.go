package linear

import (
	"unicode"
	"unicode/utf8"
)

// Word is what the classifiers see of one token: hashes of its form and its
// parts, and what the lexicon knows of it.
type Word struct {
	Form  uint32    // the normalised form
	Lower uint32    // the normalised form in lower case
	Pre   [3]uint32 // its first 1, 2, 3 letters in lower case
	Suf   [4]uint32 // its last 1, 2, 3, 4 letters in lower case
	Shape uint32    // "Xx", "d.d", "X-x": runs of one kind are one
	Flags Flags
	Entry
}

// Flags are facts about a form.
type Flags uint32

// The facts.
const (
	Capital  Flags = 1 << iota // begins with an upper-case letter
	AllCaps                    // has two letters or more, all upper-case
	HasDigit                   // has a digit
	HasHyphen
	NoLetter // has neither letter nor digit
)

// Case is what to make of a word's letters before it is looked at; headlines
// and lines in capitals say nothing by their case (see the nlp package).
type Case uint8

// The treatments of case.
const (
	AsWritten Case = iota
	Lowered        // read as if written in lower case
	Titled         // read as if only its first letter were upper-case
)

// longest is the number of bytes of a form that are looked at.
const longest = 96

// appendNorm appends the form as the classifiers see it: typographic quotes,
// dashes and dots as a typewriter has them, every digit as 0, nothing invisible.
func appendNorm(dst []byte, form string, c Case) []byte {
	if len(form) > longest {
		cut := longest
		for cut > 0 && !utf8.RuneStart(form[cut]) {
			cut--
		}
		form = form[:cut]
	}
	first := true
	for _, r := range form {
		switch {
		case r < utf8.RuneSelf:
			switch {
			case '0' <= r && r <= '9':
				r = '0'
			case r == '`':
				r = '\''
			}
		case r == '‘' || r == '’' || r == 'ʼ' || r == '′' || r == '´':
			r = '\''
		case r == '“' || r == '”' || r == '„' || r == '«' || r == '»' || r == '″':
			r = '"'
		case r == '—' || r == '―':
			dst = append(dst, '-')
			r = '-'
		case r == '–' || r == '‐' || r == '‑' || r == '−':
			r = '-'
		case r == '…':
			dst = append(dst, '.', '.')
			r = '.'
		case unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsDigit(r):
			r = '0'
		}
		switch {
		case c == Lowered, c == Titled && !first:
			r = unicode.ToLower(r)
		case c == Titled && first:
			r = unicode.ToUpper(r)
		}
		first = false
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// Scratch is the working memory of one goroutine.
type Scratch struct {
	norm, low, shape []byte
	feats            []uint32
	scores           []int32
	state            State
	lattice          []int32
	back             []uint8
}

// Look fills in what the classifiers need to know of a form.
func (l *Lexicon) Look(form string, c Case, s *Scratch) Word {
	var w Word
	s.norm = appendNorm(s.norm[:0], form, c)
	s.low, s.shape = s.low[:0], s.shape[:0]
	letters, upper := 0, 0
	var last byte
	for i, r := range string(s.norm) {
		kind := byte(0)
		switch {
		case 'a' <= r && r <= 'z':
			kind = 'x'
			letters++
		case 'A' <= r && r <= 'Z':
			kind = 'X'
			letters++
			upper++
			r += 'a' - 'A'
		case r == '0':
			kind = 'd'
			w.Flags |= HasDigit
		case r < utf8.RuneSelf:
			kind = byte(r)
			if r == '-' {
				w.Flags |= HasHyphen
			}
		case unicode.IsUpper(r):
			kind = 'X'
			letters++
			upper++
			r = unicode.ToLower(r)
		case unicode.IsLetter(r):
			kind = 'x'
			letters++
		default:
			kind = '?'
		}
		if i == 0 && kind == 'X' {
			w.Flags |= Capital
		}
		if kind != last && len(s.shape) < 8 {
			s.shape = append(s.shape, kind)
		}
		last = kind
		s.low = utf8.AppendRune(s.low, r)
	}
	if letters >= 2 && upper == letters {
		w.Flags |= AllCaps
	}
	if letters == 0 && w.Flags&HasDigit == 0 {
		w.Flags |= NoLetter
	}
	w.Form = hashBytes(s.norm)
	w.Lower = hashBytes(s.low)
	w.Shape = hashBytes(s.shape)
	for i, n := 0, 0; i < len(w.Pre) && n < len(s.low); i++ {
		_, size := utf8.DecodeRune(s.low[n:])
		n += size
		w.Pre[i] = hashBytes(s.low[:n])
	}
	for i, n := 0, len(s.low); i < len(w.Suf) && n > 0; i++ {
		_, size := utf8.DecodeLastRune(s.low[:n])
		n -= size
		w.Suf[i] = hashBytes(s.low[n:])
	}
	w.Entry = l.entry(w.Lower)
	w.Sure = l.sure(w.Form)
	return w
}
