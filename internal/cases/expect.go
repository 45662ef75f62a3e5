package cases

import (
	"fmt"
	"slices"
	"strings"
)

// parseExpectation reads one line, "[no|only] KIND key=value …".
func parseExpectation(line string) (Expectation, error) {
	e := Expectation{Text: line}
	word, rest := nextWord(line)
	switch word {
	case "no":
		e.Mode = None
		word, rest = nextWord(rest)
	case "only":
		e.Mode = Only
		word, rest = nextWord(rest)
	}
	k := kindNamed(word)
	if k == nil {
		return e, fmt.Errorf("unknown kind %q (%s)", word, strings.Join(kindNames(), ", "))
	}
	e.Kind = word
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		var a Attr
		var err error
		if a, rest, err = parseAttr(rest); err != nil {
			return e, err
		}
		if a.Value, err = k.check(a); err != nil {
			return e, err
		}
		e.Attrs = append(e.Attrs, a)
	}
	if e.Mode == Some && len(e.Attrs) == 0 {
		return e, fmt.Errorf("%s without an attribute", e.Kind)
	}
	return e, nil
}

func nextWord(s string) (word, rest string) {
	word, rest, _ = strings.Cut(strings.TrimSpace(s), " ")
	return word, rest
}

// parseAttr reads key=value or key="value" off the front of s.
func parseAttr(s string) (Attr, string, error) {
	key, rest, ok := strings.Cut(s, "=")
	if !ok || key == "" || strings.ContainsAny(key, " \"") {
		return Attr{}, "", fmt.Errorf("want key=value at %q", s)
	}
	if !strings.HasPrefix(rest, `"`) {
		value, rest, _ := strings.Cut(rest, " ")
		if value == "" {
			return Attr{}, "", fmt.Errorf("key %s has no value", key)
		}
		return Attr{key, value}, rest, nil
	}
	var value strings.Builder
	for i := 1; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '"':
			rest = rest[i+1:]
			if rest != "" && rest[0] != ' ' {
				return Attr{}, "", fmt.Errorf("no space after the value of %s", key)
			}
			return Attr{key, value.String()}, rest, nil
		case c == '\\' && i+1 < len(rest):
			i++
			value.WriteByte(rest[i])
		default:
			value.WriteByte(c)
		}
	}
	return Attr{}, "", fmt.Errorf("the value of %s has no closing quotation mark", key)
}

// check returns the value of an attribute in the form that items have it, or
// an error where the key is unknown or the value can never hold.
func (k *kind) check(a Attr) (string, error) {
	i := slices.IndexFunc(k.keys, func(key key) bool { return key.name == a.Key })
	if i < 0 {
		return "", fmt.Errorf("%s has no key %q (%s)", k.name, a.Key, strings.Join(k.keyNames(), ", "))
	}
	key := k.keys[i]
	if a.Value == null {
		return null, nil
	}
	if key.oneOf != nil && !slices.Contains(key.oneOf, a.Value) {
		return "", fmt.Errorf("%s %s=%s: not one of %s", k.name, a.Key, a.Value, strings.Join(key.oneOf, ", "))
	}
	if key.canon != nil {
		v, err := key.canon(a.Value)
		if err != nil {
			return "", fmt.Errorf("%s %s=%s: %w", k.name, a.Key, a.Value, err)
		}
		return v, nil
	}
	return a.Value, nil
}

// has reports whether the item has all the attributes.
func (k *kind) has(it item, attrs []Attr) bool {
	for _, want := range attrs {
		i := slices.IndexFunc(k.keys, func(key key) bool { return key.name == want.Key })
		same := k.keys[i].same
		if same == nil {
			same = func(have, want string) bool { return have == want }
		}
		ok := slices.ContainsFunc(it, func(f field) bool {
			if f.key != want.Key {
				return false
			}
			if f.value == null || want.Value == null {
				return f.value == want.Value
			}
			return same(f.value, want.Value)
		})
		if !ok && !(want.Value == null && !it.hasKey(want.Key)) {
			return false
		}
	}
	return true
}
