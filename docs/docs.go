// Package docs holds the measured figures of this version of the program, which
// the desk shows.
package docs

import _ "embed"

// Accuracy and Performance are docs/accuracy.md and docs/performance.md.
var (
	//go:embed accuracy.md
	Accuracy string
	//go:embed performance.md
	Performance string
)
