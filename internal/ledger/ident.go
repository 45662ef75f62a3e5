package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// ident makes an opaque id of a kind from what tells its content apart.
func ident(kind string, parts ...string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + strings.Join(parts, "\x00")))
	return kind + hex.EncodeToString(sum[:])[:16]
}

// spanKey is a stretch of an article as part of an id.
func spanKey(article string, s news.Span) string {
	return fmt.Sprintf("%s:%d-%d", article, s.Start, s.End)
}
