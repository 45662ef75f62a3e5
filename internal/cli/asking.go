package cli

import (
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

// pool makes the workers on an open store; end closes their connections.
func (a *asking) pool(s streams, d *desk, r *reader.Reader, level slog.Level, change ...func(*jobs.Options)) (p *jobs.Pool, end func()) {
	client := a.client()
	o := jobs.Options{
		Store: d.Store, Archive: d.folder, Reader: r, Getter: client, Now: a.now,
		Log: slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: level})),
	}
	for _, f := range change {
		f(&o)
	}
	return jobs.New(o), client.Close
}
