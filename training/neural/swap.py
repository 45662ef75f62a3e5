"""Other names in the place of those that a sentence has: of the same kind and as many
words, so that its tags and parse stay true. A model that sees the same few thousand
names in every epoch learns them by heart; one that sees others learns what stands
around them ("mention replacement", Dai and Adel 2020)."""

import collections

import traits

KINDS = (0,)  # persons. With bodies and places too, places were found worse (F1 −1.4) than without
SHARE = 0.35  # of the names


def plain(forms):
    """Words in title case: "Mara Velin", not "ENRON", "velin" or "St. Ives"."""
    return all(len(f) > 1 and f.isalpha() and f[0].isupper() and f[1:].islower() for f in forms)


def mentions(s):
    """The names of a sentence whose kind is certain: first word, word after the last, kind."""
    i, n = 0, len(s.forms)
    while i < n:
        bits = s.names[i]
        label = bits.bit_length() - 1
        if bits & bits - 1 or label % 2 == 0:
            i += 1
            continue
        j = i + 1
        while j < n and s.names[j] == 1 << label + 1:
            j += 1
        yield i, j, label // 2
        i = j


class Pool:
    """Names by kind and number of words: those of the sentences, each as likely however
    often it is there, and for persons those of the program's lists."""

    def __init__(self, sentences, root):
        found = collections.defaultdict(set)
        for s in sentences:
            if s.names is None:
                continue
            for i, j, kind in mentions(s):
                forms = tuple(s.forms[i:j])
                if kind in KINDS and j - i <= 4 and plain(forms):
                    found[kind, j - i].add(forms)
        self.found = {k: sorted(v) for k, v in found.items()}
        self.given = [r[0] for r in traits.rows(root, "who/data/given.tsv") if plain([r[0]])]
        self.surnames = [w.capitalize() for w in traits.census("dist.all.last")[:traits.LESS]]

    def other(self, kind, n, rng):
        """Another name, or None."""
        listed = rng.random() < 0.5
        if kind == 0 and n <= 2 and listed:
            first, last = rng.choice(self.given), rng.choice(self.surnames)
            return (first, last) if n == 2 else (rng.choice((first, last)),)
        of = self.found.get((kind, n))
        return rng.choice(of) if of else None

    def swap(self, s, rng):
        """The words of the sentence, some of its names exchanged."""
        forms = s.forms
        for i, j, kind in mentions(s):
            if kind not in KINDS or rng.random() >= SHARE or not plain(forms[i:j]):
                continue
            if s.tags is not None and any(t[1] != "NNP" for t in s.tags[i:j]):
                continue
            other = self.other(kind, j - i, rng)
            if other:
                if forms is s.forms:
                    forms = list(forms)
                forms[i:j] = other
        return forms
