"""Names by their beginning, or by a pattern with ``*``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ANY = "*"
_WHOLE = {"tag"}
"""Fields in which a name without ``*`` is the whole name: people choose these names."""
_WITHIN = {"source"}
"""Fields in which a name may stand anywhere."""


def name_test(field: str, pattern: str) -> Callable[[str], bool]:
    """What says whether a name of a field is asked for by a pattern; both in small letters.

    What comes from a further pack, ``pack:name``, may also be called by its name alone. The
    time is linear in the length of the name for each ``*``.
    """
    if field in _WITHIN:
        return lambda name: matches(f"*{pattern}*", name)
    if ANY in pattern or field in _WHOLE:
        return lambda name: any(matches(pattern, called) for called in _called(name))
    return lambda name: (
        name.startswith(pattern) or (":" in name and name.partition(":")[2].startswith(pattern))
    )


def _called(name: str) -> list[str]:
    tail = name.partition(":")[2]
    return [name, tail] if tail else [name]


def matches(pattern: str, name: str) -> bool:
    """Whether a pattern is a whole name, ``*`` standing for any characters."""
    first, *rest = pattern.split(ANY)
    if not rest:
        return pattern == name
    *middle, last = rest
    if not name.startswith(first) or not name.endswith(last):
        return False
    at, end = len(first), len(name) - len(last)
    for part in middle:
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return at <= end
