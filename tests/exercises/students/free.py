"""What is left free in a line: the order of paths, the names of colours.

Decided from what the lines mean and without the functions with which the marker lines them up.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.exercises import nested

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.exercises.problem import Problem

Lines = list[Any]


def same_paths(typed: Lines, other: Lines) -> bool:
    """The same paths, in whatever order."""
    return Counter(map(tuple, typed)) == Counter(map(tuple, other))


def same_classes(typed: Lines, other: Lines) -> bool:
    """Whether colours, one round per row, tell the same nodes apart."""
    if form(typed) != form(other):
        return False
    if any(isinstance(part, list) for part in typed):
        return all(itertools.starmap(same_classes, zip(typed, other, strict=True)))
    both = set(zip(typed, other, strict=True))
    return len(both) == len(set(typed)) == len(set(other))


def same_signatures(typed: Lines, other: Lines) -> bool:
    """Whether signatures, one round per row, agree under some names of the colours before.

    The first entry is the node's own colour; the others may stand in any order.
    """
    if len(typed) != len(other):
        return False
    if any(isinstance(part, list) and part and isinstance(part[0], list) for part in typed):
        return all(itertools.starmap(same_signatures, zip(typed, other, strict=True)))
    if not all(typed) or not all(other):
        return typed == other
    if _in_any_order(typed) == _in_any_order(other):
        return True
    names = dict(zip((right[0] for right in other), (own[0] for own in typed), strict=True))
    if len(set(names.values())) < len(names):
        return False
    under = [[names.get(colour, colour) for colour in right] for right in other]
    return _in_any_order(typed) == _in_any_order(under)


def _in_any_order(signatures: Lines) -> Lines:
    return [[own, *sorted(seen)] for own, *seen in signatures]


FREE: dict[tuple[str, str], Callable[[Lines, Lines], bool]] = {
    ("computation-graph", "paths"): same_paths,
    ("wl-colouring", "signatures"): same_signatures,
    ("wl-colouring", "colours"): same_classes,
    ("wl-test", "colours"): same_classes,
}
"""By family and step: whether two lines of one form mean the same."""


def means_the_same(problem: Problem, step: str, typed: Any, other: Any) -> bool:
    """Whether two lines of words or whole numbers mean the same."""
    typed, other = nested.plainly(typed), nested.plainly(other)
    free = FREE.get((problem.family.id, step))
    return bool(typed == other if free is None else free(typed, other))


def form(value: Any) -> Any:
    """How long a value and the lists in it are, without the entries."""
    value = nested.plainly(value)
    return tuple(map(form, value)) if isinstance(value, list) else None


def in_other_terms(problem: Problem, step: str, value: Any, rng: Any) -> Any:
    """The same line as someone else writes it: paths in another order, colours by other names."""
    rows = nested.plainly(value)
    if FREE[problem.family.id, step] is same_paths:
        return [rows[place] for place in rng.permutation(len(rows)).tolist()]
    if FREE[problem.family.id, step] is same_classes:
        if not isinstance(rows[0], list):
            return _renamed(rows, rng)
        return [_renamed(row, rng) for row in rows]
    return value


def _renamed(row: Lines, rng: Any) -> Lines:
    colours = sorted(set(row))
    names = dict(zip(colours, rng.permutation(len(colours)).tolist(), strict=True))
    return [float(names[colour] + 1) for colour in row]
