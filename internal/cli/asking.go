package cli

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/ingest/fetch"
	"github.com/onrecord/onrecord/internal/jobs"
	"github.com/onrecord/onrecord/internal/reader"
	"github.com/onrecord/onrecord/internal/version"
)

// project is the address that webmasters are given where no other is.
const project = "https://github.com/onrecord/onrecord"

// asking is what the commands that ask web servers share: how.
type asking struct {
	contact  string
	networks []string
	gap      time.Duration

	allow []netip.Prefix   // of networks, by check
	now   func() time.Time // the clock; nil is time.Now
}

func (a *asking) flags(cmd *cobra.Command) {
	contact := os.Getenv("ONRECORD_CONTACT")
	if contact == "" {
		contact = project
	}
	f := cmd.Flags()
	f.StringVar(&a.contact, "contact", contact, "`address` where a webmaster can reach you; sent with every request ($ONRECORD_CONTACT)")
	f.StringSliceVar(&a.networks, "allow-network", nil, "`network` (10.0.0.0/8) that may be asked although it is not public")
	f.DurationVar(&a.gap, "gap", 2*time.Second, "least `time` between two requests to one host")
}

func (a *asking) check() error {
	a.allow = nil
	for _, n := range a.networks {
		p, err := netip.ParsePrefix(n)
		if err != nil {
			addr, err2 := netip.ParseAddr(n)
			if err2 != nil {
				return fmt.Errorf("--allow-network %q is no network such as 10.0.0.0/8", n)
			}
			p = netip.PrefixFrom(addr, addr.BitLen())
		}
		a.allow = append(a.allow, p)
	}
	if a.gap < 0 {
		return fmt.Errorf("--gap %v: want 0 or more", a.gap)
	}
	return nil
}

func (a *asking) client() *fetch.Client {
	gap := a.gap
	if gap == 0 {
		gap = -1 // none, and not the client's own
	}
	return fetch.New(fetch.Options{Version: version.Number, Contact: a.contact, Gap: gap, Allow: a.allow, Now: a.now})
}

// Levels of a command's log.
const (
	quietLog = slog.LevelWarn // for commands that print what they do
	fullLog  = slog.LevelInfo
)

// settleGrace is how long a command that ends may take to settle what it brought
// in; the next one that settles does what is left.
const settleGrace = time.Minute

// pool makes the workers on an open store; end closes their connections. Unless
// change sees to it, what they bring in is settled here.
func (a *asking) pool(s streams, d *desk, r *reader.Reader, level slog.Level, change ...func(*jobs.Options)) (p *jobs.Pool, end func()) {
	client := a.client()
	o := jobs.Options{
		Store: d.Store, Archive: d.folder, Reader: r, Getter: client, Now: a.now,
		Log: slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: level})),
	}
	for _, f := range change {
		f(&o)
	}
	if o.Committed != nil {
		return jobs.New(o), client.Close
	}
	settler := jobs.NewSettler(jobs.SettlerOptions{Store: d.Store, Log: o.Log, Now: o.Now})
	o.Committed = settler.Poke
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		settler.Run(ctx)
	}()
	return jobs.New(o), func() {
		stop()
		<-done
		client.Close()
		settle(settler, o.Log)
	}
}

// settle settles what is left.
func settle(settler *jobs.Settler, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), settleGrace)
	defer cancel()
	if err := settler.Finish(ctx); err != nil {
		log.Warn("not_settled", "error", err.Error())
	}
}
