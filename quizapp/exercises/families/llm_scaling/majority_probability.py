"""Probability that a majority of independent paths is right (Condorcet 1785)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, frac, num, total

_MOST_PATHS = 999  # binomial coefficients beyond it are no floats


def _range(n: float, needed: float) -> range:
    """The numbers of right paths from ``needed`` on; ValueError where there are none."""
    if needed != int(needed) or not 0 <= needed <= n:
        raise ValueError(f"{needed} of {n} paths cannot be right")
    return range(int(needed), int(n) + 1)


def _one_choice(n: float, p: float, k: int) -> float:
    return float(p**k * (1.0 - p) ** (n - k))


def _terms(n: float, p: float, needed: float) -> Any:
    return np.array([math.comb(int(n), k) * _one_choice(n, p, k) for k in _range(n, needed)])


def _without_binomials(n: float, p: float, needed: float) -> Any:
    return np.array([_one_choice(n, p, k) for k in _range(n, needed)])


def _terms_work(n: float, p: float, needed: float) -> list[Work]:
    out = []
    for at, k in enumerate(_range(n, needed)):
        right, wrong = f"{factor(p)}^{{{k}}}", f"(1 - {factor(p)})^{{{int(n) - k}}}"
        out.append(Work((at,), rf"{math.comb(int(n), k)} \cdot {right} \cdot {wrong}"))
    return out


def _differ(a: Any, b: Any) -> bool:
    return bool(np.any(np.abs(a - b) > TIE))


def check(n: float, p: float) -> None:
    """An odd number of paths has a majority; a probability is from 0 to 1."""
    if not 1 <= n <= _MOST_PATHS or n % 2 != 1:
        raise GivenError(f"'n' is an odd number from 1 to {_MOST_PATHS}.", where="n")
    if not 0 <= p <= 1:
        raise GivenError("'p' is a probability, from 0 to 1.", where="p")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three paths, five, seven."""
    tenths = rng.integers(3, 10) / 10
    twentieths = rng.integers(5, 19) / 20
    chance = tenths if level == 1 else twentieths
    return {"n": 1 + 2 * level, "p": float(chance)}


def avoid(p: float) -> str | None:
    """Paths that are right as often as wrong: the majority is, too."""
    return "symmetric" if abs(p - 0.5) <= TIE else None


FAMILY = Family(
    id="majority-probability",
    topic="llm-scaling",
    title="Probability that the majority is right",
    task="Compute the probability that the majority of the independent paths is right.",
    sources=("ece493",),
    givens=(
        Given("n", "n", "odd number of independent paths", kind="integer"),
        Given("p", "p", "probability that one path is right"),
    ),
    steps=(
        Step(
            "needed",
            "Right paths needed for a majority",
            r"m = \frac{n + 1}{2}",
            lambda n: (n + 1) / 2,
            kind="integer",
            work=lambda n: [Work((), frac(f"{num(n)} + 1", "2"))],
        ),
        Step(
            "terms",
            "Probabilities of m, m + 1, ..., n right paths",
            r"\binom{n}{k} p^k (1 - p)^{n - k}",
            _terms,
            work=_terms_work,
        ),
        Step(
            "probability",
            "Probability of a right majority",
            r"\sum_{k=m}^{n} \binom{n}{k} p^k (1 - p)^{n - k}",
            lambda terms: float(terms.sum()),
            final=True,
            work=lambda terms: [Work((), total(terms))],
        ),
    ),
    slips=(
        Slip(
            "exactly-half",
            "probability",
            lambda terms: float(terms[0]),
            "At least the needed number of right paths, not exactly that many: add the later "
            "terms.",
            when=lambda terms: abs(float(terms[1:].sum())) > TIE,
        ),
        Slip(
            "no-binomials",
            "terms",
            _without_binomials,
            "The binomial coefficients are missing: the right paths can be any of the n.",
            when=lambda n, p, needed, terms: _differ(_without_binomials(n, p, needed), terms),
        ),
        Slip(
            "one-too-few",
            "needed",
            lambda n: (n - 1) / 2,
            "A majority of n = 2m - 1 paths needs m right ones, one more than are wrong.",
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("dl-self-consistency",),
)
