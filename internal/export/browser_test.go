package export_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/onrecord/onrecord/internal/export"
)

// browser starts the real Chromium; make test installs it.
func browser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("Chromium is missing: apt-get install chromium")
		}
		t.Skip("Chromium is missing: apt-get install chromium")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(90*time.Second))
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	return ctx
}

// The page in a browser: a value leads to its words and back, and nothing is
// wider than the screen.
func TestPageInBrowser(t *testing.T) {
	ctx := browser(t)
	page, err := export.NewPage()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "record.html")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := page.HTML(f, record()); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{390, 1440} {
		do(t, ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+file))
		overflow := evaluate[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`)
		do(t, ctx, chromedp.Click(`li#a0-s1 a.line`))
		hash := evaluate[string](t, ctx, `location.hash`)
		target := evaluate[string](t, ctx, `document.querySelector(':target').textContent`)
		do(t, ctx, chromedp.Click(`a.event`))
		back := evaluate[string](t, ctx, `location.hash`)
		if overflow > 0 {
			t.Errorf("at %d pixels the page is %d pixels too wide", width, overflow)
		}
		if hash != "#t-a0-s1" || target != "A " {
			t.Errorf("at %d pixels: a click on the statement led to %q, lit %q", width, hash, target)
		}
		if back != "#a0-v1" {
			t.Errorf("at %d pixels: a click on the event in the text led to %q", width, back)
		}
	}
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}
