"""Causal attention: no token sees later ones (Vaswani et al. 2017, section 3.2.3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, softmax
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, exp, frac, num

MOST_TOKENS = 1_000
_SMALLEST = 0.005  # a smaller weight nearly rounds to 0
_LARGEST = 4.0  # beyond it e^x has too few or too many digits for the hand


def _seen(visible: Any) -> Any:
    return np.abs(visible - 1.0) <= TIE


def masked_softmax(scaled: Any, visible: Any, line: Line = exact) -> Any:
    """Softmax of each row over its visible entries, 0 elsewhere; a row that sees nothing is 0."""
    seen = _seen(visible)
    largest = np.max(np.abs(scaled), where=seen, initial=0.0)
    if line is exact or largest > 30:
        top = np.max(scaled, axis=1, keepdims=True, where=seen, initial=-np.inf)
        e = np.exp(np.where(seen, scaled - np.where(np.isfinite(top), top, 0.0), -np.inf))
    else:
        e = np.where(seen, line(np.exp(np.where(seen, scaled, 0.0))), 0.0)
    sums = line(e.sum(axis=1, keepdims=True))
    return np.where(seen.any(axis=1, keepdims=True), e / np.where(sums == 0, 1.0, sums), 0.0)


def _score_work(Q: Any, K: Any, value: Any) -> list[Work]:
    return [Work((i, j), dot(Q[i], K[j])) for i, j in entries(value)]


def _scaled_work(scores: Any, K: Any) -> list[Work]:
    root = rf"\sqrt{{{K.shape[1]}}}"
    return [Work(at, frac(num(scores[at]), root)) for at in entries(scores)]


def _weights_work(scaled: Any, visible: Any) -> list[Work]:
    seen = _seen(visible)
    out = []
    for i, j in entries(scaled):
        below = " + ".join(exp(x) for x in scaled[i][seen[i]])
        out.append(Work((i, j), frac(exp(scaled[i, j]), below) if seen[i, j] else "0"))
    return out


def _output_work(weights: Any, V: Any, value: Any) -> list[Work]:
    return [Work((i, j), dot(weights[i], V[:, j])) for i, j in entries(value)]


def check(Q: Any) -> None:
    """There are no more tokens than n x n scores can be checked for."""
    if len(Q) > MOST_TOKENS:
        raise GivenError(
            f"'Q' has {len(Q)} tokens; at most {MOST_TOKENS} can be checked.", where="Q"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two tokens with one key column; three with one or four; three with two."""
    n, d_k = {1: (2, 1), 2: (3, int(rng.choice((1, 4)))), 3: (3, 2)}[level]
    draw = (-1, 0, 1) if d_k == 4 else (-2, -1, 0, 1, 2)
    return {
        "Q": rng.choice(draw, size=(n, d_k)),
        "K": rng.choice(draw, size=(n, d_k)),
        "V": rng.choice((-2, -1, 0, 1, 2, 3), size=(n, 1 if level == 1 else 2)),
    }


def avoid(scores: Any, scaled: Any, V: Any, weights: Any, visible: Any) -> str | None:
    """Equal visible scores in a row, equal values, numbers too large for the hand."""
    if any(np.ptp(row[: i + 1]) == 0 for i, row in enumerate(scores) if i > 0):
        return "equal visible scores in a row"
    if np.any(np.ptp(V, axis=0) == 0):
        return "equal values"
    if np.abs(scaled).max() > _LARGEST:
        return "large scores"
    return "saturated weights" if weights[_seen(visible)].min() < _SMALLEST else None


def _several(scores: Any) -> bool:
    return len(scores) > 1


FAMILY = Family(
    id="masked-attention",
    topic="attention-transformer",
    title="Causal (masked) attention",
    task="Compute the attention output when no token may see the tokens after it.",
    sources=("hub", "ece493"),
    givens=(
        Given("Q", "Q", "queries, one per row", "n x d_k"),
        Given("K", "K", "keys, one per row", "n x d_k"),
        Given("V", "V", "values, one per row", "n x d_v"),
    ),
    steps=(
        Step("scores", "Scores", r"QK^\top", lambda Q, K: Q @ K.T, work=_score_work),
        Step(
            "scaled",
            "Scaled scores",
            r"S = \frac{QK^\top}{\sqrt{d_k}}",
            lambda scores, K, line: scores / line(np.sqrt(K.shape[1])),
            work=_scaled_work,
        ),
        Step(
            "visible",
            "Mask (1 visible, 0 hidden)",
            r"m_{ij} = 1 \text{ for } j \le i, \; 0 \text{ for } j > i",
            lambda scores: np.tril(np.ones(scores.shape)),
            kind="integer",
        ),
        Step(
            "weights",
            "Attention weights",
            r"a_{ij} = \frac{m_{ij} e^{s_{ij}}}{\sum_k m_{ik} e^{s_{ik}}}",
            masked_softmax,
            work=_weights_work,
        ),
        Step(
            "output", "Output", "A V", lambda weights, V: weights @ V, final=True, work=_output_work
        ),
    ),
    slips=(
        Slip(
            "no-mask",
            "visible",
            lambda scores: np.ones(scores.shape),
            "The causal mask is missing: token i may not see tokens after i.",
            when=_several,
        ),
        Slip(
            "strictly-past",
            "visible",
            lambda scores: np.tril(np.ones(scores.shape), -1),
            "A token also sees itself; with the diagonal hidden the first row would be 0/0.",
        ),
        Slip(
            "future-only",
            "visible",
            lambda scores: np.triu(np.ones(scores.shape)),
            "The mask points the wrong way: the past is visible, the future hidden.",
            when=_several,
        ),
        Slip(
            "mask-after-softmax",
            "weights",
            lambda scaled, visible, line: line(softmax(scaled, line)) * visible,
            "Mask before the softmax, otherwise the visible weights no longer sum to 1.",
            when=_several,
        ),
        Slip(
            "zero-for-minus-infinity",
            "weights",
            lambda scaled, visible, line: softmax(np.where(_seen(visible), scaled, 0.0), line),
            "A hidden score is minus infinity, not 0: e^0 = 1 still gets weight.",
            when=_several,
        ),
        Slip(
            "no-scaling",
            "scaled",
            lambda scores: scores,
            "The division by √d_k is missing.",
            when=lambda scores, K: K.shape[1] > 1 and scores.any(),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("causal-mask-includes-self", "permutation-invariant-vs-equivariant"),
    items=("hub-causal-mask", "hub-bert-gpt"),
)
