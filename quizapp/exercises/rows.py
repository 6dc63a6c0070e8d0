"""The verdict on one row of a loop, from the student's own rows before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.verdicts import Verdict
from quizapp.exercises.graph import Undefined, alternatives, call, parameters
from quizapp.exercises.marks import free_lunch
from quizapp.exercises.rounding import PURE_WAYS, shake, units, ways, write
from quizapp.exercises.tolerance import Steady, margin, near, widest
from quizapp.exercises.values import (
    completed,
    decoded,
    encoded,
    identical,
    is_blank,
    met,
    widened,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.attempt import Attempt
    from quizapp.exercises.family import Rule, Slip, Step, Value
    from quizapp.exercises.values import Floats
    from quizapp.exercises.world import World

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
        self._dropped: set[str] = set()  # members with rows too trivial to go on from
        self._moved: dict[int, dict[str, list[Value]]] = {}
        self.steady: dict[str, list[Steady]] = {name: [] for name in history}

    def mark(self, number: int) -> None:
        """Mark row ``number`` of every member, in order."""
        self.inside["row"] = number
        for member in self.members:
            step, truth = member.step, member.truth[number - 1]
            computed = self._value(step, step.rule, self.inside)
            if computed is None or (step.plain and computed.shape != truth.shape):
                computed = truth
            row, onward = self._mark_row(member, number, computed)
            member.rows.append(row)
            if step.kind == "real":
                steady = Steady(onward, self.decimals, [truth, computed])
                self.steady[step.name].append(steady)
            self.history[step.name].append(decoded(step, onward, self.attempt.words))

    def _mark_row(self, member: Member, number: int, onward: Floats) -> tuple[Row, Floats]:
        """The verdict of a row, and the row from which to go on: ``onward`` if nothing is typed."""
        step, truth = member.step, member.truth[number - 1]
        if member.typed is None or is_blank(step, member.typed[number - 1]):
            return Row(Verdict.BLANK), onward
        typed = np.asarray(member.typed[number - 1])
        blank = np.isnan(typed)
        complete = completed(typed, onward) if blank.any() else typed
        if _right(member, number, typed, truth):
            return Row(Verdict.BLANK if blank.any() else Verdict.CORRECT), complete
        if self._fits(step, typed, step.rule, self.inside):
            following = Verdict.CARRIED if self.attempt.astray else Verdict.CORRECT
            return Row(Verdict.BLANK if blank.any() else following), complete
        row = self._explain(member, typed)
        self.attempt.astray = True
        lunch = member.trivial or free_lunch(step, typed, truth)
        if self.attempt.idle or (row.verdict is Verdict.WRONG and lunch):
            self._dropped.add(step.name)
            return row, onward
        return row, complete

    # What explains a row that does not follow ----------------------------------------------

    def _explain(self, member: Member, typed: Floats) -> Row:
        """The conventions and slips that give a row; slips on blank rows above if none here do.

        What follows from lines that are too trivial to carry credit on is wrong, but no mistake.
        """
        step = member.step
        if self._follows_trivial(member, typed):
            return Row(Verdict.WRONG)
        read = set(parameters(step.rule)) - self._read_by_blanks(member)
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

    def _follows_trivial(self, member: Member, typed: Floats) -> bool:
        """Whether a row follows from what stands in lines or rows that are too trivial."""
        trivial = dict(self.attempt.trivial)
        for other in self.members:
            if other.step.name in self._dropped and other.typed is not None:
                trivial[other.step.name] = self._as_typed(other, other.typed)
        read = trivial.keys() & set(parameters(member.step.rule))
        if not read:
            return False
        scope = {**self.inside, **{name: trivial[name] for name in read}}
        return self._fits(member.step, typed, member.step.rule, scope)

    def _as_typed(self, member: Member, typed: Floats) -> list[Value]:
        """The history of a member with the rows that were typed, blank ones computed."""
        first, *rows = self.history[member.step.name]
        pairs = zip(typed, rows, strict=False)
        return [
            first,
            *(
                row
                if is_blank(member.step, np.asarray(own))
                else decoded(member.step, np.asarray(own), self.attempt.words)
                for own, row in pairs
            ),
        ]

    def _read_by_blanks(self, member: Member) -> set[str]:
        """What blank members above read: a convention would hold for them too."""
        blanks = [m for m in self.members if m.typed is None and m is not member]
        return {name for blank in blanks for name in parameters(blank.step.rule)}

    def _slips_above(self, member: Member, typed: Floats) -> list[Slip]:
        """The slips on blank members above in the same row that give what stands here."""
        found = []
        for above in self.members[: self.members.index(member)]:
            name = above.step.name
            if above.typed is not None or name not in parameters(member.step.rule):
                continue
            for slip in self.attempt.slips_on(name):
                before = self.history[name][:-1]
                wrong = self._value(above.step, slip.rule, {**self.inside, name: before})
                if wrong is not None:
                    row = decoded(above.step, wrong, self.attempt.words)
                    scope = {**self.inside, name: [*before, row]}
                    if self._fits(member.step, typed, member.step.rule, scope):
                        found.append(slip)
        return found

    # How far a row may be off --------------------------------------------------------------

    def _value(self, step: Step, rule: Rule, inside: Scope) -> Floats | None:
        """The value of a rule for a row of a step, None where it is undefined."""
        try:
            value = call(rule, inside)
            if step.kind == "text":
                self.attempt.words.learn(value)
            return encoded(step, value)
        except (Undefined, TypeError, ValueError):
            return None

    def _fits(self, step: Step, typed: Floats, rule: Rule, inside: Scope) -> bool:
        """Whether a row agrees with what a rule makes of the student's rows, up to rounding."""
        value = self._value(step, rule, inside)
        both = None if value is None else met(step, typed, value, row=True)
        if both is None:
            return False
        typed, value = both
        if step.kind != "real":
            return bool(identical(step, typed, value).all())
        unit = units(value, self.decimals, typed, figures=step.figures)
        if near(typed, value, unit).all():
            return True
        if not near(typed, value, _REACH * unit * (1 + np.abs(value))).all():
            return False

        def spread(figures: bool) -> Floats:  # noqa: FBT001
            return self._spread(step, rule, inside, value, figures=figures or step.figures)

        return bool(near(typed, value, margin(value, unit, self.decimals, spread)).all())

    def _spread(
        self, step: Step, rule: Rule, inside: Scope, value: Floats, *, figures: bool
    ) -> Floats:
        """How far honest rounding of this row and of the rows before it moves its entries."""
        runs = []
        for number, way in enumerate(ways(self.decimals)):
            scope = {**inside, "line": way}
            if number >= PURE_WAYS:
                moved = self._moved_by(number)
                scope |= {n: rows for n, rows in moved.items() if inside[n] is self.history[n]}
            other = self._value(step, rule, scope)
            if other is not None:
                other = widened(write(way, other, self.decimals, figures=figures), value.shape)
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
                steady = self.steady[step.name][index - 1].entries
                off = shake(
                    rows[index],
                    self.decimals,
                    number + index - 1,
                    figures=step.figures,
                    steady=steady[: np.size(rows[index])] if step.ragged else steady,
                )
                done.append(decoded(step, off, self.attempt.words))
        return moved


def _right(member: Member, number: int, typed: Floats, truth: Floats) -> bool:
    """Whether a row is right outright, within what rounding all rows before it can do."""
    step, world = member.step, member.world
    both = met(step, typed, truth, row=True)
    if both is None:
        return False
    typed, truth = both
    if step.kind != "real":
        return bool(identical(step, typed, truth).all())
    unit = units(truth, world.decimals, typed, figures=step.figures)
    if near(typed, truth, unit).all():
        return True
    if not near(typed, truth, _REACH * unit * (1 + np.abs(truth))).all():
        return False

    def spread(figures: bool) -> Floats:  # noqa: FBT001
        return widened(world.spread(step, figures=figures)[number - 1], truth.shape, 0.0)

    return bool(near(typed, truth, margin(truth, unit, world.decimals, spread)).all())
