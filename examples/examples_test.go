package examples

import (
	"strings"
	"testing"
)

// TestReports: every story has three to six reports, and every report says that
// it is invented, in its metadata and in its text.
func TestReports(t *testing.T) {
	stories := Stories()
	if len(stories) < 6 {
		t.Errorf("%d stories", len(stories))
	}
	urls := map[string]string{}
	for _, s := range stories {
		reports := Reports(s)
		if len(reports) < 3 || len(reports) > 6 {
			t.Errorf("%s: %d reports", s, len(reports))
		}
		for _, p := range reports {
			raw, err := Files.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			head, body, ok := strings.Cut(strings.TrimPrefix(string(raw), "---\n"), "\n---\n")
			if !ok {
				t.Errorf("%s: no front matter", p)
				continue
			}
			for _, want := range []string{"title: ", "date: 2031-", "(invented)", ".example/", "invented: true"} {
				if !strings.Contains(head, want) {
					t.Errorf("%s: no %q in the front matter", p, want)
				}
			}
			if !strings.HasSuffix(body, "This report is invented: its people, groups and incidents do not exist.\n") {
				t.Errorf("%s does not end by saying that it is invented", p)
			}
			if n := len(strings.Fields(body)); n < 80 || n > 250 {
				t.Errorf("%s: %d words", p, n)
			}
			for line := range strings.Lines(head) {
				if u, ok := strings.CutPrefix(line, "url: "); ok {
					if urls[u] != "" {
						t.Errorf("%s and %s have one address", p, urls[u])
					}
					urls[u] = p
				}
			}
		}
	}
}
