"""Independent solvers of the contrastive losses: plain loops over pairs, from the definitions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

Givens = Mapping[str, Any]
Setting = Mapping[str, str]
Values = dict[str, Any]
Row = list[float]


def _cosine(a: Row, b: Row) -> float:
    inner = math.fsum(x * y for x, y in zip(a, b, strict=True))
    return inner / (math.hypot(*a) * math.hypot(*b))


def nt_xent(g: Givens, c: Setting) -> Values:
    views, tau = g["Z"], g["tau"]
    count = len(views)
    if c["pairs"] == "adjacent":
        order = [(k, k + 1) for k in range(1, count, 2)]
    else:
        order = [(k, k + count // 2) for k in range(1, count // 2 + 1)]
    partner = dict(order) | {b: a for a, b in order}
    sim = [[_cosine(a, b) for b in views] for a in views]
    below, losses = [], []
    for i in range(count):
        others = [k for k in range(count) if k != i]
        below.append(math.fsum(math.exp(sim[i][k] / tau) for k in others))
        at = sim[i][partner[i + 1] - 1] / tau
        # -ln of the softmax of the positive among the others
        losses.append(math.log(math.fsum(math.exp(sim[i][k] / tau - at) for k in others)))
    return {
        "sim": sim,
        "scaled": [[s / tau for s in row] for row in sim],
        "positives": [partner[i] for i in range(1, count + 1)],
        "denominators": below,
        "pair_losses": losses,
        "loss": math.fsum(losses) / count,
    }


def clip_loss(g: Givens, _: Setting) -> Values:
    images, texts, tau = g["images"], g["texts"], g["tau"]
    pairs = range(len(images))
    logits = [[_cosine(a, b) / tau for b in texts] for a in images]
    by_row = [math.log(math.fsum(math.exp(x - logits[i][i]) for x in logits[i])) for i in pairs]
    by_column = [
        math.log(math.fsum(math.exp(logits[k][i] - logits[i][i]) for k in pairs)) for i in pairs
    ]
    return {
        "image_unit": [[x / math.hypot(*row) for x in row] for row in images],
        "text_unit": [[x / math.hypot(*row) for x in row] for row in texts],
        "logits": logits,
        "image_losses": by_row,
        "text_losses": by_column,
        "loss": (math.fsum(by_row) / len(images) + math.fsum(by_column) / len(images)) / 2,
    }


ORACLES: dict[str, Callable[[Givens, Setting], Values]] = {
    "nt-xent": nt_xent,
    "clip-loss": clip_loss,
}


def _nt_xent(rng: Any, _: Setting) -> Values:
    pairs, width = (int(v) for v in rng.integers(1, 9, size=2))
    return {
        "Z": rng.normal(0.0, 3.0, size=(2 * pairs, width)).tolist(),
        "tau": float(rng.choice((0.05, 0.1, 0.5, 1.0, 7.0))),
    }


def _clip_loss(rng: Any, _: Setting) -> Values:
    pairs, width = (int(v) for v in rng.integers(1, 12, size=2))
    return {
        "images": rng.normal(0.0, 4.0, size=(pairs, width)).tolist(),
        "texts": rng.normal(0.0, 0.5, size=(pairs, width)).tolist(),
        "tau": float(rng.choice((0.01, 0.07, 0.5, 1.0, 7.0))),
    }


DRAWS: dict[str, Callable[[Any, Setting], Values]] = {
    "nt-xent": _nt_xent,
    "clip-loss": _clip_loss,
}
