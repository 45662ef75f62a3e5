"""Writes a tiny untrained network and what PyTorch makes of some sentences with
it, to which internal/nlp/neural is held:

    python training/neural/reference.py internal/nlp/neural/testdata"""

import json
import os
import sys

import numpy as np
import torch

import corpus
import export
import features
import lemmas
import model as network
import train

SENTENCES = [
    "Mara Velin , the minister ’s deputy , said on 12 May 2031 that “ no one was hurt . ”",
    "QUAKE KILLS 36 IN ÓSLAND — U.N.",
    "fine …",
    "a b c d e f g h",
]


class Tiny(network.Config):
    glove, affix, hidden, layers, arc, rel = 20, 12, 16, 2, 16, 16


def main(folder):
    torch.manual_seed(3)
    sentences = []
    for text in SENTENCES:
        forms = text.split()
        n = len(forms)
        sentences.append(corpus.Sentence(forms, [("NOUN", "NN"), ("VERB", "VBD"), ("X", "FW")][:1] * n, list(forms),
                                         list(range(n)), ["root"] + ["dep", "obj", "nsubj"][:1] * (n - 1), [1] * n))
    rng = np.random.default_rng(5)
    words = sorted({features.fold(f) for s in sentences for f in s.forms[::2]})
    v = train.Vocabulary(sentences * 4, [], [], words, np.zeros((len(words), 100), np.float32), {})
    v.matrix = rng.normal(0, 0.5, (len(words) + 1, Tiny.glove)).astype(np.float32)
    v.matrix[0] = 0
    v.tags = {("NOUN", "NN"): 0, ("VERB", "VBD"): 1, ("X", "FW"): 2}
    v.rels = {"dep": 0, "nsubj": 1, "obj": 2, "root": 3}
    net = network.Network(torch.from_numpy(v.matrix), torch.from_numpy(v.traits), len(v.words) + 1, len(v.affixes) + 1, len(v.tags), len(v.rels), Tiny)
    with torch.no_grad():
        for w in net.parameters():
            if w is not net.delta.weight and w is not net.affix.weight:
                w.add_(torch.randn_like(w) * 0.3)
        net.delta.weight[1:].normal_(0, 0.3)
        net.affix.weight[1:].normal_(0, 0.2)
    net.eval()
    lemmas.wordnet = dict  # a large table is not what is tested
    os.makedirs(folder, exist_ok=True)
    export.write(os.path.join(folder, "tiny.bin"), net, v, sentences, "en-tiny", {}, Tiny)
    out = []
    with torch.no_grad():
        for s in sentences:
            b = train.batch(v, [s])
            x = net.encode(b)
            arcs = net.arcs(x)[0]
            steps = net.steps.masked_fill(~net.ok, -1e4).numpy()
            r3 = lambda t: [[round(float(y), 3) for y in row] for row in t]
            out.append(dict(
                forms=s.forms, shapes=[features.shape(f) for f in s.forms], folded=[features.fold(f) for f in s.forms],
                hashes=[[features.fnv(a) for a in features.affixes(f)] for f in s.forms],
                encoded=r3(x[:, 0]), begins=r3(net.begin(x)[:, 0]), tags=r3(net.tag(x)[:, 0]), arcs=r3(arcs),
                names=train.viterbi(net.names(x)[:, 0].numpy(), steps)))
    with open(os.path.join(folder, "tiny.json"), "w") as f:
        json.dump(out, f, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1])
