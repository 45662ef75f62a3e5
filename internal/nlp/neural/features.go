package neural

import "unicode"

// What the network sees of a word. training/neural/features.py says the same in
// Python; a test holds the two together.

// maxShape is the number of letters of a shape.
const maxShape = 8

var prefixes, suffixes = [...]int{1, 2, 3}, [...]int{1, 2, 3, 4, 5}

// fold appends the word in small letters with plain quotes and dashes.
func fold(dst []rune, form string) []rune {
	for _, r := range form {
		switch r {
		case '’', '‘':
			dst = append(dst, '\'')
		case '“', '”':
			dst = append(dst, '"')
		case '–':
			dst = append(dst, '-')
		case '—':
			dst = append(dst, '-', '-')
		case '…':
			dst = append(dst, '.', '.', '.')
		default:
			if r < 0x80 {
				if 'A' <= r && r <= 'Z' {
					r += 'a' - 'A'
				}
			} else {
				r = unicode.ToLower(r)
			}
			dst = append(dst, r)
		}
	}
	return dst
}

// zeroed makes every digit 0.
func zeroed(word []rune) {
	for i, r := range word {
		if '0' <= r && r <= '9' {
			word[i] = '0'
		}
	}
}

// shape appends "Xx" for "Kabul", "X.X." for "U.N.", "dd" for "2031": runs
// longer than two count as two.
func shape(dst []rune, form string) []rune {
	for _, r := range form {
		n := 1
		switch r {
		case '’', '‘':
			r = '\''
		case '“', '”':
			r = '"'
		case '–':
			r = '-'
		case '—':
			r, n = '-', 2
		case '…':
			r, n = '.', 3
		default:
			switch {
			case 'a' <= r && r <= 'z':
				r = 'x'
			case 'A' <= r && r <= 'Z':
				r = 'X'
			case '0' <= r && r <= '9':
				r = 'd'
			case r < 0x80:
			case unicode.IsUpper(r) || unicode.IsTitle(r):
				r = 'X'
			case unicode.IsLetter(r):
				r = 'x'
			}
		}
		for range n {
			if k := len(dst); k >= 2 && dst[k-1] == r && dst[k-2] == r {
				continue
			}
			if dst = append(dst, r); len(dst) == maxShape {
				return dst
			}
		}
	}
	return dst
}

const (
	fnvBasis = 2166136261
	fnvPrime = 16777619
)

// hash is FNV-1a, 32 bits, of the kind and the UTF-8 bytes of the word.
func hash(kind byte, word []rune) uint32 {
	h := uint32(fnvBasis)
	if kind != 0 {
		h = (h ^ uint32(kind)) * fnvPrime
	}
	for _, r := range word {
		if r < 0x80 {
			h = (h ^ uint32(r)) * fnvPrime
			continue
		}
		for _, b := range []byte(string(r)) {
			h = (h ^ uint32(b)) * fnvPrime
		}
	}
	return h
}

// affixes calls row with the hash of each piece of a word that has a row of its
// own; low is the word folded and zeroed.
func affixes(form string, low []rune, buf []rune, row func(uint32)) {
	row(hash('h', shape(buf[:0], form)))
	for _, n := range prefixes {
		if len(low) > n {
			row(hash('p', low[:n]))
		}
	}
	for _, n := range suffixes {
		if len(low) > n {
			row(hash('s', low[len(low)-n:]))
		}
	}
}
