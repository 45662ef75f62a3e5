package neural

// pronouns are the words that may be tagged as one, in small letters: the class is
// closed, but a tagger that has seen ", he said" a thousand times may hold any word in
// its place for one (", police said, …"). From the English treebanks, slips included.
var pronouns = closed("i", "you", "it", "they", "we", "he", "my", "your", "me", "his", "their", "there", "what", "who", "our", "them", "she", "him",
	"her", "its", "us", "itself", "yourself", "themselves", "themself", "one", "oneself", "myself", "himself", "whose", "whom", "whatever", "mine",
	"'s", "’s", "it's", "it’s", "yo", "herself", "ourselves", "u", "the", "ye", "s", "em", "'em", "’em", "yours", "ours", "theirs", "ur", "thy", "thou",
	"thee", "self", "whoever", "whomever", "yourselves", "hers", "ya", "ya'll", "y'all", "y’all", "y", "who's", "they're", "you're", "youre", "im", "iw", "thei",
	"ti", "s/he", "wht", "which", "whosoever", "whatsoever", "is", "out", "ever", "then")

func closed(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// longestClosed is how many bytes the longest of them has, at least.
const longestClosed = 16

// isPronoun reports whether a word may be a pronoun. It allocates nothing.
func isPronoun(form string) bool {
	if len(form) > longestClosed {
		return false
	}
	var low [longestClosed]byte
	for i := range len(form) {
		c := form[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return pronouns[string(low[:len(form)])]
}

// isPronounTag reports a tag of the Penn Treebank that only pronouns have.
func isPronounTag(xpos string) bool {
	switch xpos {
	case "PRP", "PRP$", "WP", "WP$", "EX":
		return true
	}
	return false
}
