"""Hebbian weights of a Hopfield network (Hebb 1949; Hopfield 1982, equation 2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.substitution import dot, entries, frac, num

MOST_UNITS = 1_000


def _divisor(bipolar: Any, hebb: str) -> int:
    """What the sum of outer products is divided by: neurons or patterns."""
    patterns, neurons = bipolar.shape
    return int(neurons if hebb == "per-neuron" else patterns)


def _other_divisor(bipolar: Any, hebb: str) -> int:
    return _divisor(bipolar, "per-pattern" if hebb == "per-neuron" else "per-neuron")


def _bipolar(patterns: Any, coding: str) -> Any:
    return 2.0 * patterns - 1.0 if coding == "binary" else np.array(patterns)


def _weights(scaled: Any, hebb: str) -> Any:
    if hebb == "per-pattern":
        return scaled - np.eye(len(scaled))
    return scaled * (1.0 - np.eye(len(scaled)))


def _agreement_in_plus(bipolar: Any) -> Any:
    ones = (bipolar + 1.0) / 2.0
    return ones.T @ ones


def _bipolar_work(patterns: Any, coding: str) -> list[Work]:
    def written(x: Any) -> str:
        return rf"2 \cdot {num(x)} - 1" if coding == "binary" else num(x)

    return [Work(at, written(patterns[at])) for at in entries(patterns)]


def _outer_work(bipolar: Any, value: Any) -> list[Work]:
    return [Work((i, j), dot(bipolar[:, i], bipolar[:, j])) for i, j in entries(value)]


def _scaled_work(outer_sum: Any, bipolar: Any, hebb: str) -> list[Work]:
    below = num(_divisor(bipolar, hebb))
    return [Work(at, frac(num(outer_sum[at]), below)) for at in entries(outer_sum)]


def _weights_work(scaled: Any, hebb: str) -> list[Work]:
    def written(i: int, j: int) -> str:
        if i != j:
            return num(scaled[i, j])
        return f"{num(scaled[i, j])} - 1" if hebb == "per-pattern" else "0"

    return [Work((i, j), written(i, j)) for i, j in entries(scaled)]


def check(patterns: Any, coding: str) -> None:
    """Entries fit the coding, and the weight matrix is of a size that can be looked at."""
    allowed, names = ((0.0, 1.0), "0 or 1") if coding == "binary" else ((-1.0, 1.0), "-1 or +1")
    if not np.isin(patterns, allowed).all():
        raise GivenError(
            f"'patterns' must hold only {names} when 'coding' is {coding}.", where="patterns"
        )
    if patterns.shape[1] > MOST_UNITS:
        raise GivenError(
            f"'patterns' has {patterns.shape[1]} neurons; at most {MOST_UNITS} can be checked.",
            where="patterns",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One pattern of 3 or 4 neurons, two of 4, three of 5 in binary coding."""
    count, neurons = {1: (1, int(rng.integers(3, 5))), 2: (2, 4), 3: (3, 5)}[level]
    coding = "binary" if level == 3 else "bipolar"
    draw = (0.0, 1.0) if coding == "binary" else (-1.0, 1.0)
    return {"patterns": rng.choice(draw, size=(count, neurons)), "coding": coding}


def avoid(bipolar: Any, W: Any) -> str | None:
    """Constant, equal or mirrored patterns, and a matrix without weights."""
    if np.any(np.ptp(bipolar, axis=1) == 0):
        return "a constant pattern"
    overlaps = np.abs(bipolar @ bipolar.T)
    if np.any(np.triu(overlaps, 1) == bipolar.shape[1]):
        return "equal or mirrored patterns"
    return "no weights" if not (W - np.diag(np.diag(W))).any() else None


FAMILY = Family(
    id="hopfield-weights",
    topic="hopfield",
    title="Hebbian weight matrix of a Hopfield network",
    task="Compute the weight matrix that stores the patterns by the Hebb rule.",
    sources=("hub", "nc"),
    givens=(
        Given("patterns", "X", "the patterns to store, one per row", "P x N"),
        Given(
            "coding",
            r"\text{coding}",
            "how the patterns are written: bipolar (-1, +1) or binary (0, 1)",
            kind="text",
            choices=("bipolar", "binary"),
            default="bipolar",
        ),
    ),
    conventions={"hebb": ("per-neuron", "per-pattern")},
    steps=(
        Step(
            "bipolar",
            "Bipolar patterns",
            r"x = 2 u - 1 \text{ for } u \in \{0, 1\}",
            _bipolar,
            kind="sign",
            work=_bipolar_work,
            formula_for=Among("coding", {"bipolar": r"x = u", "binary": r"x = 2 u - 1"}),
        ),
        Step(
            "outer_sum",
            "Sum of outer products",
            r"\sum_p x_p x_p^\top",
            lambda bipolar: bipolar.T @ bipolar,
            kind="integer",
            work=_outer_work,
        ),
        Step(
            "scaled",
            "Sum with its factor",
            r"S = \frac{1}{N} \sum_p x_p x_p^\top \text{ or } \frac{1}{P} \sum_p x_p x_p^\top",
            lambda outer_sum, bipolar, hebb: outer_sum / _divisor(bipolar, hebb),
            work=_scaled_work,
            formula_for=Among(
                "hebb",
                {
                    "per-neuron": r"S = \frac{1}{N} \sum_p x_p x_p^\top",
                    "per-pattern": r"S = \frac{1}{P} \sum_p x_p x_p^\top",
                },
            ),
        ),
        Step(
            "W",
            "Weight matrix",
            r"W = S \text{ with } w_{ii} = 0, \text{ or } W = S - I",
            _weights,
            final=True,
            work=_weights_work,
            formula_for=Among(
                "hebb",
                {"per-neuron": r"W = S \text{ with } w_{ii} = 0", "per-pattern": r"W = S - I"},
            ),
        ),
    ),
    slips=(
        Slip(
            "diagonal-left",
            "W",
            lambda scaled: scaled,
            "The diagonal must be 0: a Hopfield unit has no connection to itself.",
        ),
        Slip(
            "other-factor",
            "scaled",
            lambda outer_sum, bipolar, hebb: outer_sum / _other_divisor(bipolar, hebb),
            "The factor belongs to the other course: 1/N (neurons) and 1/m (patterns) "
            "are mixed up.",
            when=lambda bipolar: bipolar.shape[0] != bipolar.shape[1],
        ),
        Slip(
            "no-factor",
            "scaled",
            lambda outer_sum: outer_sum,
            "The factor in front of the sum of outer products is missing.",
            when=lambda bipolar, hebb: _divisor(bipolar, hebb) != 1,
        ),
        Slip(
            "binary-untransformed",
            "bipolar",
            lambda patterns: patterns,
            "0/1 patterns must first become bipolar with y = 2x - 1.",
            when=lambda patterns, coding: coding == "binary" and not patterns.all(),
        ),
        Slip(
            "last-pattern-only",
            "outer_sum",
            lambda bipolar: np.outer(bipolar[-1], bipolar[-1]),
            "The outer products of all patterns are added; here the last one has overwritten "
            "the others.",
            when=lambda bipolar: len(bipolar) > 1,
        ),
        Slip(
            "agreement-in-plus-only",
            "outer_sum",
            _agreement_in_plus,
            "Two units that are both -1 also agree and strengthen the weight; the 0/1 Hebb product "
            "misses that.",
            when=lambda patterns, coding: coding == "bipolar" and bool((patterns < 0).any()),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=(
        "hebbian-normalisation",
        "zero-weight-example-depends-on-tie-rule",
        "binary-network-needs-threshold-shift",
        "hopfield-wij-wji-notation",
    ),
    items=("hub-hebb-rule", "hub-alg-hebb", "hub-hopfield-def", "hub-state-encodings"),
)
