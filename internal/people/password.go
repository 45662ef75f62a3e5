package people

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

const (
	leastPassword = 12   // characters
	mostPassword  = 1024 // bytes
)

// The cost of argon2id: the first of the choices of OWASP's Password Storage Cheat
// Sheet. A log-in takes some 50 ms and 46 MiB, of which two run at a time.
const (
	costMemory  = 47104 // KiB
	costTime    = 1
	costThreads = 1
	saltBytes   = 16
	keyBytes    = 32
	// A hash from a store that was tampered with must not cost more than this.
	mostMemory = 256 << 10 // KiB
	mostTime   = 16
)

// slots bounds how many passwords are hashed at a time; without it, strangers who
// log in at once would take all memory.
type slots chan struct{}

func (s slots) hold(f func()) {
	s <- struct{}{}
	defer func() { <-s }()
	f()
}

// Hash hashes a new password, in the PHC string format:
// $argon2id$v=19$m=47104,t=1,p=1$SALT$HASH.
func Hash(password string) (string, error) {
	if utf8.RuneCountInString(password) < leastPassword || len(password) > mostPassword || !utf8.ValidString(password) {
		return "", ErrPassword
	}
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // it never fails
	sum := argon2.IDKey([]byte(password), salt, costTime, costMemory, costThreads, keyBytes)
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, costMemory, costTime, costThreads, b.EncodeToString(salt), b.EncodeToString(sum)), nil
}

var errHash = errors.New("the hash of a password is damaged; set the password anew")

// matches reports whether a password is the one that was hashed.
func matches(password, hash string) (bool, error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return false, errHash
	}
	var version int
	var memory, times uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &times, &threads); err != nil || memory < 8 || memory > mostMemory || times < 1 || times > mostTime || threads < 1 {
		return false, errHash
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, errHash
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) < 16 || len(want) > 64 {
		return false, errHash
	}
	if len(password) > mostPassword {
		return false, nil
	}
	got := argon2.IDKey([]byte(password), salt, times, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}
