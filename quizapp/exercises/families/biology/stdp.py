"""Spike-timing dependent plasticity with a hard window (Bi and Poo 1998, simplified)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, num


def _order(dt: Any) -> Any:
    """+1 where A fires first, -1 where B does, 0 where both fire at once."""
    return np.where(np.abs(dt) <= TIE, 0.0, np.sign(dt))


def _within(dt: Any, window: float) -> Any:
    return np.abs(dt) <= window + TIE


def _change(dt: Any, within: Any, amount: float) -> Any:
    return np.where(within, _order(dt) * amount, 0.0)


def _whenever_near(within: Any, amount: float) -> Any:
    """The mistake of strengthening every pair of spikes that lie close together."""
    return np.where(within, amount, 0.0)


def check(window: float, amount: float) -> None:
    """The window reaches somewhere, and a change has a size."""
    if window < 0:
        raise GivenError("'window' is a time difference; it is 0 or positive.", where="window")
    if amount <= 0:
        raise GivenError(
            "'amount' is the size of a change; it is positive, its sign comes from the order.",
            where="amount",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One pair of spikes; three, one outside the window; five."""
    count = {1: 1, 2: 3, 3: 5}[level]
    window = int(rng.choice((10, 15, 20)))
    signs = rng.choice((-1, 1), size=count)
    dt = signs * rng.integers(2, window, size=count)
    if level > 1:
        dt[0] = signs[0] * (window + int(rng.integers(3, 15)))
        dt[1:3] = np.abs(dt[1:3]) * rng.permutation((-1, 1))
    if level == 3 and rng.random() < 1 / 3:
        dt[3] = rng.choice((0, window))
    t_a = np.sort(rng.choice(np.arange(40, 140, 3), size=count, replace=False))
    return {
        "t_a": t_a,
        "t_b": t_a + rng.permutation(dt),
        "window": window,
        "amount": float(rng.choice((0.1, 0.25, 0.5, 1.0))),
    }


FAMILY = Family(
    id="stdp",
    topic="biology",
    title="Spike-timing dependent change of two links",
    task=(
        "Compute the change of the link from A to B and of the link from B to A for every pair of "
        "spikes."
    ),
    sources=("nc",),
    givens=(
        Given("t_a", "t_A", "spike times of neuron A in ms", "n"),
        Given("t_b", "t_B", "spike times of neuron B in ms, paired with those of A", "n"),
        Given("window", "T", "largest time difference that still has an effect, in ms"),
        Given("amount", "c", "size of a change"),
    ),
    steps=(
        Step(
            "dt",
            "Time differences in ms",
            r"\Delta t = t_B - t_A",
            lambda t_a, t_b: t_b - t_a,
            work=lambda t_a, t_b: [
                Work((i,), f"{num(b)} - {factor(a)}")
                for i, (a, b) in enumerate(zip(t_a, t_b, strict=True))
            ],
        ),
        Step(
            "within",
            "Within the window?",
            r"|\Delta t| \le T",
            _within,
            kind="boolean",
        ),
        Step(
            "change_ab",
            "Change of the link from A to B",
            r"\Delta w_{AB} = c \cdot \mathrm{sgn}(\Delta t) \text{ within the window, else } 0",
            _change,
            final=True,
            work=lambda dt, within, amount: [
                Work((i,), rf"{num(sign)} \cdot {factor(amount)}" if near and sign else "0")
                for i, (sign, near) in enumerate(zip(_order(dt), within, strict=True))
            ],
        ),
        Step(
            "change_ba",
            "Change of the link from B to A",
            r"\Delta w_{BA} = -\Delta w_{AB}",
            lambda change_ab: 0.0 - change_ab,
            final=True,
            work=lambda change_ab: [
                Work((i,), f"-{factor(change)}" if change else "0")
                for i, change in enumerate(change_ab)
            ],
        ),
    ),
    slips=(
        Slip(
            "order-reversed",
            "dt",
            lambda t_a, t_b: t_a - t_b,
            "A link is strengthened when its SENDER fires first.",
            when=lambda dt: bool(np.any(np.abs(dt) > TIE)),
        ),
        Slip(
            "window-ignored",
            "within",
            lambda dt: np.ones(len(dt), dtype=bool),
            "Spikes that lie too far apart have no effect.",
            when=lambda dt, window: not np.all(_within(dt, window)),
        ),
        Slip(
            "symmetric",
            "change_ba",
            lambda change_ab: change_ab,
            "The opposite link changes the opposite way.",
            when=lambda change_ab: bool(np.any(np.abs(change_ab) > TIE)),
        ),
        Slip(
            "simple-hebb",
            "change_ab",
            _whenever_near,
            "The order of the spikes decides the sign, not only that both fire.",
            when=lambda dt, within: bool(np.any((dt <= TIE) & within)),
        ),
    ),
    make=make,
    check=check,
    items=("nc-stdp", "nc-hebb-theory"),
)
