package clean

import (
	"strings"
	"testing"
	"unicode"

	"github.com/onrecord/onrecord/internal/news"
)

// checkBlocks holds what is true of the blocks of any text: in order, not
// overlapping, none empty, and every byte that is not white space in one.
func checkBlocks(t *testing.T, text string, blocks []news.Block) {
	t.Helper()
	at := 0
	for _, b := range blocks {
		if b.Start < at || b.End <= b.Start || b.End > len(text) {
			t.Fatalf("block %+v after offset %d of %d bytes", b, at, len(text))
		}
		if gap := text[at:b.Start]; strings.TrimFunc(gap, unicode.IsSpace) != "" {
			t.Fatalf("text outside every block: %q", gap)
		}
		if s := text[b.Start:b.End]; strings.TrimSpace(s) != s {
			t.Fatalf("block with white space at its edge: %q", s)
		}
		if b.Kind == "" {
			t.Fatalf("block without a kind: %q", text[b.Start:b.End])
		}
		at = b.End
	}
	if gap := text[at:]; strings.TrimFunc(gap, unicode.IsSpace) != "" {
		t.Fatalf("text after the last block: %q", gap)
	}
}

func FuzzBlocks(f *testing.F) {
	for _, s := range []string{
		"", "\n", "\u00a0", "Port closes", "Port closes\n\nThe port closed on Friday.\n",
		"Port closes\nBERGEN, May 7 (Reuters) - The port closed. (Reporting by Mara Velin)",
		"Read more: x\n---\n• one\n• two\n\n\tIndented line\nthat goes on\r\nhere", "\xff\xfe\n\xe2\x80", "©\n©©\n: : :", "BERGEN:\nBERGEN: x\nOSLO: y",
		strings.Repeat("Related stories\nOne two three\n", 20),
	} {
		f.Add(s, "")
		f.Add(s, "Port closes")
	}
	f.Fuzz(func(t *testing.T, text, title string) {
		checkBlocks(t, text, Blocks(text, title))
	})
}

// Long texts, long lines and many short ones must not take quadratic time: the
// test would not end.
func TestBlocksLong(t *testing.T) {
	for _, s := range []string{
		strings.Repeat("The port closed on Friday. ", 40_000),
		strings.Repeat("Port closes\n", 100_000),
		strings.Repeat("Related stories\n", 100_000),
		strings.Repeat("(", 1<<20),
		strings.Repeat("a - ", 1<<18),
		strings.Repeat("BERGEN: x\n", 100_000),
		strings.Repeat("\u00a0\n", 1<<19),
	} {
		checkBlocks(t, s, Blocks(s, ""))
	}
}

func BenchmarkBlocks(b *testing.B) {
	text := "Port to close on Friday, minister says\n\nBERGEN, May 7 (Reuters) - " +
		strings.Repeat("The harbour board said that it would close the port of Bergen on Friday after the third flood in a month.\n\n", 30) +
		"Read more: Fleet kept in port\n\nLeave a comment\n"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Blocks(text, "")
	}
}
