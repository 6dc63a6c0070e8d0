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
    from quizapp.packs.reading import Reading, Seen


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
    return PackReader(root, cache=cache, families=families).load()


class PackReader:
    """Reads one pack, again and again; a file that has not changed is not read anew."""

    def __init__(
        self, root: Path, *, cache: Path | None = None, families: frozenset[str] | None = None
    ) -> None:
        self.root = root
        self._cache, self._families = cache, families
        self._seen: Seen | None = None

    def load(self, *, keep: bool = True) -> Pack:
        """Return the pack as its files are now; for arguments and errors see ``load_pack``.

        Without ``keep`` what was read is not put into the cache, which takes a while.
        """
        files = collect(self.root)
        with _uncollected():
            if self._cache is None:
                return assemble(self._read(files), self.root)
            wanted = kept.key(files, self._families)
            data = kept.fetch(self._cache, self.root, wanted)
            if data is None:
                data = self._read(files)
                if keep:
                    kept.keep(self._cache, self.root, wanted, data)
            return assemble(data, self.root)

    def _read(self, files: PackFiles) -> Payload:
        from quizapp.packs.reading import Seen

        self._seen = self._seen or Seen()
        return payload(read_pack(files, self._families, self._seen))


def read_pack(
    files: PackFiles, families: frozenset[str] | None, seen: Seen | None = None
) -> Reading:
    """Return what the files of a pack hold after all checks, with the files' own places.

    With what ``seen`` holds of an earlier reading, only files that have changed are read anew.
    """
    from quizapp.packs.reading import read
    from quizapp.packs.references import resolve

    reading = read(files, seen)
    resolve(reading, families)
    return reading


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
