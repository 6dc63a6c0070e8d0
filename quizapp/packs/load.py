"""A folder in, a pack out."""

from __future__ import annotations


from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.packs.model import Pack
    from pathlib import Path


def load_pack(
    root: Path, *, cache: Path | None = None, families: frozenset[str] | None = None
) -> Pack:
    """Return the pack under ``root``."""
    raise NotImplementedError
