"""Preference probabilities and the loss of a reward model (Bradley and Terry 1952; Ouyang 2022)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.mlp_forward.mlp_forward import outputs
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import entries, exp, factor, frac, num, total

_LARGEST = 30.0  # beyond it a probability is 0 or 1 to the last digit
_WIDE = 4.0


def _log_losses(probabilities: Any, line: Line = exact) -> Any:
    return 0.0 - line(np.log(probabilities))


def _loss(losses: Any, batch: str) -> float:
    return float(np.sum(losses) if batch == "sum" else np.mean(losses))


def _loss_work(losses: Any, batch: str) -> list[Work]:
    text = total(losses)
    return [Work((), text if batch == "sum" else frac(text, str(len(losses))))]


def check(chosen: Any, rejected: Any) -> None:
    """Rewards are not so far apart that a probability vanishes."""
    if np.abs(chosen - rejected).max() > _LARGEST:
        raise GivenError(
            "two rewards are more than 30 apart; a probability vanishes.", where="chosen"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One comparison, then two, then three."""
    draw = (-1.0, 0.0, 0.5, 1.0, 2.0) if level == 1 else (-1.5, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
    count = level
    return {"chosen": rng.choice(draw, size=count), "rejected": rng.choice(draw, size=count)}


def avoid(margins: Any) -> str | None:
    """Equal rewards, and rewards far apart."""
    if np.any(np.abs(margins) <= TIE):
        return "equal rewards"
    return "rewards far apart" if np.abs(margins).max() > _WIDE else None


FAMILY = Family(
    id="preference-loss",
    topic="llm-scaling",
    title="Preference probability and reward-model loss",
    task="Compute the probability that the chosen answer is preferred in each comparison, and the "
    "loss of the reward model.",
    sources=("ece493",),
    givens=(
        Given("chosen", "r^{+}", "rewards of the chosen answers", "n"),
        Given("rejected", "r^{-}", "rewards of the rejected answers", "n"),
    ),
    conventions={"batch": ("mean", "sum")},
    steps=(
        Step(
            "margins",
            "Differences of the rewards",
            "r^{+} - r^{-}",
            lambda chosen, rejected: chosen - rejected,
            work=lambda chosen, rejected: [
                Work(at, f"{num(chosen[at])} - {factor(rejected[at])}") for at in entries(chosen)
            ],
        ),
        Step(
            "probabilities",
            "Probabilities of the preference",
            r"\sigma(r^{+} - r^{-}) = \frac{1}{1 + e^{-(r^{+} - r^{-})}}",
            lambda margins, line: outputs("sigmoid", margins, line),
            work=lambda margins: [
                Work(at, frac("1", f"1 + {exp(-margins[at])}")) for at in entries(margins)
            ],
        ),
        Step(
            "losses",
            "Losses of the comparisons",
            r"-\ln \sigma(r^{+} - r^{-})",
            _log_losses,
            work=lambda probabilities: [
                Work(at, rf"-\ln({num(probabilities[at])})") for at in entries(probabilities)
            ],
        ),
        Step(
            "loss",
            "Loss",
            r"\frac{1}{n} \sum_i \ell_i \text{ (sum: without } \frac{1}{n} \text{)}",
            _loss,
            final=True,
            work=_loss_work,
            formula_for=Among(
                "batch", {"mean": r"\frac{1}{n} \sum_i \ell_i", "sum": r"\sum_i \ell_i"}
            ),
        ),
    ),
    slips=(
        Slip(
            "reversed",
            "margins",
            lambda chosen, rejected: rejected - chosen,
            "The difference is reversed: chosen minus rejected.",
            when=lambda margins: bool(np.any(np.abs(margins) > TIE)),
        ),
        Slip(
            "exponent-sign",
            "probabilities",
            lambda margins, line: outputs("sigmoid", -margins, line),
            "The exponent has the wrong sign: σ(x) = 1/(1 + e^-x).",
            when=lambda margins: bool(np.any(np.abs(margins) > TIE)),
        ),
        Slip(
            "minus-missing",
            "losses",
            lambda probabilities, line: line(np.log(probabilities)),
            "The minus is missing: the logarithm of a probability is negative, a loss is not.",
        ),
        Slip(
            "rejected-probability",
            "losses",
            lambda probabilities, line: _log_losses(1.0 - probabilities, line),
            "This is the loss if the REJECTED answer had been preferred.",
            when=lambda margins: bool(np.any(np.abs(margins) > TIE)),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("ppo-without-kl-term",),
    items=("dl-rlhf",),
)
