"""Everything that can be said against a pack, for those who write it."""

from __future__ import annotations

from pathlib import Path, PurePath

from quizapp.core.place import Fault, Place
from quizapp.packs.files import collect
from quizapp.packs.load import read_pack
from quizapp.packs.shipped import shipped_pack


def check(path: Path | None, *, families: frozenset[str] | None = None) -> list[Fault]:
    """Return all faults of the pack in a folder, of the shipped one for None, in file order.

    More than ``load_pack`` finds: also what loads and should still be mended, and, with
    ``families``, numbers of examples that the solver does not confirm. Never from a cache.
    Raises PackError where the path is no folder that can be read.
    """
    from quizapp.packs.examples import stale
    from quizapp.packs.lint import lint

    root = shipped_pack() if path is None else path
    reading = read_pack(collect(root), families)
    reading.report.add(*lint(reading))
    if families is not None:
        reading.report.add(*stale(reading))
    return sorted(_under(root, fault) for fault in reading.report.faults)


def _under(root: Path, fault: Fault) -> Fault:
    place = fault.place
    return Fault(Place(str(PurePath(root, place.file)), place.line, place.column), fault.message)
