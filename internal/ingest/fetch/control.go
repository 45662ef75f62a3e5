package fetch

import (
	"context"
	"net/netip"
	"syscall"
)

// Control is for the dialer of those who send to addresses that a user gave, such
// as a webhook's: it lets connections go to the public internet and to the networks
// that are allowed, and fails with a *ForbiddenError for others. It looks at the
// address that is about to be connected to, after the name was resolved.
func Control(allow []netip.Prefix) func(ctx context.Context, network, address string, c syscall.RawConn) error {
	return guard{allow}.control
}
