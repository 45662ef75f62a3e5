package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/examples/site"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
)

// demoName is what the files of the demo's store begin with.
const demoName = "onrecord-demo"

// demoOptions are the flags of onrecord demo.
type demoOptions struct {
	serving
	dir, site string
}

func newDemo(s streams) *cobra.Command {
	o := demoOptions{serving: serving{level: quietLog}}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Serve the desk with the invented example stories",
		Long: `Serve the example stories as feeds and pages of invented outlets on this machine,
watch those outlets as a team would watch real ones, and serve the desk of what they
bring. The store is made anew each time. The stories take place in 2031, and so the
desk's clock stands on the morning after the last of them. Nothing outside this
machine is asked.`,
		Example: "  onrecord demo\n  onrecord demo --listen 127.0.0.1:9000 --dir build/run",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return usageError{"demo", err}
			}
			return o.run(cmd.Context(), s)
		},
	}
	o.loading.flags(cmd)
	o.serving.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.dir, "dir", "", "`folder` of the store, whose files "+demoName+".* are made anew; a temporary one where not given")
	f.StringVar(&o.site, "site", "127.0.0.1:0", "`address` on this machine that the invented outlets are served on")
	return cmd
}

func (o *demoOptions) run(ctx context.Context, s streams) (err error) {
	outlets, err := site.New()
	if err != nil {
		return err
	}
	l, err := listen(ctx, o.listen)
	if err != nil {
		return err
	}
	defer l.Close()
	at, err := listen(ctx, o.site)
	if err != nil {
		return err
	}
	defer at.Close()
	if !isLoopback(l) || !isLoopback(at) {
		return usageError{"demo", errors.New("the demo is served on this machine only: --listen and --site take addresses such as 127.0.0.1:8700")}
	}
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", demoName+"-"); err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(o.dir)) }()
	}
	if err := o.clear(); err != nil {
		return err
	}
	// The clock goes on from the morning after the last report.
	ahead := time.Until(outlets.Latest())
	now := func() time.Time { return time.Now().Add(ahead) }
	o.store, o.keeping.now, o.asking.now = filepath.Join(o.dir, demoName+".db"), now, now
	o.gap, o.contact = 0, project
	own, _ := netip.AddrFromSlice(at.Addr().(*net.TCPAddr).IP)
	o.allow = []netip.Prefix{netip.PrefixFrom(own.Unmap(), own.Unmap().BitLen())}
	r, err := o.reader()
	if err != nil {
		return err
	}
	web := &http.Server{Handler: outlets, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = web.Serve(at) }() // it ends when it is closed
	defer web.Close()
	return o.withDesk(ctx, true, func(d *desk) error {
		if err := follow(ctx, d, outlets, "http://"+at.Addr().String(), now()); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "The desk:    http://%s/\nThe outlets: http://%s/ (all invented)\nCtrl-C ends both.\n", l.Addr(), at.Addr())
		return o.serve(ctx, s, d, r, l)
	})
}

// clear removes the store of an earlier demo.
func (o *demoOptions) clear() error {
	base := filepath.Join(o.dir, demoName)
	for _, f := range []string{".db", ".db-wal", ".db-shm"} {
		if err := os.Remove(base + f); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("make the demo's store anew: %w", err)
		}
	}
	if err := os.RemoveAll(base + ".captures"); err != nil {
		return fmt.Errorf("make the demo's store anew: %w", err)
	}
	return nil
}

// follow makes the outlets sources of the desk. A sitemap lists years of
// reports, of which only those since a source was added count; so they were
// added before the first.
func follow(ctx context.Context, d *desk, s *site.Site, base string, now time.Time) error {
	for _, o := range s.Outlets {
		f := news.Feed{
			ID: store.FeedID(base + o.List), URL: base + o.List, Title: o.Name, Publisher: o.Name, Homepage: base + "/" + o.Host + "/",
			Rights: news.RightsFull, AddedAt: now.AddDate(-2, 0, 0).UTC().Truncate(time.Microsecond), State: news.FeedActive,
		}
		if err := d.PutFeed(ctx, f); err != nil {
			return fmt.Errorf("add the source %s: %w", f.URL, err)
		}
	}
	return nil
}
