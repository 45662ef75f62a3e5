package jobs

import (
	"context"
	"sync"
)

// lanes run jobs: those of one host one after the other, those of many hosts at
// the same time.
type lanes struct {
	slots chan struct{} // a slot for each host that is asked
	mu    sync.Mutex
	hosts map[string][]func() // waiting; an entry while its lane runs
	all   sync.WaitGroup      // of jobs
}

func newLanes(hosts int) *lanes {
	return &lanes{slots: make(chan struct{}, hosts), hosts: make(map[string][]func())}
}

// add puts a job into its host's lane. A job may add others.
func (l *lanes) add(ctx context.Context, host string, job func()) {
	l.all.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	waiting, running := l.hosts[host]
	l.hosts[host] = append(waiting, job)
	if !running {
		go l.run(ctx, host)
	}
}

// run works one lane off. When ctx has ended jobs still run: they see it at
// once, and what they have to undo they can.
func (l *lanes) run(ctx context.Context, host string) {
	for {
		l.mu.Lock()
		waiting := l.hosts[host]
		if len(waiting) == 0 {
			delete(l.hosts, host)
			l.mu.Unlock()
			return
		}
		job := waiting[0]
		l.hosts[host] = waiting[1:]
		l.mu.Unlock()
		select {
		case l.slots <- struct{}{}:
			job()
			<-l.slots
		case <-ctx.Done():
			job()
		}
		l.all.Done()
	}
}

// wait waits for all jobs.
func (l *lanes) wait() { l.all.Wait() }
