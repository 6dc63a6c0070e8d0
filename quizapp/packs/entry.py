"""A part of a pack while it is being checked, when it still knows its file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quizapp.core.place import Fault

if TYPE_CHECKING:
    from quizapp.core.place import Place
    from quizapp.packs.document import Document, Path

MOST_FAULTS = 200
"""Faults told of one file; nobody reads more at a time."""


@dataclass(slots=True)
class Entry:
    """A course, an item, a card, a discrepancy or a blueprint, as its file writes it."""

    id: str
    fields: dict[str, Any]
    """Its own fields, with what the head of the file says of all its entries."""
    document: Document
    path: Path
    """Where it stands in the document."""

    def at(self, *path: str | int) -> Place:
        """Return the place of a value of the entry; of the entry itself without a path."""
        return self.document.places.at((*self.path, *path))

    def key(self, *path: str | int) -> Place:
        """Return the place of the key at a path of the entry."""
        return self.document.places.key((*self.path, *path))


@dataclass(slots=True)
class Report:
    """The faults found so far."""

    faults: list[Fault] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def full(self, file: str) -> bool:
        """Return whether no further fault of a file would be told."""
        return self._counts[file] >= MOST_FAULTS

    def add(self, *faults: Fault) -> None:
        """Take in faults, as far as their file has not too many already."""
        for fault in faults:
            file = fault.place.file
            self._counts[file] += 1
            if self._counts[file] < MOST_FAULTS:
                self.faults.append(fault)
            elif self._counts[file] == MOST_FAULTS:
                message = "and more faults in this file: mend the ones above first"
                self.faults.append(Fault(fault.place, message))
