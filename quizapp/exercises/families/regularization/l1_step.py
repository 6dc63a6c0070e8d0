"""L1 penalty and a subgradient step with it (Tibshirani 1996, the lasso)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.regularization.l2_step import check
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num, total


def _signs(w: Any) -> Any:
    """-1, 0 or 1 for every weight."""
    return np.where(np.abs(w) <= TIE, 0.0, np.sign(w))


def _norm(w: Any) -> float:
    return float(np.sum(np.abs(w)))


def _squares(w: Any, line: Any) -> float:
    return float(np.sum(line(np.square(w))))


def _penalty_gradient(w: Any, lam: float) -> Any:
    return lam * _signs(w)


def _gradient_work(w: Any, lam: float) -> list[Work]:
    signs = _signs(w)
    return [Work(at, rf"{factor(lam)} \cdot {factor(signs[at])}") for at in entries(w)]


def _step_work(w: Any, g: Any, eta: float, penalty_grad: Any, value: Any) -> list[Work]:
    return [
        Work(at, rf"{num(w[at])} - {factor(eta)} \cdot ({num(g[at])} + {factor(penalty_grad[at])})")
        for at in entries(value)
    ]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One weight, then two such as (3, -4), then three of which one is 0."""
    w = rng.choice((-4.0, -3.0, -2.0, -1.5, 0.5, 1.5, 2.0, 3.0, 4.0), size=level)
    if level == 3:
        w[rng.integers(3)] = 0.0
    return {
        "w": w,
        "g": rng.choice((-2.0, -1.0, -0.5, 0.5, 1.0, 2.0), size=level),
        "loss": float(rng.choice((0.5, 1.0, 1.5, 2.0, 3.0))),
        "lam": float(rng.choice((0.1, 0.2, 0.5) if level == 1 else (0.1, 0.2, 0.4, 0.5))),
        "eta": float(rng.choice((0.1, 0.5) if level == 1 else (0.1, 0.2, 0.5))),
    }


def avoid(w: Any, lam: float) -> str | None:
    """No penalty, weights that equal their squares, two positive weights."""
    if lam <= TIE:
        return "no penalty"
    if np.all(np.abs(np.abs(w) * (np.abs(w) - 1.0)) <= TIE):
        return "all weights in {-1, 0, 1}"
    return "no negative weight" if len(w) == 2 and np.all(w > 0) else None


def _pulled(eta: float, penalty_grad: Any) -> bool:
    return abs(eta) > TIE and bool(np.any(np.abs(penalty_grad) > TIE))


def _same_pull(w: Any, lam: float) -> Any:
    return np.full(len(w), lam)


FAMILY = Family(
    id="l1-step",
    topic="regularization",
    title="L1 penalty and one subgradient step",
    task="Compute the penalized loss, then one subgradient step on it.",
    sources=("mcb", "ece493", "nc"),
    givens=(
        Given("w", "w", "weights before the step", "n"),
        Given("g", "g", "gradient of the unpenalized loss", "n"),
        Given("loss", "L", "unpenalized loss"),
        Given("lam", r"\lambda", "weight of the penalty"),
        Given("eta", r"\eta", "learning rate"),
    ),
    steps=(
        Step(
            "l1_norm",
            "L1 norm",
            r"\|w\|_1 = \sum_i |w_i|",
            _norm,
            work=lambda w: [Work((), total(np.abs(w)))],
        ),
        Step(
            "penalty",
            "Penalty",
            r"\lambda \|w\|_1",
            lambda l1_norm, lam: lam * l1_norm,
            work=lambda l1_norm, lam: [Work((), rf"{factor(lam)} \cdot {factor(l1_norm)}")],
        ),
        Step(
            "loss_reg",
            "Penalized loss",
            r"L + \lambda \|w\|_1",
            lambda loss, penalty: loss + penalty,
            final=True,
            work=lambda loss, penalty: [Work((), f"{num(loss)} + {factor(penalty)}")],
        ),
        Step(
            "penalty_grad",
            "Subgradient of the penalty",
            r"\lambda \, \sign(w), \; \sign(0) = 0",
            _penalty_gradient,
            work=_gradient_work,
        ),
        Step(
            "w_new",
            "Weights after the step",
            r"w \leftarrow w - \eta \, (g + \lambda \, \sign(w))",
            lambda w, g, eta, penalty_grad: w - eta * (g + penalty_grad),
            final=True,
            work=_step_work,
        ),
    ),
    slips=(
        Slip(
            "absolute-missing",
            "l1_norm",
            lambda w: float(np.sum(w)),
            "The absolute values are missing.",
            when=lambda w: bool(np.any(w < -TIE)),
        ),
        Slip(
            "squares",
            "l1_norm",
            _squares,
            "These are squares: that is the L2 penalty.",
            when=lambda w, l1_norm: abs(float(np.sum(np.square(w))) - l1_norm) > TIE,
        ),
        Slip(
            "sign-missing",
            "penalty_grad",
            _same_pull,
            "The subgradient carries the sign of each weight (and 0 at 0).",
            when=lambda w, lam: abs(lam) > TIE and bool(np.any(w <= TIE)),
        ),
        Slip(
            "proportional",
            "penalty_grad",
            lambda w, lam: lam * w,
            "The L1 pull has the same size for every weight; it is not proportional to the weight.",
            when=lambda w, lam, penalty_grad: bool(np.any(np.abs(lam * w - penalty_grad) > TIE)),
        ),
        Slip(
            "decay-forgotten",
            "w_new",
            lambda w, g, eta: w - eta * g,
            "The penalty is missing from the step.",
            when=_pulled,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("l2-lambda-vs-half-lambda",),
    items=("dl-l1", "nc-l1", "pl-l1-l2"),
)
