package web_test

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

var screenshots = flag.String("screenshots", "", "`folder` to put pictures of the pages into")

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
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	return ctx
}

// console gathers what a browser complains of.
type console struct {
	mu    sync.Mutex
	found []string
}

func listen(t *testing.T, ctx context.Context) *console {
	t.Helper()
	c := &console{}
	if err := chromedp.Listen(ctx, func(ev any) {
		c.mu.Lock()
		defer c.mu.Unlock()
		switch e := ev.(type) {
		case *log.EventEntryAdded:
			c.found = append(c.found, string(e.Entry.Level)+": "+e.Entry.Text+" "+e.Entry.URL)
		case *runtime.EventExceptionThrown:
			c.found = append(c.found, "exception: "+e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			c.found = append(c.found, "console."+string(e.Type))
		}
	}); err != nil {
		t.Fatal(err)
	}
	return c
}

// taken returns the complaints since the last call.
func (c *console) taken() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.found
	c.found = nil
	return out
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

// Each page in a browser, on a telephone and on a desk: it fits, nothing in it
// complains, and every control can be reached with the keyboard.
func TestPagesInBrowser(t *testing.T) {
	x := newAcross(t)
	s := site(t, x)
	ctx := browser(t)
	do(t, ctx, chromedp.Navigate(s.URL+"/help"))
	c := listen(t, ctx)
	for _, path := range pagesOf(x) {
		for _, width := range []int64{390, 1440} {
			do(t, ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(s.URL+path))
			if over := evaluate[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%s at %d pixels is %d pixels too wide: %s", path, width, over, evaluate[string](t, ctx, tooWide))
			}
			if stray := evaluate[string](t, ctx, unreachable); stray != "" {
				t.Errorf("%s at %d pixels: the keyboard does not reach %s", path, width, stray)
			}
			for _, complaint := range c.taken() {
				t.Errorf("%s at %d pixels: %s", path, width, complaint)
			}
			picture(t, ctx, path, width)
		}
	}
}

// tooWide names the elements that stand out to the right.
const tooWide = `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll, pre")).slice(0, 5).map(e => e.tagName + "." + e.getAttribute("class") + " " + e.textContent.slice(0, 40)).join(" | ")`

// unreachable names what answers to a click and that no key comes to.
const unreachable = `[...document.querySelectorAll("a, button, input, select, textarea, summary, [onclick]")].filter(e => e.tabIndex < 0 && !e.disabled && e.type !== "hidden" && e.checkVisibility() && !(e.tagName === "a" && e.href) && !(e.tagName === "A" && !e.hasAttribute("href"))).map(e => e.outerHTML.slice(0, 80)).join(" | ")`

// picture keeps the page as it looks, where that was asked for.
func picture(t *testing.T, ctx context.Context, path string, width int64) {
	t.Helper()
	if *screenshots == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	name := strings.NewReplacer("/", "_", "?", "_", "&", "_", "=", "-", "%", "", ":", "").Replace(strings.Trim(path, "/"))
	if name == "" {
		name = "today"
	}
	if err := os.WriteFile(filepath.Join(*screenshots, name+"-"+strconv.FormatInt(width, 10)+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
