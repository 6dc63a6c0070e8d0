"""The sentence that a student reads under a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.verdicts import Verdict
from quizapp.exercises.conventions import describe
from quizapp.exercises.lineage import lineage
from quizapp.exercises.values import FILLING, entries

if TYPE_CHECKING:
    from quizapp.exercises.family import Step
    from quizapp.exercises.marks import LineMark, Marking
    from quizapp.exercises.values import Bools, Floats


def message(marking: Marking, line: LineMark) -> str:
    """What is said of a line; empty for a blank one."""
    match line.verdict:
        case Verdict.BLANK:
            return _unfinished(line)
        case Verdict.INVALID:
            return line.reason
        case Verdict.CORRECT:
            return "Correct."
        case Verdict.CARRIED:
            return _carried(marking, line)
        case Verdict.CONVENTION:
            return _convention(line)
        case Verdict.SLIP:
            return _slip(line)
        case Verdict.WRONG:
            return _wrong(line)


def _unfinished(line: LineMark) -> str:
    if line.typed is None:
        return ""
    cells = entries(line.step, line.typed)
    missing = int(np.isnan(cells).sum())
    return f"Right so far; {missing} of {cells.size} entries are still blank."


def _carried(marking: Marking, line: LineMark) -> str:
    if any(row is Verdict.CARRIED for row in line.loop_rows):
        return "Right, carried on from your own earlier rows."
    above = lineage_of(marking, line)
    return (
        f"Right, carried on from your line {above}." if above else "Right, carried on from above."
    )


def lineage_of(marking: Marking, line: LineMark) -> int | None:
    """The number (from 1) of the last line above that went astray and that this line reads."""
    at_fault = {Verdict.SLIP, Verdict.WRONG, Verdict.CONVENTION}
    found = None
    ancestors = None
    for number, other in enumerate(marking.lines, start=1):
        if other is line:
            break
        if ancestors is None:
            ancestors = _ancestors(marking, line)
        if other.verdict in at_fault and other.step.name in ancestors:
            found = number
    return found


def _ancestors(marking: Marking, line: LineMark) -> frozenset[str]:
    return lineage(marking.problem.family).ancestors[line.step.name]


def _convention(line: LineMark) -> str:
    named = "; ".join(describe(name, value) for name, value in line.convention.items())
    out = f"Right under another convention: {named}."
    if line.slips:
        out += f" If you did not mean that: {line.slips[0].says}"
    return out


def _slip(line: LineMark) -> str:
    if line.inferred:
        told = " and ".join(_as_clause(slip.says) for slip in line.slips)
        return f"This is what one gets if: {told}"
    if len(line.slips) > 1 and not line.loop_rows:
        return "Either: " + " Or: ".join(slip.says for slip in line.slips)
    return " ".join(slip.says for slip in line.slips)


def _as_clause(says: str) -> str:
    return f"“{says}”"


def _wrong(line: LineMark) -> str:
    if line.typed is None or line.cells is None or line.typed.ndim == 0:
        return "Not right, and no mistake I know by name."
    if line.loop_rows:
        return _wrong_rows(line)
    return _wrong_entries(line.step, line.typed, line.cells)


def _wrong_rows(line: LineMark) -> str:
    """Which rows of a loop are not right, and what is to be said of the others."""
    bad = [
        str(number)
        for number, row in enumerate(line.loop_rows, start=1)
        if not row.right and row is not Verdict.BLANK
    ]
    others = sum(row.right for row in line.loop_rows)
    named = f"Not right in {'row' if len(bad) == 1 else 'rows'} {', '.join(bad)}"
    if not others:
        return f"{named}."
    if others == 1:
        return f"{named}; the other row follows from what stands above it."
    return f"{named}; the other rows follow from what stands above them."


def _wrong_entries(step: Step, typed: Floats, right: Bools) -> str:
    """How many entries are not right, and how many are missing that were asked for."""
    there = np.ones(typed.shape, dtype=bool) if step.plain else typed != FILLING
    wrong = int((~right & there & ~np.isnan(typed)).sum())
    missing = int((~right & ~there).sum())
    if wrong or not missing:
        return f"{wrong} of {there.sum()} entries {'is' if wrong == 1 else 'are'} not right."
    return f"What stands here is right, but {missing} {_entries(missing)} missing."


def _entries(count: int) -> str:
    return "entry is" if count == 1 else "entries are"
