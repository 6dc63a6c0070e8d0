"""Nested values compared, changed and written entry by entry, whatever their form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Place = tuple[int, ...]


def plainly(value: Any) -> Any:
    """A value as nested lists of numbers and texts."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plainly(part) for part in value]
    return value if isinstance(value, str) or value is None else float(value)


def places(value: Any) -> list[Place]:
    """Where the entries of a value stand, in order."""
    value = plainly(value)
    if not isinstance(value, list):
        return [()]
    return [(n, *rest) for n, part in enumerate(value) for rest in places(part)]


def leaves(value: Any) -> list[Any]:
    """The entries of a value, in order."""
    value = plainly(value)
    return [x for part in value for x in leaves(part)] if isinstance(value, list) else [value]


def at(value: Any, place: Place) -> Any:
    """The entry at a place."""
    for index in place:
        value = value[index]
    return value


def each(value: Any, change: Callable[[Any], Any]) -> Any:
    """A value with every entry changed."""
    value = plainly(value)
    return [each(part, change) for part in value] if isinstance(value, list) else change(value)


def filled(value: Any, entries: Iterable[Any]) -> Any:
    """The form of a value with other entries."""
    left = iter(entries)
    return each(value, lambda _: next(left))


def alike(a: Any, b: Any, relative: float = 1e-9, absolute: float = 1e-13) -> bool:
    """Whether two values have the same form, words and, up to rounding, numbers."""
    a, b = plainly(a), plainly(b)
    if isinstance(a, list) or isinstance(b, list):
        if not (isinstance(a, list) and isinstance(b, list) and len(a) == len(b)):
            return False
        return all(alike(x, y, relative, absolute) for x, y in zip(a, b, strict=True))
    if isinstance(a, str) or isinstance(b, str):
        return bool(a == b)
    return bool(a == b or abs(a - b) <= absolute + relative * abs(b))
