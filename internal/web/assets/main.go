// Command assets bundles the desk's scripts, src/*.ts, into app.js. It is run by
// go generate; app.js is committed, and a test checks that it is what src gives.
package main

import (
	"log"
	"os"

	"github.com/onrecord/onrecord/internal/web/assets/bundle"
)

func main() {
	js, err := bundle.Scripts("assets/src/main.ts")
	if err == nil {
		err = os.WriteFile("assets/app.js", js, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}
