"""An attempt while it is marked: what was typed, and the path that the student is on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.graph import alternatives, applies
from quizapp.exercises.lineage import lineage
from quizapp.exercises.marks import difference
from quizapp.exercises.submission import Unreadable, read_line
from quizapp.exercises.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.family import Rule, Slip, Step, Value
    from quizapp.exercises.marks import LineMark
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.world import Floats


class Attempt:
    """What one student handed in, and what marking has found out so far.

    ``own`` are the student's lines as later rules read them; ``blank`` the lines that give
    nothing to go on from, ``trivial`` those of them that are too trivial to carry credit on;
    ``adopted`` the conventions in use, ``found`` the rules of the slips made so far; ``astray``
    says whether a line was not simply correct; ``marks`` are the lines marked so far.
    """

    def __init__(self, problem: Problem, answers: Mapping[str, Any]) -> None:
        self.problem = problem
        self.family = problem.family
        self.answers = answers
        self.lineage = lineage(self.family)
        self.truth = problem.truth
        self.own: dict[str, Value] = {}
        self.blank: set[str] = set()
        self.trivial: set[str] = set()
        self.adopted: dict[str, str] = dict(problem.conventions)
        self.found: dict[str, Rule] = {}
        self.astray = False
        self.marks: list[LineMark] = []
        self._readings: dict[tuple[str, tuple[int, ...]], Floats | Unreadable | None] = {}
        self._worlds: dict[tuple[tuple[str, str], ...], World] = {}

    # What was typed ------------------------------------------------------------------------

    def read_as(self, step: Step, shape: tuple[int, ...]) -> Floats | Unreadable | None:
        """A line read in this shape, None where it is blank."""
        key = step.name, shape
        if key not in self._readings:
            self._readings[key] = read_line(step, self.answers.get(step.name), shape)
        return self._readings[key]

    @cached_property
    def read(self) -> dict[str, Floats | Unreadable | None]:
        """Every line, read in the shape that is asked for or that a convention or slip gives."""
        return {step.name: self._read(step) for step in self.family.steps}

    def _read(self, step: Step) -> Floats | Unreadable | None:
        out = self.read_as(step, np.shape(self.truth.values[step.name]))
        if not isinstance(out, Unreadable):
            return out
        others = [world for _, world in self.other_conventions(step)]
        others += [
            self.world(self.problem.conventions, replaced={slip.step: slip.rule}, upto=step.name)
            for slip in self.slips_on(step.name)
        ]
        again = self._reread(step, others)
        return out if again is None else again

    def _reread(self, step: Step, worlds: list[World]) -> Floats | None:
        """A line in the first shape, of those that it has in these worlds, in which it reads."""
        for world in worlds:
            value = world.value(step.name)
            if value is not None:
                out = self.read_as(step, value.shape)
                if not isinstance(out, Unreadable):
                    return out
        return None

    def typed(self, step: Step) -> Floats | Unreadable | None:
        """A line as it was read; in the shape that follows from the lines above if need be."""
        out = self.read[step.name]
        if not isinstance(out, Unreadable):
            return out
        following = [
            self.world(self.problem.conventions, known=self.own, upto=step.name),
            self.world(self.adopted, replaced=self.found, upto=step.name),
        ]
        again = self._reread(step, following)
        return out if again is None else again

    @cached_property
    def uniform(self) -> bool:
        """Whether one and the same number stands in every cell of two lines or more."""
        lines = [line for line in self.read.values() if isinstance(line, np.ndarray)]
        entries = np.concatenate([line.reshape(-1) for line in lines]) if lines else np.zeros(0)
        entries = entries[~np.isnan(entries)]
        return len(lines) > 1 and bool((entries == entries[:1]).all())

    # Worlds --------------------------------------------------------------------------------

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
        shaken: bool = True,
    ) -> World:
        """A computation that the student may have made."""
        return World(
            self.family,
            self.env(conventions),
            self.problem.decimals,
            replaced=replaced,
            known=known,
            upto=upto,
            shaken=shaken,
        )

    def other_conventions(self, step: Step) -> list[tuple[dict[str, str], World]]:
        """Settings that could change this line, the nearest first, with their worlds."""
        base = self.problem.conventions
        names = self.lineage.conventions[step.name]
        out = []
        for setting in alternatives(self.family, base, names):
            key = tuple(setting.items())
            if key not in self._worlds:
                self._worlds[key] = self.world(setting)
            out.append((setting, self._worlds[key]))
        return out

    @cached_property
    def _slips(self) -> dict[str, tuple[Slip, ...]]:
        scope = {**self.truth.values, **self.problem.env}
        possible = [slip for slip in self.family.slips if applies(slip.when, scope)]
        return {name: tuple(s for s in possible if s.step == name) for name in self.family.by_name}

    def slips_on(self, step: str) -> tuple[Slip, ...]:
        """The slips that are possible on a line of this problem."""
        return self._slips[step]

    def all_shown(self, step: Step) -> bool:
        """Whether no line that this one depends on is blank."""
        return not (self.lineage.ancestors[step.name] & self.blank)

    def departures(self) -> dict[str, str]:
        """The conventions adopted that are not those of the problem."""
        return difference(self.problem.conventions, self.adopted)
