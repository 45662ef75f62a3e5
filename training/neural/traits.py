"""What lists say of a word: that it is somebody's given name, the name of a town, a
word of a body's name. The lists are the program's own (internal/where/data,
internal/who/data) and the names of the United States census of 1990 (public domain,
as the package "names" carries them).

A trait is one number for the network, which learns a vector for each; the vectors are
added to the word's own, and the sum is what the model file holds. So lists cost the
program nothing. A word may have several traits: "Florence" is a given name, a surname
and a town."""

import os

import features

TRAITS = ["given", "given, rare", "surname", "surname, less common", "surname, rare", "leader", "city", "town",
          "begins a place", "within a place", "country", "division", "region", "demonym", "begins a body",
          "within a body", "acronym", "begins a group", "within a group", "within a party", "medium"]
CITY = 100_000  # inhabitants
COMMON, LESS = 2_000, 20_000  # ranks of surnames


def rows(root, name):
    with open(os.path.join(root, "internal", name), encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line and line[0] != "#":
                yield line.split("\t")


def census(name):
    import names  # the package of that name

    with open(os.path.join(os.path.dirname(names.__file__), name)) as f:
        return [line.split()[0].lower() for line in f]


def of_words(root):
    """The traits of each folded word, by their numbers."""
    out = {}

    def mark(word, trait):
        low = features.fold(word.strip())
        if len(low) > 1:
            out.setdefault(low, set()).add(TRAITS.index(trait))

    def place(name, alone):
        words = name.split()
        if len(words) == 1:
            mark(words[0], alone)
        for i, w in enumerate(words if len(words) > 1 else ()):
            if w[0].isupper():
                mark(w, "within a place" if i else "begins a place")

    def body(name, kind):
        words = name.replace("-", " ").split()
        if len(words) == 1 and name.isupper() or "." in name:
            mark(name, "acronym")
        for i, w in enumerate(words):
            if w[0].isupper():
                mark(w, f"within a {kind}" if i or kind == "party" else f"begins a {kind}")

    for given, *_ in rows(root, "who/data/given.tsv"):
        mark(given, "given")
    for part in ("dist.male.first", "dist.female.first"):
        for w in census(part):
            mark(w, "given, rare")
    for rank, w in enumerate(census("dist.all.last")):
        mark(w, "surname" if rank < COMMON else "surname, less common" if rank < LESS else "surname, rare")
    for name, *_ in rows(root, "who/data/leaders.tsv"):
        for w in name.split()[1:]:
            if w[0].isupper():
                mark(w, "leader")
    for r in rows(root, "where/data/cities.tsv"):
        for name in {r[1], r[2]} - {""}:
            place(name, "city" if int(r[-1] or 0) >= CITY else "town")
    for r in rows(root, "where/data/countries.tsv"):
        for name in [r[2]] + r[3].split("|"):
            if name:
                place(name, "country")
        for name in r[5].split("|"):
            mark(name, "demonym")
        if r[6]:
            place(r[6], "city")
    for r in rows(root, "where/data/admin1.tsv"):
        place(r[1], "division")
    for r in rows(root, "where/data/regions.tsv"):
        place(r[0], "region")
    for r in rows(root, "where/data/peoples.tsv"):
        for name in r[0].split("|"):
            mark(name, "demonym")
    for r in rows(root, "who/data/peoples.tsv"):
        for name in r[0].split(";"):
            mark(name, "demonym")
    for file, kind in (("bodies", "body"), ("groups", "group"), ("parties", "party"), ("media", "body")):
        for r in rows(root, f"who/data/{file}.tsv"):
            for name in [r[0]] + (r[1].split(";") if len(r) > 1 else []):
                if not (name := name.strip()):
                    continue
                body(name, kind)
                if file == "media" and " " not in name:
                    mark(name, "medium")
    return out
