package archive

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Erase writes over a capture's bytes with a record of the same length that
// says nothing, so that the file stays a WARC file and no other capture moves.
// A place that is erased already, or whose file is gone, is no error.
func (f *Folder) Erase(at Location) error {
	name, err := f.path(at.File)
	if err != nil {
		return err
	}
	if at.Offset < 0 || at.Length <= 0 {
		return fmt.Errorf("%w: %d bytes at %d of %s", ErrPlace, at.Length, at.Offset, at.File)
	}
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("erase a capture: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("erase a capture: %w", err)
	}
	if at.Offset+at.Length > info.Size() {
		return fmt.Errorf("%w: %d bytes at %d of %s, which has %d", ErrPlace, at.Length, at.Offset, at.File, info.Size())
	}
	// Not by a wrong place: a capture's record begins a gzip member.
	var magic [2]byte
	if _, err := file.ReadAt(magic[:], at.Offset); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("erase a capture: %w", err)
	}
	if magic != [2]byte{0x1f, 0x8b} {
		return fmt.Errorf("%w: no record begins at %d of %s", ErrPlace, at.Offset, at.File)
	}
	if _, err := file.WriteAt(blank(at.Length), at.Offset); err != nil {
		return fmt.Errorf("erase a capture of %s: %w", at.File, err)
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("erase a capture of %s: %w", at.File, err)
	}
	return nil
}

// blank makes a gzip member of exactly the length, in bytes, with a record of
// spaces in it. Zeros serve where the length is below what a record takes.
func blank(length int64) []byte {
	least := int64(len(member(0, "")))
	if length < least {
		return make([]byte, length)
	}
	// Spaces are stored uncompressed, so the length grows with them by one, but
	// for the heads of blocks now and then. A comment makes up what is missing;
	// it cannot make up a single byte, for it ends in one of its own.
	for n := length - least; n >= 0; n-- {
		m := member(n, "")
		switch missing := length - int64(len(m)); {
		case missing == 0:
			return m
		case missing >= 2:
			return member(n, strings.Repeat("-", int(missing)-1))
		}
	}
	return make([]byte, length)
}

// member is a gzip member that holds a record of n spaces.
func member(n int64, comment string) []byte {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.NoCompression)
	if err != nil {
		return nil // the level is known
	}
	z.Comment = comment
	fmt.Fprintf(z, "WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:onrecord:erased>\r\nWARC-Date: 1970-01-01T00:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n", n)
	_, _ = z.Write(bytes.Repeat([]byte{' '}, int(n))) // a buffer takes all
	_, _ = io.WriteString(z, "\r\n\r\n")
	_ = z.Close()
	return b.Bytes()
}
