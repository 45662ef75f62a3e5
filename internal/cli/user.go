package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/onrecord/onrecord/internal/people"
	"github.com/onrecord/onrecord/internal/store"
)

// userOptions are the flags of the commands for accounts.
type userOptions struct {
	keeping
	role, label string
	stdin       bool
	before      int64
	limit       int
}

func newUser(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user",
		Short: "Say who may use the desk and the API",
		Long: `Say who may use the desk and the API. A desk that only this machine reaches needs no
account, as long as there is none; one that others reach needs at least one. Roles:
read (look, search, export), edit (also correct, add sources, keep articles) and admin
(also forget articles and see the audit log).`,
		Example: "  onrecord user add mara --role edit\n  onrecord user token add mara --label \"nightly export\"\n  onrecord user audit",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		userCommand(s, &cobra.Command{Use: "add NAME", Short: "Add an account; its password is asked for", Example: "  onrecord user add mara --role edit", Args: oneArg("a name")}, true, addUser),
		userCommand(s, &cobra.Command{Use: "list", Short: "List the accounts", Example: "  onrecord user list", Args: noArgs}, false, listUsers),
		userCommand(s, &cobra.Command{Use: "password NAME", Short: "Set a new password, and end the account's sessions", Example: "  onrecord user password mara", Args: oneArg("a name")}, false, setPassword),
		userCommand(s, &cobra.Command{Use: "role NAME", Short: "Set a role, and end the account's sessions", Example: "  onrecord user role mara --role admin", Args: oneArg("a name")}, false, setRole),
		userCommand(s, &cobra.Command{Use: "remove NAME", Short: "Remove an account with its sessions and tokens", Example: "  onrecord user remove mara", Args: oneArg("a name")}, false, removeUser),
		userCommand(s, &cobra.Command{Use: "audit", Short: "Show what was changed by whom, the newest first", Example: "  onrecord user audit --limit 100", Args: noArgs}, false, showAudit),
		newUserToken(s))
	return cmd
}

func newUserToken(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use: "token", Short: "Give tokens to programs, list and remove them",
		Example: "  onrecord user token add mara --label \"nightly export\"\n  onrecord user token list\n  onrecord user token remove t1a2b3c4d5e6",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		userCommand(s, &cobra.Command{
			Use: "add NAME", Short: "Make a token of an account, and print it once", Example: "  curl -H \"Authorization: Bearer $(onrecord user token add mara)\" http://127.0.0.1:8700/v1/articles", Args: oneArg("a name"),
		}, false, addToken),
		userCommand(s, &cobra.Command{Use: "list", Short: "List the tokens", Example: "  onrecord user token list", Args: noArgs}, false, listTokens),
		userCommand(s, &cobra.Command{Use: "remove ID", Short: "Remove a token", Example: "  onrecord user token remove t1a2b3c4d5e6", Args: oneArg("the id of a token")}, false, removeToken))
	return cmd
}

// userCommand finishes a command on the people of a store.
func userCommand(s streams, cmd *cobra.Command, create bool, f func(context.Context, streams, store.People, *userOptions, []string) error) *cobra.Command {
	o := &userOptions{}
	o.flags(cmd)
	fl := cmd.Flags()
	switch cmd.Name() {
	case "add":
		if strings.Contains(cmd.Short, "token") {
			fl.StringVar(&o.label, "label", "", "what it is for, in a few `words`")
			break
		}
		fl.StringVar(&o.role, "role", string(people.Read), "what the person may do: read, edit or admin")
		fl.BoolVar(&o.stdin, "password-stdin", false, "read the password from standard input, one line")
	case "password":
		fl.BoolVar(&o.stdin, "password-stdin", false, "read the password from standard input, one line")
	case "role":
		fl.StringVar(&o.role, "role", "", "what the person may do: read, edit or admin")
	case "audit":
		fl.IntVar(&o.limit, "limit", 50, "most lines to show")
		fl.Int64Var(&o.before, "before", 0, "show lines before the one of this `number`")
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return o.withDesk(cmd.Context(), create, func(d *desk) error {
			p, ok := d.Store.(store.People)
			if !ok {
				return errors.New("this store keeps no accounts")
			}
			err := f(cmd.Context(), s, p, o, args)
			if errors.Is(err, people.ErrName) || errors.Is(err, people.ErrRole) {
				return usageError{strings.TrimPrefix(cmd.CommandPath(), "onrecord "), err}
			}
			return err
		})
	}
	return cmd
}

func addUser(ctx context.Context, s streams, p store.People, o *userOptions, args []string) error {
	if !people.Role(o.role).May(people.Read) {
		return people.ErrRole
	}
	if _, err := p.Account(ctx, args[0]); err == nil {
		return fmt.Errorf("there is an account %s already; onrecord user password and onrecord user role change it", args[0])
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	password, err := newPassword(s, o.stdin)
	if err != nil {
		return err
	}
	a, err := people.NewAccount(args[0], people.Role(o.role), password, now())
	if err != nil {
		return err
	}
	if err := p.AddAccount(ctx, a); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "added %s, who may %s\n", a.Name, a.Role)
	return p.Log(ctx, byHand("user add", a.Name+" "+a.Role))
}

func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// byHand is a line of the audit log for what was done by the command line.
func byHand(what, detail string) store.Act {
	return store.Act{At: now(), Account: people.LocalName, Address: "command line", What: what, Detail: detail}
}

// newPassword asks for a password twice, or reads it.
func newPassword(s streams, stdin bool) (string, error) {
	if stdin {
		line, err := bufio.NewReader(io.LimitReader(s.in, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read the password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	in, ok := s.in.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return "", errors.New("no terminal to ask for the password on; give it by --password-stdin")
	}
	var words [2]string
	for i, ask := range []string{"Password (12 characters at least): ", "Again: "} {
		fmt.Fprint(s.err, ask)
		raw, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(s.err)
		if err != nil {
			return "", fmt.Errorf("read the password: %w", err)
		}
		words[i] = string(raw)
	}
	if words[0] != words[1] {
		return "", errors.New("the two are not the same; nothing was changed")
	}
	return words[0], nil
}

func listUsers(ctx context.Context, s streams, p store.People, _ *userOptions, _ []string) error {
	all, err := p.Accounts(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(s.out, "no accounts: the desk is for whoever sits at this machine")
	}
	for _, a := range all {
		fmt.Fprintf(s.out, "%-20s %-6s added %s\n", a.Name, a.Role, a.AddedAt.Format(time.DateOnly))
	}
	return nil
}

func setPassword(ctx context.Context, s streams, p store.People, o *userOptions, args []string) error {
	a, err := p.Account(ctx, args[0])
	if err != nil {
		return err
	}
	password, err := newPassword(s, o.stdin)
	if err != nil {
		return err
	}
	if a.Password, err = people.Hash(password); err != nil {
		return err
	}
	a.ChangedAt = now()
	if err := p.ChangeAccount(ctx, a); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s has a new password\n", a.Name)
	return p.Log(ctx, byHand("user password", a.Name))
}

func setRole(ctx context.Context, s streams, p store.People, o *userOptions, args []string) error {
	if !people.Role(o.role).May(people.Read) {
		return people.ErrRole
	}
	a, err := p.Account(ctx, args[0])
	if err != nil {
		return err
	}
	a.Role, a.ChangedAt = o.role, now()
	if err := p.ChangeAccount(ctx, a); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s may %s\n", a.Name, a.Role)
	return p.Log(ctx, byHand("user role", a.Name+" "+a.Role))
}

func removeUser(ctx context.Context, s streams, p store.People, _ *userOptions, args []string) error {
	if err := p.RemoveAccount(ctx, args[0]); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "removed %s\n", args[0])
	return p.Log(ctx, byHand("user remove", args[0]))
}

func addToken(ctx context.Context, s streams, p store.People, o *userOptions, args []string) error {
	if _, err := p.Account(ctx, args[0]); err != nil {
		return err
	}
	t, secret := people.NewToken(args[0], o.label, now())
	if err := p.AddToken(ctx, t); err != nil {
		return err
	}
	fmt.Fprintln(s.out, secret)
	fmt.Fprintf(s.err, "token %s of %s; it is shown this once\n", t.ID, args[0])
	return p.Log(ctx, byHand("token add", t.ID+" of "+args[0]))
}

func listTokens(ctx context.Context, s streams, p store.People, _ *userOptions, _ []string) error {
	all, err := p.Tokens(ctx, "")
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(s.out, "no tokens")
	}
	for _, t := range all {
		used := "never used"
		if !t.UsedAt.IsZero() {
			used = "used " + t.UsedAt.Format("2006-01-02 15:04")
		}
		fmt.Fprintf(s.out, "%s  %-20s made %s, %s  %s\n", t.ID, t.Account, t.CreatedAt.Format(time.DateOnly), used, t.Label)
	}
	return nil
}

func removeToken(ctx context.Context, s streams, p store.People, _ *userOptions, args []string) error {
	if err := p.RemoveToken(ctx, args[0]); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "removed %s\n", args[0])
	return p.Log(ctx, byHand("token remove", args[0]))
}

func showAudit(ctx context.Context, s streams, p store.People, o *userOptions, _ []string) error {
	all, err := p.Acts(ctx, o.before, o.limit)
	if err != nil {
		return err
	}
	for _, a := range all {
		fmt.Fprintf(s.out, "%-6d %s  %-16s %-16s %s %s\n", a.N, a.At.Format("2006-01-02 15:04:05"), a.Account, a.Address, a.What, oneLine(a.Detail))
	}
	return nil
}
