"""Gradient descent on a polynomial of one variable (Cauchy 1847)."""

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
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num

_FARTHEST = 10.0  # beyond it the powers are no work for the hand


def _value(coeffs: Any, x: float) -> float:
    """The polynomial at x, by Horner's scheme."""
    out = 0.0
    for c in reversed(list(coeffs)):
        out = out * x + float(c)
    return float(bounded(out))


def _derivative(coeffs: Any) -> list[float]:
    """The coefficients of the derivative."""
    return [j * float(c) for j, c in enumerate(coeffs)][1:]


def _gradients(coeffs: Any, iterates: Any, row: int) -> float:
    return _value(_derivative(coeffs), iterates[row - 1])


def _stale(coeffs: Any, iterates: Any, row: int) -> float:
    return _value(_derivative(coeffs), iterates[0])


def _power_factor_missing(coeffs: Any, iterates: Any, row: int) -> float:
    return _value(coeffs[1:], iterates[row - 1])


def _value_for_gradient(coeffs: Any, iterates: Any, row: int) -> float:
    return _value(coeffs, iterates[row - 1])


def _along(rule: Any, coeffs: Any, x0: float, iterates: Any) -> Any:
    return along(lambda visited, row: rule(coeffs, visited, row), x0, iterates)


def _shows(rule: Any) -> Any:
    """The condition that a mistaken gradient differs from the right one on the run."""

    def when(coeffs: Any, x0: float, iterates: Any, gradients: Any) -> bool:
        return unlike(_along(rule, coeffs, x0, iterates), gradients)

    return when


def _power(x: float, exponent: int) -> str:
    """A power with its base in digits; nothing for an exponent of 0."""
    written = factor(x) if "cdot" not in num(x) else f"({num(x)})"
    return written if exponent == 1 else rf"{written}^{{{exponent}}}"


def _gradient_work(coeffs: Any, x0: float, iterates: Any, value: Any) -> list[Work]:
    out = []
    for (k,) in entries(value):
        x = [x0, *iterates][k]
        terms = [factor(c) for c in coeffs[1:2] if c]
        terms += [
            rf"{j} \cdot {factor(c)} \cdot {_power(x, j - 1)}"
            for j, c in enumerate(coeffs)
            if j > 1 and c
        ]
        out.append(Work((k,), " + ".join(terms) or "0"))
    return out


def _end_work(coeffs: Any, iterates: Any) -> list[Work]:
    x = iterates[-1]
    terms = [factor(c) for c in coeffs[:1] if c]
    terms += [rf"{factor(c)} \cdot {_power(x, j)}" for j, c in enumerate(coeffs) if j > 0 and c]
    return [Work((), " + ".join(terms) or "0")]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """x^2 and two steps; a quadratic with a linear term and three; a cubic or quartic and two."""
    halves = (-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0)
    if level == 1:
        return {
            "coeffs": [0.0, 0.0, 1.0],
            "x0": float(rng.choice((-1.0, 1.0)) * rng.choice((0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4))),
            "eta": float(rng.choice((0.1, 0.2, 0.25, 0.3, 0.4))),
            "T": 2,
        }
    if level == 2:
        return {
            "coeffs": [*rng.choice((-1.0, 0.0, 1.0, 2.0), size=1), rng.choice(halves), 1.0],
            "x0": float(rng.choice((-3.0, -2.0, -1.0, 1.0, 2.0, 3.0))),
            "eta": float(rng.choice((0.1, 0.2))),
            "T": 3,
        }
    quartic = bool(rng.random() < 0.5)
    top = [0.0, 0.25] if quartic else [float(rng.choice((-0.5, 0.5, 1.0)))]
    return {
        "coeffs": [0.0, rng.choice((-1.0, 0.0, 1.0)), rng.choice((-1.0, -0.5, 0.5, 1.0)), *top],
        "x0": float(rng.choice(halves)),
        "eta": float(rng.choice((0.1, 0.2))),
        "T": 2,
    }


def avoid(coeffs: Any, x0: float, gradients: Any, iterates: Any) -> str | None:
    """Stationary points, where nothing moves; steep places, where rounding grows; long ways."""
    if np.any(np.abs(gradients) <= TIE):
        return "a gradient of 0"
    slope = _derivative(coeffs)
    steep = [_value(slope, iterates[-1])]
    steep += [_value(_derivative(slope), x) for x in (x0, *iterates)]
    if np.max(np.abs(steep)) > STEEPEST:
        return "steep"
    mistakes = (_stale, _power_factor_missing, _value_for_gradient)
    if confusable(gradients, *(_along(rule, coeffs, x0, iterates) for rule in mistakes)):
        return "two mistakes give one number"
    return "far away" if np.any(np.abs(iterates) > _FARTHEST) else None


FAMILY = Family(
    id="gradient-descent",
    topic="optimizers",
    title="Gradient descent on a polynomial",
    task="Take T steps of gradient descent from the start; then give f at the last point.",
    sources=("hub", "mcb", "nnt", "ece493", "nc"),
    givens=(
        Given("coeffs", "c", "coefficients of f(x) = c_0 + c_1 x + c_2 x^2 + ...", "m"),
        Given("x0", "x_0", "the start"),
        Given("eta", r"\eta", "learning rate"),
        Given("T", "T", "number of steps", kind="integer"),
    ),
    rows=step_count,
    steps=(
        Step(
            "gradients",
            "Gradient at the newest point",
            r"g_k = f'(x_{k-1}) = \sum_j j c_j x_{k-1}^{j-1}",
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
            r"f(x_T) = \sum_j c_j x_T^j",
            lambda coeffs, iterates: _value(coeffs, iterates[-1]),
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
            "power-factor-missing",
            "gradients",
            _power_factor_missing,
            "The power rule brings the exponent down as a factor.",
            when=_shows(_power_factor_missing),
        ),
        STEP_SLIPS[1],
        Slip(
            "value-for-gradient",
            "gradients",
            _value_for_gradient,
            "The step uses the derivative of f, not its value.",
            when=_shows(_value_for_gradient),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check_run,
    discrepancies=("gradient-descent-index", "gd-nearest-stationary-point"),
    items=("nc-gd", "nc-gd-stationary", "nc-gd-nearest", "nc-gradient-direction", "pl-sgd-update"),
)
