package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

func order(t *testing.T, k *kit) {
	seen := k.at // 2031-05-07 09:00
	var ids []string
	for i, published := range []string{
		"2099-01-01",                // no one can pin it to the top: by receipt, which is the latest
		"2031-05-07T10:00:00+02:00", // 08:00
		"2031-05-06",                // noon of that day
		"2031-05-06T11:00:00Z",
		"1969-07-20",
	} {
		d := Delivery(fmt.Sprintf("Text %d.", i), seen, fmt.Sprintf("https://post.example/%d", i))
		d.Published = published
		ids = append(ids, k.keep(d)[0].Article)
	}
	k.want("order", k.list(store.Listing{}), ids)
	k.want("order among those found", k.list(store.Listing{Text: "text"}), ids)
	d := Delivery("Text without a date.", seen.Add(-10*time.Minute), "https://post.example/none")
	d.Published = ""
	ids = slices.Insert(ids, 1, k.keep(d)[0].Article)
	k.want("order with an unknown date", k.list(store.Listing{}), ids)
}

func pages(t *testing.T, k *kit) {
	for i := range 45 {
		d := Delivery(fmt.Sprintf("Number %d of many.", i), k.at, fmt.Sprintf("https://post.example/%d", i))
		d.Feed = "f" + fmt.Sprint(i%3)
		k.keep(d)
	}
	for _, l := range []store.Listing{{}, {Text: "many"}, {Feed: "f1"}, {Feed: "f1", Text: "many"}} {
		seen := map[string]bool{}
		for {
			page, err := k.s.List(k.ctx, l)
			k.ok(err)
			if len(page) == 0 {
				break
			}
			if len(page) > 20 {
				t.Fatalf("%d on a page", len(page))
			}
			for _, a := range page {
				if seen[a.ID] {
					t.Fatalf("%v: %s twice", l, a.ID)
				}
				seen[a.ID] = true
			}
			l.Before = page[len(page)-1].Cursor
		}
		want := 45
		if l.Feed != "" {
			want = 15
		}
		k.want(fmt.Sprintf("%+v", l), len(seen), want)
	}
}

func search(t *testing.T, k *kit) {
	id := k.keep(Delivery("Bombings in São Tomé; the co-operation of the who's who ended.", k.at, "https://post.example/1"))[0].Article
	k.keep(Delivery("Nothing of the kind.", k.at, "https://post.example/2"))
	for _, q := range []string{"bombing", "BOMBINGS", "sao tome", "São", "ended bombing", "co-operation", "who's"} {
		k.want(q, k.list(store.Listing{Text: q}), []string{id})
	}
	for _, q := range []string{"peace", "bombing peace"} {
		k.want(q, len(k.list(store.Listing{Text: q})), 0)
	}
	k.want("the", len(k.list(store.Listing{Text: "the"})), 2)
}

// hostile: signs that mean something to a query language or a store.
func hostile(t *testing.T, k *kit) {
	text := "Nul \x00 byte, 'quote', \"double\", -- comment; DROP TABLE article; \u202e turned \U0001F600 \\ $1 %s"
	d := Delivery(text, k.at, "https://post.example/'; DROP TABLE article; --\x00")
	d.Title, d.Publisher, d.Note = "Title \x00", "P\x00", "\x00"
	id := k.keep(d)[0].Article
	rec, err := k.s.Record(k.ctx, id, 0)
	k.ok(err)
	k.want("text", rec.Article.Text, text)
	k.want("again", k.keep(d)[0].Outcome, store.Same)
	for _, q := range []string{`"`, `'`, "*", "NEAR(", "a AND", "title:x", "-", "^", "\x00", "$1", "a:*", "!", "& |", "<->", "(", strings.Repeat("long ", 2000), strings.Repeat("x", 5000), "\u202e"} {
		if _, err := k.s.List(k.ctx, store.Listing{Text: q}); err != nil {
			t.Errorf("%.20q: %v", q, err)
		}
	}
	// More words than an index takes.
	var b strings.Builder
	for i := 0; b.Len() < 2<<20; i++ {
		fmt.Fprintf(&b, "w%x ", i)
	}
	k.keep(Delivery(b.String(), k.at, "https://post.example/long"))
	k.keep(Delivery(strings.Repeat("y", 1<<20), k.at, "https://post.example/word"))
	// As many different words as there is room for, in signs of several bytes.
	b.Reset()
	b.WriteString("Words of many kinds follow. ")
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, "%c%c-%c/%c.x ", 0x4e00+i%20000, 0x4e00+i*7%19997, 0xac00+i%11000, 0x4e00+i*13%19991)
	}
	k.keep(Delivery(b.String(), k.at, "https://post.example/dense"))
}

// forgetHostile: an article stays forgotten whatever signs are in its address.
func forgetHostile(t *testing.T, k *kit) {
	for _, a := range []string{"https://post.example/\x00", "https://post.example/\xff\xfe", "https://post.example/\x10", "https://post.example/\x1000", "https://post.example/\ufffd"} {
		id := k.keep(Delivery("To be forgotten.", k.at, a))[0].Article
		found, err := k.s.Find(k.ctx, a)
		k.ok(err)
		k.want(fmt.Sprintf("find %q", a), found, id)
		got, err := k.s.Article(k.ctx, id)
		k.ok(err)
		k.want("url", got.URL, a)
		c, err := k.s.Forget(k.ctx, id, "by request")
		k.ok(err)
		k.ok(k.s.Erased(k.ctx, []string{c[0].ID}))
		k.want(fmt.Sprintf("%q again", a), k.keep(Delivery("To be forgotten.", k.at, a))[0].Outcome, store.Forgotten)
	}
}
