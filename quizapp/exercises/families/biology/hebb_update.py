"""One Hebbian change of the links between two groups of units (Hebb 1949, chapter 4)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num

_PLUS_MINUS = "plus-minus"


def _coded(activity: Any, labels: str) -> Any:
    return 2 * activity - 1 if labels == _PLUS_MINUS else activity


def _coded_work(activity: Any, labels: str) -> list[Work]:
    if labels == _PLUS_MINUS:
        return [Work((i,), rf"2 \cdot {num(a)} - 1") for i, a in enumerate(activity)]
    return [Work((i,), num(a)) for i, a in enumerate(activity)]


def _change(pre: Any, post: Any, eta: float) -> Any:
    return eta * np.outer(post, pre)


def _change_work(pre: Any, post: Any, eta: float, value: Any) -> list[Work]:
    return [
        Work((i, j), rf"{factor(eta)} \cdot {factor(post[i])} \cdot {factor(pre[j])}")
        for i, j in entries(value)
    ]


def _presynaptic_only(pre: Any, post: Any, eta: float) -> Any:
    return _change(pre, np.ones(len(post)), eta)


def _transposed(pre: Any, post: Any, eta: float) -> Any:
    return _change(pre, post, eta).T


def _differ(a: Any, b: Any) -> bool:
    return bool(np.any(np.abs(a - b) > TIE))


def check(eta: float) -> None:
    """A learning rate is not negative."""
    if eta < 0:
        raise GivenError("'eta' is a learning rate; it is not negative.", where="eta")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One unit with two senders, two with two, two with three."""
    p, n = {1: (1, 2), 2: (2, 2), 3: (2, 3)}[level]
    weights = rng.integers(-4, 5, size=(p, n)) / 2
    return {
        "x": rng.integers(0, 2, size=n),
        "y": rng.integers(0, 2, size=p),
        "W": rng.integers(0, 3, size=(p, n)) if level == 1 else weights,
        "eta": float(rng.choice((0.5, 1.0) if level == 1 else (0.1, 0.25, 0.5))),
    }


def avoid(dW: Any, x: Any) -> str | None:
    """Updates in which nothing changes, senders that are all alike."""
    if not dW.any():
        return "no change"
    return "all senders alike" if len(x) > 2 and np.ptp(x) == 0 else None


FAMILY = Family(
    id="hebb-update",
    topic="biology",
    title="Hebbian weight change",
    task="Compute the Hebbian change of every link and the new weights.",
    sources=("nc",),
    givens=(
        Given("x", "x", "presynaptic activities (1 active, 0 silent)", "n", kind="bit"),
        Given("y", "y", "postsynaptic activities (1 active, 0 silent)", "p", kind="bit"),
        Given("W", "W", "weights, one postsynaptic unit per row", "p x n"),
        Given("eta", r"\eta", "learning rate"),
    ),
    conventions={"labels": (_PLUS_MINUS, "zero-one")},
    steps=(
        Step(
            "pre",
            "Presynaptic activities, coded",
            r"a = 2x - 1 \text{ (zero-one: } x \text{)}",
            lambda x, labels: _coded(x, labels),
            kind="integer",
            work=lambda x, labels: _coded_work(x, labels),
            formula_for=Among("labels", {"plus-minus": r"a = 2x - 1", "zero-one": r"a = x"}),
        ),
        Step(
            "post",
            "Postsynaptic activities, coded",
            r"b = 2y - 1 \text{ (zero-one: } y \text{)}",
            lambda y, labels: _coded(y, labels),
            kind="integer",
            work=lambda y, labels: _coded_work(y, labels),
            formula_for=Among("labels", {"plus-minus": r"b = 2y - 1", "zero-one": r"b = y"}),
        ),
        Step(
            "dW",
            "Changes of the weights",
            r"\Delta w_{ij} = \eta\, b_i a_j",
            _change,
            work=_change_work,
        ),
        Step(
            "W_new",
            "New weights",
            r"W + \Delta W",
            lambda W, dW: W + dW,
            final=True,
            work=lambda W, dW: [Work(at, f"{num(W[at])} + {factor(dW[at])}") for at in entries(W)],
        ),
    ),
    slips=(
        Slip(
            "presynaptic-only",
            "dW",
            _presynaptic_only,
            "Both sides must be active together: multiply by the postsynaptic activity.",
            when=lambda pre, post, eta, dW: _differ(_presynaptic_only(pre, post, eta), dW),
        ),
        Slip(
            "transposed",
            "dW",
            _transposed,
            "Rows belong to the postsynaptic unit; this matrix is transposed.",
            when=lambda dW: dW.shape[0] == dW.shape[1] and _differ(dW.T, dW),
        ),
        Slip(
            "eta-missing",
            "dW",
            lambda pre, post: _change(pre, post, 1.0),
            "The learning rate is missing.",
            when=lambda pre, post, dW: _differ(_change(pre, post, 1.0), dW),
        ),
        Slip(
            "subtracted",
            "W_new",
            lambda W, dW: W - dW,
            "Cells that fire together strengthen their link: the change is added.",
            when=lambda dW: bool(np.any(np.abs(dW) > TIE)),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("nc-hebb-theory",),
)
