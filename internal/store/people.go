package store

import (
	"context"
	"errors"
	"time"
)

// ErrExists is returned where something of the name is there already.
var ErrExists = errors.New("is there already")

// Account is a person who may log in.
type Account struct {
	Name      string
	Role      string // of package people
	Password  string // its hash, in the form of package people; never shown
	AddedAt   time.Time
	ChangedAt time.Time // of password or role
}

// Session is a log-in that lasts.
type Session struct {
	Hash      string // of the secret that the browser has
	Account   string
	Form      string // the secret that the forms of the session carry
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time // whatever is done with it
}

// Token lets a program in, as the account that it belongs to.
type Token struct {
	ID        string
	Hash      string // of the secret
	Account   string
	Label     string
	CreatedAt time.Time
	UsedAt    time.Time // about when; zero for never
}

// Attempts are wrong passwords in a row: for a name, from an address.
type Attempts struct {
	Key   string
	Count int
	Last  time.Time
}

// Act is a line of the audit log: what somebody did that changed something.
type Act struct {
	N       int64 // in the order in which they came; set by the store
	At      time.Time
	Account string // "" where nobody was logged in
	Address string // where it came from
	What    string // such as "log-in" or "POST /v1/sources"
	Detail  string
}

// People keeps who may look and who may change, beside the articles. An account
// that is removed takes its sessions and tokens with it; the log stays.
type People interface {
	Accounts(ctx context.Context) ([]Account, error) // by name
	Account(ctx context.Context, name string) (Account, error)
	// AddAccount fails with ErrExists where there is one of the name.
	AddAccount(ctx context.Context, a Account) error
	// ChangeAccount replaces role and password, and ends the account's sessions.
	ChangeAccount(ctx context.Context, a Account) error
	RemoveAccount(ctx context.Context, name string) error

	PutSession(ctx context.Context, s Session) error // adds it, or replaces SeenAt
	Session(ctx context.Context, hash string) (Session, error)
	EndSession(ctx context.Context, hash string) error
	// PruneSessions deletes those that have expired or were not seen since.
	PruneSessions(ctx context.Context, now, unseen time.Time) error

	AddToken(ctx context.Context, t Token) error
	TokenOf(ctx context.Context, hash string) (Token, error)
	Tokens(ctx context.Context, account string) ([]Token, error) // "" for all
	UseToken(ctx context.Context, id string, at time.Time) error
	RemoveToken(ctx context.Context, id string) error

	Attempts(ctx context.Context, keys []string) ([]Attempts, error) // of those that have any
	// Attempt counts one more; a count whose last is before begin starts anew.
	Attempt(ctx context.Context, keys []string, at, begin time.Time) error
	ClearAttempts(ctx context.Context, keys []string) error

	// Log adds a line to the audit log.
	Log(ctx context.Context, a Act) error
	// Acts lists the log, the newest first, before a line (0 for the end).
	Acts(ctx context.Context, before int64, limit int) ([]Act, error)
}
