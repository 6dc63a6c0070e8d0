"""What explains a typed line, decided from the graph and without the marker.

A candidate (the rule as it is, a slip, another convention) fits a line if it gives every entry
within a unit of the last digit and what the six roundings do to its own value: the definition
of a right entry, computed here on its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.graph import Undefined, call, evaluate, row_count
from quizapp.exercises.rounding import exact
from tests.exercises import nested
from tests.exercises.students.free import form, means_the_same
from tests.exercises.students.paper import FEWEST_FIGURES, LARGE, SMALL, as_read, hands
from tests.exercises.variants import existing, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.family import Rule, Slip, Step
    from quizapp.exercises.problem import Problem
    from tests.exercises.students.paper import Hand

Lines = dict[str, Any]
_FAR = 2000.0
"""So many units, relative to its size, no rounding moves an entry: it is not measured."""
RIGHT = "right"


class Candidate:
    """One way to compute: exact values and, where it is asked for, how far rounding moves them."""

    def __init__(
        self, problem: Problem, conventions: Mapping[str, str], replaced: Mapping[str, Rule]
    ) -> None:
        self.problem = problem
        self.env = {**problem.env, **conventions}
        self.replaced = dict(replaced)
        self._whole: dict[Hand | None, Lines | None] = {}

    def whole(self, hand: Hand | None) -> Lines | None:
        """All lines, computed from the givens; exact without a hand."""
        if hand not in self._whole:
            self._whole[hand] = self._evaluated(hand)
        return self._whole[hand]

    def _evaluated(self, hand: Hand | None, known: Lines | None = None, upto: str = "") -> Any:
        try:
            if hand is None:
                return evaluate(
                    self.problem.family,
                    self.env,
                    replaced=self.replaced,
                    known=known,
                    upto=upto or None,
                )
            return evaluate(
                self.problem.family,
                self.env,
                line=hand.write,
                written=lambda step, value: hand.write(value, figures=step.figures),
                replaced=self.replaced,
                known=known,
                upto=upto or None,
            )
        except Undefined:
            return None

    def gives(self, step: Step, line: Any) -> bool:
        """Whether it gives a line from the givens."""

        def value(hand: Hand | None) -> Any:
            whole = self.whole(hand)
            return None if whole is None else whole[step.name]

        return bool(np.all(_agreeing(self.problem, step, line, value)))

    def gives_from(self, step: Step, lines: Lines) -> Any:
        """Whether it gives a line from the lines above it; in a loop, row by row."""
        rule = self.replaced.get(step.name, step.rule)
        if step.loop:
            return self._rows_from(step, rule, lines)
        known = dict(_above(self.problem, step, lines))

        def value(hand: Hand | None) -> Any:
            whole = self._evaluated(hand, known, step.name)
            return None if whole is None else whole[step.name]

        return np.all(_agreeing(self.problem, step, lines[step.name], value))

    def _rows_from(self, step: Step, rule: Rule, lines: Lines) -> Any:
        """Which rows of a loop it gives from the rows before."""
        typed = lines[step.name]
        try:
            if row_count(self.problem.family, self.env) != len(typed):
                return np.array([False])
        except Undefined:
            return np.array([False])
        good = []
        for row in range(1, len(typed) + 1):
            scope = {**self.env, **_above(self.problem, step, lines), "row": row}
            scope |= self._histories(step, lines, row)

            def value(hand: Hand | None, scope: Lines = scope) -> Any:
                try:
                    out = call(rule, {**scope, "line": exact if hand is None else hand.write})
                except Undefined:
                    return None
                if hand is None or step.kind != "real":
                    return out
                return hand.write(out, figures=step.figures)

            good.append(bool(np.all(_agreeing(self.problem, step, typed[row - 1], value))))
        return np.array(good)

    def _histories(self, step: Step, lines: Lines, row: int) -> Lines:
        """What the rule of a row reads: the rows before, of members above this row too."""
        out: Lines = {}
        done = row
        for member in self.problem.family.steps:
            if member.loop != step.loop:
                continue
            if member is step:
                done = row - 1
            before = self.env[member.before] if member.before else None
            rows = lines[member.name]
            if member.plain:
                rows = [float(r) if r.ndim == 0 else r for r in np.asarray(rows, dtype=float)]
            out[member.name] = [before, *rows[:done]]
        return out


def _above(problem: Problem, step: Step, lines: Lines) -> Lines:
    """The lines above a step that are no rows of the same loop."""
    names = list(problem.family.by_name)
    out = {}
    for name in names[: names.index(step.name)]:
        member = problem.family.by_name[name]
        if name in lines and not (step.loop and member.loop == step.loop):
            out[name] = as_read(member, lines[name])
    return out


def unit(problem: Problem, step: Step, value: Any) -> Any:
    """The unit of the last digit that is asked for, entry by entry."""
    size = np.abs(value)
    by_figures = (size > LARGE) & np.isfinite(size)
    if step.figures:
        by_figures |= (size < SMALL) & (size > 0)
    figures = max(problem.decimals, FEWEST_FIGURES)
    last = 10.0 ** (np.floor(np.log10(np.where(by_figures, size, 1.0))) + 1 - figures)
    return np.where(by_figures, last, 10.0**-problem.decimals)


def _agreeing(problem: Problem, step: Step, line: Any, value: Any) -> Any:
    """Which entries of a line agree with a value, given how each hand rounds that value."""
    exactly = value(None)
    if step.kind == "text" or step.align:
        return np.array([exactly is not None and means_the_same(problem, step.name, line, exactly)])
    typed, truth = _floats(step, line), _floats(step, exactly)
    with np.errstate(all="ignore"):
        if typed is None or truth is None or typed.shape != truth.shape:
            return np.array([False])
        if not (step.plain or form(line) == form(exactly)) or not np.isfinite(truth).all():
            return np.array([False])
        off = np.abs(typed - truth)
        if step.kind != "real":
            return off == 0
        units = unit(problem, step, truth)
        slack = units + 1e-9 * np.abs(truth)
        if (off <= slack).all() or (off > _FAR * units * (1 + np.abs(truth))).any():
            return off <= slack
        spread = np.zeros(truth.shape)
        for hand in hands(problem):
            rounded = _floats(step, value(hand))
            if rounded is not None and rounded.shape == truth.shape:
                moved = np.abs(rounded - truth)
                spread = np.maximum(spread, np.where(np.isfinite(moved), moved, 0.0))
        return off <= slack + spread


def _floats(step: Step, value: Any) -> Any:
    """The numbers of a value, of one with rows of lengths of their own in one row."""
    try:
        if value is None:
            return None
        return np.asarray(value if step.plain else nested.leaves(value), dtype=float)
    except (ValueError, TypeError):
        return None


class Explanations:
    """What can explain the lines typed on one problem: nothing wrong, conventions, slips."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slips = existing(problem)
        own = dict(problem.conventions)
        self._right = Candidate(problem, own, {})
        self._others = {
            _named(own, setting): Candidate(problem, setting, {})
            for setting in settings(problem.family)
            if setting != own
        }
        self._slipped = {
            slip.name: Candidate(problem, own, {slip.step: slip.rule}) for slip in self.slips
        }

    def of_line(self, lines: Lines, step: Step) -> set[str]:
        """The names of all that gives a line, the lines above it being as typed.

        RIGHT if nothing is wrong; conventions may hold from the first line on or on this one, and
        who computes in the calculator goes on from more digits than are written.
        """
        line = lines[step.name]
        follows = self._right.gives_from(step, lines)
        out = {RIGHT} if np.all(follows) or self._right.gives(step, line) else set()
        for name, other in self._others.items():
            if np.all(_either(other.gives_from(step, lines), follows)) or other.gives(step, line):
                out.add(name)
        for slip in self.slips:
            if slip.step == step.name:
                slipped = self._slipped[slip.name]
                given = _either(slipped.gives_from(step, lines), follows)
                if np.all(given) or slipped.gives(step, line):
                    out.add(slip.name)
        return out

    def of_finals(self, lines: Lines) -> set[str]:
        """The names of all that gives the final lines from the givens.

        Also of what gives the very same numbers as one of them, though it is rounded otherwise.
        """
        steps = [self.problem.family.by_name[name] for name in self.problem.family.finals]
        among = {RIGHT: self._right, **self._others, **self._slipped}
        exactly = {name: _at(candidate.whole(None), steps) for name, candidate in among.items()}
        fits = {
            name
            for name, candidate in among.items()
            if all(candidate.gives(step, lines[step.name]) for step in steps)
        }
        return {name for name in among if any(_alike(exactly[name], exactly[fit]) for fit in fits)}

    def follows(self, lines: Lines, slip: Slip) -> bool:
        """Whether the line of a slip follows from the lines above all the same."""
        step = self.problem.family.by_name[slip.step]
        return bool(np.all(self._right.gives_from(step, lines)))

    def is_right(self, lines: Lines, slip: Slip) -> bool:
        """Whether the line of a slip is right outright, whatever stands above it."""
        return self._right.gives(self.problem.family.by_name[slip.step], lines[slip.step])


def _at(lines: Lines | None, steps: list[Step]) -> Any:
    return None if lines is None else [nested.plainly(lines[step.name]) for step in steps]


def _alike(one: Any, other: Any) -> bool:
    return one is not None and other is not None and nested.alike(one, other)


def _either(given: Any, follows: Any) -> Any:
    """Rows that one or the other explains; a row on which a slip makes no difference follows."""
    if np.shape(given) == np.shape(follows) and np.shape(given):
        return given | follows
    return given


def _named(own: Mapping[str, str], setting: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {v}" for name, v in setting.items() if own[name] != v)
