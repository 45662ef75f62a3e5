// Package storytest makes articles for tests and benchmarks of stories: of an
// invented world in which things happen and many outlets write about them.
package storytest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/story"
)

// World makes articles. The same seed makes the same ones.
type World struct {
	r          *rand.Rand
	happenings []happening
	last       int
	written    []written // the latest, for copies to be made of
}

type written struct {
	story.Article
	about int
}

// happening is what articles are about: some words and names of its own beside
// those that all texts use.
type happening struct {
	words, names []string
}

// NewWorld makes a world in which so many things happen at once.
func NewWorld(seed uint64, happenings int) *World {
	w := &World{r: rand.New(rand.NewPCG(seed, 0x5eed))}
	for range happenings {
		w.happenings = append(w.happenings, w.happen())
	}
	return w
}

func (w *World) happen() happening {
	var h happening
	for range 40 {
		h.words = append(h.words, w.word(20000))
	}
	for range 8 {
		h.names = append(h.names, "N"+w.word(30000))
	}
	return h
}

// word is one of n, the first of them the commonest, as in language.
func (w *World) word(n int) string {
	f := w.r.Float64()
	k := int(float64(n) * f * f * f)
	var b strings.Builder
	for range 3 {
		b.WriteByte("bdfgklmnprstvz"[k%14])
		b.WriteByte("aeiou"[k/14%5])
		k /= 11
	}
	fmt.Fprintf(&b, "%c", 'b'+rune(k%20))
	return b.String()
}

// Turn puts a new happening in the place of an old one.
func (w *World) Turn() { w.happenings[w.r.IntN(len(w.happenings))] = w.happen() }

// Last is the number of the happening that the last article was about.
func (w *World) Last() int { return w.last }

// Article writes one about one of the happenings. One in five is a copy of one
// of the last hundred, now and then cut.
func (w *World) Article(id string, published time.Time) story.Article {
	if len(w.written) > 0 && w.r.IntN(5) == 0 {
		a := w.written[w.r.IntN(len(w.written))]
		r := *a.Record
		if text := r.Article.Text; w.r.IntN(3) == 0 {
			r.Article.Text = text[:strings.LastIndexByte(text[:len(text)*2/3], ' ')]
			r.Article.Blocks = whole(r.Article.Text)
		}
		r.Article.ID = id
		w.last = a.about
		return story.Article{ID: id, Published: published, Record: &r}
	}
	f := w.r.Float64() // a few happenings are in all papers, most in one or two
	w.last = int(float64(len(w.happenings)) * f * f)
	h := w.happenings[w.last]
	var text []string
	for range 250 {
		switch w.r.IntN(10) {
		case 0, 1, 2:
			text = append(text, h.words[w.r.IntN(len(h.words))])
		case 3:
			text = append(text, h.names[w.r.IntN(len(h.names))])
		default:
			text = append(text, w.word(8000))
		}
	}
	a := Article(id, published, strings.Join(text[:6], " "), strings.Join(text, " "), h.names...)
	if len(w.written) < 100 {
		w.written = append(w.written, written{a, w.last})
	} else {
		w.written[w.r.IntN(100)] = written{a, w.last}
	}
	return a
}

// Article makes one of a text, in which the names are those of bodies.
func Article(id string, published time.Time, title, text string, names ...string) story.Article {
	r := &news.Record{}
	r.Article.ID, r.Article.Title, r.Article.Text = id, news.Optional(title), text
	r.Article.Blocks = whole(text)
	for i, n := range names {
		e := news.Entity{ID: fmt.Sprint("e", i+1), Type: news.Organisation, Name: n}
		for at := 0; ; {
			j := strings.Index(text[at:], n)
			if j < 0 {
				break
			}
			at += j
			e.Mentions = append(e.Mentions, news.Mention{Span: news.Span{Start: at, End: at + len(n), Text: n}, Kind: news.MentionName})
			at += len(n)
		}
		r.Entities = append(r.Entities, e)
	}
	return story.Article{ID: id, Published: published, Record: r}
}

// whole is a text of one paragraph.
func whole(text string) []news.Block {
	return []news.Block{{Kind: news.BlockParagraph, Range: news.Range{End: len(text)}}}
}
