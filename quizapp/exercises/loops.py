"""Marking a loop row by row, each from its predecessors, so that one slip costs one row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.verdicts import Verdict
from quizapp.exercises.explanations import denied, slips_above
from quizapp.exercises.graph import Stage, alternatives, histories, row_count
from quizapp.exercises.lines import by_convention
from quizapp.exercises.marks import LineMark, difference, few_values, free_lunch
from quizapp.exercises.rows import Member, Row, Rows, Scope
from quizapp.exercises.typed import Unreadable
from quizapp.exercises.values import decoded, encoded, entries, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.attempt import Attempt
    from quizapp.exercises.family import Step, Value
    from quizapp.exercises.tolerance import Steady
    from quizapp.exercises.values import Bools, Floats

_COSTS = {Verdict.WRONG: 3.0, Verdict.SLIP: 0.5, Verdict.CONVENTION: 0.25}


@dataclass(frozen=True, slots=True)
class _Reading:
    """The rows of a loop marked under one setting of the conventions."""

    setting: dict[str, str]
    members: list[Member]
    history: dict[str, list[Value]]
    steady: dict[str, list[Steady]]
    astray: bool

    @property
    def cost(self) -> float:
        """How much goes unexplained: wrong rows most, then a trace cut short, then slips."""
        return sum(
            sum(_COSTS.get(row.verdict, 0.0) for row in member.rows)
            + any(row.verdict is Verdict.BLANK for row in member.rows)
            for member in self.members
            if member.typed is not None
        )


def mark_loop(attempt: Attempt, stage: Stage) -> list[LineMark]:
    """The marks of the members of a loop.

    Conventions can give the rows other shapes (all units at once, or one by one); of the
    shapes that fit what was typed, the one that leaves least unexplained is meant.
    """
    readings = [_read_under(attempt, stage, setting) for setting in _settings(attempt, stage)]
    reading = min(readings, key=lambda reading: reading.cost)  # the first of equals
    attempt.astray = reading.astray
    attempt.blank |= {m.step.name for m in reading.members if m.typed is None}
    lines = [_summary(attempt, member, reading.setting) for member in reading.members]
    for member, line in zip(reading.members, lines, strict=True):
        name = member.step.name
        if line.trivial and member.typed is not None:
            attempt.trivial[name] = decoded(member.step, member.typed, attempt.words)
        if member.typed is None or line.trivial:
            attempt.blank.add(name)
        else:
            rows = reading.history[name][1:]
            attempt.own[name] = np.array(rows) if member.step.plain else rows
            if member.step.kind == "real":
                attempt.steady[name] = reading.steady[name]
    return lines


def _read_under(attempt: Attempt, stage: Stage, setting: dict[str, str]) -> _Reading:
    before = attempt.astray
    inside = {**attempt.env(setting), **_above(attempt, stage, setting)}
    members = _members(attempt, stage, setting)
    rows = Rows(attempt, members, setting, inside, histories(stage, inside))
    for number in range(1, row_count(attempt.family, inside) + 1):
        rows.mark(number)
    astray, attempt.astray = attempt.astray, before
    return _Reading(setting, members, rows.history, rows.steady, astray)


def _above(attempt: Attempt, stage: Stage, setting: Mapping[str, str]) -> Scope:
    """The lines before the loop: the student's own, the others computed from them."""
    names = list(attempt.family.by_name)
    before = names[: names.index(stage.steps[0].name)]
    if not before:
        return {}
    world = attempt.world(setting, known=attempt.own, upto=before[-1])
    values = world.values if world.value(before[-1]) is not None else attempt.truth.values
    return {name: attempt.own.get(name, values[name]) for name in before}


def _settings(attempt: Attempt, stage: Stage) -> list[dict[str, str]]:
    """One setting of the conventions for each set of shapes that fits what was typed."""
    base = dict(attempt.problem.conventions)
    given = [s for s in stage.steps if attempt.answers.get(s.name) is not None]
    if all(_is_as_asked(attempt, step) for step in given):
        return [base]
    found: dict[tuple[tuple[int, ...], ...], dict[str, str] | None] = {}
    read = attempt.lineage.conventions[stage.steps[0].name]
    for setting in [base, *alternatives(attempt.family, base, read)]:
        world = attempt.world(setting)
        values = {step.name: world.value(step.name) for step in stage.steps}
        shapes = tuple(value.shape for value in values.values() if value is not None)
        if shapes not in found and len(shapes) == len(values):
            fits = all(_fits(attempt, step, values[step.name]) for step in given)
            found[shapes] = setting if fits else None
    return [setting for setting in found.values() if setting is not None] or [base]


def _is_as_asked(attempt: Attempt, step: Step) -> bool:
    """Whether a value (no text) is nested just as deep as the rows that are asked for."""
    value = attempt.answers[step.name]
    depth = 0
    while isinstance(value, (list, tuple)) and value:
        depth += 1
        value = value[0]
    truth = attempt.truth.value(step.name)
    return truth is not None and depth == truth.ndim and not isinstance(value, str)


def _fits(attempt: Attempt, step: Step, value: Floats | None) -> bool:
    if value is None:
        return False
    return not isinstance(attempt.read_as(step, value), Unreadable)


def _members(attempt: Attempt, stage: Stage, setting: Mapping[str, str]) -> list[Member]:
    world = attempt.world(setting)
    out = []
    for step in stage.steps:
        truth = world.value(step.name)
        if truth is None:  # the problem has a solution, its other conventions need not
            truth = encoded(step, attempt.truth.values[step.name])
        read = attempt.read_as(step, truth)
        reason = read.reason if isinstance(read, Unreadable) else ""
        typed = None if isinstance(read, Unreadable) else read
        trivial = typed is not None and (attempt.idle or _is_trivial(step, typed, truth))
        out.append(Member(step, typed, reason, truth, world, trivial))
    return out


def _is_trivial(step: Step, typed: Floats, truth: Floats) -> bool:
    """Whether the rows that are filled in would be a free lunch."""
    if entries(step, typed).size <= 1:
        return False
    if not step.plain:
        return free_lunch(step, typed, truth)
    filled = ~np.isnan(typed)
    return free_lunch(step, typed[filled], truth[filled])


# From rows to a line -----------------------------------------------------------------------


def _summary(attempt: Attempt, member: Member, setting: dict[str, str]) -> LineMark:
    line = LineMark(member.step, Verdict.BLANK, expected=attempt.truth.values[member.step.name])
    if member.reason:
        line.verdict, line.reason = Verdict.INVALID, member.reason
    if member.typed is None:
        return line
    line.typed = member.typed
    line.got = said(member.step, member.typed, attempt.words)
    line.cells = _cells(member, member.typed)
    failing = [r for r in member.rows if not r.verdict.right and r.verdict is not Verdict.BLANK]
    if failing:
        _name(attempt, line, failing)
        if line.verdict is not Verdict.CONVENTION and not attempt.all_shown(member.step):
            _name_as_a_whole(attempt, line, failing, member.typed)
    elif any(row.verdict is Verdict.BLANK for row in member.rows):
        line.verdict = Verdict.BLANK
    elif attempt.problem.conventions != setting:
        line.verdict = Verdict.CONVENTION
        line.convention = difference(attempt.problem.conventions, setting)
        attempt.adopted = dict(setting)
        attempt.astray = True
    else:
        carried = any(row.verdict is Verdict.CARRIED for row in member.rows)
        line.verdict = Verdict.CARRIED if carried else Verdict.CORRECT
    line.loop_rows = _shown_rows(attempt, line, member.rows)
    line.trivial = line.verdict is Verdict.WRONG and member.trivial
    return line


def _name(attempt: Attempt, line: LineMark, failing: list[Row]) -> None:
    """Name what explains all failing rows; else the one slip each row has, if each has one."""
    shared = [s for s in failing[0].slips if all(s in row.slips for row in failing)]
    settings = [s for s in failing[0].settings if all(s in row.settings for row in failing)]
    base = attempt.problem.conventions
    settings = [
        s for s in settings if not denied(attempt, s, difference(base, s), attempt.marks)
    ] or settings
    each = {row.slips[0].name: row.slips[0] for row in failing if len(row.slips) == 1}
    line.inferred = any(row.inferred for row in failing)
    if settings:
        line.verdict, line.slips = Verdict.CONVENTION, tuple(shared)
        line.convention = difference(base, settings[0])
        attempt.adopted = dict(settings[0])
    elif shared and (len(shared) == 1 or not line.inferred):
        line.verdict, line.slips = Verdict.SLIP, tuple(shared)
        attempt.found[shared[0].step] = shared[0].rule
    elif all(len(row.slips) == 1 for row in failing):
        line.verdict, line.slips = Verdict.SLIP, tuple(each.values())
    else:
        line.verdict = Verdict.WRONG
    if line.typed is not None and few_values(line.step, line.typed):
        line.inferred = True


def _name_as_a_whole(attempt: Attempt, line: LineMark, failing: list[Row], typed: Floats) -> None:
    """Name the convention, or the slip on blank lines, from which all rows follow.

    Row by row only rules are tried that the member reads itself; here all lines above it.
    """
    found = dict(attempt.found)
    if by_convention(attempt, line, typed):
        attempt.found = {n: r for n, r in found.items() if n not in {s.step for s in line.slips}}
    else:
        slips = () if len(line.slips) == 1 else slips_above(attempt, line.step, typed)
        if not slips:
            return
        line.verdict, line.slips, line.inferred = Verdict.SLIP, slips, True
        attempt.found.update({slip.step: slip.rule for slip in slips})
    for row in failing:
        row.verdict = line.verdict


def _shown_rows(attempt: Attempt, line: LineMark, rows: list[Row]) -> tuple[Verdict, ...]:
    """The verdicts of the rows; a convention is no fault unless the problem states its own."""
    stated = bool(attempt.problem.printed & line.convention.keys())
    verdicts = [row.verdict for row in rows]
    if line.verdict is Verdict.CONVENTION:
        if stated and Verdict.CONVENTION not in verdicts:  # all rows are read under the other one
            return tuple(Verdict.CONVENTION if v.right else v for v in verdicts)
        if not stated:
            return tuple(Verdict.CARRIED if v is Verdict.CONVENTION else v for v in verdicts)
    return tuple(verdicts)


def _cells(member: Member, typed: Floats) -> Bools:
    good = np.array([row.verdict.right or row.verdict is Verdict.BLANK for row in member.rows])
    return np.broadcast_to(good.reshape(-1, *([1] * (typed.ndim - 1))), typed.shape).copy()
