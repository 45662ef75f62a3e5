package cli_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// site DIR: serves the folder as a site of the web until the script ends, and
// sets $SITE to its address. $SITE in a file stands for it too, $NOW for the
// moment; a file that is not there is 404, and one that holds "STATUS 410" is
// answered by that status. What is asked for is written to DIR.log, but for
// robots.txt.
func site(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: site DIR")
	}
	dir := ts.MkAbs(args[0])
	var s *httptest.Server
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			log, err := os.OpenFile(dir+".log", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
			if err == nil {
				_, _ = log.WriteString(r.URL.Path + " " + r.UserAgent() + "\n") // the script looks
				_ = log.Close()
			}
		}
		raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(filepath.Clean("/"+r.URL.Path))))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		body := strings.NewReplacer("$SITE", s.URL, "$NOW", time.Now().UTC().Format(time.RFC3339)).Replace(string(raw))
		if body == "STATUS 410\n" {
			w.WriteHeader(http.StatusGone)
			return
		}
		tag := `"` + time.Unix(int64(len(body)), 0).UTC().Format("150405") + `"`
		w.Header().Set("Etag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write([]byte(body)) // the client's loss
	}))
	ts.Defer(s.Close)
	ts.Setenv("SITE", s.URL)
}
