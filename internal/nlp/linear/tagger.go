package linear

// TagFeatures appends the features by which the tag of words[i] is chosen; the
// tags of the words before it are known. None stands for no word.
func TagFeatures(dst []uint32, words []Word, tags []uint8, i int) []uint32 {
	var none Word
	w, p1, p2, n1, n2 := &words[i], &none, &none, &none, &none
	t1, t2 := uint32(255), uint32(255)
	if i > 0 {
		p1, t1 = &words[i-1], uint32(tags[i-1])
	}
	if i > 1 {
		p2, t2 = &words[i-2], uint32(tags[i-2])
	}
	if i+1 < len(words) {
		n1 = &words[i+1]
	}
	if i+2 < len(words) {
		n2 = &words[i+2]
	}
	form := uint32(w.Flags)
	if i == 0 || words[i-1].Flags&NoLetter != 0 && i == 1 {
		form |= 1 << 16 // a capital at the beginning says little
	}
	class := uint32(w.Class)
	return append(dst,
		feat1(1, 0),
		feat1(2, w.Form),
		feat1(3, w.Lower),
		feat1(4, w.Pre[0]),
		feat1(5, w.Pre[1]),
		feat1(6, w.Pre[2]),
		feat1(7, w.Suf[0]),
		feat1(8, w.Suf[1]),
		feat1(9, w.Suf[2]),
		feat1(10, w.Suf[3]),
		feat2(11, w.Shape, form>>16),
		feat2(12, form, class),
		feat1(13, uint32(w.Cluster)),
		feat1(14, t1),
		feat2(15, t1, t2),
		feat2(16, t1, w.Lower),
		feat3(17, t1, t2, w.Lower),
		feat2(18, t1, w.Suf[2]),
		feat2(19, t1, n1.Lower),
		feat1(20, p1.Lower),
		feat1(21, p2.Lower),
		feat1(22, n1.Lower),
		feat1(23, n2.Lower),
		feat2(24, p1.Lower, w.Lower),
		feat2(25, w.Lower, n1.Lower),
		feat1(26, n1.Suf[2]),
		feat1(27, n1.Suf[1]),
		feat1(28, p1.Suf[2]),
		feat2(29, w.Suf[2], n1.Suf[1]),
		feat1(30, uint32(p1.Cluster)),
		feat1(31, uint32(n1.Cluster)),
		feat2(32, uint32(w.Cluster), t1),
		feat2(33, uint32(w.Cluster), uint32(n1.Cluster)),
		feat2(34, w.Suf[2], form),
		feat2(35, uint32(n1.Flags), form),
		feat2(36, t1, uint32(n1.Cluster)),
		feat3(37, t1, form, uint32(w.Cluster)),
		feat2(38, w.Suf[1], t1),
		feat2(39, n1.Lower, n2.Lower),
		feat2(40, uint32(n1.Sure), uint32(w.Cluster)),
		feat3(41, uint32(n1.Sure), t1, class),
		feat2(42, uint32(n1.Sure), w.Suf[2]),
	)
}

// Tagger chooses tags from left to right.
type Tagger struct {
	Tags  []Tag
	Table *Table
}

// Tag is a universal part of speech with a Penn Treebank tag. They are chosen
// together, for each helps the other: "that" as DET/DT, PRON/WDT, SCONJ/IN.
type Tag struct{ UPOS, XPOS string }

// Tag fills in the tags of words as indices in Tags.
func (t *Tagger) Tag(words []Word, tags []uint8, s *Scratch) {
	if cap(s.scores) < MaxClasses {
		s.scores = make([]int32, MaxClasses)
	}
	scores := s.scores[:MaxClasses]
	for i := range words {
		if words[i].Sure > 0 {
			tags[i] = words[i].Sure - 1
			continue
		}
		s.feats = TagFeatures(s.feats[:0], words, tags, i)
		t.Table.Score(s.feats, scores)
		tags[i] = uint8(best(scores[:len(t.Tags)]))
	}
}

func best(scores []int32) int {
	b := 0
	for i, v := range scores {
		if v > scores[b] {
			b = i
		}
	}
	return b
}
