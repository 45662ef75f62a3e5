package who

// gender is what "he", "she" and "it" tell of whom they mean.
type gender int

const (
	unknownGender gender = iota
	male
	female
	either // a name borne by both
)

func genderOf(s string) gender {
	switch s {
	case "m":
		return male
	case "f":
		return female
	}
	return either
}

// fits reports whether a pronoun of gender p may mean an entity of gender g.
func (g gender) fits(p gender) bool {
	return g == unknownGender || g == either || p == unknownGender || g == p
}

// honorifics are said before a name and are no role.
var honorifics = map[string]gender{
	"mr": male, "sir": male, "lord": male, "shri": male, "sri": unknownGender, "don": male, "monsieur": male, "herr": male,
	"mrs": female, "ms": female, "miss": female, "lady": female, "dame": female, "madam": female, "madame": female,
	"dr": unknownGender, "prof": unknownGender, "mx": unknownGender, "hon": unknownGender, "haji": unknownGender,
	"hajj": unknownGender, "engr": unknownGender, "fr": male, "barr": unknownGender, "alhaji": male,
	"begum": female, "rt": unknownGender, "mme": female,
}
