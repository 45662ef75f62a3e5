package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"
)

// build makes the program as releases are made.
func build(ctx context.Context, bin string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bin, "github.com/onrecord/onrecord/cmd/onrecord")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return nil
}

// usage is what runs of the program took.
type usage struct {
	wall time.Duration // on the clock, the median of the runs
	cpu  time.Duration // of all processors, the median
	peak int64         // the greatest resident memory in bytes; 0 where the system does not tell
}

// run reads the files with the program so many times.
func run(ctx context.Context, bin string, files []string, runs int) (usage, error) {
	var walls, cpus []time.Duration
	var u usage
	for range runs {
		cmd := exec.CommandContext(ctx, bin, append([]string{"read", "--format", "jsonl", "--published", published}, files...)...)
		start := time.Now()
		if err := cmd.Run(); err != nil {
			return u, fmt.Errorf("run %s read: %w", bin, err)
		}
		walls = append(walls, time.Since(start))
		cpus = append(cpus, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		u.peak = max(u.peak, peakMemory(cmd.ProcessState))
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	u.wall, u.cpu = walls[len(walls)/2], cpus[len(cpus)/2]
	return u, nil
}
