package linear

// node is what the parser's features see of one place in the state: a word w, a
// tag t, a cluster c, a relation to its head r. All zero where there is none.
type node struct{ w, t, c, r uint32 }

func (s *State) node(i int32) node {
	switch {
	case i < 0:
		return node{}
	case int(i) == s.N:
		return node{w: 2, t: 254, c: 1 << 15}
	}
	w := &s.words[i]
	return node{w: w.Lower, t: uint32(s.tags[i]) + 1, c: uint32(w.Cluster) + 1, r: uint32(s.Rels[i])}
}

func clip(d int32) uint32 {
	switch {
	case d < 5:
		return uint32(d)
	case d < 8:
		return 5
	case d < 12:
		return 6
	}
	return 7
}

// tagAt is the tag of word i, where there is one.
func (s *State) tagAt(i int32, ok bool) uint32 {
	if !ok || i < 0 || int(i) >= s.N {
		return 0
	}
	return uint32(s.tags[i]) + 1
}

// suffix is the ending of word i.
func (s *State) suffix(i int32) uint32 {
	if i < 0 || int(i) >= s.N {
		return 0
	}
	return s.words[i].Suf[2]
}

// between says how many verbs, commas, conjunctions and prepositions, up to two
// or three of each, stand between words i and j.
func (s *State) between(i, j int32) uint32 {
	if i < 0 || j <= i+1 {
		return 0
	}
	d := s.counts[j] - s.counts[i+1]
	verbs, commas, ands, preps := d&0xFFFF, d>>16&0xFFFF, d>>32&0xFFFF, d>>48
	return 1 | uint32(min(verbs, 2))<<1 | uint32(min(commas, 3))<<3 | uint32(min(ands, 1))<<5 | uint32(min(preps, 2))<<6
}

// ParseFeatures appends the features of a state: words, tags, clusters of the
// stack's top (s0, s1, s2) and of the next words (b0, b1, b2), of their outer
// dependents (after Zhang and Nivre 2011), distances and numbers of dependents.
func ParseFeatures(dst []uint32, s *State) []uint32 {
	at := func(k int) int32 {
		if k < len(s.Stack) {
			return s.Stack[len(s.Stack)-1-k]
		}
		return -1
	}
	ahead := func(k int) int32 {
		if s.Next+k <= s.N {
			return int32(s.Next + k)
		}
		return -1
	}
	i0, i1, i2, j0, j1, j2 := at(0), at(1), at(2), ahead(0), ahead(1), ahead(2)
	s0, s1, s2 := s.node(i0), s.node(i1), s.node(i2)
	b0, b1, b2 := s.node(j0), s.node(j1), s.node(j2)
	none := kids{-1, -1, -1, -1, 0, 0}
	k0, k1, kb := none, none, none
	if i0 >= 0 {
		k0 = s.kids[i0]
	}
	if i1 >= 0 {
		k1 = s.kids[i1]
	}
	if j0 >= 0 {
		kb = s.kids[j0]
	}
	s0l, s0l2, s0r, s0r2 := s.node(k0.l1), s.node(k0.l2), s.node(k0.r1), s.node(k0.r2)
	s1l, s1l2, s1r, s1r2 := s.node(k1.l1), s.node(k1.l2), s.node(k1.r1), s.node(k1.r2)
	b0l, b0l2 := s.node(kb.l1), s.node(kb.l2)
	dsb, dss := uint32(0), uint32(0)
	if i0 >= 0 {
		dsb = clip(j0 - i0)
	}
	if i1 >= 0 {
		dss = clip(i0 - i1)
	}
	v0, v1, vb := uint32(k0.nl)<<8|uint32(k0.nr), uint32(k1.nl)<<8|uint32(k1.nr), uint32(kb.nl)
	// The neighbours in the sentence of the words that a move would join, and
	// what stands between them, tell where a phrase ends.
	a0, z0 := s.tagAt(i0+1, i0 >= 0), s.tagAt(i0-1, i0 >= 0)
	zb := s.tagAt(j0-1, true)
	gap := s.between(i0, j0)
	suf0, suf1, sufb := s.suffix(i0), s.suffix(i1), s.suffix(j0)
	return append(dst,
		feat1(100, 0),
		feat1(101, s0.w), feat1(102, s0.t), feat2(103, s0.w, s0.t), feat1(104, s0.c),
		feat1(105, s1.w), feat1(106, s1.t), feat2(107, s1.w, s1.t), feat1(108, s1.c),
		feat1(109, b0.w), feat1(110, b0.t), feat2(111, b0.w, b0.t), feat1(112, b0.c),
		feat1(113, b1.w), feat1(114, b1.t), feat2(115, b1.w, b1.t),
		feat2(116, b2.w, b2.t), feat1(117, b2.t), feat2(118, s2.w, s2.t), feat1(119, s2.t),
		// pairs
		feat4(120, s0.w, s0.t, b0.w, b0.t), feat3(121, s0.w, s0.t, b0.t), feat3(122, s0.t, b0.w, b0.t),
		feat2(123, s0.t, b0.t), feat2(124, s0.w, b0.w), feat3(125, s0.w, s0.t, b0.w), feat3(126, s0.w, b0.w, b0.t),
		feat4(127, s1.w, s1.t, s0.w, s0.t), feat3(128, s1.w, s1.t, s0.t), feat3(129, s1.t, s0.w, s0.t),
		feat2(130, s1.t, s0.t), feat2(131, s1.w, s0.w),
		feat2(132, b0.t, b1.t), feat2(133, b0.w, b1.t), feat2(134, b0.t, b1.w),
		feat2(135, s1.t, b0.t), feat2(136, s1.w, b0.w), feat2(137, s1.t, b0.w), feat2(138, s1.w, b0.t),
		feat2(139, s0.c, b0.c), feat2(140, s1.c, s0.c), feat3(141, s0.c, s0.t, b0.t), feat3(142, b0.c, b0.t, s0.t),
		feat3(143, s1.c, s1.t, s0.t), feat3(144, s0.c, s1.t, s0.t), feat2(145, s1.c, b0.c),
		// triples
		feat3(146, s0.t, b0.t, b1.t), feat3(147, s1.t, s0.t, b0.t), feat4(148, s1.t, s0.t, b0.t, b1.t),
		feat3(149, s2.t, s1.t, s0.t), feat3(150, b0.t, b1.t, b2.t), feat4(151, s0.t, b0.t, b1.t, b2.t),
		feat3(152, s1.w, s0.w, b0.t), feat3(153, s1.t, s0.w, b0.t), feat3(154, s1.t, s0.t, b0.w), feat3(155, s1.w, s0.t, b0.t),
		feat3(156, s1.c, s0.c, b0.c), feat4(157, s2.t, s1.t, s0.t, b0.t),
		// dependents
		feat3(158, s0.t, s0l.t, b0.t), feat3(159, s0.t, s0r.t, b0.t), feat3(160, s0.t, b0.t, b0l.t),
		feat3(161, s1.t, s0.t, s0l.t), feat3(162, s1.t, s0.t, s0r.t), feat3(163, s1.t, s1l.t, s0.t), feat3(164, s1.t, s1r.t, s0.t),
		feat2(165, s0.t, s0l.r), feat2(166, s0.t, s0r.r), feat2(167, s1.t, s1l.r), feat2(168, s1.t, s1r.r), feat2(169, b0.t, b0l.r),
		feat3(170, s0.t, s0l.r, s0l2.r), feat3(171, s0.t, s0r.r, s0r2.r), feat3(172, s1.t, s1r.r, s1r2.r), feat3(173, b0.t, b0l.r, b0l2.r),
		feat2(174, s0.w, s0l.r), feat2(175, s0.w, s0r.r), feat2(176, s1.w, s1r.r), feat2(177, b0.w, b0l.r), feat2(178, s1.w, s1l.r),
		feat3(179, s1.t, s1r.r, s0.w), feat2(180, s0.t, s0l.w), feat2(181, s0.t, s0r.w), feat2(182, s1.t, s1r.w), feat2(183, b0.t, b0l.w),
		feat4(184, s1.t, s1r.r, s0.t, b0.t), feat4(185, s0.t, s0r.r, b0.t, b1.t), feat4(186, s0.t, s0l.r, s1.t, b0.t),
		feat3(187, s1.t, s1l.t, s1l2.t), feat3(188, s0.t, s0l.w, b0.t), feat3(189, s1.t, s0l.w, s0.t), feat3(190, s0l.w, s0.w, s1.t),
		feat3(191, s0l.w, s0.t, s1.w),
		// distances and numbers of dependents
		feat3(192, s0.t, b0.t, dsb), feat3(193, s1.t, s0.t, dss), feat2(194, s0.w, dsb), feat2(195, b0.w, dsb), feat2(196, s0.t, v0), feat2(197, s1.t, v1),
		feat4(210, s0.t, a0, zb, b0.t), feat3(211, s0.t, a0, b0.t), feat3(212, z0, s0.t, b0.t), feat3(213, s1.t, z0, s0.t),
		feat3(214, s0.t, b0.t, gap), feat4(215, s1.t, s0.t, b0.t, gap), feat2(216, s0.w, gap), feat2(217, b0.w, gap),
		feat3(218, suf0, s0.t, b0.t), feat3(219, sufb, s0.t, b0.t), feat3(220, suf0, s1.t, s0.t), feat2(221, suf1, suf0), feat2(222, suf0, sufb),
		feat2(198, b0.t, vb), feat2(199, s0.w, v0), feat2(200, b0.w, vb), feat2(201, s1.w, v1), feat3(202, s1.t, dss, b0.t),
	)
}
