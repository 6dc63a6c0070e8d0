"""Signal and crosstalk at trained patterns (Hertz, Krogh and Palmer 1991, section 2.2)."""

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
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor, frac, num


def _others(overlaps: Any) -> Any:
    """The overlaps without the diagonal, which belongs to the signal."""
    return overlaps * (1.0 - np.eye(len(overlaps)))


def _crosstalk(overlaps: Any, patterns: Any, hebb: str) -> Any:
    # x_q,i x_q,i = 1, so the term of j = i is x_p,i for each of the P - 1 other patterns.
    own = (len(patterns) - 1) * patterns
    return (_others(overlaps) @ patterns - own) / divisor(patterns, hebb)


def _self_terms_kept(overlaps: Any, patterns: Any, hebb: str) -> Any:
    return _others(overlaps) @ patterns / divisor(patterns, hebb)


def _own_pattern_kept(overlaps: Any, patterns: Any, hebb: str) -> Any:
    return (overlaps @ patterns - len(patterns) * patterns) / divisor(patterns, hebb)


def _stable(margins: Any, patterns: Any, tie: str) -> Any:
    return np.all(kept(margins, patterns, tie), axis=1)


def _signal_work(patterns: Any, hebb: str, value: Any) -> list[Work]:
    share = frac(f"{patterns.shape[1]} - 1", str(divisor(patterns, hebb)))
    return [Work(at, rf"{share} \cdot {factor(patterns[at])}") for at in entries(value)]


def _crosstalk_work(overlaps: Any, patterns: Any, hebb: str, value: Any) -> list[Work]:
    out = []
    for p, i in entries(value):
        terms = []
        for q in range(len(patterns)):
            if q != p:
                x, mine = factor(patterns[q, i]), factor(patterns[p, i])
                terms.append(rf"{x} \cdot ({num(overlaps[p, q])} - {x} \cdot {mine})")
        below = str(divisor(patterns, hebb))
        out.append(Work((p, i), frac(" + ".join(terms), below) if terms else "0"))
    return out


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One pattern of three to five units, two of four or five, three of four or five."""
    count = level
    neurons = int(rng.integers(3, 6)) if level == 1 else int(rng.integers(4, 6))
    return {"patterns": rng.choice((-1.0, 1.0), size=(count, neurons))}


def avoid(patterns: Any, stable: Any) -> str | None:
    """Equal, mirrored or constant patterns; three patterns that are all stable."""
    if alike(patterns):
        return "equal or mirrored patterns"
    if np.any(np.ptp(patterns, axis=1) == 0):
        return "a constant pattern"
    return "no unstable pattern" if len(patterns) > 2 and np.all(stable) else None


def _disturbed(crosstalk: Any) -> bool:
    return bool(np.any(np.abs(crosstalk) > TIE))


FAMILY = Family(
    id="hopfield-stability",
    topic="hopfield",
    title="Is each trained pattern a fixed point? Signal and crosstalk",
    task="Split the field at each trained pattern into signal and crosstalk; "
    "then say which patterns are stable.",
    sources=("nc", "hub"),
    givens=(Given("patterns", "X", "the trained patterns, one per row", "P x N", kind="sign"),),
    conventions={"hebb": ("per-neuron", "per-pattern"), "tie": ("plus", "keep", "minus")},
    steps=(
        Step(
            "overlaps",
            "Overlaps of the patterns",
            r"X X^\top",
            lambda patterns: patterns @ patterns.T,
            kind="integer",
            work=lambda patterns, value: [
                Work((p, q), dot(patterns[p], patterns[q])) for p, q in entries(value)
            ],
        ),
        Step(
            "signal",
            "Signal",
            r"s_{pi} = c (N - 1) x_{pi} \text{ with } c = \frac{1}{N} \text{ or } \frac{1}{P}",
            lambda patterns, hebb: (patterns.shape[1] - 1) / divisor(patterns, hebb) * patterns,
            work=_signal_work,
            formula_for=Among(
                "hebb",
                {
                    "per-neuron": r"s_{pi} = \frac{N - 1}{N} x_{pi}",
                    "per-pattern": r"s_{pi} = \frac{N - 1}{P} x_{pi}",
                },
            ),
        ),
        Step(
            "crosstalk",
            "Crosstalk of the other patterns",
            r"r_{pi} = c \sum_{k \ne p} x_{ki} (x_p \cdot x_k - x_{ki} x_{pi})",
            _crosstalk,
            work=_crosstalk_work,
            formula_for=Among(
                "hebb",
                {
                    "per-neuron": r"r_{pi} = "
                    r"\frac{1}{N} \sum_{k \ne p} x_{ki} (x_p \cdot x_k - x_{ki} x_{pi})",
                    "per-pattern": r"r_{pi} = "
                    r"\frac{1}{P} \sum_{k \ne p} x_{ki} (x_p \cdot x_k - x_{ki} x_{pi})",
                },
            ),
        ),
        Step(
            "fields",
            "Fields at the patterns",
            r"h_{pi} = s_{pi} + r_{pi}",
            lambda signal, crosstalk: signal + crosstalk,
            work=lambda signal, crosstalk: [
                Work(at, f"{num(signal[at])} + {factor(crosstalk[at])}") for at in entries(signal)
            ],
        ),
        Step(
            "margins",
            "Margins",
            r"x_{pi} h_{pi}",
            lambda fields, patterns: patterns * fields,
            work=lambda fields, patterns: [
                Work(at, rf"{factor(patterns[at])} \cdot {factor(fields[at])}")
                for at in entries(fields)
            ],
        ),
        Step(
            "stable",
            "Is the pattern stable?",
            r"x_{pi} h_{pi} > 0 \text{ for every } i",
            _stable,
            final=True,
            kind="boolean",
            formula_for=lambda tie: stays("h_{pi}", "x_{pi}", tie),
        ),
    ),
    slips=(
        Slip(
            "self-terms-kept",
            "crosstalk",
            _self_terms_kept,
            "No unit feeds itself (zero diagonal): its own term leaves every overlap.",
            when=lambda patterns: len(patterns) > 1,
        ),
        Slip(
            "signal-N",
            "signal",
            lambda patterns, hebb: patterns.shape[1] / divisor(patterns, hebb) * patterns,
            "The signal is c (N-1) x_i, not c N x_i: the unit does not feed itself.",
        ),
        Slip(
            "crosstalk-sign",
            "fields",
            lambda signal, crosstalk: signal - crosstalk,
            "Crosstalk is added to the signal; its own sign decides whether it helps.",
            when=_disturbed,
        ),
        Slip(
            "own-pattern-in-crosstalk",
            "crosstalk",
            _own_pattern_kept,
            "The crosstalk leaves out q = p; that term is the signal.",
            when=lambda patterns: patterns.shape[1] > 1,
        ),
        Slip(
            "crosstalk-ignored",
            "fields",
            lambda signal: signal,
            "With more than one pattern the other patterns disturb: Hebb training alone does not "
            "make a pattern stable.",
            when=_disturbed,
        ),
    ),
    make=make,
    check=check_patterns,
    avoid=avoid,
    tie=some_margin_is_zero,
    tie_rules=("tie",),
    discrepancies=(
        "stored-pattern-definition",
        "zero-weight-example-depends-on-tie-rule",
        "single-pattern-theorem-details",
        "stored-patterns-at-global-minimum",
        "hebbian-normalisation",
    ),
    items=("nc-hn-stable-def", "nc-hn-single-theorem", "nc-hn-multi-theorem", "hub-more-patterns"),
)
