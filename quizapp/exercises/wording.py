"""The sentence that a student reads under a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.verdicts import Verdict
from quizapp.exercises.conventions import describe
from quizapp.exercises.lineage import lineage

if TYPE_CHECKING:
    from quizapp.exercises.marks import LineMark, Marking


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
    missing = int(np.isnan(line.typed).sum())
    return f"Right so far; {missing} of {line.typed.size} entries are still blank."


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
        bad = [
            str(n)
            for n, row in enumerate(line.loop_rows, 1)
            if not row.right and row is not Verdict.BLANK
        ]
        named = "row" if len(bad) == 1 else "rows"
        return (
            f"Not right in {named} {', '.join(bad)}; the other rows follow from what stands "
            "above them."
        )
    wrong = int((~line.cells & ~np.isnan(line.typed)).sum())
    return f"{wrong} of {line.typed.size} entries {'is' if wrong == 1 else 'are'} not right."
