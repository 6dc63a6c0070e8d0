"""Mixture states of an odd number of patterns (Amit, Gutfreund and Sompolinsky 1985)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among, stays
from quizapp.exercises.families.hopfield._patterns import (
    alike,
    check_patterns,
    divisor,
    kept,
    some_margin_is_zero,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor, frac, num, total


def _mixture(sum: Any) -> Any:  # noqa: A002 - the name of the step
    return np.sign(sum)


def _fields(patterns: Any, mixture: Any, hebb: str) -> Any:
    """W applied to the mixture without W: each pattern times its overlap, less the diagonal P."""
    return (patterns.T @ (patterns @ mixture) - len(patterns) * mixture) / divisor(patterns, hebb)


def _with_diagonal(patterns: Any, mixture: Any, hebb: str) -> Any:
    return patterns.T @ (patterns @ mixture) / divisor(patterns, hebb)


def _fields_work(patterns: Any, mixture: Any, hebb: str, value: Any) -> list[Work]:
    out = []
    for (i,) in entries(value):
        others = [j for j in range(len(mixture)) if j != i] or [i]
        products = patterns[:, i] @ patterns[:, others] if others != [i] else np.zeros(1)
        written = dot(products, mixture[others])
        out.append(Work((i,), frac(written, str(divisor(patterns, hebb)))))
    return out


def check(patterns: Any) -> None:
    """The number of patterns is odd: then no entry of their sum is 0."""
    check_patterns(patterns)
    if len(patterns) % 2 == 0:
        raise GivenError(
            f"'patterns' has {len(patterns)} rows; an odd number is needed, so that no sum is 0.",
            where="patterns",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three patterns of four, five and six units."""
    return {"patterns": rng.choice((-1.0, 1.0), size=(3, level + 3))}


def avoid(patterns: Any, mixture: Any, energy: float) -> str | None:
    """Patterns that are alike, mixtures that are one of them, an energy of 0."""
    if alike(patterns):
        return "equal or mirrored patterns"
    if np.any(np.abs(patterns @ mixture) == patterns.shape[1]):
        return "the mixture is a pattern"
    return "an energy of 0" if abs(energy) <= TIE else None


FAMILY = Family(
    id="hopfield-mixture",
    topic="hopfield",
    title="Mixture state of an odd number of patterns",
    task="Form the mixture of the patterns; then say whether it is stable and give its energy.",
    sources=("hub",),
    givens=(
        Given("patterns", "X", "the patterns, one per row, an odd number", "P x N", kind="sign"),
    ),
    conventions={"hebb": ("per-neuron", "per-pattern"), "tie": ("plus", "keep", "minus")},
    steps=(
        Step(
            "sum",
            "Sum of the patterns",
            r"\sum_p x_p",
            lambda patterns: patterns.sum(axis=0),
            kind="integer",
            work=lambda patterns, value: [
                Work(at, total(patterns[:, at[0]])) for at in entries(value)
            ],
        ),
        Step(
            "mixture",  # real, so that a sum divided by P can be written with its decimals
            "Mixture state",
            r"y = \mathrm{sgn}\left(\sum_p x_p\right)",
            _mixture,
            work=lambda mixture: [Work(at, num(mixture[at])) for at in entries(mixture)],
        ),
        Step(
            "fields",
            "Fields at the mixture",
            r"h_i = c \sum_{j \ne i} \sum_p x_{pi} x_{pj} y_j "
            r"\text{ with } c = \frac{1}{N} \text{ or } \frac{1}{P}",
            _fields,
            work=_fields_work,
            formula_for=Among(
                "hebb",
                {
                    "per-neuron": r"h_i = \frac{1}{N} \sum_{j \ne i} \sum_p x_{pi} x_{pj} y_j",
                    "per-pattern": r"h_i = \frac{1}{P} \sum_{j \ne i} \sum_p x_{pi} x_{pj} y_j",
                },
            ),
        ),
        Step(
            "margins",
            "Margins",
            r"y_i h_i",
            lambda mixture, fields: mixture * fields,
            work=lambda mixture, fields: [
                Work(at, rf"{factor(mixture[at])} \cdot {factor(fields[at])}")
                for at in entries(fields)
            ],
        ),
        Step(
            "stable",
            "Is the mixture stable?",
            r"y_i h_i > 0 \text{ for every } i",
            lambda margins, mixture, tie: bool(np.all(kept(margins, mixture, tie))),
            final=True,
            kind="boolean",
            formula_for=lambda tie: stays("h_i", "y_i", tie),
        ),
        Step(
            "energy",
            "Energy of the mixture",
            r"E = -\frac{1}{2} \sum_i y_i h_i",
            lambda margins: -0.5 * float(np.sum(margins)),
            final=True,
            work=lambda margins: [Work((), rf"-\frac{{1}}{{2}} \cdot ({total(margins)})")],
        ),
    ),
    slips=(
        Slip(
            "average-for-sign",
            "mixture",
            lambda sum, patterns: sum / len(patterns),  # noqa: A006
            "A linear combination is not a state: the mixture is the sign of the sum.",
            when=lambda patterns: bool(np.any(patterns != patterns[0])),
        ),
        Slip(
            "diagonal-left",
            "fields",
            _with_diagonal,
            "The diagonal must be 0: a Hopfield unit has no connection to itself.",
        ),
        Slip(
            "no-half",
            "energy",
            lambda margins: -float(np.sum(margins)),
            "The factor 1/2 is missing in the energy.",
            when=lambda energy: abs(energy) > TIE,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    tie=some_margin_is_zero,
    tie_rules=("tie",),
    discrepancies=("stored-pattern-definition",),
    items=("hub-spurious-sources", "hub-more-patterns", "hub-parasitic-def"),
)
