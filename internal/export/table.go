package export

import (
	"encoding/csv"
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/onrecord/onrecord/internal/query"
)

var tableKinds = []query.Kind{query.Events, query.Statements, query.Claims}

var csvTables = Format{Name: "csv", What: "tables for a spreadsheet: the rows, and a long file of the words each rests on", Kinds: tableKinds, MediaType: "text/csv; charset=utf-8",
	Notes: []string{"Lists in a cell are divided by \" | \".", "A cell that begins like a formula has an apostrophe before it."},
	open:  func(o *output) (writer, error) { return newTables(o, ".csv", newCSV) }}

var parquetTables = Format{Name: "parquet", What: "the same tables in columns, for DuckDB, pandas, Spark", Kinds: tableKinds, MediaType: "application/vnd.apache.parquet",
	open: func(o *output) (writer, error) { return newTables(o, ".parquet", newParquet) }}

// table takes the rows of one file. A row is a pointer to a struct.
type table interface {
	put(row any) error
	close() error
}

// tables writes rows into one file and what they rest on into another.
type tables struct {
	rows, long table
	// used again for every row
	evidence []evidenceCells
	stances  []stanceCells
}

func newTables(o *output, ext string, open func(o *output, name string, row any) (table, error)) (_ writer, err error) {
	t := &tables{}
	rows, long := any(&eventCells{}), any(&evidenceCells{})
	second := "evidence"
	switch o.Kind {
	case query.Statements:
		rows = &statementCells{}
	case query.Claims:
		rows, long, second = &claimCells{}, &stanceCells{}, "stances"
	}
	if t.rows, err = open(o, string(o.Kind)+ext, rows); err != nil {
		return nil, err
	}
	t.long, err = open(o, second+ext, long)
	return t, err
}

func (t *tables) write(r Row) error {
	if c := r.Claim; c != nil {
		cells := c.cells()
		t.stances = c.stances(t.stances)
		for i := range t.stances {
			if err := t.long.put(&t.stances[i]); err != nil {
				return err
			}
		}
		return t.rows.put(&cells)
	}
	t.evidence = r.evidence(r, t.evidence)
	for i := range t.evidence {
		if err := t.long.put(&t.evidence[i]); err != nil {
			return err
		}
	}
	if r.Event != nil {
		cells := r.eventCells(r)
		return t.rows.put(&cells)
	}
	cells := r.statementCells(r)
	return t.rows.put(&cells)
}

func (t *tables) close() error { return errors.Join(t.rows.close(), t.long.close()) }

// csvTable is RFC 4180 with a header.
type csvTable struct {
	*csv.Writer
	file    *sink
	columns columns
	cells   []string
}

func newCSV(o *output, name string, row any) (table, error) {
	c, err := columnsOf(row)
	if err != nil {
		return nil, err
	}
	f, err := o.file(name, c.of)
	if err != nil {
		return nil, err
	}
	t := &csvTable{Writer: csv.NewWriter(f), file: f, columns: c}
	t.UseCRLF = true
	return t, t.Write(c.names())
}

func (t *csvTable) put(row any) error {
	t.cells = t.columns.cells(row, t.cells[:0])
	t.file.Rows++
	return t.Write(t.cells)
}

func (t *csvTable) close() error {
	t.Flush()
	return t.Error()
}

// rowGroup is how many rows Parquet holds in memory before it writes them.
const rowGroup = 20_000

// parquetTable writes columns, compressed with zstd.
type parquetTable[T any] struct {
	w    *parquet.GenericWriter[T]
	file *sink
	rows []T
}

// batch is how many rows are handed over at a time.
const batch = 256

func newParquet(o *output, name string, row any) (table, error) {
	switch row.(type) {
	case *eventCells:
		return parquetOf[eventCells](o, name)
	case *statementCells:
		return parquetOf[statementCells](o, name)
	case *claimCells:
		return parquetOf[claimCells](o, name)
	case *stanceCells:
		return parquetOf[stanceCells](o, name)
	}
	return parquetOf[evidenceCells](o, name)
}

func parquetOf[T any](o *output, name string) (table, error) {
	var zero T
	c, err := columnsOf(zero)
	if err != nil {
		return nil, err
	}
	f, err := o.file(name, c.of)
	if err != nil {
		return nil, err
	}
	return &parquetTable[T]{w: newParquetWriter[T](f), file: f, rows: make([]T, 0, batch)}, nil
}

// newParquetWriter sets how the tables are laid out.
func newParquetWriter[T any](w io.Writer) *parquet.GenericWriter[T] {
	return parquet.NewGenericWriter[T](w, parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}), parquet.MaxRowsPerRowGroup(rowGroup),
		parquet.CreatedBy("onrecord", "", ""))
}

func (t *parquetTable[T]) put(row any) error {
	r, ok := row.(*T)
	if !ok {
		return errors.New("a row of another table")
	}
	t.file.Rows++
	t.rows = append(t.rows, *r)
	if len(t.rows) < batch {
		return nil
	}
	return t.hand()
}

func (t *parquetTable[T]) hand() error {
	_, err := t.w.Write(t.rows)
	t.rows = t.rows[:0]
	return err
}

func (t *parquetTable[T]) close() error { return errors.Join(t.hand(), t.w.Close()) }
