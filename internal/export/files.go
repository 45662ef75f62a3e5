package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
)

// output makes the files of one export.
type output struct {
	Options
	create func(name string) (io.WriteCloser, error)
	files  []*sink
}

// sink is one file in the making: what is written is counted and summed.
type sink struct {
	File
	to    io.WriteCloser
	sum   hash.Hash
	buf   *bufio.Writer
	ended bool
}

// file begins a file.
func (o *output) file(name string, columns []Column) (*sink, error) {
	to, err := o.create(name)
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", name, err)
	}
	s := &sink{File: File{Name: name, Columns: columns}, to: to, sum: sha256.New()}
	s.buf = bufio.NewWriterSize(writerFunc(s.through), 64<<10)
	o.files = append(o.files, s)
	return s, nil
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func (s *sink) through(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.sum.Write(p[:n])
	s.Bytes += int64(n)
	return n, err
}

// Write writes to the file.
func (s *sink) Write(p []byte) (int, error) { return s.buf.Write(p) }

func (o *output) finish() ([]File, error) {
	var out []File
	for _, s := range o.files {
		s.ended = true
		if err := errors.Join(s.buf.Flush(), s.to.Close()); err != nil {
			return nil, fmt.Errorf("end %s: %w", s.Name, err)
		}
		s.SHA256 = hex.EncodeToString(s.sum.Sum(nil))
		out = append(out, s.File)
	}
	return out, nil
}

// abandon closes what was not finished.
func (o *output) abandon() {
	for _, s := range o.files {
		if !s.ended {
			_ = s.to.Close() // the first error is told already
		}
	}
}

// First is a create of Write for those who want one stream: the form's first file
// goes to w, the others go nowhere.
func First(w io.Writer) func(string) (io.WriteCloser, error) {
	first := true
	return func(string) (io.WriteCloser, error) {
		if first {
			first = false
			return unclosed{w}, nil
		}
		return unclosed{io.Discard}, nil
	}
}

type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// partial ends the name of a file that is not whole.
const partial = ".partial"

// Dir writes an export into a folder, which is made where there is none: its
// files, which get their names when all of them are whole, and the manifest last.
func Dir(ctx context.Context, o Options, dir string, rows iter.Seq2[Row, error]) (m *Manifest, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder %s: %w", dir, err)
	}
	var made []string
	create := func(name string) (io.WriteCloser, error) {
		f, err := os.Create(filepath.Join(dir, name+partial))
		if err == nil {
			made = append(made, name)
		}
		return f, err
	}
	defer func() {
		if err != nil {
			for _, name := range made {
				_ = os.Remove(filepath.Join(dir, name+partial)) // what is left of a failed export
			}
		}
	}()
	if m, err = Write(ctx, o, create, rows); err != nil {
		return nil, err
	}
	// No manifest may stand beside files that it does not tell of.
	if err := os.Remove(filepath.Join(dir, ManifestName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("take away the earlier manifest: %w", err)
	}
	for _, name := range made {
		if err := os.Rename(filepath.Join(dir, name+partial), filepath.Join(dir, name)); err != nil {
			return nil, fmt.Errorf("name %s: %w", name, err)
		}
	}
	f, err := create(ManifestName)
	if err != nil {
		return nil, fmt.Errorf("create the manifest: %w", err)
	}
	if err := errors.Join(m.write(f), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Rename(filepath.Join(dir, ManifestName+partial), filepath.Join(dir, ManifestName)); err != nil {
		return nil, fmt.Errorf("name the manifest: %w", err)
	}
	return m, nil
}
