"""Scale of initial weights (LeCun et al. 1998; Glorot and Bengio 2010; He et al. 2015)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import frac, num

LECUN, XAVIER, HE = "lecun", "xavier", "he"
_LARGEST = 1_000_000_000


def _variance(fan_in: float, fan_out: float, scheme: str) -> float:
    if scheme == XAVIER:
        return 2.0 / (fan_in + fan_out)
    return (2.0 if scheme == HE else 1.0) / fan_in


def _inverse(fan_in: float) -> float:
    return 1.0 / fan_in


def _twice_the_inverse(fan_in: float) -> float:
    return 2.0 / fan_in


def _variance_work(fan_in: float, fan_out: float, scheme: str) -> list[Work]:
    if scheme == XAVIER:
        return [Work((), frac("2", f"{num(fan_in)} + {num(fan_out)}"))]
    return [Work((), frac("2" if scheme == HE else "1", num(fan_in)))]


def check(fan_in: float, fan_out: float) -> None:
    """Counts of units."""
    for name, units in {"fan_in": fan_in, "fan_out": fan_out}.items():
        if not 1 <= units <= _LARGEST:
            raise GivenError(f"'{name}' must be a whole number from 1 to {_LARGEST}.", where=name)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Round numbers of units, then few, then those of a real layer."""
    if level == 1:
        fan_in, fan_out = rng.choice((20, 25, 40, 50, 80, 100, 200), size=2, replace=False)
    elif level == 2:
        fan_in, fan_out = rng.permutation(np.arange(3, 21))[:2]
    else:
        fan_in, fan_out = rng.integers(100, 401), rng.integers(10, 101)
    return {
        "fan_in": int(fan_in),
        "fan_out": int(fan_out),
        "scheme": str(rng.choice((LECUN, XAVIER, HE))),
    }


FAMILY = Family(
    id="init-scale",
    topic="initialization",
    title="Initial weight scale",
    task="Compute the variance and the standard deviation of the initial weights under this "
    "scheme, and the limit of a uniform distribution with that variance.",
    sources=("mcb", "ece493"),
    givens=(
        Given("fan_in", r"n_{\text{in}}", "inputs of a unit", kind="integer"),
        Given("fan_out", r"n_{\text{out}}", "units of the layer", kind="integer"),
        Given(
            "scheme",
            r"\mathrm{scheme}",
            "rule for the variance: lecun, xavier or he",
            kind="text",
            choices=(LECUN, XAVIER, HE),
        ),
    ),
    steps=(
        Step(
            "variance",
            "Variance",
            r"\frac{1}{n_{\text{in}}} \text{ (xavier: } \frac{2}{n_{\text{in}} + n_{\text{out}}} "
            r"\text{; he: } \frac{2}{n_{\text{in}}} \text{)}",
            _variance,
            work=_variance_work,
            formula_for=Among(
                "scheme",
                {
                    "lecun": r"\frac{1}{n_{\text{in}}}",
                    "xavier": r"\frac{2}{n_{\text{in}} + n_{\text{out}}}",
                    "he": r"\frac{2}{n_{\text{in}}}",
                },
            ),
        ),
        Step(
            "std",
            "Standard deviation",
            r"\sigma = \sqrt{\text{variance}}",
            lambda variance: float(np.sqrt(variance)),
            final=True,
            work=lambda variance: [Work((), rf"\sqrt{{{num(variance)}}}")],
        ),
        Step(
            "limit",
            "Limit of the uniform distribution",
            r"\sqrt{3 \cdot \text{variance}}",
            lambda variance, line: float(np.sqrt(line(3.0 * variance))),
            work=lambda variance: [Work((), rf"\sqrt{{3 \cdot {num(variance)}}}")],
        ),
    ),
    slips=(
        Slip(
            "variance-as-std",
            "std",
            lambda variance: variance,
            "This is the variance; the standard deviation is its square root.",
            when=lambda variance: abs(variance - 1.0) > TIE,
        ),
        Slip(
            "average-forgotten",
            "variance",
            lambda fan_in, fan_out: 1.0 / (fan_in + fan_out),
            "Xavier uses the MEAN of in and out: 2/(in + out).",
            when=lambda scheme: scheme == XAVIER,
        ),
        Slip(
            "fan-in-only",
            "variance",
            _twice_the_inverse,
            "Xavier counts inputs and outputs; 2/in is the He rule.",
            when=lambda scheme, fan_in, fan_out: scheme == XAVIER and fan_in != fan_out,
        ),
        Slip(
            "relu-factor-missing",
            "variance",
            _inverse,
            "He doubles the variance because ReLU switches off half of the units.",
            when=lambda scheme: scheme == HE,
        ),
        Slip(
            "std-as-limit",
            "limit",
            lambda std: std,
            "The limit of the uniform distribution is √3 times the standard deviation.",
        ),
        Slip(
            "lecun-doubled",
            "variance",
            _twice_the_inverse,
            "The factor 2 belongs to the He rule (for ReLU); here the variance is 1/fan_in.",
            when=lambda scheme: scheme == LECUN,
        ),
    ),
    make=make,
    check=check,
    decimals=5,  # variances of wide layers lie below 0.01
    discrepancies=("initialisation-scale", "all-ones-weights"),
    items=("pl-per-init", "dl-xavier", "dl-he", "hub-depth-enablers"),
)
