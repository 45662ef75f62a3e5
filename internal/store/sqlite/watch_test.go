package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/sqlite"
)

// One watches at a time; whoever comes second is told, and may when the first has
// ended. Reading and writing go on meanwhile.
func TestWatch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk 100%.db")
	var both [2]*sqlite.Store
	for i := range both {
		s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		both[i] = s
	}
	release, err := both[0].Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := both[1].Watch(t.Context()); !errors.Is(err, store.ErrWatched) {
		t.Errorf("a second one: %v", err)
	}
	if _, err := both[1].Commit(t.Context(), store.Changes{Jobs: []store.Job{{Kind: "x", Args: []byte("{}")}}}); err != nil {
		t.Errorf("write meanwhile: %v", err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	release, err = both[1].Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}
