package cli_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/onrecord/onrecord/internal/news/schema"
)

// validRecords FILE N: FILE has N lines, each a record by the schema, and every
// span of each reproduces its words.
func validRecords(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: validrecords FILE N")
	}
	doc, err := schema.Record()
	ts.Check(err)
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	ts.Check(err)
	c := jsonschema.NewCompiler()
	ts.Check(c.AddResource(schema.ID, parsed))
	compiled, err := c.Compile(schema.ID)
	ts.Check(err)
	sc := bufio.NewScanner(strings.NewReader(ts.ReadFile(args[0])))
	sc.Buffer(nil, 64<<20)
	n := 0
	for sc.Scan() {
		n++
		var m map[string]any
		if err := json.Unmarshal(sc.Bytes(), &m); err != nil {
			ts.Fatalf("line %d is not JSON: %v", n, err)
		}
		if err := compiled.Validate(m); err != nil {
			ts.Fatalf("line %d is not a record: %v", n, err)
		}
		text := []rune(m["article"].(map[string]any)["text"].(string))
		checkSpans(ts, text, m)
	}
	if want, _ := strconv.Atoi(args[1]); n != want {
		ts.Fatalf("%d records, want %d", n, want)
	}
}

func checkSpans(ts *testscript.TestScript, text []rune, v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			checkSpans(ts, text, e)
		}
	case map[string]any:
		start, hasStart := v["start"].(float64)
		if words, ok := v["text"].(string); ok && hasStart {
			if got := string(text[int(start):int(v["end"].(float64))]); got != words {
				ts.Fatalf("the text at %v is %q, the span says %q", start, got, words)
			}
		}
		for _, e := range v {
			checkSpans(ts, text, e)
		}
	}
}

// exitCode N COMMAND ARG...: the command ends with N; what it prints can be
// looked at with stdout and stderr as after exec.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode N COMMAND ARG...")
	}
	path, err := exec.LookPath(args[1])
	if err != nil {
		path = filepath.Join(ts.Getenv("WORK"), args[1])
	}
	cmd := exec.Command(path, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("WORK"))
	var out, errb bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errb
	err = cmd.Run()
	ts.Check(os.WriteFile(ts.MkAbs("stdout.txt"), out.Bytes(), 0o644))
	ts.Check(os.WriteFile(ts.MkAbs("stderr.txt"), errb.Bytes(), 0o644))
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s; stderr:\n%s", got, args[0], errb.String())
	}
	if strings.Contains(errb.String(), "goroutine ") {
		ts.Fatalf("a stack trace on stderr:\n%s", errb.String())
	}
}
