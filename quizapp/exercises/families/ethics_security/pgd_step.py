"""One step of projected gradient ascent, an attack (Madry et al. 2018)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.ethics_security._perturbation import (
    FOURS,
    NORMS,
    PAIRS,
    demand_direction,
    demand_size,
    differ,
    length,
    length_text,
    signed,
    step,
    step_text,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line


def _moved(x: Any, grad: Any, alpha: float, norm: str, line: Line) -> Any:
    return x + line(step(grad, alpha, norm, line))


def _projected(offset: Any, epsilon: float, norm: str, line: Line) -> Any:
    if norm == "linf":
        return np.clip(offset, -epsilon, epsilon)
    long = length(offset, line)
    return epsilon * offset / long if long > epsilon + TIE else offset


def _moved_work(x: Any, grad: Any, alpha: float, norm: str) -> list[Work]:
    return [Work((i,), f"{num(x[i])} + {step_text(grad, i, alpha, norm)}") for (i,) in entries(x)]


def _difference_work(a: Any, b: Any) -> list[Work]:
    return [Work(at, f"{num(a[at])} - {factor(b[at])}") for at in entries(a)]


def _projected_work(offset: Any, epsilon: float, norm: str, value: Any) -> list[Work]:
    if norm == "linf" or not differ(offset, value):
        return [Work(at, num(value[at])) for at in entries(offset)]
    share = frac(num(epsilon), length_text(offset))
    return [Work(at, rf"{share} \cdot {factor(offset[at])}") for at in entries(offset)]


def check(grad: Any, alpha: float, epsilon: float, norm: str) -> None:
    """A gradient has a direction; a step and a ball have a size."""
    demand_direction(grad, norm)
    demand_size("alpha", alpha, "a step size")
    demand_size("epsilon", epsilon, "a radius")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two inputs in a box, two in a ball with 3-4-5 numbers, then four; some start at x0."""
    n = 4 if level == 3 else 2
    norm = {1: "linf", 2: "l2", 3: str(rng.choice(NORMS))}[level]
    if level == 1:
        grad = rng.choice((-3.0, -2.0, -1.0, 0.5, 1.0, 2.0), size=n)
        off = rng.choice((-0.2, -0.1, 0.0, 0.1, 0.2), size=n)
    else:
        grad = signed(rng, FOURS if level == 3 else PAIRS)
        off = rng.choice((-0.3, -0.1, 0.0, 0.1, 0.3), size=n)
        if level == 2:
            off = signed(rng, ((0.3, 0.4), (0.06, 0.08), (0.0, 0.1), (0.0, 0.3)))
    x0 = rng.choice((-2.0, -1.0, -0.5, 0.5, 1.0, 2.0), size=n)
    return {
        "x0": x0,
        "x": x0 + off,
        "grad": grad,
        "alpha": float(rng.choice((0.1, 0.2) if level == 1 else (0.1, 0.2, 0.5))),
        "epsilon": float(rng.choice((0.2, 0.25) if level == 1 else (0.2, 0.3, 0.5))),
        "norm": norm,
    }


def avoid(
    grad: Any, x0: Any, x: Any, offset: Any, projected: Any, epsilon: float, norm: str
) -> str | None:
    """Steps that stay within the ball, start outside of it or end on its edge."""
    if not differ(grad, 0.0):
        return "no gradient"
    sizes = np.abs(offset) if norm == "linf" else np.array([length(offset)])
    if np.any(np.abs(sizes - epsilon) <= TIE):
        return "on the edge of the ball"
    start = np.max(np.abs(x - x0)) if norm == "linf" else length(x - x0)
    if start > epsilon + TIE:
        return "starts outside of the ball"
    return None if differ(offset, projected) else "nothing projected"


FAMILY = Family(
    id="pgd-step",
    topic="ethics-security",
    title="One step of projected gradient ascent",
    task="Go one step up the loss, then project the point back into the ball around the clean "
    "input.",
    sources=("ece493",),
    givens=(
        Given("x0", "x_0", "clean input", "n"),
        Given("x", "x", "current adversarial input", "n"),
        Given("grad", r"\nabla_x L", "gradient of the loss at the current input", "n"),
        Given("alpha", r"\alpha", "step size"),
        Given("epsilon", r"\varepsilon", "radius of the allowed ball around the clean input"),
        Given(
            "norm",
            r"\mathrm{norm}",
            "norm of the step and of the ball: linf (signs, a box) or l2",
            kind="text",
            choices=NORMS,
        ),
    ),
    steps=(
        Step(
            "moved",
            "Point after the step",
            r"x + \alpha \, \sign(\nabla_x L) \text{ (l2: }"
            r" x + \alpha \frac{\nabla_x L}{\|\nabla_x L\|} \text{)}",
            _moved,
            work=_moved_work,
            formula_for=Among(
                "norm",
                {
                    "linf": r"x + \alpha \, \sign(\nabla_x L)",
                    "l2": r"x + \alpha \frac{\nabla_x L}{\|\nabla_x L\|}",
                },
            ),
        ),
        Step(
            "offset",
            "Offset from the clean input",
            r"o = \text{moved} - x_0",
            lambda moved, x0: moved - x0,
            work=lambda moved, x0: _difference_work(moved, x0),
        ),
        Step(
            "projected",
            "Offset projected into the ball",
            r"\max(-\varepsilon, \min(\varepsilon, o)) \text{ (l2: }"
            r" \frac{\varepsilon}{\|o\|} o \text{ if } \|o\| > \varepsilon \text{)}",
            _projected,
            work=_projected_work,
            formula_for=Among(
                "norm",
                {
                    "linf": r"\max(-\varepsilon, \min(\varepsilon, o))",
                    "l2": r"\frac{\varepsilon}{\|o\|} o \text{ if } \|o\| > \varepsilon, "
                    r"\text{ else } o",
                },
            ),
        ),
        Step(
            "x_next",
            "Next adversarial input",
            r"x_0 + \text{projected offset}",
            lambda x0, projected: x0 + projected,
            final=True,
            work=lambda x0, projected: [
                Work(at, f"{num(x0[at])} + {factor(projected[at])}") for at in entries(x0)
            ],
        ),
    ),
    slips=(
        Slip(
            "not-projected",
            "projected",
            lambda offset: offset,
            "The point left the allowed ball and was not projected back.",
            when=lambda offset, projected: differ(offset, projected),
        ),
        Slip(
            "ball-around-current",
            "offset",
            lambda moved, x: moved - x,
            "The ball is centred at the CLEAN input x₀, not at the current point.",
            when=lambda x, x0: differ(x, x0),
        ),
        Slip(
            "descent",
            "moved",
            lambda x, grad, alpha, norm, line: x - line(step(grad, alpha, norm, line)),
            "The attack goes UP the loss.",
            when=lambda x, moved: differ(x, moved),
        ),
        Slip(
            "offset-returned",
            "x_next",
            lambda projected: projected,
            "This is the perturbation; the input is x₀ plus it.",
            when=lambda x0: differ(x0, 0.0),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("adversarial-argmax-typo",),
    items=("dl-pgd",),
)
