"""Writes wordnet.tsv, the words by which lemmas.py knows a stem from what only
looks like one, from a WordNet database (Debian: wordnet-base):

    python3 training/neural/wordnet.py /usr/share/wordnet > training/neural/wordnet.tsv

A row is a part of speech (v, n, a), a lemma, how often WordNet's own texts have it, and
its irregular forms. Of the nouns only those are kept whose plural does not tell the
lemma ("calories", "series", "heroes"), and abbreviations, for their capitals."""

import collections
import os
import re
import sys

PARTS = [("v", "verb"), ("n", "noun"), ("a", "adj")]
UNCLEAR = re.compile(r".*(s|x|z|ch|sh|o|[sxz]e|[cs]he|[oiuy]e)$")
HEAD = """# Verbs, adjectives and nouns of WordNet 3.0, with their irregular forms, made by wordnet.py:
# part of speech, lemma, occurrences in WordNet's tagged texts, irregular forms.
#
"""


def notice(path):
    """The licence as WordNet's files begin with it."""
    lines = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            if not line.startswith("  "):
                break
            lines.append("# " + re.sub(r"^ *\d+ ?", "", line).rstrip())
    return "\n".join(line.rstrip() for line in lines) + "\n"


def read(root):
    at = lambda name: os.path.join(root, name)
    seen = collections.Counter()
    kinds = {"1": "n", "2": "v", "3": "a", "5": "a"}
    with open(at("cntlist.rev"), encoding="utf-8") as f:
        for line in f:
            key, _, n = line.split()
            lemma, sense = key.split("%")
            if sense[0] in kinds:
                seen[kinds[sense[0]], lemma] += int(n)
    for part, name in PARTS:
        forms = collections.defaultdict(list)
        with open(at(name + ".exc"), encoding="utf-8") as f:
            for line in f:
                form, *lemmas = line.split()
                for lemma in lemmas:
                    if form.isalpha() and lemma.isalpha() and form != lemma:
                        forms[lemma].append(form)
        lemmas, capitals = set(), set()
        with open(at("data." + name), encoding="utf-8") as f:
            for line in f:
                if line.startswith("  "):
                    continue
                c = line.split(" ")
                for w in c[4:4 + 2 * int(c[3], 16):2]:
                    w = w.split("(")[0]
                    if w.isalpha() and w.isascii():
                        (lemmas if w == w.lower() else capitals).add(w)
        # "damages" is the plural of "damage" first, whatever else it means.
        lemmas = {w for w in lemmas if part != "n" or not (w.endswith("s") and w[:-1] in lemmas)}
        keep = {w for w in lemmas if part == "v" or w in forms
                or part == "n" and UNCLEAR.match(w) or part == "a" and len(w) < 8}
        if part == "n":
            keep |= {w for w in capitals if len(w) > 1 and w.isupper() and w.lower() not in lemmas}
        if part == "a":
            keep |= {w for w in capitals if w[1:].islower() and w.lower() not in lemmas}
        for w in sorted(keep):
            yield part, w, str(seen[part, w.lower()]), " ".join(sorted(forms[w]))


def main():
    root = sys.argv[1]
    sys.stdout.write(HEAD + notice(os.path.join(root, "data.verb")))
    for row in read(root):
        print("\t".join(row).rstrip())


if __name__ == "__main__":
    main()
