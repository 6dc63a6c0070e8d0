"""Adam with weight decay: decoupled (Loshchilov and Hutter 2019) or as L2 in the gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.optimizers._moments import (
    CORRECTED_STEPS,
    average,
    average_work,
    check_rates,
    plainly,
    row_count,
    scaled_step,
    squares,
    uncorrected_differs,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num


def _with_decay(grads: Any, lam: float, theta: Any, row: int) -> Any:
    return grads[row - 1] + lam * theta[row - 1]


def _effective(grads: Any, lam: float, theta: Any, decay: str, row: int) -> Any:
    if decay == "decoupled":
        return np.array(grads[row - 1])
    return _with_decay(grads, lam, theta, row)


def _moved(theta: Any, step: Any, pull: float, row: int) -> Any:
    """The parameters less the step and a share of themselves."""
    return theta[row - 1] - step[row] - pull * theta[row - 1]


def _next(step: Any, eta: float, lam: float, theta: Any, decay: str, row: int) -> Any:
    return _moved(theta, step, eta * lam if decay == "decoupled" else 0.0, row)


def _effective_work(
    grads: Any, lam: float, theta0: Any, theta: Any, decay: str, value: Any
) -> list[Work]:
    before = np.array([theta0, *theta])
    tails = {
        at: "" if decay == "decoupled" else rf" + {factor(lam)} \cdot {factor(before[at])}"
        for at in entries(value)
    }
    return [Work(at, num(grads[at]) + tails[at]) for at in entries(value)]


def _theta_work(
    theta0: Any, step: Any, eta: float, lam: float, theta: Any, decay: str, value: Any
) -> list[Work]:
    before = np.array([theta0, *theta])
    out = []
    for at in entries(value):
        written = f"{num(before[at])} - {factor(step[at])}"
        if decay == "decoupled":
            written += rf" - {factor(eta)} \cdot {factor(lam)} \cdot {factor(before[at])}"
        out.append(Work(at, written))
    return out


def check(eta: float, beta1: float, beta2: float, eps: float, lam: float) -> None:
    """Rates as in Adam; the decay is not negative."""
    check_rates(eta, beta1, beta2, eps)
    if lam < 0:
        raise GivenError("'lam' is negative: a weight decay is at least 0.", where="lam")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One step of one parameter; two steps; two steps of two parameters."""
    n, steps = {1: (1, 1), 2: (1, 2), 3: (2, 2)}[level]
    # A moment is divided by 1 - beta, which enlarges its rounding: it is at least a tenth here.
    return {
        "theta0": rng.choice((-4.0, -2.0, -1.0, 1.0, 2.0, 4.0), size=n),
        "grads": rng.choice((-3.0, -2.0, -1.0, 1.0, 2.0, 3.0), size=(steps, n)),
        "eta": float(rng.choice((0.1, 0.2, 0.5))),
        "beta1": float(rng.choice((0.5, 0.8, 0.9))),
        "beta2": float(rng.choice((0.75, 0.8, 0.9))),
        # Later steps read the parameters: who cuts off would go on from 0.1999 for 0.2 / (1 + eps).
        "eps": 1e-8 if level == 1 else 0.0,
        "lam": float(rng.choice((0.1, 0.2, 0.5))),
    }


def avoid(grads: Any, lam: float, theta0: Any, theta: Any, m_hat: Any) -> str | None:
    """Parameters of 0, gradients that the decay cancels, steps that are lost in rounding."""
    before = np.array([theta0, *theta[:-1]])
    if np.any(np.abs(before) <= 0.05):
        return "a parameter near 0"
    if np.any(np.abs(grads + lam * before) <= 0.05):
        return "the decay cancels the gradient"
    return "a first moment near 0" if np.any(np.abs(m_hat) <= 0.05) else None


def _decays(lam: float, theta0: Any, theta: Any) -> bool:
    """Whether some parameter is pulled at all."""
    return lam > TIE and bool(np.any(np.abs(np.array([theta0, *theta[:-1]])) > TIE))


FAMILY = Family(
    id="adamw",
    topic="optimizers",
    title="Adam with weight decay",
    task="Trace the moments and the parameters with weight decay, one row per step.",
    sources=("ece493",),
    decimals=4,
    givens=(
        Given("theta0", r"\theta_0", "parameters before the first step", "n"),
        Given("grads", "G", "gradients without the decay, one step per row", "T x n"),
        Given("eta", r"\eta", "learning rate"),
        Given("beta1", r"\beta_1", "decay of the first moment"),
        Given("beta2", r"\beta_2", "decay of the second moment"),
        Given("eps", r"\varepsilon", "small number, added outside the root"),
        Given("lam", r"\lambda", "weight decay; the L2 term in the gradient is λθ"),
    ),
    conventions={"decay": ("decoupled", "l2")},
    rows=row_count,
    steps=(
        Step(
            "g_eff",
            "Gradient that the moments collect",
            r"\tilde{g}_k = g_k \text{ (l2: } g_k + \lambda \theta_{k-1} \text{)}",
            _effective,
            loop="iteration",
            work=_effective_work,
            formula_for=Among(
                "decay",
                {
                    "decoupled": r"\tilde{g}_k = g_k",
                    "l2": r"\tilde{g}_k = g_k + \lambda \theta_{k-1}",
                },
            ),
        ),
        Step(
            "m",
            "First moment",
            r"m_k = \beta_1 m_{k-1} + (1 - \beta_1) \tilde{g}_k",
            lambda g_eff, beta1, m, row: average(beta1, m, g_eff[row], row),
            loop="iteration",
            work=lambda g_eff, beta1, value: average_work(beta1, value, plainly(g_eff), value),
        ),
        Step(
            "v",
            "Second moment",
            r"v_k = \beta_2 v_{k-1} + (1 - \beta_2) \tilde{g}_k^2",
            lambda g_eff, beta2, v, row: average(beta2, v, np.square(g_eff[row]), row),
            loop="iteration",
            work=lambda g_eff, beta2, value: average_work(beta2, value, squares(g_eff), value),
        ),
        *CORRECTED_STEPS,
        Step(
            "theta",
            "Parameters",
            r"\theta_k = \theta_{k-1} - s_k - \eta \lambda \theta_{k-1} "
            r"\text{ (l2: without the last term)}",
            _next,
            final=True,
            loop="iteration",
            before="theta0",
            work=_theta_work,
            formula_for=Among(
                "decay",
                {
                    "decoupled": r"\theta_k = \theta_{k-1} - s_k - \eta \lambda \theta_{k-1}",
                    "l2": r"\theta_k = \theta_{k-1} - s_k",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "decay-not-decoupled",
            "g_eff",
            _with_decay,
            "AdamW keeps the decay out of the gradient; it is applied to the weights directly.",
            when=lambda lam, theta0, theta, decay: (
                decay == "decoupled" and _decays(lam, theta0, theta)
            ),
        ),
        Slip(
            "decay-forgotten",
            "g_eff",
            lambda grads, row: np.array(grads[row - 1]),
            "The decay term λθ is missing from the gradient.",
            when=lambda lam, theta0, theta, decay: decay == "l2" and _decays(lam, theta0, theta),
        ),
        Slip(
            "decay-without-eta",
            "theta",
            lambda step, lam, theta, row: _moved(theta, step, lam, row),
            "Here, as in PyTorch, the decoupled decay is scaled by the learning rate: ηλθ.",
            when=lambda lam, eta, theta0, theta, decay: (
                decay == "decoupled" and abs(eta - 1.0) > TIE and _decays(lam, theta0, theta)
            ),
        ),
        Slip(
            "decay-applied-twice",
            "theta",
            lambda step, eta, lam, theta, row: _moved(theta, step, eta * lam, row),
            "The decay is already inside the gradient here; it is not subtracted a second time.",
            when=lambda lam, eta, theta0, theta, decay: (
                decay == "l2" and eta > TIE and _decays(lam, theta0, theta)
            ),
        ),
        Slip(
            "no-bias-correction",
            "step",
            lambda m, v, eta, eps, row, line: scaled_step(eta, m[row], v[row], eps, line),
            "The bias correction is missing: use m̂ and v̂.",
            when=uncorrected_differs,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("weight-decay-equals-l2",),
    items=("dl-adamw", "dl-adam", "dl-adam-bias"),
)
