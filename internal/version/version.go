// Package version holds the number of this release.
package version

// Number of the release; every record carries it.
const Number = "0.1.0"
