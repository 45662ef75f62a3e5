// Package address brings the addresses under which an article is linked into
// one form, so that two links to it are seen to be the same.
package address

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/idna"
)

// ErrNotWeb is returned for what is no address of the Web.
var ErrNotWeb = errors.New("not an http or https address")

// maxLength is how long an address may be, in bytes.
const maxLength = 8 << 10

// Normal returns the address in its usual form: scheme and host in lower case,
// the host in ASCII, no default port, no fragment, no credentials, none of the
// parameters that say only where a reader came from, the others in their order.
// Path and case of it are left as they are: servers tell them apart.
func Normal(raw string) (string, error) { return Resolve("", raw) }

// Resolve is Normal for an address that may be relative to base.
func Resolve(base, ref string) (string, error) {
	ref = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1 // as browsers do
		}
		return r
	}, strings.TrimSpace(ref))
	if len(ref) > maxLength {
		return "", fmt.Errorf("%w: it has %d bytes", ErrNotWeb, len(ref))
	}
	u, err := url.Parse(ref)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotWeb, err)
	}
	if base != "" && !u.IsAbs() {
		b, err := url.Parse(base)
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrNotWeb, err)
		}
		u = b.ResolveReference(u)
	}
	if err := normalise(u); err != nil {
		return "", fmt.Errorf("%w: %.200q", err, ref)
	}
	return u.String(), nil
}

func normalise(u *url.URL) error {
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" {
		return ErrNotWeb
	}
	host, err := hostOf(u)
	if err != nil {
		return err
	}
	port := u.Port()
	if u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		port = ""
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	u.Host = host
	if port != "" {
		u.Host += ":" + port
	}
	if u.Path == "" {
		u.Path = "/"
	}
	if strings.Contains(u.Path, "/.") {
		clean := path.Clean(u.Path)
		if strings.HasSuffix(u.Path, "/") && clean != "/" {
			clean += "/"
		}
		u.Path, u.RawPath = clean, ""
	}
	u.User, u.Fragment, u.RawFragment, u.ForceQuery = nil, "", "", false
	u.RawQuery = withoutTracking(u.RawQuery)
	return nil
}

// hostOf is the host in lower-case ASCII.
func hostOf(u *url.URL) (string, error) {
	host := strings.ToLower(strings.TrimRight(u.Hostname(), "."))
	if host == "" {
		return "", ErrNotWeb
	}
	if a, err := netip.ParseAddr(host); err == nil {
		return a.WithZone("").String(), nil
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil {
		// Names with an underscore are no host names, and exist.
		for _, r := range host {
			if r >= 0x80 || strings.ContainsRune(" /\\?#@%", r) {
				return "", ErrNotWeb
			}
		}
		return host, nil
	}
	return ascii, nil
}

// Host is the host of an address with its port where it has one, in the form
// that Normal gives; "" where it has none.
func Host(raw string) string {
	s, err := Normal(raw)
	if err != nil {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return u.Host
}

// withoutTracking drops the parameters of campaigns and of feed readers.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	var out []string
	for p := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(p, "=")
		if p != "" && !isTracking(strings.ToLower(name)) {
			out = append(out, p)
		}
	}
	return strings.Join(out, "&")
}

// isTracking reports whether a parameter says only where the reader came from.
// What could name an article ("id", "p", "ref") is none.
func isTracking(name string) bool {
	for _, prefix := range []string{"utm_", "at_medium", "at_campaign", "at_custom", "at_link", "mtm_", "pk_", "hsa_", "mc_", "oly_", "_hs", "vero_", "wt.", "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "fbclid", "gclid", "dclid", "msclkid", "yclid", "twclid", "igshid", "wbraid", "gbraid", "ocid", "cmpid", "smid", "smtyp", "ftag", "partner", "xtor", "cmp", "wt_mc", "ito", "ncid", "guccounter", "guce_referrer", "guce_referrer_sig", "s_cid", "feedtype", "feedname", "traffic_source", "taid", "sref", "mkt_tok", "__twitter_impression", "__source", "echobox":
		return true
	}
	return false
}
