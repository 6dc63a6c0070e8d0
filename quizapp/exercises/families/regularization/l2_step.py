"""L2 penalty and a gradient step with it (Krogh and Hertz 1991, weight decay)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num

_OTHER = {"lambda": "half-lambda", "half-lambda": "lambda"}


def _penalty(sq_norm: float, lam: float, l2: str) -> float:
    return lam * sq_norm if l2 == "lambda" else lam * sq_norm / 2.0


def _penalty_grad(w: Any, lam: float, l2: str) -> Any:
    return 2.0 * lam * w if l2 == "lambda" else lam * w


def _norm_work(w: Any) -> list[Work]:
    return [Work((), " + ".join(f"{factor(x)}^{{2}}" for x in w))]


def _penalty_work(sq_norm: float, lam: float, l2: str) -> list[Work]:
    strength = factor(lam) if l2 == "lambda" else frac(num(lam), "2")
    return [Work((), rf"{strength} \cdot {factor(sq_norm)}")]


def _loss_work(loss: float, penalty: float) -> list[Work]:
    return [Work((), f"{num(loss)} + {factor(penalty)}")]


def _gradient_work(w: Any, lam: float, l2: str, value: Any) -> list[Work]:
    two = r"2 \cdot " if l2 == "lambda" else ""
    return [Work(at, rf"{two}{factor(lam)} \cdot {factor(w[at])}") for at in entries(value)]


def _step_work(w: Any, g: Any, eta: float, penalty_grad: Any, value: Any) -> list[Work]:
    return [
        Work(at, rf"{num(w[at])} - {factor(eta)} \cdot ({num(g[at])} + {factor(penalty_grad[at])})")
        for at in entries(value)
    ]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One weight, then two with an easy norm such as (3, -4), then three."""
    n = level
    if level == 2:
        w = rng.permutation((3.0, 4.0)) * rng.choice((-1.0, 1.0), size=2) * rng.choice((0.5, 1.0))
    else:
        w = rng.choice((-3.0, -2.0, -1.5, -1.0, 0.5, 1.0, 2.0, 3.0), size=n)
    return {
        "w": w,
        "g": rng.choice((-2.0, -1.0, -0.5, 0.5, 1.0, 2.0), size=n),
        "loss": float(rng.choice((0.5, 1.0, 1.5, 2.0, 3.0))),
        "lam": float(rng.choice((0.1, 0.2) if level == 1 else (0.1, 0.2, 0.4))),
        "eta": float(rng.choice((0.1, 0.5) if level == 1 else (0.1, 0.2, 0.5))),
    }


def avoid(sq_norm: float, lam: float) -> str | None:
    """No penalty at all, or a norm that equals its own square."""
    if lam <= TIE:
        return "no penalty"
    return "norm 0 or 1" if _norm_is_its_square(sq_norm) else None


def _norm_is_its_square(sq_norm: float) -> bool:
    return abs(sq_norm) <= TIE or abs(sq_norm - 1.0) <= TIE


def check(lam: float, eta: float) -> None:
    """A penalty weight and a learning rate are not negative."""
    if lam < 0:
        raise GivenError("'lam' is negative: a penalty has a weight of at least 0.", where="lam")
    if eta < 0:
        raise GivenError("'eta' is negative: a learning rate is at least 0.", where="eta")


def _penalized(sq_norm: float, lam: float) -> bool:
    return lam > TIE and sq_norm > TIE


FAMILY = Family(
    id="l2-step",
    topic="regularization",
    title="L2 penalty and one decayed gradient step",
    task="Compute the penalized loss, then one gradient step on it.",
    sources=("hub", "ece493", "nc"),
    givens=(
        Given("w", "w", "weights before the step", "n"),
        Given("g", "g", "gradient of the unpenalized loss", "n"),
        Given("loss", "L", "unpenalized loss"),
        Given("lam", r"\lambda", "weight of the penalty"),
        Given("eta", r"\eta", "learning rate"),
    ),
    conventions={"l2": ("lambda", "half-lambda")},
    steps=(
        Step(
            "sq_norm",
            "Squared norm",
            r"\|w\|^2 = \sum_i w_i^2",
            lambda w, line: float(np.sum(line(np.square(w)))),
            work=_norm_work,
        ),
        Step(
            "penalty",
            "Penalty",
            r"\lambda \|w\|^2 \text{ (half-lambda: } \frac{\lambda}{2} \|w\|^2 \text{)}",
            _penalty,
            work=_penalty_work,
            formula_for=Among(
                "l2", {"lambda": r"\lambda \|w\|^2", "half-lambda": r"\frac{\lambda}{2} \|w\|^2"}
            ),
        ),
        Step(
            "loss_reg",
            "Penalized loss",
            r"L + \text{penalty}",
            lambda loss, penalty: loss + penalty,
            final=True,
            work=_loss_work,
            formula_for=Among(
                "l2",
                {"lambda": r"L + \lambda \|w\|^2", "half-lambda": r"L + \frac{\lambda}{2} \|w\|^2"},
            ),
        ),
        Step(
            "penalty_grad",
            "Gradient of the penalty",
            r"2 \lambda w \text{ (half-lambda: } \lambda w \text{)}",
            _penalty_grad,
            work=_gradient_work,
            formula_for=Among("l2", {"lambda": r"2 \lambda w", "half-lambda": r"\lambda w"}),
        ),
        Step(
            "w_new",
            "Weights after the step",
            r"w \leftarrow w - \eta \, (g + \text{penalty gradient})",
            lambda w, g, eta, penalty_grad: w - eta * (g + penalty_grad),
            final=True,
            work=_step_work,
            formula_for=Among(
                "l2",
                {
                    "lambda": r"w \leftarrow w - \eta \, (g + 2 \lambda w)",
                    "half-lambda": r"w \leftarrow w - \eta \, (g + \lambda w)",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "norm-not-squared",
            "sq_norm",
            lambda w, line: float(np.sqrt(line(np.sum(np.square(w))))),
            "The penalty uses the SQUARED norm.",
            when=lambda sq_norm: not _norm_is_its_square(sq_norm),
        ),
        Slip(
            "other-half",
            "penalty",
            lambda sq_norm, lam, l2: _penalty(sq_norm, lam, _OTHER[l2]),
            "The factor 1/2 belongs to the other convention.",
            when=_penalized,
        ),
        Slip(
            "gradient-factor",
            "penalty_grad",
            lambda w, lam, l2: _penalty_grad(w, lam, _OTHER[l2]),
            "The gradient of the penalty has the wrong factor 2 for this convention.",
            when=_penalized,
        ),
        Slip(
            "decay-forgotten",
            "w_new",
            lambda w, g, eta: w - eta * g,
            "The decay term is missing from the step.",
            when=_penalized,
        ),
        Slip(
            "decay-added",
            "w_new",
            lambda w, g, eta, penalty_grad: w - eta * (g - penalty_grad),
            "The decay pulls the weights towards 0; its sign is wrong.",
            when=_penalized,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("l2-lambda-vs-half-lambda", "weight-decay-equals-l2", "loss-cost-risk-terms"),
    items=("hub-weight-decay-loss", "hub-sgd-l2"),
)
