package story

import (
	"cmp"
	"slices"
)

// unit is the length of every article's vector. All likenesses are made of
// whole numbers: sums and products are exact, so that no order of adding them
// up changes a result.
const unit = 1 << 12

// one is the likeness of a vector to itself.
const one = unit * unit

// feature is one word, name, place, day or event type and its weight.
type feature struct {
	id     uint32
	weight int32
}

// vector is the features of an article, each once, in the order of their ids.
type vector []feature

// dot is the likeness of two articles, of one; of sums, that of all pairs added
// up.
func dot(a, b vector) int64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) > 24*len(a) {
		return sparseDot(a, b)
	}
	var sum int64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].id == b[j].id:
			sum += int64(a[i].weight) * int64(b[j].weight)
			i, j = i+1, j+1
		case a[i].id < b[j].id:
			i++
		default:
			j++
		}
	}
	return sum
}

// sparseDot looks the features of the shorter up in the longer.
func sparseDot(a, b vector) int64 {
	var sum int64
	for _, f := range a {
		i, ok := slices.BinarySearchFunc(b, f.id, func(g feature, id uint32) int { return cmp.Compare(g.id, id) })
		if ok {
			sum += int64(f.weight) * int64(b[i].weight)
		}
		b = b[i:]
	}
	return sum
}

// heaviest are the n features of greatest weight, the heaviest first.
func (v vector) heaviest(n int) vector {
	w := slices.Clone(v)
	slices.SortFunc(w, func(a, b feature) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id))
	})
	return w[:min(n, len(w))]
}

// plus is the sum of two. Weights of half a million articles fit.
func plus(a, b vector) vector {
	sum := make(vector, 0, len(a)+len(b)/2)
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].id == b[j].id:
			if w := a[i].weight + b[j].weight; w != 0 {
				sum = append(sum, feature{a[i].id, w})
			}
			i, j = i+1, j+1
		case a[i].id < b[j].id:
			sum = append(sum, a[i])
			i++
		default:
			sum = append(sum, b[j])
			j++
		}
	}
	sum = append(sum, a[i:]...)
	return append(sum, b[j:]...)
}

// minus takes a vector out of a sum that holds it.
func minus(sum, v vector) vector {
	negative := make(vector, len(v))
	for i, f := range v {
		negative[i] = feature{f.id, -f.weight}
	}
	return plus(sum, negative)
}

// root is the whole part of the square root.
func root(x int64) int64 {
	if x < 2 {
		return x
	}
	r := x
	for next := (r + 1) / 2; next < r; next = (r + x/r) / 2 {
		r = next
	}
	return r
}
