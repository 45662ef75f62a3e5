package store

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

// Addresses are all names of a delivery. A text that came without any has its
// own hash as its name.
func Addresses(d *news.Delivery) []string {
	seen := make(map[string]bool, len(d.Addresses))
	var out []string
	for _, a := range d.Addresses {
		if a != "" && !seen[a] {
			seen[a] = true
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		out = []string{"sha256:" + digest(d.Text)}
	}
	return out
}

// ArticleID makes an article's id from its best address: opaque, and the same
// in every store that meets the article by that address first.
func ArticleID(address string) string { return "a" + digest(address)[:16] }

// FeedID makes a source's id from its address.
func FeedID(url string) string { return "f" + digest(url)[:12] }

// CaptureID makes a capture's id from what it holds and when it was received.
func CaptureID(c *news.Capture) string {
	return "c" + digest(c.URL + "\n" + c.At.UTC().Format(time.RFC3339Nano) + "\n" + c.SHA256)[:20]
}

// AddressHash is the form in which an address is looked up: an address may be
// longer than an index takes.
func AddressHash(address string) string { return digest(address)[:32] }

// Tombstone is the form in which addresses of forgotten articles are kept: it
// tells that an address is one of them, but not which addresses they were.
func Tombstone(address string) string { return digest("forgotten\n" + address)[:32] }

// Digest tells versions of an article apart. The title counts, because a
// headline is often what is edited, and so does the date.
func Digest(d *news.Delivery) string {
	return digest(d.Title + "\x00" + d.Published + "\x00" + d.Text)
}

func digest(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// CursorBits are the bits of a Cursor below the minute.
const CursorBits = 22

// Cursor is the place of an article among all, newest first: minutes since 1970
// in the upper bits, the lowest 22 of the article's key in the others. A store gives
// the next place that is free where two articles would share one. It is the row number of the full-text index too: a search for the
// newest articles with a word reads the word's list from its end and stops.
//
// The time is that of publication. Where only the day is known it is noon, or
// the time when the article was received if that is earlier on the same day. A
// date that is unknown, or later than the receipt by more than a day (a wrong
// clock, "2099"), gives way to the receipt: no article can be pinned to the top.
func Cursor(published string, seen time.Time, key int64) int64 {
	at := seen
	if t, err := time.Parse(time.RFC3339, published); err == nil {
		at = t
	} else if day, err := time.Parse(time.DateOnly, published); err == nil {
		at = day.Add(12 * time.Hour)
		if seen.After(day) && seen.Before(at) {
			at = seen
		}
	}
	if at.After(seen.Add(24 * time.Hour)) {
		at = seen
	}
	const low = 1<<CursorBits - 1
	return (at.Unix()/60)<<CursorBits | key&low
}
