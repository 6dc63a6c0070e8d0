"""An attempt while it is marked: what was typed, and the path that the student is on."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.graph import alternatives, applies
from quizapp.exercises.lineage import lineage
from quizapp.exercises.marks import difference
from quizapp.exercises.rounding import units
from quizapp.exercises.spelling import Words
from quizapp.exercises.submission import Frame, frame, read_line
from quizapp.exercises.typed import Unreadable
from quizapp.exercises.values import encoded, one_number
from quizapp.exercises.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.exercises.family import Rule, Slip, Step, Value
    from quizapp.exercises.marks import LineMark
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.tolerance import Steady
    from quizapp.exercises.values import Floats


_AS_FAR_AS_TRUTH, _AS_FAR_IN_UNITS = 5.0, 20.0


class Attempt:
    """What one student handed in, and what marking has found out so far.

    ``own`` are the student's lines as later rules read them, ``steady`` says which entries of them
    are exact, ``words`` how the words in them are spelt; ``blank`` the lines that give
    nothing to go on from, ``trivial`` those of them, with what stands there, that are too trivial
    to carry credit on;
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
        self.steady: dict[str, Steady | list[Steady]] = {}
        self.blank: set[str] = set()
        self.trivial: dict[str, Value] = {}
        self.adopted: dict[str, str] = dict(problem.conventions)
        self.found: dict[str, Rule] = {}
        self.astray = False
        self.marks: list[LineMark] = []
        self.words = Words()
        for step in self.family.steps:
            if step.kind == "text":
                self.words.learn(self.truth.values[step.name])
        self._readings: dict[tuple[str, Frame], Floats | Unreadable | None] = {}
        self._reaches: dict[str, float] = {}
        self._worlds: dict[tuple[tuple[str, str], ...], World] = {}

    # What was typed ------------------------------------------------------------------------

    def read_as(self, step: Step, like: Floats) -> Floats | Unreadable | None:
        """A line read in the form of a value, None where it is blank."""
        key = step.name, frame(step, like)
        if key not in self._readings:
            raw = self.answers.get(step.name)
            self._readings[key] = read_line(step, raw, like, self.words)
        return self._readings[key]

    @cached_property
    def read(self) -> dict[str, Floats | Unreadable | None]:
        """Every line, read in the shape that is asked for or that a convention or slip gives."""
        return {step.name: self._read(step) for step in self.family.steps}

    def _read(self, step: Step) -> Floats | Unreadable | None:
        out = self.read_as(step, encoded(step, self.truth.values[step.name]))
        if not isinstance(out, Unreadable):
            return out
        others = [world for _, world in self.other_conventions(step)]
        others += [
            self.world(self.problem.conventions, replaced={slip.step: slip.rule}, upto=step.name)
            for name in (step.name, *self._left_out(step))
            for slip in self.slips_on(name)
        ]
        again = self._reread(step, others)
        return out if again is None else again

    def _left_out(self, step: Step) -> list[str]:
        """The lines above a line that were not handed in, the nearest first."""
        above = self.lineage.ancestors[step.name]
        names = [name for name in self.family.by_name if name in above]
        return [name for name in reversed(names) if self.answers.get(name) in (None, "")]

    def _reread(self, step: Step, worlds: list[World]) -> Floats | None:
        """A line in the first form, of those that it has in these worlds, in which it reads."""
        for world in worlds:
            value = world.value(step.name)
            if value is not None:
                out = self.read_as(step, value)
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
        steps = self.family.by_name
        read = [(steps[n], line) for n, line in self.read.items() if isinstance(line, np.ndarray)]
        return one_number(read)

    @cached_property
    def idle(self) -> bool:
        """Whether one number stands everywhere, and neither conventions nor slips lead to that."""
        return self.uniform and not (
            any(self.gives_all(self.world(setting)) for setting in self._settings)
            or self.slips_for_all(1)
            or self.slips_for_all(2)
        )

    @property
    def _settings(self) -> Iterator[dict[str, str]]:
        yield dict(self.problem.conventions)
        yield from alternatives(self.family, self.problem.conventions)

    def slips_for_all(self, count: int) -> list[tuple[Slip, ...]]:
        """The sets of so many slips, each on its own line, that give all that was handed in."""
        possible = [slip for name in self.family.by_name for slip in self.slips_on(name)]
        base = self.problem.conventions
        out = []
        for slips in combinations(possible, count):
            replaced = {slip.step: slip.rule for slip in slips}
            if len(replaced) == count and self.gives_all(self.world(base, replaced=replaced)):
                out.append(slips)
        return out

    def gives_all(self, world: World) -> bool:
        """Whether a world gives every line that can be read."""
        steps = self.family.by_name
        lines = {n: line for n, line in self.read.items() if isinstance(line, np.ndarray)}
        return all(self.is_near(steps[n], line, world) for n, line in lines.items()) and all(
            world.explains(steps[n], line) for n, line in lines.items()
        )

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
            steady=self.steady,
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

    def is_near(self, step: Step, typed: Floats, world: World) -> bool:
        """Whether a world gives about what was typed; measuring how nearly would take longer.

        Rounding can move its entries much further than those of the truth, but not so much.
        """
        value = world.value(step.name)
        if value is None or step.kind != "real" or value.shape != typed.shape:
            return value is not None
        if step.name not in self._reaches:
            self._reaches[step.name] = float(self.truth.reach(step).max(initial=0.0))
        with np.errstate(invalid="ignore"):
            off = np.abs(typed - value)
        unit = units(value, self.problem.decimals, figures=step.figures)
        reach = np.maximum(_AS_FAR_AS_TRUTH * self._reaches[step.name], _AS_FAR_IN_UNITS * unit)
        return not bool((off > reach).any())

    @cached_property
    def _slips(self) -> dict[str, tuple[Slip, ...]]:
        scope = {**self.truth.values, **self.problem.env}
        possible = [slip for slip in self.family.slips if applies(slip.when, scope)]
        return {name: tuple(s for s in possible if s.step == name) for name in self.family.by_name}

    def slips_on(self, step: str) -> tuple[Slip, ...]:
        """The slips that are possible on a line of this problem."""
        return self._slips[step]

    @property
    def all_handed_in(self) -> bool:
        """Whether no line is blank."""
        return all(line is not None for line in self.read.values())

    def all_shown(self, step: Step) -> bool:
        """Whether no line that this one depends on is blank."""
        return not (self.lineage.ancestors[step.name] & self.blank)

    def departures(self) -> dict[str, str]:
        """The conventions adopted that are not those of the problem."""
        return difference(self.problem.conventions, self.adopted)
