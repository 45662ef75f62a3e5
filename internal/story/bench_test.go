//go:build unix

package story_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/onrecord/onrecord/internal/story"
	"github.com/onrecord/onrecord/internal/story/storytest"
)

// BenchmarkStream measures what one more article costs, from its record to its
// settled story, when so many have come before: 100,000 in the days of the
// window, settled by the thousand. The time per article is to be at most
// doubled from 10,000 to 1,000,000 stored. Run it for a fixed number:
//
//	go test ./internal/story -run - -bench Stream -benchtime 10000x -timeout 2h
//
// Articles are of 250 invented words, a fifth of them copies. "cpu-µs/op" is the
// time of the processors, which other programs do not lengthen; "held" is how
// many articles were in the window at the end, "stories" how many had been
// created in all.
func BenchmarkStream(b *testing.B) {
	for _, stored := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint("stored=", stored), func(b *testing.B) {
			s := newStream()
			for range stored {
				s.article()
			}
			s.timed = b
			for b.Loop() {
				s.article()
			}
			b.ReportMetric(float64(s.used.Microseconds())/float64(b.N), "cpu-µs/op")
			b.ReportMetric(float64(b.N)/s.used.Seconds(), "articles/cpu-s")
			b.ReportMetric(float64(s.w.Len()), "held")
			b.ReportMetric(float64(s.created), "stories")
		})
	}
}

// BenchmarkSketch measures what can be done on all processors at once.
func BenchmarkSketch(b *testing.B) {
	a := storytest.NewWorld(1, 10).Article("a", noon)
	for b.Loop() {
		story.NewSketch(a)
	}
}

// BenchmarkOneStory measures a story of 5,000 articles, no two of them copies,
// that come in one batch.
func BenchmarkOneStory(b *testing.B) {
	for b.Loop() {
		world := storytest.NewWorld(1, 1)
		w := story.New(story.Options{})
		for i := range 5000 {
			w.Add(story.NewSketch(world.Article(fmt.Sprint("a", i), noon)))
		}
		w.Settle(noon)
		if st, _ := w.Story(w.StoryOf("a0")); len(st.Members) < 4000 {
			b.Fatalf("the story has %d articles", len(st.Members))
		}
	}
}

// stream is news without end: each fortnight 100,000 articles.
type stream struct {
	world   *storytest.World
	w       *story.Window
	n       int // articles taken
	written int
	at      time.Time
	created int
	timed   *testing.B    // the clock stops while articles are written
	used    time.Duration // of the processors since timed was set
}

const (
	fortnight  = 100_000
	batchSize  = 1000
	happenings = 8000 // at one time
)

func newStream() *stream {
	return &stream{world: storytest.NewWorld(1, happenings), w: story.New(story.Options{}), at: noon}
}

// article takes one more; with the last of a batch the work of the whole batch
// is done.
func (s *stream) article() {
	if s.n++; s.n%batchSize != 0 {
		return
	}
	if s.timed != nil {
		s.timed.StopTimer()
	}
	batch := s.write()
	if s.timed != nil {
		s.timed.StartTimer()
		before := processor(s.timed)
		defer func() { s.used += processor(s.timed) - before }()
	}
	for _, a := range batch {
		s.w.Add(story.NewSketch(a))
	}
	s.created += len(s.w.Settle(s.at).Created)
}

// write makes the articles of a batch. A third of the happenings end in a day.
func (s *stream) write() (batch []story.Article) {
	for i := range batchSize {
		s.at = s.at.Add(14 * 24 * time.Hour / fortnight)
		if i%(fortnight/14*3/happenings+1) == 0 {
			s.world.Turn()
		}
		s.written++
		batch = append(batch, s.world.Article(fmt.Sprint("a", s.written), s.at))
	}
	return batch
}
