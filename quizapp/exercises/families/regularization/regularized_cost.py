"""Mean loss, penalty and cost (Goodfellow, Bengio and Courville 2016, section 7.1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import factor, frac, num, total

_PENALTIES = {
    "l1": r"\lambda \|w\|_1",
    "lambda": r"\lambda \|w\|_2^2",
    "half-lambda": r"\frac{\lambda}{2} \|w\|_2^2",
}


def _absolute_sum(w: Any) -> float:
    return float(np.sum(np.abs(w)))


def _square_sum(w: Any, line: Line = exact) -> float:
    return float(np.sum(line(np.square(w))))


def _penalty(l1_norm: float, sq_norm: float, lam: float, norm: str, l2: str) -> float:
    if norm == "l1":
        return lam * l1_norm
    return lam * sq_norm / (2.0 if l2 == "half-lambda" else 1.0)


def _other_penalty(l1_norm: float, sq_norm: float, lam: float, norm: str, l2: str) -> float:
    return _penalty(l1_norm, sq_norm, lam, "l2" if norm == "l1" else "l1", l2)


def _without_factor(l1_norm: float, sq_norm: float, norm: str, l2: str) -> float:
    return _penalty(l1_norm, sq_norm, 1.0, norm, l2)


def _penalty_work(l1_norm: float, sq_norm: float, lam: float, norm: str, l2: str) -> list[Work]:
    size = l1_norm if norm == "l1" else sq_norm
    half = norm == "l2" and l2 == "half-lambda"
    strength = frac(num(lam), "2") if half else factor(lam)
    return [Work((), rf"{strength} \cdot {factor(size)}")]


def check(lam: float) -> None:
    """A penalty has a weight of at least 0."""
    if lam < 0:
        raise GivenError("'lam' is negative: a penalty has a weight of at least 0.", where="lam")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two losses and two weights, then three, then four losses."""
    count = level + 1
    return {
        "losses": rng.choice((0.2, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.5), size=count),
        "w": rng.choice((-3.0, -2.0, -1.5, -0.5, 0.5, 1.0, 2.0, 4.0), size=min(count, 3)),
        "lam": float(rng.choice((0.1, 0.5) if level == 1 else (0.01, 0.02, 0.05, 0.1, 0.2))),
        "norm": str(rng.choice(("l1", "l2"))),
    }


def avoid(losses: Any, w: Any, l1_norm: float, sq_norm: float, lam: float, l2: str) -> str | None:
    """Equal losses, no negative weight, and penalties that agree by chance."""
    if np.ptp(losses) <= TIE or np.all(w > 0):
        return "nothing to tell apart"
    shares = (l1_norm, sq_norm, sq_norm / 2.0)
    if min(abs(a - b) for k, a in enumerate(shares) for b in shares[:k]) * lam < 0.02:
        return "penalties that agree"
    return "norm 0 or 1" if sq_norm <= 1.0 + TIE else None


FAMILY = Family(
    id="regularized-cost",
    topic="regularization",
    title="Mean loss, penalty and cost",
    task="Average the losses of the examples, compute both norms of the weights, and add the "
    "stated penalty.",
    sources=("mcb", "ece493", "nc"),
    givens=(
        Given("losses", r"\ell_i", "losses of the examples", "N"),
        Given("w", "w", "weights", "n"),
        Given("lam", r"\lambda", "weight of the penalty"),
        Given(
            "norm",
            r"\mathrm{norm}",
            "l1 (sum of absolute values) or l2 (sum of squares)",
            kind="text",
            choices=("l1", "l2"),
        ),
    ),
    conventions={"l2": ("lambda", "half-lambda")},
    steps=(
        Step(
            "risk",
            "Mean loss (empirical risk)",
            r"\frac{1}{N} \sum_i \ell_i",
            lambda losses: float(np.mean(losses)),
            work=lambda losses: [Work((), frac(total(losses), str(len(losses))))],
        ),
        Step(
            "l1_norm",
            "Sum of absolute values",
            r"\|w\|_1 = \sum_i |w_i|",
            _absolute_sum,
            work=lambda w: [Work((), total(np.abs(w)))],
        ),
        Step(
            "sq_norm",
            "Sum of squares",
            r"\|w\|_2^2 = \sum_i w_i^2",
            _square_sum,
            work=lambda w: [Work((), " + ".join(f"{factor(x)}^{{2}}" for x in w))],
        ),
        Step(
            "penalty",
            "Penalty",
            r"\lambda \|w\|_1 \text{ or } \lambda \|w\|_2^2 \text{ (half-lambda: } "
            r"\frac{\lambda}{2} \|w\|_2^2 \text{)}",
            _penalty,
            work=_penalty_work,
            formula_for=lambda norm, l2: _PENALTIES["l1" if norm == "l1" else l2],
        ),
        Step(
            "cost",
            "Cost",
            r"\text{mean loss} + \text{penalty}",
            lambda risk, penalty: risk + penalty,
            final=True,
            work=lambda risk, penalty: [Work((), f"{num(risk)} + {factor(penalty)}")],
            formula_for=lambda norm, l2: (
                r"\frac{1}{N} \sum_i \ell_i + " + _PENALTIES["l1" if norm == "l1" else l2]
            ),
        ),
    ),
    slips=(
        Slip(
            "sum-for-mean",
            "risk",
            lambda losses: float(np.sum(losses)),
            "The losses are averaged: divide their sum by the number of examples.",
            when=lambda losses: len(losses) > 1 and abs(np.sum(losses)) > TIE,
        ),
        Slip(
            "absolute-missing",
            "l1_norm",
            lambda w: float(np.sum(w)),
            "The L1 norm adds up ABSOLUTE values.",
            when=lambda w: bool(np.any(w < -TIE)),
        ),
        Slip(
            "norm-not-squared",
            "sq_norm",
            lambda w, line: float(np.sqrt(line(np.sum(np.square(w))))),
            "The sum of squares has no root: the penalty uses the SQUARED norm.",
            when=lambda sq_norm: abs(sq_norm) > TIE and abs(sq_norm - 1.0) > TIE,
        ),
        Slip(
            "other-norm",
            "penalty",
            _other_penalty,
            "This is the penalty of the other norm: l1 adds absolute values, l2 adds squares.",
            when=lambda l1_norm, sq_norm, lam, norm, l2, penalty: (
                abs(_other_penalty(l1_norm, sq_norm, lam, norm, l2) - penalty) > TIE
            ),
        ),
        Slip(
            "lambda-forgotten",
            "penalty",
            _without_factor,
            "The penalty is weighted by λ; that factor is missing.",
            when=lambda lam, l1_norm: abs(lam - 1.0) > TIE and abs(l1_norm) > TIE,
        ),
        Slip(
            "penalty-left-out",
            "cost",
            lambda risk: risk,
            "This is the mean loss alone; the cost adds the penalty.",
            when=lambda penalty: abs(penalty) > TIE,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("loss-cost-risk-terms", "l2-lambda-vs-half-lambda"),
    items=("pl-empirical-risk", "pl-l1-l2", "dl-erm", "nc-cost", "nc-l1", "nc-l2"),
)
