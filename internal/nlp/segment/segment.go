// Package segment cuts text into words and sentences as the Universal
// Dependencies treebanks of English do: clitics, punctuation and the parts of
// hyphenated words stand alone.
package segment

// Segmenter cuts text. It is not changed once it is made and may be used by
// many goroutines at once.
type Segmenter struct {
	abbreviations map[string]abbreviation
}

// New returns a segmenter with the tables that the program carries.
func New() (*Segmenter, error) {
	a, err := readAbbreviations(abbreviationTable)
	if err != nil {
		return nil, err
	}
	return &Segmenter{abbreviations: a}, nil
}
