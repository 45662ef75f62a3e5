//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the greatest resident memory of a process that has ended, in
// bytes. Linux counts kilobytes there, Darwin bytes.
func peakMemory(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return usage.Maxrss * 1024
}
