"""Model and data for a budget at a fixed number of tokens per parameter (Hoffmann et al. 2022)."""

from __future__ import annotations

import math
from typing import Any

from quizapp.exercises.families.llm_scaling._compute import FORWARD_AND_BACKWARD
from quizapp.exercises.families.llm_scaling._power_law import demand_positive
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, frac, num


def _relative(a: float, b: float) -> float:
    return abs(a - b) / max(abs(a), abs(b))


def check(C: float, ratio: float) -> None:
    """Budget and ratio are positive."""
    demand_positive(C=C, ratio=ratio)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A budget that comes out even, any budget at 20 tokens each, other ratios."""
    if level == 1:
        params = float(rng.integers(1, 10)) * float(rng.choice((1e7, 1e8, 1e9)))
        return {"C": 120 * params**2, "ratio": 20.0}
    budget = float(rng.choice((1, 1.5, 3, 5.76, 6, 9))) * 10.0 ** int(rng.integers(19, 24))
    return {
        "C": budget,
        "ratio": 20.0 if level == 2 else float(rng.choice((5, 10, 25, 40, 100, 200))),
    }


def avoid(ratio: float) -> str | None:
    """As many tokens as parameters."""
    return "ratio 1" if abs(ratio - 1.0) <= TIE else None


FAMILY = Family(
    id="compute-budget",
    topic="llm-scaling",
    title="Split a compute budget at a fixed token ratio",
    task="Split the compute budget C = 6ND: the number of parameters and of tokens.",
    sources=("ece493",),
    givens=(
        Given("C", "C", "compute budget in FLOP"),
        Given("ratio", "r", "tokens per parameter (20 for Chinchilla)"),
    ),
    steps=(
        Step(
            "product",
            "Parameters times tokens",
            r"N D = \frac{C}{6}",
            lambda C: C / FORWARD_AND_BACKWARD,
            work=lambda C: [Work((), frac(num(C), "6"))],
        ),
        Step(
            "params",
            "Parameters",
            r"N = \sqrt{\frac{C / 6}{r}}",
            lambda product, ratio: math.sqrt(product / ratio),
            final=True,
            work=lambda product, ratio: [Work((), rf"\sqrt{{{frac(num(product), num(ratio))}}}")],
        ),
        Step(
            "tokens",
            "Tokens",
            "D = r N",
            lambda ratio, params: ratio * params,
            final=True,
            work=lambda ratio, params: [Work((), rf"{factor(ratio)} \cdot {factor(params)}")],
        ),
    ),
    slips=(
        Slip("six-forgotten", "product", lambda C: C, "C = 6ND: divide the budget by 6 first."),
        Slip(
            "root-forgotten",
            "params",
            lambda product, ratio: product / ratio,
            "The tokens are r times the parameters, so ND = rN²: take the square root.",
            when=lambda product, ratio: _relative(product, ratio) > TIE,
        ),
        Slip(
            "ratio-inverted",
            "params",
            lambda product, ratio: math.sqrt(product * ratio),
            "D = rN, so N² is C/6 divided by r.",
            when=lambda ratio: abs(ratio - 1.0) > TIE,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("dl-chinchilla", "dl-compute"),
)
