"""Field declarations that pydantic reads strictly."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T", bound=type)


def exact(fields: T) -> T:
    """Return a TypedDict marked so that pydantic converts no value and takes no unknown field.

    The same as ``pydantic.with_config``, without importing pydantic: a pack from the cache
    never needs it.
    """
    fields.__pydantic_config__ = {"strict": True, "extra": "forbid"}  # type: ignore[attr-defined]
    return fields
