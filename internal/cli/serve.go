package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/people"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/serve"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/version"
)

// serving is what the commands that serve the desk share.
type serving struct {
	keeping
	asking
	loading
	tell        telling
	listen      string
	unwatched   bool
	certificate string
	key         string
	proxy       bool
	jobs, hosts int
	level       slog.Level
}

func newServe(s streams) *cobra.Command {
	o := serving{level: fullLog}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the desk and the API, and watch the sources",
		Long: `Serve the desk (pages for people), the API (/v1), /healthz and /metrics, and do what
onrecord watch does. On this machine alone it needs no set-up; where others reach it,
it needs an account (onrecord user add). Ctrl-C or a termination signal ends it in order.`,
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
				scheme := "http"
				if o.certificate != "" {
					scheme = "https"
				}
				fmt.Fprintf(s.err, "the desk is at %s://%s/ (Ctrl-C ends it)\n", scheme, l.Addr())
				return o.serve(ctx, s, d, r, l)
			})
		},
	}
	o.keeping.flags(cmd)
	o.asking.flags(cmd)
	o.loading.flags(cmd)
	o.flags(cmd)
	cmd.Flags().StringVar(&o.certificate, "tls-cert", "", "`file` of a certificate: serve HTTPS")
	cmd.Flags().StringVar(&o.key, "tls-key", "", "`file` of its key")
	cmd.Flags().BoolVar(&o.proxy, "behind-proxy", false, "a reverse proxy on the way speaks HTTPS with the browser and sets X-Forwarded-For")
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
	if cmd.Name() != "demo" { // which reaches nobody
		o.tell.flags(cmd)
	}
}

func (o *serving) checkWork() error {
	if o.jobs < 1 || o.hosts < 1 {
		return errors.New("--jobs and --hosts: want at least 1")
	}
	if _, err := o.tell.options(nil); err != nil {
		return err
	}
	return o.asking.check()
}

func (o *serving) check() error {
	if _, _, err := net.SplitHostPort(o.listen); err != nil {
		return fmt.Errorf("--listen %q is no address such as 127.0.0.1:8700", o.listen)
	}
	if (o.certificate == "") != (o.key == "") {
		return errors.New("--tls-cert and --tls-key are given together or not at all")
	}
	return o.checkWork()
}

// guard lets people in. A desk that other machines reach needs an account.
func (o *serving) guard(ctx context.Context, d *desk, l net.Listener, log *slog.Logger) (*people.Guard, error) {
	keeps, ok := d.Store.(store.People)
	if !ok {
		return nil, errors.New("this store keeps no accounts")
	}
	local := isLoopback(l) && !o.proxy
	secure := o.certificate != "" || o.proxy
	if !local {
		all, err := keeps.Accounts(ctx)
		if err != nil {
			return nil, err
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("%s can be reached by others, and there is no account: add one (onrecord user add NAME --role admin), or serve on 127.0.0.1", l.Addr())
		}
		if !secure {
			log.Warn("passwords_in_clear", "listen", l.Addr().String(), "mend", "--tls-cert and --tls-key, or a reverse proxy and --behind-proxy")
		}
	}
	return people.NewGuard(people.Options{
		Store: keeps, Local: local, Secure: secure, Proxy: o.proxy, Readers: readers, Admins: admins, Now: o.keeping.now, Log: log,
	})
}

// readers are paths to which a POST changes nothing; admins are for admins alone.
var (
	readers = []string{"/read", "/theme", "/v1/read"}
	admins  = []string{"/v1/audit", "/audit", "/v1/forget"}
)

// secured puts TLS on a listener where there is a certificate.
func (o *serving) secured(l net.Listener) (net.Listener, error) {
	if o.certificate == "" {
		return l, nil
	}
	c, err := tls.LoadX509KeyPair(o.certificate, o.key)
	if err != nil {
		return nil, fmt.Errorf("load the certificate: %w", err)
	}
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}), nil
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
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: o.level}))
	guard, err := o.guard(ctx, d, l, log)
	if err != nil {
		return err
	}
	if l, err = o.secured(l); err != nil {
		return err
	}
	m := serve.NewMetrics()
	m.Info(version.Number, r.Model().Name(), news.Codebook)
	m.Store(d.Store)
	health := map[string]func(context.Context) error{"store": serve.StoreHealth(d.Store)}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan struct{})
	var failed error
	p, end := o.pool(s, d, r, o.level, func(j *jobs.Options) { j.Readers, j.Hosts = o.jobs, o.hosts })
	defer end()
	m.Work(p.Tally)
	if err := reindex(ctx, d); err != nil {
		return err
	}
	parts, err := o.parts(d, r, p, log)
	if err != nil {
		return err
	}
	if o.unwatched {
		close(ended)
	} else {
		health["workers"] = serve.RunningHealth(ended)
		go func() {
			defer close(ended)
			defer stop()
			failed = o.telling(ctx, d, log, func() error { return o.watch(ctx, d, p, false) })
		}()
	}
	parts.Health, parts.Metrics, parts.Log, parts.Guard = health, m, log, guard.Around
	err = serve.New(parts).Run(ctx, l)
	stop()
	<-ended
	return errors.Join(failed, err)
}
