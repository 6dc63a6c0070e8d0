"""What marking says of the lines of an attempt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.values import FILLING, entries, is_fixed, widened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.core.verdicts import Verdict
    from quizapp.exercises.family import Slip, Step, Value
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.values import Bools, Floats

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
    """What was typed as an array; rows of lengths of their own are filled up, see ``values``."""
    got: Value = None
    """What was typed as plain data, None where it is blank."""
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


def free_lunch(step: Step, typed: Floats, truth: Floats | None) -> bool:
    """Whether a wrong line is too trivial to carry credit on.

    It is where all entries are equal and the true ones are not, where all are 0 and not all of
    the true ones are, and where it has another shape than the truth (of a step that leaves its
    shape open: no entries at all).
    """
    if truth is None:
        return True
    if step.plain and typed.shape != truth.shape:
        return True
    typed, truth = entries(step, typed), entries(step, truth)
    if not step.plain:
        typed = typed[~np.isnan(typed)]
    if not typed.size:
        return bool(truth.size) and not step.plain
    if not (typed == typed[0]).all():
        return False
    return bool((truth != truth[:1]).any() or (typed[0] == 0 and (truth != 0).any()))


def few_values(step: Step, typed: Floats) -> bool:
    """Whether the line has so few possible values that a slip may explain it by chance."""
    if step.kind == "text":
        return typed.ndim == 0
    return step.kind != "real" and typed.size <= _FEW


def each_entry(line: LineMark, told: Bools) -> Any:
    """What is told of the entries of a line, nested as these are, None for blanks."""
    if line.typed is None:
        return None
    return _nested(line.step, line.typed, widened(told.astype(float), line.typed.shape, 0.0))


def wrong_entries(line: LineMark) -> list[bool]:
    """Whether each cell is wrong, as they are typed on screen: lists of open lengths are one."""
    if line.cells is None:
        return []
    told = each_entry(line, line.cells)
    if line.step.ragged and not is_fixed(line.step):
        return [any(good is False for good in _leaves(row)) for row in told]
    return [good is False for good in _leaves(told)]


def _leaves(told: Any) -> list[bool | None]:
    return [leaf for part in told for leaf in _leaves(part)] if isinstance(told, list) else [told]


def _nested(step: Step, typed: Floats, told: Any) -> Any:
    if typed.ndim == 0:
        return None if np.isnan(typed) else bool(told)
    if typed.ndim > 1:
        rows = [_nested(step, row, of) for row, of in zip(typed, told, strict=True)]
        while not step.plain and rows and rows[-1] == []:
            rows.pop()
        return rows
    if step.ragged and not is_fixed(step) and typed.size > 1 and np.isnan(typed).all():
        return None
    kept = np.ones(typed.shape, dtype=bool) if step.plain else typed != FILLING
    pairs = zip(typed[kept].tolist(), told[kept].tolist(), strict=True)
    return [None if entry != entry else bool(good) for entry, good in pairs]  # noqa: PLR0124
