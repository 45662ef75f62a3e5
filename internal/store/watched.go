package store

import "errors"

// ErrWatched is returned where a store that only one process can watch at a time
// has that process already.
var ErrWatched = errors.New("another process watches this store")
