"""What a truth table demands of one perceptron (Minsky and Papert 1969)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import step_of
from quizapp.exercises.families.perceptron._threshold import (
    CORNERS,
    differ,
    heaviside,
    some_zero,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import total

XOR = (0.0, 1.0, 1.0, 0.0)
XNOR = (1.0, 0.0, 0.0, 1.0)


def _z(w1: float, w2: float, b: float) -> Any:
    return np.array([b, w2 + b, w1 + b, w1 + w2 + b])


def _z_work(w1: float, w2: float, b: float) -> list[Work]:
    terms = ((b,), (w2, b), (w1, b), (w1, w2, b))
    return [Work((corner,), total(row)) for corner, row in enumerate(terms)]


def _satisfied(outputs: Any, t: Any) -> Any:
    return np.abs(np.asarray(outputs) - t) <= TIE


def _count(satisfied: Any) -> float:
    """How many of a line of yes and no are yes."""
    return float(np.sum(np.asarray(satisfied, dtype=float) > 0.5))


def _violated(satisfied: Any) -> float:
    return len(satisfied) - _count(satisfied)


def _violated_work(satisfied: Any, value: Any) -> list[Work]:
    return [Work((), total(1.0 - np.asarray(satisfied, dtype=float)))]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """XOR with both weights 1, then with others, then XOR or its negation with one failure."""
    if level == 1:
        b = float(rng.choice((-2.5, -1.5, -0.5, 0.5, 1.5)))
        return {"w1": 1.0, "w2": 1.0, "b": b, "t": np.array(XOR)}
    if level == 2:
        return _drawn(rng, XOR)
    # At least one corner must fail; exactly one does in every sixth draw or so.
    at_zero = conventions["heaviside_at_zero"]
    for _ in range(60):
        givens = _drawn(rng, XOR if rng.random() < 0.5 else XNOR)
        outputs = heaviside(_z(givens["w1"], givens["w2"], givens["b"]), at_zero)
        if _violated(_satisfied(outputs, givens["t"])) == 1:
            break
    return givens


def _drawn(rng: Any, target: tuple[float, ...]) -> dict[str, Any]:
    w1, w2, b = rng.choice((-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0), size=3).tolist()
    return {"w1": w1, "w2": w2, "b": b, "t": np.array(target)}


def avoid(b: float) -> str | None:
    """Units without a bias, on which forgetting it would not show."""
    return "no bias" if abs(b) <= TIE else None


FAMILY = Family(
    id="xor-constraints",
    topic="perceptron",
    title="Constraints of a truth table on one perceptron",
    task="Compute the output at the corners 00, 01, 10 and 11, and say which targets are met and "
    "how many are not.",
    sources=("nc",),
    givens=(
        Given("w1", "w_1", "weight of the first input"),
        Given("w2", "w_2", "weight of the second input"),
        Given("b", "b", "bias"),
        Given("t", "t", "targets 0 or 1 at the corners 00, 01, 10, 11", "4", kind="bit"),
    ),
    conventions={"heaviside_at_zero": ("one", "zero")},
    steps=(
        Step(
            "z",
            "Weighted sums at 00, 01, 10, 11",
            r"b,\; w_2 + b,\; w_1 + b,\; w_1 + w_2 + b",
            _z,
            work=_z_work,
        ),
        Step(
            "outputs",
            "Outputs",
            r"y = H(z)",
            heaviside,
            kind="integer",
            formula_for=lambda heaviside_at_zero: "y = " + step_of("z", heaviside_at_zero),
        ),
        Step(
            "satisfied",
            "Is the target met?",
            r"y = t",
            _satisfied,
            final=True,
            kind="boolean",
        ),
        Step(
            "violated",
            "Number of targets that are not met",
            r"\sum_k [y_k \ne t_k]",
            _violated,
            final=True,
            kind="integer",
            work=_violated_work,
        ),
    ),
    slips=(
        Slip(
            "weights-swapped",
            "z",
            lambda w1, w2, b: _z(w2, w1, b),
            "Corner 01 switches on the SECOND weight, corner 10 the first.",
            when=lambda w1, w2: abs(w1 - w2) > TIE,
        ),
        Slip(
            "bias-twice",
            "z",
            lambda w1, w2, b: _z(w1, w2, b) + b * CORNERS.prod(axis=1),
            "At corner 11 the bias counts once, not twice.",
            when=lambda b: abs(b) > TIE,
        ),
        Slip(
            "bias-left-out",
            "z",
            lambda w1, w2: _z(w1, w2, 0.0),
            "The bias is missing.",
            when=lambda b: abs(b) > TIE,
        ),
        Slip(
            "satisfied-counted",
            "violated",
            _count,
            "Count the violated constraints, not the satisfied ones.",
            when=lambda satisfied: differ(_count(satisfied), _violated(satisfied)),
        ),
    ),
    make=make,
    avoid=avoid,
    tie=some_zero,
    tie_rules=("heaviside_at_zero",),
    discrepancies=("heaviside-at-zero", "mp-neuron-vs-linear-separability"),
    items=("nc-xor-constraints", "nc-xor-mp"),
)
