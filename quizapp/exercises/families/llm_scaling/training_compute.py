"""Training compute and time of a run (Kaplan et al. 2020, section 2.1; Hoffmann et al. 2022)."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.families.llm_scaling._compute import (
    compute_step,
    forward_only,
    without_six,
)
from quizapp.exercises.families.llm_scaling._power_law import demand_positive
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import frac, num

_DAY = 86_400
_HOUR = 3_600
_MOST_DAYS = 1_000


def check(N: float, D: float, rate: float) -> None:
    """There are parameters, tokens and a cluster."""
    demand_positive(N=N, D=D, rate=rate)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A billion parameters, then tens of billions at 20 tokens each, then any cluster."""
    if level == 1:
        N = float(rng.choice((1, 2, 3))) * 1e9
        D = float(rng.choice((1, 2, 4, 5))) * 1e10
        return {"N": N, "D": D, "rate": float(rng.choice((1e14, 2e14, 5e14, 1e15)))}
    if level == 2:
        N = float(rng.choice((1, 2, 3, 4, 5, 6, 7))) * 1e10
        return {"N": N, "D": 20 * N, "rate": float(rng.choice((1e17, 2e17, 4e17, 5e17)))}
    N = float(rng.choice((1.3, 2.8, 6.7, 7, 8, 13))) * 1e9
    D = float(rng.choice((1, 1.5, 3, 6, 14))) * 1e11
    return {"N": N, "D": D, "rate": float(rng.choice((64, 128, 256, 512))) * 1.5e14}


def avoid(N: float, D: float, days: float) -> str | None:
    """As many tokens as parameters, runs of less than an hour or of years."""
    if abs(N - D) <= TIE * N:
        return "as many tokens as parameters"
    return "a run too short or too long" if not 0.05 < days < _MOST_DAYS else None


FAMILY = Family(
    id="training-compute",
    topic="llm-scaling",
    title="Training compute C = 6ND",
    task="Compute the training compute, the tokens per parameter and how long the run takes.",
    sources=("ece493",),
    givens=(
        Given("N", "N", "parameters"),
        Given("D", "D", "tokens"),
        Given("rate", "R", "floating point operations per second of the cluster"),
    ),
    steps=(
        compute_step("Training compute (FLOP)", final=True),
        Step(
            "tokens_per_parameter",
            "Tokens per parameter",
            r"\frac{D}{N}",
            lambda N, D: D / N,
            work=lambda N, D: [Work((), frac(num(D), num(N)))],
        ),
        Step(
            "seconds",
            "Seconds",
            r"\frac{C}{R}",
            lambda compute, rate: compute / rate,
            work=lambda compute, rate: [Work((), frac(num(compute), num(rate)))],
        ),
        Step(
            "days",
            "Days",
            r"\frac{\text{seconds}}{86400}",
            lambda seconds: seconds / _DAY,
            final=True,
            work=lambda seconds: [Work((), frac(num(seconds), num(_DAY)))],
        ),
    ),
    slips=(
        Slip(
            "six-forgotten",
            "compute",
            without_six,
            "Training costs about 6 operations per parameter and token.",
        ),
        Slip(
            "forward-only",
            "compute",
            forward_only,
            "2ND is the forward pass; forward and backward together cost 6ND.",
        ),
        Slip(
            "ratio-inverted",
            "tokens_per_parameter",
            lambda N, D: N / D,
            "Tokens per parameter is D / N.",
            when=lambda tokens_per_parameter: abs(tokens_per_parameter - 1.0) > TIE,
        ),
        Slip(
            "hours-for-days",
            "days",
            lambda seconds: seconds / _HOUR,
            "A day has 86400 seconds; 3600 gives hours.",
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("dl-compute",),
)
