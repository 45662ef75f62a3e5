"""Writes the model file that internal/nlp/neural reads: whole numbers of 8 bits
with a scale for each row, and a few numbers of 32 bits."""

import json
import struct
import zlib

import numpy as np

import features
import lemmas
import model as network

MAGIC = b"ONRECNN1"

CORPORA = [
    ("UD English-EWT 2.16, train", "CC BY-SA 4.0", "tags, lemmas, parse"),
    ("UD English-GUM 2.16, train, free genres", "CC BY 4.0; texts CC BY 2.5, CC BY 4.0, CC BY-SA 3.0", "tags, lemmas, parse, names"),
    ("UNER English-EWT, train", "CC BY-SA 4.0", "names"),
    ("WikiGold", "CC BY 4.0", "names"),
    ("CrossNER, train and dev", "MIT; texts CC BY-SA", "names"),
    ("RE3D", "public domain, OGL, CC BY, CC BY-SA", "names"),
    ("GMB newswire sentences", "public domain", "which words are worth a vector; what the teacher says of them"),
    ("all-mpnet-base-v2", "Apache-2.0", "first weights of the teacher"),
    ("GloVe 6B 100d", "PDDL 1.0", "vectors of words"),
    ("WordNet 3.0", "WordNet licence", "lemmas"),
    ("GeoNames and the program's lists of places, actors and names", "CC BY 4.0", "traits of words"),
    ("names of the United States census of 1990", "public domain", "traits of words"),
]


def quantise(m):
    """Rows of signed bytes and the scale of each."""
    scale = np.abs(m).max(1) / 127
    safe = np.where(scale > 0, scale, 1)
    return np.rint(m / safe[:, None]).astype(np.int8), scale.astype("<f4")


def table(words, rows, kind=""):
    """Words in the order of their rows (from 1)."""
    q, scale = quantise(rows[1:])
    hashes = np.array([features.fnv(kind + w) for w in words], dtype="<u4")
    assert len(hashes) == len(q)
    return struct.pack("<II", *q.shape) + hashes.tobytes() + scale.tobytes() + q.tobytes()


def matrix(weight, bias=None):
    out, inn = weight.shape
    pad = -out % 4
    weight = np.pad(weight, ((0, pad), (0, 0)))
    bias = np.pad(np.zeros(out, np.float32) if bias is None else bias, (0, pad))
    q, scale = quantise(weight)
    return struct.pack("<II", *q.shape) + scale.tobytes() + bias.astype("<f4").tobytes() + q.tobytes()


def floats(v):
    v = v.astype("<f4").ravel()
    return struct.pack("<I", len(v)) + v.tobytes()


def ordered(d):
    return sorted(d, key=d.get)


def write(path, net, v, parsed, name, dev, config=network.Config):
    w = {k: t.detach().numpy() for k, t in net.state_dict().items()}
    linear = lambda n: matrix(w[n + ".weight"], w.get(n + ".bias"))
    header = dict(
        name=name, licence="CC BY-SA 4.0", corpora=[dict(name=a, licence=b, use=c) for a, b, c in CORPORA], dev=dev,
        glove=config.glove, affix=config.affix, hidden=config.hidden, layers=config.layers, arc=config.arc, rel=config.rel, begins=True,
        tags=ordered(v.tags), rels=ordered(v.rels))
    head = json.dumps(header).encode()
    out = [struct.pack("<I", len(head)), head,
           table(ordered(v.glove), w["glove"] + w["traits"] @ w["trait.weight"].T), table(ordered(v.words), w["delta.weight"]), table(ordered(v.affixes), w["affix.weight"])]
    for k in range(config.layers):
        for way in ("forward_", "backward_"):
            p = f"{way}.{k}."
            out.append(matrix(w[p + "weight_ih_l0"], w[p + "bias_ih_l0"] + w[p + "bias_hh_l0"]))
            out.append(matrix(w[p + "weight_hh_l0"]))
    steps = np.where(w["ok"], w["steps"], -1e4)
    out += [linear("tag"), linear("begin"), linear("name_hidden"), linear("name"), floats(steps),
            linear("arc_dep"), linear("arc_head"), matrix(w["arc"].T), floats(w["arc_bias"]),
            linear("rel_dep"), linear("rel_head"), linear("rel"), floats(w["root"])]
    table_ = lemmas.encode(*lemmas.train(parsed))
    out += [struct.pack("<I", len(table_)), table_]
    body = b"".join(out)
    with open(path, "wb") as f:
        f.write(MAGIC + struct.pack("<II", len(body), zlib.crc32(body)) + body)
    return len(body)
