package cli

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// The parts of a backup: a tar file with the store's rows and the captures.
const (
	backupRows     = "store.dump"
	backupCaptures = "captures"
)

func newBackup(s streams) *cobra.Command {
	k := keeping{}
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write the store and its captures to one file",
		Long: `Write the store, as it is at one moment, and its captures to one tar file. Work may
go on meanwhile. A store in SQLite can be restored to PostgreSQL and the other way
round.`,
		Example: "  onrecord backup desk-2031-05-07.tar",
		Args:    oneArg("a file to write"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return k.withDesk(cmd.Context(), false, func(d *desk) error {
				n, err := backup(cmd.Context(), d, args[0])
				if err == nil {
					fmt.Fprintf(s.out, "%s: %s\n", args[0], size(n))
				}
				return err
			})
		},
	}
	k.flags(cmd)
	return cmd
}

func newRestore(s streams) *cobra.Command {
	k := keeping{}
	cmd := &cobra.Command{
		Use:     "restore FILE",
		Short:   "Fill an empty store from a backup",
		Example: "  onrecord restore desk-2031-05-07.tar --store new.db",
		Args:    oneArg("a backup to read"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return k.withDesk(cmd.Context(), true, func(d *desk) error {
				if err := restore(cmd.Context(), d, args[0]); err != nil {
					return fmt.Errorf("restore %s: %w", args[0], err)
				}
				st, err := d.Stats(cmd.Context())
				if err == nil {
					fmt.Fprintf(s.out, "restored: %s articles, %d captures\n", counts(st.Articles), st.Captures)
				}
				return err
			})
		},
	}
	k.flags(cmd)
	return cmd
}

// oneArg wants exactly one argument.
func oneArg(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usageError{cmd.Name(), fmt.Errorf("%s needs %s, and only that", cmd.Name(), what)}
		}
		return nil
	}
}

// backup writes under another name first: a file of the name is whole.
func backup(ctx context.Context, d *desk, name string) (int64, error) {
	partial := name + ".partial"
	out, err := os.OpenFile(partial, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, fmt.Errorf("write the backup: %w", err)
	}
	err = writeBackup(ctx, d, out, name)
	err = errors.Join(err, out.Sync(), out.Close())
	if err == nil {
		err = os.Rename(partial, name)
	}
	if err != nil {
		return 0, errors.Join(fmt.Errorf("write the backup: %w", err), os.Remove(partial))
	}
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func writeBackup(ctx context.Context, d *desk, out io.Writer, name string) error {
	// The rows first: captures are only ever added, so all that they name is
	// there when the files are copied.
	rows, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".rows-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(rows.Name()) }()
	defer rows.Close()
	if err := d.Dump(ctx, rows); err != nil {
		return err
	}
	t := tar.NewWriter(out)
	if err := addFile(ctx, t, backupRows, rows); err != nil {
		return err
	}
	files, err := os.ReadDir(d.folder.Dir())
	if err != nil {
		return err
	}
	for _, f := range files {
		if !f.Type().IsRegular() {
			continue
		}
		in, err := os.Open(filepath.Join(d.folder.Dir(), f.Name()))
		if err != nil {
			return err
		}
		if err := errors.Join(addFile(ctx, t, path.Join(backupCaptures, f.Name()), in), in.Close()); err != nil {
			return err
		}
	}
	return t.Close()
}

// addFile copies as much of a file as it has now; it may grow meanwhile.
func addFile(ctx context.Context, t *tar.Writer, name string, in *os.File) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	n, err := in.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: n, ModTime: time.Unix(0, 0)}); err != nil {
		return err
	}
	if _, err := io.CopyN(t, in, n); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

var errNotBackup = errors.New("it is no backup of a store")

// restore reads captures into their folder and rows into the store. No file
// that is there is written over.
func restore(ctx context.Context, d *desk, name string) error {
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	t := tar.NewReader(in)
	rows := false
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errNotBackup, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if h.Name == backupRows {
			if err := d.Restore(ctx, t); err != nil {
				return err
			}
			rows = true
			continue
		}
		base, ok := strings.CutPrefix(h.Name, backupCaptures+"/")
		if !ok || base == "" || path.Base(base) != base || strings.HasPrefix(base, ".") || h.Typeflag != tar.TypeReg {
			return fmt.Errorf("%w: it holds %q", errNotBackup, h.Name)
		}
		if err := restoreFile(filepath.Join(d.folder.Dir(), base), t); err != nil {
			return err
		}
	}
	if !rows {
		return fmt.Errorf("%w: it holds no %s", errNotBackup, backupRows)
	}
	return nil
}

func restoreFile(name string, in io.Reader) error {
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
