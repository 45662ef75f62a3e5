package sqlite

import (
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store/relational"
)

// Words is how FTS5 is asked.
func (b *backend) Words() relational.Words { return words{} }

type words struct{}

// Ask writes words in FTS5's language. Each value is quoted, so that no sign in
// it has a meaning of its own.
func (w words) Ask(n query.Node) string {
	var parts []string
	join := " AND "
	switch n := n.(type) {
	case query.And:
		for _, p := range n {
			parts = append(parts, w.Ask(p))
		}
	case query.Or:
		join = " OR "
		for _, p := range n {
			parts = append(parts, w.Ask(p))
		}
	case query.Term:
		return `"` + strings.NewReplacer(`"`, " ", "\x00", " ").Replace(n.Value) + `"`
	}
	return "(" + strings.Join(parts, join) + ")"
}

// With is met by those whose words meet the parameter. The sign keeps SQLite from
// looking each of them up by way of another table's index.
func (words) With(table, x, param string) string {
	return fmt.Sprintf("+%s IN (SELECT rowid FROM %s WHERE %s MATCH %s)", x, table, table, param)
}

// All reads the list of FTS5, which is in the order of rows.
func (words) All(table, param string) (from, id, where string) {
	return table, table + ".rowid", table + " MATCH " + param
}

// Ordered is true: FTS5 gives the greatest row first without sorting.
func (words) Ordered() bool { return true }

func (words) Put(table string) string {
	return fmt.Sprintf("INSERT INTO %s (rowid, words) VALUES ($1, $2)", table)
}

func (words) Drop(table string) string {
	return fmt.Sprintf("DELETE FROM %s_text WHERE rowid IN (SELECT rank FROM %s WHERE article = $1 AND rank IS NOT NULL)", table, table)
}
