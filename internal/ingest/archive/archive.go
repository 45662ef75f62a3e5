// Package archive keeps captures: a folder of WARC files, each written by one
// process and only at its end, so that a process that is killed damages none
// that was kept before.
package archive

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/warc"
	"github.com/onrecord/onrecord/internal/news"
)

// Location is where a capture lies.
type Location struct {
	File   string // name within the folder
	Offset int64  // bytes
	Length int64  // bytes, as compressed
}

// Options of a Folder.
type Options struct {
	// Software is named in the files: "Onrecord/0.1".
	Software string
	// MaxFile is the size in bytes beyond which a new file is begun; 0 is
	// 512 MiB.
	MaxFile int64
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// ErrPlace is returned for a location that the folder does not have.
var ErrPlace = errors.New("no such place in the captures folder")

// Folder is a captures folder. It may be used by many goroutines, and the
// folder by many processes.
type Folder struct {
	dir string
	o   Options

	mu   sync.Mutex
	file *os.File // that is written to; nil until the first capture
	name string
	out  *warc.Writer
	size int64
	bad  bool // the last write failed: the file has no good end
}

// Open opens a folder, and makes it where there is none.
func Open(dir string, o Options) (*Folder, error) {
	if o.MaxFile == 0 {
		o.MaxFile = 512 << 20
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open the captures folder: %w", err)
	}
	return &Folder{dir: dir, o: o}, nil
}

// Dir is the folder's path.
func (f *Folder) Dir() string { return f.dir }

// Write appends a capture. It is safe from a power cut only after Sync.
func (f *Folder) Write(c *news.Capture) (Location, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file != nil && (f.bad || f.size >= f.o.MaxFile) {
		if err := f.end(); err != nil && !f.bad {
			return Location{}, err
		}
	}
	if f.file == nil {
		if err := f.begin(); err != nil {
			return Location{}, err
		}
	}
	at, err := f.out.Capture(c)
	if err != nil {
		f.bad = true
		return Location{}, fmt.Errorf("keep the capture of %s in %s: %w", c.URL, f.name, err)
	}
	f.size = at.Offset + at.Size
	return Location{File: f.name, Offset: at.Offset, Length: at.Size}, nil
}

// begin makes a new file under a name that no other process takes.
func (f *Folder) begin() error {
	var tail [4]byte
	_, _ = rand.Read(tail[:]) // never fails
	now := f.o.Now().UTC()
	name := "onrecord-" + now.Format("20060102T150405Z") + "-" + hex.EncodeToString(tail[:]) + ".warc.gz"
	file, err := os.OpenFile(filepath.Join(f.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("begin a file of captures: %w", err)
	}
	out := warc.NewWriter(file, 0)
	at, err := out.Info(f.o.Software, now)
	if err == nil {
		err = syncDir(f.dir)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("begin a file of captures: %w", err), file.Close(), os.Remove(file.Name()))
	}
	f.file, f.name, f.out, f.size, f.bad = file, name, out, at.Size, false
	return nil
}

func (f *Folder) end() error {
	err := errors.Join(f.file.Sync(), f.file.Close())
	f.file, f.out = nil, nil
	return err
}

// Sync makes what was written last through a power cut.
func (f *Folder) Sync() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file == nil {
		return nil
	}
	if err := f.file.Sync(); err != nil {
		f.bad = true
		return fmt.Errorf("keep the captures in %s: %w", f.name, err)
	}
	return nil
}

// Close ends the file that was written to.
func (f *Folder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file == nil {
		return nil
	}
	if err := f.end(); err != nil {
		return fmt.Errorf("close the captures folder: %w", err)
	}
	return nil
}

// path is a file of the folder; a name that leads out of it is none.
func (f *Folder) path(name string) (string, error) {
	if name == "" || filepath.Base(name) != name || strings.HasPrefix(name, ".") {
		return "", fmt.Errorf("%w: %q", ErrPlace, name)
	}
	return filepath.Join(f.dir, name), nil
}

// Read reads a capture.
func (f *Folder) Read(at Location) (*news.Capture, error) {
	name, err := f.path(at.File)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read a capture: %w", err)
	}
	defer file.Close()
	rec, err := warc.At(io.NewSectionReader(file, 0, at.Offset+at.Length), at.Offset)
	if err != nil {
		return nil, fmt.Errorf("read a capture from %s: %w", at.File, err)
	}
	c, err := rec.Capture(warc.MaxPage)
	if err != nil {
		return nil, fmt.Errorf("read a capture from %s at byte %d: %w", at.File, at.Offset, err)
	}
	return c, nil
}

// Has reports whether the folder has bytes at the place: a check that costs no
// reading of them.
func (f *Folder) Has(at Location) bool {
	name, err := f.path(at.File)
	if err != nil {
		return false
	}
	info, err := os.Stat(name)
	return err == nil && at.Offset >= 0 && at.Length > 0 && at.Offset+at.Length <= info.Size()
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
