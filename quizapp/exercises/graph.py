"""Evaluating the graph of steps: exactly, rounded, with a rule replaced, from given rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Rule, Step, Value, reads
from quizapp.exercises.rounding import Line, exact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

Env = dict[str, Value]
"""Everything a rule may read, by name."""


class Undefined(Exception):  # noqa: N818 - a fact about a rule at these numbers, not a failure
    """A rule has no finite value at these numbers (a log of 0, shapes that do not fit)."""


@lru_cache(maxsize=4096)
def parameters(rule: Rule) -> tuple[str, ...]:
    """What a rule reads; looked up once."""
    return reads(rule)


_NO_VALUE = (ArithmeticError, ValueError, TypeError, LookupError, AttributeError)
"""What rules raise where they have no value: numbers, or shapes, that do not fit."""


def call(rule: Rule, env: Mapping[str, Value]) -> Value:
    """The value of a rule; Undefined where it has none."""
    read = [env[name] for name in parameters(rule)]
    try:
        return rule(*read)
    except _NO_VALUE as error:
        raise Undefined(str(error)) from error


@dataclass(frozen=True, slots=True)
class Stage:
    """A single step, or all members of one loop."""

    steps: tuple[Step, ...]
    loop: str | None


@lru_cache(maxsize=512)
def stages(family: Family) -> tuple[Stage, ...]:
    """The steps of a family, the members of a loop together, in order of evaluation."""
    out: list[Stage] = []
    for step in family.steps:
        if step.loop and out and out[-1].loop == step.loop:
            out[-1] = Stage((*out[-1].steps, step), step.loop)
        else:
            out.append(Stage((step,), step.loop))
    return tuple(out)


def environment(givens: Mapping[str, Value], conventions: Conventions) -> Env:
    """What rules may read before any step is evaluated."""
    return {**givens, **conventions, "line": exact}


def row_count(family: Family, env: Mapping[str, Value]) -> int:
    """How many rows the loops of a family have under these givens and conventions; 0 without one.

    Raises Undefined.
    """
    return 0 if family.rows is None else int(call(family.rows, env))


def stack(rows: list[Value]) -> Value:
    """The rows of a loop as one array; a list where their shapes differ."""
    try:
        return np.array(rows)
    except ValueError:
        return rows


Written = Callable[[Step, Value], Value]
"""What stands on paper for the value of a step."""


def _writer(line: Line, written: Written | None) -> Written:
    """Real lines are written as they are rounded, others as they are."""
    if line is exact:
        return lambda _, value: value
    inner = written or (lambda _, value: line(value))

    def put(step: Step, value: Value) -> Value:
        if step.kind != "real":
            return value
        if step.ragged and not step.loop:
            return [inner(step, row) for row in value]
        return inner(step, value)

    return put


def evaluate(
    family: Family,
    env: Mapping[str, Value],
    *,
    line: Line = exact,
    written: Written | None = None,
    replaced: Mapping[str, Rule] | None = None,
    known: Mapping[str, Value] | None = None,
    upto: str | None = None,
) -> Env:
    """The values of all steps, in order.

    ``line`` rounds every real line and the inner lines that a rule declares; ``written`` rounds
    the real lines where these are rounded otherwise than the inner ones; ``replaced`` are slips,
    rules by the step they stand in for; ``known`` are steps that are not evaluated but taken as
    they are; ``upto`` ends after that step. Raises Undefined.
    """
    replaced = replaced or {}
    known = known or {}
    scope: Env = {**env, "line": line}
    put = _writer(line, written)
    with np.errstate(all="ignore"):
        for stage in stages(family):
            if stage.loop:
                _evaluate_loop(family, stage, scope, put, replaced, known)
            else:
                step = stage.steps[0]
                if step.name in known:
                    scope[step.name] = known[step.name]
                else:
                    rule = replaced.get(step.name, step.rule)
                    scope[step.name] = put(step, call(rule, scope))
            if upto is not None and any(s.name == upto for s in stage.steps):
                break
    return {name: scope[name] for name in family.by_name if name in scope}


def histories(stage: Stage, env: Mapping[str, Value]) -> dict[str, list[Value]]:
    """Fresh histories of the members of a loop, holding the row before the first."""
    return {s.name: [env[s.before] if s.before else None] for s in stage.steps}


def _evaluate_loop(
    family: Family,
    stage: Stage,
    scope: Env,
    put: Written,
    replaced: Mapping[str, Rule],
    known: Mapping[str, Value],
) -> None:
    if all(step.name in known for step in stage.steps):
        scope.update({step.name: known[step.name] for step in stage.steps})
        return
    history = histories(stage, scope)
    inside: Env = {**scope, **history}
    for row in range(1, row_count(family, scope) + 1):
        inside["row"] = row
        for step in stage.steps:
            if step.name in known:
                value = _known_row(known[step.name], row)
            else:
                value = put(step, call(replaced.get(step.name, step.rule), inside))
            history[step.name].append(value)
    for step in stage.steps:
        rows = history[step.name][1:]
        scope[step.name] = stack(rows) if step.plain else rows


def _known_row(rows: Value, row: int) -> Value:
    if row > len(rows):
        raise Undefined(f"there is no row {row}")
    return rows[row - 1]


def applies(when: Callable[..., bool] | None, env: Mapping[str, Value]) -> bool:
    """Whether a condition holds; a condition that is undefined does not."""
    if when is None:
        return True
    try:
        return bool(call(when, env))
    except Undefined:
        return False


def alternatives(
    family: Family, base: Conventions, among: Collection[str] | None = None
) -> Iterator[dict[str, str]]:
    """Other settings of the conventions, or of those ``among`` them.

    Those that differ in one come first, then those that differ in more.
    """
    names = [name for name in family.conventions if among is None or name in among]
    others = {n: [v for v in family.conventions[n] if v != base[n]] for n in names}
    for count in range(1, len(names) + 1):
        yield from _differing(dict(base), names, others, count)


def _differing(
    base: dict[str, str], names: list[str], others: dict[str, list[str]], count: int
) -> Iterator[dict[str, str]]:
    if count == 0:
        yield dict(base)
        return
    for position, name in enumerate(names[: len(names) - count + 1]):
        for value in others[name]:
            yield from _differing({**base, name: value}, names[position + 1 :], others, count - 1)


def finite(value: Any) -> bool:
    """Whether every number of a value is finite; words are no numbers."""
    if isinstance(value, str):
        return True
    if isinstance(value, (list, tuple)):
        return all(map(finite, value))
    try:
        return bool(np.all(np.isfinite(np.asarray(value, dtype=float))))
    except (ValueError, TypeError):
        return False
