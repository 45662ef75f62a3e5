package fetch

import (
	"net/netip"
	"testing"
)

func TestForbidden(t *testing.T) {
	for _, s := range []string{
		"0.0.0.0", "0.1.2.3", "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
		"192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1", "2001::1", "100::1",
		"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:c0a8:101::",
	} {
		if forbidden(netip.MustParseAddr(s).WithZone("").Unmap()) == "" {
			t.Errorf("%s is asked", s)
		}
	}
	for _, s := range []string{"1.1.1.1", "93.184.215.14", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1", "64:ff9b::101:101", "2002:101:101::"} {
		if k := forbidden(netip.MustParseAddr(s)); k != "" {
			t.Errorf("%s is %s address", s, k)
		}
	}
}

func TestAllowed(t *testing.T) {
	g := guard{allow: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}}
	for s, want := range map[string]bool{"10.1.2.3:80": true, "[::ffff:10.1.2.3]:80": true, "10.2.0.1:80": false, "127.0.0.1:80": false, "9.9.9.9:80": true} {
		if got := g.control(t.Context(), "tcp", s, nil) == nil; got != want {
			t.Errorf("%s: asked is %v, want %v", s, got, want)
		}
	}
	if g.control(t.Context(), "tcp", "no address", nil) == nil {
		t.Error("what is no address is asked")
	}
}
