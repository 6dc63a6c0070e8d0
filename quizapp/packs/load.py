"""A folder in, a pack out."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quizapp.packs import cache as kept
from quizapp.packs.files import PackFiles, collect
from quizapp.packs.payload import Payload, assemble, payload

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.packs.model import Pack
    from quizapp.packs.reading import Reading


def load_pack(
    root: Path, *, cache: Path | None = None, families: frozenset[str] | None = None
) -> Pack:
    """Return the pack in the folder ``root``, without what is faulty in it.

    Whatever the files hold, there is a pack: its ``faults`` say what was left out, each with
    file, line and column. Raises PackError only where ``root`` is no folder that can be read.

    ``cache`` is a folder for checked packs; an unchanged pack then loads without YAML and
    pydantic. ``families`` are the ids of the exercise families; without them, references to
    families are not checked.
    """
    files = collect(root)
    with _uncollected():
        if cache is None:
            return assemble(_read(files, families), root)
        wanted = kept.key(files, families)
        data = kept.fetch(cache, root, wanted)
        if data is None:
            data = _read(files, families)
            kept.keep(cache, root, wanted, data)
        return assemble(data, root)


def read_pack(files: PackFiles, families: frozenset[str] | None) -> Reading:
    """Return what the files of a pack hold after all checks, with the files' own places."""
    from quizapp.packs.reading import read
    from quizapp.packs.references import resolve

    reading = read(files)
    resolve(reading, families)
    return reading


def _read(files: PackFiles, families: frozenset[str] | None) -> Payload:
    return payload(read_pack(files, families))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the cyclic garbage collector out: a load makes many objects and no cycles.

    With 10 000 cards it would take more time than the reading itself.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
