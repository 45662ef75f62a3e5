package coref

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// chains reads "1 2 3|4 5".
func chains(s string) (out []Chain[string]) {
	for c := range strings.SplitSeq(s, "|") {
		if f := strings.Fields(c); len(f) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// TestWorkedExamples holds the scorers to the figures of the literature: the
// four responses of Luo 2005, table 1, and the example of Pradhan and others
// 2014, figure 1, whose mentions are predicted.
func TestWorkedExamples(t *testing.T) {
	const luo = "1 2 3 4 5|6 7|8 9 A B C"
	for _, c := range []struct {
		name, gold, given string
		muc, b3, ceaf     float64
	}{
		{"Luo a", luo, "1 2 3 4 5|6 7 8 9 A B C", .947, .865, .733},
		{"Luo b", luo, "1 2 3 4 5 8 9 A B C|6 7", .947, .737, .667},
		{"Luo c", luo, "1 2 3 4 5 6 7 8 9 A B C", .900, .545, .294},
		{"Luo d", luo, "1|2|3|4|5|6|7|8|9|A|B|C", 0, .400, .178},
		{"Pradhan", "a b c|d e f g", "a b|c d|f g h i", .400, .455, .520},
		{"the same", luo, luo, 1, 1, 1},
		{"nothing given", luo, "", 0, 0, 0},
		{"nothing to find", "", luo, 0, 0, 0},
		{"nothing in common", "a b", "c d", 0, 0, 0},
	} {
		gold, given := chains(c.gold), chains(c.given)
		for _, m := range []struct {
			name       string
			have, want float64
		}{
			{"MUC", MUC(gold, given).F1(), c.muc},
			{"B³", BCubed(gold, given).F1(), c.b3},
			{"CEAFφ4", CEAF4(gold, given).F1(), c.ceaf},
			{"CoNLL", CoNLL(MUC(gold, given), BCubed(gold, given), CEAF4(gold, given)), (c.muc + c.b3 + c.ceaf) / 3},
		} {
			if math.Abs(m.have-m.want) > .001 {
				t.Errorf("%s: %s is %.3f, want %.3f", c.name, m.name, m.have, m.want)
			}
		}
	}
}

// TestPrecisionAndRecall checks the sides one by one, and their sum, by
// Pradhan's example.
func TestPrecisionAndRecall(t *testing.T) {
	gold, given := chains("a b c|d e f g"), chains("a b|c d|f g h i")
	r := CEAF4(gold, given)
	r.Add(CEAF4(gold, given))
	if p, q := r.Precision(), r.Recall(); math.Abs(p-1.3/3) > 1e-9 || math.Abs(q-.65) > 1e-9 {
		t.Errorf("CEAFφ4 has precision %.3f and recall %.3f, want .433 and .650", p, q)
	}
	if r := BCubed(gold, given); r.Precision() != .5 || math.Abs(r.Recall()-5./12) > 1e-9 {
		t.Errorf("B³ has precision %.3f and recall %.3f, want .500 and .417", r.Precision(), r.Recall())
	}
	if r := MUC(gold, given); r.Precision() != .4 || r.Recall() != .4 {
		t.Errorf("MUC has precision %.3f and recall %.3f, want .400 for both", r.Precision(), r.Recall())
	}
}

// TestAssignIsBest compares the assignment with the best of all orders.
func TestAssignIsBest(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		rows, cols := 1+rnd.IntN(5), 1+rnd.IntN(5)
		w := make([][]float64, rows)
		for i := range w {
			w[i] = make([]float64, cols)
			for j := range w[i] {
				w[i][j] = float64(rnd.IntN(5))
			}
		}
		have, used := 0.0, map[int]bool{}
		for i, j := range assign(w) {
			if j < 0 {
				continue
			}
			if used[j] {
				t.Fatalf("column %d is given twice in %v", j, w)
			}
			used[j] = true
			have += w[i][j]
		}
		if want := best(w, map[int]bool{}); have != want {
			t.Fatalf("%v: sum %v, want %v", w, have, want)
		}
	}
}

func best(w [][]float64, used map[int]bool) float64 {
	if len(w) == 0 {
		return 0
	}
	most := best(w[1:], used)
	for j, x := range w[0] {
		if !used[j] {
			used[j] = true
			most = max(most, x+best(w[1:], used))
			delete(used, j)
		}
	}
	return most
}
