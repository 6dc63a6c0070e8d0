"""One way in which a student may have computed: a setting of conventions, slips, own lines.

A world is compared with what was typed. Its tolerance follows the two-solver rule: an entry
is right if ``|typed - t| <= |t_k - t| + unit``, where t is the exact value, t_k the value of
the same graph with every line rounded, and the unit is that of the last digit asked for.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from quizapp.exercises.graph import Env, Undefined, evaluate
from quizapp.exercises.rounding import (
    COARSE_WAYS,
    EXTREME,
    PURE_WAYS,
    Line,
    shake,
    units,
    ways,
    write,
)
from quizapp.exercises.tolerance import farthest, margin, near, widest
from quizapp.exercises.values import encoded, identical, met, widened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.family import Family, Rule, Step, Value
    from quizapp.exercises.tolerance import Steady
    from quizapp.exercises.values import Bools, Floats

_REACH = 20.0  # no tolerance comes near so many times one rounding's deviation


class World:
    """Values of the steps under given conventions, with rules replaced and lines known.

    Where ``shaken``, the student may have computed on with more digits of the known lines than
    are written there, but for their ``steady`` entries; where ``figures``, small numbers are
    written in figures on every line.
    """

    def __init__(
        self,
        family: Family,
        env: Mapping[str, Value],
        decimals: int,
        *,
        replaced: Mapping[str, Rule] | None = None,
        known: Mapping[str, Value] | None = None,
        upto: str | None = None,
        shaken: bool = True,
        steady: Mapping[str, Steady | list[Steady]] | None = None,
        figures: bool = False,
    ) -> None:
        self.family = family
        self.env = env
        self.decimals = decimals
        self.replaced = dict(replaced or {})
        self.known = dict(known or {})
        self.upto = upto
        self.shaken = shaken and bool(known)
        self.steady = steady or {}
        self.figures = figures
        self._spreads: dict[str, Floats] = {}

    @cached_property
    def values(self) -> Env:
        """The exact values. Raises Undefined."""
        return self._run(self.known, None)

    def value(self, step: str) -> Floats | None:
        """The exact value of a step as floats, or None where this world has none."""
        try:
            return encoded(self.family.by_name[step], self.values[step])
        except (Undefined, ValueError, TypeError):
            return None

    def coarsely(self, step: Step) -> Floats | None:
        """A step under the coarsest rounding, or None where it has no value then."""
        return _floats_of(self._coarsest, step)

    @cached_property
    def _coarsest(self) -> Env | None:
        return self._attempt(next(ways(self.decimals)), 0)

    @cached_property
    def _coarse(self) -> list[Env | None]:
        among = enumerate(islice(ways(self.decimals), COARSE_WAYS))
        return [self._coarsest if not n else self._attempt(way, n) for n, way in among]

    @cached_property
    def _rounded(self) -> list[Env | None]:
        others = list(enumerate(ways(self.decimals)))[COARSE_WAYS:]
        return [*self._coarse, *(self._attempt(way, number) for number, way in others)]

    @cached_property
    def _probe(self) -> Env | None:
        """The values under the coarsest rounding, the known lines off by half a unit."""
        if not self.shaken:
            return self._coarsest
        return self._attempt(next(ways(self.decimals)), EXTREME)

    @cached_property
    def _in_figures(self) -> World:
        """The same computation by someone who writes small numbers in figures on every line."""
        return World(
            self.family,
            self.env,
            self.decimals,
            replaced=self.replaced,
            known=self.known,
            upto=self.upto,
            shaken=self.shaken,
            steady=self.steady,
            figures=True,
        )

    def _attempt(self, way: Line, number: int) -> Env | None:
        try:
            return self._run(self._lines(number), way)
        except Undefined:
            return None

    def _run(self, known: Mapping[str, Value], way: Line | None) -> Env:
        if way is None:
            return evaluate(
                self.family, self.env, replaced=self.replaced, known=known, upto=self.upto
            )
        return evaluate(
            self.family,
            self.env,
            line=way,
            written=lambda step, value: write(
                way, value, self.decimals, figures=self.figures or step.figures
            ),
            replaced=self.replaced,
            known=known,
            upto=self.upto,
        )

    def _lines(self, number: int) -> Mapping[str, Value]:
        """The known real lines, moved within their last digit in all but the pure ways."""
        if 0 <= number < PURE_WAYS or not self.shaken:
            return self.known
        out = dict(self.known)
        for name, value in self.known.items():
            step = self.family.by_name[name]
            if step.kind == "real":
                out[name] = self._moved(step, value, number)
        return out

    def _moved(self, step: Step, value: Value, number: int) -> Value:
        """A known line off by less than half a unit, but for what is steady in it."""
        figures = self.figures or step.figures
        known = self.steady.get(step.name)
        if not step.ragged:
            steady = None if known is None else np.array(_exact_in(known))
            return shake(value, self.decimals, number, figures=figures, steady=steady)
        rows = [None] * len(value) if known is None else _exact_in(known)
        return [
            shake(
                row,
                self.decimals,
                number + place,
                figures=figures,
                steady=None if steady is None else steady[: np.size(row)],
            )
            for place, (row, steady) in enumerate(zip(value, rows, strict=True))
        ]

    def breaks(self, step: Step) -> bool:
        """Whether a coarse rounding leaves a finite entry of this step without a finite value.

        Or moves it so far that there is nothing left to compare.
        """
        truth = self._exactly(step)
        finite = np.isfinite(truth)
        bound = farthest(truth, units(truth, self.decimals, figures=step.figures), self.decimals)
        for run in self._coarse:
            rounded = _floats_of(run, step)
            if rounded is None or rounded.shape != truth.shape:
                return True
            # An entry that is not finite any more is not near either.
            if not (np.abs(rounded[finite] - truth[finite]) <= bound[finite]).all():
                return True
        return False

    def spread(self, step: Step, *, figures: bool = False) -> Floats:
        """How far honest rounding moves the entries of a step; 0 for steps compared exactly.

        With ``figures``, the rounding of someone who writes small numbers in figures.
        """
        if figures and not self.figures:
            return self._in_figures.spread(step)
        if step.name not in self._spreads:
            truth = self._exactly(step)
            runs = self._rounded if step.kind == "real" else []
            self._spreads[step.name] = widest(truth, [_floats_of(run, step) for run in runs])
        return self._spreads[step.name]

    def _exactly(self, step: Step) -> Floats:
        """The exact value of a step. Raises Undefined."""
        return encoded(step, self.values[step.name])

    def tolerance(self, step: Step, typed: Floats | None = None) -> Floats:
        """How far an entry may be off, given how it was typed. Zero for steps compared exactly."""
        truth = self._exactly(step)
        if step.kind != "real":
            return np.zeros(truth.shape)
        unit = units(truth, self.decimals, typed, figures=step.figures)
        return self._margin(step, truth, unit)

    def _margin(self, step: Step, truth: Floats, unit: Floats) -> Floats:
        return margin(
            truth,
            unit,
            self.decimals,
            lambda figures: widened(self.spread(step, figures=figures), unit.shape, 0.0),
        )

    def agrees(self, step: Step, typed: Floats) -> Bools | None:
        """Which entries of a typed line this world explains; None where shapes differ."""
        return self._compare(step, typed, all_or_none=False)

    def explains(self, step: Step, typed: Floats) -> bool:
        """Whether every typed entry agrees."""
        agreeing = self._compare(step, typed, all_or_none=True)
        return agreeing is not None and bool(agreeing.all())

    def _compare(self, step: Step, typed: Floats, *, all_or_none: bool) -> Bools | None:
        """Which entries agree; ``all_or_none`` may give up at the first that cannot."""
        truth = self.value(step.name)
        both = None if truth is None else met(step, typed, truth)
        if both is None:
            return None
        typed, truth = both
        if step.kind != "real":
            return identical(step, typed, truth)
        unit = units(truth, self.decimals, typed, figures=step.figures)
        at_once = near(typed, truth, unit)
        if at_once.all():
            return at_once
        # Measuring the tolerance takes eleven solutions: not for entries that are out of reach.
        within = near(typed, truth, self._reach(step, truth, unit))
        hopeless = not within.all() if all_or_none else not (within & ~at_once).any()
        return at_once if hopeless else near(typed, truth, self._margin(step, truth, unit))

    def reach(self, step: Step) -> Floats:
        """How far off an entry of a step can be at most and still be right."""
        truth = self._exactly(step)
        return self._reach(step, truth, units(truth, self.decimals, figures=step.figures))

    def _reach(self, step: Step, truth: Floats, unit: Floats) -> Floats:
        """A generous bound on the tolerance, from one rounding of the graph."""
        rounded = _floats_of(self._probe, step)
        if rounded is None or rounded.shape != truth.shape:
            return np.full(truth.shape, np.inf)
        finite = np.isfinite(truth)
        off = np.abs(rounded[finite] - truth[finite])
        return _REACH * (off.max(initial=0.0) + unit) if np.isfinite(off).all() else unit + np.inf


def _floats_of(run: Env | None, step: Step) -> Floats | None:
    try:
        return None if run is None else encoded(step, run[step.name])
    except (ValueError, TypeError):  # rows of different lengths
        return None


def _exact_in(steady: Steady | list[Steady]) -> Bools | list[Bools]:
    """Which entries of a line are exact, row by row for a loop."""
    return [row.entries for row in steady] if isinstance(steady, list) else steady.entries
