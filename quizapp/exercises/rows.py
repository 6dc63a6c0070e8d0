"""The verdict on one row of a loop, from the student's own rows before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.verdicts import Verdict
from quizapp.exercises.graph import Undefined, alternatives, call, parameters
from quizapp.exercises.marks import free_lunch
from quizapp.exercises.rounding import PURE_WAYS, shake, units, ways, write
from quizapp.exercises.world import as_floats, near, widest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.attempt import Attempt
    from quizapp.exercises.family import Rule, Slip, Step, Value
    from quizapp.exercises.world import Floats, World

_REACH = 100.0  # a row further off (in units, relative to its size) is not measured

Scope = dict[str, "Value"]
"""What the rules of a row read: givens, conventions, earlier lines, the histories of the loop."""


@dataclass(slots=True)
class Row:
    """One row of one member and what explains it."""

    verdict: Verdict
    slips: list[Slip] = field(default_factory=list)
    settings: list[dict[str, str]] = field(default_factory=list)
    inferred: bool = False
    """The slips are on blank lines of the loop."""


@dataclass(slots=True)
class Member:
    """One step of a loop with the student's rows."""

    step: Step
    typed: Floats | None
    reason: str
    truth: Floats
    world: World
    trivial: bool
    rows: list[Row] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in any row."""
        return self.typed is None


def mark_row(
    attempt: Attempt,
    members: list[Member],
    member: Member,
    number: int,
    inside: Scope,
    setting: Mapping[str, str],
) -> tuple[Row, Value]:
    """The verdict of row ``number`` of a member, and the row from which to go on."""
    truth = member.truth[number - 1]
    computed = row_value(member.step.rule, inside)
    onward = truth if computed is None or computed.shape != truth.shape else computed
    if member.typed is None or np.isnan(member.typed[number - 1]).all():
        return Row(Verdict.BLANK), as_row(onward)
    typed = np.asarray(member.typed[number - 1])
    blank = np.isnan(typed)
    complete = as_row(np.where(blank, onward, typed))
    if _right(member, number, typed, truth):
        return Row(Verdict.BLANK if blank.any() else Verdict.CORRECT), complete
    if _fits(attempt, member.step, typed, computed, member.step.rule, inside):
        following = Verdict.CARRIED if attempt.astray else Verdict.CORRECT
        return Row(Verdict.BLANK if blank.any() else following), complete
    row = _explain(attempt, members, member, typed, inside, setting)
    attempt.astray = True
    if row.verdict is Verdict.WRONG and (member.trivial or free_lunch(typed, truth)):
        return row, as_row(onward)
    return row, complete


def row_value(rule: Rule, inside: Scope) -> Floats | None:
    """The value of a rule as floats, None where it is undefined."""
    try:
        return as_floats(call(rule, inside))
    except (Undefined, TypeError, ValueError):
        return None


def as_row(row: Floats) -> Value:
    """A row as rules expect it: a plain number for a scalar."""
    return float(row) if row.ndim == 0 else row


def _explain(
    attempt: Attempt,
    members: list[Member],
    member: Member,
    typed: Floats,
    inside: Scope,
    setting: Mapping[str, str],
) -> Row:
    """The conventions and slips that give this row; slips on blank rows above if none here do."""
    step, row = member.step, Row(Verdict.WRONG)
    for other in alternatives(attempt.family, setting, parameters(step.rule)):
        scope = {**inside, **other}
        if _fits(attempt, step, typed, row_value(step.rule, scope), step.rule, scope):
            row.settings.append(other)
    for slip in attempt.slips_on(step.name):
        if _fits(attempt, step, typed, row_value(slip.rule, inside), slip.rule, inside):
            row.slips.append(slip)
    if not row.slips and not row.settings:
        row.slips = _slips_above(attempt, members, member, typed, inside)
        row.inferred = bool(row.slips)
    if row.settings:
        row.verdict = Verdict.CONVENTION
    elif row.slips:
        row.verdict = Verdict.SLIP
    return row


def _slips_above(
    attempt: Attempt, members: list[Member], member: Member, typed: Floats, inside: Scope
) -> list[Slip]:
    """The slips on blank members above this one in the same row that give what stands here."""
    found = []
    for above in members[: members.index(member)]:
        name = above.step.name
        if not above.blank or name not in parameters(member.step.rule):
            continue
        for slip in attempt.slips_on(name):
            wrong = row_value(slip.rule, inside)
            if wrong is not None:
                scope = {**inside, name: [*inside[name][:-1], as_row(wrong)]}
                value = row_value(member.step.rule, scope)
                if _fits(attempt, member.step, typed, value, member.step.rule, scope):
                    found.append(slip)
    return found


# How far a row may be off ------------------------------------------------------------------


def _right(member: Member, number: int, typed: Floats, truth: Floats) -> bool:
    """Whether a row is right outright, within what rounding all rows before it can do."""
    if member.step.kind != "real":
        return bool(near(typed, truth, 0.0).all())
    unit = units(truth, member.world.decimals, typed, figures=member.step.figures)
    if near(typed, truth, unit).all():
        return True
    if not near(typed, truth, _REACH * unit * (1 + np.abs(truth))).all():
        return False
    return bool(near(typed, truth, member.world.spread(member.step)[number - 1] + unit).all())


def _fits(
    attempt: Attempt, step: Step, typed: Floats, value: Floats | None, rule: Rule, inside: Scope
) -> bool:
    """Whether a row agrees with a value computed from the student's rows, rounding allowed for."""
    if value is None or value.shape != typed.shape:
        return False
    if step.kind != "real":
        return bool(near(typed, value, 0.0).all())
    unit = units(value, attempt.problem.decimals, typed, figures=step.figures)
    if near(typed, value, unit).all():
        return True
    if not near(typed, value, _REACH * unit * (1 + np.abs(value))).all():
        return False
    return bool(near(typed, value, _spread(attempt, step, rule, inside, value) + unit).all())


def _spread(attempt: Attempt, step: Step, rule: Rule, inside: Scope, value: Floats) -> Floats:
    """How far honest rounding of this row and of the rows before it moves its entries."""
    decimals = attempt.problem.decimals
    runs = []
    for number, way in enumerate(ways(decimals)):
        scope = {**inside, "line": way}
        if number >= PURE_WAYS:
            scope |= _shaken(attempt, step, inside, number)
        other = row_value(rule, scope)
        runs.append(None if other is None else write(way, other, decimals, figures=step.figures))
    return widest(value, runs)


def _shaken(attempt: Attempt, step: Step, inside: Scope, number: int) -> Scope:
    """The histories of the real members of this loop, moved within their last digit."""
    out: Scope = {}
    for member in attempt.family.steps:
        if member.loop == step.loop and member.kind == "real":
            rows = inside[member.name]
            out[member.name] = [rows[0]] + [
                as_row(shake(row, attempt.problem.decimals, number + index, figures=member.figures))
                for index, row in enumerate(rows[1:])
            ]
    return out
