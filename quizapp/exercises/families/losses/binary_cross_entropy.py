"""Binary cross-entropy and its gradient (Bishop 2006, Pattern recognition, section 4.3.2)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families.losses._logarithms import (
    bernoulli_cross,
    cross_latex,
    differ,
    strictly_between,
    weighted_logs,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, frac, num, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line


def _terms(z: Any, t: Any, line: Line) -> Any:
    return bernoulli_cross(t, z, line)


def _roles_swapped(z: Any, t: Any, line: Line) -> Any:
    return bernoulli_cross(z, t, line)


def _first_term(z: Any, t: Any, line: Line) -> Any:
    return 0.0 - weighted_logs(t, z, line=line)


def _divergence(z: Any, t: Any, line: Line) -> Any:
    """The terms minus the entropy of the targets."""
    return bernoulli_cross(t, z, line) - line(bernoulli_cross(t, t, line))


def _gradient(z: Any, t: Any, line: Line) -> Any:
    return (z - t) / line(z * (1.0 - z))


def _terms_work(z: Any, t: Any) -> list[Work]:
    return [Work((k,), cross_latex((t[k], 1.0 - t[k]), (z[k], 1.0 - z[k]))) for k in range(len(z))]


def _gradient_work(z: Any, t: Any) -> list[Work]:
    return [
        Work((k,), frac(f"{num(z[k])} - {factor(t[k])}", rf"{num(z[k])} \cdot (1 - {num(z[k])})"))
        for k in range(len(z))
    ]


def check(z: Any, t: Any) -> None:
    """Outputs strictly between 0 and 1, targets from 0 to 1."""
    if z.min() <= 0 or z.max() >= 1:
        raise GivenError(
            "every entry of 'z' must lie strictly between 0 and 1; at 0 or 1 the loss is infinite.",
            where="z",
        )
    if t.min() < 0 or t.max() > 1:
        raise GivenError("every entry of 't' must be a target from 0 to 1.", where="t")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One unit with a target 0 or 1, then two and three units with soft targets."""
    z = rng.integers(1, 10, size=level) / 10
    if level == 1:
        return {"z": z, "t": rng.integers(2, size=1)}
    return {"z": z, "t": rng.choice((0.1, 0.2, 0.3, 0.7, 0.8, 0.9), size=level)}


def avoid(z: Any, t: Any) -> str | None:
    """Outputs that are on target."""
    return "an output on target" if np.any(np.abs(z - t) <= TIE) else None


FAMILY = Family(
    id="binary-cross-entropy",
    topic="losses",
    title="Binary cross-entropy and its gradient",
    task="Compute the binary cross-entropy of the outputs z with the targets t, summed over the "
    "units, and its gradient with respect to z.",
    sources=("nnt",),
    givens=(
        Given("z", "z", "outputs of the units, strictly between 0 and 1", "n"),
        Given("t", "t", "targets, from 0 to 1", "n"),
    ),
    steps=(
        Step(
            "terms",
            "Term of every unit",
            r"-[t_k \ln z_k + (1 - t_k) \ln(1 - z_k)]",
            _terms,
            work=_terms_work,
        ),
        Step(
            "E",
            "Loss",
            r"E = -\sum_k [t_k \ln z_k + (1 - t_k) \ln(1 - z_k)]",
            lambda terms: float(np.sum(terms)),
            final=True,
            work=lambda terms: [Work((), total(terms))],
        ),
        Step(
            "gradient",
            "Gradient",
            r"\frac{\partial E}{\partial z_k} = \frac{z_k - t_k}{z_k (1 - z_k)}",
            _gradient,
            final=True,
            work=_gradient_work,
        ),
    ),
    slips=(
        Slip(
            "kl-instead",
            "terms",
            _divergence,
            "This is the KL divergence: the entropy of t was subtracted. The loss is the "
            "cross-entropy alone (some slides call it KL).",
            when=lambda t: bool(np.any((t > TIE) & (t < 1.0 - TIE))),
        ),
        Slip(
            "second-term-missing",
            "terms",
            _first_term,
            "The term (1 - t) ln(1 - z) is missing.",
            when=lambda z, t, line, terms: differ(_first_term(z, t, line), terms),
        ),
        Slip(
            "roles-swapped",
            "terms",
            _roles_swapped,
            "Target and output changed places: the target stands in front of the logarithm.",
            when=lambda z, t, line, terms: (
                strictly_between(t) and differ(_roles_swapped(z, t, line), terms)
            ),
        ),
        Slip(
            "denominator-missing",
            "gradient",
            lambda z, t: z - t,
            "This is the gradient with respect to the pre-activation; with respect to z divide "
            "by z (1 - z).",
            when=lambda z, t: differ(z, t),
        ),
        Slip(
            "gradient-sign",
            "gradient",
            lambda z, t, line: 0.0 - _gradient(z, t, line),
            "The sign is wrong: an output that is too large has a positive gradient.",
            when=lambda z, t: differ(z, t),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("kl-name-for-binary-cross-entropy",),
    items=("ncl-bce",),
)
