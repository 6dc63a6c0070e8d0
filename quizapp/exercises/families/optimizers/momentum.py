"""Gradient descent with momentum (Polyak 1964; the averaged form as in Kingma and Ba 2015)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.optimizers._descent import confusable
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num

_OTHER = {"heavy-ball": "ema", "ema": "heavy-ball"}


def _share(mu: float, momentum: str) -> float:
    """The factor in front of the gradient."""
    return 1.0 - mu if momentum == "ema" else 1.0


def _velocity(mu: float, grads: Any, v: Any, momentum: str, row: int) -> Any:
    return mu * v[row - 1] + _share(mu, momentum) * grads[row - 1]


def _old_velocity_forgotten(mu: float, grads: Any, momentum: str, row: int) -> Any:
    return _share(mu, momentum) * grads[row - 1]


def _velocity_work(v0: Any, mu: float, grads: Any, v: Any, momentum: str, value: Any) -> list[Work]:
    before = np.array([v0, *v])
    share = rf"(1 - {num(mu)}) \cdot " if momentum == "ema" else ""
    return [
        Work(at, rf"{num(mu)} \cdot {factor(before[at])} + {share}{factor(grads[at])}")
        for at in entries(value)
    ]


def _theta_work(theta0: Any, eta: float, v: Any, theta: Any, value: Any) -> list[Work]:
    before = np.array([theta0, *theta])
    return [
        Work(at, rf"{num(before[at])} - {factor(eta)} \cdot {factor(v[at])}")
        for at in entries(value)
    ]


def check(mu: float, eta: float) -> None:
    """Momentum lies in [0, 1), and a learning rate is not negative."""
    if not 0 <= mu < 1:
        raise GivenError("'mu' must be at least 0 and less than 1.", where="mu")
    if eta < 0:
        raise GivenError("'eta' is negative: a learning rate is at least 0.", where="eta")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One parameter and two steps; three steps in which the gradient turns; two parameters."""
    n, steps = {1: (1, 2), 2: (1, 3), 3: (2, 3)}[level]
    draw = (-2.0, -1.0, 1.0, 2.0, 3.0) if level == 1 else (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 4.0)
    return {
        "theta0": rng.choice((-2.0, -1.0, 0.0, 0.5, 1.0, 2.0), size=n),
        "v0": np.zeros(n) if level < 3 else rng.choice((-1.0, 0.0, 1.0), size=n),
        "mu": float(rng.choice((0.5, 0.9) if level == 1 else (0.5, 0.8, 0.9))),
        "eta": float(rng.choice((0.1, 0.2, 0.5))),
        "grads": rng.choice(draw, size=(steps, n)),
    }


def avoid(
    theta0: Any, v0: Any, mu: float, eta: float, grads: Any, v: Any, theta: Any, momentum: str
) -> str | None:
    """Steps without a gradient or a velocity, mistakes that coincide, gradients that never turn."""
    if np.any(np.abs(grads) <= TIE) or np.any(np.abs(v) <= TIE):
        return "a gradient or a velocity of 0"
    fresh = _share(mu, momentum) * grads
    if confusable(v, v - fresh + _share(mu, _OTHER[momentum]) * grads, fresh):
        return "two mistakes give one number"
    before = np.array([theta0, *theta[:-1]])
    if confusable(theta, before - eta * np.array([v0, *v[:-1]]), before + eta * v):
        return "two mistakes give one number"
    turns = np.any(np.diff(np.sign(grads), axis=0))
    return "no change of sign" if len(grads) > 2 and not turns else None


def _old_matters(mu: float, v0: Any, v: Any) -> bool:
    """Whether some step has an old velocity that counts."""
    return mu > TIE and bool(np.any(np.abs(np.array([v0, *v[:-1]])) > TIE))


def _velocity_changes(eta: float, v0: Any, v: Any) -> bool:
    return eta > TIE and bool(np.any(np.abs(np.diff(np.array([v0, *v]), axis=0)) > TIE))


FAMILY = Family(
    id="momentum",
    topic="optimizers",
    title="Gradient descent with momentum",
    task="Trace the velocity and the parameters over the steps, one row per step.",
    sources=("ece493",),
    givens=(
        Given("theta0", r"\theta_0", "parameters before the first step", "n"),
        Given("v0", "v_0", "start velocity, zeros unless stated", "n"),
        Given("mu", r"\mu", "momentum"),
        Given("eta", r"\eta", "learning rate"),
        Given("grads", "G", "the gradient of each step, one step per row", "T x n"),
    ),
    conventions={"momentum": ("heavy-ball", "ema")},
    rows=lambda grads: grads.shape[0],
    steps=(
        Step(
            "v",
            "Velocity",
            r"v_k = \mu v_{k-1} + g_k \text{ (ema: } (1 - \mu) g_k \text{)}",
            _velocity,
            loop="iteration",
            before="v0",
            work=_velocity_work,
            formula_for=Among(
                "momentum",
                {
                    "heavy-ball": r"v_k = \mu v_{k-1} + g_k",
                    "ema": r"v_k = \mu v_{k-1} + (1 - \mu) g_k",
                },
            ),
        ),
        Step(
            "theta",
            "Parameters",
            r"\theta_k = \theta_{k-1} - \eta v_k",
            lambda eta, v, theta, row: theta[row - 1] - eta * v[row],
            final=True,
            loop="iteration",
            before="theta0",
            work=_theta_work,
        ),
    ),
    slips=(
        Slip(
            "other-form",
            "v",
            lambda mu, grads, v, momentum, row: _velocity(mu, grads, v, _OTHER[momentum], row),
            "The factor (1 - μ) belongs to the other form of momentum.",
            when=lambda mu, grads: mu > TIE and bool(np.any(np.abs(grads) > TIE)),
        ),
        Slip(
            "momentum-forgotten",
            "v",
            _old_velocity_forgotten,
            "The old velocity is missing.",
            when=_old_matters,
        ),
        Slip(
            "old-velocity",
            "theta",
            lambda eta, v, theta, row: theta[row - 1] - eta * v[row - 1],
            "The step uses the NEW velocity.",
            when=_velocity_changes,
        ),
        Slip(
            "ascent",
            "theta",
            lambda eta, v, theta, row: theta[row - 1] + eta * v[row],
            "The step goes against the velocity of the gradients.",
            when=lambda eta, v: eta > TIE and bool(np.any(np.abs(v) > TIE)),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("momentum-form",),
    items=("dl-momentum", "dl-momentum-range", "hub-optimizer-variants"),
)
