package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/ingest/archive"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/store/postgres"
	"github.com/onrecord/onrecord/internal/store/sqlite"
	"github.com/onrecord/onrecord/internal/version"
)

// keeping is what the commands that keep articles share: where.
type keeping struct {
	store    string
	captures string
	now      func() time.Time // the clock; nil is time.Now
}

func (k *keeping) flags(cmd *cobra.Command) {
	def := os.Getenv("ONRECORD_STORE")
	if def == "" {
		def = "onrecord.db"
	}
	f := cmd.PersistentFlags()
	f.StringVar(&k.store, "store", def, "the store: a `path`, or postgres://… ($ONRECORD_STORE)")
	f.StringVar(&k.captures, "captures", "", "`folder` of what was received; beside the store's file where not given")
}

// folder is the captures folder of the store.
func (k *keeping) folder() string {
	switch {
	case k.captures != "":
		return k.captures
	case isPostgres(k.store):
		return "onrecord.captures"
	}
	return strings.TrimSuffix(k.store, filepath.Ext(k.store)) + ".captures"
}

func isPostgres(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}

// desk is an open store with its captures folder.
type desk struct {
	store.Store
	folder *archive.Folder
}

// open opens the store; a store in a file is made where there is none, if that
// is wanted.
func (k *keeping) open(ctx context.Context, create bool) (*desk, error) {
	folder, err := archive.Open(k.folder(), archive.Options{Software: "Onrecord/" + version.Number, Now: k.now})
	if err != nil {
		return nil, err
	}
	if isPostgres(k.store) {
		s, err := postgres.Open(ctx, k.store, postgres.Options{Now: k.now})
		if err != nil {
			return nil, err
		}
		return &desk{s, folder}, nil
	}
	if _, err := os.Stat(k.store); errors.Is(err, fs.ErrNotExist) && !create {
		// The folder was made for nothing; it goes if it is empty.
		_ = os.Remove(folder.Dir())
		return nil, fmt.Errorf("there is no store at %s; onrecord source add, onrecord add and onrecord import make one", k.store)
	}
	s, err := sqlite.Open(ctx, k.store, sqlite.Options{Now: k.now})
	if err != nil {
		return nil, err
	}
	return &desk{s, folder}, nil
}

// close ends the work on a store; the command's own error counts first.
func (d *desk) close(err *error) {
	if e := errors.Join(d.folder.Close(), d.Store.Close()); e != nil && *err == nil {
		*err = fmt.Errorf("close the store: %w", e)
	}
}

// withDesk runs f on the open store.
func (k *keeping) withDesk(ctx context.Context, create bool, f func(*desk) error) (err error) {
	d, err := k.open(ctx, create)
	if err != nil {
		return err
	}
	defer d.close(&err)
	return f(d)
}

func newDoctor(s streams) *cobra.Command {
	k := keeping{}
	quick := false
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look for damage in the store and its captures",
		Long: `Look for what must not be: rows without what they belong to, counts that are off,
records that cannot be opened, captures that are missing or damaged. Every finding
says how to mend it. The exit code is 1 where there is one.`,
		Example: "  onrecord doctor\n  onrecord doctor --quick --store desk.db",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return k.withDesk(cmd.Context(), false, func(d *desk) error { return doctor(cmd.Context(), s, d, !quick) })
		},
	}
	k.flags(cmd)
	cmd.Flags().BoolVar(&quick, "quick", false, "do not open every record and every capture")
	return cmd
}

func doctor(ctx context.Context, s streams, d *desk, full bool) error {
	found, err := d.Doctor(ctx, full)
	if err != nil {
		return err
	}
	lost := store.Finding{Code: "capture_lost", Mend: "put the file back from a backup"}
	damaged := store.Finding{Code: "capture_damaged", Mend: "put the file back from a backup"}
	n := 0
	err = d.Captures(ctx, func(f store.Filed) error {
		n++
		at := archive.Location(f.Location)
		if !d.folder.Has(at) {
			lost.Count, lost.Example = lost.Count+1, f.ID
			return nil
		}
		if !full {
			return nil
		}
		if c, err := d.folder.Read(at); err != nil || c.SHA256 != f.SHA256 {
			damaged.Count, damaged.Example = damaged.Count+1, f.ID
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, f := range []store.Finding{lost, damaged} {
		if f.Count > 0 {
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		fmt.Fprintf(s.out, "nothing is wrong (%d captures looked at)\n", n)
		return nil
	}
	for _, f := range found {
		fmt.Fprintf(s.out, "%-18s %6d  such as %s\n%26s %s\n", f.Code, f.Count, f.Example, "mend:", f.Mend)
	}
	return fmt.Errorf("%d kinds of damage", len(found))
}

func newStats(s streams) *cobra.Command {
	k := keeping{}
	asJSON := false
	cmd := &cobra.Command{
		Use:     "stats",
		Short:   "Count what the store holds",
		Example: "  onrecord stats\n  onrecord stats --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return k.withDesk(cmd.Context(), false, func(d *desk) error {
				st, err := d.Stats(cmd.Context())
				if err != nil {
					return err
				}
				if asJSON {
					e := json.NewEncoder(s.out)
					e.SetIndent("", "  ")
					return e.Encode(st)
				}
				return printStats(s, st)
			})
		},
	}
	k.flags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printStats(s streams, st store.Stats) error {
	line := func(name string, value any) { fmt.Fprintf(s.out, "%-12s %v\n", name, value) }
	line("store", fmt.Sprintf("%s, schema %d, %s", st.Kind, st.Schema, size(st.Bytes)))
	line("articles", counts(st.Articles))
	line("published", strings.Trim(st.Oldest+" to "+st.Newest, " "))
	line("versions", st.Versions)
	line("entities", st.Entities)
	line("statements", st.Statements)
	line("events", st.Events)
	line("captures", fmt.Sprintf("%d, %s", st.Captures, size(st.Captured)))
	line("sources", counts(st.Feeds))
	line("requests", st.Fetches)
	line("forgotten", st.Tombstones)
	for _, r := range st.Records {
		line("records", fmt.Sprintf("%d by %s, model %s, codebook %s", r.Records, r.Version, r.Model, r.Codebook))
	}
	return nil
}

func counts[K ~string](m map[K]int64) string {
	if len(m) == 0 {
		return "0"
	}
	var out []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, fmt.Sprintf("%d %s", m[k], k))
	}
	return strings.Join(out, ", ")
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
}

func newForget(s streams) *cobra.Command {
	k := keeping{}
	var reason string
	var resume, quick, sweep bool
	cmd := &cobra.Command{
		Use:   "forget ID|ADDRESS...",
		Short: "Erase articles with their captures and all that was made of them",
		Long: `Erase articles: text, versions, records, words, captures. What stays is a tombstone
with the article's id, the reason and hashes of its addresses, so that no source
brings it back. It cannot be undone; backups keep what they have.`,
		Example: `  onrecord forget a1b2c3d4e5f60718 --reason "by order of a court"
  onrecord forget https://post.example/report
  onrecord forget --resume
  onrecord forget --sweep`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && !resume && !sweep {
				return usageError{"forget", errors.New("forget needs the id or address of an article")}
			}
			ctx := cmd.Context()
			return k.withDesk(ctx, false, func(d *desk) error {
				if err := forget(ctx, s, d, args, reason, quick); err != nil || !sweep {
					return err
				}
				n, err := jobs.New(jobs.Options{Store: d.Store, Archive: d.folder}).Sweep(ctx)
				fmt.Fprintf(s.out, "swept %s of captures that the store does not know\n", size(n))
				return err
			})
		},
	}
	k.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&reason, "reason", "", "`words` that are kept with the tombstone")
	f.BoolVar(&resume, "resume", false, "end erasures that were interrupted")
	f.BoolVar(&sweep, "sweep", false, "erase from files of captures that are a day old what the store does not know of: what processes that were killed left there")
	f.BoolVar(&quick, "quick", false, "do not rewrite the store's file: words of the article stay in its free space until a later one does")
	return cmd
}

func forget(ctx context.Context, s streams, d *desk, args []string, reason string, quick bool) error {
	p := jobs.New(jobs.Options{Store: d.Store, Archive: d.folder})
	failed := 0
	for _, a := range args {
		id, err := p.Forget(ctx, a, reason)
		if errors.Is(err, store.ErrNotFound) {
			failed++
			fmt.Fprintf(s.err, "onrecord: %v\n", err)
			continue
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "forgotten %s\n", id)
	}
	if err := p.Erase(ctx); err != nil {
		return err
	}
	// What stories, events and claims say of it goes as well, before the space is
	// given back.
	if err := jobs.NewSettler(jobs.SettlerOptions{Store: d.Store}).Finish(ctx); err != nil {
		return err
	}
	if shrinks, ok := d.Store.(interface{ Shrink(context.Context) error }); ok && !quick && failed < len(args) {
		if err := shrinks.Shrink(ctx); err != nil {
			return err
		}
	}
	return partly(failed, len(args))
}

// partly is the end of a command some of whose inputs failed.
func partly(failed, all int) error {
	if failed == 0 {
		return nil
	}
	return fmt.Errorf("%w: %d of %d", errPartly, failed, all)
}
