"""Compute-optimal growth of model and data (Hoffmann et al. 2022, table 2; Kaplan et al. 2020)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.llm_scaling._compute import compute_step, without_six
from quizapp.exercises.families.llm_scaling._power_law import demand_positive
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor as bracketed
from quizapp.exercises.substitution import frac, num


def _growth(factor: float) -> Any:
    return np.sqrt([factor, factor])


def _kaplan(factor: float) -> Any:
    return np.power(np.float64(factor), (0.73, 0.27))  # of a negative one: nan, not complex


def _grows(factor: float) -> bool:
    return abs(factor - 1.0) > TIE


def _grown_work(size: float, growth: float) -> list[Work]:
    return [Work((), rf"{bracketed(size)} \cdot {bracketed(growth)}")]


def check(N: float, D: float, budget: float) -> None:
    """The reference run and the budget are real."""
    demand_positive(N=N, D=D, budget=budget)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Four or nine times the compute, then squares up to a hundred, then any factor."""
    factors = {1: (4, 9), 2: (16, 25, 36, 64, 100), 3: (2, 5, 8, 10, 20, 30, 50, 0.5, 0.2)}[level]
    N = float(rng.choice((1, 2, 3, 4, 5, 7, 8))) * float(rng.choice((1e8, 1e9)))
    D = 20 * N if level == 1 else N * float(rng.choice((10, 20, 25, 40)))
    return {"N": N, "D": D, "budget": 6 * N * D * float(rng.choice(factors))}


def avoid(factor: float) -> str | None:
    """A budget that is what the reference run has cost."""
    return None if _grows(factor) else "nothing to grow"


FAMILY = Family(
    id="compute-optimal",
    topic="llm-scaling",
    title="Compute-optimal growth (N and D like C^0.5)",
    task="Scale the reference run to the new budget so that it stays compute-optimal: the new "
    "number of parameters and of tokens.",
    sources=("ece493",),
    givens=(
        Given("N", "N", "parameters of the reference run"),
        Given("D", "D", "tokens of the reference run"),
        Given("budget", "C'", "new compute budget in FLOP"),
    ),
    steps=(
        compute_step("Compute of the reference run (FLOP)"),
        Step(
            "factor",
            "Growth of the compute",
            r"f = \frac{C'}{C}",
            lambda budget, compute: budget / compute,
            work=lambda budget, compute: [Work((), frac(num(budget), num(compute)))],
        ),
        Step(
            "growth",
            "Growth of the parameters and of the tokens",
            r"(f^{0.5}, f^{0.5})",
            _growth,
            work=lambda factor: [Work((at,), rf"\sqrt{{{num(factor)}}}") for at in (0, 1)],
        ),
        Step(
            "params",
            "New number of parameters",
            r"N' = N f^{0.5}",
            lambda N, growth: N * growth[0],
            final=True,
            work=lambda N, growth: _grown_work(N, growth[0]),
        ),
        Step(
            "tokens",
            "New number of tokens",
            r"D' = D f^{0.5}",
            lambda D, growth: D * growth[1],
            final=True,
            work=lambda D, growth: _grown_work(D, growth[1]),
        ),
    ),
    slips=(
        Slip(
            "linear",
            "growth",
            lambda factor: np.array([factor, factor]),
            "N and D grow like the root of the compute, so that their product grows like the "
            "compute.",
            when=_grows,
        ),
        Slip(
            "all-into-parameters",
            "growth",
            lambda factor: np.array([factor, 1.0]),
            "The budget is split: parameters and tokens both grow like the root of the compute.",
            when=_grows,
        ),
        Slip(
            "kaplan-split",
            "growth",
            _kaplan,
            "The powers 0.73 and 0.27 are the older split of Kaplan et al.; Chinchilla gives 0.5 "
            "for both.",
            when=_grows,
        ),
        Slip("six-forgotten", "compute", without_six, "The reference run costs 6ND."),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("dl-chinchilla", "dl-compute"),
)
