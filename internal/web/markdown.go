package web

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
)

// heading is a part of a document.
type heading struct{ ID, Words string }

// markdown shows the program's own documents: headings, paragraphs, lists,
// tables, `code` and links. All else is words. It is not for texts from outside,
// though nothing in them would be run either.
func markdown(text string) (template.HTML, []heading) {
	var b strings.Builder
	var parts []heading
	var paragraph []string
	list, table := false, false
	flush := func() {
		if len(paragraph) > 0 {
			b.WriteString("<p>" + inline(strings.Join(paragraph, " ")) + "</p>\n")
			paragraph = nil
		}
	}
	end := func() {
		flush()
		if list {
			b.WriteString("</ul>\n")
		}
		if table {
			b.WriteString("</tbody></table></div>\n")
		}
		list, table = false, false
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n ")
		switch {
		case line == "":
			end()
		case strings.HasPrefix(line, "#"):
			end()
			words := strings.TrimLeft(line, "# ")
			level := min(len(line)-len(strings.TrimLeft(line, "#")), 4)
			id := fmt.Sprintf("part-%d", len(parts)+1)
			if level == 2 {
				parts = append(parts, heading{id, words})
			}
			fmt.Fprintf(&b, "<h%d id=\"%s\">%s</h%d>\n", level, id+map[bool]string{true: "-title"}[level != 2], inline(words), level)
		case strings.HasPrefix(line, "|"):
			cells := strings.Split(strings.Trim(line, "|"), "|")
			tag := "td"
			if !table {
				end()
				table, tag = true, "th"
				b.WriteString("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><tbody>\n")
			} else if strings.Trim(line, "|-: ") == "" {
				continue
			}
			b.WriteString("<tr>")
			for _, c := range cells {
				b.WriteString("<" + tag + ">" + inline(strings.TrimSpace(c)) + "</" + tag + ">")
			}
			b.WriteString("</tr>\n")
		case strings.HasPrefix(line, "- "):
			flush()
			if !list {
				end()
				list = true
				b.WriteString("<ul>\n")
			}
			b.WriteString("<li>" + inline(line[2:]) + "</li>\n")
		default:
			paragraph = append(paragraph, line)
		}
	}
	end()
	return template.HTML(b.String()), parts //nolint:gosec // inline escapes all words
}

var (
	codeWords = regexp.MustCompile("`([^`]+)`")
	linkWords = regexp.MustCompile(`\[([^\]]+)\]\([^)]*\)`)
)

// inline escapes words and marks code. Links lead to files that the desk does
// not serve, so their words alone are shown.
func inline(s string) string {
	s = linkWords.ReplaceAllString(html.EscapeString(s), "$1")
	return codeWords.ReplaceAllString(s, "<code>$1</code>")
}
