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

// run reads the files with the program so many times, and returns the median
// time on the clock and the greatest resident memory in bytes (0 where the
// system does not tell).
func run(ctx context.Context, bin string, files []string, runs int) (time.Duration, int64, error) {
	var walls []time.Duration
	var peak int64
	for range runs {
		cmd := exec.CommandContext(ctx, bin, append([]string{"read", "--format", "jsonl", "--published", published}, files...)...)
		start := time.Now()
		if err := cmd.Run(); err != nil {
			return 0, 0, fmt.Errorf("run %s read: %w", bin, err)
		}
		walls = append(walls, time.Since(start))
		peak = max(peak, peakMemory(cmd.ProcessState))
	}
	slices.Sort(walls)
	return walls[len(walls)/2], peak, nil
}
