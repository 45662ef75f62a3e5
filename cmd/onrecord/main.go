// Command onrecord reads the news and keeps the record.
package main

import (
	"os"

	"github.com/onrecord/onrecord/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
