package eval

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/eval/coref"
	"github.com/onrecord/onrecord/internal/story"
)

// The metrics of stories.
const (
	mStories      = "stories: B³ F1"
	mStoriesMUC   = "stories: MUC"
	mStoriesCEAF  = "stories: CEAFφ4"
	mStoriesCount = "stories: given"
	mStoriesTopic = "stories: look-alikes of one topic, pairs kept apart"
)

// ecbDoc is one article of ECB+ (Cybulska, Vossen 2014): 43 topics, of each
// two events that look alike.
type ecbDoc struct {
	ID      string `json:"id"`
	Topic   int    `json:"topic"`
	Cluster string `json:"cluster"`
	Text    string `json:"text"`
}

// scoreECBPlus clusters all articles of the topics chosen together and compares
// the stories with the events. Topics are numbered in their order: half of them
// is even, half odd. The articles have no dates of publication. Where a text
// states its own it is left aside: half of the articles have none, and trials
// years after the deed are the same event there.
func scoreECBPlus(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	docs, err := readECBPlus(path)
	if err != nil {
		return Scores{}, err
	}
	docs = chooseTopics(docs, o)
	sketches := make([]*story.Sketch, len(docs))
	s, err := sum(ctx, o, len(docs), func(ctx context.Context, i int) (Scores, error) {
		rec, err := sys.Read(ctx, docs[i].Text, "")
		if err != nil {
			return Scores{}, fmt.Errorf("read %s: %w", docs[i].ID, err)
		}
		a := story.Of(rec)
		a.ID, a.Published = docs[i].ID, time.Time{}
		sketches[i] = story.NewSketch(a)
		return Scores{Docs: 1}, nil
	}, nil)
	if err != nil {
		return s, err
	}
	w := story.New(story.Options{})
	for _, k := range sketches {
		w.Add(k)
	}
	w.Settle(time.Time{})
	compareStories(&s, docs, w)
	return s, nil
}

// compareStories scores the stories that articles are in.
func compareStories(s *Scores, docs []ecbDoc, w *story.Window) {
	gold, given := groups(docs, func(d ecbDoc) string { return d.Cluster }), groups(docs, func(d ecbDoc) string { return w.StoryOf(d.ID) })
	b3 := coref.BCubed(gold, given)
	s.compute(mStories, Computation{b3.Precision(), b3.Recall(), b3.F1()})
	muc := coref.MUC(gold, given)
	s.compute(mStoriesMUC, Computation{muc.Precision(), muc.Recall(), muc.F1()})
	ceaf := coref.CEAF4(gold, given)
	s.compute(mStoriesCEAF, Computation{ceaf.Precision(), ceaf.Recall(), ceaf.F1()})
	s.add(mStoriesCount, Tally, len(given), 0, 0)
	for i, a := range docs {
		for _, b := range docs[i+1:] {
			if a.Topic == b.Topic && a.Cluster != b.Cluster {
				s.judge(mStoriesTopic, Accuracy, w.StoryOf(a.ID) != w.StoryOf(b.ID))
			}
		}
	}
}

// groups gathers the articles of one key, in a fixed order.
func groups(docs []ecbDoc, key func(ecbDoc) string) []coref.Chain[string] {
	at := map[string]int{}
	var out []coref.Chain[string]
	for _, d := range docs {
		k := key(d)
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], d.ID)
	}
	return out
}

// chooseTopics keeps every other topic, where that is asked for, and the first
// so many documents.
func chooseTopics(docs []ecbDoc, o Options) []ecbDoc {
	var topics []int
	for _, d := range docs {
		topics = append(topics, d.Topic)
	}
	slices.Sort(topics)
	topics = slices.Compact(topics)
	docs = slices.DeleteFunc(docs, func(d ecbDoc) bool {
		n, _ := slices.BinarySearch(topics, d.Topic)
		return !o.keep(n)
	})
	if o.First > 0 && len(docs) > o.First {
		docs = docs[:o.First]
	}
	return docs
}

// readECBPlus reads the documents, one JSON object a line.
func readECBPlus(path string) ([]ecbDoc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var docs []ecbDoc
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var d ecbDoc
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("read %s, document %d: %w", path, len(docs), err)
		}
		d.Text = untokenised(d.Text)
		docs = append(docs, d)
	}
	slices.SortFunc(docs, func(a, b ecbDoc) int { return cmp.Or(a.Topic-b.Topic, strings.Compare(a.ID, b.ID)) })
	return docs, lines.Err()
}

// joins undo the blanks that the corpus has around marks.
var joins = strings.NewReplacer(
	" ``", " “", "`` ", "“", " ''", "”", "''", "”", " ,", ",", " .", ".", " :", ":", " ;", ";", " ?", "?", " !", "!",
	" 's ", "'s ", " 're ", "'re ", " 've ", "'ve ", " 'll ", "'ll ", " 'd ", "'d ", " 'm ", "'m ", " n't", "n't",
	"$ ", "$", " %", "%", "( ", "(", " )", ")",
)

// untokenised makes prose of a document, each line a paragraph, and leaves out
// the address that half of the documents begin with: the other half has none,
// and it names the event.
func untokenised(text string) string {
	var out []string
	for i, line := range strings.Split(text, "\n") {
		if i == 0 && strings.HasPrefix(line, "http") {
			continue
		}
		if line = strings.TrimSpace(joins.Replace(line)); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n\n")
}
