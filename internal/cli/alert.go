package cli

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/alert"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/version"
)

// telling is what the commands that tell alerts share: how.
type telling struct {
	smtp, from, base string
	allow            []string
}

func (o *telling) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.smtp, "smtp", os.Getenv("ONRECORD_SMTP"), "mail `server`, host:port ($ONRECORD_SMTP; its user and password are in $ONRECORD_SMTP_USER and $ONRECORD_SMTP_PASSWORD)")
	f.StringVar(&o.from, "smtp-from", os.Getenv("ONRECORD_SMTP_FROM"), "`address` that mail comes from ($ONRECORD_SMTP_FROM)")
	f.StringVar(&o.base, "base", os.Getenv("ONRECORD_BASE"), "`address` of the desk, for links ($ONRECORD_BASE)")
	f.StringArrayVar(&o.allow, "allow-webhook", nil, "`network` of your own, such as 10.0.0.0/8, that webhooks may be in (again for more)")
}

// options are those of package alert.
func (o *telling) options(log *slog.Logger) (alert.Options, error) {
	out := alert.Options{Base: o.base, Log: log, Agent: "Onrecord/" + version.Number,
		Mail: alert.Mail{Server: o.smtp, From: o.from, User: os.Getenv("ONRECORD_SMTP_USER"), Secret: os.Getenv("ONRECORD_SMTP_PASSWORD")}}
	for _, a := range o.allow {
		p, err := netip.ParsePrefix(a)
		if err != nil {
			return out, fmt.Errorf("--allow-webhook %q is no network: write 10.0.0.0/8 or ::1/128", a)
		}
		out.Allow = append(out.Allow, p)
	}
	return out, nil
}

// newRunner is who tells the alerts of a store, if it keeps any.
func (o *telling) newRunner(s store.Store, log *slog.Logger) (*alert.Runner, error) {
	all, ok := s.(alert.Store)
	if !ok {
		return nil, errNoAlerts
	}
	opt, err := o.options(log)
	if err != nil {
		return nil, err
	}
	return alert.New(all, opt), nil
}

var errNoAlerts = errors.New("this store keeps no alerts")

func newAlert(s streams) *cobra.Command {
	k := keeping{}
	cmd := &cobra.Command{
		Use: "alert", Short: "Saved queries that tell of what is new, by webhook and mail",
		Long: `Saved queries that tell of what is new to them, by webhook and mail, at once or as a
digest. What was there before an alert is not new to it. (A query needs no alert to have a
feed: onrecord export --format atom, and the desk's feeds.)`,
		Example: `  onrecord alert add "Harbour denials" --kind statements --mail desk@example.org act:deny harbour
  onrecord alert list`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	k.flags(cmd)
	cmd.AddCommand(newAlertAdd(s, &k), newAlertList(s, &k), newAlertRemove(&k), newAlertRun(s, &k))
	return cmd
}

func newAlertAdd(s streams, k *keeping) *cobra.Command {
	kind, hook, mails, digest := string(query.Events), "", []string(nil), ""
	cmd := &cobra.Command{
		Use: "add NAME QUERY...", Short: "Save a query and whom it tells",
		Long: `Save a query and whom it tells. A webhook is posted JSON that is signed by Standard
Webhooks; the secret is printed once, here. Without --digest it is told within a minute.`,
		Example: `  onrecord alert add "Strikes" --webhook https://hooks.example.org/strikes type:PROTEST mode:strike
  onrecord alert add "What is contested" --kind claims --mail desk@example.org --digest daily contested:yes`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usageError{"alert add", errors.New("alert add needs a name and a query")}
			}
			every, ok := map[string]time.Duration{"": alert.AtOnce, "hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour}[digest]
			if !ok {
				return usageError{"alert add", fmt.Errorf("--digest %q is not known; use one of hourly, daily, weekly", digest)}
			}
			a := store.Alert{Name: args[0], Kind: kind, Query: strings.Join(args[1:], " "), Webhook: hook, Mail: strings.Join(mails, ", "), Every: every}
			if err := alert.Check(a); err != nil {
				return usageError{"alert add", err}
			}
			return k.withDesk(cmd.Context(), false, func(d *desk) error {
				keep, ok := d.Store.(store.Alerts)
				if !ok {
					return errNoAlerts
				}
				a, err := alert.Add(cmd.Context(), keep, a, k.clock())
				if err != nil {
					return err
				}
				fmt.Fprintln(s.out, a.ID)
				if a.Webhook != "" {
					fmt.Fprintf(s.out, "secret: %s\n", a.Secret)
				}
				return nil
			})
		},
	}
	var kinds []string
	for _, v := range query.Kinds() {
		kinds = append(kinds, string(v))
	}
	f := cmd.Flags()
	f.StringVar(&kind, "kind", kind, "what the rows are: "+strings.Join(kinds, ", "))
	f.StringVar(&hook, "webhook", "", "`address` that new rows are posted to")
	f.StringArrayVar(&mails, "mail", nil, "`address` that new rows are mailed to (again for more)")
	f.StringVar(&digest, "digest", "", "tell hourly, daily or weekly, all at once")
	mustComplete(cmd, "kind", kinds)
	mustComplete(cmd, "digest", []string{"hourly", "daily", "weekly"})
	return cmd
}

// clock is the time of the store.
func (k *keeping) clock() time.Time {
	if k.now != nil {
		return k.now()
	}
	return time.Now()
}

func newAlertList(s streams, k *keeping) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the alerts, and what waits to be told", Example: "  onrecord alert list", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return k.withDesk(cmd.Context(), false, func(d *desk) error {
				keep, ok := d.Store.(store.Alerts)
				if !ok {
					return errNoAlerts
				}
				all, err := keep.Alerts(cmd.Context())
				if err != nil {
					return err
				}
				out := &plain{w: s.out}
				for _, a := range all {
					state := "every " + a.Every.String()
					if a.Paused {
						state = "paused"
					}
					out.line("%s  %s  %s  %s: %s", a.ID, a.Name, state, a.Kind, a.Query)
					if a.LastError != "" {
						out.line("  %s", a.LastError)
					}
					waiting, err := keep.Messages(cmd.Context(), a.ID, 5)
					if err != nil {
						return err
					}
					for _, m := range waiting {
						next := "next try " + m.NextAt.Format(time.RFC3339)
						if m.Dead {
							next = "given up"
						}
						out.line("  not told by %s after %d %s, %s: %s", m.Way, m.Tries, map[bool]string{true: "try", false: "tries"}[m.Tries == 1], next, m.Error)
					}
				}
				return out.err
			})
		},
	}
}

func newAlertRemove(k *keeping) *cobra.Command {
	return &cobra.Command{
		Use: "remove ID", Short: "Remove an alert, with what waits to be told", Example: "  onrecord alert remove w0123456789abcdef",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{"alert remove", errors.New("alert remove needs the id of an alert")}
			}
			return k.withDesk(cmd.Context(), false, func(d *desk) error {
				keep, ok := d.Store.(store.Alerts)
				if !ok {
					return errNoAlerts
				}
				return keep.RemoveAlert(cmd.Context(), args[0])
			})
		},
	}
}

func newAlertRun(s streams, k *keeping) *cobra.Command {
	o := telling{}
	cmd := &cobra.Command{
		Use: "run", Short: "Look at the alerts that are due and tell what waits, once",
		Long:    "Look at the alerts that are due and tell what waits, once. A timer that runs it every minute\nkeeps alerts on time; several machines may do it on one store.",
		Example: "  onrecord alert run --smtp mail.example.org:587 --smtp-from desk@example.org", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return k.withDesk(cmd.Context(), false, func(d *desk) error {
				if _, err := o.options(nil); err != nil {
					return usageError{"alert run", err}
				}
				r, err := o.newRunner(d.Store, slog.New(slog.NewTextHandler(s.err, nil)))
				if err != nil {
					return err
				}
				t, err := r.Run(cmd.Context())
				fmt.Fprintf(s.out, "%d looked at, %d new, %d told, %d not told\n", t.Looked, t.Found, t.Told, t.Failed)
				return err
			})
		},
	}
	o.flags(cmd)
	return cmd
}
