package what

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed rules/*.tsv
var ruleFiles embed.FS

// BuiltIn returns the program's own rule tables, as a folder to read, copy from
// and compare with.
func BuiltIn() fs.FS {
	own, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		return ruleFiles // the embedded folder has a valid name
	}
	return own
}

// Rules is a folder of rule tables that are laid over the built-in ones. It
// holds files of the same names and form; every one of them may be absent.
type Rules struct {
	Name  string // of the folder, as messages should show it
	Files fs.FS
}

// The limits of a folder of rules.
const (
	maxTable   = 1 << 20 // bytes of a file
	maxLine    = 8 << 10 // bytes of a row
	maxRows    = 20_000  // of a file
	maxPerWord = 400     // rules that begin with one word, each asked wherever the word stands
	maxWrong   = 20      // mistakes told of at once
)

// table is what a rule file must look like.
type table struct {
	columns []string
	extra   int // how many more columns a row may have
}

// ruleTables are the rule files by name; what their columns mean is told at the
// head of each.
var ruleTables = map[string]table{
	"classes.tsv":   {columns: []string{"class", "lemmas"}},
	"codebook.tsv":  {columns: []string{"type", "mode", "quad", "intensity", "meaning"}, extra: 1},
	"contexts.tsv":  {columns: []string{"context", "types", "lemmas"}},
	"counts.tsv":    {columns: []string{"kind", "place", "lemmas"}},
	"families.tsv":  {columns: []string{"family", "lemmas"}},
	"governors.tsv": {columns: []string{"lemmas", "effect", "note"}},
	"irregular.tsv": {columns: []string{"form", "lemma", "mark"}},
	"modes.tsv":     {columns: []string{"type", "mode", "scope", "lemmas"}},
	"nouns.tsv":     {columns: []string{"lemmas", "condition", "type", "mode", "flags", "example"}},
	"verbs.tsv":     {columns: []string{"lemmas", "condition", "type", "mode", "flags", "example"}},
}

// Position is where a rule is written.
type Position struct {
	File string `json:"file"`
	Line int    `json:"line"` // from 1
}

func (p Position) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// RuleError is a mistake in a rule file, with what would mend it.
type RuleError struct {
	Position
	Column  int // in characters, from 1
	Problem string
	Mend    string // "" where the problem says it
}

func (e *RuleError) Error() string {
	text := fmt.Sprintf("%s:%d: %s", e.Position, e.Column, e.Problem)
	if e.Mend != "" {
		text += "; " + e.Mend
	}
	return text
}

// row is one row of a rule file.
type row struct {
	Position
	cell   []string
	column []int // where each cell begins, in characters
	users  bool  // not one of the program's own
}

// wrong makes the error of a mistake at some word of a cell, "" for the whole.
func (r row) wrong(cell int, word, mend, format string, args ...any) error {
	column := 1
	if cell < len(r.column) {
		column = r.column[cell]
		if i := strings.Index(r.cell[cell], word); i > 0 {
			column += utf8.RuneCountInString(r.cell[cell][:i])
		}
	}
	return &RuleError{Position: r.Position, Column: column, Problem: fmt.Sprintf(format, args...), Mend: mend}
}

// tables are the folders that a Coder is made of, the built-in one last: where
// two rows speak of the same thing, the earlier holds.
type tables []Rules

// openTables checks the users' folders and puts the built-in one behind them.
func openTables(users []Rules) (tables, error) {
	for _, u := range users {
		if err := u.check(); err != nil {
			return nil, err
		}
	}
	return append(slices.Clone(users), Rules{Files: BuiltIn()}), nil
}

// check refuses a folder without a table, and a file whose name is a slip.
func (u Rules) check() error {
	entries, err := fs.ReadDir(u.Files, ".")
	if err != nil {
		return fmt.Errorf("read the folder of rules %s: %w", u.Name, err)
	}
	known := slices.Sorted(maps.Keys(ruleTables))
	found := false
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".tsv") {
			continue
		}
		if _, ok := ruleTables[e.Name()]; !ok {
			return fmt.Errorf("%s: no table of this name; %s", u.path(e.Name()), oneOf(e.Name(), known))
		}
		found = true
	}
	if !found {
		return fmt.Errorf("%s holds no table of rules; a table is a file %s", u.Name, strings.Join(known, ", "))
	}
	return nil
}

func (u Rules) path(file string) string {
	if u.Name == "" {
		return file
	}
	return strings.TrimSuffix(u.Name, "/") + "/" + file
}

// rows reads a table of all folders, the users' first.
func (t tables) rows(name string, read func(row) error) error {
	for i, folder := range t {
		if err := folder.rows(name, i < len(t)-1, read); err != nil {
			return err
		}
	}
	return nil
}

// rows reads one file: tab-separated columns, # for comments. Every mistake is
// told of, not just the first, as they are mended by hand.
func (u Rules) rows(name string, users bool, read func(row) error) error {
	text, err := u.read(name)
	if err != nil || text == nil {
		return err
	}
	var wrong []error
	rows := 0
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, maxTable+1)
	for n := 1; lines.Scan() && len(wrong) < maxWrong; n++ {
		line := lines.Text()
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		r := row{Position: Position{u.path(name), n}, users: users}
		if err := r.split(line, ruleTables[name]); err != nil {
			wrong = append(wrong, err)
			continue
		}
		if rows++; rows > maxRows {
			return r.wrong(0, "", "part the rules among several folders", "more than %d rows", maxRows)
		}
		if err := read(r); err != nil {
			wrong = append(wrong, err)
		}
	}
	if len(wrong) == maxWrong {
		wrong = append(wrong, fmt.Errorf("%s: more of the kind may follow", u.path(name)))
	}
	return errors.Join(wrong...)
}

// read returns a file's text, nil where there is none.
func (u Rules) read(name string) ([]byte, error) {
	file, err := u.Files.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open the table %s: %w", u.path(name), err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxTable+1))
	if err != nil {
		return nil, fmt.Errorf("read the table %s: %w", u.path(name), err)
	}
	if len(text) > maxTable {
		return nil, fmt.Errorf("%s is longer than %d bytes; part the rules among several folders", u.path(name), maxTable)
	}
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("%s is not UTF-8; save it as UTF-8 text", u.path(name))
	}
	return bytes.TrimPrefix(text, []byte("\ufeff")), nil // spreadsheets begin with it
}

// split parts a line into its cells.
func (r *row) split(line string, t table) error {
	line = strings.TrimSuffix(line, "\r")
	if len(line) > maxLine {
		return r.wrong(0, "", "part it into several rows", "a row of more than %d bytes", maxLine)
	}
	r.cell = strings.Split(line, "\t")
	at := 1
	for _, c := range r.cell {
		r.column = append(r.column, at)
		at += utf8.RuneCountInString(c) + 1
	}
	if n := len(r.cell); n < len(t.columns) || n > len(t.columns)+t.extra {
		mend := "the columns are " + strings.Join(t.columns, ", ")
		if n == 1 && strings.Contains(line, "  ") {
			mend = "part the columns with tabs, not spaces; they are " + strings.Join(t.columns, ", ")
		}
		return r.wrong(n-1, "", mend, "%d columns where %d should be", n, len(t.columns))
	}
	return nil
}

// digest names the text of the users' tables, "" where there are none.
func (t tables) digest() (string, error) {
	if len(t) == 1 {
		return "", nil
	}
	sum := sha256.New()
	for _, folder := range t[:len(t)-1] {
		for _, name := range slices.Sorted(maps.Keys(ruleTables)) {
			text, err := folder.read(name)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(sum, "%s %d\n", name, len(text))
			sum.Write(text)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:4]), nil
}

// oneOf is the mend of a wrong word: the one that was likely meant, else all.
func oneOf(word string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := distance(word, k, least); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %s?", best)
	}
	return "use one of " + strings.Join(known, ", ")
}

// distance is how many letters must be changed, put in or taken out to make b
// of a; limit where it is that many or more.
func distance(a, b string, limit int) int {
	if len(a) > len(b)+limit || len(b) > len(a)+limit || len(a) > 64 {
		return limit
	}
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		diagonal := last[0]
		last[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = last[j+1]
			last[j+1] = min(cost, last[j]+1, diagonal+1)
		}
	}
	return min(last[len(b)], limit)
}
