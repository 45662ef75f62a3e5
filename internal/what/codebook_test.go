package what

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// docs/codebook.md shows every type and mode of the table, with its scores.
func TestCodebookDocument(t *testing.T) {
	doc, err := os.ReadFile("../../docs/codebook.md")
	if err != nil {
		t.Fatal(err)
	}
	own, err := openTables(nil)
	if err != nil {
		t.Fatal(err)
	}
	err = own.rows("codebook.tsv", func(r row) error {
		cell := r.cell
		for i := range cell {
			if cell[i] == "-" {
				cell[i] = ""
			}
		}
		if cell[1] != "" {
			cell[0] = "" // only a type's first row names it
		}
		row := fmt.Sprintf("| %s | %s | %s | %s | %s |", cell[0], cell[1], cell[2], cell[3], cell[4])
		if !strings.Contains(string(doc), row) {
			t.Errorf("docs/codebook.md lacks the row %s", row)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
