"""Learns for each tag and ending what most words do, and lists the words that do
otherwise: the table that internal/nlp/linear.Lemmatiser reads. It learns from the
treebanks and from the inflected forms of WordNet's words (wordnet.tsv), which tell
"smelled" of "smell" from "provoked" of "provoke"."""

import collections
import os
import struct

LONGEST = 6  # bytes of an ending
VOWELS = "aeiou"
PROPER = ("NNP", "NNPS")
OPEN = ("NN", "VB", "JJ", "RB", "GW", "FW")  # what tags begin with whose words are many


def edit(form, lemma):
    """So many bytes off the end, and what is put on."""
    n = 0
    while n < len(form) and n < len(lemma) and form[n] == lemma[n]:
        n += 1
    while 0 < n < len(form) and form[n] & 0xC0 == 0x80:
        n -= 1
    return len(form) - n, lemma[n:]


def commonest(counts):
    return min(counts, key=lambda k: (-counts[k], k))


def plural(w):
    if w.endswith("y") and w[-2:-1] not in VOWELS:
        return w[:-1] + "ies"
    return w + ("es" if w.endswith(("s", "x", "z", "ch", "sh")) or w.endswith("o") and w[-2:-1] not in VOWELS else "s")


def joined(w, ending):
    """A word with an ending that begins with a vowel, nothing doubled."""
    if w.endswith("e") and (ending[0] == "e" or not w.endswith(("ee", "oe", "ye"))):
        w = w[:-2] + "y" if ending == "ing" and w.endswith("ie") else w[:-1]
    elif w.endswith("y") and w[-2:-1] not in VOWELS and ending[0] == "e":
        w = w[:-1] + "i"
    elif w.endswith("c"):
        w += "k"
    return w + ending


def inflected(part, lemma, irregular):
    """The forms of a lemma with their tags."""
    if lemma != lemma.lower():
        if part == "a":
            yield "JJ", lemma
        else:
            yield "NN", lemma
            yield "NNS", lemma + "s"
        return
    forms = set()
    if part == "v":
        past = [f for f in irregular if not f.endswith("ing")]
        if not any(f.endswith("ed") for f in past):
            past.append(joined(lemma, "ed"))  # "smelt" and "smelled", but not "abeted"
        forms |= {(tag, f) for tag in ("VBD", "VBN") for f in past}
        forms |= {("VBG", f) for f in irregular if f.endswith("ing")} or {("VBG", joined(lemma, "ing"))}
        forms.add(("VBZ", plural(lemma)))
    elif part == "n":
        forms = {("NNS", f) for f in irregular or [plural(lemma)]}
        if lemma.endswith("s") and not lemma.endswith(("ss", "us", "is")):
            forms.add(("NNS", lemma))  # "series", "headquarters"
    else:
        for tag, ending in (("JJR", "er"), ("JJS", "est")):
            forms |= {(tag, f) for f in irregular if f.endswith(ending)} or {(tag, joined(lemma, ending))}
    yield from sorted(forms)


def wordnet():
    """For a tag and a form in small letters the lemmas with their frequency."""
    forms = collections.defaultdict(collections.Counter)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "wordnet.tsv"), encoding="utf-8") as f:
        for line in f:
            if line.startswith("#"):
                continue
            part, lemma, n, *more = line.rstrip("\n").split("\t")
            for tag, form in inflected(part, lemma, more[0].split() if more else []):
                forms[tag, form if lemma.isupper() else form.lower()][lemma] += int(n) + 1
    return forms


def train(parsed):
    """Words by key, rules by tag and ending, and the tags whose words keep their
    capital. A key is a tag and a form in small letters, or as it is written where that
    decides ("NN TV"), or both tags and the form as it is written ("VERB/NNP United")."""
    counts = collections.defaultdict(collections.Counter)
    written = collections.defaultdict(collections.Counter)
    both = collections.defaultdict(collections.Counter)
    marks = collections.defaultdict(collections.Counter)
    upper, total = collections.Counter(), collections.Counter()
    for s in parsed:
        shouted = sum(f.isupper() and len(f) > 1 for f in s.forms) * 2 > sum(f.isalpha() for f in s.forms)
        for form, (upos, xpos), lemma in zip(s.forms, s.tags, s.lemmas):
            if upos == "X" or lemma == "_":
                continue
            form = form.replace("’", "'")
            low = form.lower()
            if upos == "PUNCT":
                marks[form][lemma] += 1
            total[xpos] += 1
            upper[xpos] += lemma != lemma.lower()
            if form.isupper() and not shouted and upos != "PROPN":
                written[xpos, form][lemma] += 1
            if xpos in PROPER:
                both[upos, xpos, form][lemma] += 1
            counts[xpos, low][lemma] += 1
    proper = {t for t in total if upper[t] * 2 > total[t]}
    known = wordnet()
    chosen = {}
    for (xpos, form), c in counts.items():
        small = collections.Counter()
        for lemma, n in c.items():
            small[lemma.lower()] += n
        lemma = commonest(small)
        if xpos not in proper:
            lemma = commonest({k: n for k, n in c.items() if k.lower() == lemma})
        chosen[xpos, form] = lemma
    for xpos, form in chosen:
        if form in marks:  # a dash is a dash, whatever it does
            chosen[xpos, form] = commonest(marks[form])
    chosen |= {(xpos, form): commonest(marks[form]) for xpos in (",", ":", ".", "HYPH", "NFP") for form in ("–", "—", "...", "…") if marks[form]}
    for (xpos, form), c in known.items():
        if form == form.lower() and (xpos, form) not in chosen:
            chosen[xpos, form] = commonest(c)
    # The nouns of wordnet.tsv are the odd ones and would teach odd rules.
    rules = learn({(x, f.encode()): lemma.lower().encode() for (x, f), lemma in chosen.items() if x != "NNS" or (x, f) in counts})

    def guess(xpos, form):
        b = form.encode()
        for n in range(min(LONGEST, len(b)), -1, -1):
            e = rules.get((xpos, b[len(b) - n:]))
            if e is not None and not (e[0] > 0 and e[0] >= len(b)):
                return (b[:len(b) - e[0]] + e[1]).decode(errors="replace")
        return form

    words = {(x, f): lemma for (x, f), lemma in chosen.items() if guess(x, f) != lemma}
    small = lambda x, f: words.get((x, f)) or guess(x, f)
    for (upos, xpos, form), c in both.items():
        lemma = commonest(c)
        if sum(c.values()) > 1 and lemma != (form if upos == "PROPN" else small(xpos, form.lower())):
            words[f"{upos}/{xpos}", form] = lemma  # "United/VERB" is "Unite"
        if upos == "PROPN" and form[1:].islower() and c[form] > 2:
            for other in (form.lower(), form.upper()):  # "mexico" and "MEXICO", but "NATO"
                if len(form) > 3 and (upos, xpos, other) not in both:
                    words[f"{upos}/{xpos}", other] = form
    for (xpos, form), c in known.items():
        if form != form.lower() and (xpos, form) not in written:
            words[xpos, form] = commonest(c)
    words |= {("NN", c): c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    words |= {("CD", ten + one): ten + one for ten in ("", "X", "XX")
              for one in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")}
    for (xpos, form), c in written.items():
        lemma = commonest(c)
        if lemma != small(xpos, form.lower()):
            words[xpos, form] = lemma
    return words, rules, proper


def learn(chosen):
    """Rules for endings, the longest first."""
    edits = collections.defaultdict(collections.Counter)
    for (xpos, form), lemma in chosen.items():
        if not xpos.startswith(OPEN):
            continue  # "MSN", should it pass for an article, has nothing of "this"
        for n in range(min(LONGEST, len(form)) + 1):
            edits[xpos, form[len(form) - n:]][edit(form, lemma)] += 1
    rules = {}
    for (xpos, ending), es in edits.items():
        top, n = commonest(es), sum(es.values())
        if ending and (top[0] > len(ending) + 1 or n < 2 or es[top] * 3 < n * 2):
            continue
        if not ending and es[top] * 2 < n:
            top = (0, b"")
        rules[xpos, ending] = top
    idle = []  # what the next shorter ending implies is not needed
    for (xpos, ending), e in rules.items():
        short = ending
        while short:
            short = short[1:]
            if (xpos, short) in rules:
                if rules[xpos, short] == e:
                    idle.append((xpos, ending))
                break
    for k in idle:
        del rules[k]
    return rules


def encode(words, rules, proper):
    string = lambda b: bytes([min(len(b), 255)]) + b[:255]
    out = [struct.pack("<I", len(words))]
    for k, lemma in sorted((f"{x} {f}".encode(), lemma.encode()) for (x, f), lemma in words.items()):
        out += [string(k), string(lemma)]
    out.append(struct.pack("<I", len(rules)))
    for k, (cut, add) in sorted((x.encode() + b" " + f, e) for (x, f), e in rules.items()):
        out += [string(k), bytes([cut]), string(add)]
    out.append(struct.pack("<I", len(proper)))
    out += [string(t.encode()) for t in sorted(proper)]
    return b"".join(out)
