"""Reads the corpora into sentences."""

import gzip
import os
import random
import re

LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
ANY = (1 << len(LABELS)) - 1


class Sentence:
    """A sentence; the layers that its corpus lacks are None."""

    __slots__ = ("forms", "tags", "lemmas", "heads", "rels", "names", "soft")

    def __init__(self, forms, tags=None, lemmas=None, heads=None, rels=None, names=None, soft=None):
        self.forms = forms
        self.tags = tags  # (UPOS, XPOS)
        self.lemmas = lemmas
        self.heads = heads  # from 1; 0 is the root
        self.rels = rels
        self.names = names  # for each word the labels that agree with the annotation, a bit each
        self.soft = soft  # what the teacher says of tags, heads and relations: likeliest first, with probabilities


class Joined(Sentence):
    """Several sentences that stand in one line without a mark between them; begins
    are the words that the later ones begin with."""

    __slots__ = ("begins",)

    def __init__(self, forms, begins):
        super().__init__(forms)
        self.begins = begins


STOPS = set(".!?…")


def joined(root):
    """Runs of two or three sentences of a paragraph of the treebanks, those first
    that end without a full stop and so are not cut by rule: "Call me | Regards, Ada"."""
    bare, marked = [], []

    def take(run):
        for i in range(len(run)):
            for k in (2, 3):
                part = run[i:i + k]
                if len(part) < k or sum(map(len, part)) > 80:
                    continue
                begins = [sum(map(len, part[:j])) for j in range(1, k)]
                loose = [s[-1][-1] not in STOPS and not (len(s) > 1 and s[-2][-1] in STOPS) for s in part[:-1]]
                (bare if all(loose) else marked).append(Joined([f for s in part for f in s], begins))

    for bank in ("EWT/en_ewt", "GUM/en_gum"):
        run, forms = [], []
        with open(os.path.join(root, f"ud/UD_English-{bank}-ud-train.conllu"), encoding="utf-8") as f:
            for line in f:
                if line.startswith(("# newdoc", "# newpar")):
                    take(run)
                    run = []
                elif line == "\n":
                    run.append(forms)
                    forms = []
                elif line[0] != "#":
                    c = line.split("\t", 2)
                    if c[0].isdigit():
                        forms.append(c[1])
        take(run)
    return bare, marked


def treebank(path, leave_out=()):
    """Sentences of a CoNLL-U file, without the documents whose names begin so."""
    out, rows, left = [], [], False
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line:
                if rows and not left:
                    out.append(Sentence(
                        [r[1] for r in rows], [(r[3], r[4]) for r in rows], [r[2] for r in rows],
                        [int(r[6]) for r in rows], [r[7] for r in rows], entity_names(rows)))
                rows = []
            elif line.startswith("# newdoc id = "):
                left = line[len("# newdoc id = "):].startswith(tuple(leave_out)) if leave_out else False
            elif line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    rows.append(c)
    return out


# GUM's entities take in titles, articles and what hangs on a name, and a country may be
# an organisation there, so only the names within them are taken and some labels stay open.
ENTITIES = {"person": (0,), "organization": (1, 2), "place": (2,)}


def entity_names(rows):
    """Label sets from the Entity marks of GUM; None where a sentence has none."""
    open_, spans, marked = [], [], False
    for i, r in enumerate(rows):
        for mark in re.findall(r"\(?[^()]+\)?|\)", dict(x.partition("=")[::2] for x in r[9].split("|")).get("Entity", "")):
            marked = True
            if mark.startswith("("):
                part = mark.strip("()").split("-")
                open_.append((part[0], i, part[1] if len(part) > 1 else ""))
            if mark.endswith(")"):
                name = mark.strip("()").split("-")[0]
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][0] == name:
                        spans.append((open_[k][1], i + 1, open_[k][2]))
                        del open_[k]
                        break
    if not marked:
        return None
    proper = [r[4] in ("NNP", "NNPS") for r in rows]
    out = [ANY if p else 1 for p in proper]
    taken = [False] * len(rows)
    for a, b, kind in sorted(spans, key=lambda x: x[0] - x[1]):
        heads = [i for i in range(a, b) if not a <= int(rows[i][6]) - 1 < b]
        if not heads or not proper[heads[0]] or any(taken[a:b]):
            continue
        i = j = heads[0]
        while i > a and proper[i - 1]:
            i -= 1
        while j + 1 < b and proper[j + 1]:
            j += 1
        for k in range(a, b):
            taken[k] = True
            if not i <= k <= j:
                out[k] = ANY
        kinds = ENTITIES.get(kind)
        for k in range(i, j + 1):
            if kinds is None:
                out[k] = 1 | 1 << 7 | 1 << 8
            else:
                out[k] = sum(1 << 2 * x + 1 | 1 << 2 * x + 2 for x in kinds) | (kind == "person" and k < j)
    return out


def label_sets(tags, kinds):
    """Kinds maps the corpus's types to an index among person, organisation,
    place, other; -1 for what is no name, -2 for what may be anything."""
    out, prev = [], None
    for t in tags:
        pos, _, kind = t.partition("-")
        k = kinds.get(kind, -1)
        if t == "O" or k == -1:
            out.append(1)
            prev = None
            continue
        if k == -2:
            out.append(ANY)
        elif pos == "I" and prev == kind:
            out.append(1 << (2 * k + 2))
        else:
            out.append(1 << (2 * k + 1))
        prev = kind
    return out


def columns(path, word, tag, kinds):
    out, forms, tags = [], [], []
    with open(path, encoding="utf-8") as f:
        for line in list(f) + ["\n"]:
            line = line.rstrip("\n")
            if not line.strip():
                if forms:
                    out.append(Sentence(forms, names=label_sets(tags, kinds)))
                forms, tags = [], []
            elif not line.startswith("# "):
                c = line.replace("\t", " ").split()
                if len(c) > max(word, tag):
                    forms.append(c[word])
                    tags.append(c[tag])
    return out


UNER = {"PER": 0, "ORG": 1, "LOC": 2, "OTH": 3}
GOLD = {"PER": 0, "ORG": 1, "LOC": 2, "MISC": 3}
# People and bodies of RE3D take in titles and plain nouns, so they decide nothing.
RE3D = {"Person": -2, "Organisation": -2, "Location": 2, "Nationality": 3, "MilitaryPlatform": -2, "Weapon": -2}
CROSS = {k: i for i, ks in enumerate((
    "person politician writer scientist musicalartist researcher",
    "organisation politicalparty university band",
    "location country",
    "misc event election award book album poem song magazine academicjournal conference",
)) for k in ks.split()} | {k: -2 for k in "astronomicalobject product programlang".split()}


def open_other(sentences):
    """The corpus marks people, bodies and places only: a word with a capital
    inside a sentence may also be part of another name."""
    for s in sentences:
        for i, n in enumerate(s.names):
            if i > 0 and n == 1 and "A" <= s.forms[i][0] <= "Z":
                s.names[i] = 1 | 1 << 7 | 1 << 8


def read(root, without_news=False):
    """The annotated sentences: those with a parse, those with names alone, and the
    development parts. Without the news of GUM, to measure on it."""
    at = lambda *p: os.path.join(root, *p)
    ewt = treebank(at("ud/UD_English-EWT/en_ewt-ud-train.conllu"))
    gum = treebank(at("ud/UD_English-GUM/en_gum-ud-train.conllu"), ("GUM_news",) if without_news else ())
    uner = columns(at("ner/UNER_English-EWT/en_ewt-ud-train.iob2"), 1, 2, UNER)
    open_other(uner)
    known = {tuple(s.forms): s.names for s in uner}
    used = set()
    for s in ewt:
        k = tuple(s.forms)
        if k in known:
            s.names = known[k]
            used.add(k)
    names = [s for s in uner if tuple(s.forms) not in used]
    names += columns(at("ner/wikigold/wikigold.conll.txt"), 0, 1, GOLD)
    for d in ("politics", "science", "literature", "music", "ai"):
        for part in ("train.txt", "dev.txt"):
            names += columns(at("ner/CrossNER", d, part), 0, 1, CROSS)
    for f in ("CENTCOM", "UK_Government", "US_State_Department", "Wikipedia", "Australian_Department_of_Foreign_Affairs"):
        names += columns(at("ner/re3d", f + ".conll"), 0, 1, RE3D)
    dev = {
        "ewt": treebank(at("ud/UD_English-EWT/en_ewt-ud-dev.conllu")),
        "gum": treebank(at("ud/UD_English-GUM/en_gum-ud-dev.conllu")),
        "names": columns(at("ner/UNER_English-EWT/en_ewt-ud-dev.iob2"), 1, 2, UNER),
    }
    return ewt + gum, names, dev


# The hyphen of these belongs to the word, in the treebanks and in isPrefix of
# internal/nlp/tokenise.go.
PREFIXES = set("""anti bi co counter de e ex extra inter intra mid mini multi neo non over pan post pre pro re semi sub super trans tri ultra un under""".split())


def newswire(root):
    """Newswire sentences that nobody annotated, cut as the treebanks cut: hyphens
    between words stand alone."""
    def cut(word):
        parts = re.split(r"(?<=[A-Za-z])(-)(?=[A-Za-z])", word)
        return [word] if parts[0].lower() in PREFIXES else parts

    with gzip.open(os.path.join(root, "text/gmb_voa_sentences.txt.gz"), "rt", encoding="utf-8") as f:
        return [[w for word in line.split() for w in cut(word)] for line in f]


def third(lemma):
    if lemma[-1:] == "y" and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def present(s, i):
    """The past-tense verb i in the present, with its tag; None without a subject."""
    for j, h in enumerate(s.heads):
        if h != i + 1 or not s.rels[j].startswith("nsubj"):
            continue
        many = s.tags[j][1] in ("NNS", "NNPS") or s.lemmas[j] in ("they", "we", "I", "you", "police", "people")
        many = many or any(g == j + 1 and r == "conj" for g, r in zip(s.heads, s.rels))
        lemma = s.lemmas[i]
        if lemma in ("be", "have"):
            return {"be": ("is", "are"), "have": ("has", "have")}[lemma][many], "VBP" if many else "VBZ"
        return (lemma, "VBP") if many else (third(lemma), "VBZ")
    return None


def headline(s):
    """The sentence as a headline would put it: in the present tense, without
    articles, without "be" before participles and adjectives, without a full stop,
    and "to" for "will" ("Quake kills four", "Port to close")."""
    n = len(s.forms)
    parents = set(s.heads)
    forms, tags, rels = list(s.forms), list(s.tags), list(s.rels)
    keep, changed = [], False
    for i in range(n):
        if tags[i][1] == "VBD" and rels[i] in ("root", "conj", "ccomp", "parataxis") and tags[i][0] == "VERB":
            now = present(s, i)
            if now:
                forms[i], tags[i], changed = now[0], (tags[i][0], now[1]), True
        elif s.forms[i] == "will" and rels[i] == "aux" and ("PART", "TO") != tags[i]:
            forms[i], tags[i], rels[i], changed = "to", ("PART", "TO"), "mark", True
        if i + 1 not in parents and (
            s.rels[i] == "det" and s.lemmas[i] in ("the", "a")
            or s.lemmas[i] == "be" and s.rels[i] in ("aux:pass", "cop") and s.tags[i][1] != "VB"
        ):
            continue
        keep.append(i)
    if forms[-1] == "." and n not in parents:
        keep = [i for i in keep if i + 1 < n]
    if len(keep) < 2 or len(keep) >= n - 1 and not changed:
        return None
    return pick(Sentence(forms, tags, s.lemmas, s.heads, rels, s.names), keep)


def pick(s, keep):
    """The words of s that are kept; nothing may hang on one that is not."""
    new = {0: 0} | {old + 1: k + 1 for k, old in enumerate(keep)}
    sub = lambda xs: [xs[i] for i in keep]
    forms = sub(s.forms)
    forms[0] = forms[0][:1].upper() + forms[0][1:]
    heads = None
    if s.heads is not None:
        heads = [new[s.heads[i]] for i in keep]
    return Sentence(forms, s.tags and sub(s.tags), s.lemmas and sub(s.lemmas), heads, s.rels and sub(s.rels),
                    s.names and sub(s.names))  # what a teacher said holds of the whole sentence only


SMALL = set("a an the and or but of in on at to by for from with as is are was were be it its his her their".split())


def vary(s, rng: random.Random, pool=None):
    """Sometimes another spelling of the sentence: the treebanks have few lines in
    title case, in capitals or without capitals, and few headlines. With a pool, other
    names too."""
    if pool is not None and s.names is not None and not isinstance(s, Joined):
        forms = pool.swap(s, rng)
        if forms is not s.forms:
            s = Sentence(forms, s.tags, s.lemmas, s.heads, s.rels, s.names, s.soft)
    r = rng.random()
    if r < 0.12 and s.heads is not None and 4 <= len(s.forms) <= 30:
        s = headline(s) or s
    n = len(s.forms)
    if isinstance(s, Joined):
        return s
    if n > 2 and s.forms[-1] == "." and s.soft is None and n not in (s.heads or ()) and rng.random() < 0.08:
        s = pick(s, range(n - 1))
    r = rng.random()
    if r < 0.06:
        small = rng.random() < 0.6
        forms = [f if i and small and f.lower() in SMALL else f[:1].upper() + f[1:] for i, f in enumerate(s.forms)]
    elif r < 0.09:
        forms = [f.upper() for f in s.forms]
    elif r < 0.11:
        forms = [f.lower() for f in s.forms]
    else:
        return s
    return Sentence(forms, s.tags, s.lemmas, s.heads, s.rels, s.names, s.soft)
