package clean

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// MarkdownText is what a text in Markdown says of itself. Its blocks count in
// the text as it stands: front matter and the marks of headings are
// boilerplate, nothing is cut out.
type MarkdownText struct {
	Title     string
	URL       string
	Publisher string
	Authors   []string
	Published string // a day or RFC 3339
	Modified  string
	Blocks    []news.Block
}

// Markdown reads light Markdown: front matter between --- (YAML) or +++ (TOML)
// lines with title, date, url, publisher and authors; headings with #. Other
// marks are left to stand in the text.
func Markdown(text string) MarkdownText {
	var md MarkdownText
	m := newMarker(text)
	body := 0
	if head, end := frontMatter(text); end > 0 {
		md.take(head)
		start, e := trim(text, 0, end)
		m.parts = append(m.parts, part{para: para{Range: news.Range{Start: start, End: e}, blank: true, lines: 1}, kind: news.BlockBoilerplate})
		body = end
	}
	for _, p := range paras(text[body:]) {
		p.Start, p.End = p.Start+body, p.End+body
		mark := hashes(text[p.Start:p.End])
		if mark == 0 {
			m.parts = append(m.parts, part{para: p})
			continue
		}
		start, end := trim(text, p.Start+mark, p.End)
		m.parts = append(m.parts, part{para: para{Range: news.Range{Start: p.Start, End: p.Start + mark}, blank: p.blank, lines: 1}, kind: news.BlockBoilerplate})
		if start == end {
			continue
		}
		h := part{para: para{Range: news.Range{Start: start, End: end}, blank: p.blank, lines: 1}, hint: news.BlockHeading}
		if m.headline < 0 && mark == 1 {
			h.kind, h.hint = news.BlockTitle, ""
			m.headline = len(m.parts)
			if md.Title == "" {
				md.Title = strings.TrimRight(text[start:end], " #")
			}
		}
		m.parts = append(m.parts, h)
	}
	if m.headline < 0 && md.Title != "" {
		m.headline = 0 // the front matter names it: no line of the text is one
	}
	md.Blocks = m.mark()
	return md
}

// hashes returns how many # open a heading, 0 where s is none.
func hashes(s string) int {
	n := 0
	for n < len(s) && s[n] == '#' {
		n++
	}
	if n == 0 || n > 6 || n < len(s) && s[n] != ' ' && s[n] != '\t' {
		return 0
	}
	return n
}

// frontMatter returns the lines between the marks and where the text begins
// after them; 0 where there is no front matter.
func frontMatter(text string) (head string, end int) {
	first, rest, ok := strings.Cut(text, "\n")
	mark := strings.TrimRight(first, " \t")
	if !ok || mark != "---" && mark != "+++" {
		return "", 0
	}
	at := len(first) + 1
	for len(rest) > 0 {
		line, after, more := strings.Cut(rest, "\n")
		if strings.TrimRight(line, " \t") == mark {
			return text[len(first)+1 : at], at + len(line)
		}
		if !more {
			break
		}
		at += len(line) + 1
		rest = after
	}
	return "", 0
}

// take reads "key: value" and "key = value" lines, and lists below a key.
func (md *MarkdownText) take(head string) {
	key := ""
	for line := range strings.Lines(head) {
		trimmed := strings.TrimSpace(line)
		if item, ok := strings.CutPrefix(trimmed, "- "); ok {
			md.set(key, unquote(item), true)
			continue
		}
		i := strings.IndexAny(line, ":=")
		if i <= 0 || line[0] == ' ' || line[0] == '\t' || line[0] == '#' {
			continue
		}
		key = strings.ToLower(strings.TrimSpace(line[:i]))
		value := strings.TrimSpace(line[i+1:])
		if list, ok := strings.CutPrefix(value, "["); ok {
			for v := range strings.SplitSeq(strings.TrimSuffix(list, "]"), ",") {
				md.set(key, unquote(v), true)
			}
			continue
		}
		md.set(key, unquote(value), false)
	}
}

func (md *MarkdownText) set(key, value string, list bool) {
	if value == "" {
		return
	}
	switch key {
	case "author", "authors", "byline":
		md.Authors = append(md.Authors, value)
		return
	}
	if list {
		return
	}
	switch key {
	case "title", "headline":
		md.Title = value
	case "date", "published", "pubdate", "publishdate", "date_published":
		md.Published = Date(value)
	case "modified", "lastmod", "updated":
		md.Modified = Date(value)
	case "url", "link", "canonical", "canonical_url", "source_url":
		md.URL = value
	case "publisher", "site", "outlet":
		md.Publisher = value
	}
}

func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}
