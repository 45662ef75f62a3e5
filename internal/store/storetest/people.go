package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

func people(t *testing.T, k *kit) {
	s, ok := k.s.(store.People)
	if !ok {
		t.Fatal("the store keeps no people")
	}
	mara := store.Account{Name: "mara", Role: "edit", Password: "$argon2id$x", AddedAt: k.at, ChangedAt: k.at}
	other := store.Account{Name: "Ødegård@post.example", Role: "read", Password: "y", AddedAt: k.at, ChangedAt: k.at}
	k.ok(s.AddAccount(k.ctx, mara))
	k.ok(s.AddAccount(k.ctx, other))
	if err := s.AddAccount(k.ctx, mara); !errors.Is(err, store.ErrExists) {
		t.Errorf("added twice: %v", err)
	}
	all, err := s.Accounts(k.ctx)
	k.ok(err)
	k.want("accounts", all, []store.Account{mara, other})

	// A session is found by its hash, until it is ended, or the account's password
	// is another.
	session := store.Session{Hash: "h1", Account: "mara", Form: "f", CreatedAt: k.at, SeenAt: k.at, ExpiresAt: k.at.Add(time.Hour)}
	k.ok(s.PutSession(k.ctx, session))
	session.SeenAt = k.at.Add(time.Minute)
	k.ok(s.PutSession(k.ctx, session))
	got, err := s.Session(k.ctx, "h1")
	k.ok(err)
	k.want("session", got, session)
	second := session
	second.Hash = "h2"
	k.ok(s.PutSession(k.ctx, second))
	k.ok(s.EndSession(k.ctx, "h2"))
	k.ok(s.EndSession(k.ctx, "h2"))
	k.missing("an ended session", second.Hash, func() error { _, err := s.Session(k.ctx, "h2"); return err })
	mara.Role, mara.Password, mara.ChangedAt = "admin", "z", k.at.Add(time.Hour)
	k.ok(s.ChangeAccount(k.ctx, mara))
	now, err := s.Account(k.ctx, "mara")
	k.ok(err)
	k.want("changed", now, mara)
	k.missing("the session of another password", "h1", func() error { _, err := s.Session(k.ctx, "h1"); return err })
	for i, at := range []time.Time{k.at, k.at.Add(2 * time.Hour)} {
		k.ok(s.PutSession(k.ctx, store.Session{Hash: fmt.Sprint("p", i), Account: "mara", CreatedAt: k.at, SeenAt: at, ExpiresAt: k.at.Add(24 * time.Hour)}))
	}
	k.ok(s.PruneSessions(k.ctx, k.at.Add(3*time.Hour), k.at.Add(time.Hour)))
	k.missing("one that was not seen", "p0", func() error { _, err := s.Session(k.ctx, "p0"); return err })
	_, err = s.Session(k.ctx, "p1")
	k.ok(err)
	k.ok(s.PruneSessions(k.ctx, k.at.Add(24*time.Hour), time.Time{}))
	k.missing("one that expired", "p1", func() error { _, err := s.Session(k.ctx, "p1"); return err })

	token := store.Token{ID: "t1", Hash: "th", Account: "mara", Label: "a script", CreatedAt: k.at}
	k.ok(s.AddToken(k.ctx, token))
	k.ok(s.AddToken(k.ctx, store.Token{ID: "t2", Hash: "th2", Account: other.Name, CreatedAt: k.at}))
	k.ok(s.UseToken(k.ctx, "t1", k.at.Add(time.Minute)))
	token.UsedAt = k.at.Add(time.Minute)
	found, err := s.TokenOf(k.ctx, "th")
	k.ok(err)
	k.want("token", found, token)
	tokens, err := s.Tokens(k.ctx, "mara")
	k.ok(err)
	k.want("tokens of one", tokens, []store.Token{token})
	k.ok(s.RemoveToken(k.ctx, "t2"))
	k.missing("a removed token", "t2", func() error { return s.RemoveToken(k.ctx, "t2") })
	tokens, err = s.Tokens(k.ctx, "")
	k.ok(err)
	k.want("tokens", len(tokens), 1)

	wrongPasswords(t, k, s)

	// An account goes with all that is its; what it did stays in the log.
	k.ok(s.Log(k.ctx, store.Act{At: k.at, Account: "mara", Address: "192.0.2.7", What: "log-in", Detail: "NUL \x00 and \xff"}))
	k.ok(s.Log(k.ctx, store.Act{At: k.at, What: "log-in refused"}))
	k.ok(s.RemoveAccount(k.ctx, "mara"))
	k.missing("a removed account", "mara", func() error { _, err := s.Account(k.ctx, "mara"); return err })
	k.missing("its token", "th", func() error { _, err := s.TokenOf(k.ctx, "th"); return err })
	k.missing("removed twice", "mara", func() error { return s.RemoveAccount(k.ctx, "mara") })
	k.missing("changed afterwards", "mara", func() error { return s.ChangeAccount(k.ctx, mara) })
	acts, err := s.Acts(k.ctx, 0, 10)
	k.ok(err)
	if len(acts) != 2 || acts[1].Account != "mara" || acts[1].Detail != "NUL \x00 and \xff" || !acts[1].At.Equal(k.at) || acts[0].N <= acts[1].N {
		t.Errorf("the log is %+v", acts)
	}
	acts, err = s.Acts(k.ctx, acts[0].N, 10)
	k.ok(err)
	k.want("before the last", len(acts), 1)
}

// peopleDump: accounts, tokens and the log are in a dump, sessions are not.
func peopleDump(t *testing.T, k *kit) {
	s, ok := k.s.(store.People)
	if !ok {
		t.Fatal("the store keeps no people")
	}
	mara := store.Account{Name: "mara", Role: "edit", Password: "x", AddedAt: k.at, ChangedAt: k.at}
	k.ok(s.AddAccount(k.ctx, mara))
	k.ok(s.AddToken(k.ctx, store.Token{ID: "t1", Hash: "th", Account: "mara", CreatedAt: k.at}))
	k.ok(s.PutSession(k.ctx, store.Session{Hash: "h1", Account: "mara", CreatedAt: k.at, SeenAt: k.at, ExpiresAt: k.at.Add(time.Hour)}))
	k.ok(s.Log(k.ctx, store.Act{At: k.at, Account: "mara", What: "log-in", Detail: "\xff"}))
	var dump bytes.Buffer
	k.ok(k.s.Dump(k.ctx, &dump))
	c := *k
	c.s = k.open()
	k.ok(c.s.Restore(k.ctx, &dump))
	copied, ok := c.s.(store.People)
	if !ok {
		t.Fatal("the copy keeps no people")
	}
	all, err := copied.Accounts(k.ctx)
	k.ok(err)
	k.want("accounts", all, []store.Account{mara})
	token, err := copied.TokenOf(k.ctx, "th")
	k.ok(err)
	k.want("token", token.Account, "mara")
	k.missing("a session", "h1", func() error { _, err := copied.Session(k.ctx, "h1"); return err })
	acts, err := copied.Acts(k.ctx, 0, 10)
	k.ok(err)
	if len(acts) != 1 || acts[0].What != "log-in" || acts[0].Detail != "\xff" {
		t.Errorf("the log is %+v", acts)
	}
	c.clean()
}

func wrongPasswords(t *testing.T, k *kit, s store.People) {
	for i := range 3 {
		k.ok(s.Attempt(k.ctx, []string{"a", "b"}, k.at.Add(time.Duration(i)*time.Minute), k.at.Add(-time.Hour)))
	}
	k.ok(s.Attempt(k.ctx, []string{"b"}, k.at.Add(3*time.Minute), k.at))
	wrong, err := s.Attempts(k.ctx, []string{"a", "b", "c"})
	k.ok(err)
	k.want("wrong passwords", wrong, []store.Attempts{{Key: "a", Count: 3, Last: k.at.Add(2 * time.Minute)}, {Key: "b", Count: 4, Last: k.at.Add(3 * time.Minute)}})
	k.ok(s.ClearAttempts(k.ctx, []string{"b", "c"}))
	k.ok(s.Attempt(k.ctx, []string{"b"}, k.at.Add(time.Hour), k.at.Add(30*time.Minute))) // what is older is forgotten
	wrong, err = s.Attempts(k.ctx, []string{"a", "b"})
	k.ok(err)
	if len(wrong) != 1 || wrong[0].Key != "b" || wrong[0].Count != 1 {
		t.Errorf("afterwards %+v", wrong)
	}
}

// missing wants store.ErrNotFound.
func (k *kit) missing(what, name string, f func() error) {
	k.t.Helper()
	if err := f(); !errors.Is(err, store.ErrNotFound) {
		k.t.Errorf("%s, %s: %v", what, name, err)
	}
}
