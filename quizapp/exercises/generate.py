"""Drawing variants that are worth setting, and saying how often one was rejected."""

from __future__ import annotations

import zlib
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.errors import QuizError
from quizapp.exercises.graph import Undefined, applies, call, finite
from quizapp.exercises.problem import Problem, read_conventions
from quizapp.exercises.shapes import read_givens
from quizapp.exercises.world import World, as_floats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.exercises.family import Family, Slip, Value

TRIES = 400
_VISIBLE = 3.0  # tolerances by which a slip must differ from the truth somewhere
_BOUNDARY = 1e-6
_SHARE_OF_A_UNIT = 1e-3
_TIE_SHARE = 0.25
_TIE_TRIES = 40  # on some nets no field can be zero


class GenerationError(QuizError):
    """No variant was found that is worth setting."""

    code = "generate"


def generate(
    family: Family,
    *,
    seed: int,
    level: int = 1,
    variant: int = 0,
    conventions: Mapping[str, str] | None = None,
) -> Problem:
    """A variant; the same arguments give the same problem. Raises GenerationError.

    Each variant has a random stream of its own, spawned from ``seed`` by family, level and
    ``variant``.
    """
    if level not in family.levels:
        raise GenerationError(
            f"{family.id} has no level {level}; it has {_listed(family.levels)}.", where="level"
        )
    setting = read_conventions(family, {} if conventions is None else conventions)
    for name, number in (("seed", seed), ("variant", variant)):
        if number < 0:
            raise GenerationError(f"'{name}' is a whole number from 0 upwards.", where=name)
    key = (zlib.crc32(family.id.encode()), level, variant)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
    wants_tie = family.tie is not None and level > 1 and rng.random() < _TIE_SHARE
    rejected: Counter[str] = Counter()
    for attempt in range(TRIES):
        givens = read_givens(family, family.make(rng, level, setting), setting)
        printed = frozenset(family.tie_rules) if wants_tie else frozenset()
        problem = Problem(
            family, givens, setting, family.decimals, printed, seed, variant, level, rejected
        )
        reason = objection(problem, wants_tie=wants_tie)
        if reason is None:
            return problem
        rejected[reason] += 1
        if attempt == _TIE_TRIES:
            wants_tie = False
    common = ", ".join(f"{reason} ({n})" for reason, n in rejected.most_common(3))
    raise GenerationError(f"no variant of {family.id} at level {level} in {TRIES} tries: {common}.")


def variants(
    family: Family,
    *,
    seed: int,
    level: int = 1,
    conventions: Mapping[str, str] | None = None,
) -> Iterator[Problem]:
    """Variants 0, 1, 2, ... of one seed, without end."""
    number = 0
    while True:
        yield generate(family, seed=seed, level=level, variant=number, conventions=conventions)
        number += 1


def objection(problem: Problem, *, wants_tie: bool = False) -> str | None:
    """Why a variant is not worth setting, or None."""
    family = problem.family
    try:
        values = problem.truth.values
    except Undefined:
        return "no solution"
    if not all(finite(v) for v in values.values()):
        return "not finite"
    scope = {**values, **problem.env}
    if family.avoid is not None and (reason := call(family.avoid, scope)):
        return str(reason)
    if family.tie is not None and applies(family.tie, scope) != wants_tie:
        return "no tie" if wants_tie else "tie"
    if _on_a_boundary(problem, values):
        return "rounding boundary"
    hidden = hidden_slip(problem, scope)
    if hidden:
        return f"slip {hidden.name} would not show"
    if any(step.kind == "real" and problem.truth.breaks(step) for step in family.steps):
        return "rounding breaks a line"
    return None


def _on_a_boundary(problem: Problem, values: Mapping[str, Value]) -> bool:
    """Whether a real value lies within 1e-6 of a ...5 that decides its last digit.

    With more than three decimals that would be much of every unit: then within 1e-3 of one.
    """
    scale = 10.0**problem.decimals
    near = min(_BOUNDARY * scale, _SHARE_OF_A_UNIT)
    for name, value in values.items():
        if problem.family.by_name[name].kind == "real":
            digits = np.abs(as_floats(value)) * scale
            if np.any(np.abs(digits - np.floor(digits) - 0.5) < near):
                return True
    return False


def hidden_slip(problem: Problem, scope: Mapping[str, Value]) -> Slip | None:
    """A slip that exists here but gives the right value, or one too near to it, in its own step."""
    family = problem.family
    for slip in family.slips:
        if applies(slip.when, scope) and not shows(problem, slip):
            return slip
    return None


def shows(problem: Problem, slip: Slip) -> bool:
    """Whether a slip moves an entry of its own step by more than three tolerances."""
    family = problem.family
    step = family.by_name[slip.step]
    world = World(
        family, problem.env, problem.decimals, replaced={slip.step: slip.rule}, upto=slip.step
    )
    wrong = world.value(slip.step)
    right = problem.truth.value(slip.step)
    if wrong is None or right is None or wrong.shape != right.shape:
        return True
    with np.errstate(invalid="ignore"):
        off = np.abs(wrong - right)
    if step.kind != "real":
        return bool((off > 0).any())
    if (off > 100 * 10.0**-problem.decimals * (1 + np.abs(right))).any():
        return True
    return bool((off > _VISIBLE * problem.truth.tolerance(step)).any())


def _listed(levels: tuple[int, ...]) -> str:
    return ", ".join(str(level) for level in levels)
