package relational

// SetFew makes a store take the ways of large stores, and back.
func SetFew(s *Store, n int) { s.few = n }
