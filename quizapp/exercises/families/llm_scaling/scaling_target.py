"""Size needed for a lower loss: the power laws solved for the size (Kaplan et al. 2020)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.exercises.families.llm_scaling._power_law import (
    VARIABLES,
    demand_positive,
    exponent,
    exponent_work,
    other_exponent,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.substitution import factor as bracketed
from quizapp.exercises.substitution import num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_LEAST_RATIO = 1e-6  # a smaller one needs a size beyond all numbers


def _factor(ratio: float, exponent: float, line: Line) -> float:
    return float(ratio ** -line(1.0 / exponent))


def _factor_work(ratio: float, exponent: float) -> list[Work]:
    return [Work((), rf"({num(ratio)})^{{-\frac{{1}}{{{num(exponent)}}}}}")]


def check(before: float, ratio: float) -> None:
    """The loss is to fall, but not to nothing."""
    demand_positive(before=before)
    if not _LEAST_RATIO <= ratio < 1:
        raise GivenError(
            f"'ratio' must lie between 0 and 1, and not below {_LEAST_RATIO}.", where="ratio"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """The loss halved, a few per cent less, then any ratio; sizes in a unit that suits the hand."""
    ratios = {1: (0.5,), 2: (0.95, 0.9), 3: (0.6, 0.7, 0.75, 0.8, 0.85)}[level]
    sizes = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 13, 20, 30, 70)
    return {
        "variable": str(rng.choice(VARIABLES)),
        "before": float(rng.choice(sizes)),
        "ratio": float(rng.choice(ratios)),
    }


def avoid(ratio: float, after: float) -> str | None:
    """Reductions that are tiny or out of reach, sizes that no longer fit the hand."""
    if not 0.3 <= ratio <= 0.99:
        return "ratio out of range"
    return "a huge size" if after > 9e4 else None


FAMILY = Family(
    id="scaling-target",
    topic="llm-scaling",
    title="Size needed for a loss reduction",
    task="Compute by which factor the size must grow for this loss, and the new size. The loss "
    "falls with the power 0.076 of the parameters N and 0.095 of the tokens D.",
    sources=("ece493",),
    givens=(
        Given(
            "variable",
            r"\mathrm{variable}",
            "what grows: N (parameters) or D (tokens)",
            kind="text",
            choices=VARIABLES,
        ),
        Given("before", "S_0", "size now, in any unit (such as billions)"),
        Given("ratio", "r", "wanted loss divided by the present loss"),
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
            "Growth that is needed",
            r"f = r^{-1/\alpha}",
            _factor,
            work=_factor_work,
        ),
        Step(
            "after",
            "Size needed",
            r"S_1 = f S_0",
            lambda before, factor: before * factor,
            final=True,
            work=lambda before, factor: [
                Work((), rf"{bracketed(before)} \cdot {bracketed(factor)}")
            ],
        ),
    ),
    slips=(
        Slip(
            "other-exponent",
            "exponent",
            other_exponent,
            "The exponents of N and D are exchanged.",
        ),
        Slip(
            "power-not-inverted",
            "factor",
            lambda ratio, exponent: ratio**-exponent,
            "The ratio is the growth to the power -α: solved for the growth, the power is 1/α.",
        ),
        Slip(
            "linear",
            "factor",
            lambda ratio: 1.0 / ratio,
            "The law is a power law with a tiny exponent: far more than one over the ratio is "
            "needed.",
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("dl-scaling-N", "dl-scaling-D"),
)
