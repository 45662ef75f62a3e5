package linear

// Features and words are 32-bit hashes from beginning to end, in training as in
// use, so that a clash of two features is learnt around and never a surprise.

const (
	fnvOffset = 2166136261
	fnvPrime  = 16777619
)

// hashBytes is FNV-1a with a last mixing step; 0 is kept for "nothing there".
func hashBytes(b []byte) uint32 {
	h := uint32(fnvOffset)
	for _, c := range b {
		h = (h ^ uint32(c)) * fnvPrime
	}
	h ^= h >> 15
	h *= 0x85EBCA6B
	h ^= h >> 13
	if h == 0 {
		return 1
	}
	return h
}

func mix(x uint64) uint32 {
	x ^= x >> 32
	x *= 0x9E3779B97F4A7C15
	x ^= x >> 29
	x *= 0xBF58476D1CE4E5B9
	return uint32(x >> 32)
}

// feat1 … feat4 make the key of a feature from the number of its template and
// its values.
func feat1(t, a uint32) uint32 { return mix(uint64(t)<<32 | uint64(a)) }

func feat2(t, a, b uint32) uint32 {
	return mix((uint64(a)*0xD6E8FEB86659FD93 ^ uint64(b)) + uint64(t)<<40)
}

func feat3(t, a, b, c uint32) uint32 {
	x := uint64(a)*0xD6E8FEB86659FD93 ^ uint64(b)
	x = (x^x>>31)*0xA0761D6478BD642F ^ uint64(c)
	return mix(x + uint64(t)<<40)
}

func feat4(t, a, b, c, d uint32) uint32 {
	x := uint64(a)*0xD6E8FEB86659FD93 ^ uint64(b)
	x = (x^x>>31)*0xA0761D6478BD642F ^ uint64(c)
	x = (x^x>>31)*0xE7037ED1A0B428DB ^ uint64(d)
	return mix(x + uint64(t)<<40)
}
