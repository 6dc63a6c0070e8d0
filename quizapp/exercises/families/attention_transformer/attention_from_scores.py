"""Attention from a given score matrix, masked or not (Vaswani et al. 2017, section 3.2)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.attention_transformer._matrices import differ, product_work
from quizapp.exercises.families.attention_transformer.masked_attention import (
    MOST_TOKENS,
    masked_softmax,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, softmax
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import entries, exp, frac, num

_SMALLEST = 0.005  # a smaller weight nearly rounds to 0
_LARGEST = 4.0  # beyond it e^x has too few or too many digits for the hand


def _visible(scores: Any, mask: str) -> Any:
    seen = np.ones(scores.shape)
    return np.tril(seen) if mask == "causal" else seen


def _seen(visible: Any) -> Any:
    return np.abs(visible - 1.0) <= TIE


def _unmasked(scaled: Any, visible: Any, line: Line = exact) -> Any:
    return line(softmax(scaled, line)) * visible


def _column_softmax(scaled: Any, line: Line = exact) -> Any:
    return softmax(scaled, line, axis=0)


def _scores_kept(scaled: Any, visible: Any) -> Any:
    return scaled * visible


def _scaled_work(scores: Any, d_k: float) -> list[Work]:
    root = rf"\sqrt{{{num(d_k)}}}"
    return [Work(at, frac(num(scores[at]), root)) for at in entries(scores)]


def _weights_work(scaled: Any, visible: Any) -> list[Work]:
    seen = _seen(visible)
    out = []
    for i, j in entries(scaled):
        below = " + ".join(exp(x) for x in scaled[i][seen[i]])
        out.append(Work((i, j), frac(exp(scaled[i, j]), below) if seen[i, j] else "0"))
    return out


def check(scores: Any, d_k: float, mask: str) -> None:
    """A key has a width; a causal mask needs as many queries as keys."""
    if not d_k > 0:
        raise GivenError("'d_k' must be positive: it stands under a root.", where="d_k")
    if max(scores.shape) > MOST_TOKENS:
        raise GivenError(
            f"'scores' has more than {MOST_TOKENS} tokens; fewer can be checked.", where="scores"
        )
    if mask == "causal" and scores.shape[0] != scores.shape[1]:
        raise GivenError(
            "a causal mask needs as many rows as columns: one query and one key per token.",
            where="scores",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One query with three keys; two with three; three tokens that may not look ahead."""
    n = level
    return {
        "scores": rng.choice((-3, -2, -1, 0, 1, 2, 3, 4), size=(n, 3)),
        "d_k": int(rng.choice((1, 4) if level == 1 else (2, 4, 9))),
        "V": rng.choice((-2, -1, 0, 1, 2, 3), size=(3, 1 if level == 1 else 2)),
        "mask": "causal" if level == 3 else "none",
    }


def avoid(scores: Any, scaled: Any, visible: Any, weights: Any, V: Any) -> str | None:
    """Equal scores in a row, equal values, numbers too large for the hand."""
    seen = _seen(visible)
    if any(row[s].size > 1 and np.ptp(row[s]) == 0 for row, s in zip(scores, seen, strict=True)):
        return "equal scores in a row"
    if np.any(np.ptp(V, axis=0) == 0):
        return "equal values"
    if np.abs(scaled).max() > _LARGEST:
        return "large scores"
    return "saturated weights" if weights[seen].min() < _SMALLEST else None


def _scaling_matters(scores: Any, d_k: float) -> bool:
    return abs(d_k - 1.0) > TIE and bool(scores.any())


FAMILY = Family(
    id="attention-from-scores",
    topic="attention-transformer",
    title="Attention from a matrix of scores",
    task="Scale the scores, take the softmax of every row and average the values with it. With a "
    "causal mask, no token sees the tokens after it.",
    sources=("hub", "ece493"),
    givens=(
        Given("scores", "S", "raw scores QKᵀ, one query per row, one key per column", "n x m"),
        Given("d_k", "d_k", "width of a key; 1 if the scores are scaled already", kind="integer"),
        Given("V", "V", "values, one per row", "m x d_v"),
        Given(
            "mask",
            r"\mathrm{mask}",
            "none, or causal: nothing after the token itself is seen",
            kind="text",
            choices=("none", "causal"),
            default="none",
        ),
    ),
    steps=(
        Step(
            "scaled",
            "Scaled scores",
            r"\frac{S}{\sqrt{d_k}}",
            lambda scores, d_k, line: scores / line(np.sqrt(d_k)),
            work=_scaled_work,
        ),
        Step(
            "visible",
            "Mask (1 visible, 0 hidden)",
            r"m_{ij} = 1 \text{ for all } j \text{ (causal: for } j \le i \text{)}",
            _visible,
            kind="integer",
            formula_for=Among(
                "mask",
                {
                    "none": r"m_{ij} = 1 \text{ for all } j",
                    "causal": r"m_{ij} = 1 \text{ for } j \le i, \; 0 \text{ for } j > i",
                },
            ),
        ),
        Step(
            "weights",
            "Attention weights",
            r"a_{ij} = \frac{m_{ij} e^{s_{ij}}}{\sum_k m_{ik} e^{s_{ik}}}",
            masked_softmax,
            work=_weights_work,
            formula_for=Among(
                "mask",
                {
                    "none": r"a_{ij} = \frac{e^{s_{ij}}}{\sum_k e^{s_{ik}}}",
                    "causal": r"a_{ij} = \frac{m_{ij} e^{s_{ij}}}{\sum_k m_{ik} e^{s_{ik}}}",
                },
            ),
        ),
        Step(
            "output",
            "Output",
            "A V",
            lambda weights, V: weights @ V,
            final=True,
            work=lambda weights, V: product_work(weights, V),
        ),
    ),
    slips=(
        Slip(
            "no-scaling",
            "scaled",
            lambda scores: scores,
            "The division by √d_k is missing.",
            when=_scaling_matters,
        ),
        Slip(
            "divided-by-d_k",
            "scaled",
            lambda scores, d_k: scores / d_k,
            "The scores are divided by d_k; the divisor is its root, √d_k.",
            when=_scaling_matters,
        ),
        Slip(
            "no-mask",
            "visible",
            lambda scores: np.ones(scores.shape),
            "The causal mask is missing: token i may not see tokens after i.",
            when=lambda mask, scores: mask == "causal" and len(scores) > 1,
        ),
        Slip(
            "strictly-past",
            "visible",
            lambda scores: np.tril(np.ones(scores.shape), -1),
            "A token also sees itself; with the diagonal hidden the first row would be 0/0.",
            when=lambda mask: mask == "causal",
        ),
        Slip(
            "column-softmax",
            "weights",
            _column_softmax,
            "The softmax goes along each ROW (one query), not down a column.",
            when=lambda mask, scaled, weights: (
                mask == "none" and len(scaled) > 1 and differ(_column_softmax(scaled), weights)
            ),
        ),
        Slip(
            "no-softmax",
            "weights",
            _scores_kept,
            "The softmax is missing: weights are positive, and each row of them adds up to 1.",
            when=lambda scaled, visible, weights: differ(_scores_kept(scaled, visible), weights),
        ),
        Slip(
            "mask-after-softmax",
            "weights",
            _unmasked,
            "Mask before the softmax, otherwise the visible weights no longer sum to 1.",
            when=lambda mask, scaled, visible, weights: (
                mask == "causal" and differ(_unmasked(scaled, visible), weights)
            ),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("causal-mask-includes-self",),
    items=(
        "hub-attn-step2",
        "hub-attn-step3",
        "hub-attn-step4",
        "hub-fig-attention",
        "hub-scale-saturation",
        "hub-causal-mask",
        "dl-causal-mask",
    ),
)
