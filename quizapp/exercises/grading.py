"""Marking an attempt line by line, with follow-through, conventions and named slips.

For each line the explanations are tried in this order: the right value; the value that
follows from the student's own earlier lines; the path the student is on (conventions and
slips found so far); another convention; a slip on this line; slips on blank lines above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.core.verdicts import Verdict
from quizapp.exercises.graph import alternatives, applies, parameters, stages
from quizapp.exercises.lineage import Lineage, lineage
from quizapp.exercises.loops import mark_loop
from quizapp.exercises.marks import LineMark, Marking, difference, free_lunch, like
from quizapp.exercises.problem import Problem, plain
from quizapp.exercises.scoring import score
from quizapp.exercises.submission import Unreadable, read_line
from quizapp.exercises.wording import message
from quizapp.exercises.world import Bools, Floats, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizapp.exercises.family import Rule, Slip, Step, Value

_MOST_PAIRS = 120


def mark(
    problem: Problem, answers: Mapping[str, Any], scheme: Mapping[str, float] | None = None
) -> Marking:
    """Mark the lines of an attempt.

    ``answers`` holds text or values by step, missing ones are blank; ``scheme`` the points of
    each step (1 where it is silent). Raises ProblemError where the problem has no solution.
    """
    problem.solve()
    marks = Marker(problem, answers).run()
    return Marking(problem, score(problem, marks, scheme or {}), tuple(marks))


class Marker:
    """Walks through the lines of one attempt and remembers the student's path."""

    def __init__(self, problem: Problem, answers: Mapping[str, Any]) -> None:
        self.problem = problem
        self.family = problem.family
        self.answers = answers
        self.lineage: Lineage = lineage(self.family)
        self.truth = problem.truth
        self.own: dict[str, Value] = {}
        self.blank: set[str] = set()
        self.adopted: dict[str, str] = dict(problem.conventions)
        self.found: dict[str, Rule] = {}
        self.astray = False
        self.marks: list[LineMark] = []
        self._worlds: dict[tuple[tuple[str, str], ...], World] = {}

    def run(self) -> list[LineMark]:
        """The marks of all lines, in order."""
        with np.errstate(all="ignore"):
            for stage in stages(self.family):
                if stage.loop:
                    self.marks.extend(mark_loop(self, stage))
                else:
                    self.marks.append(self._mark_step(stage.steps[0]))
            self._reconsider()
        return self.marks

    # Reading ---------------------------------------------------------------------------

    def typed(self, step: Step) -> Floats | Unreadable | None:
        """The student's line, read in the shape that is asked for or that a convention gives."""
        raw = self.answers.get(step.name)
        if raw is None:
            return None
        first = self.truth.value(step.name)
        out = read_line(step, raw, [first.shape] if first is not None else [])
        if not isinstance(out, Unreadable):
            return out
        others = [world.value(step.name) for _, world in self.other_conventions(step)]
        others += [
            self.world(
                self.problem.conventions, replaced={slip.step: slip.rule}, upto=step.name
            ).value(step.name)
            for slip in self.family.slips
            if slip.step == step.name and self.exists(slip)
        ]
        shapes = [value.shape for value in others if value is not None]
        again = read_line(step, raw, shapes) if shapes else out
        return out if isinstance(again, Unreadable) else again

    # Worlds ----------------------------------------------------------------------------

    def env(self, conventions: Mapping[str, str]) -> dict[str, Value]:
        """What rules read, under other conventions."""
        return {**self.problem.env, **conventions}

    def world(
        self,
        conventions: Mapping[str, str],
        *,
        replaced: Mapping[str, Rule] | None = None,
        known: Mapping[str, Value] | None = None,
        upto: str | None = None,
    ) -> World:
        """A computation that the student may have made."""
        return World(
            self.family,
            self.env(conventions),
            self.problem.decimals,
            replaced=replaced,
            known=known,
            upto=upto,
        )

    def other_conventions(self, step: Step) -> list[tuple[dict[str, str], World]]:
        """Settings that could change this line, the nearest first, with their worlds."""
        read = self.lineage.conventions[step.name]
        out = []
        base = self.problem.conventions
        for setting in alternatives(self.family, base):
            if all(name in read for name in difference(base, setting)):
                key = tuple(sorted(setting.items()))
                if key not in self._worlds:
                    self._worlds[key] = self.world(setting)
                out.append((setting, self._worlds[key]))
        return out

    # One line --------------------------------------------------------------------------

    def _mark_step(self, step: Step) -> LineMark:
        typed = self.typed(step)
        line = LineMark(step, Verdict.BLANK, expected=self.truth.values[step.name])
        if isinstance(typed, Unreadable):
            line.verdict, line.reason = Verdict.INVALID, typed.reason
            typed = None
        if typed is None:
            self.blank.add(step.name)
            return line
        line.typed = typed
        line.cells = np.zeros(typed.shape, dtype=bool)
        self._judge(step, typed, line)
        if np.isnan(typed).any() and line.verdict.right:
            line.verdict = Verdict.BLANK  # unfinished: what stands there is right so far
        self._remember(step, typed, line)
        return line

    def _judge(self, step: Step, typed: Floats, line: LineMark) -> None:
        """Set the verdict of a line and what explains it."""
        agreeing = self.truth.agrees(step, typed)
        if agreeing is not None:
            line.cells = agreeing
            if agreeing.all():
                line.verdict = Verdict.CORRECT
                return
        own = self.world(self.problem.conventions, known=self.own, upto=step.name)
        line.from_own = own.value(step.name)
        agreeing = own.agrees(step, typed)
        if agreeing is not None:
            if agreeing.all():
                line.cells = agreeing
                line.verdict = Verdict.CARRIED if self.astray else Verdict.CORRECT
                return
            line.cells = agreeing if self.astray else line.cells
        if self._on_path(step, typed, line) or self._by_convention(step, typed, line):
            return
        slips = self.slips_on(step, typed)
        if slips:
            line.verdict, line.slips = Verdict.SLIP, slips
            line.inferred = not self._all_shown(step)
            return
        upstream = self._upstream(step, typed)
        if upstream:
            line.verdict, line.slips, line.inferred = Verdict.SLIP, upstream, True
            return
        line.verdict = Verdict.WRONG

    def _all_shown(self, step: Step) -> bool:
        return not (self.lineage.ancestors[step.name] & self.blank)

    def _on_path(self, step: Step, typed: Floats, line: LineMark) -> bool:
        """Whether the line follows from the conventions adopted and the slips made so far."""
        base = self.problem.conventions
        differing = difference(base, self.adopted)
        if not differing and not self.found:
            return False
        ways = [self.world(self.adopted, replaced=self.found, upto=step.name)]
        if differing:
            ways.append(self.world(self.adopted, known=self.own, upto=step.name))
        if not any(way.explains(step, typed) for way in ways):
            return False
        line.cells = np.ones(typed.shape, dtype=bool)
        reads = {name: v for name, v in differing.items() if name in parameters(step.rule)}
        if reads:
            line.verdict, line.convention = Verdict.CONVENTION, reads
            line.slips = self.slips_on(step, typed)
        else:
            line.verdict = Verdict.CARRIED
        return True

    def _by_convention(self, step: Step, typed: Floats, line: LineMark) -> bool:
        """Whether another convention gives the line; single ones before combinations."""
        base = self.problem.conventions
        found: tuple[dict[str, str], int] | None = None
        for setting, world in self.other_conventions(step):
            differing = difference(base, setting)
            if found is not None and len(differing) > found[1]:
                break
            local = self.world(setting, known=self.own, upto=step.name)
            if not (world.explains(step, typed) or local.explains(step, typed)):
                continue
            if found is None or _closer(setting, found[0], self.adopted):
                found = (setting, len(differing))
        if found is None:
            return False
        setting = found[0]
        slips = self.slips_on(step, typed) or self._upstream(step, typed)
        differing = difference(base, setting)
        if slips and self._contradicted(setting, differing, self.marks):
            return False
        line.verdict, line.slips = Verdict.CONVENTION, slips
        line.convention = differing
        line.cells = np.ones(typed.shape, dtype=bool)
        self.adopted = dict(setting)
        return True

    def _reconsider(self) -> None:
        """Call a line a slip after all where later lines keep to the problem's convention."""
        for number, line in enumerate(self.marks):
            if line.verdict is Verdict.CONVENTION and line.slips:
                setting = {**self.adopted, **line.convention}
                if self._contradicted(setting, line.convention, self.marks[number + 1 :]):
                    line.verdict, line.convention = Verdict.SLIP, {}
                    line.inferred = not self._all_shown(line.step)
                    line.cells = self._agreeing(line)

    def _agreeing(self, line: LineMark) -> Bools | None:
        return None if line.typed is None else self.truth.agrees(line.step, line.typed)

    def _contradicted(
        self, setting: Mapping[str, str], names: Iterable[str], lines: Sequence[LineMark]
    ) -> bool:
        """Whether a right line that reads one of these conventions denies the setting."""
        for mark_ in lines:
            read = set(names) & set(parameters(mark_.step.rule))
            if mark_.verdict.right and mark_.typed is not None and read:
                before = {n: v for n, v in self.own.items() if n != mark_.step.name}
                other = self.world(setting, known=before, upto=mark_.step.name)
                if not other.explains(mark_.step, mark_.typed):
                    return True
        return False

    # Slips -----------------------------------------------------------------------------

    def exists(self, slip: Slip) -> bool:
        """Whether a slip is possible on this problem."""
        return applies(slip.when, {**self.truth.values, **self.problem.env})

    def slips_on(self, step: Step, typed: Floats) -> tuple[Slip, ...]:
        """The slips on this very line that give what was typed."""
        settings: list[Mapping[str, str]] = [self.problem.conventions]
        if self.adopted != self.problem.conventions:
            settings.append(self.adopted)
        out = []
        for slip in self.family.slips:
            if slip.step != step.name or not self.exists(slip):
                continue
            replaced = {slip.step: slip.rule}
            for setting in settings:
                world = self.world(setting, replaced=replaced, known=self.own, upto=step.name)
                if world.explains(step, typed):
                    out.append(slip)
                    break
        return tuple(out)

    def _upstream(self, step: Step, typed: Floats) -> tuple[Slip, ...]:
        """The one set of slips, on blank lines above or here, that explains a line; else ()."""
        blank = self.lineage.ancestors[step.name] & self.blank
        if not blank:
            return ()
        above = [s for s in self.family.slips if s.step in blank and self.exists(s)]
        here = [s for s in self.family.slips if s.step == step.name and self.exists(s)]
        singles = [(slip,) for slip in above]
        pairs = [
            (a, b)
            for i, a in enumerate(above)
            for b in [*above[i + 1 :], *here]
            if a.step != b.step
        ]
        for group in (singles, pairs[:_MOST_PAIRS]):
            fits = [slips for slips in group if self._explained_by(slips, step, typed)]
            if len(fits) == 1:
                return tuple(fits[0])
            if fits:
                return ()
        return ()

    def _explained_by(self, slips: Sequence[Slip], step: Step, typed: Floats) -> bool:
        replaced = {slip.step: slip.rule for slip in slips}
        world = self.world(self.adopted, replaced=replaced, known=self.own, upto=step.name)
        return world.explains(step, typed)

    # Going on --------------------------------------------------------------------------

    def _remember(self, step: Step, typed: Floats, line: LineMark) -> None:
        """Carry the line on as the student's own, unless it would be a free lunch."""
        if line.verdict in {Verdict.SLIP, Verdict.WRONG}:
            self.astray = True
        if line.verdict in {Verdict.CARRIED, Verdict.CONVENTION}:
            self.astray = True
        if line.verdict is Verdict.SLIP:
            for slip in line.slips[:1] if not line.inferred else line.slips:
                self.found[slip.step] = slip.rule
        line.trivial = line.verdict is Verdict.WRONG and free_lunch(
            typed, self.truth.value(step.name)
        )
        if line.trivial:
            self.blank.add(step.name)
            return
        missing = np.isnan(typed)
        if missing.any():
            self.blank.add(step.name)
            computed = line.from_own
            if computed is None or np.shape(computed) != typed.shape:
                computed = self.truth.value(step.name)
            if computed is None or np.shape(computed) != typed.shape:
                return
            typed = np.where(missing, np.asarray(computed, dtype=float), typed)
        self.own[step.name] = like(typed)


def _closer(a: Mapping[str, str], b: Mapping[str, str], to: Mapping[str, str]) -> bool:
    return len(difference(to, a)) < len(difference(to, b))


def as_json(marking: Marking) -> dict[str, Any]:
    """A marking as the machine interface writes it."""
    return {
        "score": marking.score,
        "steps": [
            {
                "step": line.step.name,
                "verdict": line.verdict.value,
                "slips": [slip.name for slip in line.slips],
                "convention": dict(line.convention),
                "cells": _cells(line),
                "got": None if line.typed is None else plain(line.typed, line.step.kind),
                "expected": plain(line.expected, line.step.kind),
                "message": message(marking, line),
            }
            for line in marking.lines
        ],
    }


def _cells(line: LineMark) -> Any:
    if line.cells is None or line.typed is None:
        return None
    blank = np.isnan(line.typed)
    return np.where(blank, None, line.cells.astype(object)).tolist()  # type: ignore[call-overload]
