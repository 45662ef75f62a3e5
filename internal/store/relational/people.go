package relational

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

var _ store.People = (*Store)(nil)

// rowsOf runs a query on an unchanging state and scans its rows.
func rowsOf[T any](ctx context.Context, s *Store, what, sql string, args []any, scan func(Rows) (T, error)) ([]T, error) {
	var out []T
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		return each(ctx, tx, sql, args, func(r Rows) error {
			v, err := scan(r)
			out = append(out, v)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return out, nil
}

// rowOf is rowsOf for what there is one of, or store.ErrNotFound.
func rowOf[T any](ctx context.Context, s *Store, what, sql string, args []any, scan func(Rows) (T, error)) (T, error) {
	all, err := rowsOf(ctx, s, what, sql, args, scan)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s: %w", what, store.ErrNotFound)
	}
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}

// write runs one statement; with must it has to change a row.
func (s *Store) write(ctx context.Context, what string, must bool, sql string, args ...any) error {
	err := s.b.Write(ctx, func(tx Tx) error {
		n, err := tx.Exec(ctx, sql, slices.Clone(args)...)
		if err != nil {
			return err
		}
		return notFoundUnless(n > 0 || !must)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

const accountColumns = "name, role, password, added_at, changed_at"

func scanAccount(r Rows) (store.Account, error) {
	var a store.Account
	err := r.Scan(&a.Name, &a.Role, &a.Password, scanMoment{&a.AddedAt}, scanMoment{&a.ChangedAt})
	return a, err
}

// Accounts lists the people who may log in.
func (s *Store) Accounts(ctx context.Context) ([]store.Account, error) {
	return rowsOf(ctx, s, "list the accounts", "SELECT "+accountColumns+" FROM account ORDER BY name", nil, scanAccount)
}

// Account returns one of them.
func (s *Store) Account(ctx context.Context, name string) (store.Account, error) {
	return rowOf(ctx, s, "account "+name, "SELECT "+accountColumns+" FROM account WHERE name = $1", []any{name}, scanAccount)
}

// AddAccount adds one.
func (s *Store) AddAccount(ctx context.Context, a store.Account) error {
	err := s.b.Write(ctx, func(tx Tx) error {
		n, err := tx.Exec(ctx, "INSERT INTO account ("+accountColumns+") VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING", a.Name, a.Role, a.Password, moment(a.AddedAt), moment(a.ChangedAt))
		if err == nil && n == 0 {
			err = store.ErrExists
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("add the account %s: %w", a.Name, err)
	}
	return nil
}

// ChangeAccount replaces role and password, and ends the account's sessions.
func (s *Store) ChangeAccount(ctx context.Context, a store.Account) error {
	err := s.b.Write(ctx, func(tx Tx) error {
		n, err := tx.Exec(ctx, "UPDATE account SET role=$2, password=$3, changed_at=$4 WHERE name=$1", a.Name, a.Role, a.Password, moment(a.ChangedAt))
		if err == nil {
			err = notFoundUnless(n > 0)
		}
		if err == nil {
			_, err = tx.Exec(ctx, "DELETE FROM session WHERE account = $1", a.Name)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("change the account %s: %w", a.Name, err)
	}
	return nil
}

// RemoveAccount removes one, with its sessions and tokens.
func (s *Store) RemoveAccount(ctx context.Context, name string) error {
	return s.write(ctx, "remove the account "+name, true, "DELETE FROM account WHERE name = $1", name)
}

// PutSession adds a session, or notes when it was seen.
func (s *Store) PutSession(ctx context.Context, v store.Session) error {
	return s.write(ctx, "keep the session", true, `INSERT INTO session (hash, account, form, created_at, seen_at, expires_at) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (hash) DO UPDATE SET seen_at = excluded.seen_at`, v.Hash, v.Account, v.Form, moment(v.CreatedAt), moment(v.SeenAt), moment(v.ExpiresAt))
}

// Session returns a session by the hash of its secret.
func (s *Store) Session(ctx context.Context, hash string) (store.Session, error) {
	return rowOf(ctx, s, "session", "SELECT hash, account, form, created_at, seen_at, expires_at FROM session WHERE hash = $1", []any{hash}, func(r Rows) (store.Session, error) {
		var v store.Session
		err := r.Scan(&v.Hash, &v.Account, &v.Form, scanMoment{&v.CreatedAt}, scanMoment{&v.SeenAt}, scanMoment{&v.ExpiresAt})
		return v, err
	})
}

// EndSession deletes a session, if there is one.
func (s *Store) EndSession(ctx context.Context, hash string) error {
	return s.write(ctx, "end the session", false, "DELETE FROM session WHERE hash = $1", hash)
}

// PruneSessions deletes sessions that have ended by themselves.
func (s *Store) PruneSessions(ctx context.Context, now, unseen time.Time) error {
	return s.write(ctx, "prune the sessions", false, "DELETE FROM session WHERE expires_at <= $1 OR seen_at < $2", moment(now), moment(unseen))
}

const tokenColumns = "id, hash, account, label, created_at, used_at"

func scanToken(r Rows) (store.Token, error) {
	var t store.Token
	err := r.Scan(&t.ID, &t.Hash, &t.Account, &t.Label, scanMoment{&t.CreatedAt}, scanMoment{&t.UsedAt})
	return t, err
}

// AddToken adds a token.
func (s *Store) AddToken(ctx context.Context, t store.Token) error {
	return s.write(ctx, "add the token", true, "INSERT INTO token ("+tokenColumns+") VALUES ($1,$2,$3,$4,$5,$6)", t.ID, t.Hash, t.Account, t.Label, moment(t.CreatedAt), moment(t.UsedAt))
}

// TokenOf returns a token by the hash of its secret.
func (s *Store) TokenOf(ctx context.Context, hash string) (store.Token, error) {
	return rowOf(ctx, s, "token", "SELECT "+tokenColumns+" FROM token WHERE hash = $1", []any{hash}, scanToken)
}

// Tokens lists the tokens of an account, or of all, the oldest first.
func (s *Store) Tokens(ctx context.Context, account string) ([]store.Token, error) {
	return rowsOf(ctx, s, "list the tokens", "SELECT "+tokenColumns+" FROM token WHERE account = $1 OR $1 = '' ORDER BY created_at, id", []any{account}, scanToken)
}

// UseToken notes when a token was used.
func (s *Store) UseToken(ctx context.Context, id string, at time.Time) error {
	return s.write(ctx, "note the token's use", false, "UPDATE token SET used_at = $2 WHERE id = $1", id, moment(at))
}

// RemoveToken removes a token.
func (s *Store) RemoveToken(ctx context.Context, id string) error {
	return s.write(ctx, "remove the token "+id, true, "DELETE FROM token WHERE id = $1", id)
}

// Attempts returns the wrong passwords that are counted for the keys.
func (s *Store) Attempts(ctx context.Context, keys []string) ([]store.Attempts, error) {
	var out []store.Attempts
	for _, key := range keys {
		found, err := rowsOf(ctx, s, "look for wrong passwords", "SELECT id, n, last_at FROM attempt WHERE id = $1", []any{key}, func(r Rows) (store.Attempts, error) {
			var a store.Attempts
			err := r.Scan(&a.Key, &a.Count, scanMoment{&a.Last})
			return a, err
		})
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// Attempt counts a wrong password for each key, and forgets the counts of others
// that are over.
func (s *Store) Attempt(ctx context.Context, keys []string, at, begin time.Time) error {
	err := s.b.Write(ctx, func(tx Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM attempt WHERE last_at < $1", moment(begin)); err != nil {
			return err
		}
		for _, key := range slices.Sorted(slices.Values(keys)) {
			if _, err := tx.Exec(ctx, "INSERT INTO attempt (id, n, last_at) VALUES ($1, 1, $2) ON CONFLICT (id) DO UPDATE SET n = attempt.n + 1, last_at = excluded.last_at", key, moment(at)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("count a wrong password: %w", err)
	}
	return nil
}

// ClearAttempts forgets the wrong passwords of keys.
func (s *Store) ClearAttempts(ctx context.Context, keys []string) error {
	for _, key := range keys {
		if err := s.write(ctx, "forget wrong passwords", false, "DELETE FROM attempt WHERE id = $1", key); err != nil {
			return err
		}
	}
	return nil
}

// Log adds a line to the audit log.
func (s *Store) Log(ctx context.Context, a store.Act) error {
	return s.write(ctx, "write the audit log", true, "INSERT INTO audit (at, account, address, what, detail) VALUES ($1,$2,$3,$4,$5)", moment(a.At), Escaped(a.Account), Escaped(a.Address), Escaped(a.What), Escaped(a.Detail))
}

// Acts lists the audit log, the newest first.
func (s *Store) Acts(ctx context.Context, before int64, limit int) ([]store.Act, error) {
	return rowsOf(ctx, s, "list the audit log", "SELECT n, at, account, address, what, detail FROM audit WHERE n < $1 OR $1 = 0 ORDER BY n DESC LIMIT $2", []any{before, min(max(limit, 1), 1000)}, func(r Rows) (store.Act, error) {
		var a store.Act
		err := r.Scan(&a.N, scanMoment{&a.At}, &a.Account, &a.Address, &a.What, &a.Detail)
		a.Account, a.Address, a.What, a.Detail = Unescaped(a.Account), Unescaped(a.Address), Unescaped(a.What), Unescaped(a.Detail)
		return a, err
	})
}
