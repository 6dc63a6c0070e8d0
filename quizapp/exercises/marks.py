"""What marking says of the lines of an attempt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quizapp.exercises.graph import Undefined, call

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.core.verdicts import Verdict
    from quizapp.exercises.family import Rule, Slip, Step, Value
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.world import Bools, Floats


@dataclass(slots=True)
class LineMark:
    """What is said of one line."""

    step: Step
    verdict: Verdict
    slips: tuple[Slip, ...] = ()
    convention: Mapping[str, str] = field(default_factory=dict)
    cells: Bools | None = None
    typed: Floats | None = None
    expected: Value = None
    """The right value."""
    from_own: Value = None
    """The value that follows from the student's own earlier lines."""
    reason: str = ""
    """Why a line cannot be read."""
    inferred: bool = False
    """The slips are guessed from a later line: "this is what one gets if ..."."""
    trivial: bool = False
    """A wrong line too trivial to carry credit on."""
    share: float = 0.0
    """The part of the line's points that it earns, 0 to 1."""
    loop_rows: tuple[Verdict, ...] = ()
    """In a loop, the verdict of each row."""


@dataclass(frozen=True, slots=True)
class Marking:
    """A marked attempt: the share of the points and a mark for every line."""

    problem: Problem
    score: float
    lines: tuple[LineMark, ...]

    def line(self, step: str) -> LineMark:
        """The mark of a line by the name of its step."""
        return next(mark for mark in self.lines if mark.step.name == step)


def difference(base: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """The conventions in which another setting differs, with its values."""
    return {name: value for name, value in other.items() if base[name] != value}


def free_lunch(typed: Floats, truth: Floats | None) -> bool:
    """Whether a wrong line is too trivial to carry credit on: all equal where the truth is not."""
    if truth is None:
        return False
    if typed.shape != truth.shape or np.isnan(typed).any():
        return True  # half a line, or one of another shape: nothing that could be carried on
    if typed.size == 1:
        return bool((typed == 0).all() and (truth != 0).any())
    return bool((typed == typed.flat[0]).all() and (truth != truth.flat[0]).any())


def like(typed: Floats) -> Value:
    """A typed line in the form in which rules expect it: a plain number for a scalar."""
    return float(typed) if typed.ndim == 0 else typed


def own_value(rule: Rule, env: Mapping[str, Value]) -> Floats | None:
    """The value of a rule as floats, None where it is undefined."""
    try:
        return np.asarray(call(rule, env), dtype=float)
    except (Undefined, TypeError, ValueError):
        return None
