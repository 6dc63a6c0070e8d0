"""The verdict on one row of a loop, from the student's own rows before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.verdicts import Verdict
from quizapp.exercises.graph import Undefined, alternatives, call, parameters
from quizapp.exercises.marks import free_lunch
from quizapp.exercises.rounding import PURE_WAYS, shake, units, ways, write
from quizapp.exercises.tolerance import margin, near, widest
from quizapp.exercises.world import as_floats

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


class Rows:
    """The rows of a loop while they are marked, under one setting of the conventions.

    ``inside`` is what the rules of the next row read; the histories in it hold the rows from
    which the student goes on.
    """

    def __init__(
        self,
        attempt: Attempt,
        members: list[Member],
        setting: Mapping[str, str],
        inside: Scope,
        history: dict[str, list[Value]],
    ) -> None:
        self.attempt = attempt
        self.members = members
        self.setting = setting
        self.history = history
        self.inside: Scope = {**inside, **history}
        self.decimals = attempt.problem.decimals
        self._moved: dict[int, dict[str, list[Value]]] = {}

    def mark(self, number: int) -> None:
        """Mark row ``number`` of every member, in order."""
        self.inside["row"] = number
        for member in self.members:
            row, onward = self._mark_row(member, number)
            member.rows.append(row)
            self.history[member.step.name].append(as_row(onward))

    def _mark_row(self, member: Member, number: int) -> tuple[Row, Floats]:
        """The verdict of a row, and the row from which to go on."""
        step, truth = member.step, member.truth[number - 1]
        computed = row_value(step.rule, self.inside)
        onward = truth if computed is None or computed.shape != truth.shape else computed
        if member.typed is None or np.isnan(member.typed[number - 1]).all():
            return Row(Verdict.BLANK), onward
        typed = np.asarray(member.typed[number - 1])
        blank = np.isnan(typed)
        complete = np.where(blank, onward, typed)
        if _right(member, number, typed, truth):
            return Row(Verdict.BLANK if blank.any() else Verdict.CORRECT), complete
        if self._fits(step, typed, step.rule, self.inside):
            following = Verdict.CARRIED if self.attempt.astray else Verdict.CORRECT
            return Row(Verdict.BLANK if blank.any() else following), complete
        row = self._explain(member, typed)
        self.attempt.astray = True
        if row.verdict is Verdict.WRONG and (member.trivial or free_lunch(typed, truth)):
            return row, onward
        return row, complete

    # What explains a row that does not follow ----------------------------------------------

    def _explain(self, member: Member, typed: Floats) -> Row:
        """The conventions and slips that give a row; slips on blank rows above if none here do."""
        step = member.step
        read = parameters(step.rule)
        settings = [
            other
            for other in alternatives(self.attempt.family, self.setting, read)
            if self._fits(step, typed, step.rule, {**self.inside, **other})
        ]
        slips = [
            slip
            for slip in self.attempt.slips_on(step.name)
            if self._fits(step, typed, slip.rule, self.inside)
        ]
        if settings:
            return Row(Verdict.CONVENTION, slips, settings)
        if slips:
            return Row(Verdict.SLIP, slips)
        slips = self._slips_above(member, typed)
        return Row(Verdict.SLIP, slips, inferred=True) if slips else Row(Verdict.WRONG)

    def _slips_above(self, member: Member, typed: Floats) -> list[Slip]:
        """The slips on blank members above in the same row that give what stands here."""
        found = []
        for above in self.members[: self.members.index(member)]:
            name = above.step.name
            if above.typed is not None or name not in parameters(member.step.rule):
                continue
            for slip in self.attempt.slips_on(name):
                wrong = row_value(slip.rule, {**self.inside, name: self.history[name][:-1]})
                if wrong is not None:
                    scope = {**self.inside, name: [*self.history[name][:-1], as_row(wrong)]}
                    if self._fits(member.step, typed, member.step.rule, scope):
                        found.append(slip)
        return found

    # How far a row may be off --------------------------------------------------------------

    def _fits(self, step: Step, typed: Floats, rule: Rule, inside: Scope) -> bool:
        """Whether a row agrees with what a rule makes of the student's rows, up to rounding."""
        value = row_value(rule, inside)
        if value is None or value.shape != typed.shape:
            return False
        if step.kind != "real":
            return bool(near(typed, value, 0.0).all())
        unit = units(value, self.decimals, typed, figures=step.figures)
        if near(typed, value, unit).all():
            return True
        if not near(typed, value, _REACH * unit * (1 + np.abs(value))).all():
            return False
        tolerance = margin(
            unit,
            self.decimals,
            lambda figures: self._spread(rule, inside, value, figures=figures or step.figures),
        )
        return bool(near(typed, value, tolerance).all())

    def _spread(self, rule: Rule, inside: Scope, value: Floats, *, figures: bool) -> Floats:
        """How far honest rounding of this row and of the rows before it moves its entries."""
        runs = []
        for number, way in enumerate(ways(self.decimals)):
            scope = {**inside, "line": way}
            if number >= PURE_WAYS:
                moved = self._moved_by(number)
                scope |= {n: rows for n, rows in moved.items() if inside[n] is self.history[n]}
            other = row_value(rule, scope)
            if other is not None:
                other = write(way, other, self.decimals, figures=figures)
            runs.append(other)
        return widest(value, runs)

    def _moved_by(self, number: int) -> dict[str, list[Value]]:
        """The real rows moved within their last digit by mixture ``number``, each row once."""
        moved = self._moved.setdefault(number, {})
        for member in self.members:
            step = member.step
            if step.kind != "real":
                continue
            rows = self.history[step.name]
            done = moved.setdefault(step.name, rows[:1])
            for index in range(len(done), len(rows)):
                seed = number + index - 1
                done.append(as_row(shake(rows[index], self.decimals, seed, figures=step.figures)))
        return moved


def row_value(rule: Rule, inside: Scope) -> Floats | None:
    """The value of a rule as floats, None where it is undefined."""
    try:
        return as_floats(call(rule, inside))
    except (Undefined, TypeError, ValueError):
        return None


def as_row(row: Floats) -> Value:
    """A row as rules expect it: a plain number for a scalar."""
    return float(row) if row.ndim == 0 else row


def _right(member: Member, number: int, typed: Floats, truth: Floats) -> bool:
    """Whether a row is right outright, within what rounding all rows before it can do."""
    if member.step.kind != "real":
        return bool(near(typed, truth, 0.0).all())
    unit = units(truth, member.world.decimals, typed, figures=member.step.figures)
    if near(typed, truth, unit).all():
        return True
    if not near(typed, truth, _REACH * unit * (1 + np.abs(truth))).all():
        return False
    step, world = member.step, member.world
    tolerance = margin(
        unit, world.decimals, lambda figures: world.spread(step, figures=figures)[number - 1]
    )
    return bool(near(typed, truth, tolerance).all())
