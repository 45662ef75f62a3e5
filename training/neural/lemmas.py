"""Learns for each tag and ending what most words do, and lists the words that do
otherwise: the table that internal/nlp/linear.Lemmatiser reads."""

import collections
import struct

LONGEST = 6  # bytes of an ending


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


def train(parsed):
    counts = collections.defaultdict(collections.Counter)
    upper, total = collections.Counter(), collections.Counter()
    for s in parsed:
        for form, (upos, xpos), lemma in zip(s.forms, s.tags, s.lemmas):
            if upos == "X" or lemma == "_":
                continue
            counts[xpos, form.lower().replace("’", "'").encode()][lemma.lower().encode()] += 1
            total[xpos] += 1
            upper[xpos] += lemma != lemma.lower()
    proper = {t for t in total if upper[t] * 2 > total[t]}
    edits = collections.defaultdict(collections.Counter)
    chosen = {k: commonest(c) for k, c in counts.items()}
    for (xpos, form), lemma in chosen.items():
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

    def guess(xpos, form):
        for n in range(min(LONGEST, len(form)), -1, -1):
            e = rules.get((xpos, form[len(form) - n:]))
            if e is not None and not (e[0] > 0 and e[0] >= len(form)):
                return form[:len(form) - e[0]] + e[1]
        return form

    words = {k: lemma for k, lemma in chosen.items() if guess(*k) != lemma}
    return words, rules, proper


def encode(words, rules, proper):
    string = lambda b: bytes([min(len(b), 255)]) + b[:255]
    out = [struct.pack("<I", len(words))]
    for k, lemma in sorted((x.encode() + b" " + f, l) for (x, f), l in words.items()):
        out += [string(k), string(lemma)]
    out.append(struct.pack("<I", len(rules)))
    for k, (cut, add) in sorted((x.encode() + b" " + f, e) for (x, f), e in rules.items()):
        out += [string(k), bytes([cut]), string(add)]
    out.append(struct.pack("<I", len(proper)))
    out += [string(t.encode()) for t in sorted(proper)]
    return b"".join(out)
