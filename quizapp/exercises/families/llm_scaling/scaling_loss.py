"""How the loss changes with the size, by power law (Kaplan et al. 2020, equations 1.1, 1.2)."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.families.llm_scaling._power_law import (
    VARIABLES,
    demand_positive,
    exponent,
    exponent_work,
    other_exponent,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor as bracketed
from quizapp.exercises.substitution import frac, num


def _grows(factor: float) -> bool:
    return abs(factor - 1.0) > TIE


def _straight(exponent: float, factor: float) -> float:
    return 1.0 - exponent * (factor - 1.0)


def _ratio_work(factor: float, exponent: float) -> list[Work]:
    return [Work((), f"({num(factor)})^{{-{bracketed(exponent)}}}")]


def _loss_work(loss_before: float, ratio: float) -> list[Work]:
    return [Work((), rf"{bracketed(loss_before)} \cdot {bracketed(ratio)}")]


def check(before: float, after: float, loss_before: float) -> None:
    """Sizes and losses are positive."""
    demand_positive(before=before, after=after, loss_before=loss_before)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A model two or ten times as large, more data, then a thousandfold growth or shrinking."""
    growth = {1: (2, 10), 2: (4, 5, 10, 20, 100), 3: (1000, 200, 500, 0.1, 0.01)}[level]
    before = float(rng.choice((1, 2, 5, 8))) * 10.0 ** int(rng.integers(6, 10))
    variable = {1: "N", 2: "D"}.get(level) or str(rng.choice(VARIABLES))
    losses = (2.0, 3.0, 4.0) if level == 1 else (1.8, 2.0, 2.4, 2.5, 3.0, 3.2, 3.5, 4.0)
    return {
        "variable": variable,
        "before": before,
        "after": before * float(rng.choice(growth)),
        "loss_before": float(rng.choice(losses)),
    }


def avoid(factor: float) -> str | None:
    """Sizes that hardly change."""
    return "nearly equal sizes" if 0.5 < factor < 2 - TIE else None


FAMILY = Family(
    id="scaling-loss",
    topic="llm-scaling",
    title="Loss ratio from a scaling law",
    task="Compute by which factor the test loss changes with the size, and the new loss. The loss "
    "falls with the power 0.076 of the parameters N and 0.095 of the tokens D.",
    sources=("ece493",),
    givens=(
        Given(
            "variable",
            r"\mathrm{variable}",
            "what changes: N (parameters) or D (tokens)",
            kind="text",
            choices=VARIABLES,
        ),
        Given("before", "S_0", "size before"),
        Given("after", "S_1", "size after"),
        Given("loss_before", "L_0", "loss at the size before"),
    ),
    steps=(
        Step(
            "exponent",
            "Exponent of the law",
            r"\alpha_N = 0.076, \; \alpha_D = 0.095",
            exponent,
            work=exponent_work,
        ),
        Step(
            "factor",
            "Growth of the size",
            r"f = \frac{S_1}{S_0}",
            lambda before, after: after / before,
            work=lambda before, after: [Work((), frac(num(after), num(before)))],
        ),
        Step(
            "ratio",
            "Ratio of the losses",
            r"r = f^{-\alpha}",
            lambda factor, exponent: factor**-exponent,
            work=_ratio_work,
        ),
        Step(
            "loss_after",
            "Loss at the size after",
            r"L_1 = L_0 \, r",
            lambda loss_before, ratio: loss_before * ratio,
            final=True,
            work=_loss_work,
        ),
    ),
    slips=(
        Slip(
            "other-exponent",
            "exponent",
            other_exponent,
            "The exponents of N and D are exchanged.",
            when=_grows,
        ),
        Slip(
            "linear",
            "ratio",
            lambda factor: 1.0 / factor,
            "The law is a power law: the loss falls with the growth to the power -α, not like one "
            "over the growth.",
            when=_grows,
        ),
        Slip(
            "sign-lost",
            "ratio",
            lambda factor, exponent: factor**exponent,
            "The loss falls when the size grows: the exponent is negative.",
            when=_grows,
        ),
        Slip(
            "exponent-times-factor",
            "ratio",
            _straight,
            "The exponent is a power of the growth; it is not multiplied by it.",
            when=_grows,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("dl-scaling-N", "dl-scaling-D", "dl-scaling-range"),
)
