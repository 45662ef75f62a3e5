package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress tells a person at a terminal how far a longer reading is. Below two
// seconds it says nothing.
type progress struct {
	w     io.Writer
	tty   bool
	start time.Time
	last  time.Time
	shown bool
}

func newProgress(w io.Writer) *progress {
	p := &progress{w: w, start: time.Now()}
	if f, ok := w.(*os.File); ok {
		p.tty = term.IsTerminal(int(f.Fd()))
	}
	return p
}

// show says how many articles are done; at most five times a second on a
// terminal, every ten seconds elsewhere.
func (p *progress) show(done int) {
	now := time.Now()
	if now.Sub(p.start) < 2*time.Second {
		return
	}
	rate := float64(done) / now.Sub(p.start).Seconds()
	if p.tty {
		if now.Sub(p.last) < 200*time.Millisecond {
			return
		}
		fmt.Fprintf(p.w, "\r\x1b[K%d articles, %.0f a second", done, rate)
		p.shown = true
	} else {
		if p.last.IsZero() {
			p.last = p.start
		}
		if now.Sub(p.last) < 10*time.Second {
			return
		}
		fmt.Fprintf(p.w, "%d articles, %.0f a second\n", done, rate)
	}
	p.last = now
}

// clear takes the line away, before words or at the end.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
