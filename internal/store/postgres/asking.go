package postgres

import (
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store/relational"
)

// Words is how the text search of PostgreSQL is asked.
func (b *backend) Words() relational.Words { return asking{} }

type asking struct{}

// Ask writes words in the language of to_tsquery. Folded words hold letters and
// digits only; those of a phrase, in quotes, must follow each other.
func (w asking) Ask(n query.Node) string {
	var parts []string
	join := " & "
	switch n := n.(type) {
	case query.And:
		for _, p := range n {
			parts = append(parts, w.Ask(p))
		}
	case query.Or:
		join = " | "
		for _, p := range n {
			parts = append(parts, w.Ask(p))
		}
	case query.Term:
		return "'" + strings.Join(strings.FieldsFunc(fold(n.Value), func(r rune) bool { return r == within || r == ' ' }), " ") + "'"
	}
	return "(" + strings.Join(parts, join) + ")"
}

func (asking) column(table string) string {
	if table == "article_text" {
		return table + ".cursor"
	}
	return table + ".rank"
}

// With looks at the words of one row.
func (w asking) With(table, x, param string) string {
	return fmt.Sprintf("EXISTS (SELECT 1 FROM %s WHERE %s = %s AND %s.words @@ to_tsquery('onrecord', %s))", table, w.column(table), x, table, param)
}

// All finds rows by the index.
func (w asking) All(table, param string) (from, id, where string) {
	return table, w.column(table), fmt.Sprintf("%s.words @@ to_tsquery('onrecord', %s)", table, param)
}

// Ordered is false: what the index finds comes in no order.
func (asking) Ordered() bool { return false }

func (asking) Put(table string) string {
	return fmt.Sprintf("INSERT INTO %s (rank, words) VALUES ($1, to_tsvector('onrecord', $2))", table)
}

func (asking) Drop(table string) string {
	return fmt.Sprintf("DELETE FROM %s_text WHERE rank IN (SELECT rank FROM %s WHERE article = $1 AND rank IS NOT NULL)", table, table)
}
