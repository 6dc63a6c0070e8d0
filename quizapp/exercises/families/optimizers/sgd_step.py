"""One step of minibatch gradient descent (Robbins and Monro 1951)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num, total

_OTHER = {"mean": "sum", "sum": "mean"}


def _combined(grads: Any, batch: str) -> Any:
    return grads.mean(axis=0) if batch == "mean" else grads.sum(axis=0)


def _combined_work(grads: Any, batch: str, value: Any) -> list[Work]:
    sums = [(at, total(grads[:, at[0]])) for at in entries(value)]
    if batch == "sum":
        return [Work(at, latex) for at, latex in sums]
    return [Work(at, frac(latex, str(len(grads)))) for at, latex in sums]


def _step_work(theta: Any, eta: float, g: Any, value: Any) -> list[Work]:
    return [
        Work(at, rf"{num(theta[at])} - {factor(eta)} \cdot {factor(g[at])}")
        for at in entries(value)
    ]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One parameter and two examples, then two and three, then three and four."""
    n, examples = {1: (1, 2), 2: (2, 3), 3: (3, 4)}[level]
    # Multiples of the batch size or halves keep the mean easy by hand.
    draw = {1: (-2.0, -1.0, 1.0, 2.0, 3.0, 4.0), 2: (-3.0, -1.5, 0.0, 1.5, 3.0, 6.0)}.get(
        level, (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)
    )
    return {
        "theta": rng.choice((-2.0, -1.0, 0.5, 1.0, 2.0, 3.0), size=n),
        "grads": rng.choice(draw, size=(examples, n)),
        "eta": float(rng.choice((0.1, 0.5) if level == 1 else (0.1, 0.2, 0.4))),
    }


def avoid(grads: Any, g: Any) -> str | None:
    """Batches without a direction, and batches whose examples all say the same."""
    if np.any(np.abs(g) <= TIE):
        return "a gradient of 0"
    return "equal rows" if np.all(grads == grads[0]) else None


def check(eta: float) -> None:
    """A learning rate is not negative."""
    if eta < 0:
        raise GivenError("'eta' is negative: a learning rate is at least 0.", where="eta")


def _other_reduction_shows(grads: Any) -> bool:
    return len(grads) > 1 and bool(np.any(np.abs(grads.sum(axis=0)) > TIE))


def _first_shows(grads: Any, g: Any) -> bool:
    return len(grads) > 1 and bool(np.any(np.abs(grads[0] - g) > TIE))


FAMILY = Family(
    id="sgd-step",
    topic="optimizers",
    title="One step from per-example gradients",
    task="Combine the gradients of the batch and take one step of gradient descent.",
    sources=("mcb", "ece493"),
    givens=(
        Given("theta", r"\theta", "parameters before the step", "n"),
        Given("grads", "G", "gradients, one example per row", "M x n"),
        Given("eta", r"\eta", "learning rate"),
    ),
    conventions={"batch": ("mean", "sum")},
    steps=(
        Step(
            "g",
            "Gradient of the batch",
            r"g = \frac{1}{M} \sum_m g_m \text{ (sum: without } \frac{1}{M} \text{)}",
            _combined,
            work=_combined_work,
            formula_for=Among(
                "batch", {"mean": r"g = \frac{1}{M} \sum_m g_m", "sum": r"g = \sum_m g_m"}
            ),
        ),
        Step(
            "theta_new",
            "Parameters after the step",
            r"\theta \leftarrow \theta - \eta g",
            lambda theta, eta, g: theta - eta * g,
            final=True,
            work=_step_work,
        ),
    ),
    slips=(
        Slip(
            "other-reduction",
            "g",
            lambda grads, batch: _combined(grads, _OTHER[batch]),
            "The gradients are combined the other way "
            "(sum instead of mean, or mean instead of sum).",
            when=_other_reduction_shows,
        ),
        Slip(
            "first-example-only",
            "g",
            lambda grads: grads[0],
            "Only the first example was used; the batch has more.",
            when=_first_shows,
        ),
        Slip(
            "ascent",
            "theta_new",
            lambda theta, eta, g: theta + eta * g,
            "The step goes against the gradient.",
        ),
        Slip(
            "eta-missing",
            "theta_new",
            lambda theta, g: theta - g,
            "The learning rate is missing.",
            when=lambda eta: abs(eta - 1.0) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("online-vs-minibatch-vs-fullbatch", "optimizer-step-described-as-sgd"),
)
