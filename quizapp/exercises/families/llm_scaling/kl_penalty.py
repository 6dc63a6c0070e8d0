"""Reward with a KL penalty to the reference model (Ziegler et al. 2019; Ouyang et al. 2022)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num, total


def check(beta: float) -> None:
    """A penalty has a weight of at least 0."""
    if beta < 0:
        raise GivenError("'beta' is negative: a penalty has a weight of at least 0.", where="beta")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two tokens, then three, then four."""
    count = level + 1
    draw = (-0.5, -1.0, -1.5, -2.0, -2.5, -0.2, -0.7)
    return {
        "reward": float(rng.choice((0.5, 1.0, 1.5, 2.0, 3.0))),
        "logp": rng.choice(draw, size=count),
        "logp_ref": rng.choice(draw, size=count),
        "beta": float(rng.choice((0.1, 0.2, 0.5))),
    }


def avoid(divergence: float, reward: float) -> str | None:
    """No divergence, or one that agrees with the reward by chance."""
    if abs(divergence) < 0.1 or abs(abs(divergence) - 1.0) <= TIE:
        return "a divergence that says little"
    return "divergence and reward agree" if abs(abs(divergence) - abs(reward)) <= TIE else None


FAMILY = Family(
    id="kl-penalty",
    topic="llm-scaling",
    title="Reward with a KL penalty",
    task="Compute the log-ratio of the policy to the reference model for the sampled answer, and "
    "the reward after the penalty.",
    sources=("ece493",),
    givens=(
        Given("reward", "r", "reward of the answer"),
        Given("logp", r"\ln \pi(x_t)", "log-probabilities of its tokens under the policy", "T"),
        Given("logp_ref", r"\ln \pi_0(x_t)", "those under the reference model", "T"),
        Given("beta", r"\beta", "weight of the penalty"),
    ),
    steps=(
        Step(
            "log_ratios",
            "Log-ratios of the tokens",
            r"\ln \pi(x_t) - \ln \pi_0(x_t)",
            lambda logp, logp_ref: logp - logp_ref,
            work=lambda logp, logp_ref: [
                Work(at, f"{num(logp[at])} - {factor(logp_ref[at])}") for at in entries(logp)
            ],
        ),
        Step(
            "divergence",
            "Log-ratio of the answer",
            r"\sum_t \ln \frac{\pi(x_t)}{\pi_0(x_t)}",
            lambda log_ratios: float(np.sum(log_ratios)),
            work=lambda log_ratios: [Work((), total(log_ratios))],
        ),
        Step(
            "penalty",
            "Penalty",
            r"\beta \sum_t \ln \frac{\pi(x_t)}{\pi_0(x_t)}",
            lambda beta, divergence: beta * divergence,
            work=lambda beta, divergence: [Work((), rf"{factor(beta)} \cdot {factor(divergence)}")],
        ),
        Step(
            "objective",
            "Reward after the penalty",
            r"r - \text{penalty}",
            lambda reward, penalty: reward - penalty,
            final=True,
            work=lambda reward, penalty: [Work((), f"{num(reward)} - {factor(penalty)}")],
        ),
    ),
    slips=(
        Slip(
            "ratio-reversed",
            "log_ratios",
            lambda logp, logp_ref: logp_ref - logp,
            "The ratio is reversed: policy over reference model.",
            when=lambda log_ratios: bool(np.any(np.abs(log_ratios) > TIE)),
        ),
        Slip(
            "averaged",
            "divergence",
            lambda log_ratios: float(np.mean(log_ratios)),
            "The log-ratios of the tokens are added up, not averaged.",
            when=lambda log_ratios: len(log_ratios) > 1 and abs(np.sum(log_ratios)) > TIE,
        ),
        Slip(
            "weight-forgotten",
            "penalty",
            lambda divergence: divergence,
            "The penalty is weighted by β; that factor is missing.",
            when=lambda beta, divergence: abs(beta - 1.0) > TIE and abs(divergence) > TIE,
        ),
        Slip(
            "penalty-left-out",
            "objective",
            lambda reward: reward,
            "This is the reward alone; the objective subtracts the KL penalty.",
            when=lambda penalty: abs(penalty) > TIE,
        ),
        Slip(
            "penalty-added",
            "objective",
            lambda reward, penalty: reward + penalty,
            "The penalty is subtracted: it keeps the policy near the reference model.",
            when=lambda penalty: abs(penalty) > TIE,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("ppo-without-kl-term",),
    items=("dl-rlhf",),
)
