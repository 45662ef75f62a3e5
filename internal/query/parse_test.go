package query_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "github.com/onrecord/onrecord/internal/query"
)

func word(s string) Term { return Term{Field: Text, Value: s} }

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in, out string // out is the query in its own words; "" for the same
		want    Node
	}{
		{"", "", nil},
		{" \t\n\x00 ", "", nil},
		{"harbour", "", word("harbour")},
		{"harbour ferry", "", And{word("harbour"), word("ferry")}},
		{"harbour AND ferry", "harbour ferry", And{word("harbour"), word("ferry")}},
		{"harbour OR ferry", "harbour or ferry", Or{word("harbour"), word("ferry")}},
		{"a b or c", "", Or{And{word("a"), word("b")}, word("c")}},
		{"a (b or c)", "", And{word("a"), Or{word("b"), word("c")}}},
		{"((a) (b c)) or (d or e)", "a b c or d or e", Or{And{word("a"), word("b"), word("c")}, word("d"), word("e")}},
		{"-a", "", Not{word("a")}},
		{"--a", "a", word("a")},
		{"-(a b)", "", Not{And{word("a"), word("b")}}},
		{"a -(b or c)", "", And{word("a"), Not{Or{word("b"), word("c")}}}},
		{"co-operation 10:30 who’s", "", And{word("co-operation"), word("10:30"), word("who’s")}},
		{`"night  ferry"`, `"night ferry"`, word("night ferry")},
		{"“night\nferry„", `"night ferry"`, word("night ferry")},
		{`"harbour"`, "harbour", word("harbour")},
		{`"or" "-x" "type:a"`, "", And{word("or"), word("-x"), word("type:a")}},
		{`ferry"night boat"`, `ferry "night boat"`, And{word("ferry"), word("night boat")}},
		{"text:harbour", "harbour", word("harbour")},
		{"type:protest", "type:PROTEST", Term{Field: Type, Value: "PROTEST"}},
		{"TYPE:MY_OWN", "type:MY_OWN", Term{Field: Type, Value: "MY_OWN"}},
		{`speaker:"Mara Velin" act:Deny`, `speaker:"Mara Velin" act:deny`, And{Term{Field: Speaker, Value: "Mara Velin"}, Term{Field: Act, Value: "deny"}}},
		{"killed:>=05", "killed:>=5", Term{Field: "killed", Op: AtLeast, Value: "5"}},
		{"killed:=5", "killed:5", Term{Field: "killed", Value: "5"}},
		{"killed:5..10", "", Term{Field: "killed", Value: "5..10"}},
		{"killed:5..5", "killed:5", Term{Field: "killed", Value: "5"}},
		{"date:2026-01/2026-03", "", Term{Field: Date, Value: "2026-01/2026-03"}},
		{"published:7d", "", Term{Field: Published, Value: "7d"}},
		{"contested:TRUE", "contested:yes", Term{Field: Contested, Value: "yes"}},
		{"country:nor lang:EN", "country:NOR lang:en", And{Term{Field: Country, Value: "NOR"}, Term{Field: Lang, Value: "en"}}},
		{"source:post.example/a:b", "", Term{Field: Source, Value: "post.example/a:b"}},
		{`article'; drop <script>`, "", And{word("article';"), word("drop"), word("<script>")}},
	} {
		q, err := Parse(c.in)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if d := cmp.Diff(c.want, q.Root); d != "" {
			t.Errorf("%q (-want +got):\n%s", c.in, d)
		}
		want := c.out
		if want == "" && c.want != nil {
			want = c.in
		}
		if got := q.String(); got != want {
			t.Errorf("%q: written %q, want %q", c.in, got, want)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		in   string
		at   int    // character from 0
		says string // part of the message
	}{
		{"speker:velin", 0, "speaker: is the nearest"},
		{"harbour plaec:Bergen", 8, "place: is the nearest"},
		{"qqqqqqqq:x", 0, "put it in quotation marks"},
		{"café crème https://post.example", 11, `no field "https"`},
		{`“naïve” "night ferry`, 8, "not closed"},
		{`""`, 1, "no value"},
		{"speaker: velin", 8, "no value"},
		{"contested:", 10, "contested:yes"},
		{"contested:maybe", 10, "yes, no"},
		{"act:denny", 4, "deny is the nearest"},
		{"stance:denied", 7, "denies is the nearest"},
		{"date:2026-13", 5, `"2026-13" is no date`},
		{"date:2026-02-30", 5, "is no date"},
		{"date:2026-03/2026-01", 5, "is no date"},
		{"date:/", 5, "is no date"},
		{"published:7x", 10, "7d, 4w"},
		{"published:0d", 10, "7d, 4w"},
		{"killed:many", 7, "killed:>=5"},
		{"killed:10..5", 7, "killed:5..10"},
		{"killed:>=5..6", 7, "is no whole number"},
		{"killed:-5", 7, "is no whole number"},
		{"killed:99999999999999999999", 7, "is no whole number"},
		{"country:Norway", 8, "three letters"},
		{"lang:eng", 5, "two letters"},
		{"type:PRO'TEST", 5, "is no type"},
		{"story:../../etc", 6, "is no id"},
		{"(a or b", 0, "not closed"},
		{"a)", 1, "closes nothing"},
		{"a ()", 2, "nothing in the parentheses"},
		{"or a", 0, `one side of "or"`},
		{"a or", 4, `one side of "or"`},
		{"a or or b", 5, `one side of "or"`},
		{"a - b", 2, "before nothing"},
		{"'; DROP TABLE article; --", 0, "no letter"},
		{"a &", 2, "no letter"},
		{"a \xff", 2, "UTF-8"},
		{strings.Repeat("x", 10_000), MaxLength, "10000 characters"},
		{strings.Repeat("(", 500) + "x", MaxDepth, "parentheses"},
		{strings.Repeat("-", 500) + "x", MaxDepth, "parentheses"},
		{strings.Repeat("x ", MaxTerms+1), 2 * MaxTerms, "terms"},
	} {
		_, err := Parse(c.in)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.40q: %v", c.in, err)
			continue
		}
		if e.At != c.at || !strings.Contains(e.Error(), c.says) {
			t.Errorf("%.40q: at %d: %v; want at %d, saying %q", c.in, e.At, e, c.at, c.says)
		}
		if lines := strings.Split(e.Pointer(), "\n"); len(lines) != 2 || len([]rune(lines[1])) > len([]rune(lines[0]))+1 {
			t.Errorf("%.40q: pointer\n%s", c.in, e.Pointer())
		}
	}
}

func TestPointer(t *testing.T) {
	_, err := Parse("“café”\tplaec:Bergen")
	var e *Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if want := "“café” plaec:Bergen\n       ^"; e.Pointer() != want {
		t.Errorf("pointer\n%s\nwant\n%s", e.Pointer(), want)
	}
}

// random makes questions of every form.
func random(r *rand.Rand, depth int) Node {
	switch n := r.IntN(8); {
	case depth > 0 && n == 0:
		return flat(And{random(r, depth-1), random(r, depth-1), random(r, depth-1)})
	case depth > 0 && n <= 2:
		return flat(Or{random(r, depth-1), random(r, depth-1)})
	case depth > 0 && n == 3:
		inner := random(r, depth-1)
		if twice, ok := inner.(Not); ok {
			return twice.Node
		}
		return Not{inner}
	}
	values := []string{"harbour", "night ferry", "or", "AND", "-x", "type:x", "10:30", "(a)", "é’s", "a)b", "$1", "*", "NEAR a"}
	v := values[r.IntN(len(values))]
	if v == "*" {
		return Term{Field: "killed", Op: []Op{Equal, AtLeast, Above, AtMost, Below}[r.IntN(5)], Value: fmt.Sprint(r.IntN(1000))}
	}
	return Term{Field: []Field{Text, Speaker, Place, Source}[r.IntN(4)], Value: v}
}

// flat lays an And within an And, and an Or within an Or, flat, as Parse does.
func flat(n Node) Node {
	switch n := n.(type) {
	case And:
		var out And
		for _, c := range n {
			if a, ok := c.(And); ok {
				out = append(out, a...)
			} else {
				out = append(out, c)
			}
		}
		return out
	case Or:
		var out Or
		for _, c := range n {
			if o, ok := c.(Or); ok {
				out = append(out, o...)
			} else {
				out = append(out, c)
			}
		}
		return out
	}
	return n
}

func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for range 20_000 {
		q := Query{random(r, 3)}
		again, err := Parse(q.String())
		if err != nil {
			t.Fatalf("%q: %v", q, err)
		}
		if d := cmp.Diff(q.Root, again.Root); d != "" {
			t.Fatalf("%q (-want +got):\n%s", q, d)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, info := range Fields() {
		f.Add(info.Example)
	}
	f.Add(`a (b or -"c d") killed:>=5 date:2026-01/ -x:y`)
	f.Add("\x00“\xff(")
	f.Fuzz(func(t *testing.T, in string) {
		q, err := Parse(in)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.At < 0 || e.Wrong == "" || e.Mend == "" {
				t.Fatalf("%q: %#v", in, err)
			}
			_ = e.Pointer()
			return
		}
		out := q.String()
		again, err := Parse(out)
		if err != nil {
			// The form in its own words may be longer than what was written.
			if len([]rune(out)) > MaxLength {
				return
			}
			t.Fatalf("%q: written %q: %v", in, out, err)
		}
		if d := cmp.Diff(q.Root, again.Root); d != "" {
			t.Fatalf("%q: written %q (-want +got):\n%s", in, out, d)
		}
	})
}

// TestDocumentation: every example of the documentation is a query, or is an
// error where it says so, and every field stands there.
func TestDocumentation(t *testing.T) {
	b, err := os.ReadFile("../../docs/query-syntax.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(b)
	good, bad := 0, 0
	for _, m := range regexp.MustCompile("(?m)^\\| (`+)(.+?)`+ \\|(.*)$").FindAllStringSubmatch(doc, -1) {
		_, err := Parse(strings.TrimSpace(m[2]))
		if wrong := strings.Contains(m[3], "✗"); wrong != (err != nil) {
			t.Errorf("%s: %v", m[2], err)
		} else if wrong {
			bad++
		} else {
			good++
		}
	}
	if good < 40 || bad < 4 {
		t.Errorf("%d examples and %d mistakes found in the page", good, bad)
	}
	for _, f := range Fields() {
		if !strings.Contains(doc, "`"+string(f.Field)+":`") {
			t.Errorf("%s: is not in the page", f.Field)
		}
		if _, err := Parse(f.Example); err != nil {
			t.Errorf("%s: %v", f.Field, err)
		}
	}
}
