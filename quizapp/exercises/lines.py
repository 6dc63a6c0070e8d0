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
    follows_trivial,
    on_path,
    other_setting,
    slips_above,
    slips_here,
)
from quizapp.exercises.graph import parameters
from quizapp.exercises.marks import LineMark, difference, few_values, free_lunch
from quizapp.exercises.tolerance import Steady
from quizapp.exercises.typed import Unreadable
from quizapp.exercises.values import completed, decoded, said, widened

if TYPE_CHECKING:
    from quizapp.exercises.attempt import Attempt
    from quizapp.exercises.family import Step
    from quizapp.exercises.values import Floats


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
    line.got = said(step, typed, attempt.words)
    if line.typed.shape != line.cells.shape:
        line.typed = widened(typed, line.cells.shape)
    if line.incomplete and line.verdict.right:
        line.verdict = Verdict.BLANK  # unfinished: what stands there is right so far
    _go_on(attempt, line, typed)
    return line


def _judge(attempt: Attempt, line: LineMark, typed: Floats) -> None:
    """Set the verdict of a line and what explains it."""
    if _follows(attempt, line, typed) or _on_path(attempt, line, typed):
        return
    if follows_trivial(attempt, line.step, typed):
        line.verdict = Verdict.WRONG  # no credit by way of that line, but no mistake here either
        return
    if by_convention(attempt, line, typed):
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
    if step.kind == "text" and line.from_own is not None:
        attempt.words.learn(own.values[step.name])
    agreeing = own.agrees(step, typed)
    if agreeing is None:
        return False
    if agreeing.all() and not (attempt.astray and attempt.idle):
        line.cells = agreeing
        line.verdict = Verdict.CARRIED if attempt.astray else Verdict.CORRECT
        return True
    if attempt.astray:
        line.cells = agreeing
    return False


def _on_path(attempt: Attempt, line: LineMark, typed: Floats) -> bool:
    """Whether the line keeps to the conventions and slips found so far."""
    if attempt.idle or not on_path(attempt, line.step, typed):
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


def by_convention(attempt: Attempt, line: LineMark, typed: Floats) -> bool:
    """Whether another convention gives the line; the attempt adopts it."""
    if attempt.lineage.ancestors[line.step.name] & attempt.trivial.keys():
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
    """What is seen only from the whole sheet."""
    _keep_to_conventions(attempt)
    _name_one_cause(attempt)


def _name_one_cause(attempt: Attempt) -> None:
    """Where lines are left out, name the one slip that accounts for all that was handed in.

    Where it does so without another convention, none is used.
    """
    astray = {Verdict.SLIP, Verdict.WRONG, Verdict.CONVENTION}
    lines = [m for m in attempt.marks if m.verdict in astray and m.typed is not None]
    faulty = [m for m in lines if m.verdict is not Verdict.CONVENTION]
    named = {slip.name for line in faulty for slip in line.slips}
    if not faulty or (len(lines) == 1 and len(named) == 1) or attempt.all_handed_in:
        return
    causes = attempt.slips_for_all(1)
    if len(causes) != 1:
        return
    first, *others = lines
    first.verdict, first.slips, first.inferred = Verdict.SLIP, causes[0], True
    for line in lines:
        line.convention = {}
    for line in others:
        line.verdict, line.slips = Verdict.CARRIED, ()
        line.loop_rows = (Verdict.CARRIED,) * len(line.loop_rows)


def _keep_to_conventions(attempt: Attempt) -> None:
    """Call a line a slip after all where later lines keep to the problem's convention."""
    for number, line in enumerate(attempt.marks):
        if line.verdict is Verdict.CONVENTION and line.slips and line.typed is not None:
            setting = {**attempt.adopted, **line.convention}
            if denied(attempt, setting, line.convention, attempt.marks[number + 1 :]):
                line.verdict, line.convention = Verdict.SLIP, {}
                line.inferred = not attempt.all_shown(line.step)
                line.cells = attempt.truth.agrees(line.step, line.typed)


def _passes_nothing_on(attempt: Attempt, line: LineMark, typed: Floats) -> bool:
    """Whether a line that is not right is too trivial for others to be carried on from it."""
    if line.verdict is Verdict.WRONG:
        truth = attempt.truth.value(line.step.name)
        return attempt.idle or line.incomplete or free_lunch(line.step, typed, truth)
    return attempt.idle and not line.verdict.right


def _go_on(attempt: Attempt, line: LineMark, typed: Floats) -> None:
    """Take the line as the student's own, unless that would be a free lunch."""
    name = line.step.name
    if line.verdict not in {Verdict.CORRECT, Verdict.BLANK}:
        attempt.astray = True
    truth = attempt.truth.value(name)
    line.trivial = _passes_nothing_on(attempt, line, typed)
    if line.verdict is Verdict.SLIP and not line.trivial:
        for slip in line.slips if line.inferred else line.slips[:1]:
            attempt.found[slip.step] = slip.rule
    if line.trivial and not line.incomplete:
        attempt.trivial[name] = decoded(line.step, typed, attempt.words)
    if line.trivial or line.incomplete:
        attempt.blank.add(name)
    if line.trivial:
        return
    if line.incomplete:
        computed = truth if line.from_own is None else line.from_own
        if computed is None or (line.step.plain and computed.shape != typed.shape):
            return
        typed = completed(typed, computed)
    attempt.own[name] = decoded(line.step, typed, attempt.words)
    if line.step.kind == "real":
        exact = [truth, line.from_own]
        if attempt.found or attempt.departures():
            path = attempt.world(attempt.adopted, replaced=attempt.found, upto=name)
            exact.append(path.value(name))
        attempt.steady[name] = Steady(typed, attempt.problem.decimals, exact)
