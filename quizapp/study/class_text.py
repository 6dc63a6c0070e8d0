"""The marks of a class as lines of text, for any terminal."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from quizapp.core.text import clean
from quizapp.core.verdicts import Verdict
from quizapp.exercises.conventions import describe
from quizapp.exercises.wording import message
from quizapp.mathtext import width
from quizapp.study.points import shown
from quizapp.study.sheet import MARKS, titled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.exercises.family import Family
    from quizapp.exercises.marks import LineMark
    from quizapp.study.class_answers import Refused
    from quizapp.study.class_marks import ClassMarks, LineCount, Marked

_COUNTED = ("wrong", "unreadable", "blank")
_INDENT = 6
_TOLD = "Blank, and counted as done: a later line shows it."


def student_lines(one: Marked, columns: int) -> list[str]:
    """A student's points, and every line's verdict in words."""
    score = f"{one.points}, {one.marking.score:.0%}"
    name = clean(one.student)
    gap = columns - width(name) - width(score)
    lines = [f"{name}{' ' * gap}{score}"] if gap > 1 else [name, score.rjust(columns)]
    if all(_is_blank(line) for line in one.marking.lines):
        return [*lines, "    · Nothing is written."]
    for number, line in enumerate(one.marking.lines, start=1):
        lines += _line(one, number, line, columns)
    return lines


def _is_blank(line: LineMark) -> bool:
    return line.verdict is Verdict.BLANK and line.typed is None


def _line(one: Marked, number: int, line: LineMark, columns: int) -> list[str]:
    told = message(one.marking, line)
    if _is_blank(line):
        told = _TOLD if line.share == 1.0 else "Blank."
    if line.verdict is Verdict.INVALID and line.step.name in one.cells:
        told = f"{told} ({one.cells[line.step.name]})"
    head = f"{number:>3} {MARKS[line.verdict]} {titled(line.step)}"
    return wrap(f"{head} {told}", columns, subsequent_indent=" " * _INDENT)


def refused_lines(one: Refused, columns: int) -> list[str]:
    """Why somebody is not marked, and where."""
    who = clean(one.student) or "Not marked"
    where = f"{one.error.where}: " if one.error.where else ""
    said = " ".join(clean(f"! {where}{one.error.message}").split())
    return [who, *wrap(said, columns, initial_indent="    ", subsequent_indent=" " * _INDENT)]


def class_lines(marks: ClassMarks, missing: Iterable[str], columns: int) -> list[str]:
    """What the class has in common: its scores, the most common slips, the lines in trouble."""
    lines = wrap(" ".join(_overview(marks, list(missing))), columns)
    several = len(marks.families) > 1
    slips = [
        (one.students, f"{_named(one.family, one.number, several=several)}: {one.slip.says}")
        for one in marks.slips()
    ]
    lines += _counted("Most common slips, by students", slips, columns)
    others = [
        (count, f"another convention: {describe(name, value)}")
        for name, value, count in marks.conventions()
    ]
    lines += _counted("Other conventions than the problem's, by students", others, columns)
    trouble = [one for one in marks.lines() if any(one.counts[kind] for kind in _COUNTED)]
    if trouble:
        lines += ["", "Lines in trouble, by students", *_table(trouble, columns, several=several)]
    return lines


def _overview(marks: ClassMarks, missing: list[str]) -> list[str]:
    count = marks.students
    told = [f"{count} {'student' if count == 1 else 'students'} marked."]
    if marks.refused:
        told = [f"{told[0][:-1]}, {marks.refused} not marked (see above)."]
    if count:
        mean = f"Mean score {marks.mean:.0%}"
        if marks.mean_points is not None:
            earned, of = marks.mean_points
            mean += f" ({shown(earned)} of {shown(of)} points)"
        told.append(
            f"{mean}, median {marks.median:.0%}, from {min(marks.scores):.0%} to "
            f"{max(marks.scores):.0%}."
        )
    if missing:
        told.append(f"There is no column for {', '.join(missing)}: blank for everybody.")
    return told


def _counted(head: str, counts: list[tuple[int, str]], columns: int) -> list[str]:
    if not counts:
        return []
    widest = len(str(max(count for count, _ in counts)))
    lines = ["", head]
    for count, told in counts:
        lines += wrap(
            f"{count:>{widest}}×  {told}",
            columns,
            initial_indent="  ",
            subsequent_indent=" " * (widest + 5),
        )
    return lines


def _table(trouble: list[LineCount], columns: int, *, several: bool) -> list[str]:
    """How many have each line wrong, unreadable or blank."""
    names = [_named(one.family, one.number, several=several) for one in trouble]
    heads = [kind.rjust(max(len(kind), 5)) for kind in _COUNTED]
    room = columns - 2 - sum(len(head) + 2 for head in heads)
    widest = min(max(map(width, names)), room)
    lines = [f"  {' ' * widest}  {'  '.join(heads)}"]
    for name, one in zip(names, trouble, strict=True):
        cells = [
            str(one.counts[kind]).rjust(len(head))
            for kind, head in zip(_COUNTED, heads, strict=True)
        ]
        *above, last = wrap(name, widest)
        lines += [f"  {part}" for part in above]
        lines.append(f"  {last}{' ' * (widest - width(last))}  {'  '.join(cells)}")
    return lines


def _named(family: Family, number: int, *, several: bool) -> str:
    title = family.steps[number - 1].title
    named = f"line {number}, {title}"
    return f"{family.title}, {named}" if several else named
