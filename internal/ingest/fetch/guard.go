package fetch

import (
	"context"
	"fmt"
	"net/netip"
	"syscall"
)

// ForbiddenError says that an address is none of the public internet.
type ForbiddenError struct {
	Address netip.Addr
	Kind    string
}

// Error names the address and what it is.
func (e *ForbiddenError) Error() string {
	return fmt.Sprintf("%s is %s address and is not asked", e.Address, e.Kind)
}

// guard keeps requests within the public internet. It looks at the address
// that is about to be connected to, after the name was resolved: a name that
// resolves to something else at every look, and a redirect, do not get past it.
type guard struct{ allow []netip.Prefix }

// control is called by the dialer for every connection.
func (g guard) control(_ context.Context, network, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("connect to %s %s: %w", network, address, err)
	}
	return g.check(at.Addr())
}

func (g guard) check(a netip.Addr) error {
	a = a.WithZone("").Unmap()
	for _, p := range g.allow {
		if p.Contains(a) {
			return nil
		}
	}
	if kind := forbidden(a); kind != "" {
		return &ForbiddenError{Address: a, Kind: kind}
	}
	return nil
}

// reserved are networks that no public server has (IANA special-purpose address
// registries, RFC 6890), beyond those that netip knows.
var reserved = []struct {
	net  netip.Prefix
	kind string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "an unspecified"},
	{netip.MustParsePrefix("100.64.0.0/10"), "a carrier's private"},
	{netip.MustParsePrefix("192.0.0.0/24"), "a protocol's"},
	{netip.MustParsePrefix("192.0.2.0/24"), "a documentation"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a relay's"},
	{netip.MustParsePrefix("198.18.0.0/15"), "a benchmark's"},
	{netip.MustParsePrefix("198.51.100.0/24"), "a documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "a documentation"},
	{netip.MustParsePrefix("240.0.0.0/4"), "a reserved"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "a translator's private"},
	{netip.MustParsePrefix("100::/64"), "a discarding"},
	{netip.MustParsePrefix("2001::/23"), "a protocol's"}, // Teredo among them
	{netip.MustParsePrefix("2001:db8::/32"), "a documentation"},
	{netip.MustParsePrefix("3fff::/20"), "a documentation"},
	{netip.MustParsePrefix("5f00::/16"), "a segment routing"},
	{netip.MustParsePrefix("fec0::/10"), "a site-local"},
}

// Networks of IPv6 whose addresses hold one of IPv4.
var (
	compatible = netip.MustParsePrefix("::/96")
	nat64      = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour  = netip.MustParsePrefix("2002::/16")
)

// forbidden says what kind of address it is, "" for a public one.
func forbidden(a netip.Addr) string {
	switch {
	case !a.IsValid() || a.IsUnspecified():
		return "an unspecified"
	case a.IsLoopback():
		return "a loopback"
	case a.IsPrivate():
		return "a private"
	case a.IsLinkLocalUnicast():
		return "a link-local"
	case a.IsMulticast():
		return "a multicast"
	}
	for _, r := range reserved {
		if r.net.Contains(a) {
			return r.kind
		}
	}
	if a.Is6() {
		b := a.As16()
		switch {
		case compatible.Contains(a), nat64.Contains(a):
			return forbidden(netip.AddrFrom4([4]byte(b[12:16])))
		case sixToFour.Contains(a):
			return forbidden(netip.AddrFrom4([4]byte(b[2:6])))
		}
	}
	return ""
}
