package people

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// How long a session lasts, and how many wrong passwords are borne.
const (
	unseenFor  = 7 * 24 * time.Hour  // without a request
	lastsFor   = 30 * 24 * time.Hour // whatever is done
	seenEvery  = 5 * time.Minute     // a session's last request is noted to that
	lockedFor  = 15 * time.Minute    // after the last of too many wrong passwords
	wrongHere  = 10                  // for one name from one address
	wrongFrom  = 50                  // from one address, for any names
	wrongNamed = 200                 // for one name, from any addresses
)

// gate logs people in.
type gate struct {
	store store.People
	now   func() time.Time
	slots slots
	dummy string // a hash that no password has, so that unknown names take as long
}

// counted is a key under which wrong passwords are counted, and how many are borne.
type counted struct {
	key  string
	most int
}

// counts are the keys of a try to log in, first the one that a right password
// clears. Names and addresses are kept as hashes.
func counts(who, address string) (all []counted, keys []string) {
	all = []counted{
		{digest("both\n" + who + "\n" + address), wrongHere},
		{digest("from\n" + address), wrongFrom},
		{digest("name\n" + who), wrongNamed},
	}
	for _, c := range all {
		keys = append(keys, c.key)
	}
	return all, keys
}

// enter checks a password and begins a session. The secret goes into the cookie.
func (g *gate) enter(ctx context.Context, who, password, address string) (s store.Session, secret string, err error) {
	now := g.now()
	all, keys := counts(who, address)
	wrong, err := g.store.Attempts(ctx, keys)
	if err != nil {
		return s, "", err
	}
	for _, w := range wrong {
		left := lockedFor - now.Sub(w.Last)
		for _, c := range all {
			if c.key == w.Key && w.Count >= c.most && left > 0 {
				return s, "", &TooManyError{left}
			}
		}
	}
	a, err := g.store.Account(ctx, who)
	known := err == nil
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return s, "", err
	}
	hash := a.Password
	if !known {
		hash = g.dummy
	}
	ok := false
	g.slots.hold(func() { ok, err = matches(password, hash) })
	if err != nil && known {
		return s, "", err
	}
	if !ok || !known {
		if err := g.store.Attempt(ctx, keys, now, now.Add(-lockedFor)); err != nil {
			return s, "", err
		}
		return s, "", ErrWrong
	}
	if err := g.store.ClearAttempts(ctx, keys[:1]); err != nil {
		return s, "", err
	}
	if err := g.store.PruneSessions(ctx, now, now.Add(-unseenFor)); err != nil {
		return s, "", err
	}
	secret = random(32)
	s = store.Session{Hash: digest(secret), Account: a.Name, Form: random(24), CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(lastsFor)}
	return s, secret, g.store.PutSession(ctx, s)
}

// session is who a cookie's secret belongs to; store.ErrNotFound where nobody.
func (g *gate) session(ctx context.Context, secret string) (Person, error) {
	now := g.now()
	s, err := g.store.Session(ctx, digest(secret))
	if err != nil {
		return Person{}, err
	}
	if !now.Before(s.ExpiresAt) || now.Sub(s.SeenAt) > unseenFor {
		return Person{}, store.ErrNotFound
	}
	a, err := g.store.Account(ctx, s.Account)
	if err != nil {
		return Person{}, err
	}
	if now.Sub(s.SeenAt) > seenEvery {
		s.SeenAt = now
		if err := g.store.PutSession(ctx, s); err != nil && !store.Passing(err) {
			return Person{}, err
		}
	}
	return Person{Name: a.Name, Role: Role(a.Role), Form: s.Form}, nil
}

// program is who a token belongs to.
func (g *gate) program(ctx context.Context, secret string) (Person, error) {
	t, err := g.store.TokenOf(ctx, digest(secret))
	if err != nil {
		return Person{}, err
	}
	a, err := g.store.Account(ctx, t.Account)
	if err != nil {
		return Person{}, err
	}
	if now := g.now(); now.Sub(t.UsedAt) > seenEvery {
		if err := g.store.UseToken(ctx, t.ID, now); err != nil && !store.Passing(err) {
			return Person{}, err
		}
	}
	return Person{Name: a.Name, Role: Role(a.Role), Program: true}, nil
}

// network is an address as wrong passwords are counted for it: of IPv6 the 64 bits
// that one customer has.
func network(remote string) string {
	a, err := netip.ParseAddrPort(remote)
	addr := a.Addr()
	if err != nil {
		if addr, err = netip.ParseAddr(remote); err != nil {
			return remote
		}
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is4() {
		return addr.String()
	}
	p, err := addr.Prefix(64)
	if err != nil {
		return addr.String()
	}
	return p.String()
}
