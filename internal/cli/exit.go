package cli

import (
	"context"
	"errors"
	"io"
	"syscall"
)

// The exit codes (docs/operations.md).
const (
	ExitOK          = 0   // all was read
	ExitFailed      = 1   // nothing could be done, or an error of the program's own
	ExitUsage       = 2   // the command's words are off
	ExitPartly      = 3   // some inputs could not be read; the others were
	ExitInterrupted = 130 // Ctrl-C or a termination signal
)

// errUsage marks errors in the words of a command.
var errUsage = errors.New("usage")

// errPartly is returned when some inputs failed; each was already reported.
var errPartly = errors.New("some inputs could not be read")

// exitCodes is the one table from errors to exit codes; the first that fits
// counts.
var exitCodes = []struct {
	err  error
	code int
}{
	{context.Canceled, ExitInterrupted},
	{errUsage, ExitUsage},
	{errPartly, ExitPartly},
	{syscall.EPIPE, ExitOK}, // the reader of our output has seen enough: "onrecord read … | head"
	{io.ErrClosedPipe, ExitOK},
}

func exitCode(err error) int {
	if err == nil {
		return ExitOK
	}
	for _, e := range exitCodes {
		if errors.Is(err, e.err) {
			return e.code
		}
	}
	return ExitFailed
}

// quiet reports whether an error needs no words on stderr.
func quiet(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe)
}
