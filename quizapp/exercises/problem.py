"""A problem: a family with its numbers, its conventions and the decimals to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from quizapp.core.errors import QuizError
from quizapp.core.text import quoted
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.family import Family, GivenError, Value
from quizapp.exercises.graph import Env, Undefined, call, environment
from quizapp.exercises.shapes import read_givens
from quizapp.exercises.values import Floats, encoded, entries
from quizapp.exercises.world import World

DEFAULT_DECIMALS = 3
MOST_DECIMALS = 9
MOST_ROWS = 500
MOST_CELLS = 100_000
_FIELDS = {
    "family", "version", "seed", "variant", "level", "givens", "conventions", "decimals", "printed",
}  # fmt: skip


class ProblemError(QuizError):
    """A problem that cannot be set: a field is missing, unknown or of the wrong kind."""

    code = "problem"


@dataclass(frozen=True, eq=False)
class Problem:
    """One exercise with its numbers.

    ``printed`` are the conventions that the problem states as binding: another convention
    earns no points there. ``seed``, ``variant`` and ``level`` say how it was drawn (None for an
    own problem); together with family and version they draw the same numbers again.
    """

    family: Family
    givens: Mapping[str, Value]
    conventions: Mapping[str, str]
    decimals: int = DEFAULT_DECIMALS
    printed: frozenset[str] = frozenset()
    seed: int | None = None
    variant: int = 0
    level: int | None = None
    rejected: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def env(self) -> Env:
        """What the rules read."""
        return environment(self.givens, self.conventions)

    @cached_property
    def truth(self) -> World:
        """The right computation."""
        return World(self.family, self.env, self.decimals)

    def solve(self) -> Env:
        """The values of all steps. Raises ProblemError where these numbers have no solution."""
        return self._solution

    @cached_property
    def _solution(self) -> Env:
        try:
            values = self.truth.values
        except Undefined as reason:
            raise ProblemError(
                f"these numbers have no solution ({reason}); change the givens.", where="givens"
            ) from None
        for name, value in values.items():
            cells = self._cells(name, value)
            if cells.size > MOST_CELLS:
                raise ProblemError(
                    f"line '{name}' has {cells.size} entries; at most {MOST_CELLS} can be "
                    "checked: shorten the givens.",
                    where="givens",
                )
            if np.isnan(cells).any():
                raise ProblemError(
                    f"line '{name}' has no value with these numbers; change the givens.",
                    where="givens",
                )
        return values

    def _cells(self, name: str, value: Value) -> Floats:
        """The entries of a line. Raises ProblemError where they cannot be compared."""
        step = self.family.by_name[name]
        try:
            return entries(step, encoded(step, value))
        except ValueError as reason:
            raise ProblemError(
                f"line '{name}' cannot be checked: {reason}; change the givens.", where="givens"
            ) from None

    def as_json(self) -> dict[str, Any]:
        """The problem as the machine interface writes it."""
        out: dict[str, Any] = {"family": self.family.id, "version": self.family.version}
        if self.seed is not None:
            out |= {"seed": self.seed, "variant": self.variant}
        if self.level is not None:
            out["level"] = self.level
        out |= {
            "givens": {name: plain(value) for name, value in self.givens.items()},
            "conventions": dict(self.conventions),
            "decimals": self.decimals,
        }
        if self.printed:
            out["printed"] = sorted(self.printed)
        return out


def plain(value: Any, kind: str = "real") -> Any:
    """A value as JSON knows it; infinities as "inf" and "-inf", blanks as None.

    Of another kind than real, whole numbers are written as such, 0 and 1 as truth values.
    """
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(entry, kind) for entry in value]
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    number = float(value)
    if np.isnan(number):
        return None
    if np.isinf(number):
        return "inf" if number > 0 else "-inf"
    if kind == "boolean" and number in {0.0, 1.0}:
        return bool(number)
    if isinstance(value, (int, np.integer)) or (kind != "real" and number.is_integer()):
        return int(value)
    return number


def read_problem(raw: Any) -> Problem:
    """A problem from JSON or YAML data. Raises a QuizError that names the place."""
    if not isinstance(raw, Mapping):
        raise ProblemError("a problem is a mapping with 'family' and 'givens'.")
    unknown = [name for name in raw if name not in _FIELDS]
    if unknown:
        raise ProblemError(
            f"a problem has no field {quoted(unknown[0])}; it knows {', '.join(sorted(_FIELDS))}."
        )
    for name in ("family", "givens"):
        if name not in raw:
            raise ProblemError(f"the problem lacks '{name}'.", where=name)
    if not isinstance(raw["family"], str):
        raise ProblemError("'family' is the id of a family, such as attention.", where="family")
    if not isinstance(raw["givens"], Mapping):
        raise ProblemError("'givens' is a mapping from names to numbers.", where="givens")
    family = find_family(raw["family"])
    conventions = read_conventions(family, _given(raw, "conventions", {}))
    _whole(raw, "version", None, 1, 2**31)
    givens = read_givens(family, raw["givens"], conventions)
    problem = Problem(
        family=family,
        givens=givens,
        conventions=conventions,
        decimals=_whole(raw, "decimals", DEFAULT_DECIMALS, 0, MOST_DECIMALS),
        printed=_printed(family, _given(raw, "printed", [])),
        seed=_whole(raw, "seed", None, 0, 2**63 - 1),
        variant=_whole(raw, "variant", 0, 0, 2**31),
        level=_whole(raw, "level", None, 1, 9),
    )
    _check(problem)
    return problem


def _given(raw: Mapping[str, Any], name: str, default: Any) -> Any:
    """A field, its default where it is missing or null."""
    value = raw.get(name)
    return default if value is None else value


def _check(problem: Problem) -> None:
    """Givens that fit by shape but not by meaning, or that nobody could compute."""
    family = problem.family
    if family.check is not None:
        try:
            with np.errstate(all="ignore"):
                call(family.check, problem.env)
        except Undefined as reason:
            raise GivenError(f"the givens do not fit together: {reason}.", where="givens") from None
    if family.rows is None:
        return
    try:
        rows = call(family.rows, problem.env)
    except Undefined as reason:
        raise GivenError(
            f"the givens do not say how many rows there are: {reason}.", where="givens"
        ) from None
    if rows > MOST_ROWS:
        raise ProblemError(f"more than {MOST_ROWS} rows; shorten the computation.", where="givens")


def read_conventions(family: Family, raw: Any) -> dict[str, str]:
    """All conventions of a family, the unnamed ones at their defaults. Raises ProblemError."""
    if not isinstance(raw, Mapping):
        raise ProblemError("'conventions' is a mapping from names to values.", where="conventions")
    for name, value in raw.items():
        if name not in family.conventions:
            known = ", ".join(family.conventions) or "none"
            raise ProblemError(
                f"{family.id} has no convention {quoted(name)}; it has {known}.",
                where="conventions",
            )
        if not isinstance(value, str) or value not in family.conventions[name]:
            raise ProblemError(
                f"'{name}' is {quoted(value)}; write one of {', '.join(family.conventions[name])}.",
                where=f"conventions.{name}",
            )
    return {**family.defaults, **raw}


def _printed(family: Family, raw: Any) -> frozenset[str]:
    known = list(family.conventions)  # a list: what stands in raw need not be hashable
    if not isinstance(raw, list) or not all(name in known for name in raw):
        raise ProblemError(
            "'printed' is a list of conventions that the problem states.", where="printed"
        )
    return frozenset(raw)


def _whole(raw: Mapping[str, Any], name: str, default: Any, least: int, most: int) -> Any:
    value = _given(raw, name, default)
    if value is default:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ProblemError(f"'{name}' is a whole number from {least} to {most}.", where=name)
    return value
