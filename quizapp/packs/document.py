"""A file that was read: its values, and where each of them stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from quizapp.core.place import Place

if TYPE_CHECKING:
    from quizapp.packs.scalars import Scalar

Value: TypeAlias = "Scalar | list[Value] | dict[str, Value]"
Path = tuple[str | int, ...]

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Spot(NamedTuple):
    """Where a value starts, and its parts with their spots."""

    line: int
    column: int
    entries: dict[str, KeySpot] | None = None
    """The entries of a mapping."""
    elements: list[Spot] | None = None
    """The elements of a list."""


class KeySpot(NamedTuple):
    """Where an entry of a mapping starts, and where its value stands."""

    line: int
    column: int
    value: Spot


@dataclass(frozen=True, slots=True)
class Places:
    """Line and column of every path of a file."""

    file: str
    root: Spot

    def at(self, path: Path) -> Place:
        """Return where the value at a path starts; of a path that is not there, its parent."""
        spot = self._walk(path)[0]
        return Place(self.file, spot.line, spot.column)

    def key(self, path: Path) -> Place:
        """Return where the key of a path stands; of a list's element, where its value does."""
        spot, key = self._walk(path)
        if key is None:
            return Place(self.file, spot.line, spot.column)
        return Place(self.file, key.line, key.column)

    def _walk(self, path: Path) -> tuple[Spot, KeySpot | None]:
        spot, key = self.root, None
        for part in path:
            if spot.entries is not None and isinstance(part, str) and part in spot.entries:
                key = spot.entries[part]
                spot = key.value
            elif spot.elements is not None and isinstance(part, int) and part < len(spot.elements):
                spot, key = spot.elements[part], None
            else:
                break
        return spot, key


@dataclass(frozen=True)
class Document:
    """One YAML file, read strictly."""

    tree: Value
    """Dicts, lists, text, numbers, truth values and None; text is cleaned."""
    places: Places
    text: str
    """The file as it stands."""
    cleaned: tuple[Place, ...]
    """Where cleaning took something out of a text."""

    @cached_property
    def is_symbolic(self) -> bool:
        """Whether any symbol in the file is taken from the reader's course."""
        return "\\sym{" in self.text

    @cached_property
    def _starts(self) -> list[int]:
        """Offset of the start of each line."""
        return [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]

    def inside(self, path: Path, value: str, offset: int) -> Place:
        """Return where character ``offset`` of the text ``value`` at a path stands in the file.

        Folding, indentation and escapes lie between the two, so the stretch from the offset to
        the next space is looked for; where it cannot be found, the start of the value comes back.
        """
        start = self.places.at(path)
        stretch = next(iter(value[offset : offset + 40].split(maxsplit=1)), "")
        if not stretch or value[offset].isspace():
            return start
        begin = self._starts[start.line - 1] + start.column - 1
        # Escapes and indentation make the text in the file longer, but not without bounds.
        end = begin + 10 * len(value) + 1000
        at = begin - 1
        for _ in range(value.count(stretch, 0, offset) + 1):
            at = self.text.find(stretch, at + 1, end)
            if at < 0:
                return start
        line = bisect_right(self._starts, at)
        return Place(start.file, line, at - self._starts[line - 1] + 1)
