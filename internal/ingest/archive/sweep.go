package archive

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/warc"
)

// Sweep erases what lies in the folder's files between the captures that are
// known: what a process wrote and was killed before it was committed, or what
// was written twice. Files that were changed after the moment given are left
// alone, since a process may be about to commit what it has just written.
// Nothing is erased in a file of which nothing is known: it may have been put
// there by hand. It returns how many bytes were erased.
func (f *Folder) Sweep(known []Location, before time.Time) (int64, error) {
	files := make(map[string][]Location)
	for _, at := range known {
		files[at.File] = append(files[at.File], at)
	}
	f.mu.Lock()
	own := f.name
	f.mu.Unlock()
	var erased int64
	var failed []error
	for name, places := range files {
		if name == own && own != "" {
			continue
		}
		n, err := f.sweep(name, places, before)
		erased += n
		if err != nil {
			failed = append(failed, fmt.Errorf("sweep %s: %w", name, err))
		}
	}
	return erased, errors.Join(failed...)
}

func (f *Folder) sweep(name string, places []Location, before time.Time) (int64, error) {
	path, err := f.path(name)
	if err != nil {
		return 0, err
	}
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil // the doctor tells of it
	}
	if err != nil || !info.ModTime().Before(before) || !strings.HasSuffix(name, ".gz") {
		return 0, err
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	slices.SortFunc(places, func(a, b Location) int { return int(min(max(a.Offset-b.Offset, -1), 1)) })
	end := afterInfo(file)
	var erased int64
	blankTo := func(to int64) error {
		if to <= end {
			return nil
		}
		here, err := isBlank(file, end, to-end)
		if err != nil || here {
			return err
		}
		if _, err := file.WriteAt(blank(to-end), end); err != nil {
			return err
		}
		erased += to - end
		return nil
	}
	for _, at := range places {
		if err := blankTo(min(at.Offset, info.Size())); err != nil {
			return erased, err
		}
		end = max(end, at.Offset+at.Length)
	}
	if err := blankTo(info.Size()); err != nil {
		return erased, err
	}
	if erased == 0 {
		return 0, nil
	}
	// The time of the last change stays that of the last capture.
	return erased, errors.Join(file.Sync(), os.Chtimes(path, info.ModTime(), info.ModTime()))
}

// afterInfo is where the record ends that names who made the file, 0 where it
// does not begin with one.
func afterInfo(file *os.File) int64 {
	rd := warc.NewReader(io.NewSectionReader(file, 0, 1<<62), warc.Options{})
	rec, err := rd.Next()
	if err != nil || rec.Type != warc.TypeInfo {
		return 0
	}
	if _, err := io.Copy(io.Discard, rec.Body); err != nil {
		return 0
	}
	next, err := rd.Next()
	if err != nil {
		return rd.Offset()
	}
	return next.Offset
}

// isBlank reports whether a stretch holds what blank makes, perhaps of several.
func isBlank(file *os.File, at, length int64) (bool, error) {
	raw := make([]byte, length)
	if _, err := file.ReadAt(raw, at); err != nil {
		return false, err
	}
	return string(raw) == string(blank(length)), nil
}
