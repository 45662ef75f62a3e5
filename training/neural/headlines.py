"""Invented headlines with their parses: the treebanks have almost none in which
a plural subject meets a verb that could be a noun ("Police arrest four after
market blast", "Troops attack rebel base")."""

from corpus import Sentence

SUBJECTS = {  # XPOS → words; the verb agrees
    "NNS": "police troops rebels gunmen ministers talks protesters lawmakers doctors workers militants prosecutors floods markets officials farmers soldiers voters firms teachers",
    "NN": "quake storm court minister blast fire army bank judge panel mayor port union group storm flood bomber president parliament airline",
}
VERBS = "arrest kill attack raid storm strike block fire back question plan order charge release warn shell target search seek free ban name face hit halt report promise protest rescue fear delay reject jail cut probe sue honour watch demand".split()
OBJECTS = {"CD": "four five nine 12 36 dozens hundreds".split(), "NNS": "suspects protesters workers rebels villages plans talks prisoners miners civilians vessels".split()}
MODIFIERS = "market border rebel bank hospital prison police army coal border street bus tax".split()
NOUNS = "blast attack raid strike protest clash crash fire vote report summit siege march collapse probe".split()
PREPOSITIONS = "after in before over during amid near".split()


def inflect(verb, tag):
    if tag == "VBZ":
        if verb.endswith("y") and verb[-2] not in "aeiou":
            return verb[:-1] + "ies"
        return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return verb


def invent(rng, n):
    out = []
    for _ in range(n):
        rows = []  # form, UPOS, XPOS, lemma, head, relation

        def add(form, upos, xpos, lemma, head, rel):
            rows.append([form, upos, xpos, lemma, head, rel])
            return len(rows)

        number = rng.choice(("NNS", "NNS", "NN"))
        subject = rng.choice(SUBJECTS[number].split())
        verb = rng.choice(VERBS)
        mod = rng.random() < 0.3
        at = 3 if mod else 2
        to = rng.random() < 0.2
        at += to
        if mod:
            m = rng.choice(MODIFIERS)
            add(m, "NOUN", "NN", m, 2, "compound")
        lemma = subject if number == "NN" or subject == "police" else subject[:-1] if subject != "gunmen" else "gunman"
        add(subject, "NOUN", number, lemma, at, "nsubj")
        if to:
            add("to", "PART", "TO", "to", at, "mark")
            tag = "VB"
        else:
            tag = "VBP" if number == "NNS" else "VBZ"
        add(inflect(verb, tag), "VERB", tag, verb, 0, "root")
        kind = rng.choice(("CD", "NNS", "NNS"))
        obj = rng.choice(OBJECTS[kind])
        if kind == "CD":
            if obj.endswith("s"):
                add(obj, "NOUN", "NNS", obj[:-1], at, "obj")
            elif rng.random() < 0.5:
                add(obj, "NUM", "CD", obj, at, "obj")
            else:
                add(obj, "NUM", "CD", obj, at + 2, "nummod")
                add("suspects", "NOUN", "NNS", "suspect", at, "obj")
        else:
            add(obj, "NOUN", "NNS", obj[:-1], at, "obj")
        if rng.random() < 0.7:
            p, noun = rng.choice(PREPOSITIONS), rng.choice(NOUNS)
            here = len(rows)
            if rng.random() < 0.5:
                add(p, "ADP", "IN", p, here + 3, "case")
                m = rng.choice(MODIFIERS)
                add(m, "NOUN", "NN", m, here + 3, "compound")
            else:
                add(p, "ADP", "IN", p, here + 2, "case")
            add(noun, "NOUN", "NN", noun, at, "obl")
        rows[0][0] = rows[0][0][0].upper() + rows[0][0][1:]
        f = list(zip(*rows))
        out.append(Sentence(list(f[0]), list(zip(f[1], f[2])), list(f[3]), list(f[4]), list(f[5])))
    return out
