package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/onrecord/onrecord/internal/ledger"
)

// BenchmarkOneStory: a story of 5,000 articles, with some dozen happenings.
func BenchmarkOneStory(b *testing.B) { bench(b, 5000, 1) }

// BenchmarkManyStories: 20,000 articles in stories of twenty.
func BenchmarkManyStories(b *testing.B) { bench(b, 20000, 1000) }

func bench(b *testing.B, articles, stories int) {
	rng := rand.New(rand.NewPCG(3, 4))
	var in []ledger.Article
	for i := range articles {
		w := random(rng, i)
		w.ID = fmt.Sprintf("a%06d", i)
		w.Story = fmt.Sprintf("s%d", rng.IntN(stories))
		w.Published = fmt.Sprintf("2031-03-%02d", 10+rng.IntN(20))
		in = append(in, w.Article)
	}
	for b.Loop() {
		s, err := ledger.Build(b.Context(), in, ledger.Corrections{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(s.Events)), "events")
	}
	b.ReportMetric(float64(articles)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}
