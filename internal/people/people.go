// Package people says who may look at the desk and who may change it: accounts
// with a role, passwords, sessions of browsers and tokens of programs, and a log
// of what was changed by whom.
package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// Role is what somebody may do.
type Role string

// The roles; each may do what the one before may.
const (
	Read  Role = "read"  // look, search, export, read a text without keeping it
	Edit  Role = "edit"  // correct, add and pause sources, keep articles
	Admin Role = "admin" // forget articles, see the log
)

// Roles are all roles, the least first.
func Roles() []Role { return []Role{Read, Edit, Admin} }

// May reports whether a role includes another.
func (r Role) May(needed Role) bool {
	have, need := -1, len(Roles())
	for i, one := range Roles() {
		if one == r {
			have = i
		}
		if one == needed {
			need = i
		}
	}
	return have >= need
}

// Person is who makes a request.
type Person struct {
	Name string
	Role Role
	// Local: whoever sits at the machine, of whom no password is asked.
	Local bool
	// Form is the secret that a form of this person carries in its field "csrf".
	Form string
	// Program: it came with a token, not by a browser.
	Program bool
}

type key struct{}

// From returns who makes the request that the context is of; a Person without a
// name where nobody is known.
func From(ctx context.Context) Person {
	p, _ := ctx.Value(key{}).(Person)
	return p
}

// With returns a context of a request that p makes.
func With(ctx context.Context, p Person) context.Context { return context.WithValue(ctx, key{}, p) }

// Errors of the names and passwords that are given.
var (
	ErrName     = errors.New("a name is 1 to 64 letters, digits, dots, dashes, underscores or @, and begins with a letter or digit")
	ErrPassword = fmt.Errorf("a password has %d characters at least, and %d bytes at most", leastPassword, mostPassword)
	ErrRole     = errors.New("a role is read, edit or admin")
	// ErrWrong does not tell whether there is such an account.
	ErrWrong = errors.New("name or password is wrong")
)

// TooManyError is returned after too many wrong passwords.
type TooManyError struct{ Wait time.Duration }

func (e *TooManyError) Error() string {
	return fmt.Sprintf("too many wrong passwords; try again in %v", e.Wait.Round(time.Minute))
}

var name = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$`)

// NewAccount makes an account, with its password hashed.
func NewAccount(who string, r Role, password string, now time.Time) (store.Account, error) {
	a := store.Account{Name: who, Role: string(r), AddedAt: now, ChangedAt: now}
	if !name.MatchString(who) || who == LocalName {
		return a, ErrName
	}
	if !r.May(Read) {
		return a, ErrRole
	}
	var err error
	a.Password, err = Hash(password)
	return a, err
}

// LocalName is whom the log names where no log-in is asked for.
const LocalName = "local"

// tokenPrefix is what every token begins with, so that one that was published by
// mistake is recognised.
const tokenPrefix = "onrecord_"

// NewToken makes a token of an account; secret is what its program sends, and is
// kept nowhere.
func NewToken(account, label string, now time.Time) (t store.Token, secret string) {
	secret = tokenPrefix + random(32)
	id := sha256.Sum256([]byte("id " + secret))
	return store.Token{ID: "t" + hex.EncodeToString(id[:6]), Hash: digest(secret), Account: account, Label: strings.TrimSpace(label), CreatedAt: now}, secret
}

// random is n random bytes as text for an address or a cookie.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// digest is how secrets are kept that are random enough not to need a slow hash.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
