"""Softmax with a sharpness (Bridle 1990; the shift by the maximum as in Goodfellow et al. 2016)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises import functions
from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, exp, factor, frac, num
from quizapp.exercises.substitution import total as written_sum

_SMALLEST = 0.01  # a smaller probability nearly rounds to 0


def _shifted(exponents: Any, softmax_shift: str) -> Any:
    return exponents - exponents.max() if softmax_shift == "max" else exponents


def _exps(exponents: Any) -> Any:
    return np.exp(exponents)


def _countable(total: float) -> bool:
    """Whether the sum can be written down: some e^x are 0 or infinite on a computer."""
    return bool(np.isfinite(total)) and total != 0


def _probabilities(exps: Any, total: float, exponents: Any) -> Any:
    """The quotient; the softmax by another way where e^x is beyond what a computer can hold."""
    return exps / total if _countable(total) else functions.softmax(exponents)


def _first_largest(p: Any) -> int:
    return int(np.argmax(p >= p.max() - TIE))


def _exponent_work(z: Any, alpha: float, softmax_shift: str) -> list[Work]:
    largest = (alpha * z).max()
    shift = f" - {factor(largest)}" if softmax_shift == "max" else ""
    return [Work(at, rf"{factor(alpha)} \cdot {factor(z[at])}{shift}") for at in entries(z)]


def _exp_work(exponents: Any) -> list[Work]:
    return [Work(at, exp(exponents[at])) for at in entries(exponents)]


def _total_work(exps: Any, value: float) -> list[Work]:
    return [Work((), written_sum(exps))] if _countable(value) else []


def _probability_work(exponents: Any, total: float) -> list[Work]:
    if not _countable(total):
        return []
    return [Work(at, frac(exp(exponents[at]), num(total))) for at in entries(exponents)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two or three small logits; half-integers with alpha = 2; four logits.

    At level 3 the logits are large where the convention is to subtract the largest one.
    """
    if level == 1:
        return {"z": rng.choice((-1.0, 0.0, 1.0, 2.0), size=rng.integers(2, 4)), "alpha": 1.0}
    if level == 2:
        return {"z": rng.choice(np.arange(-2, 5) / 2, size=3), "alpha": 2.0}
    start = int(rng.integers(5, 50)) if conventions["softmax_shift"] == "max" else -1
    return {
        "z": start + rng.choice(np.arange(9) / 2, size=4),
        "alpha": float(rng.choice((0.5, 1.0))),
    }


def avoid(p: Any) -> str | None:
    """Logits that are all equal or too far apart, and two largest ones."""
    if np.ptp(p) <= TIE:
        return "equal logits"
    if p.min() < _SMALLEST:
        return "logits too far apart"
    return "two largest logits" if np.sum(p >= p.max() - TIE) > 1 else None


FAMILY = Family(
    id="softmax",
    topic="activations",
    title="Softmax of one vector of logits",
    task="Compute the softmax of the logits z with sharpness α, and say which entry is largest.",
    sources=("mcb", "nnt", "ece493", "nc"),
    givens=(
        Given("z", "z", "logits", "K"),
        Given("alpha", r"\alpha", "sharpness, multiplies the logits", default=1.0),
    ),
    conventions={"softmax_shift": ("none", "max")},
    steps=(
        Step(
            "exponents",
            "Exponents",
            r"a_k = \alpha z_k \text{ or } \alpha z_k - \max_j \alpha z_j",
            lambda z, alpha, softmax_shift: _shifted(alpha * z, softmax_shift),
            work=_exponent_work,
            formula_for=Among(
                "softmax_shift",
                {"none": r"a_k = \alpha z_k", "max": r"a_k = \alpha z_k - \max_j \alpha z_j"},
            ),
        ),
        Step(
            "exps",
            "Exponentials",
            r"e^{a_k}",
            _exps,
            work=_exp_work,
        ),
        Step(
            "total",
            "Their sum",
            r"\sum_j e^{a_j}",
            lambda exps: float(exps.sum()),
            work=_total_work,
        ),
        Step(
            "p",
            "Probabilities",
            r"p_k = \frac{e^{a_k}}{\sum_j e^{a_j}}",
            _probabilities,
            final=True,
            work=_probability_work,
        ),
        Step(
            "argmax",
            "Position of the largest (from 0)",
            r"\arg\max_k p_k",
            _first_largest,
            kind="integer",
        ),
    ),
    slips=(
        Slip(
            "plain-normalisation",
            "p",
            lambda z, line: z / line(z.sum()),
            "The logits were divided by their sum; they must be exponentiated first.",
            when=lambda z: abs(z.sum()) > TIE,
        ),
        Slip(
            "double-softmax",
            "p",
            lambda exps, total, exponents, alpha, line: functions.softmax(
                alpha * line(_probabilities(exps, total, exponents)), line
            ),
            "Softmax was applied twice; the input was already a probability vector.",
            when=lambda p: np.ptp(p) > TIE,
        ),
        Slip(
            "inverse-alpha",
            "exponents",
            lambda z, alpha, softmax_shift: _shifted(z / alpha, softmax_shift),
            "α multiplies the logits, it does not divide them (that would be a temperature).",
            when=lambda z, alpha: abs(alpha) not in {0.0, 1.0} and z.any(),
        ),
        Slip(
            "base-two",
            "exps",
            lambda exponents: 2.0**exponents,
            "The base is e, not 2.",
            when=lambda exponents: bool(np.any(np.abs(exponents) > TIE)),
        ),
        Slip(
            "sigmoid-each",
            "p",
            lambda z, alpha: functions.sigmoid(alpha * z),
            "These are separate sigmoids; they do not add up to 1.",
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=(
        "softmax-derivative-variable",
        "symbol-y-logit-or-probability",
        "softmax-significance-intervals",
    ),
    items=("hub-attn-step3", "hub-stable-softmax", "hub-scale-saturation"),
)
