package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/serve"
	"github.com/onrecord/onrecord/internal/version"
)

// serving is what the commands that serve the desk share.
type serving struct {
	keeping
	asking
	loading
	listen      string
	unwatched   bool
	jobs, hosts int
	level       slog.Level
}

func newServe(s streams) *cobra.Command {
	o := serving{level: fullLog}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the desk and the API, and watch the sources",
		Long: `Serve the desk (pages for people), the API (/v1), /healthz and /metrics, and do what
onrecord watch does. Ctrl-C or a termination signal ends it in order.`,
		Example: "  onrecord serve --contact desk@post.example\n  onrecord serve --store desk.db --no-watch --listen 127.0.0.1:9000",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return usageError{"serve", err}
			}
			ctx := cmd.Context()
			l, err := listen(ctx, o.listen)
			if err != nil {
				return err
			}
			defer l.Close()
			r, err := o.reader()
			if err != nil {
				return err
			}
			return o.withDesk(ctx, true, func(d *desk) error {
				fmt.Fprintf(s.err, "the desk is at http://%s/ (Ctrl-C ends it)\n", l.Addr())
				return o.serve(ctx, s, d, r, l)
			})
		},
	}
	o.keeping.flags(cmd)
	o.asking.flags(cmd)
	o.loading.flags(cmd)
	o.flags(cmd)
	cmd.Flags().BoolVar(&o.unwatched, "no-watch", false, "do not check the sources: another process does, or none shall")
	return cmd
}

func (o *serving) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8700", "`address` to serve on")
	o.workFlags(cmd)
}

// workFlags are those of the workers.
func (o *serving) workFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "articles read at the same time")
	f.IntVar(&o.hosts, "hosts", 32, "hosts asked at the same time, each for one document at a time")
}

func (o *serving) checkWork() error {
	if o.jobs < 1 || o.hosts < 1 {
		return errors.New("--jobs and --hosts: want at least 1")
	}
	return o.asking.check()
}

func (o *serving) check() error {
	if _, _, err := net.SplitHostPort(o.listen); err != nil {
		return fmt.Errorf("--listen %q is no address such as 127.0.0.1:8700", o.listen)
	}
	return o.checkWork()
}

// listen takes a port.
func listen(ctx context.Context, address string) (net.Listener, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s (--listen takes another address): %w", address, err)
	}
	return l, nil
}

// isLoopback reports whether only this machine reaches what listens there.
func isLoopback(l net.Listener) bool {
	a, ok := l.Addr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}

// serve serves and watches until ctx ends, or one of the two fails for good.
func (o *serving) serve(ctx context.Context, s streams, d *desk, r *reader.Reader, l net.Listener) error {
	if !isLoopback(l) {
		return fmt.Errorf("%s can be reached from other machines, and people and passwords are not built yet: serve on 127.0.0.1", l.Addr())
	}
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: o.level}))
	m := serve.NewMetrics()
	m.Info(version.Number, r.Model().Name(), news.Codebook)
	m.Store(d.Store)
	health := map[string]func(context.Context) error{"store": serve.StoreHealth(d.Store)}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan struct{})
	var failed error
	if o.unwatched {
		close(ended)
	} else {
		p, end := o.pool(s, d, r, o.level, func(j *jobs.Options) { j.Readers, j.Hosts = o.jobs, o.hosts })
		defer end()
		m.Work(p.Tally)
		health["workers"] = serve.RunningHealth(ended)
		go func() {
			defer close(ended)
			defer stop()
			failed = o.watch(ctx, d, p, false)
		}()
	}
	parts, err := o.parts(d, r)
	if err == nil {
		parts.Health, parts.Metrics, parts.Log = health, m, log
		err = serve.New(parts).Run(ctx, l)
	}
	stop()
	<-ended
	return errors.Join(failed, err)
}

// parts are the desk and the API.
func (o *serving) parts(d *desk, _ *reader.Reader) (serve.Options, error) {
	return serve.Options{Desk: http.HandlerFunc(serve.Plain(d.Store))}, nil
}
