// Package markup brings documents of XML, as newsrooms really send them, into a
// form that a parser of XML takes: feeds, sitemaps, OPML and wire formats.
package markup

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Reasons why a document is not decoded.
var (
	ErrNoMarkup = errors.New("the document is not XML")
	ErrTooDeep  = errors.New("the document's elements are nested too deep")
)

// MaxDepth is how deep elements may be nested: parsers that call themselves for
// each of them end the program far above it.
const MaxDepth = 1000

// Decode returns the document as UTF-8, without byte order mark, without its
// XML declaration (which would name an encoding that it no longer has), without
// what stands before its first element and without characters that XML does not
// have; one that is nested too deep is refused. ContentType is that of HTTP, "" where unknown.
//
// A document that is valid UTF-8 is taken for it whatever it declares:
// declarations are wrong more often than that is chance.
func Decode(raw []byte, contentType string) (string, error) {
	s := toUTF8(raw, contentType)
	i := strings.IndexByte(s, '<')
	if i < 0 {
		return "", fmt.Errorf("%w: it begins %.40q", ErrNoMarkup, strings.TrimSpace(s))
	}
	s = s[i:]
	if strings.HasPrefix(s, "<?xml") {
		if end := strings.Index(s, "?>"); end >= 0 {
			s = s[end+2:]
		}
	}
	s = strings.TrimLeft(legal(s), " \t\r\n")
	if depth(s) > MaxDepth {
		return "", fmt.Errorf("%w: more than %d", ErrTooDeep, MaxDepth)
	}
	return s, nil
}

// depth is how deep elements are nested, or more: where a document is
// malformed, every reading of it counts as one that opens an element.
func depth(s string) int {
	now, most := 0, 0
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 == len(s) {
			return most
		}
		s = s[i+1:]
		switch {
		case strings.HasPrefix(s, "!--"):
			s = after(s[3:], "-->")
		case strings.HasPrefix(s, "![CDATA["):
			s = after(s[8:], "]]>")
		case s[0] == '?', s[0] == '!':
		case s[0] == '/':
			now = max(now-1, 0)
		default:
			end := strings.IndexAny(s, "<>")
			if end > 0 && s[end] == '>' && s[end-1] == '/' {
				continue
			}
			now++
			most = max(most, now)
		}
	}
}

// after is what follows the mark, "" where it does not come.
func after(s, mark string) string {
	_, rest, _ := strings.Cut(s, mark)
	return rest
}

// toUTF8 decodes by the byte order mark, then by what is declared.
func toUTF8(raw []byte, contentType string) string {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("<\x00")):
		return with(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), raw)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")), bytes.HasPrefix(raw, []byte("\x00<")):
		return with(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), raw)
	}
	name := declared(raw)
	if name == "" {
		if _, params, err := mime.ParseMediaType(contentType); err == nil {
			name = params["charset"]
		}
	}
	name = strings.ToLower(name)
	if utf8.Valid(raw) && !strings.HasPrefix(name, "iso-2022") {
		return string(raw)
	}
	enc, found := charset.Lookup(name)
	if enc == nil || found == "utf-8" || strings.HasPrefix(found, "utf-16") {
		if mostlyUTF8(raw) {
			return strings.ToValidUTF8(string(raw), "\ufffd")
		}
		enc = charmap.Windows1252
	}
	return with(enc, charmap.Windows1252, raw)
}

// with decodes, or falls back on the other encoding.
func with(enc, other encoding.Encoding, raw []byte) string {
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		if out, err = other.NewDecoder().Bytes(raw); err != nil {
			out = raw
		}
	}
	return strings.ToValidUTF8(string(out), "\ufffd")
}

// declared is the encoding that the XML declaration names.
func declared(raw []byte) string {
	head := raw[:min(len(raw), 200)]
	i := bytes.Index(head, []byte("<?xml"))
	if i < 0 {
		return ""
	}
	head = head[i:]
	if end := bytes.Index(head, []byte("?>")); end >= 0 {
		head = head[:end]
	}
	_, rest, ok := bytes.Cut(head, []byte("encoding"))
	if !ok {
		return ""
	}
	rest = bytes.TrimLeft(rest, " \t\r\n=")
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	name, _, _ := bytes.Cut(rest[1:], rest[:1])
	return string(name)
}

// mostlyUTF8 reports whether nearly all that is not ASCII is valid UTF-8: a
// document that was cut inside a character, or has one bad quotation in it.
func mostlyUTF8(raw []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good > 20*bad
}

// legal drops the characters that XML 1.0 does not have.
func legal(s string) string {
	drop := func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
	}
	if strings.IndexFunc(s, drop) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if drop(r) {
			return -1
		}
		return r
	}, s)
}
