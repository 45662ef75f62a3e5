package postgres

import (
	"context"
	"hash/crc32"
	"maps"
	"slices"
	"time"

	"github.com/onrecord/onrecord/internal/store/relational"
)

// Kinds of advisory locks, the first of their two numbers. Other programs may
// take such locks in the same database, so the numbers are unlikely ones.
const (
	lockMigration int32 = 1_868_395_001 + iota
	lockAddress
	lockNode
	lockLane
	lockSettling
)

// alone takes the lock of the one node that settles, on a connection of its own:
// the server drops it with the connection of a node that is gone.
func (b *backend) alone(ctx context.Context) (release func(), held bool, err error) {
	c, err := b.pool.Acquire(ctx)
	if err != nil {
		return nil, false, classify(ctx, err)
	}
	if err := c.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, hashtext(current_schema()))", lockSettling).Scan(&held); err != nil {
		defer c.Release()
		return nil, false, lost(ctx, c.Conn(), classify(ctx, err))
	}
	if !held {
		c.Release()
		return nil, false, nil
	}
	return func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		// To close the connection would be enough, but the server notices that only
		// after a moment, in which nobody could settle.
		if _, err := c.Exec(end, "SELECT pg_advisory_unlock($1, hashtext(current_schema()))", lockSettling); err != nil {
			_ = c.Conn().Close(end)
		}
		c.Release()
	}, true, nil
}

// lockedAddresses is how many locks all addresses share. A transaction takes no
// more than that, however many it brings: the server's table of locks has room
// for some thousands.
const lockedAddresses = 256

// lock keeps other writers from adding an article under the same addresses;
// without addresses, from adding any. The locks are taken in one order
// everywhere.
func lock(ctx context.Context, tx relational.Tx, addresses []string) error {
	numbers := make(map[int32]bool)
	for _, a := range addresses {
		numbers[int32(crc32.ChecksumIEEE([]byte(a))%lockedAddresses)] = true
	}
	if len(addresses) == 0 {
		for n := range int32(lockedAddresses) {
			numbers[n] = true
		}
	}
	_, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1, n) FROM unnest($2::integer[]) AS n", lockAddress, slices.Sorted(maps.Keys(numbers)))
	return err
}
