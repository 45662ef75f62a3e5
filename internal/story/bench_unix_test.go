//go:build unix

package story_test

import (
	"syscall"
	"testing"
	"time"
)

// processor is the time that the program has used the processors, which other
// programs do not lengthen.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
