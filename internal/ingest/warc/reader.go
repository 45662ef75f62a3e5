package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Options say how a Reader reads.
type Options struct {
	MaxRecord int64 // bytes of one record's block; 0 is MaxRecord
}

// Reader reads the records of one WARC file, in order.
type Reader struct {
	src   *source
	max   int64
	zip   *gzip.Reader  // nil until the first member
	block *bufio.Reader // what records are read from: src itself, or the open member
	inner *counter      // counts what comes out of the open member; nil in a plain file
	start int64         // where the open record or member begins
	probe *gzip.Reader  // looks into what may be a member

	cur    *Record
	body   *io.LimitedReader
	lost   bool // where the next record begins is not known
	zipped bool // the last record that was found was compressed
}

// NewReader reads from r, which may be plain or compressed: the first bytes
// tell.
func NewReader(r io.Reader, o Options) *Reader {
	if o.MaxRecord <= 0 {
		o.MaxRecord = MaxRecord
	}
	return &Reader{src: newSource(r), max: o.MaxRecord}
}

// At reads the one record that begins at the offset, as Record.Offset gave it.
func At(r io.ReaderAt, offset int64) (*Record, error) {
	return NewReader(io.NewSectionReader(r, offset, 1<<62-offset), Options{}).Next()
}

// counter counts what is read through it.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// Offset is how far in the file the reader is. Between two records of a file
// that is plain or has one gzip member a record, it is where the next begins.
func (r *Reader) Offset() int64 { return r.src.offset() }

// Next returns the next record, io.EOF behind the last, a *DamageError for one
// that cannot be read (call Next again to go on), or an error of the source.
func (r *Reader) Next() (*Record, error) {
	if r.cur != nil {
		if err := r.finish(); err != nil {
			return nil, err
		}
	}
	if r.lost {
		if err := r.resync(); err != nil {
			return nil, err
		}
	}
	if r.inner == nil || r.block == nil {
		if err := r.open(); err != nil {
			return nil, err
		}
	}
	return r.record()
}

// damaged ends the record at the offset and loses the way.
func (r *Reader) damaged(offset int64, err error) error {
	r.cur, r.body, r.block, r.inner, r.lost = nil, nil, nil, nil, true
	// What was read of it may hold the records that follow: a wrong length
	// swallows them, and a decompressor sees late that its data is damaged.
	r.src.rewind()
	if r.src.offset() == offset {
		_, _ = r.src.Discard(1) // or the same record would be found again
	}
	return &DamageError{Offset: offset, Err: err}
}

// open begins at a record or member boundary of the file.
func (r *Reader) open() error {
	r.inner, r.block = nil, nil
	r.src.mark = -1 // the record before is done with
	if err := r.skipBlank(r.src); err != nil {
		return r.damaged(r.src.offset(), err)
	}
	head, err := r.src.Peek(2)
	if len(head) == 0 {
		if errors.Is(err, io.EOF) {
			return io.EOF
		}
		return fmt.Errorf("read the WARC file at byte %d: %w", r.src.offset(), err)
	}
	r.start = r.src.offset()
	r.src.setMark()
	if !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		r.zipped = false
		return nil
	}
	r.zipped = true
	if r.zip == nil {
		r.zip, err = gzip.NewReader(r.src)
	} else {
		err = r.zip.Reset(r.src)
	}
	if err != nil {
		r.zip = nil
		return r.damaged(r.start, gzipError(err))
	}
	r.zip.Multistream(false)
	r.inner = &counter{r: r.zip}
	r.block = bufio.NewReaderSize(r.inner, 16<<10)
	return nil
}

// gzipError tells damage in the data from its end.
func gzipError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrTruncated
	}
	return fmt.Errorf("%w: %w", ErrGzip, err)
}

// peeker is a source or the block of a member.
type peeker interface {
	io.Reader
	Peek(int) ([]byte, error)
	Discard(int) (int, error)
	Buffered() int
}

// skipBlank passes over the line ends between records; careless writers leave
// more than two, or fewer.
func (r *Reader) skipBlank(p peeker) error {
	for range maxBlank {
		b, _ := p.Peek(1)
		if len(b) == 0 || b[0] != '\r' && b[0] != '\n' {
			return nil
		}
		if _, err := p.Discard(1); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: %d empty lines", ErrNotWARC, maxBlank)
}

// at is where the next byte of the open member, or of the file, is.
func (r *Reader) at() (offset, inner int64) {
	if r.inner == nil {
		return r.src.offset(), 0
	}
	return r.start, r.inner.n - int64(r.block.Buffered())
}

// record reads the header of the record that begins here.
func (r *Reader) record() (*Record, error) {
	rec := &Record{}
	rec.Offset, rec.Inner = r.at()
	var in peeker = r.src
	if r.inner != nil {
		in = r.block
	}
	if err := rec.readHeader(in); err != nil {
		if r.inner == nil && errors.Is(err, io.EOF) {
			err = ErrTruncated
		} else if r.inner != nil && !errors.Is(err, ErrHeader) && !errors.Is(err, ErrNotWARC) && !errors.Is(err, ErrLength) {
			err = gzipError(err)
		}
		return nil, r.damaged(rec.Offset, err)
	}
	if rec.Length > r.max {
		return nil, r.damaged(rec.Offset, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, rec.Length, r.max))
	}
	r.cur, r.body = rec, &io.LimitedReader{R: in, N: rec.Length}
	rec.Body = &body{r: r, rec: rec}
	return rec, nil
}

// body reads a record's block.
type body struct {
	r   *Reader
	rec *Record
	err error // what ended it early
}

func (b *body) Read(p []byte) (int, error) {
	switch {
	case b.r.cur != b.rec:
		return 0, errors.New("warc: the record's body is read after the next record was asked for")
	case b.err != nil:
		return 0, b.err
	case b.r.body.N <= 0:
		return 0, io.EOF
	}
	n, err := b.r.body.Read(p)
	if err != nil && b.r.body.N > 0 {
		switch {
		case b.r.inner == nil && errors.Is(err, io.EOF):
			b.err = ErrTruncated
		case b.r.inner == nil:
			b.err = err
		case errors.Is(err, io.EOF):
			b.err = fmt.Errorf("%w: the member ends before its %d bytes", ErrLength, b.rec.Length)
		default:
			b.err = gzipError(err)
		}
		return n, b.err
	}
	return n, nil
}

// finish passes over what was not read of the record and checks its end.
func (r *Reader) finish() error {
	rec := r.cur
	if _, err := io.Copy(io.Discard, rec.Body); err != nil {
		return r.damaged(rec.Offset, err)
	}
	r.cur, r.body = nil, nil
	if r.inner == nil {
		if end, _ := r.src.Peek(4); len(end) > 0 && end[0] != '\r' && end[0] != '\n' {
			return r.damaged(rec.Offset, fmt.Errorf("%w: %d bytes on there is no end of a record", ErrLength, rec.Length))
		}
		return nil
	}
	if err := r.skipBlank(r.block); err != nil {
		return r.damaged(rec.Offset, err)
	}
	// More in the same member is another record; nothing, the end of it.
	if _, err := r.block.Peek(1); err == nil {
		return nil
	} else if !errors.Is(err, io.EOF) {
		return r.damaged(rec.Offset, gzipError(err))
	}
	r.block, r.inner = nil, nil
	return nil
}

// resync looks for where a next record may begin: in a compressed file a gzip
// member that opens with "WARC/", in a plain one a line that does.
func (r *Reader) resync() error {
	for {
		buf, err := r.src.Peek(8 << 10)
		if len(buf) == 0 {
			if errors.Is(err, io.EOF) {
				return io.EOF
			}
			return fmt.Errorf("read the WARC file at byte %d: %w", r.src.offset(), err)
		}
		at := findRecord(buf, r.zipped)
		if at >= 0 && (at == 0 || len(buf)-at > 4<<10 || err != nil) {
			if _, err := r.src.Discard(at); err != nil {
				return err
			}
			buf, _ = r.src.Peek(8 << 10)
			if !r.zipped || r.opensRecord(buf) {
				r.lost = false
				return nil
			}
			at = 1 // the magic by chance
		} else if at < 0 {
			at = max(len(buf)-8, 1) // a mark may lie across the edge
			if err != nil {
				at = len(buf)
			}
		}
		if _, err := r.src.Discard(at); err != nil {
			return err
		}
	}
}

// findRecord returns where in buf a record may begin, -1 where none does.
func findRecord(buf []byte, zipped bool) int {
	if zipped {
		return bytes.Index(buf, []byte{0x1f, 0x8b, 0x08})
	}
	if bytes.HasPrefix(buf, []byte("WARC/1.")) {
		return 0
	}
	if i := bytes.Index(buf, []byte("\nWARC/1.")); i >= 0 {
		return i + 1
	}
	return -1
}

// opensRecord reports whether buf is the beginning of a member with a record.
func (r *Reader) opensRecord(buf []byte) bool {
	var err error
	if r.probe == nil {
		r.probe, err = gzip.NewReader(bytes.NewReader(buf))
	} else {
		err = r.probe.Reset(bytes.NewReader(buf))
	}
	if err != nil {
		return false
	}
	var head [5]byte
	_, err = io.ReadFull(r.probe, head[:])
	return err == nil && string(head[:]) == "WARC/"
}

// readHeader reads version line and fields.
func (rec *Record) readHeader(in peeker) error {
	left, folds := MaxHeader, 0
	line, err := readLine(in, &left)
	if err != nil {
		return err
	}
	version, ok := strings.CutPrefix(line, "WARC/")
	if !ok || !strings.HasPrefix(version, "1.") && !strings.HasPrefix(version, "0.1") {
		return fmt.Errorf("%w: %.40q", ErrNotWARC, line)
	}
	rec.Version = version
	for {
		line, err := readLine(in, &left)
		if err != nil {
			return err
		}
		if line == "" {
			return rec.settle()
		}
		if line[0] == ' ' || line[0] == '\t' { // a folded value goes on
			if folds++; folds > maxFields {
				return fmt.Errorf("%w: more than %d folded lines", ErrHeader, maxFields)
			}
			if n := len(rec.Header); n > 0 {
				rec.Header[n-1].Value += " " + strings.TrimSpace(line)
			}
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return fmt.Errorf("%w: %.60q is no field", ErrHeader, line)
		}
		if len(rec.Header) == maxFields {
			return fmt.Errorf("%w: more than %d fields", ErrHeader, maxFields)
		}
		rec.Header = append(rec.Header, Field{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
}

// readLine reads to a line feed and drops the line end. Left is how many bytes
// the header may still have.
func readLine(in peeker, left *int) (string, error) {
	var line []byte
	for {
		buf, err := in.Peek(1)
		if len(buf) == 0 {
			return "", err
		}
		buf, _ = in.Peek(in.Buffered())
		n := bytes.IndexByte(buf, '\n') + 1
		whole := n > 0
		if !whole {
			n = len(buf)
		}
		if *left -= n; *left < 0 {
			return "", fmt.Errorf("%w: more than %d bytes", ErrHeader, MaxHeader)
		}
		line = append(line, buf[:n]...)
		if _, err := in.Discard(n); err != nil {
			return "", err
		}
		if whole {
			return strings.TrimRight(string(line), "\r\n"), nil
		}
	}
}
