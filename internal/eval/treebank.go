package eval

import (
	"context"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/nlp"
)

// scoreCoNLLU scores the language model on a treebank, from its raw text.
func scoreCoNLLU(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	docs, err := readCoNLLU(path)
	if err != nil {
		return Scores{}, err
	}
	docs = choose(slices.DeleteFunc(docs, func(d *treeDoc) bool { return !o.named(d.id) }), o)
	return sum(ctx, o, len(docs), func(ctx context.Context, i int) (Scores, error) {
		doc, err := sys.Analyse(ctx, docs[i].text, docs[i].blocks)
		if err != nil {
			return Scores{}, err
		}
		s := scoreTrees(docs[i], treeOf(doc))
		if sys.Annotate != nil {
			if doc, err = sys.Annotate(ctx, docs[i].bare()); err != nil {
				return Scores{}, err
			}
			for _, m := range scoreAligned(docs[i], docs[i].annotated(doc), nil) {
				if m.Name != "Words" {
					s.add(onGold+m.Name, m.Kind, m.Right, m.Gold, m.Given)
				}
			}
		}
		return s, nil
	}, treeMetrics)
}

// scoreSentences scores where sentences begin and end, the blocks of the text given:
// paragraphs, headings, captions.
func scoreSentences(ctx context.Context, sys System, path string, o Options) (Scores, error) {
	docs, err := readTreebank(path, true)
	if err != nil {
		return Scores{}, err
	}
	docs = choose(slices.DeleteFunc(docs, func(d *treeDoc) bool { return !o.named(d.id) }), o)
	return sum(ctx, o, len(docs), func(ctx context.Context, i int) (Scores, error) {
		doc, err := sys.Analyse(ctx, docs[i].text, docs[i].blocks)
		if err != nil {
			return Scores{}, err
		}
		gold, got := docs[i].sentences, treeOf(doc).sentences
		s := Scores{Docs: 1}
		s.add("Sentences", F1, common(gold, got), len(gold), len(got))
		note := func(kind FindingKind, a, b []news.Range) {
			for _, r := range a {
				if !slices.Contains(b, r) {
					text := quoted(docs[i].text[r.Start:r.End])
					s.Findings = append(s.Findings, Finding{docs[i].id, 1, kind, "Sentences", text, text})
				}
			}
		}
		note(Miss, gold, got)
		note(FalseAlarm, got, gold)
		return s, nil
	}, []string{"Sentences"})
}

// bare is the document with its words and sentences and nothing else. Words of
// a multi-word token share out its characters where their forms make it up;
// else the first has them all.
func (t *treeDoc) bare() *nlp.Doc {
	d := &nlp.Doc{Text: t.text, Blocks: t.blocks}
	for i, w := range t.words {
		k := nlp.Token{Start: w.Start, End: w.End, Form: w.form, Head: -1}
		if w.multi {
			if i > 0 && t.words[i-1].Range == w.Range {
				k.Start = d.Tokens[i-1].End
			}
			if end := k.Start + len(w.form); end <= w.End && t.text[k.Start:end] == w.form {
				k.End = end
			}
		}
		d.Tokens = append(d.Tokens, k)
	}
	i, b := 0, 0
	for _, s := range t.sentences {
		for b+1 < len(t.blocks) && t.blocks[b].End <= s.Start {
			b++
		}
		from := i
		for i < len(t.words) && t.words[i].Start < s.End {
			i++
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{From: from, To: i, Block: b})
	}
	d.Index()
	return d
}

// annotated is the document with the program's tags and parse.
func (t *treeDoc) annotated(doc *nlp.Doc) *treeDoc {
	out := *t
	out.words = slices.Clone(t.words)
	for i, k := range doc.Tokens {
		w := &out.words[i]
		w.lemma, w.upos, w.xpos, w.head, w.deprel = k.Lemma, k.UPOS, k.XPOS, k.Head, k.Deprel
	}
	return &out
}

// treeOf writes the program's analysis in the treebank's form. English
// treebanks write contractions as one token of two words.
func treeOf(doc *nlp.Doc) *treeDoc {
	t := &treeDoc{text: doc.Text}
	for _, s := range doc.Sentences {
		if s.From < s.To {
			t.sentences = append(t.sentences, news.Range{Start: doc.Tokens[s.From].Start, End: doc.Tokens[s.To-1].End})
		}
	}
	for i, k := range doc.Tokens {
		r := news.Range{Start: k.Start, End: k.End}
		w := treeWord{Range: r, form: k.Form, lemma: k.Lemma, upos: k.UPOS, xpos: k.XPOS, head: k.Head, deprel: k.Deprel}
		if i > 0 && doc.Tokens[i-1].End == k.Start && clitic(doc.Tokens[i-1].Form, k.Form) {
			token := &t.tokens[len(t.tokens)-1]
			token.End = k.End
			w.multi = true
			t.words = append(t.words, w)
			for j := len(t.words) - 1; j >= 0 && t.words[j].Start >= token.Start; j-- {
				t.words[j].multi = true
			}
			continue
		}
		t.tokens = append(t.tokens, r)
		t.words = append(t.words, w)
	}
	// Only now are the ends of the multi-word tokens known.
	k := 0
	for i := range t.words {
		for t.tokens[k].End < t.words[i].End {
			k++
		}
		t.words[i].Range = t.tokens[k]
	}
	return t
}

// clitic reports whether two adjacent words are one token ("do|n't").
func clitic(before, form string) bool {
	before, form = strings.ToLower(before), strings.ReplaceAll(strings.ToLower(form), "’", "'")
	switch form {
	case "n't", "'s", "'ll", "'re", "'ve", "'d", "'m", "'":
		last := before[len(before)-1]
		return last >= 'a' && last <= 'z' || last >= 0x80 || last == '.' || last >= '0' && last <= '9'
	case "not":
		return before == "can"
	case "na":
		return before == "gon" || before == "wan"
	case "ta":
		return before == "got"
	}
	return false
}
