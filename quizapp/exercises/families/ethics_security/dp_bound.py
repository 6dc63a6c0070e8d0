"""The bound of (ε, δ) differential privacy (Dwork, McSherry, Nissim and Smith 2006)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

import math
from typing import Any

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import exp, frac, num


def _upper(factor: float, p: float, delta: float, line: Line = exact) -> float:
    return float(min(1.0, line(factor * p) + delta))


def _lower(factor: float, p: float, delta: float) -> float:
    return max(0.0, (p - delta) / factor)


def _slack_forgotten(factor: float, p: float) -> float:
    return min(1.0, factor * p)


def _added(p: float, epsilon: float, delta: float) -> float:
    return p + epsilon + delta


def _upper_work(factor: float, p: float, delta: float, value: float) -> list[Work]:
    if value >= 1.0:
        return [Work((), "1")]
    slack = f" + {num(delta)}" if delta else ""
    return [Work((), rf"{num(factor)} \cdot {num(p)}{slack}")]


def _lower_work(factor: float, p: float, delta: float) -> list[Work]:
    return [Work((), rf"\max(0, {frac(f'{num(p)} - {num(delta)}', num(factor))})")]


def check(epsilon: float, delta: float, p: float) -> None:
    """A budget is not negative; slack and p are probabilities."""
    if not 0 <= epsilon <= 700:
        raise GivenError("'epsilon' is a privacy budget from 0 to 700.", where="epsilon")
    if not 0 <= delta <= 1:
        raise GivenError("'delta' is a slack in probability: from 0 to 1.", where="delta")
    if not 0 <= p <= 1:
        raise GivenError("'p' is a probability: from 0 to 1.", where="p")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A budget of 1 without slack, then with slack, then a bound that is cut off at 1."""
    if level == 1:
        epsilon, delta = float(rng.choice((0.5, 1.0, 2.0))), 0.0
        p = float(rng.choice((0.01, 0.02, 0.05, 0.1)))
    elif level == 2:
        epsilon, delta = (float(rng.choice(v)) for v in ((0.1, 0.5, 1.0, 2.0), (0.01, 0.02, 0.05)))
        p = float(rng.choice((0.02, 0.05, 0.1, 0.2, 0.3)))
    else:
        epsilon, delta = (float(rng.choice(v)) for v in ((1.0, 2.0, 3.0), (0.0, 0.05, 0.1)))
        p = float(rng.choice((0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)))
    return {"epsilon": epsilon, "delta": delta, "p": p}


def avoid(epsilon: float, delta: float, p: float, factor: float) -> str | None:
    """No budget, nothing to bound, a bound that is 1 only just."""
    if p <= TIE or epsilon <= TIE:
        return "nothing to bound"
    if abs(p - delta) <= TIE:
        return "slack equal to p"
    return "a bound next to 1" if abs(factor * p + delta - 1.0) < 0.02 else None


FAMILY = Family(
    id="dp-bound",
    topic="ethics-security",
    title="Differential privacy bound on an output probability",
    task="A mechanism M is differentially private with this budget and slack, and p is the "
    "probability of an output in S on a neighbouring data set. Bound the probability of S on this "
    "data set from above and below.",
    sources=("ece493",),
    givens=(
        Given("epsilon", r"\varepsilon", "privacy budget"),
        Given("delta", r"\delta", "slack, 0 for pure differential privacy"),
        Given("p", "p", "Pr[M(D') in S] for the neighbouring data set D'"),
    ),
    decimals=4,
    steps=(
        Step(
            "factor",
            "Largest ratio of the probabilities",
            r"e^{\varepsilon}",
            lambda epsilon: math.exp(epsilon),
            work=lambda epsilon: [Work((), exp(epsilon))],
        ),
        Step(
            "upper",
            "Upper bound",
            r"\min(1, e^{\varepsilon} p + \delta)",
            _upper,
            final=True,
            work=_upper_work,
        ),
        Step(
            "lower",
            "Lower bound",
            r"\max\left(0, \frac{p - \delta}{e^{\varepsilon}}\right)",
            _lower,
            work=_lower_work,
        ),
    ),
    slips=(
        Slip(
            "linear-epsilon",
            "factor",
            lambda epsilon: 1.0 + epsilon,
            "The factor is e^ε; 1 + ε is only its approximation for tiny ε.",
            when=lambda epsilon, factor: abs(1.0 + epsilon - factor) > TIE,
        ),
        Slip(
            "factor-as-bound",
            "upper",
            lambda factor: factor,
            "e^ε bounds the RATIO of two probabilities; multiply it by p.",
            when=lambda factor, upper: abs(factor - upper) > TIE,
        ),
        Slip(
            "delta-forgotten",
            "upper",
            _slack_forgotten,
            "The slack δ is missing.",
            when=lambda factor, p, upper: abs(_slack_forgotten(factor, p) - upper) > TIE,
        ),
        Slip(
            "added",
            "upper",
            _added,
            "The bound multiplies p by e^ε; ε is not added to p.",
            when=lambda p, epsilon, delta, upper: abs(_added(p, epsilon, delta) - upper) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("differential-privacy-definition",),
    items=("dl-dp-guarantee",),
)
