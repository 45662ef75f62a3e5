package delivery

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/ingest/file"
	"github.com/onrecord/onrecord/internal/ingest/page"
	"github.com/onrecord/onrecord/internal/ingest/wire"
	"github.com/onrecord/onrecord/internal/news"
)

// FileOptions say how Files reads.
type FileOptions struct {
	Published string // the day that a person gives for all of them
	Publisher string // for those that name none
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Files yields the articles of files and folders, in the order of the names, as
// file.Open does, and the stories of documents of the wire formats as well
// (.xml, .json). What cannot be read is yielded as an error; reading goes on
// behind it.
func Files(ctx context.Context, paths []string, o FileOptions) iter.Seq2[news.Delivery, error] {
	if o.Now == nil {
		o.Now = time.Now
	}
	return func(yield func(news.Delivery, error) bool) {
		w := &walker{ctx: ctx, o: o, yield: yield}
		for _, p := range paths {
			if !w.path(p) {
				return
			}
		}
	}
}

type walker struct {
	ctx   context.Context
	o     FileOptions
	yield func(news.Delivery, error) bool
}

// give hands over and reports whether to go on.
func (w *walker) give(d news.Delivery, err error) bool {
	return w.ctx.Err() == nil && w.yield(d, err) && w.ctx.Err() == nil
}

// IsRead reports whether a file of a folder is read, by its name.
func IsRead(name string) bool {
	return !strings.HasPrefix(filepath.Base(name), ".") && suffixes[strings.ToLower(filepath.Ext(name))]
}

// suffixes are the files of a folder that are read.
var suffixes = map[string]bool{
	".txt": true, ".text": true, ".md": true, ".markdown": true, ".html": true, ".htm": true, ".xhtml": true, ".json": true, ".jsonl": true, ".ndjson": true, ".xml": true, ".nitf": true,
}

func (w *walker) path(name string) bool {
	info, err := os.Stat(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = file.ErrNotFound
		}
		return w.give(news.Delivery{}, &file.Error{Name: name, Err: err})
	}
	if !info.IsDir() {
		return w.file(name, info)
	}
	on := true
	_ = filepath.WalkDir(name, func(p string, d fs.DirEntry, err error) error { // its errors are handed over
		hidden := p != name && strings.HasPrefix(filepath.Base(p), ".")
		switch {
		case err != nil:
			on = w.give(news.Delivery{}, &file.Error{Name: p, Err: err})
			if d != nil && d.IsDir() && on {
				return fs.SkipDir
			}
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden || !suffixes[strings.ToLower(filepath.Ext(p))]:
		default:
			if info, err := os.Stat(p); err != nil {
				on = w.give(news.Delivery{}, &file.Error{Name: p, Err: err})
			} else if info.Mode().IsRegular() {
				on = w.file(p, info)
			}
		}
		if !on {
			return fs.SkipAll
		}
		return nil
	})
	return on
}

// file reads one file: whole where it may be one document, else as a stream.
func (w *walker) file(name string, info fs.FileInfo) bool {
	ext := strings.ToLower(filepath.Ext(name))
	if info.Mode().IsRegular() && info.Size() <= wire.MaxDocument && (ext == ".xml" || ext == ".nitf" || ext == ".json" || !suffixes[ext]) {
		raw, err := os.ReadFile(name)
		if err != nil {
			return w.give(news.Delivery{}, &file.Error{Name: name, Err: err})
		}
		if format := wire.Sniff(raw); format != "" {
			return w.wire(name, string(format), raw)
		}
		if ext == ".xml" || ext == ".nitf" {
			return w.give(news.Delivery{}, &file.Error{Name: name, Err: wire.ErrUnknown})
		}
	}
	for it, err := range file.Open(w.ctx, []string{name}, file.Options{}) {
		if err != nil {
			if !w.give(news.Delivery{}, err) {
				return false
			}
			continue
		}
		d, err := w.delivery(name, it)
		if !w.give(d, err) {
			return false
		}
	}
	return true
}

func (w *walker) wire(name, format string, raw []byte) bool {
	c := w.capture(fileURL(name), format, raw)
	all, err := ofWire(c)
	if err != nil {
		return w.give(news.Delivery{}, err)
	}
	for _, d := range all {
		if !w.give(d, nil) {
			return false
		}
	}
	return true
}

func (w *walker) capture(url, mediaType string, body []byte) *news.Capture {
	sum := sha256.Sum256(body)
	return &news.Capture{
		URL: url, At: w.o.Now().UTC().Truncate(time.Microsecond), MediaType: mediaType, SHA256: hex.EncodeToString(sum[:]),
		Hint: news.Hint{Given: w.o.Published, Publisher: w.o.Publisher}, Body: body,
	}
}

// delivery makes the article of what package file has read; of a page anew from
// the page itself, as it will be when it is read again.
func (w *walker) delivery(name string, it file.Item) (news.Delivery, error) {
	c, err := w.captureOf(name, it)
	if err != nil {
		return news.Delivery{}, err
	}
	if c.MediaType != HTML {
		return ofItem(it, c), nil
	}
	d, err := page.Read(w.ctx, c)
	if err != nil {
		return news.Delivery{}, &file.Error{Name: name, Err: err}
	}
	return *d, nil
}

// captureOf keeps the file an article came from; of a file of many, the one
// object, written anew with the fields that are read.
func (w *walker) captureOf(name string, it file.Item) (*news.Capture, error) {
	if it.Name == name {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, &file.Error{Name: name, Err: err}
		}
		media := Plain
		switch strings.ToLower(filepath.Ext(name)) {
		case ".md", ".markdown":
			media = Markdown
		case ".txt", ".text":
		default:
			if MediaType("", raw) == HTML || it.Blocks != nil {
				media = HTML
			}
		}
		return w.capture(fileURL(name), media, raw), nil
	}
	text := it.Text
	if it.Title != "" {
		text = strings.TrimPrefix(strings.TrimPrefix(text, it.Title), "\n\n")
	}
	body, err := json.Marshal(object{it.Title, text, it.URL, it.Published, it.Modified, it.Publisher, it.Authors})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", it.Name, err)
	}
	return w.capture(fileURL(name)+"#L"+strings.TrimPrefix(it.Name, name+":"), JSON, body), nil
}

// object is an article in JSON, as package file reads it.
type object struct {
	Title     string   `json:"title,omitempty"`
	Text      string   `json:"text"`
	URL       string   `json:"url,omitempty"`
	Published string   `json:"published,omitempty"`
	Modified  string   `json:"modified,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	Authors   []string `json:"authors,omitempty"`
}

// fileURL is the address of a file (RFC 8089).
func fileURL(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(name)}).String()
}
