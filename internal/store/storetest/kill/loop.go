package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// outcome is what a loop of kills came to.
type outcome struct {
	target
	opening, importing int // kills before the store was open, and after
	read, kept         int64
	versions           int
	files              int // of captures
	took               time.Duration
	wrong              []string
}

// String gives the figures.
func (o outcome) String() string {
	kills := o.opening + o.importing
	again := float64(o.read-int64(o.versions)) / float64(max(kills, 1))
	return fmt.Sprintf("%d articles in %d versions, %d kills (%d while the store was opened, %d during the import), %d readings, so %.1f articles in hand lost a kill and read again; %d files of captures; %d faults; %s",
		o.articles, o.versions, kills, o.opening, o.importing, o.read, again, o.files, len(o.wrong), o.took.Round(time.Second))
}

// loop imports with kills, then once without, and looks at what is there.
func loop(ctx context.Context, t target, kills int) (outcome, error) {
	o := outcome{target: t}
	for n := range t.articles {
		o.versions += versions(n)
	}
	start := time.Now()
	opening := 500 * time.Millisecond // what it took the last time
	for o.opening+o.importing < kills {
		p, err := begin(ctx, t)
		if err != nil {
			return o, err
		}
		// One kill in five falls while the store is opened. The others are spread
		// over what is left to keep.
		if rand.IntN(5) == 0 {
			p.pause(time.Duration(rand.Int64N(int64(opening))))
		} else {
			left := max(0, o.versions-int(o.kept)) / (kills - o.opening - o.importing)
			opening = p.until(func() bool { return p.open.Load() > 0 })
			goal := rand.Int64N(int64(2*left + 1))
			p.until(func() bool { return p.kept.Load() >= goal })
			p.pause(time.Duration(rand.Int64N(int64(20 * time.Millisecond))))
		}
		if err := o.killed(p); err != nil {
			return o, err
		}
	}
	p, err := begin(ctx, t)
	if err != nil {
		return o, err
	}
	if err := p.end(); err != nil {
		return o, fmt.Errorf("the last import: %w", err)
	}
	o.read, o.kept = o.read+p.read.Load(), o.kept+p.kept.Load()
	o.took = time.Since(start)
	return o, o.examine(ctx)
}

// killed kills a run and counts.
func (o *outcome) killed(p *run) error {
	killed, err := p.kill()
	if err != nil {
		return err
	}
	o.read, o.kept = o.read+p.read.Load(), o.kept+p.kept.Load()
	switch {
	case !killed: // it was done before
	case p.open.Load() == 0:
		o.opening++
	default:
		o.importing++
	}
	return nil
}

// run is one run of the import.
type run struct {
	cmd              *exec.Cmd
	open, read, kept atomic.Int64
	ended            chan struct{} // closed when it has said all
}

func begin(ctx context.Context, t target, more ...string) (*run, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &run{cmd: exec.CommandContext(ctx, self), ended: make(chan struct{})}
	p.cmd.Env, p.cmd.Stderr = append(t.environment(), more...), os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the import: %w", err)
	}
	go p.listen(out)
	return p, nil
}

func (p *run) listen(out io.Reader) {
	defer close(p.ended)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		what, number, _ := strings.Cut(lines.Text(), " ")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			continue // a line that was cut
		}
		switch what {
		case sayOpen:
			p.open.Add(n)
		case sayRead:
			p.read.Add(n)
		case sayKept:
			p.kept.Add(n)
		}
	}
}

// until waits for a condition, or for the end of the run.
func (p *run) until(f func() bool) time.Duration {
	start := time.Now()
	for !f() {
		select {
		case <-p.ended:
			return time.Since(start)
		case <-time.After(time.Millisecond):
		}
	}
	return max(time.Since(start), time.Millisecond)
}

func (p *run) pause(d time.Duration) {
	select {
	case <-p.ended:
	case <-time.After(d):
	}
}

// kill kills the run, and reports whether that was what ended it.
func (p *run) kill() (bool, error) {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.ended
	err := p.cmd.Wait()
	if err == nil {
		return false, nil
	}
	if p.cmd.ProcessState.Exited() {
		return false, fmt.Errorf("the import failed: %w", err)
	}
	return true, nil
}

// end waits for the run's own end.
func (p *run) end() error {
	<-p.ended
	return p.cmd.Wait()
}
