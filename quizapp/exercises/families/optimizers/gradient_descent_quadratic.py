"""Gradient descent on a quadratic form (Cauchy 1847; Boyd and Vandenberghe 2004, section 9.3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.optimizers._descent import (
    STEEPEST,
    STEP_SLIPS,
    along,
    bounded,
    check_run,
    confusable,
    iterate_work,
    next_iterate,
    step_count,
    unlike,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor

_FARTHEST = 20.0


def _gradients(A: Any, c: Any, iterates: Any, row: int) -> Any:
    return bounded(A @ iterates[row - 1] + c)


def _stale(A: Any, c: Any, iterates: Any, row: int) -> Any:
    return A @ iterates[0] + c


def _half(A: Any, c: Any, iterates: Any, row: int) -> Any:
    return bounded(A @ iterates[row - 1] / 2.0 + c)


def _diagonal_only(A: Any, c: Any, iterates: Any, row: int) -> Any:
    return bounded(np.diag(A) * iterates[row - 1] + c)


def _along(rule: Any, A: Any, c: Any, x0: Any, iterates: Any) -> Any:
    return along(lambda visited, row: rule(A, c, visited, row), x0, iterates)


def _shows(rule: Any) -> Any:
    """The condition that a mistaken gradient differs from the right one on the run."""

    def when(A: Any, c: Any, x0: Any, iterates: Any, gradients: Any) -> bool:
        return unlike(_along(rule, A, c, x0, iterates), gradients)

    return when


def _value(A: Any, c: Any, x: Any) -> float:
    return float(bounded(x @ A @ x / 2.0 + c @ x))


def _gradient_work(A: Any, c: Any, x0: Any, iterates: Any, value: Any) -> list[Work]:
    visited = [x0, *iterates]
    return [Work((k, i), f"{dot(A[i], visited[k])} + {factor(c[i])}") for k, i in entries(value)]


def _end_work(A: Any, c: Any, iterates: Any) -> list[Work]:
    x = iterates[-1]
    return [Work((), rf"\frac{{1}}{{2}} \cdot ({dot(x, A @ x)}) + {dot(c, x)}")]


def check(A: Any, eta: float, T: float) -> None:
    """A is symmetric: only then is A x + c the gradient. The run has a step and a rate."""
    if np.any(np.abs(A - A.T) > TIE):
        raise GivenError("'A' is not symmetric: a_ij and a_ji must be equal.", where="A")
    check_run(eta, T)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A diagonal form and one step; a form of two variables and two; of three variables and two."""
    n, steps = {1: (2, 1), 2: (2, 2), 3: (3, 2)}[level]
    sizes = (1.0, 2.0, 3.0) if level < 3 else (1.0, 1.5, 2.0)
    mixed = (0.0,) if level == 1 else (-1.0, 1.0) if level == 2 else (-0.5, 0.5, 1.0)
    upper = np.triu(rng.choice(mixed, size=(n, n)), 1)
    return {
        "A": upper + upper.T + np.diag(rng.choice(sizes, size=n)),
        "c": rng.choice((-2.0, -1.0, 0.0, 1.0, 2.0), size=n),
        "x0": rng.choice((-2.0, -1.0, 1.0, 2.0), size=n),
        "eta": float(rng.choice((0.1, 0.2, 0.25) if level < 3 else (0.1, 0.25, 0.5))),
        "T": steps,
    }


def avoid(A: Any, c: Any, x0: Any, gradients: Any, iterates: Any) -> str | None:
    """A start where nothing moves or half a gradient is right, steep places, a long way."""
    if np.all(np.abs(A @ x0 + c) <= TIE):
        return "a stationary start"
    if np.all(np.abs(A @ x0) <= TIE):
        return "no quadratic part at the start"
    if np.sum(np.abs(A @ iterates[-1] + c)) > STEEPEST:
        return "steep"
    mistakes = (_stale, _half, _diagonal_only)
    if confusable(gradients, *(_along(rule, A, c, x0, iterates) for rule in mistakes)):
        return "two mistakes give one number"
    return "far away" if np.any(np.abs(iterates) > _FARTHEST) else None


FAMILY = Family(
    id="gradient-descent-quadratic",
    topic="optimizers",
    title="Gradient descent on a quadratic form",
    task="Take T steps of gradient descent from the start; then give f at the last point.",
    sources=("hub", "ece493", "nc"),
    givens=(
        Given("A", "A", "symmetric matrix of the quadratic part", "n x n"),
        Given("c", "c", "linear part: f(x) = x·Ax/2 + c·x", "n"),
        Given("x0", "x_0", "the start", "n"),
        Given("eta", r"\eta", "learning rate"),
        Given("T", "T", "number of steps", kind="integer"),
    ),
    rows=step_count,
    steps=(
        Step(
            "gradients",
            "Gradient at the newest point",
            r"g_k = A x_{k-1} + c",
            _gradients,
            loop="iteration",
            work=_gradient_work,
        ),
        Step(
            "iterates",
            "Next point",
            r"x_k = x_{k-1} - \eta g_k",
            next_iterate,
            final=True,
            loop="iteration",
            before="x0",
            work=iterate_work,
        ),
        Step(
            "f_end",
            "Value at the last point",
            r"f(x_T) = \frac{1}{2} x_T^\top A x_T + c^\top x_T",
            lambda A, c, iterates: _value(A, c, iterates[-1]),
            work=_end_work,
        ),
    ),
    slips=(
        STEP_SLIPS[0],
        Slip(
            "stale-gradient",
            "gradients",
            _stale,
            "The gradient has to be taken at the newest point.",
            when=_shows(_stale),
        ),
        Slip(
            "half-gradient",
            "gradients",
            _half,
            "The derivative of x·Ax/2 is Ax; the 1/2 cancels.",
            when=_shows(_half),
        ),
        Slip(
            "diagonal-only",
            "gradients",
            _diagonal_only,
            "The mixed terms of A are missing: each component uses the whole row.",
            when=_shows(_diagonal_only),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("gradient-descent-index",),
    items=("nc-gradient", "nc-gd", "nc-gradient-direction"),
)
