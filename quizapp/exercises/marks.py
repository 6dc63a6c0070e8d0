"""What marking says of the lines of an attempt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.core.verdicts import Verdict
    from quizapp.exercises.family import Slip, Step, Value
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.world import Bools, Floats

_FEW = 3


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

    @property
    def incomplete(self) -> bool:
        """Whether some of its cells are blank."""
        return self.typed is not None and bool(np.isnan(self.typed).any())


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
    """Whether a wrong line is too trivial to carry credit on.

    It is where all entries are equal and the true ones are not, where all are 0 and not all of
    the true ones are, and where it has another shape than the truth.
    """
    if truth is None or typed.shape != truth.shape:
        return True
    if not typed.size or not (typed == typed.flat[0]).all():
        return False
    return bool((truth != truth.flat[0]).any() or (typed.flat[0] == 0 and (truth != 0).any()))


def few_values(step: Step, typed: Floats) -> bool:
    """Whether the line has so few possible values that a slip may explain it by chance."""
    return step.kind != "real" and typed.size <= _FEW


def like(typed: Floats) -> Value:
    """A typed line in the form in which rules expect it: a plain number for a scalar."""
    return float(typed) if typed.ndim == 0 else typed
