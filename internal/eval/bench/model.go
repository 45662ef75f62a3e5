package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/nlp"
)

// languageModel measures the language model alone, from text to parse and names.
// It must come first: the model is loaded once.
func languageModel(ctx context.Context) ([]row, error) {
	start := time.Now()
	m, err := nlp.Embedded()
	if err != nil {
		return nil, err
	}
	loading := time.Since(start)
	info, err := os.Stat("internal/nlp/model.bin")
	if err != nil {
		return nil, err
	}
	rows := []row{
		{"language model: embedded size", fmt.Sprintf("%.1f MB", float64(info.Size())/1e6), "≤ 30 MB"},
		{"language model: loading", loading.Round(time.Millisecond).String(), "≤ 300 ms"},
	}
	one, err := wordSpeed(ctx, m, article, 1)
	if err != nil {
		return nil, err
	}
	rows = append(rows, row{"language model: words a second on one core (GOMAXPROCS=1)", thousands(one), "≥ 12,000"})
	if n := runtime.NumCPU(); n > 1 {
		all, err := wordSpeed(ctx, m, article, n)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{fmt.Sprintf("language model: words a second on %d cores", n), thousands(all), ""})
	}
	// The same on processors that have less; the results do not differ.
	for _, p := range []struct{ name, off string }{
		{"without AVX-512", "cpu.avx512vnni=off"},
		{"without AVX-512 and AVX2", "cpu.avx512vnni=off,cpu.avx2=off"},
	} {
		speed, err := elsewhere(ctx, p.off)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{"language model: words a second on one core, " + p.name, thousands(speed), ""})
	}
	for _, n := range []int{500, 5_000, 50_000} {
		text := strings.Repeat(article+"\n\n", 1+n/len(strings.Fields(article)))
		speed, err := wordSpeed(ctx, m, text, 1)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{"language model: words a second in a text of some " + thousands(float64(n)) + " words", thousands(speed), "flat"})
	}
	return rows, nil
}

// wordSpeed is how many tokens are analysed in a second on so many cores.
func wordSpeed(ctx context.Context, m *nlp.Model, text string, cores int) (float64, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	d, err := m.Analyse(ctx, text, nil)
	if err != nil {
		return 0, err
	}
	var failed error
	var once sync.Once
	r := testing.Benchmark(func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := m.Analyse(ctx, text, nil); err != nil {
					once.Do(func() { failed = err })
					return
				}
			}
		})
	})
	if failed != nil {
		return 0, failed
	}
	return float64(r.N) * float64(len(d.Tokens)) / r.T.Seconds(), nil
}

// elsewhere measures wordSpeed on one core in a process of its own that does not
// use some instructions of this processor.
func elsewhere(ctx context.Context, off string) (float64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, self, "-words")
	cmd.Env = append(os.Environ(), "GODEBUG="+off)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("measuring with %s: %w", off, err)
	}
	return strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
}

// printWords prints wordSpeed on one core, for elsewhere.
func printWords(ctx context.Context) error {
	m, err := nlp.Embedded()
	if err != nil {
		return err
	}
	speed, err := wordSpeed(ctx, m, article, 1)
	if err != nil {
		return err
	}
	_, err = fmt.Println(speed)
	return err
}

// thousands writes a number to three digits that count, with commas.
func thousands(x float64) string {
	n, unit := int(x), 1
	for n/unit >= 1000 {
		unit *= 10
	}
	s := strconv.Itoa((n + unit/2) / unit * unit)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
