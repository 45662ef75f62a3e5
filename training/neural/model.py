"""The network: one encoder, and heads for tags, parse and names."""

import torch
from torch import nn
import torch.nn.functional as F

NAMES = 9


class Config:
    glove = 100
    affix = 92
    hidden = 192  # of one direction
    layers = 3
    arc = 128
    rel = 96
    extra = 0  # numbers of a word that come from elsewhere: a teacher's


def allowed_steps():
    """ok[a][b]: label b may follow a; row NAMES is the beginning."""
    ok = torch.zeros(NAMES + 1, NAMES, dtype=torch.bool)
    for b in range(NAMES):
        for a in range(NAMES):
            ok[a][b] = b == 0 or b % 2 == 1 or a in (b, b - 1)
        ok[NAMES][b] = b == 0 or b % 2 == 1
    return ok


def lstm(rnn, x):
    """The layer's output. In training the products are of 16-bit floats, which some
    processors have twice as fast; the weights stay as they are."""
    if not rnn.training or torch.is_grad_enabled() is False:
        return rnn(x)[0]
    half = torch.bfloat16
    start = x.new_zeros(1, x.shape[1], rnn.hidden_size, dtype=half)
    weights = [w.to(half) for w in (rnn.weight_ih_l0, rnn.weight_hh_l0, rnn.bias_ih_l0, rnn.bias_hh_l0)]
    return torch._VF.lstm(x.to(half), (start, start), weights, True, 1, 0.0, True, False, False)[0].float()


def reverse(x, lengths):
    """Turns the words of each sentence round; x is time, sentence, dimension."""
    t = torch.arange(x.shape[0])[:, None]
    at = torch.where(t < lengths[None], lengths[None] - 1 - t, t)
    return x.gather(0, at[:, :, None].expand_as(x))


class Network(nn.Module):
    def __init__(self, glove, traits, words, affixes, tags, rels, c=Config):
        super().__init__()
        self.register_buffer("glove", glove)  # row 0 is of unknown words
        self.register_buffer("traits", traits)  # what lists say of the words of glove
        self.trait = nn.Linear(traits.shape[1], c.glove, bias=False)
        nn.init.normal_(self.trait.weight, std=0.05)
        self.delta = nn.Embedding(words, c.glove, padding_idx=0)
        nn.init.zeros_(self.delta.weight)
        self.affix = nn.EmbeddingBag(affixes, c.affix, mode="sum", padding_idx=0)
        nn.init.normal_(self.affix.weight, std=0.12)
        self.forward_, self.backward_ = nn.ModuleList(), nn.ModuleList()
        size = c.glove + c.affix + c.extra
        for _ in range(c.layers):
            for way in (self.forward_, self.backward_):
                rnn = nn.LSTM(size, c.hidden)
                nn.init.orthogonal_(rnn.weight_hh_l0)
                nn.init.zeros_(rnn.bias_hh_l0)
                rnn.bias_ih_l0.data.zero_()[c.hidden:2 * c.hidden] = 1
                rnn.bias_hh_l0.requires_grad_(False)
                way.append(rnn)
            size = 2 * c.hidden
        self.tag = nn.Linear(size, tags)
        # Whether a sentence begins here that no mark divides from the last; no teacher is asked.
        self.begin = None if c.extra else nn.Linear(size, 1)
        self.name_hidden = nn.Linear(size, 128)
        self.name = nn.Linear(128, NAMES)
        self.steps = nn.Parameter(torch.zeros(NAMES + 1, NAMES))
        self.register_buffer("ok", allowed_steps())
        self.root = nn.Parameter(torch.randn(size) * 0.1)
        self.arc_dep, self.arc_head = nn.Linear(size, c.arc), nn.Linear(size, c.arc)
        self.arc = nn.Parameter(torch.zeros(c.arc, c.arc))
        self.arc_bias = nn.Parameter(torch.zeros(c.arc))
        self.rel_dep, self.rel_head = nn.Linear(size, c.rel), nn.Linear(size, c.rel, bias=False)
        self.rel = nn.Linear(c.rel, rels)

    def encode(self, batch):
        """Returns the output of the last layer, time first."""
        lengths = batch["lengths"]
        T, B = batch["glove"].shape
        word = self.glove[batch["glove"]] + self.trait(self.traits[batch["glove"]]) + self.delta(batch["word"])
        affix = self.affix(batch["affix"].view(T * B, -1)).view(T, B, -1)
        x = torch.cat([word, affix] + ([batch["more"]] if "more" in batch else []), -1)
        x = F.dropout(x, 0.2, self.training)
        for f, b in zip(self.forward_, self.backward_):
            left = lstm(f, x)
            right = reverse(lstm(b, reverse(x, lengths)), lengths)
            x = torch.cat([left, right], -1)
            if self.training:
                x = x * (torch.rand(1, B, x.shape[2]) > 0.27).float() / 0.73
        return x

    def arcs(self, x):
        """Scores of heads: sentence, dependent, head; head 0 is the root."""
        T, B, D = x.shape
        h = torch.cat([self.root.expand(1, B, D), x])
        dep = self.drop(F.relu(self.arc_dep(x))).transpose(0, 1)
        head = self.drop(F.relu(self.arc_head(h))).transpose(0, 1)
        return dep @ self.arc @ head.transpose(1, 2) + (head @ self.arc_bias)[:, None, :]

    def drop(self, x):
        return F.dropout(x, 0.2, self.training)

    def labels(self, x, heads):
        """Scores of the relations to the given heads; time, sentence, relation."""
        T, B, D = x.shape
        h = self.rel_head(torch.cat([self.root.expand(1, B, D), x]))
        h = h.gather(0, heads[:, :, None].expand(T, B, h.shape[2]))
        return self.rel(self.drop(F.relu(self.rel_dep(x) + h)))

    def names(self, x):
        return self.name(self.drop(F.relu(self.name_hidden(x))))

    def name_loss(self, scores, sets, lengths):
        """Minus the log-probability of the sequences that agree with the
        annotation (Lafferty, McCallum and Pereira 2001, with open labels)."""
        steps = self.steps.masked_fill(~self.ok, -1e4)
        both = torch.stack([scores, scores.masked_fill(~sets, -1e4)])  # 2, time, sentence, label
        alpha = both[:, 0] + steps[NAMES]
        end = torch.where((lengths == 1)[None, :, None], alpha, torch.zeros(()))
        trans = steps[:NAMES]
        for t in range(1, scores.shape[0]):
            alpha = torch.logsumexp(alpha[..., None] + trans, 2) + both[:, t]
            end = torch.where((lengths == t + 1)[None, :, None], alpha, end)
        z = torch.logsumexp(end, -1)
        return (z[0] - z[1]).sum()
