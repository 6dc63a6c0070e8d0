"""Drawing variants that are worth setting, and saying how often one was rejected."""

from __future__ import annotations

import zlib
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from quizapp.core.errors import QuizError
from quizapp.exercises.graph import Undefined, applies, call
from quizapp.exercises.lineage import lineage
from quizapp.exercises.problem import Problem, read_conventions
from quizapp.exercises.shapes import read_givens
from quizapp.exercises.values import encoded, entries, identical, met, one_number
from quizapp.exercises.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.exercises.family import Family, Slip, Value
    from quizapp.exercises.values import Floats

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
    steps = family.by_name
    cells = {name: entries(steps[name], encoded(steps[name], v)) for name, v in values.items()}
    if not all(np.isfinite(found).all() for found in cells.values()):
        return "not finite"
    scope = {**values, **problem.env}
    if family.avoid is not None and (reason := call(family.avoid, scope)):
        return str(reason)
    if family.tie is not None and applies(family.tie, scope) != wants_tie:
        return "no tie" if wants_tie else "tie"
    real = [found for name, found in cells.items() if steps[name].kind == "real"]
    if any(_on_a_boundary(problem, found) for found in real):
        return "rounding boundary"
    hidden = hidden_slip(problem, scope)
    if hidden:
        return f"slip {hidden.name} would not show"
    if any(step.kind == "real" and problem.truth.breaks(step) for step in family.steps):
        return "rounding breaks a line"
    if any(_is_one_number(problem, world) for world in _level_paths(problem, scope)):
        return "a mistake gives one number everywhere"
    return None


def _level_paths(problem: Problem, scope: Mapping[str, Value]) -> Iterator[World]:
    """The computations with one slip, or under one other convention, that begin with one number."""
    family = problem.family
    first = family.steps[0]
    level = _is_level(problem.truth.value(first.name))
    for slip in family.slips:
        if (level or slip.step == first.name) and applies(slip.when, scope):
            replaced = {slip.step: slip.rule}
            yield World(family, problem.env, problem.decimals, replaced=replaced)
    for name, values in family.conventions.items():
        if not level and name not in lineage(family).conventions[first.name]:
            continue
        for value in values:
            if value != problem.conventions[name]:
                yield World(family, {**problem.env, name: value}, problem.decimals)


def _is_level(line: Floats | None) -> bool:
    return line is not None and not (line.size and bool((line != line.flat[0]).any()))


def _is_one_number(problem: Problem, world: World) -> bool:
    """Whether lines that are not right could not be told from one number written everywhere."""
    steps = problem.family.by_name
    if not _is_level(world.value(next(iter(steps)))):
        return False
    lines = [(step, world.value(name)) for name, step in steps.items()]
    wrong = [
        step for step, line in lines if line is not None and not problem.truth.explains(step, line)
    ]
    return len(wrong) > 1 and one_number((s, line) for s, line in lines if line is not None)


def _on_a_boundary(problem: Problem, cells: Floats) -> bool:
    """Whether a value lies within 1e-6 of a ...5 that decides its last digit.

    With more than three decimals that would be much of every unit: then within 1e-3 of one.
    """
    scale = 10.0**problem.decimals
    near = min(_BOUNDARY * scale, _SHARE_OF_A_UNIT)
    digits = np.abs(cells) * scale
    return bool(np.any(np.abs(digits - np.floor(digits) - 0.5) < near))


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
    both = None if wrong is None or right is None else met(step, wrong, right)
    if both is None:
        return True
    wrong, right = both
    if step.kind != "real":
        return not identical(step, wrong, right).all()
    with np.errstate(invalid="ignore"):
        off = np.abs(wrong - right)
    if (off > 100 * 10.0**-problem.decimals * (1 + np.abs(right))).any():
        return True
    tolerance = problem.truth.tolerance(step)
    return tolerance.shape != off.shape or bool((off > _VISIBLE * tolerance).any())


def _listed(levels: tuple[int, ...]) -> str:
    return ", ".join(str(level) for level in levels)
