// Command compile packs the tables of the gazetteer into data/places.bin.
// go generate runs it in internal/where.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/onrecord/onrecord/internal/where/atlas"
)

func main() {
	dir := flag.String("data", "data", "directory of the tables")
	flag.Parse()
	if err := run(*dir); err != nil {
		log.Fatal(err)
	}
}

func run(dir string) error {
	packed, err := atlas.Build(os.DirFS(dir))
	if err != nil {
		return fmt.Errorf("packing the gazetteer: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, "places.bin"), packed, 0o644)
}
