"""The packs in use: the shipped one and those that the student has added, read anew on change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizapp.core.place import Fault
from quizapp.packs.errors import PackError
from quizapp.packs.files import signature
from quizapp.packs.load import PackReader
from quizapp.packs.merge import merged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quizapp.packs.model import Pack


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of the content after files have changed."""

    pack: Pack | None
    """The new content; None where it has new faults, and the old one stays."""
    fault: Fault | None
    """The first of the new faults."""


class Library:
    """The content of some folders and archives, the first of which always counts.

    Not for several threads at a time.
    """

    def __init__(
        self, roots: Sequence[Path], *, cache: Path | None, families: frozenset[str]
    ) -> None:
        self.roots = tuple(roots)
        """The packs in use, the shipped one first."""
        self._readers = [PackReader(root, cache=cache, families=families) for root in roots]
        self._signature: object = None
        self._faults: Counter[str] = Counter()

    def load(self) -> Pack:
        """Return the content; what is faulty is left out and listed under its faults.

        Raises PackError where the first pack cannot be read at all.
        """
        self._signature = self._sign()
        pack = self._merged()
        self._faults = _by_file(pack)
        return pack

    def changed(self) -> bool:
        """Return whether any file is another than when the content was last read."""
        return self._sign() != self._signature

    def take_up(self) -> Change:
        """Read what has changed. Content with more faults than before is not taken."""
        self._signature = self._sign()
        try:
            pack = self._merged(keep=False)
        except PackError as error:
            return Change(None, error.faults[0])
        faults = _by_file(pack)
        for fault in pack.faults:
            if faults[fault.place.file] > self._faults[fault.place.file]:
                return Change(None, fault)
        self._faults = faults
        return Change(pack, None)

    def _sign(self) -> object:
        return tuple(signature(root) for root in self.roots)

    def _merged(self, *, keep: bool = True) -> Pack:
        first, *others = self._readers
        packs, missing = [first.load(keep=keep)], list[Fault]()
        for reader in others:
            try:
                packs.append(reader.load(keep=keep))
            except PackError as error:
                missing += error.faults
        pack = merged(packs)
        return replace(pack, faults=(*pack.faults, *missing)) if missing else pack


def _by_file(pack: Pack) -> Counter[str]:
    return Counter(fault.place.file for fault in pack.faults)
