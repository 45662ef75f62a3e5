package web_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/store"
	"github.com/onrecord/onrecord/internal/web"
)

// seen are the pages that are looked at in a browser: of the many forms of a
// search, those that differ.
func seen(x *across) []string {
	var out []string
	for _, p := range pagesOf(x) {
		if !strings.Contains(p, "as=") || strings.Contains(p, "kind=events") || strings.Contains(p, "kind=statements&as=table") || strings.Contains(p, "kind=figures&as=list") {
			out = append(out, p)
		}
	}
	return out
}

// Each page in a browser, on a telephone and on a desk: it fits, nothing in it
// complains, and every control can be reached with the keyboard.
func TestPagesInBrowser(t *testing.T) {
	x := newAcross(t)
	s := site(t, x, func(o *web.Options) { o.Reviews = &reviews{} })
	ctx := browser(t)
	do(t, ctx, chromedp.Navigate(s.URL+"/help"))
	c := listen(t, ctx)
	for _, path := range seen(x) {
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

// A reader's way: the first page, a contested story, who denies it, a figure,
// the sentence that gives it, and a citation of it.
func TestTour(t *testing.T) {
	x := newAcross(t)
	s := site(t, x)
	ctx := browser(t)
	do(t, ctx, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(s.URL+"/"))
	c := listen(t, ctx)
	do(t, ctx, chromedp.Click(`nav[aria-label="Order of stories"] a[href="/?by=contested"]`), chromedp.WaitVisible(`.stories a.tag.contested`))
	story := "/stories/" + x.storyOf["amarket-bombing-01-coastline"]
	do(t, ctx, chromedp.Click(`.stories h3 a[href="`+story+`"]`), chromedp.WaitVisible(`#contested .facing`))
	if who := evaluate[string](t, ctx, `document.querySelector("#contested li.against strong").textContent`); who == "" {
		t.Error("nobody is shown to deny it")
	}
	// The ladder's mark leads to the words in the article.
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("#figures .wide-only svg.ladder a").focus()`), chromedp.KeyEvent("\r"), chromedp.WaitVisible(`article.text .asked`))
	target := evaluate[string](t, ctx, `document.querySelector(":target").id`)
	inView := evaluate[bool](t, ctx, `(() => { const r = document.querySelector(".asked").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`)
	if words := evaluate[string](t, ctx, `document.querySelector(".asked").textContent`); words == "" || target != "t-asked" || !inView {
		t.Errorf("the figure led to %q at %q, in view: %v", words, target, inView)
	}
	do(t, ctx, chromedp.Click(`#record .cite summary`), chromedp.WaitVisible(`.cite[open] .citation`))
	if cited := evaluate[string](t, ctx, `document.querySelector(".cite[open] .citation").textContent`); !strings.Contains(cited, "https://") || !strings.Contains(cited, "2031") {
		t.Errorf("the citation is %q", cited)
	}
	for _, complaint := range c.taken() {
		t.Error(complaint)
	}
}

// The keys j, k, o, / and ? do what the page says, and nothing while one writes.
func TestKeys(t *testing.T) {
	s := site(t, newAcross(t))
	ctx := browser(t)
	do(t, ctx, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(s.URL+"/?by=newest"), chromedp.WaitVisible(`.stories`))
	at := func() string {
		return evaluate[string](t, ctx, `document.activeElement.closest("[data-item]")?.querySelector("a").textContent ?? ""`)
	}
	titles := evaluate[[]string](t, ctx, `[...document.querySelectorAll(".stories h3 a")].map(a => a.textContent)`)
	for _, step := range []struct{ key, want string }{{"j", titles[0]}, {"j", titles[1]}, {"k", titles[0]}, {"k", titles[0]}, {"j", titles[1]}} {
		do(t, ctx, chromedp.KeyEvent(step.key))
		if got := at(); got != step.want {
			t.Errorf("after %s the item is %q, want %q", step.key, got, step.want)
		}
	}
	do(t, ctx, chromedp.KeyEvent("?"), chromedp.WaitVisible(`#keys[open]`), chromedp.Click(`#keys button`))
	do(t, ctx, chromedp.KeyEvent("/"))
	if id := evaluate[string](t, ctx, `document.activeElement.id`); id != "find" {
		t.Errorf("/ leads to %q", id)
	}
	do(t, ctx, chromedp.KeyEvent("jo?"))
	if typed := evaluate[string](t, ctx, `document.querySelector("#find").value`); !strings.HasSuffix(typed, "jo?") || evaluate[bool](t, ctx, `document.querySelector("#keys").open`) {
		t.Errorf("%q was typed into the box", typed)
	}
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`), chromedp.KeyEvent("j"), chromedp.KeyEvent("o"), chromedp.WaitVisible(`h1`))
	waitFor(t, ctx, `location.pathname.startsWith("/stories/")`)
}

// Light and dark are chosen without a new page, and stay.
func TestThemeStays(t *testing.T) {
	s := site(t, newAcross(t))
	ctx := browser(t)
	do(t, ctx, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(s.URL+"/sources"), chromedp.Click(`form.theme button[value="dark"]`))
	for range 2 {
		if bg := evaluate[string](t, ctx, `getComputedStyle(document.body).backgroundColor`); bg != "rgb(22, 24, 27)" {
			t.Errorf("the page is %s", bg)
		}
		do(t, ctx, chromedp.Navigate(s.URL+"/help"))
	}
	// Text is legible on what it stands on, in both.
	for _, theme := range []string{"light", "dark"} {
		for _, path := range []string{"/articles/ariver-denial-02-galati-observer", "/sources", "/?by=contested"} {
			do(t, ctx, chromedp.Navigate(s.URL+path), chromedp.Click(`form.theme button[value="`+theme+`"]`))
			if faint := evaluate[string](t, ctx, contrast); faint != "" {
				t.Errorf("%s, %s: too little contrast: %s", path, theme, faint)
			}
		}
	}
}

// contrast names words whose colour has less than 4.5 to 1 against what they
// stand on (WCAG 2.2, 1.4.3).
const contrast = `(() => {
	const lum = c => { const v = c.map(x => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4 }); return .2126 * v[0] + .7152 * v[1] + .0722 * v[2] };
	const rgb = s => { const m = s.match(/[\d.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m };
	const bad = new Set();
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;
		if (!walk.currentNode.textContent.trim() || !e.checkVisibility() || e.closest("svg")) continue;
		let back = null;
		for (let p = e; p && !back; p = p.parentElement) back = rgb(getComputedStyle(p).backgroundColor);
		const a = lum(rgb(getComputedStyle(e).color)), b = lum(back ?? [255, 255, 255]);
		const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		if (ratio < 4.5) bad.add(e.className + " " + ratio.toFixed(1) + " " + e.textContent.slice(0, 30));
	}
	return [...bad].slice(0, 5).join(" | ");
})()`

// waitFor waits until something is so, for ten seconds at most.
func waitFor(t *testing.T, ctx context.Context, script string) {
	t.Helper()
	for range 100 {
		if evaluate[bool](t, ctx, script) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("it never came to %s", script)
}

// Markup in any field of an article or a source is shown as words: nothing of it
// is run, and it makes no element.
func TestHostileFieldsInBrowser(t *testing.T) {
	const bad = `<script>window.hit=1</script><img src=x onerror="window.hit=1"><svg onload=window.hit=1>"'><b id=hostile>`
	x := newAcross(t)
	r, err := read(context.Background(), &news.Delivery{Text: bad + "\n\nMara Velin " + bad + " said on Tuesday that “" + bad + " was here”. A bomb killed four people in Durban.", Title: bad, Publisher: bad, Authors: []string{bad}, Published: "2031-03-11", Addresses: []string{"javascript:window.hit=1"}})
	if err != nil {
		t.Fatal(err)
	}
	r.Article.URL = "javascript:window.hit=1"
	for i := range r.Entities {
		r.Entities[i].Name = bad
		r.Entities[i].Roles = append(r.Entities[i].Roles, news.Role{Title: bad, Of: bad})
	}
	for i := range r.Events {
		r.Events[i].Mode = bad
	}
	r.Warnings = append(r.Warnings, news.Warning{Code: bad, Message: bad})
	x.put("ahostile", r)
	x.storyOf["ahostile"] = bad
	x.feeds = append(x.feeds, news.Feed{ID: "f3", URL: "javascript:window.hit=1//" + bad, Homepage: "javascript:window.hit=1", Title: bad, Publisher: bad, State: news.FeedFailing, StateReason: bad, LastError: bad, NextReason: bad})
	x.fetches = append(x.fetches, news.Fetch{URL: bad, Detail: bad, Outcome: bad})
	for i := range x.state.Claims {
		c := &x.state.Claims[i]
		c.Words.Text, c.Why, c.About, c.Silent = bad, bad, []string{bad}, []string{bad}
		for j := range c.Stances {
			c.Stances[j].Source, c.Stances[j].Outlet = news.Voice{Name: bad, For: bad}, bad
		}
	}
	for i := range x.state.Events {
		e := &x.state.Events[i]
		e.Actors, e.Recipients = []news.Side{{Name: bad}}, []news.Side{{Name: bad}}
		e.Place.Value = &news.Spot{Name: bad, Place: &news.Place{Lat: 1, Lon: 1, Precision: news.PrecisionCity}}
		for j := range e.Figures {
			e.Figures[j].Of, e.Figures[j].Why, e.Figures[j].Source, e.Figures[j].Outlet = bad, bad, news.Voice{Name: bad}, bad
		}
	}
	for id, s := range x.stories {
		s.Title = bad
		x.stories[id] = s
	}
	x.articles["ahostile"] = store.Article{ID: "ahostile", State: store.Live, Version: 1, Title: bad, Publisher: bad, URL: "javascript:window.hit=1", Published: bad, Feed: "f3"}
	s := site(t, x)
	ctx := browser(t)
	do(t, ctx, chromedp.Navigate(s.URL+"/help"))
	c := listen(t, ctx)
	pages := []string{"/", "/articles/ahostile", "/sources", "/sources/f3", "/search?q=" + strings.ReplaceAll("%22"+bad, "#", "%23"), "/search?kind=articles&as=table", "/search?kind=figures", "/search?kind=claims", "/search?kind=events&as=map",
		"/stories/" + x.storyOf["amarket-bombing-01-coastline"], "/events/" + x.state.Events[0].ID, "/claims/" + x.state.Claims[0].ID}
	for _, path := range pages {
		do(t, ctx, chromedp.Navigate(s.URL+path))
		if evaluate[bool](t, ctx, `"hit" in window`) {
			t.Errorf("%s: it was run", path)
		}
		if n := evaluate[int](t, ctx, `document.querySelectorAll("#hostile, main script, main img, [onerror], [onload], a[href^='javascript']").length`); n > 0 {
			t.Errorf("%s: %d elements were made", path, n)
		}
		for _, complaint := range c.taken() {
			if !strings.Contains(complaint, "400 (Bad Request)") {
				t.Errorf("%s: %s", path, complaint)
			}
		}
	}
	// The text reads as it was written.
	do(t, ctx, chromedp.Navigate(s.URL+"/articles/ahostile"))
	if got := evaluate[string](t, ctx, `document.querySelector("article.text").textContent`); !strings.Contains(got, "<script>window.hit=1</script>") {
		t.Errorf("the text lacks its own words: %.200s", got)
	}
}

// A speaker is mended with the keyboard and the mouse, from the article.
func TestCorrectInBrowser(t *testing.T) {
	kept := &reviews{}
	s := site(t, newAcross(t), func(o *web.Options) { o.Reviews = kept })
	ctx := browser(t)
	do(t, ctx, chromedp.EmulateViewport(390, 900), chromedp.Navigate(s.URL+corrected), chromedp.Click(`#s1 a[href$="/correct/s1"]`), chromedp.WaitVisible(`#value-speaker`),
		chromedp.SendKeys(`#value-speaker`, "Ilinca Dorovan"), chromedp.Click(`form[aria-label="Speaker"] button[value="mend"]`), chromedp.WaitVisible(`button[value="back"]`))
	if len(kept.all) != 1 || kept.all[0].Value != "Ilinca Dorovan" {
		t.Fatalf("%+v is kept", kept.all)
	}
	do(t, ctx, chromedp.Navigate(s.URL+corrected))
	if said := evaluate[string](t, ctx, `document.querySelector("#s1").closest("ul").previousElementSibling.textContent`); !strings.Contains(said, "Ilinca Dorovan") {
		t.Errorf("the statement stands under %q", said)
	}
}
