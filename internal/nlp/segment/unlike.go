package segment

import "strings"

// unlike returns the length of a token at text[i:j] that begins with n letters and
// goes on unlike other words, 0 where it does not: names of files ("plan.pdf") and of
// newsgroups ("rec.food.cooking"), addresses cut by an archive ("mari...@karva.org"),
// a name at a host ("Velin@PORT"), "b/c" and the like, and "its" for "it's".
func unlike(text string, i, j, n int) int {
	s := text[i:j]
	if n == len(s) {
		if n == 3 && strings.EqualFold(s, "its") && isClause(text[j:]) {
			return 2
		}
		return 0
	}
	switch s[n] {
	case '.':
		if strings.HasPrefix(s[n:], "...@") {
			if m := mailOrHost(s[n+3:]); m > 0 {
				return n + 3 + m
			}
			if m := hostEnd(s[n+4:]); m > 0 {
				return n + 4 + m
			}
		}
		if n+1 < len(s) {
			return dotted(s, n)
		}
	case '@':
		if m := wordEnd(s[n+1:]); m > 0 && isLetterAt(s) {
			return n + 1 + m
		}
	case '/':
		switch strings.ToLower(s[:min(len(s), n+2)]) {
		case "b/c", "w/o", "l/c", "i/c", "n/a":
			if wordEnd(s[n+1:]) == 1 {
				return n + 2
			}
		case "w/":
			return n + 1
		}
	}
	return 0
}

// hostEnd returns the length of the host name at s.
func hostEnd(s string) int {
	n, dots := wordEnd(s), 0
	for n > 0 && n+1 < len(s) && (s[n] == '.' || s[n] == '-') && dots < 6 {
		m := wordEnd(s[n+1:])
		if m == 0 {
			break
		}
		n, dots = n+1+m, dots+1
	}
	if dots == 0 {
		return 0
	}
	return n
}

// endings are the ends of the names of files.
var endings = map[string]bool{
	"doc": true, "docx": true, "pdf": true, "xls": true, "xlsx": true, "ppt": true, "txt": true, "csv": true, "rtf": true,
	"htm": true, "html": true, "php": true, "jpg": true, "jpeg": true, "png": true, "gif": true, "zip": true, "exe": true,
	"mp3": true, "mp4": true, "avi": true, "url": true,
}

// dotted returns the length of the name with dots at s, whose first part is n long:
// a file, or three words in small letters or more.
func dotted(s string, n int) int {
	parts, last := 1, 0
	m := n
	for parts < 8 && m < len(s) && s[m] == '.' {
		k := wordEnd(s[m+1:])
		if k == 0 {
			break
		}
		last = m + 1
		m += 1 + k
		parts++
	}
	if parts < 2 || m < len(s) && s[m] == '@' {
		return 0
	}
	if endings[strings.ToLower(s[last:m])] {
		return m
	}
	if parts < 3 {
		return 0
	}
	for k := range m {
		c := s[k]
		if c != '.' && (c < 'a' || c > 'z') || c == '.' && (k < 2 || s[k-2] == '.') {
			return 0
		}
	}
	return m
}

// isClause reports whether the words after "its" show that "it's" is meant.
func isClause(s string) bool {
	if s == "" || s[0] != ' ' {
		return false
	}
	n := 1 + wordEnd(s[1:])
	if n < len(s) && s[n] == '-' {
		return false // "its not-for-profit arm"
	}
	switch s[1:n] {
	case "a", "an", "the", "not", "been", "really", "simply", "definitely", "like", "for", "from", "nothing", "getting":
		return true
	}
	return false
}

// emoticon returns the length of the emoticon at the beginning of s, 0 where there
// is none. First is true where s begins a run without white space.
func emoticon(done []Piece, text, s string, first bool) int {
	n := 0
	switch s[0] {
	case ':', ';', '=':
		n = 1
		if n < len(s) && (s[n] == '-' || s[n] == '\'') {
			n++
		}
		if n == len(s) || strings.IndexByte(")(DPpOo/\\|]*", s[n]) < 0 {
			return 0
		}
		mark := s[n]
		n++
		if isWordByte(mark) && (s[0] == '=' || n < len(s)) || strings.IndexByte("/\\|]*", mark) >= 0 && n < len(s) {
			return 0
		}
		for n < len(s) && s[n] == mark && mark == ')' {
			n++
		}
	case '^':
		if !strings.HasPrefix(s, "^_^") && !strings.HasPrefix(s, "^^") {
			return 0
		}
		n = strings.LastIndexByte(s[:min(len(s), 3)], '^') + 1
	case '<':
		if !strings.HasPrefix(s, "<3") || len(s) > 2 {
			return 0
		}
		n = 2
	default:
		return 0
	}
	if n < len(s) && isWordAt(s[n:]) {
		return 0
	}
	if s[n-1] == ')' && !first {
		// "(the port:)" closes a bracket.
		for k := len(done) - 1; k >= 0 && k > len(done)-40; k-- {
			if text[done[k].Start] == '(' {
				return 0
			}
		}
	}
	return n
}
