package sitemap

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/internal/news"
)

const base = "https://www.example.org/sitemap.xml"

const newsMap = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://www.example.org/2031/05/06/mine</loc><lastmod>2031-05-06</lastmod></url>
<url><loc> https://www.example.org/2031/05/07/port?utm_source=x </loc><lastmod>2031-05-07T11:00:00Z</lastmod>
 <news:news><news:publication><news:name>Harbour Times</news:name><news:language>en</news:language></news:publication><news:publication_date>2031-05-07T10:30:00+02:00</news:publication_date><news:title>Port &amp; quay close</news:title></news:news>
 <image:image><image:loc>https://www.example.org/a.jpg</image:loc><image:title>A picture</image:title></image:image></url>
<url><loc>https://www.example.org/2031/05/07/port</loc></url>
<url><loc>ftp://www.example.org/x</loc></url>
</urlset>`

func zip(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.Bytes()
}

func TestRead(t *testing.T) {
	want := []news.Item{
		{URL: "https://www.example.org/2031/05/07/port", Hint: news.Hint{Title: "Port & quay close", Publisher: "Harbour Times", Language: "en", Published: "2031-05-07T10:30:00+02:00", Modified: "2031-05-07T11:00:00Z"}},
		{URL: "https://www.example.org/2031/05/06/mine", Hint: news.Hint{Modified: "2031-05-06"}},
	}
	for name, raw := range map[string][]byte{"plain": []byte(newsMap), "gzip": zip(newsMap), "upper case": []byte(strings.NewReplacer("<url>", "<URL>", "</url>", "</URL>").Replace(newsMap))} {
		if !Sniff(raw) {
			t.Errorf("%s: not seen to be a sitemap", name)
		}
		s, err := Read(raw, "", base)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, s.Items); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestIndex(t *testing.T) {
	s, err := Read([]byte(`<sitemapindex><sitemap><loc>/a.xml.gz</loc><lastmod>2031-05-01</lastmod></sitemap><sitemap><loc>/b.xml</loc><lastmod>2031-05-07T01:00:00Z</lastmod></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>`), "", base)
	if err != nil {
		t.Fatal(err)
	}
	want := []Map{{"https://www.example.org/b.xml", "2031-05-07T01:00:00Z"}, {"https://www.example.org/a.xml.gz", "2031-05-01"}}
	if diff := cmp.Diff(want, s.Maps); diff != "" {
		t.Error(diff)
	}
}

func TestReadOdd(t *testing.T) {
	cases := []struct {
		name, raw string
		items     int
		warnings  int
	}{
		{"a list", "https://www.example.org/a\r\nhttps://www.example.org/b\nnot an address\n", 2, 0},
		{"cut off", newsMap[:strings.Index(newsMap, "<image:title>")], 1, 1},
		{"cut in gzip", string(zip(newsMap)[:300]), 1, 1},
		{"stray ampersand", "<urlset><url><loc>https://www.example.org/?a=1&b=2</loc></url></urlset>", 1, 0},
		{"CDATA", "<urlset><url><loc><![CDATA[https://www.example.org/?a=1&b=2]]></loc></url></urlset>", 1, 0},
		{"too many", "<urlset>" + manyURLs() + "</urlset>", MaxURLs, 1},
	}
	for _, c := range cases {
		s, err := Read([]byte(c.raw), "", base)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if len(s.Items) != c.items || len(s.Warnings) != c.warnings {
			t.Errorf("%s: %d items, %q", c.name, len(s.Items), s.Warnings)
		}
	}
	for name, raw := range map[string]string{"nothing": "", "a feed": "<rss/>", "a page": "<html><body>Not found", "words": "Not found", "no gzip": "\x1f\x8b\x08x", "deep": "<urlset>" + strings.Repeat("<url>", 5000)} {
		if _, err := Read([]byte(raw), "", base); !errors.Is(err, ErrNotSitemap) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(zip(strings.Repeat(" ", MaxBytes+1)), "", base); !errors.Is(err, ErrTooLarge) {
		t.Errorf("bomb: %v", err)
	}
}

func manyURLs() string {
	var b strings.Builder
	for i := range MaxURLs + 1 {
		fmt.Fprintf(&b, "<url><loc>/%d</loc></url>", i)
	}
	return b.String()
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(newsMap))
	f.Add(zip(newsMap))
	f.Add([]byte("https://www.example.org/a\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := Read(raw, "", base)
		if err != nil {
			return
		}
		for _, it := range s.Items {
			if !strings.HasPrefix(it.URL, "http") {
				t.Errorf("address %q", it.URL)
			}
		}
	})
}
