package store

import (
	"context"
	"time"
)

// Alert is a saved query and whom it tells of what is new.
type Alert struct {
	ID    string
	Name  string
	Kind  string // of rows, as package query has them
	Query string
	// Webhook is the address that is told, Secret what its messages are signed
	// with; Mail are addresses, with commas between. "" for none.
	Webhook, Secret string
	Mail            string
	// Every is the time between two looks: a minute for what is told at once, a day
	// for a digest.
	Every   time.Duration
	Owner   string // account; "" where there is but one user
	AddedAt time.Time
	Paused  bool
	NextAt  time.Time // of the next look
	// LookedAt is when it was last looked; zero before the first look, which tells
	// nobody: what was there before the alert is not new.
	LookedAt  time.Time
	LastError string
}

// Message is what an alert has to tell on one way, until it is told.
type Message struct {
	ID     string
	Alert  string
	Way    string // webhook or mail
	Body   []byte
	MadeAt time.Time
	NextAt time.Time // of the next try; while one is under way, of the one after it
	Tries  int
	Dead   bool // given up
	Error  string
}

// Look is what a look at an alert's query brought.
type Look struct {
	Alert string
	At    time.Time
	// Rows are the keys of all rows that were found. Those that are new are
	// remembered; those that are remembered longer than Until and are not among
	// them are forgotten.
	Rows     []string
	Until    time.Time
	Messages []Message
	Error    string // why the query could not be asked; "" otherwise
}

// Alerts keeps saved queries beside the articles.
type Alerts interface {
	Alerts(ctx context.Context) ([]Alert, error) // by name
	Alert(ctx context.Context, id string) (Alert, error)
	// PutAlert adds an alert or puts it in the place of the one with its id.
	PutAlert(ctx context.Context, a Alert) error
	RemoveAlert(ctx context.Context, id string) error // with its messages

	// TakeAlerts returns alerts whose next look is due, and sets their NextAt on by
	// Every, so that no other process takes them for this look.
	TakeAlerts(ctx context.Context, now time.Time, limit int) ([]Alert, error)
	// Unseen are those of the keys that the alert does not remember, in their order.
	Unseen(ctx context.Context, alert string, keys []string) ([]string, error)
	// Looked keeps what a look brought, all of it or nothing.
	Looked(ctx context.Context, l Look) error

	// TakeMessages returns messages whose next try is due, counts the try, and sets
	// NextAt on by hold: who takes them has that long.
	TakeMessages(ctx context.Context, now time.Time, hold time.Duration, limit int) ([]Message, error)
	// Told drops a message that was told.
	Told(ctx context.Context, id string) error
	// NotTold keeps why a try failed, and when the next is; dead gives it up.
	NotTold(ctx context.Context, id, why string, next time.Time, dead bool) error
	// Messages lists those of an alert that are not told, the oldest first.
	Messages(ctx context.Context, alert string, limit int) ([]Message, error)
}
