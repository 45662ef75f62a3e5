package segment

import "strings"

// longestAddress bounds how far a web address is followed.
const longestAddress = 2048

// webAddress returns the length of the web or mail address that s begins with,
// 0 where there is none. A mark that ends the sentence is no part of it.
func webAddress(s string) int {
	n := 0
	switch s[0] {
	case 'h', 'H', 'f', 'w', 'W', 'm':
		for _, p := range [...]string{"http://", "https://", "www.", "Http://", "Https://", "Www.", "ftp://", "mailto:"} {
			if strings.HasPrefix(s, p) && len(s) > len(p) {
				n = len(p)
				break
			}
		}
	}
	if n == 0 {
		n = mailOrHost(s)
		if n == 0 || n == len(s) || s[n] != '/' {
			return n
		}
	}
	for n < len(s) && n < longestAddress && !strings.ContainsRune("\"<>“”’‘«»|", rune(s[n])) && s[n] < 0x80 {
		n++
	}
	for n > 0 && strings.IndexByte(".,;:!?)]}'*_", s[n-1]) >= 0 {
		if s[n-1] == ')' && strings.Count(s[:n], "(") >= strings.Count(s[:n], ")") {
			break
		}
		n--
	}
	return n
}

// hosts are the last parts of host names that are read as such without a
// scheme before them: "onrecord.org", "port.gov.uk".
var hosts = map[string]bool{
	"com": true, "org": true, "net": true, "gov": true, "edu": true, "mil": true, "int": true, "info": true,
	"uk": true, "eu": true, "de": true, "fr": true, "ru": true, "cn": true, "in": true, "pk": true, "ir": true,
	"jp": true, "au": true, "ca": true, "il": true, "tv": true, "io": true, "co": true, "ua": true, "news": true,
}

// mailOrHost returns the length of the mail address or host name at s, or 0.
func mailOrHost(s string) int {
	const longest = 64 // of one part
	part := func(n int) int {
		m := n
		for m < len(s) && m-n < longest && (isWordByte(s[m]) || s[m] == '-' || s[m] == '_' || s[m] == '+' || s[m] == '%') {
			m++
		}
		return m
	}
	n, dots, mail := part(0), 0, false
	last := 0
	for dots < 6 && n < len(s) && n > last {
		switch {
		case s[n] == '@' && !mail:
			mail, dots = true, 0
		case s[n] == '.':
			dots++
		default:
			dots = 7
			continue
		}
		m := part(n + 1)
		if m == n+1 {
			break
		}
		last, n = n+1, m
	}
	if dots == 0 || last == 0 || n > len(s) || s[last-1] != '.' {
		return 0
	}
	end := s[last:n]
	if mail {
		if len(end) < 2 {
			return 0
		}
		return n
	}
	// "year.In" is a missing blank, "Reuters.com" is not.
	if !hosts[end] || strings.ContainsAny(s[:n], "_%+") || len(end) == 2 && strings.Count(s[:n], ".") < 2 {
		return 0
	}
	return n
}
