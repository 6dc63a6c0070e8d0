"""The verdict on one line.

The explanations are tried in this order: the right value; the value that follows from the
student's own earlier lines; the path the student is on (conventions and slips found so
far); another convention; a slip on this line; slips on blank lines above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.verdicts import Verdict
from quizapp.exercises.explanations import (
    denied,
    on_path,
    other_setting,
    slips_above,
    slips_here,
)
from quizapp.exercises.graph import parameters
from quizapp.exercises.marks import LineMark, difference, few_values, free_lunch, like
from quizapp.exercises.submission import Unreadable

if TYPE_CHECKING:
    from quizapp.exercises.attempt import Attempt
    from quizapp.exercises.family import Step
    from quizapp.exercises.world import Floats


def mark_line(attempt: Attempt, step: Step) -> LineMark:
    """The mark of a line; the attempt goes on from what stands there."""
    typed = attempt.typed(step)
    line = LineMark(step, Verdict.BLANK, expected=attempt.truth.values[step.name])
    if isinstance(typed, Unreadable):
        line.verdict, line.reason = Verdict.INVALID, typed.reason
        typed = None
    if typed is None:
        attempt.blank.add(step.name)
        return line
    line.typed = typed
    line.cells = np.zeros(typed.shape, dtype=bool)
    _judge(attempt, line, typed)
    if line.incomplete and line.verdict.right:
        line.verdict = Verdict.BLANK  # unfinished: what stands there is right so far
    _go_on(attempt, line, typed)
    return line


def _judge(attempt: Attempt, line: LineMark, typed: Floats) -> None:
    """Set the verdict of a line and what explains it."""
    if _follows(attempt, line, typed) or _on_path(attempt, line, typed):
        return
    if _by_convention(attempt, line, typed):
        return
    line.slips = slips_here(attempt, line.step, typed)
    if line.slips:
        line.inferred = few_values(line.step, typed) or not attempt.all_shown(line.step)
    else:
        line.slips = slips_above(attempt, line.step, typed)
        line.inferred = bool(line.slips)
    line.verdict = Verdict.SLIP if line.slips else Verdict.WRONG


def _follows(attempt: Attempt, line: LineMark, typed: Floats) -> bool:
    """Whether the line is right outright or follows from the student's own earlier lines."""
    step = line.step
    agreeing = attempt.truth.agrees(step, typed)
    if agreeing is not None:
        line.cells = agreeing
        if agreeing.all():
            line.verdict = Verdict.CORRECT
            return True
    own = attempt.world(
        attempt.problem.conventions, known=attempt.own, upto=step.name, shaken=attempt.astray
    )
    line.from_own = own.value(step.name)
    agreeing = own.agrees(step, typed)
    if agreeing is None:
        return False
    if agreeing.all():
        line.cells = agreeing
        line.verdict = Verdict.CARRIED if attempt.astray else Verdict.CORRECT
        return True
    if attempt.astray:
        line.cells = agreeing
    return False


def _on_path(attempt: Attempt, line: LineMark, typed: Floats) -> bool:
    """Whether the line keeps to the conventions and slips found so far."""
    if not on_path(attempt, line.step, typed):
        return False
    line.cells = np.ones(typed.shape, dtype=bool)
    read = parameters(line.step.rule)
    line.convention = {n: value for n, value in attempt.departures().items() if n in read}
    if line.convention:
        line.verdict = Verdict.CONVENTION
        line.slips = slips_here(attempt, line.step, typed)
    else:
        line.verdict = Verdict.CARRIED
    return True


def _by_convention(attempt: Attempt, line: LineMark, typed: Floats) -> bool:
    """Whether another convention gives the line; the attempt adopts it."""
    if attempt.lineage.ancestors[line.step.name] & attempt.trivial:
        return False  # credit would pass by a line that passes none on
    setting = other_setting(attempt, line.step, typed)
    if setting is None:
        return False
    differing = difference(attempt.problem.conventions, setting)
    slips = slips_here(attempt, line.step, typed) or slips_above(attempt, line.step, typed)
    if slips and denied(attempt, setting, differing, attempt.marks):
        return False
    line.verdict, line.slips, line.convention = Verdict.CONVENTION, slips, differing
    line.cells = np.ones(typed.shape, dtype=bool)
    attempt.adopted = setting
    return True


def reconsider(attempt: Attempt) -> None:
    """Call a line a slip after all where later lines keep to the problem's convention."""
    for number, line in enumerate(attempt.marks):
        if line.verdict is Verdict.CONVENTION and line.slips and line.typed is not None:
            setting = {**attempt.adopted, **line.convention}
            if denied(attempt, setting, line.convention, attempt.marks[number + 1 :]):
                line.verdict, line.convention = Verdict.SLIP, {}
                line.inferred = not attempt.all_shown(line.step)
                line.cells = attempt.truth.agrees(line.step, line.typed)


def _go_on(attempt: Attempt, line: LineMark, typed: Floats) -> None:
    """Take the line as the student's own, unless that would be a free lunch."""
    name = line.step.name
    if line.verdict not in {Verdict.CORRECT, Verdict.BLANK}:
        attempt.astray = True
    if line.verdict is Verdict.SLIP:
        for slip in line.slips if line.inferred else line.slips[:1]:
            attempt.found[slip.step] = slip.rule
    truth = attempt.truth.value(name)
    line.trivial = line.verdict is Verdict.WRONG and (
        attempt.uniform or line.incomplete or free_lunch(typed, truth)
    )
    if line.trivial and not line.incomplete:
        attempt.trivial.add(name)
    if line.trivial or line.incomplete:
        attempt.blank.add(name)
    if line.trivial:
        return
    if line.incomplete:
        computed = truth if line.from_own is None else np.asarray(line.from_own, dtype=float)
        if computed is None or computed.shape != typed.shape:
            return
        typed = np.where(np.isnan(typed), computed, typed)
    attempt.own[name] = like(typed)
