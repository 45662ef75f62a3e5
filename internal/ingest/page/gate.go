package page

import (
	_ "embed"
	"regexp"
	"strings"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/news"
)

// How much text, in bytes of lead and paragraphs, a page must hold to be an
// article although it says the words of a gate: of a paywall's page it may be
// the beginning of the article, and is kept with a warning.
const (
	articleDespiteGate = 1200
	openingOfPaid      = 400
)

//go:embed gates.tsv
var gateTable string

// gate is one phrase of a page that stands before an article.
type gate struct{ kind, where, words string }

var gates = parseGates(gateTable)

func parseGates(table string) []gate {
	var out []gate
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		f := strings.Split(line, "\t")
		if len(f) == 3 && !strings.HasPrefix(line, "#") {
			out = append(out, gate{f[0], f[1], f[2]})
		}
	}
	return out
}

// notFree is how a page's data says that its text must be paid for
// (schema.org/isAccessibleForFree).
var notFree = regexp.MustCompile(`(?i)"isAccessibleForFree"\s*:\s*"?(?:https?://schema\.org/)?false`)

// judge decides whether the page is an article: reason says why not; paid is
// set where it is, but perhaps not the whole.
func judge(raw []byte, address string, p *clean.Page) (reason string, paid bool) {
	title, text := plain(p.Title), plain(p.Text)
	size, sentences := prose(p)
	kind := ""
	for _, g := range gates {
		in := text
		switch g.where {
		case "title":
			in = title
		case "address":
			in = strings.ToLower(address)
		}
		if !strings.Contains(in, g.words) {
			continue
		}
		if g.kind == "paywall" {
			paid = true
		}
		if kind == "" {
			kind = g.kind
		}
		if g.where == "address" {
			return "a " + g.kind + " page", false
		}
	}
	if notFree.Match(raw) {
		paid = true
		if kind == "" {
			kind = "paywall"
		}
	}
	enough := articleDespiteGate
	if kind == "paywall" {
		enough = openingOfPaid
	}
	switch {
	case kind != "" && size < enough:
		return "a " + kind + " page", false
	case sentences == 0:
		return "no text that could be an article's", false
	}
	return "", paid
}

// plain folds what pages write in several ways.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(s, "’", "'"))), " ")
}

// prose is how much lead and paragraphs the page has, in bytes, and how many of
// them are long enough to be sentences: captions, menus and lists of headlines
// have none.
func prose(p *clean.Page) (size, sentences int) {
	for _, b := range p.Blocks {
		if b.Kind != news.BlockParagraph && b.Kind != news.BlockLead {
			continue
		}
		s := p.Text[b.Start:b.End]
		size += len(s)
		if len(strings.Fields(s)) >= 12 {
			sentences++
		}
	}
	return size, sentences
}
