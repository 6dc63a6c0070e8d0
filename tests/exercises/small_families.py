"""Small made-up families on which one thing at a time can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import Family, Given, Slip, Step
from quizapp.exercises.problem import Problem, read_conventions
from quizapp.exercises.shapes import read_givens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.exercises.family import Conventions


def declared(
    givens: Sequence[Given], steps: Sequence[Step], slips: Sequence[Slip] = (), **more: Any
) -> Family:
    """A family about nothing in particular."""
    named = {"id": "small", "topic": "small", "title": "Small", "task": "Compute.", "sources": ()}
    more = {"make": _nothing, **named, **more}
    return Family(givens=tuple(givens), steps=tuple(steps), slips=tuple(slips), **more)


def _nothing(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    return {}


def posed(
    family: Family,
    conventions: Mapping[str, str] | None = None,
    *,
    decimals: int = 3,
    printed: frozenset[str] = frozenset(),
    **givens: Any,
) -> Problem:
    """A problem of a family that is in no catalogue."""
    setting = read_conventions(family, conventions or {})
    return Problem(family, read_givens(family, givens, setting), setting, decimals, printed)


CHAIN = declared(
    [Given("a", "a", "numbers", "n")],
    [
        Step("double", "Double", "2a", lambda a: 2 * a),
        Step("moved", "Moved", "d + 1", lambda double, by: double + (1 if by == "one" else 10)),
        Step("total", "Total", r"\sum", lambda moved: float(np.sum(moved)), final=True),
    ],
    [
        Slip("tripled", "double", lambda a: 3 * a, "Twice, not three times."),
        Slip("squared", "double", lambda a: a * a, "Twice, not the square."),
        Slip("moved-back", "moved", lambda double: double - 1, "Add, do not subtract."),
        Slip("not-moved", "moved", lambda double: double, "The move is missing."),
        Slip("mean", "total", lambda moved: float(np.mean(moved)), "The sum, not the mean."),
    ],
    conventions={"by": ("one", "ten")},
)
"""a -> 2a -> 2a + 1 (or + 10) -> the sum."""


def len_of(gain: Any) -> int:
    """One row for each gain."""
    return len(gain)


def _level(level: Any, gain: Any, row: int, way: str) -> Any:
    step = gain[row - 1] if way == "add" else 2 * gain[row - 1]
    return level[row - 1] + step


def _lost(gain: Any, row: int) -> Any:
    return gain[row - 1]


def _forgotten(level: Any, row: int) -> Any:
    return level[row - 1]


LOOP = declared(
    [Given("start", "s", "the level at first"), Given("gain", "g", "what comes in", "n")],
    [
        Step("level", "Level", "l + g", _level, loop="t", before="start"),
        Step(
            "sign",
            "Sign",
            r"\mathrm{sgn}",
            lambda level, row: _sign(level[row]),
            loop="t",
            kind="sign",
        ),
        Step("end", "End", "l_n", lambda level: float(level[-1]), final=True),
    ],
    [
        Slip("forgotten", "level", _forgotten, "The gain is missing."),
        Slip("lost", "level", _lost, "The old level is missing."),
    ],
    conventions={"way": ("add", "twice")},
    rows=len_of,
)
"""A level that grows by a gain in every row, and its sign."""


def _sign(x: float) -> float:
    return 1.0 if x > 0 else -1.0
