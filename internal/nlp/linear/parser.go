package linear

// The parser is arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta 2011) with the
// root at the end of the buffer: it reads a sentence once, from left to right,
// and every sequence of its moves gives one tree with one root.

// Move is one step of the parser: what it does, and the relation it draws.
type Move struct {
	Kind MoveKind
	Rel  uint8 // index in Parser.Rels
}

// MoveKind is what a step does.
type MoveKind uint8

// The kinds of move.
const (
	Shift MoveKind = iota // the next word goes on the stack
	Left                  // the stack's top hangs on the next word and leaves
	Right                 // the stack's top hangs on the one below it and leaves
)

// Parser chooses moves.
type Parser struct {
	Rels  []string
	Root  uint8  // index of "root" in Rels
	Moves []Move // class → move; Moves[0] is Shift
	Table *Table

	counts [MaxClasses]uint64 // what a word with a tag adds to State.counts
}

// NewParser makes a parser without weights for relations, of which one is
// "root". Not every relation is drawn both ways; moves lists those that are.
func NewParser(tags []Tag, rels []string, moves []Move) *Parser {
	p := &Parser{Rels: rels, Moves: moves}
	for i, t := range tags[:min(len(tags), MaxClasses)] {
		switch {
		case t.UPOS == "VERB" || t.UPOS == "AUX":
			p.counts[i] = 1
		case t.XPOS == "," || t.XPOS == ":":
			p.counts[i] = 1 << 16
		case t.UPOS == "CCONJ":
			p.counts[i] = 1 << 32
		case t.UPOS == "ADP" || t.UPOS == "SCONJ":
			p.counts[i] = 1 << 48
		}
	}
	for i, r := range rels {
		if r == "root" {
			p.Root = uint8(i)
		}
	}
	return p
}

// State is a parse under way. Words are numbered from 0; number n is the root.
type State struct {
	N     int
	Next  int // the next word; N when only the root is left
	Stack []int32
	Heads []int32
	Rels  []uint8
	kids  []kids

	words  []Word
	tags   []uint8
	counts []uint64 // verbs, commas, conjunctions, prepositions before a word, 16 bits each
}

// kids are the outermost and second outermost dependents on either side, -1
// where there is none, and how many there are.
type kids struct {
	l1, l2, r1, r2 int32
	nl, nr         uint8
}

// Reset begins a new sentence.
func (p *Parser) Reset(s *State, words []Word, tags []uint8) {
	n := len(words)
	s.N, s.Next, s.words, s.tags = n, 0, words, tags
	s.Stack = s.Stack[:0]
	if cap(s.Heads) < n+1 {
		s.Heads = make([]int32, n+1, 2*n+64)
		s.Rels = make([]uint8, n+1, 2*n+64)
		s.kids = make([]kids, n+1, 2*n+64)
		s.counts = make([]uint64, n+1, 2*n+64)
	}
	s.counts = s.counts[:n+1]
	s.counts[0] = 0
	for i, t := range tags {
		s.counts[i+1] = s.counts[i] + p.counts[t&(MaxClasses-1)]
	}
	s.Heads, s.Rels, s.kids = s.Heads[:n+1], s.Rels[:n+1], s.kids[:n+1]
	for i := range s.Heads {
		s.Heads[i] = -1
		s.Rels[i] = 255
		s.kids[i] = kids{-1, -1, -1, -1, 0, 0}
	}
}

// Done reports whether every word has a head.
func (s *State) Done() bool { return s.Next == s.N && len(s.Stack) == 0 }

// Can reports whether a move is open.
func (s *State) Can(m Move, root uint8) bool {
	switch m.Kind {
	case Shift:
		return s.Next < s.N
	case Left:
		if s.Next == s.N {
			return len(s.Stack) == 1 && m.Rel == root
		}
		return len(s.Stack) >= 1 && m.Rel != root
	default:
		return len(s.Stack) >= 2 && m.Rel != root
	}
}

// Do makes a move, which must be open.
func (s *State) Do(m Move) {
	switch m.Kind {
	case Shift:
		s.Stack = append(s.Stack, int32(s.Next))
		s.Next++
	case Left:
		top := s.Stack[len(s.Stack)-1]
		s.Stack = s.Stack[:len(s.Stack)-1]
		s.Heads[top], s.Rels[top] = int32(s.Next), m.Rel
		k := &s.kids[s.Next]
		k.l2, k.l1 = k.l1, top
		k.nl++
	case Right:
		top, below := s.Stack[len(s.Stack)-1], s.Stack[len(s.Stack)-2]
		s.Stack = s.Stack[:len(s.Stack)-1]
		s.Heads[top], s.Rels[top] = below, m.Rel
		k := &s.kids[below]
		k.r2, k.r1 = k.r1, top
		k.nr++
	}
}

// Parse finds the head of each word, as its index, len(words) for the root, and
// its relation. The slices are good until the scratch is used again.
func (p *Parser) Parse(words []Word, tags []uint8, s *Scratch) (heads []int32, rels []uint8) {
	if cap(s.scores) < MaxClasses {
		s.scores = make([]int32, MaxClasses)
	}
	scores := s.scores[:MaxClasses]
	st := &s.state
	p.Reset(st, words, tags)
	for !st.Done() {
		var m Move
		if len(st.Stack) == 0 {
			m = p.Moves[0]
		} else {
			s.feats = ParseFeatures(s.feats[:0], st)
			p.Table.Score(s.feats, scores)
			m = p.choose(st, scores)
		}
		st.Do(m)
	}
	return st.Heads[:len(words)], st.Rels[:len(words)]
}

// choose returns the best move that is open; there always is one.
func (p *Parser) choose(st *State, scores []int32) Move {
	if st.Next == st.N && len(st.Stack) == 1 {
		return Move{Left, p.Root}
	}
	shift, left, right := st.Next < st.N, len(st.Stack) >= 1 && st.Next < st.N, len(st.Stack) >= 2
	var m Move
	found := false
	var top int32
	for c, mv := range p.Moves {
		open := false
		switch mv.Kind {
		case Shift:
			open = shift
		case Left:
			open = left && mv.Rel != p.Root
		case Right:
			open = right && mv.Rel != p.Root
		}
		if open && (!found || scores[c] > top) {
			m, top, found = mv, scores[c], true
		}
	}
	return m
}
