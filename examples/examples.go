// Package examples holds invented news stories: the program's demo, its
// whole-story tests and the examples of its documentation. No person, group or
// incident in them exists; places are real, and real bodies appear in harmless
// parts only.
package examples

import (
	"embed"
	"io/fs"
	"path"
)

// Files holds one folder for each story and in it its reports,
// STORY/NN-OUTLET.md, numbered in the order in which they came out; a copy of a
// report may follow the others.
//
//go:embed */*.md
var Files embed.FS

// Stories returns the names of the stories in alphabetical order.
func Stories() []string {
	dirs, err := fs.ReadDir(Files, ".")
	if err != nil {
		return nil // the root of an embedded tree can always be read
	}
	names := make([]string, 0, len(dirs))
	for _, d := range dirs {
		names = append(names, d.Name())
	}
	return names
}

// Reports returns the paths in Files of a story's reports, in their order.
func Reports(story string) []string {
	paths, err := fs.Glob(Files, path.Join(story, "*.md"))
	if err != nil {
		return nil // the only error is a bad pattern
	}
	return paths
}
