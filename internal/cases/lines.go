package cases

import "github.com/onrecord/onrecord/internal/news"

// Lines writes a record as the lines that a case could expect of it, kinds in
// their order and items in that of the record. A golden file of such lines
// shows in review what a change does to whole stories.
func Lines(rec *news.Record) []string {
	v := newView(rec)
	var lines []string
	for _, k := range kinds {
		for _, it := range k.items(v) {
			lines = append(lines, k.name+" "+it.String())
		}
	}
	return lines
}
