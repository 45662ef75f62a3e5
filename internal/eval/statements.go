package eval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/internal/news"
)

// The metrics of statements. Content is counted by unbroken pieces, so that
// grouping pieces into statements neither helps nor hurts.
const (
	mContent      = "statements: content"
	mSourced      = "statements: content with the right source"
	mSource       = "statements: source"
	mAct          = "statements: act"
	mForm         = "statements: form"
	mContentLost  = "boilerplate: content marked"
	minPieceChars = 3   // shorter pieces say nothing
	enough        = 0.5 // of intersection over union, for a piece to be found
)

// piece is an unbroken stretch of the content of one statement.
type piece struct {
	news.Range
	of int // index of the statement
}

// pieces cuts the spans of a statement at line breaks and trims each piece to
// letters and digits at both ends.
func (d *GoldDoc) pieces(of int, spans []news.Range) []piece {
	var out []piece
	for _, s := range spans {
		for start := s.Start; start < s.End; {
			end := s.End
			if i := strings.IndexByte(d.Text[start:end], '\n'); i >= 0 {
				end = start + i
			}
			if r := trim(d.Text, news.Range{Start: start, End: end}); d.chars(r) >= minPieceChars {
				out = append(out, piece{r, of})
			}
			start = end + 1
		}
	}
	return out
}

func trim(text string, r news.Range) news.Range {
	word := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	for r.Start < r.End {
		c, n := utf8.DecodeRuneInString(text[r.Start:r.End])
		if word(c) {
			break
		}
		r.Start += n
	}
	for r.Start < r.End {
		c, n := utf8.DecodeLastRuneInString(text[r.Start:r.End])
		if word(c) {
			break
		}
		r.End -= n
	}
	return r
}

// pair is a gold piece and a piece of the record that overlaps it.
type pair struct {
	gold, got int
	score     float64
}

// assign takes pairs best first, each gold and each given item at most once.
func assign(pairs []pair) []pair {
	slices.SortStableFunc(pairs, func(a, b pair) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		case a.gold != b.gold:
			return a.gold - b.gold
		}
		return a.got - b.got
	})
	gold, got := map[int]bool{}, map[int]bool{}
	return slices.DeleteFunc(pairs, func(p pair) bool {
		if gold[p.gold] || got[p.got] {
			return true
		}
		gold[p.gold], got[p.got] = true, true
		return false
	})
}

// scoreStatements matches the pieces of the record with those of the gold.
func (d *GoldDoc) scoreStatements(s *Scores, rec *news.Record) {
	if d.Statements == nil {
		return
	}
	var gold, optional, got []piece
	for i, st := range d.Statements {
		if st.Optional {
			optional = append(optional, d.pieces(i, st.Spans)...)
		} else {
			gold = append(gold, d.pieces(i, st.Spans)...)
		}
	}
	for i, st := range rec.Statements {
		spans := make([]news.Range, len(st.Content))
		for j, c := range st.Content {
			spans[j] = news.Range{Start: c.Start, End: c.End}
		}
		got = append(got, d.pieces(i, spans)...)
	}
	pairs := d.matchPieces(gold, got)
	foundGold, foundGot := map[int]bool{}, map[int]bool{}
	byID := entities(rec)
	sourced := 0
	for _, p := range pairs {
		foundGold[p.gold], foundGot[p.got] = true, true
		if d.judgeStatement(s, d.Statements[gold[p.gold].of], rec.Statements[got[p.got].of], gold[p.gold], byID) {
			sourced++
		}
	}
	given := len(got)
	for i, g := range got {
		if foundGot[i] {
			continue
		}
		if slices.ContainsFunc(optional, func(o piece) bool { return d.iou(o.Range, g.Range) >= enough }) {
			given--
			continue
		}
		s.Findings = append(s.Findings, Finding{d.File, d.line(g.Start), FalseAlarm, mContent, "", d.describe(g, rec.Statements[g.of], byID)})
	}
	for i, g := range gold {
		if !foundGold[i] {
			s.Findings = append(s.Findings, Finding{d.File, d.line(g.Start), Miss, mContent,
				quoted(strings.Join(d.Statements[g.of].Speaker, "/")) + " " + d.Statements[g.of].Cue + ": " + quoted(d.slice(g.Range)), ""})
		}
	}
	s.add(mContent, F1, len(pairs), len(gold), given)
	s.add(mSourced, F1, sourced, len(gold), given)
	d.scoreContentLost(s, rec, slices.Concat(gold, optional))
}

// matchPieces pairs gold and given pieces one to one, best first. Both lists
// are walked in text order, so long articles stay cheap.
func (d *GoldDoc) matchPieces(gold, got []piece) []pair {
	order := make([]int, len(got))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return got[a].Start - got[b].Start })
	var pairs []pair
	for g, p := range gold {
		for _, i := range order {
			if got[i].Start >= p.End {
				break
			}
			if score := d.iou(p.Range, got[i].Range); score >= enough {
				pairs = append(pairs, pair{g, i, score})
			}
		}
	}
	return assign(pairs)
}

// judgeStatement scores source, act and form of a found piece and reports
// whether the source is right.
func (d *GoldDoc) judgeStatement(s *Scores, want GoldStatement, have news.Statement, at piece, byID map[news.Optional]*news.Entity) bool {
	wrong := func(metric, gold, got string) {
		s.Findings = append(s.Findings, Finding{d.File, d.line(at.Start), Wrong, metric,
			gold, got + " in " + quoted(d.slice(at.Range))})
	}
	source := rightSource(want, have, byID)
	s.judge(mSource, Accuracy, source)
	if !source {
		wrong(mSource, quoted(strings.Join(want.Speaker, "/")), quoted(sourceText(have, byID)))
	}
	if want.Act != "" {
		act := have.Act == want.Act || slices.Contains(want.ActOK, have.Act)
		s.judge(mAct, Accuracy, act)
		if !act {
			wrong(mAct, string(want.Act), string(have.Act))
		}
	}
	if want.Form != "" {
		form := have.Form == want.Form || slices.Contains(want.FormOK, have.Form)
		s.judge(mForm, Accuracy, form)
		if !form {
			wrong(mForm, string(want.Form), string(have.Form))
		}
	}
	return source
}

// rightSource reports whether the names match, or the source spans overlap, or
// the gold has no source.
func rightSource(want GoldStatement, have news.Statement, byID map[news.Optional]*news.Entity) bool {
	if len(want.Speaker) == 0 && len(want.Source) == 0 {
		return true
	}
	if have.Source == nil {
		return false
	}
	names := called(byID[have.Source.Entity])
	if p := have.Source.Phrase; p != nil {
		names = append(names, p.Text)
		for _, r := range want.Source {
			if p.Start < r.End && r.Start < p.End {
				return true
			}
		}
	}
	return anySame(names, want.Speaker)
}

func sourceText(s news.Statement, byID map[news.Optional]*news.Entity) string {
	if s.Source == nil {
		return "none"
	}
	var parts []string
	if s.Source.Phrase != nil {
		parts = append(parts, s.Source.Phrase.Text)
	}
	if e := byID[s.Source.Entity]; e != nil {
		parts = append(parts, e.Name)
	}
	return strings.Join(slices.Compact(parts), "/")
}

func (d *GoldDoc) describe(p piece, s news.Statement, byID map[news.Optional]*news.Entity) string {
	cue := ""
	if s.Cue != nil {
		cue = s.Cue.Text
	}
	return quoted(sourceText(s, byID)) + " " + cue + ": " + quoted(d.slice(p.Range))
}

func quoted(text string) string { return "[" + squeeze(text, 100) + "]" }
