// Package own holds the project's own sets: texts written for it, each with the
// answers that a careful reader gives, on what the rules of the rooms find
// hardest. They were written before the rules were tuned to them, and the items
// with odd numbers are kept back: whoever works on the rules looks at the even
// ones only.
//
// A set is a table of text. Its columns are the answers, whose form its head
// explains, and the text, in which " ¶ " stands for a new paragraph. A line
// "published", a tab and a date gives the publication date of all its texts.
package own

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed *.tsv
var files embed.FS

// Set is one set: its answers are of the type A.
type Set[A any] struct {
	Published string // of every text, "2031-05-12"
	Items     []Item[A]
}

// Item is one text and the answers to it.
type Item[A any] struct {
	Number  int // from 0; odd items are kept back
	Line    int // in the table, from 1
	Text    string
	Answers []A
}

// Table returns the text of the embedded set of that name, "acts".
func Table(name string) (string, error) {
	b, err := fs.ReadFile(files, name+".tsv")
	if err != nil {
		return "", fmt.Errorf("no set of our own is named %q", name)
	}
	return string(b), nil
}

// parse reads a table whose texts stand behind so many columns of answers.
func parse[A any](table string, columns int, read func(cells []string, text string) ([]A, error)) (Set[A], error) {
	var set Set[A]
	n := 0
	for line := range strings.Lines(table) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if day, ok := strings.CutPrefix(line, "published\t"); ok {
			set.Published = day
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns+1 {
			return set, fmt.Errorf("line %d: %d columns, want %d", n, len(cells), columns+1)
		}
		text := strings.ReplaceAll(cells[columns], " ¶ ", "\n\n")
		answers, err := read(cells[:columns], text)
		if err != nil {
			return set, fmt.Errorf("line %d: %w", n, err)
		}
		set.Items = append(set.Items, Item[A]{Number: len(set.Items), Line: n, Text: text, Answers: answers})
	}
	return set, nil
}

// pairs cuts "LEFT=RIGHT; LEFT=RIGHT".
func pairs(cell string, each func(left, right string) error) error {
	for _, p := range strings.Split(cell, ";") {
		left, right, ok := strings.Cut(strings.TrimSpace(p), "=")
		if !ok || left == "" || right == "" {
			return fmt.Errorf("answer %q: want two sides of a \"=\"", p)
		}
		if err := each(left, right); err != nil {
			return fmt.Errorf("answer %q: %w", p, err)
		}
	}
	return nil
}

// Words are a stretch of an item's text, by bytes.
type Words struct {
	Start, End int
	Text       string
}

// words finds a stretch that must stand in the text exactly once.
func words(text, want string) (Words, error) {
	switch strings.Count(text, want) {
	case 0:
		return Words{}, fmt.Errorf("the text has no %q", want)
	case 1:
		i := strings.Index(text, want)
		return Words{Start: i, End: i + len(want), Text: want}, nil
	}
	return Words{}, fmt.Errorf("the text has %q more than once", want)
}
