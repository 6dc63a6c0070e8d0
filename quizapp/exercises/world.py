"""One way in which a student may have computed: a setting of conventions, slips, own lines.

A world is compared with what was typed. Its tolerance follows the two-solver rule: an entry
is right if ``|typed - t| <= |t_k - t| + unit``, where t is the exact value, t_k the value of
the same graph with every line rounded, and the unit is ``10**-decimals`` (beyond 1e5, one
unit of the last of at least three significant figures).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from quizapp.exercises.graph import Env, Undefined, evaluate, finite
from quizapp.exercises.rounding import PURE_WAYS, Line, ways

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.family import Family, Rule, Step, Value

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LARGE = 1e5
EXACT = 1e-9
_FALLBACK = 0.01
_REACH = 20.0  # no tolerance comes near so many times one rounding's deviation
# One fixed stream of half-unit noise: a written 0.731 stands for anything in 0.7305 to 0.7315.
_NOISE = np.random.default_rng(np.random.SeedSequence(731)).uniform(-0.5, 0.5, size=8192)


def as_floats(value: Any) -> Floats:
    """A value as an array of floats, booleans as 0 and 1."""
    return np.asarray(value, dtype=float)


def units(truth: Floats, decimals: int) -> Floats:
    """The unit of the last digit asked for, entry by entry."""
    unit = np.full(truth.shape, 10.0**-decimals)
    large = np.isfinite(truth) & (np.abs(truth) > LARGE)
    if large.any():
        magnitude = np.floor(np.log10(np.abs(truth[large])))
        unit[large] = 10.0 ** (magnitude + 1 - max(decimals, 3))
    return unit


def near(typed: Floats, truth: Floats, tolerance: Floats | float) -> Bools:
    """Which entries agree; blank (nan) entries count as agreeing, infinities must be equal."""
    with np.errstate(invalid="ignore"):
        close = np.abs(typed - truth) <= tolerance * (1 + EXACT) + EXACT
    out: Bools = close | (typed == truth) | np.isnan(typed)
    return out


class World:
    """Values of the steps under given conventions, with rules replaced and lines known."""

    def __init__(
        self,
        family: Family,
        env: Mapping[str, Value],
        decimals: int,
        *,
        replaced: Mapping[str, Rule] | None = None,
        known: Mapping[str, Value] | None = None,
        upto: str | None = None,
    ) -> None:
        self.family = family
        self.env = env
        self.decimals = decimals
        self.replaced = dict(replaced or {})
        self.known = dict(known or {})
        self.upto = upto

    @cached_property
    def values(self) -> Env:
        """The exact values. Raises Undefined."""
        return self._run(self.known, None)

    def value(self, step: str) -> Floats | None:
        """The exact value of a step as floats, or None where this world has none."""
        try:
            return as_floats(self.values[step])
        except (Undefined, ValueError, TypeError):
            return None

    @cached_property
    def _probe(self) -> Env | None:
        """The values under the coarsest rounding."""
        return self._attempt(next(ways(self.decimals)), 0)

    @cached_property
    def _rounded(self) -> list[Env | None]:
        others = list(enumerate(ways(self.decimals)))[1:]
        return [self._probe, *(self._attempt(way, number) for number, way in others)]

    def _attempt(self, way: Line, number: int) -> Env | None:
        try:
            return self._run(self._shaken(number), way)
        except Undefined:
            return None

    def _run(self, known: Mapping[str, Value], way: Line | None) -> Env:
        if way is None:
            return evaluate(
                self.family, self.env, replaced=self.replaced, known=known, upto=self.upto
            )
        return evaluate(
            self.family, self.env, line=way, replaced=self.replaced, known=known, upto=self.upto
        )

    def _shaken(self, number: int) -> Mapping[str, Value]:
        """The known real lines, moved within their last digit in all but the pure ways."""
        if number < PURE_WAYS or not self.known:
            return self.known
        steps = self.family.by_name
        return {
            name: shake(value, self.decimals, number) if steps[name].kind == "real" else value
            for name, value in self.known.items()
        }

    def spread(self, step: Step) -> Floats:
        """How far honest rounding moves the entries of a step; relative where it is unbounded."""
        truth = as_floats(self.values[step.name])
        if step.kind != "real":
            return np.zeros(truth.shape)
        worst = np.zeros(truth.shape)
        for run in self._rounded:
            if run is None or not finite(run[step.name]):
                return np.abs(truth) * _FALLBACK
            other = as_floats(run[step.name])
            if other.shape == truth.shape:
                worst = np.maximum(worst, np.abs(other - truth))
        return worst

    def tolerance(self, step: Step) -> Floats:
        """How far an entry may be off. Zero for steps that are compared exactly."""
        truth = as_floats(self.values[step.name])
        if step.kind != "real":
            return np.zeros(truth.shape)
        return self.spread(step) + units(truth, self.decimals)

    def agrees(self, step: Step, typed: Floats) -> Bools | None:
        """Which entries of a typed line this world explains; None where shapes differ."""
        truth = self.value(step.name)
        if truth is None or truth.shape != typed.shape:
            return None
        if step.kind != "real":
            return near(typed, truth, 0.0)
        at_once = near(typed, truth, units(truth, self.decimals))
        if at_once.all():
            return at_once
        # Measuring the tolerance takes eleven solutions: not for entries that are out of reach.
        doubtful = ~at_once & near(typed, truth, self._reach(step, truth))
        if not doubtful.any():
            return at_once
        return near(typed, truth, self.tolerance(step))

    def explains(self, step: Step, typed: Floats) -> bool:
        """Whether every typed entry agrees."""
        truth = self.value(step.name)
        if truth is None or truth.shape != typed.shape:
            return False
        if step.kind != "real":
            return bool(near(typed, truth, 0.0).all())
        if near(typed, truth, units(truth, self.decimals)).all():
            return True
        if not near(typed, truth, self._reach(step, truth)).all():
            return False
        return bool(near(typed, truth, self.tolerance(step)).all())

    def _reach(self, step: Step, truth: Floats) -> Floats:
        """A generous bound on the tolerance, from one rounding of the graph."""
        unit = units(truth, self.decimals)
        probe = self._probe
        if probe is None or not finite(probe[step.name]):
            return np.full(truth.shape, np.inf)
        rounded = as_floats(probe[step.name])
        if rounded.shape != truth.shape:
            return np.full(truth.shape, np.inf)
        worst = float(np.abs(rounded - truth).max(initial=0.0))
        return _REACH * (worst + unit)


def shake(value: Value, decimals: int, number: int) -> Value:
    """A written value moved by at most half a unit of its last digit."""
    array = as_floats(value)
    start = (number * 977) % 4096
    noise = np.resize(_NOISE[start : start + max(1, min(array.size, 4096))], array.shape)
    return array + noise * 10.0**-decimals
