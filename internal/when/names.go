package when

import (
	"sort"
	"strings"

	"github.com/onrecord/onrecord/internal/nlp"
)

// names answers what the matcher asks of the tagger's names.
type names struct {
	doc      *nlp.Doc
	surnames map[string]bool
}

func newNames(doc *nlp.Doc) names {
	n := names{doc: doc, surnames: make(map[string]bool)}
	for _, name := range doc.Names {
		// "Theresa May" once makes every later "May" without a number hers.
		if name.Type == nlp.NamePerson && name.To-name.From > 1 {
			n.surnames[strings.ToLower(doc.Tokens[name.To-1].Form)] = true
		}
	}
	return n
}

func (n names) at(token int) (nlp.Name, bool) {
	all := n.doc.Names
	i := sort.Search(len(all), func(i int) bool { return all[i].To > token })
	if i < len(all) && all[i].From <= token {
		return all[i], true
	}
	return nlp.Name{}, false
}

// inside reports whether the token is part of a name.
func (n names) inside(token int) bool {
	_, ok := n.at(token)
	return ok
}

// only reports whether the token is a name by itself.
func (n names) only(token int) bool {
	name, ok := n.at(token)
	return ok && name.To-name.From == 1
}

// person reports whether the token is part of a person's name.
func (n names) person(token int) bool {
	name, ok := n.at(token)
	return ok && name.Type == nlp.NamePerson
}

// surname reports whether a person of the article has this last name.
func (n names) surname(low string) bool { return n.surnames[low] }
