"""Whether the numbers of a discrepancy's example are those that its exercise family computes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.core.place import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.packs.entry import Entry
    from quizapp.packs.reading import Reading

WITHIN = 1e-9
"""How far a number may be off, relative to it."""
_SHOWN = 60


def stale(reading: Reading) -> Iterator[Fault]:
    """Yield the numbers of examples that the solver does not confirm, each at its place."""
    for entry in reading.entries["discrepancies"].values():
        for index, check in enumerate(entry.fields.get("example", {}).get("checks", ())):
            yield from _check(entry, index, check)


def _check(entry: Entry, index: int, check: dict[str, Any]) -> Iterator[Fault]:
    from quizapp.exercises.catalogue import family_ids
    from quizapp.exercises.problem import plain, read_problem

    path = ("example", "checks", index)
    if check["family"] not in family_ids():
        return  # told where references are checked
    try:
        problem = read_problem({name: check[name] for name in _GIVEN if name in check})
        found = problem.solve()
        step = problem.family.by_name.get(check["step"])
        if step is None:
            names = ", ".join(problem.family.by_name)
            message = f"{check['family']} has no step of this name; its steps are {names}"
            yield Fault(entry.at(*path, "step"), message)
            return
        value = plain(found[step.name], step.kind)
    except QuizError as error:
        yield Fault(entry.at(*path), f"this cannot be computed: {error}")
        return
    if not _same(value, check["value"]):
        told = repr(value)
        told = told if len(told) <= _SHOWN else told[:_SHOWN] + "…"
        yield Fault(entry.at(*path, "value"), f"the solver gets {told}")


_GIVEN = ("family", "givens", "conventions")


def _same(found: Any, written: Any) -> bool:
    """Return whether nested lists hold the same numbers and texts."""
    if isinstance(found, list) and isinstance(written, list):
        return len(found) == len(written) and all(map(_same, found, written))
    if isinstance(found, str) or isinstance(written, str):
        return bool(found == written)
    if isinstance(found, (int, float)) and isinstance(written, (int, float)):
        return math.isclose(found, written, rel_tol=WITHIN, abs_tol=1e-12)
    return found is written
