"""Marking a sheet and counting what is demanded of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.core.verdicts import Verdict
from quizapp.exercises.grading import mark
from tests.exercises import nested
from tests.exercises.students import measures
from tests.exercises.students.fits import RIGHT
from tests.exercises.students.sheet import FINALS

if TYPE_CHECKING:
    from quizapp.exercises.marks import LineMark, Marking
    from tests.exercises.students.fits import Explanations
    from tests.exercises.students.sheet import Sheet
    from tests.exercises.students.tally import Tally

_FAULTED = {Verdict.SLIP, Verdict.WRONG, Verdict.INVALID}


def judge_honest(sheet: Sheet, tally: Tally) -> None:
    """Nobody without a mistake is marked down or told of one."""
    marking = mark(sheet.problem, sheet.answers)
    down = [m for m in marking.lines if _marks_down(sheet, m)]
    lost = not sheet.conventions and marking.score < _due(sheet) - 1e-9
    measure = measures.OTHER if sheet.conventions else measures.HONEST
    tally.count(measure, said(sheet, marking), hit=bool(down) or lost)
    accused = any(m.verdict is Verdict.SLIP for m in marking.lines)
    tally.count(measures.ACCUSED, said(sheet, marking), hit=accused)


def _marks_down(sheet: Sheet, line: LineMark) -> bool:
    if line.step.name not in sheet.values:
        return line.verdict is not Verdict.BLANK
    if sheet.conventions:
        return line.verdict in {*_FAULTED, Verdict.BLANK}
    return not line.verdict.right


def _due(sheet: Sheet) -> float:
    """The share of the lines that are shown, or blank above a final that is shown."""
    names = list(sheet.problem.family.by_name)
    last = max(names.index(name) for name in sheet.problem.family.finals)
    return len({*sheet.values, *names[: last + 1]}) / len(names)


def judge_slip(sheet: Sheet, explanations: Explanations, tally: Tally) -> None:
    """A slip is noticed; where nothing else explains the numbers, it is named."""
    if sheet.kind == FINALS:
        _judge_slip_in_finals(sheet, explanations, tally)
    else:
        _judge_shown_slip(sheet, explanations, tally)


def _judge_shown_slip(sheet: Sheet, explanations: Explanations, tally: Tally) -> None:
    (slip,) = sheet.slips
    fits = explanations.of_line(dict(sheet.values), sheet.problem.family.by_name[slip.step])
    if RIGHT in fits:
        return  # what this student rounded cannot be told from right
    marking = mark(sheet.problem, sheet.answers)
    line = marking.line(slip.step)
    what = said(sheet, marking)
    tally.count(
        measures.CAUGHT, what, hit=line.verdict in {Verdict.SLIP, Verdict.CONVENTION, Verdict.WRONG}
    )
    others = [m for m in marking.lines if m is not line and m.verdict in _FAULTED]
    tally.count(measures.BESIDE, what, hit=bool(others))
    if fits == {slip.name}:
        tally.count(measures.NAMED, what, hit=_named(line) == {slip.name})


def _judge_slip_in_finals(sheet: Sheet, explanations: Explanations, tally: Tally) -> None:
    (slip,) = sheet.slips
    fits = explanations.of_finals(dict(sheet.values))
    if RIGHT in fits:
        return
    marking = mark(sheet.problem, sheet.answers)
    what = said(sheet, marking)
    tally.count(measures.CAUGHT_FINALS, what, hit=any(not m.verdict.right for m in _typed(marking)))
    if fits == {slip.name}:
        named = set().union(*(_named(m) for m in marking.lines))
        tally.count(measures.NAMED_FINALS, what, hit=named == {slip.name})


def judge_two_slips(sheet: Sheet, explanations: Explanations, tally: Tally) -> None:
    """Each of two slips is explained where it was made, if it makes a difference there.

    Where the second one undoes the first one, its line is right after all.
    """
    lines = dict(sheet.values)
    if any(explanations.follows(lines, slip) for slip in sheet.slips):
        return
    undone = any(explanations.is_right(lines, slip) for slip in sheet.slips)
    marking = mark(sheet.problem, sheet.answers)
    explained = [
        slip.name in {s.name for s in marking.line(slip.step).slips} for slip in sheet.slips
    ]
    measure = measures.UNDONE if undone else measures.TWO
    tally.count(measure, said(sheet, marking), hit=all(explained))


def judge_error(sheet: Sheet, explanations: Explanations, tally: Tally) -> None:
    """An error that nothing explains is noticed and not called by a name."""
    lines = dict(sheet.values)
    if sheet.kind == FINALS:
        if not explanations.of_finals(lines):
            marking = mark(sheet.problem, sheet.answers)
            called = _has(marking, Verdict.SLIP)
            tally.count(measures.ERROR_NAMED_FINALS, said(sheet, marking), hit=called)
        return
    if explanations.of_line(lines, sheet.problem.family.by_name[sheet.spoilt]):
        return
    marking = mark(sheet.problem, sheet.answers)
    what = said(sheet, marking)
    line = marking.line(sheet.spoilt)
    tally.count(measures.ERROR_CAUGHT, what, hit=not line.verdict.right)
    tally.count(measures.ERROR_NAMED, what, hit=_has(marking, Verdict.SLIP))
    tally.count(measures.ERROR_EXCUSED, what, hit=_has(marking, Verdict.CONVENTION))


def judge_near_miss(sheet: Sheet, tally: Tally) -> None:
    """What rounding cannot do is not right."""
    marking = mark(sheet.problem, sheet.answers)
    hit = not marking.line(sheet.spoilt).verdict.right
    tally.count(measures.NEAR_MISS, said(sheet, marking), hit=hit)


def _typed(marking: Marking) -> list[LineMark]:
    return [m for m in marking.lines if m.typed is not None]


def _has(marking: Marking, verdict: Verdict) -> bool:
    return any(m.verdict is verdict for m in marking.lines)


def _named(line: LineMark) -> set[str]:
    """The slips that a line is said to have; none where a convention is taken to explain it."""
    return {slip.name for slip in line.slips} if line.verdict is Verdict.SLIP else set()


# What was said ---------------------------------------------------------------------------


class said:  # noqa: N801 - read as a verb: the text is made only when somebody reads it
    """A sheet and what was said of it."""

    def __init__(self, sheet: Sheet, marking: Marking) -> None:
        self.sheet = sheet
        self.marking = marking

    def __str__(self) -> str:
        lines = [_verdict(self.sheet, line) for line in self.marking.lines]
        return "\n    ".join(
            [f"{self.sheet}; score {self.marking.score:.3f}", *filter(None, lines)]
        )


def _short(entry: Any) -> Any:
    return entry if isinstance(entry, str) else round(entry, 6)


def _verdict(sheet: Sheet, line: LineMark) -> str:
    """What was said of a line that is not simply right."""
    name = line.step.name
    if name not in sheet.values or line.verdict is Verdict.CORRECT:
        return ""
    said_of = [slip.name for slip in line.slips]
    typed = " / ".join(str(sheet.answers[name]).splitlines())
    expected = str(nested.each(line.expected, _short))
    return (
        f"{name} {line.verdict} {said_of or ''}{dict(line.convention) or ''} {line.reason} "
        f"typed {typed} expected {' '.join(expected.split())}"
    )
