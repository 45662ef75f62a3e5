package said

import (
	"context"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/internal/clean"
	"github.com/onrecord/onrecord/internal/nlp"
	"github.com/onrecord/onrecord/internal/where"
	"github.com/onrecord/onrecord/internal/who"
)

// speakerSteps is how many look-ups for speakers a text of n paragraphs takes.
func speakerSteps(t *testing.T, paragraph string, n int) (statements, steps int) {
	t.Helper()
	model, err := nlp.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	places, err := where.Load()
	if err != nil {
		t.Fatal(err)
	}
	people, err := who.New(places)
	if err != nil {
		t.Fatal(err)
	}
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat(paragraph+"\n\n", n)
	doc, err := model.Analyse(context.Background(), text, clean.Blocks(text, ""))
	if err != nil {
		t.Fatal(err)
	}
	r := newReading(f, doc, people.Resolve(doc, places.Find(doc)))
	return len(r.find(nil, "")), r.steps
}

// TestSpeakersGrowth counts the work of finding who a pronoun stands for, in a
// text that is all quotations: four times the text may take four times the
// look-ups and a little for the depth of the searches, not sixteen times.
func TestSpeakersGrowth(t *testing.T) {
	paragraphs := []string{
		"“The dam will hold,” engineer Mara Velin said. “It always has,” she said, adding that nobody need worry.",
		"He said the gate was shut. “We checked it twice,” he said. She said it was not.",
		"Mara Velin told reporters she was tired. “They called at four,” she said, noting that it rained.",
	}
	for _, p := range paragraphs {
		small, few := speakerSteps(t, p, 40)
		large, many := speakerSteps(t, p, 160)
		if small == 0 || large == 0 {
			t.Fatalf("no statements in %q", p)
		}
		if many > 7*few+100 {
			t.Errorf("%q: %d look-ups in 40 paragraphs, %d in 160: more than linear", p, few, many)
		}
	}
}
