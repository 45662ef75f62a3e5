"""The teacher: MPNet (Song et al. 2020) under the same heads as the model that is
shipped, fine-tuned on the same corpora. It labels the newswire sentences that
nobody has annotated, and the model learns from both (Hinton, Vinyals and Dean
2015). It is never shipped.

train.py calls it."""

import math
import os
import pickle
import random
import time

import numpy as np
import torch
from torch import nn

import corpus
import model as network

EPOCHS = 2
FROZEN = 4  # lower layers of MPNet that stay as they are, which saves a fifth of the time
RATE = 7e-5  # of MPNet's own weights
WORDS = 800  # of a batch
NEWSWIRE = 32_000  # sentences that it labels
TOP = 4  # alternatives kept of each decision


class Heads(network.Config):
    hidden = 256
    layers = 1
    arc = 256
    rel = 128
    extra = 768  # what MPNet says of a word


class Teacher(nn.Module):
    def __init__(self, folder, v):
        super().__init__()
        from tokenizers import Tokenizer  # needed only where a teacher is
        from transformers import MPNetModel

        self.bert = MPNetModel.from_pretrained(folder, add_pooling_layer=False, hidden_dropout_prob=0.0,
                                               attention_probs_dropout_prob=0.0)
        self.bert.embeddings.requires_grad_(False)
        self.bert.encoder.layer[:FROZEN].requires_grad_(False)
        self.mix = nn.Parameter(torch.zeros(self.bert.config.num_hidden_layers))
        self.net = network.Network(torch.from_numpy(v.matrix), torch.from_numpy(v.traits), len(v.words) + 1, len(v.affixes) + 1, len(v.tags), len(v.rels), Heads)
        torch.nn.init.xavier_uniform_(self.net.arc)
        self.pieces = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self.pieces.no_padding()
        self.pieces.no_truncation()
        self.begin, self.end, self.unknown, self.pad = (self.pieces.token_to_id(t) for t in ("<s>", "</s>", "[UNK]", "<pad>"))
        self.cache = {}

    def cut(self, form):
        got = self.cache.get(form)
        if got is None:
            got = self.pieces.encode(form, add_special_tokens=False).ids[:8] or [self.unknown]
            self.cache[form] = got
        return got

    def contextual(self, sentences):
        """What MPNet says of each word: time, sentence, dimension."""
        ids, first = [], []
        for s in sentences:
            row, at = [self.begin], []
            for f in s.forms:
                at.append((len(row), len(row) + len(self.cut(f))))
                row += self.cut(f)
                if len(row) > 500:  # words past the model's reach share the last place
                    row = row[:500]
                    at[-1] = (499, 500)
            ids.append(row + [self.end])
            first.append(at)
        B, L, T = len(ids), max(map(len, ids)), max(map(len, first))
        word, mask = np.full((B, L), self.pad, np.int64), np.zeros((B, L), np.int64)
        start, last = np.zeros((B, T), np.int64), np.zeros((B, T), np.int64)
        for b, row in enumerate(ids):
            word[b, :len(row)] = row
            mask[b, :len(row)] = 1
            for t, (i, j) in enumerate(first[b]):
                start[b, t], last[b, t] = min(i, 499), min(j, 500) - 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = self.bert(input_ids=torch.from_numpy(word), attention_mask=torch.from_numpy(mask), output_hidden_states=True)
        weights = torch.softmax(self.mix, 0)
        x = sum(w * h.float() for w, h in zip(weights, out.hidden_states[1:]))
        take = lambda at: x.gather(1, torch.from_numpy(at)[:, :, None].expand(B, T, x.shape[2]))
        return ((take(start) + take(last)) / 2).transpose(0, 1)


def train(v, parsed, names, dev, a, log):
    from train import batch, batches, losses, score

    torch.manual_seed(2)
    t = Teacher(a.teacher, v)
    slow = [w for w in t.bert.parameters() if w.requires_grad]
    fast = [w for w in t.net.parameters() if w.requires_grad] + [t.mix]
    adam = torch.optim.AdamW([dict(params=slow, lr=RATE, weight_decay=0.01), dict(params=fast, lr=2e-3, weight_decay=0)], betas=(0.9, 0.98), fused=True)
    top = [g["lr"] for g in adam.param_groups]
    per_epoch = len(batches(parsed, WORDS)) + len(batches(names, WORDS))
    steps, step, start = per_epoch * EPOCHS, 0, 0
    kept = os.path.join(a.work, "teacher.pt")
    if os.path.exists(kept):
        c = torch.load(kept, weights_only=False)
        t.load_state_dict(c["teacher"]); adam.load_state_dict(c["adam"]); start = c["epoch"]
        step = start * per_epoch
    for epoch in range(start, EPOCHS):
        rng = random.Random(100 + epoch)
        torch.manual_seed(100 + epoch)
        begin, total = time.time(), 0.0
        todo = batches([corpus.vary(s, rng) for s in parsed], WORDS, rng) + batches([corpus.vary(s, rng) for s in names], WORDS, rng)
        rng.shuffle(todo)
        t.train()
        for ss in todo:
            share = step / steps
            for g, lr in zip(adam.param_groups, top):
                g["lr"] = lr * min(1, (step + 1) / 150) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(share, 1))))
            b = batch(v, ss, rng)
            b["more"] = t.contextual(ss)
            loss = losses(t.net, b)
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(slow + fast, 5.0)
            adam.step()
            step += 1
            total += loss.item()
            if step % 20 == 0:
                print(f"  step {step} of {steps} loss {loss.item():.3f} {time.time() - begin:.0f}s", flush=True)
            if a.steps and step >= a.steps:
                return t
        torch.save(dict(teacher=t.state_dict(), adam=adam.state_dict(), epoch=epoch + 1), kept)
        t.eval()
        r = score(t.net, v, dev, t.contextual)
        log(f"teacher epoch {epoch + 1:2d}  loss {total / len(todo):.3f}  "
            + "  ".join(f"{k} UPOS {r[k][0]:.2f} UAS {r[k][1]:.2f} LAS {r[k][2]:.2f}" for k in ("ewt", "gum"))
            + f"  names {r['names']:.2f}  {time.time() - begin:.0f} s")
    return t


@torch.no_grad()
def label(t, v, sentences):
    """What the teacher says of each sentence, the likeliest TOP of every decision
    with their probabilities; names are the best sequence."""
    from train import batch, batches, viterbi

    t.eval()
    steps = t.net.steps.masked_fill(~t.net.ok, -1e4).numpy()
    begin, done = time.time(), 0
    for ss in batches(sentences, 1000):
        b = batch(v, ss)
        b["more"] = t.contextual(ss)
        x = t.net.encode(b)
        tags = torch.softmax(t.net.tag(x), -1).topk(TOP)
        arcs = t.net.arcs(x)
        inside = torch.arange(arcs.shape[2])[None] <= b["lengths"][:, None]
        arcs = torch.softmax(arcs.masked_fill(~inside[:, None, :], -1e4), -1)
        heads = arcs.topk(min(TOP, arcs.shape[2]))
        best = heads.indices[:, :, 0].T
        rels = torch.softmax(t.net.labels(x, best), -1).topk(TOP)
        names = t.net.names(x).numpy()
        for k, s in enumerate(ss):
            n = len(s.forms)
            pair = lambda ix, p: (ix[:n].numpy().astype(np.int16), p[:n].numpy().astype(np.float16))
            s.soft = (pair(tags.indices[:, k], tags.values[:, k]), pair(heads.indices[k], heads.values[k]), pair(rels.indices[:, k], rels.values[:, k]))
            if s.names is None:
                s.names = [1 << l for l in viterbi(names[:n, k], steps)]
            done += n
        if time.time() - begin > 60:
            print(f"  labelled {done} words", flush=True)
            begin = time.time()


def taught(v, parsed, names, dev, a, log):
    """The newswire sentences and those of names alone, labelled by the teacher."""
    kept = os.path.join(a.work, "taught.pickle")
    if not os.path.exists(kept):
        t = train(v, parsed, names, dev, a, log)
        newswire = [f for f in corpus.newswire(a.corpora) if len(f) <= 80]
        out = [corpus.Sentence(f) for f in random.Random(7).sample(newswire, NEWSWIRE)]
        out += [corpus.Sentence(s.forms, names=s.names) for s in names if len(s.forms) <= 80]
        label(t, v, out)
        with open(kept, "wb") as f:
            pickle.dump(out, f, protocol=pickle.HIGHEST_PROTOCOL)
    with open(kept, "rb") as f:
        return pickle.load(f)
