package relational

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// dumpFormat names the form of a dump: gzip, and in it lines of JSON. The first
// is {"dump":1}; {"table":…,"columns":[…]} begins a table, whose rows follow as
// arrays; {"end":rows} is the last.
const dumpFormat = 1

// dumped are the tables that a dump holds; all others are made of them. A table
// comes after those that it refers to. A column is its name and, behind a
// colon, what it holds: t text (escaped), i a whole number, f a number, m a moment in
// microseconds since 1970, b bytes, o true or false.
var dumped = []struct{ table, columns string }{
	{"feed", "id:t kind:t url:t title:t homepage:t publisher:t interval_s:i rights:t added_at:m state:t state_reason:t etag:t last_modified:t body_sha256:t checked_at:m changed_at:m next_check:m next_reason:t failures:f last_error:t"},
	{"fetch", "feed:t url:t final:t at:m took_ms:i status:i bytes:i outcome:t detail:t retry_after_s:i"},
	{"capture", "id:t url:t at:m status:i media_type:t sha256:t hint:b file:t place:i length:i"},
	{"article", "key:i id:t cursor:i state:t version:i url:t publisher:t feed:t title:t published:t language:t first_seen:m changed:m embargo:m entities:i statements:i events:i"},
	{"address", "hash:t address:t article:i"},
	{"version", "article:i n:i received_at:m digest:t text_sha256:t title:t published:t basis:t capture:t action:t note:t difference:b"},
	{"record", "article:i n:i pipeline:t model:t codebook:t read_at:m body:b"},
	{"tombstone", "article:t at:m reason:t"},
	{"tombstone_address", "hash:t article:t"},
	{"erasure", "capture:t file:t place:i length:i"},
	{"unsettled", "article:t stamp:i story:t"},
	{"stale_block", "block:t"},
	{"batch", "n:i opened:m closed:m"},
	{"story", "id:t key:t title:t first:t last:t place:t country:t lat:f lon:f type:t articles:i origins:i events:i claims:i disputes:i told:i settled:m line:b body:b"},
	{"story_kept", "key:t body:b"},
	{"story_article", "article:i story:t origin:i batch:i joined:m"},
	{"resolved_event", "id:t story:t type:t mode:t modality:t background:o earliest:t latest:t precision:t place:t country:t admin1:t lat:f lon:f exact:t reported:t articles:i origins:i contested:o body:b"},
	{"resolved_member", "article:i event:t resolved:t"},
	{"resolved_party", "event:t role:t n:i name:t folded:t actor:t"},
	{"toll", "event:t kind:t low:i best:i high:i"},
	{"claim", "id:t story:t kind:t event:t words:t first:t last:t contested:o favour:i against:i body:b"},
	{"claim_about", "claim:t n:i name:t folded:t actor:t"},
	{"stance", "claim:t n:i id:t kind:t source:t folded:t own:o actor:t article:i said_at:t"},
	{"figure", "event:t n:i id:t story:t kind:t low:i best:i high:i qualifier:t part:o source:t folded:t own:o actor:t standing:t fate:t article:i said_at:t published:t body:b"},
	{"actor", "id:t block:t type:t name:t folded:t country:t articles:i first:t last:t body:b"},
	{"actor_name", "folded:t actor:t"},
	{"actor_article", "article:i entity:t actor:t block:t place:i profile:b"},
	{"change", "seq:i at:m kind:t object:t id:t target:t fields:t"},
	{"merged", "id:t object:t target:t at:m"},
	{"joining", "object:t article:t part:t other_article:t other_part:t together:o note:t at:m"},
	{"correction", "article:i object:t place:i words:t field:t verdict:t machine:t value:t person:t note:t at:m"},
	{"alert", "id:t name:t kind:t query:t webhook:t secret:t mail:t every_s:i owner:t added_at:m paused:o next_at:m looked_at:m last_error:t"},
	{"alert_seen", "alert:t row_key:t at:m"},
	{"account", "name:t role:t password:t added_at:m changed_at:m"},
	{"token", "id:t hash:t account:t label:t created_at:m used_at:m"},
	{"audit", "at:m account:t address:t what:t detail:t"}, // its numbers are given anew
}

// columnsOf splits what dumped says of a table.
func columnsOf(spec string) (names []string, kinds []byte) {
	for _, c := range strings.Fields(spec) {
		name, kind, _ := strings.Cut(c, ":")
		names, kinds = append(names, name), append(kinds, kind[0])
	}
	return names, kinds
}

type dumpTable struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
}

// Dump writes all rows of one moment.
func (s *Store) Dump(ctx context.Context, w io.Writer) error {
	z := gzip.NewWriter(w)
	out := json.NewEncoder(z)
	out.SetEscapeHTML(false)
	rows := 0
	err := s.b.Read(ctx, func(tx Tx) error {
		if rows > 0 {
			return errors.New("the store moved on while it was read")
		}
		if err := out.Encode(map[string]int{"dump": dumpFormat}); err != nil {
			return err
		}
		for _, t := range dumped {
			names, kinds := columnsOf(t.columns)
			if err := out.Encode(dumpTable{t.table, names}); err != nil {
				return err
			}
			err := each(ctx, tx, "SELECT "+strings.Join(names, ", ")+" FROM "+quoted(t.table), nil, func(r Rows) error {
				to, values := scanRow(kinds)
				if err := r.Scan(to...); err != nil {
					return err
				}
				rows++
				return out.Encode(values())
			})
			if err != nil {
				return fmt.Errorf("table %s: %w", t.table, err)
			}
		}
		return out.Encode(map[string]int{"end": rows})
	})
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return fmt.Errorf("write all rows: %w", err)
	}
	return nil
}

// scanRow makes places to scan a row into, and what turns them into JSON.
func scanRow(kinds []byte) (to []any, values func() []any) {
	to = make([]any, len(kinds))
	for i, k := range kinds {
		switch k {
		case 't':
			to[i] = new(*string)
		case 'i':
			to[i] = new(*int64)
		case 'f':
			to[i] = new(*float64)
		case 'b':
			to[i] = new([]byte)
		case 'o':
			to[i] = new(*bool)
		case 'm':
			to[i] = scanMoment{new(time.Time)}
		}
	}
	return to, func() []any {
		out := make([]any, len(to))
		for i, v := range to {
			out[i] = v
			switch v := v.(type) {
			case **string:
				if *v != nil {
					out[i] = Escaped(**v)
				}
			case scanMoment:
				out[i] = nil
				if !v.to.IsZero() {
					out[i] = v.to.UnixMicro()
				}
			}
		}
		return out
	}
}

// Restore fills an empty store with what Dump wrote, in one transaction.
func (s *Store) Restore(ctx context.Context, in io.Reader) error {
	z, err := gzip.NewReader(in)
	if err != nil {
		return fmt.Errorf("open the dump: %w", err)
	}
	first := true
	err = s.b.Write(ctx, func(tx Tx) error {
		if !first {
			return errors.New("another process writes to the store")
		}
		first = false
		if s.d.Lock != nil {
			if err := s.d.Lock(ctx, tx, nil); err != nil {
				return err
			}
		}
		for _, t := range dumped {
			var n int64
			if err := row(ctx, tx, "SELECT count(*) FROM "+quoted(t.table), nil, &n); err != nil {
				return err
			}
			if n > 0 {
				return fmt.Errorf("%w: %d rows in %s", store.ErrNotEmpty, n, t.table)
			}
		}
		if err := readDump(ctx, tx, z); err != nil {
			return err
		}
		if err := s.refold(ctx, tx); err != nil {
			return err
		}
		// A dump of before there were stories: all is to be settled.
		_, err := tx.Exec(ctx, `INSERT INTO unsettled (article, stamp) SELECT a.id, 1 FROM article a WHERE a.state = 'live'
			AND NOT EXISTS (SELECT 1 FROM story_article sa WHERE sa.article = a.key) ON CONFLICT (article) DO NOTHING`)
		if err != nil {
			return err
		}
		for _, sql := range s.d.AfterRestore {
			if _, err := tx.Exec(ctx, sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}

// errCut is a dump without its last line.
var errCut = errors.New("the dump ends before its end: it was cut off")

func readDump(ctx context.Context, tx Tx, in io.Reader) error {
	r := bufio.NewReaderSize(in, 1<<20)
	dec := json.NewDecoder(r)
	var head struct{ Dump int }
	if err := dec.Decode(&head); err != nil {
		return fmt.Errorf("read the dump: %w", err)
	}
	if head.Dump != dumpFormat {
		return fmt.Errorf("the dump has form %d, this program reads %d", head.Dump, dumpFormat)
	}
	p := &restoring{ctx: ctx, tx: tx}
	for {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return errCut
			}
			return fmt.Errorf("read the dump: %w", err)
		}
		if raw[0] == '[' {
			if err := p.row(raw); err != nil {
				return err
			}
			continue
		}
		if err := p.flush(); err != nil {
			return err
		}
		var line struct {
			dumpTable
			End *int
		}
		if err := json.Unmarshal(raw, &line); err != nil {
			return fmt.Errorf("read the dump: %w", err)
		}
		if line.End != nil {
			if *line.End != p.n {
				return fmt.Errorf("the dump says it has %d rows, but %d were read", *line.End, p.n)
			}
			// The checksum of gzip stands behind the last line.
			if _, err := io.Copy(io.Discard, r); err != nil {
				return fmt.Errorf("%w: %w", errCut, err)
			}
			return nil
		}
		if err := p.begin(line.dumpTable); err != nil {
			return err
		}
	}
}

// restoring puts the rows of a dump into tables.
type restoring struct {
	ctx     context.Context
	tx      Tx
	table   string
	columns string
	kinds   []byte
	rows    [][]any
	n       int
}

func (p *restoring) begin(t dumpTable) error {
	for _, d := range dumped {
		if d.table == t.Table {
			names, kinds := columnsOf(d.columns)
			if strings.Join(names, " ") != strings.Join(t.Columns, " ") {
				return fmt.Errorf("table %s of the dump has other columns than this program knows", t.Table)
			}
			p.table, p.columns, p.kinds = t.Table, strings.Join(names, ", "), kinds
			return nil
		}
	}
	return fmt.Errorf("the dump has a table %q that this program does not know", t.Table)
}

func (p *restoring) row(raw []byte) error {
	values := make([]any, len(p.kinds))
	to := make([]any, len(p.kinds))
	for i, k := range p.kinds {
		switch k {
		case 't':
			to[i] = new(*string)
		case 'i', 'm':
			to[i] = new(*int64)
		case 'f':
			to[i] = new(*float64)
		case 'b':
			to[i] = new([]byte)
		case 'o':
			to[i] = new(*bool)
		}
	}
	if err := json.Unmarshal(raw, &to); err != nil {
		return fmt.Errorf("row %d of the dump: %w", p.n+1, err)
	}
	if len(to) != len(p.kinds) {
		return fmt.Errorf("row %d of the dump has %d values, want %d", p.n+1, len(to), len(p.kinds))
	}
	for i, v := range to {
		switch v := v.(type) {
		case **string:
			values[i] = nil
			if *v != nil {
				values[i] = Unescaped(**v)
			}
		case **int64:
			values[i] = pointer(*v)
			if p.kinds[i] == 'm' && *v != nil {
				values[i] = time.UnixMicro(**v).UTC()
			}
		case **float64:
			values[i] = pointer(*v)
		case **bool:
			values[i] = pointer(*v)
		case *[]byte:
			values[i] = *v
		}
	}
	p.n++
	p.rows = append(p.rows, values)
	if len(p.rows) == 32 {
		return p.flush()
	}
	return nil
}

func (p *restoring) flush() error {
	err := insert(p.ctx, p.tx, p.table, p.columns, p.rows)
	p.rows = p.rows[:0]
	return err
}

// refold makes the derived rows of every live article from its record.
func (s *Store) refold(ctx context.Context, tx Tx) error {
	for last := int64(0); ; {
		var batch []*held
		err := each(ctx, tx, "SELECT key, id, version, cursor FROM article WHERE state = 'live' AND key > $1 ORDER BY key LIMIT 500", []any{last}, func(r Rows) error {
			h := &held{state: store.Live}
			err := r.Scan(&h.key, &h.id, &h.version, &h.cursor)
			batch = append(batch, h)
			return err
		})
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			return nil
		}
		for _, h := range batch {
			r, err := readRecord(ctx, tx, h.key, h.version)
			if err == nil {
				err = s.derive(ctx, tx, h, r)
			}
			if err != nil {
				return fmt.Errorf("article %s: %w", h.id, err)
			}
			last = h.key
		}
	}
}
