"""Adam (Kingma and Ba 2015, algorithm 1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.optimizers._descent import confusable
from quizapp.exercises.families.optimizers._moments import (
    CORRECTED_STEPS,
    average,
    average_work,
    check_rates,
    divisor,
    plainly,
    row_count,
    scaled_step,
    squares,
    uncorrected_differs,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num

_APART = 0.05  # a mistake that moves no step by this share of the learning rate hardly shows


def _root_missing(m_hat: Any, v_hat: Any, eta: float, eps: float, row: int) -> Any:
    return eta * m_hat[row] / divisor(v_hat[row], eps)


def _theta_work(theta0: Any, step: Any, theta: Any, value: Any) -> list[Work]:
    before = np.array([theta0, *theta])
    return [Work(at, f"{num(before[at])} - {factor(step[at])}") for at in entries(value)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One step of one parameter; two steps; three steps of two parameters."""
    n, steps = {1: (1, 1), 2: (1, 2), 3: (2, 3)}[level]
    whole = (-4.0, -3.0, -2.0, 2.0, 3.0, 4.0)
    # A moment is divided by 1 - beta, which enlarges its rounding; after one step there is none.
    slow = (0.9, 0.99, 0.999) if level == 1 else (0.9,)
    return {
        "theta0": rng.choice((-2.0, -1.0, 0.0, 0.5, 1.0, 2.0), size=n),
        "grads": rng.choice(whole if level == 1 else (*whole, -1.0, 1.0), size=(steps, n)),
        "eta": float(rng.choice((0.1, 0.2, 0.5))),
        "beta1": float(rng.choice((0.5, 0.8, 0.9))),
        "beta2": float(rng.choice((0.75, 0.8, *slow))),
        "eps": float(rng.choice((0.0, 1e-8))),
    }


def _mistaken_steps(
    eta: float, eps: float, grads: Any, m: Any, v: Any, m_hat: Any, v_hat: Any
) -> list[Any]:
    return [eta * m / (np.sqrt(v) + eps), eta * grads, eta * m_hat / (v_hat + eps)]


def avoid(
    eta: float, eps: float, grads: Any, m: Any, v: Any, m_hat: Any, v_hat: Any, step: Any
) -> str | None:
    """Gradients for which a root or a square changes nothing; steps that mistakes share."""
    if np.all(np.abs(np.abs(grads) - 1.0) <= TIE):
        return "gradients of 1"
    if np.any(np.abs(m_hat) <= 0.05):
        return "a first moment near 0"
    mistaken = _mistaken_steps(eta, eps, grads, m, v, m_hat, v_hat)
    # In units of the learning rate, so that a step of 0.1 and one of 0.11 are told apart.
    if any(np.all(np.abs(other - step) < _APART * eta) for other in mistaken):
        return "a mistake that changes nothing"
    alike = confusable(step / eta, *(other / eta for other in mistaken))
    return "two mistakes give one number" if alike else None


def _moved(step: Any) -> bool:
    return bool(np.any(np.abs(step) > TIE))


FAMILY = Family(
    id="adam",
    topic="optimizers",
    title="Adam",
    task="Trace both moments, their corrections and the parameters, one row per step.",
    sources=("mcb", "ece493"),
    decimals=4,
    givens=(
        Given("theta0", r"\theta_0", "parameters before the first step", "n"),
        Given("grads", "G", "the gradient of each step, one step per row", "T x n"),
        Given("eta", r"\eta", "learning rate"),
        Given("beta1", r"\beta_1", "decay of the first moment"),
        Given("beta2", r"\beta_2", "decay of the second moment"),
        Given("eps", r"\varepsilon", "small number, added outside the root"),
    ),
    rows=row_count,
    steps=(
        Step(
            "m",
            "First moment",
            r"m_k = \beta_1 m_{k-1} + (1 - \beta_1) g_k",
            lambda grads, beta1, m, row: average(beta1, m, grads[row - 1], row),
            loop="iteration",
            work=lambda grads, beta1, value: average_work(beta1, value, plainly(grads), value),
        ),
        Step(
            "v",
            "Second moment",
            r"v_k = \beta_2 v_{k-1} + (1 - \beta_2) g_k^2",
            lambda grads, beta2, v, row: average(beta2, v, np.square(grads[row - 1]), row),
            loop="iteration",
            work=lambda grads, beta2, value: average_work(beta2, value, squares(grads), value),
        ),
        *CORRECTED_STEPS,
        Step(
            "theta",
            "Parameters",
            r"\theta_k = \theta_{k-1} - s_k",
            lambda step, theta, row: theta[row - 1] - step[row],
            final=True,
            loop="iteration",
            before="theta0",
            work=_theta_work,
        ),
    ),
    slips=(
        Slip(
            "no-bias-correction",
            "step",
            lambda m, v, eta, eps, row, line: scaled_step(eta, m[row], v[row], eps, line),
            "The bias correction is missing: use m̂ and v̂.",
            when=uncorrected_differs,
        ),
        Slip(
            "sgd-step",
            "step",
            lambda grads, eta, row: eta * grads[row - 1],
            "This is the plain gradient step; Adam divides by the root of the second moment.",
            when=lambda grads, eta, step: bool(np.any(np.abs(eta * grads - step) > TIE)),
        ),
        Slip(
            "root-missing",
            "step",
            _root_missing,
            "The square root of v̂ is missing.",
            when=lambda eta, eps, m_hat, v_hat, step: bool(
                np.all(v_hat + eps > 0) and np.any(np.abs(eta * m_hat / (v_hat + eps) - step) > TIE)
            ),
        ),
        Slip(
            "square-missing",
            "v",
            lambda grads, beta2, v, row: average(beta2, v, np.abs(grads[row - 1]), row),
            "The second moment collects SQUARED gradients.",
            when=lambda grads: bool(np.any(np.abs(np.square(grads) - np.abs(grads)) > TIE)),
        ),
        Slip(
            "betas-swapped",
            "m",
            lambda grads, beta2, m, row: average(beta2, m, grads[row - 1], row),
            "β₁ belongs to the first moment, β₂ to the second.",
            when=lambda beta1, beta2, grads: (
                abs(beta1 - beta2) > TIE and bool(np.any(np.abs(grads) > TIE))
            ),
        ),
        Slip(
            "ascent",
            "theta",
            lambda step, theta, row: theta[row - 1] + step[row],
            "The step is subtracted.",
            when=_moved,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check_rates,
    discrepancies=("optimizer-step-described-as-sgd", "adam-name"),
    items=(
        "dl-adam",
        "dl-adam-bias",
        "dl-adam-defaults",
        "pl-torch-adam",
        "hub-optimizer-variants",
    ),
)
