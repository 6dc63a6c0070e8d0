"""Oracles of entropies and divergences: sums over the outcomes that can happen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Values = dict[str, Any]
Givens = Mapping[str, Any]
Setting = Mapping[str, str]


def _expected(p: Iterable[float], q: Iterable[float], base: float = math.e) -> float:
    """The expected surprise at the outcomes of p of someone who believes in q."""
    return math.fsum(a * math.log(1.0 / b, base) for a, b in zip(p, q, strict=True) if a > 0)


def bernoulli_kl(g: Givens, _: Setting) -> Values:
    pairs = [((t, 1 - t), (z, 1 - z)) for t, z in zip(g["t"], g["z"], strict=True)]
    apart = [math.fsum(a * math.log(a / b) for a, b in zip(p, q, strict=True)) for p, q in pairs]
    return {
        "cross": [_expected(p, q) for p, q in pairs],
        "entropy": [_expected(p, p) for p, _q in pairs],
        "kl": apart,
        "total": math.fsum(apart),
    }


def entropy_kl(g: Givens, c: Setting) -> Values:
    p, q, base = g["p"], g["q"], 2.0 if c["log_base"] == "two" else math.e
    return {
        "entropy": _expected(p, p, base),
        "cross_entropy": _expected(p, q, base),
        "kl": math.fsum(a * math.log(a / b, base) for a, b in zip(p, q, strict=True) if a > 0),
    }


ORACLES: dict[str, Callable[[Givens, Setting], Values]] = {
    "bernoulli-kl": bernoulli_kl,
    "entropy-kl": entropy_kl,
}


def _draw_bernoulli(rng: Any, _: Setting) -> Values:
    n = int(rng.integers(1, 25))
    return {name: rng.uniform(0.001, 0.999, size=n).tolist() for name in ("t", "z")}


def _draw_entropy(rng: Any, _: Setting) -> Values:
    """Some outcomes of p never happen; q allows for all of them but the last."""
    size = int(rng.integers(2, 30))
    p, q = rng.dirichlet([0.7] * size), rng.dirichlet([2.0] * size)
    p[rng.random(size) < 0.2] = 0.0
    p[0] += 0.1
    if p[-1] == 0.0:
        q[-1] = 0.0
    return {"p": (p / p.sum()).tolist(), "q": (q / q.sum()).tolist()}


DRAWS: dict[str, Callable[[Any, Setting], Values]] = {
    "bernoulli-kl": _draw_bernoulli,
    "entropy-kl": _draw_entropy,
}
