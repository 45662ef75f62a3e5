"""What the network sees of a word. internal/nlp/neural/features.go says the same
in Go, and a test there holds the two together."""

QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "…": "...", "—": "--"})

MAX_SHAPE = 8  # letters of a shape
PREFIXES = (1, 2, 3)
SUFFIXES = (1, 2, 3, 4, 5)


def fnv(s):
    """FNV-1a, 32 bits, of the UTF-8 bytes of s."""
    h = 2166136261
    for b in s.encode("utf-8", "surrogatepass"):
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h


def fold(form):
    """The word in small letters with plain quotes and dashes. Letters are made
    small one by one, as Go does it."""
    out = []
    for c in form.translate(QUOTES):
        low = c.lower()
        out.append(low if len(low) == 1 else c)
    return "".join(out)


def zeroed(low):
    """The folded word with every digit as 0."""
    return "".join("0" if "0" <= c <= "9" else c for c in low)


def shape(form):
    """"Xx" for "Kabul", "X.X." for "U.N.", "dd" for "2031": runs longer than two
    count as two."""
    out = []
    for c in form.translate(QUOTES):
        if c.isupper() or c.istitle():
            k = "X"
        elif c.isalpha():
            k = "x"
        elif "0" <= c <= "9":
            k = "d"
        else:
            k = c
        if len(out) >= 2 and out[-1] == k and out[-2] == k:
            continue
        out.append(k)
        if len(out) == MAX_SHAPE:
            break
    return "".join(out)


def affixes(form):
    """The pieces of a word that have rows of their own."""
    low = zeroed(fold(form))
    out = ["h" + shape(form)]
    for n in PREFIXES:
        if len(low) > n:
            out.append("p" + low[:n])
    for n in SUFFIXES:
        if len(low) > n:
            out.append("s" + low[-n:])
    return out
