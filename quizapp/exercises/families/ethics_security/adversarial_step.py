"""One-step adversarial example, the fast gradient method (Goodfellow et al. 2015)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.ethics_security._perturbation import (
    FOURS,
    NORMS,
    OTHER_NORM,
    PAIRS,
    demand_direction,
    demand_size,
    differ,
    length,
    signed,
    step,
    step_text,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, factor, num


def _delta(grad: Any, epsilon: float, norm: str, line: Line) -> Any:
    return step(grad, epsilon, norm, line)


def _other_norm(grad: Any, epsilon: float, norm: str, line: Line = exact) -> Any:
    return step(grad, epsilon, OTHER_NORM[norm], line)


def check(grad: Any, epsilon: float, norm: str) -> None:
    """A gradient has a direction, a perturbation a size."""
    demand_direction(grad, norm)
    demand_size("epsilon", epsilon, "the size of a perturbation")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A sign step with two inputs, a normalized gradient such as (3, -4), then four inputs."""
    n = 4 if level == 3 else 2
    norm = {1: "linf", 2: "l2", 3: str(rng.choice(NORMS))}[level]
    if level == 1:
        grad = rng.choice((-5.0, -3.0, -2.0, -0.5, 0.5, 2.0, 3.0, 4.0), size=n)
    else:
        grad = signed(rng, FOURS[:-1] if level == 3 else PAIRS)
        if level == 3 and norm == "linf" and rng.random() < 0.5:
            grad[rng.integers(n)] = 0.0
    return {
        "x": rng.choice((-2.0, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0), size=n),
        "grad": grad,
        "epsilon": float(rng.choice((0.1, 0.2) if level == 1 else (0.1, 0.2, 0.25, 0.5))),
        "norm": norm,
    }


def avoid(grad: Any, norm: str) -> str | None:
    """Gradients that are their own sign or direction."""
    if not differ(grad, 0.0):
        return "no gradient"
    if norm == "l2":
        return "a gradient of length 1" if abs(length(grad) - 1.0) <= TIE else None
    return "entries all 1 or -1" if np.all(np.abs(np.abs(grad) - 1.0) <= TIE) else None


FAMILY = Family(
    id="adversarial-step",
    topic="ethics-security",
    title="One-step adversarial example",
    task="Compute the perturbation that raises the loss most to first order, the adversarial input "
    "and the expected growth of the loss.",
    sources=("ece493",),
    givens=(
        Given("x", "x", "inputs", "n"),
        Given("grad", r"\nabla_x L", "gradient of the loss with respect to the inputs", "n"),
        Given("epsilon", r"\varepsilon", "size of the perturbation"),
        Given(
            "norm",
            r"\mathrm{norm}",
            "norm in which the size is measured: linf (sign step) or l2",
            kind="text",
            choices=NORMS,
        ),
    ),
    steps=(
        Step(
            "delta",
            "Perturbation",
            r"\delta = \varepsilon \, \sign(\nabla_x L) \text{ (l2: }"
            r" \varepsilon \frac{\nabla_x L}{\|\nabla_x L\|} \text{)}",
            _delta,
            work=lambda grad, epsilon, norm: [
                Work((i,), step_text(grad, i, epsilon, norm)) for (i,) in entries(grad)
            ],
            formula_for=Among(
                "norm",
                {
                    "linf": r"\delta = \varepsilon \, \sign(\nabla_x L)",
                    "l2": r"\delta = \varepsilon \frac{\nabla_x L}{\|\nabla_x L\|}",
                },
            ),
        ),
        Step(
            "x_adv",
            "Adversarial input",
            r"x + \delta",
            lambda x, delta: x + delta,
            final=True,
            work=lambda x, delta: [
                Work(at, f"{num(x[at])} + {factor(delta[at])}") for at in entries(x)
            ],
        ),
        Step(
            "gain",
            "First-order growth of the loss",
            r"\nabla_x L \cdot \delta",
            lambda grad, delta: float(grad @ delta),
            work=lambda grad, delta: [Work((), dot(grad, delta))],
        ),
    ),
    slips=(
        Slip(
            "delta-returned",
            "x_adv",
            lambda delta: delta,
            "This is the perturbation; the adversarial input is x plus it.",
            when=lambda x: differ(x, 0.0),
        ),
        Slip(
            "descent",
            "delta",
            lambda grad, epsilon, norm, line: -step(grad, epsilon, norm, line),
            "The attack goes UP the loss: add the gradient direction.",
            when=lambda delta: differ(delta, 0.0),
        ),
        Slip(
            "raw-gradient",
            "delta",
            lambda grad, epsilon: epsilon * grad,
            "The gradient must be reduced to its sign (linf) or normalized (l2).",
            when=lambda grad, epsilon, delta: differ(epsilon * grad, delta),
        ),
        Slip(
            "other-norm",
            "delta",
            _other_norm,
            "This is the best perturbation for the other norm.",
            when=lambda grad, epsilon, norm, delta: differ(_other_norm(grad, epsilon, norm), delta),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("adversarial-argmax-typo",),
    items=("dl-adversarial", "dl-pgd"),
)
