"""Marking the rows of a loop, each from its predecessors, so that one slip costs one row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.verdicts import Verdict
from quizapp.exercises.graph import Stage, alternatives, histories, row_count
from quizapp.exercises.marks import LineMark, difference, free_lunch, own_value
from quizapp.exercises.rounding import PURE_WAYS, ways
from quizapp.exercises.submission import Unreadable, read_line
from quizapp.exercises.world import Floats, World, near, shake, units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.family import Rule, Slip, Step, Value
    from quizapp.exercises.grading import Marker

_REACH = 100.0  # a row further off (in units, relative to its size) is not measured


@dataclass(slots=True)
class _Row:
    """One row of one member: what explains it."""

    verdict: Verdict
    slips: list[Slip] = field(default_factory=list)
    settings: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Member:
    """One step of the loop with the student's rows."""

    step: Step
    typed: Floats | None
    reason: str
    truth: Floats
    world: World
    rows: list[_Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The rows of a loop marked under one setting of the conventions."""

    setting: dict[str, str]
    members: list[_Member]
    history: dict[str, list[Value]]
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


_COSTS = {Verdict.WRONG: 3.0, Verdict.SLIP: 0.5, Verdict.CONVENTION: 0.25}


def mark_loop(marker: Marker, stage: Stage) -> list[LineMark]:
    """The marks of the members of a loop.

    Conventions can give the rows other shapes (all units at once, or one by one); of the
    shapes that fit what was typed, the one that leaves least unexplained is meant.
    """
    readings = [_read_under(marker, stage, setting) for setting in _settings(marker, stage)]
    reading = min(readings, key=lambda reading: reading.cost)  # the first of equals
    marker.astray = reading.astray
    lines = [_summary(marker, member, reading.setting) for member in reading.members]
    for member, line in zip(reading.members, lines, strict=True):
        if member.typed is None or line.trivial:
            marker.blank.add(member.step.name)
        else:
            marker.own[member.step.name] = np.array(reading.history[member.step.name][1:])
    return lines


def _read_under(marker: Marker, stage: Stage, setting: dict[str, str]) -> _Reading:
    before = marker.astray
    members = _members(marker, stage, setting)
    env = marker.env(setting)
    history = histories(stage, env)
    inside = {**env, **marker.own, **_computed(marker, stage, setting), **history}
    for number in range(1, row_count(marker.family, env) + 1):
        inside["row"] = number
        for member in members:
            row, value = _mark_row(marker, member, number, inside, setting)
            member.rows.append(row)
            history[member.step.name].append(value)
    astray, marker.astray = marker.astray, before
    return _Reading(setting, members, history, astray)


def _settings(marker: Marker, stage: Stage) -> list[dict[str, str]]:
    """One setting of the conventions for each set of shapes that fits what was typed."""
    base = dict(marker.problem.conventions)
    given = [s for s in stage.steps if marker.answers.get(s.name) is not None]
    found: dict[tuple[tuple[int, ...], ...], dict[str, str]] = {}
    for setting in [base, *alternatives(marker.family, base)]:
        world = marker.world(setting)
        values = [world.value(step.name) for step in stage.steps]
        if any(value is None for value in values):
            continue
        shapes = tuple(value.shape for value in values if value is not None)
        if shapes not in found and all(
            _fits(marker, step, world.value(step.name)) for step in given
        ):
            found[shapes] = setting
    return list(found.values()) or [base]


def _fits(marker: Marker, step: Step, value: Floats | None) -> bool:
    if value is None:
        return False
    return not isinstance(read_line(step, marker.answers[step.name], [value.shape]), Unreadable)


def _members(marker: Marker, stage: Stage, setting: Mapping[str, str]) -> list[_Member]:
    world = marker.world(setting)
    out = []
    for step in stage.steps:
        truth = world.value(step.name)
        if truth is None:  # the problem has a solution, its other conventions need not
            truth = np.asarray(marker.truth.values[step.name], dtype=float)
        raw = marker.answers.get(step.name)
        typed = None if raw is None else read_line(step, raw, [truth.shape])
        reason = typed.reason if isinstance(typed, Unreadable) else ""
        out.append(
            _Member(step, None if isinstance(typed, Unreadable) else typed, reason, truth, world)
        )
    return out


def _computed(marker: Marker, stage: Stage, setting: Mapping[str, str]) -> dict[str, Value]:
    """The earlier steps that the student left blank, computed from those that were given."""
    first = stage.steps[0].name
    values = marker.world(setting, known=marker.own, upto=first).values
    members = {step.name for step in stage.steps}
    return {n: v for n, v in values.items() if n not in members and n not in marker.own}


def _mark_row(
    marker: Marker,
    member: _Member,
    number: int,
    inside: Mapping[str, Value],
    setting: Mapping[str, str],
) -> tuple[_Row, Value]:
    """The verdict of one row, and the row from which the computation goes on."""
    step = member.step
    truth = member.truth[number - 1]
    computed = own_value(step.rule, inside)
    onward = truth if computed is None or computed.shape != truth.shape else computed
    if member.typed is None or np.isnan(member.typed[number - 1]).all():
        return _Row(Verdict.BLANK), _row_value(onward)
    typed = np.asarray(member.typed[number - 1])
    complete = np.where(np.isnan(typed), onward, typed)
    if _right_row(member, number, typed, truth):
        return _Row(Verdict.CORRECT), _row_value(complete)
    if _row_fits(marker, step, typed, computed, step.rule, inside):
        return _Row(Verdict.CARRIED if marker.astray else Verdict.CORRECT), _row_value(complete)
    row = _explain(marker, step, typed, inside, setting)
    marker.astray = True
    if row.verdict is Verdict.WRONG and free_lunch(typed, truth):
        return row, _row_value(onward)
    return row, _row_value(complete)


def _row_value(row: Floats) -> Value:
    array = np.asarray(row, dtype=float)
    return float(array) if array.ndim == 0 else array


def _explain(
    marker: Marker,
    step: Step,
    typed: Floats,
    inside: Mapping[str, Value],
    setting: Mapping[str, str],
) -> _Row:
    """The conventions and slips that give this row, from the student's own earlier rows."""
    row = _Row(Verdict.WRONG)
    for other in alternatives(marker.family, setting):
        scope = {**inside, **other}
        if _row_fits(marker, step, typed, own_value(step.rule, scope), step.rule, scope):
            row.settings.append(other)
    for slip in marker.family.slips:
        if slip.step == step.name and marker.exists(slip):
            value = own_value(slip.rule, inside)
            if _row_fits(marker, step, typed, value, slip.rule, inside):
                row.slips.append(slip)
    if row.settings:
        row.verdict = Verdict.CONVENTION
    elif row.slips:
        row.verdict = Verdict.SLIP
    return row


def _right_row(member: _Member, number: int, typed: Floats, truth: Floats) -> bool:
    """Whether a row is right outright, within what rounding all rows before it can do."""
    if member.step.kind != "real":
        return bool(near(typed, truth, 0.0).all())
    unit = units(truth, member.world.decimals)
    if near(typed, truth, unit).all():
        return True
    if not near(typed, truth, _REACH * unit * (1 + np.abs(truth))).all():
        return False
    return bool(near(typed, truth, member.world.spread(member.step)[number - 1] + unit).all())


def _row_fits(
    marker: Marker,
    step: Step,
    typed: Floats,
    value: Floats | None,
    rule: Rule,
    inside: Mapping[str, Value],
) -> bool:
    """Whether a row agrees with a value computed from the student's rows, rounding allowed for."""
    if value is None or value.shape != typed.shape:
        return False
    if step.kind != "real":
        return bool(near(typed, value, 0.0).all())
    unit = units(value, marker.problem.decimals)
    if near(typed, value, unit).all():
        return True
    if not near(typed, value, _REACH * unit * (1 + np.abs(value))).all():
        return False
    return bool(near(typed, value, _row_spread(marker, step, rule, inside, value) + unit).all())


def _row_spread(
    marker: Marker, step: Step, rule: Rule, inside: Mapping[str, Value], value: Floats
) -> Floats:
    worst = np.zeros(value.shape)
    decimals = marker.problem.decimals
    for number, way in enumerate(ways(decimals)):
        scope = {**inside, "line": way}
        if number >= PURE_WAYS:
            scope |= _shaken(marker, step, inside, number)
        other = own_value(rule, scope)
        if other is not None and other.shape == value.shape:
            worst = np.maximum(worst, np.abs(way(other) - value))
    return worst


def _shaken(
    marker: Marker, step: Step, inside: Mapping[str, Value], number: int
) -> dict[str, Value]:
    """The histories of the real members of this loop, moved within their last digit."""
    out: dict[str, Value] = {}
    for member in marker.family.steps:
        if member.loop == step.loop and member.kind == "real":
            rows = inside[member.name]
            out[member.name] = [rows[0]] + [
                _row_value(shake(row, marker.problem.decimals, number + index))
                for index, row in enumerate(rows[1:])
            ]
    return out


# From rows to a line ---------------------------------------------------------------------


def _summary(marker: Marker, member: _Member, setting: dict[str, str]) -> LineMark:
    step = member.step
    line = LineMark(step, Verdict.BLANK, expected=marker.truth.values[step.name])
    if member.reason:
        line.verdict, line.reason = Verdict.INVALID, member.reason
    if member.typed is None:
        return line
    line.typed = member.typed
    line.loop_rows = tuple(row.verdict for row in member.rows)
    line.cells = _row_cells(member)
    failing = [r for r in member.rows if not r.verdict.right and r.verdict is not Verdict.BLANK]
    differing = difference(marker.problem.conventions, setting)
    if not failing:
        if any(row.verdict is Verdict.BLANK for row in member.rows):
            line.verdict = Verdict.BLANK
        elif differing:
            line.verdict, line.convention = Verdict.CONVENTION, differing
            marker.adopted = dict(setting)
            marker.astray = True
        else:
            carried = any(row.verdict is Verdict.CARRIED for row in member.rows)
            line.verdict = Verdict.CARRIED if carried else Verdict.CORRECT
        return line
    _name(marker, line, failing)
    line.trivial = line.verdict is Verdict.WRONG and free_lunch(member.typed, member.truth)
    return line


def _name(marker: Marker, line: LineMark, failing: list[_Row]) -> None:
    """Name what explains all failing rows; else the one slip each row has, if each has one."""
    shared = [s for s in failing[0].slips if all(s in row.slips for row in failing)]
    settings = [s for s in failing[0].settings if all(s in row.settings for row in failing)]
    if settings:
        line.verdict, line.slips = Verdict.CONVENTION, tuple(shared)
        line.convention = difference(marker.problem.conventions, settings[0])
        marker.adopted = dict(settings[0])
        line.loop_rows = tuple(
            Verdict.CARRIED if row is Verdict.CONVENTION else row for row in line.loop_rows
        )
    elif shared:
        line.verdict, line.slips = Verdict.SLIP, tuple(shared)
        marker.found[line.step.name] = shared[0].rule
    elif all(len(row.slips) == 1 and not row.settings for row in failing):
        named = dict.fromkeys(row.slips[0].name for row in failing)
        by_name = {slip.name: slip for slip in marker.family.slips}
        line.verdict, line.slips = Verdict.SLIP, tuple(by_name[name] for name in named)
    else:
        line.verdict = Verdict.WRONG


def _row_cells(member: _Member) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    assert member.typed is not None  # noqa: S101 - only called for typed members
    good = np.array([row.verdict.right for row in member.rows])
    shape = member.typed.shape
    return np.broadcast_to(good.reshape(-1, *([1] * (len(shape) - 1))), shape).copy()
