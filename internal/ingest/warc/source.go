package warc

import (
	"bufio"
	"io"
)

// Sizes of a source, in bytes.
const (
	chunk     = 64 << 10 // read at once
	maxReplay = 4 << 20  // kept of a record, to be looked through again where it is damaged
)

// source is the file. It counts, it lets what was read since the last mark be
// read again, and it is an io.ByteReader, so that the decompressor takes no byte
// more than a member has.
type source struct {
	r        io.Reader
	err      error
	buf      []byte
	pos      int   // of the next byte in buf
	base     int64 // where in the file buf begins
	mark     int64 // where in the file reading can begin again, -1 where nowhere
	replayed int64 // bytes that were read again
}

func newSource(r io.Reader) *source { return &source{r: r, mark: -1} }

func (s *source) offset() int64 { return s.base + int64(s.pos) }

// Buffered is how many bytes can be peeked at without reading.
func (s *source) Buffered() int { return len(s.buf) - s.pos }

// setMark keeps what is read from here on.
func (s *source) setMark() { s.mark = s.offset() }

// rewind goes back to the mark, if it was kept. A file must not make us read it
// more than twice.
func (s *source) rewind() {
	back := s.offset() - s.mark
	if s.mark < s.base || s.mark < 0 || s.replayed+back > s.offset()+maxReplay {
		return
	}
	s.replayed += back
	s.pos = int(s.mark - s.base)
	s.mark = -1
}

// fill reads at least one more byte, or leaves the reason in err.
func (s *source) fill() {
	keep := s.pos
	if s.mark >= s.base && s.pos-int(s.mark-s.base) <= maxReplay {
		keep = int(s.mark - s.base)
	}
	if keep > 0 && len(s.buf)+chunk > cap(s.buf) {
		n := copy(s.buf, s.buf[keep:])
		s.buf, s.base, s.pos = s.buf[:n], s.base+int64(keep), s.pos-keep
	}
	if len(s.buf)+chunk > cap(s.buf) {
		grown := make([]byte, len(s.buf), 2*cap(s.buf)+2*chunk)
		copy(grown, s.buf)
		s.buf = grown
	}
	for range 100 {
		n, err := s.r.Read(s.buf[len(s.buf) : len(s.buf)+chunk])
		s.buf, s.err = s.buf[:len(s.buf)+n], err
		if n > 0 || err != nil {
			return
		}
	}
	s.err = io.ErrNoProgress
}

// Peek returns the next n bytes without passing them, fewer with the reason.
func (s *source) Peek(n int) ([]byte, error) {
	for s.Buffered() < n && s.err == nil {
		s.fill()
	}
	if s.Buffered() < n {
		return s.buf[s.pos:], s.err
	}
	return s.buf[s.pos : s.pos+n], nil
}

// Discard passes over n bytes.
func (s *source) Discard(n int) (int, error) {
	for done := 0; ; {
		k := min(n-done, s.Buffered())
		s.pos += k
		if done += k; done == n {
			return n, nil
		}
		if s.err != nil {
			return done, s.err
		}
		s.fill()
	}
}

func (s *source) Read(p []byte) (int, error) {
	if s.Buffered() == 0 {
		if s.err == nil {
			s.fill()
		}
		if s.Buffered() == 0 {
			return 0, s.err
		}
	}
	n := copy(p, s.buf[s.pos:])
	s.pos += n
	return n, nil
}

func (s *source) ReadByte() (byte, error) {
	if s.pos == len(s.buf) {
		if s.err == nil {
			s.fill()
		}
		if s.pos == len(s.buf) {
			return 0, s.err
		}
	}
	s.pos++
	return s.buf[s.pos-1], nil
}

// Both are what records are read from.
var _, _ peeker = (*source)(nil), (*bufio.Reader)(nil)
