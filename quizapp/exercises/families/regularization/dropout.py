"""Dropout in training and at test (Srivastava et al. 2014, sections 4 and 10)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num

_TEST_SCALED = "test-scaled"


def _keep(p: float) -> str:
    return f"(1 - {factor(p)})"


def _masked_work(h: Any, mask: Any, value: Any) -> list[Work]:
    return [Work(at, rf"{factor(h[at])} \cdot {num(mask[at])}") for at in entries(value)]


def _train_work(masked: Any, p: float, dropout: str, value: Any) -> list[Work]:
    if dropout == _TEST_SCALED:
        return [Work(at, num(masked[at])) for at in entries(value)]
    return [Work(at, frac(num(masked[at]), f"1 - {factor(p)}")) for at in entries(value)]


def _test_work(h: Any, p: float, dropout: str, value: Any) -> list[Work]:
    if dropout == _TEST_SCALED:
        return [Work(at, rf"{_keep(p)} \cdot {factor(h[at])}") for at in entries(value)]
    return [Work(at, num(h[at])) for at in entries(value)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One unit, then four, then six; some are dropped, not all."""
    n = {1: 1, 2: 4, 3: 6}[level]
    draw = (2.0, 4.0, 6.0, 8.0, 10.0, 12.0) if level == 1 else (-3.0, -1.0, 0.5, 1.0, 2.0, 4.0, 6.0)
    mask = np.ones(n)
    if n > 1:
        mask[rng.permutation(n)[: rng.integers(1, n - 1)]] = 0.0
    return {
        "h": rng.choice(draw, size=n),
        "mask": mask,
        "p": float(rng.choice({1: (0.2, 0.25), 2: (0.5, 0.25), 3: (0.4, 0.2)}[level])),
    }


def avoid(h: Any, mask: Any) -> str | None:
    """Layers in which nothing is kept or nothing was active."""
    if not (h * mask).any():
        return "all units dropped"
    return "no activation" if not h.all() else None


def check(p: float) -> None:
    """A probability of dropping is at least 0 and below 1."""
    if not 0 <= p < 1:
        raise GivenError(
            "'p' is the probability of dropping a unit: at least 0 and below 1.", where="p"
        )


def _not_half(p: float) -> bool:
    return abs(p - 0.5) > TIE


def _kept(masked: Any) -> bool:
    return bool(np.any(np.abs(masked) > TIE))


FAMILY = Family(
    id="dropout",
    topic="regularization",
    title="Dropout in training and at test",
    task="Compute the activations in training under this mask, and those at test.",
    sources=("hub", "ece493"),
    givens=(
        Given("h", "h", "activations before dropout", "n"),
        Given("mask", "m", "1 keeps a unit, 0 drops it", "n", kind="bit"),
        Given("p", "p", "probability of DROPPING a unit"),
    ),
    conventions={"dropout": ("inverted", _TEST_SCALED)},
    steps=(
        Step(
            "masked",
            "Masked activations",
            r"h \odot m",
            lambda h, mask: h * mask,
            work=_masked_work,
        ),
        Step(
            "train",
            "In training",
            r"\frac{h \odot m}{1 - p} \text{ (test-scaled: } h \odot m \text{)}",
            lambda masked, p, dropout: masked if dropout == _TEST_SCALED else masked / (1.0 - p),
            final=True,
            work=_train_work,
            formula_for=Among(
                "dropout", {"inverted": r"\frac{h \odot m}{1 - p}", "test-scaled": r"h \odot m"}
            ),
        ),
        Step(
            "test",
            "At test",
            r"h \text{ (test-scaled: } (1 - p)\, h \text{)}",
            lambda h, p, dropout: (1.0 - p) * h if dropout == _TEST_SCALED else h,
            final=True,
            work=_test_work,
            formula_for=Among("dropout", {"inverted": r"h", "test-scaled": r"(1 - p)\, h"}),
        ),
    ),
    slips=(
        Slip(
            "mask-inverted",
            "masked",
            lambda h, mask: h * (1.0 - mask),
            "1 in the mask keeps the unit, 0 drops it.",
            when=lambda h: bool(np.any(np.abs(h) > TIE)),
        ),
        Slip(
            "p-for-keep",
            "train",
            lambda masked, p: masked / p,
            "Divide by the probability of KEEPING, 1 - p.",
            when=lambda masked, p, dropout: (
                dropout == "inverted" and p > 0 and _not_half(p) and _kept(masked)
            ),
        ),
        Slip(
            "scale-forgotten",
            "train",
            lambda masked: masked,
            "Inverted dropout divides by 1 - p already in training.",
            when=lambda masked, p, dropout: dropout == "inverted" and p > 0 and _kept(masked),
        ),
        Slip(
            "double-scaling",
            "test",
            lambda h, p: (1.0 - p) * h,
            "Inverted dropout was scaled in training; at test nothing is scaled again.",
            when=lambda h, p, dropout: dropout == "inverted" and p > 0 and _kept(h),
        ),
        Slip(
            "p-for-keep-at-test",
            "test",
            lambda h, p: p * h,
            "At test multiply by the probability of KEEPING, 1 - p.",
            when=lambda h, p, dropout: dropout == _TEST_SCALED and _not_half(p) and _kept(h),
        ),
        Slip(
            "test-unscaled",
            "test",
            lambda h: h,
            "With unscaled training the test activations are multiplied by 1 - p.",
            when=lambda h, p, dropout: dropout == _TEST_SCALED and p > 0 and _kept(h),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("dropout-scaling-train-vs-test",),
    items=("hub-dropout-def", "hub-dropout-train-only", "hub-inverted-dropout"),
)
