package linear

// Label is a place in a name: outside, or at the beginning of or inside a name
// of one type. The order is O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC,
// B-MISC, I-MISC.
type Label uint8

// Labels is the number of labels.
const Labels = 9

// NameTypes are the types of name in the order of their labels: type k has the
// labels 2k+1 (beginning) and 2k+2 (inside).
var NameTypes = [...]string{"PER", "ORG", "LOC", "MISC"}

// Type is the index in NameTypes of the label's type; -1 for O.
func (l Label) Type() int {
	if l == 0 {
		return -1
	}
	return (int(l) - 1) / 2
}

// Begins reports whether a name begins here.
func (l Label) Begins() bool { return l%2 == 1 }

// Follows reports whether a label may stand after another: the inside of a name
// stands only after its beginning or inside.
func (l Label) Follows(before Label) bool {
	return l == 0 || l.Begins() || before == l || before == l-1
}

// NameFeatures appends the features by which the label of words[i] is chosen.
func NameFeatures(dst []uint32, words []Word, tags []uint8, i int) []uint32 {
	var none Word
	w, p1, p2, n1, n2 := &words[i], &none, &none, &none, &none
	t, tp1, tp2, tn1, tn2 := uint32(tags[i]), uint32(255), uint32(255), uint32(255), uint32(255)
	if i > 0 {
		p1, tp1 = &words[i-1], uint32(tags[i-1])
	}
	if i > 1 {
		p2, tp2 = &words[i-2], uint32(tags[i-2])
	}
	if i+1 < len(words) {
		n1, tn1 = &words[i+1], uint32(tags[i+1])
	}
	if i+2 < len(words) {
		n2, tn2 = &words[i+2], uint32(tags[i+2])
	}
	flags := uint32(w.Flags)
	if i == 0 {
		flags |= 1 << 16
	}
	c, cp, cn := uint32(w.Cluster), uint32(p1.Cluster), uint32(n1.Cluster)
	class := uint32(w.Class)
	return append(dst,
		feat1(300, 0),
		feat1(301, w.Form), feat1(302, w.Lower), feat1(303, w.Shape),
		feat2(304, flags, class), feat1(305, c), feat2(306, c, flags),
		feat1(307, w.Pre[1]), feat1(308, w.Pre[2]), feat1(309, w.Suf[0]), feat1(310, w.Suf[1]), feat1(311, w.Suf[2]), feat1(312, w.Suf[3]),
		feat1(313, t), feat2(314, t, tp1), feat2(315, t, tn1), feat3(316, tp1, t, tn1), feat2(317, t, class),
		feat1(318, p1.Form), feat1(319, p2.Form), feat1(320, n1.Form), feat1(321, n2.Form),
		feat1(322, cp), feat1(323, cn), feat1(324, uint32(p2.Cluster)), feat1(325, uint32(n2.Cluster)),
		feat2(326, cp, c), feat2(327, c, cn), feat3(328, cp, c, cn),
		feat2(329, uint32(p1.Flags), flags), feat2(330, flags, uint32(n1.Flags)), feat3(331, uint32(p1.Flags), flags, uint32(n1.Flags)),
		feat2(332, p1.Shape, w.Shape), feat2(333, w.Shape, n1.Shape),
		feat2(334, p1.Form, flags), feat2(335, n1.Form, flags), feat2(336, p1.Form, w.Form), feat2(337, w.Form, n1.Form),
		feat2(338, uint32(p1.Class), class), feat2(339, class, uint32(n1.Class)),
		feat3(340, cp, flags, class), feat3(341, cn, flags, class),
		feat2(342, tp2, tp1), feat2(343, tn1, tn2), feat2(344, n1.Suf[2], flags), feat2(345, w.Suf[2], flags),
		feat3(346, p2.Form, p1.Form, flags), feat3(347, n1.Form, n2.Form, flags),
		feat2(348, p1.Lower, c), feat2(349, n1.Lower, c),
	)
}

// Namer labels sentences with names, the best whole sequence of labels.
type Namer struct {
	Table *Table
	Trans [Labels + 1][Labels]int32 // weight of a label after another; row Labels is the beginning
}

const forbidden = -1 << 28

// Label fills in the labels of words.
func (n *Namer) Label(words []Word, tags []uint8, labels []Label, s *Scratch) {
	m := len(words)
	if cap(s.lattice) < m*Labels {
		s.lattice = make([]int32, m*Labels*2)
		s.back = make([]uint8, m*Labels*2)
	}
	if cap(s.scores) < MaxClasses {
		s.scores = make([]int32, MaxClasses)
	}
	scores := s.scores[:MaxClasses]
	lat := s.lattice[:m*Labels]
	for i := range words {
		s.feats = NameFeatures(s.feats[:0], words, tags, i)
		n.Table.Score(s.feats, scores)
		copy(lat[i*Labels:(i+1)*Labels], scores[:Labels])
	}
	Viterbi(lat, s.back[:m*Labels], &n.Trans, labels)
}

// Viterbi finds the best sequence of labels, given the weight of each label at
// each word (which it overwrites) and of each label after each other.
func Viterbi(lat []int32, back []uint8, trans *[Labels + 1][Labels]int32, labels []Label) {
	m := len(labels)
	if m == 0 {
		return
	}
	for l := Label(0); l < Labels; l++ {
		if l.Follows(0) {
			lat[l] += trans[Labels][l]
		} else {
			lat[l] = forbidden
		}
	}
	for i := 1; i < m; i++ {
		prev, cur := lat[(i-1)*Labels:i*Labels], lat[i*Labels:(i+1)*Labels]
		for l := Label(0); l < Labels; l++ {
			top, from := int32(forbidden*2), Label(0)
			for b := Label(0); b < Labels; b++ {
				if l.Follows(b) && prev[b]+trans[b][l] > top {
					top, from = prev[b]+trans[b][l], b
				}
			}
			cur[l] = max(cur[l]+top, forbidden)
			back[i*Labels+int(l)] = uint8(from)
		}
	}
	last := lat[(m-1)*Labels:]
	l := Label(best(last[:Labels]))
	for i := m - 1; i >= 0; i-- {
		labels[i] = l
		l = Label(back[i*Labels+int(l)])
	}
}
