"""A file that was read: its values, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quizapp.core.place import Place

if TYPE_CHECKING:
    from quizapp.packs.scalars import Scalar

Value = "Scalar | list[Value] | dict[str, Value]"
Path = tuple[str | int, ...]


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


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file, read strictly."""

    tree: Value
    """Dicts, lists, text, numbers, truth values and None; text is cleaned."""
    places: Places
    text: str
    """The file as it stands."""
    cleaned: tuple[Place, ...]
    """Where cleaning took something out of a text."""

    def inside(self, path: Path, value: str, offset: int) -> Place:
        """Return where character ``offset`` of the text ``value`` at a path stands in the file.

        Folding, indentation and escapes lie between the two, so the stretch from the offset to
        the next space is looked for; where it cannot be found, the start of the value comes back.
        """
        start = self.places.at(path)
        stretch = next(iter(value[offset:].split(maxsplit=1)), "")[:40]
        if not stretch or value[offset].isspace():
            return start
        lines = self.text.splitlines(keepends=True)
        begin = sum(map(len, lines[: start.line - 1])) + start.column - 1
        at = begin - 1
        for _ in range(value.count(stretch, 0, offset) + 1):
            at = self.text.find(stretch, at + 1)
            if at < 0:
                return start
        before = self.text[:at]
        line_start = before.rfind("\n") + 1
        return Place(start.file, before.count("\n") + 1, at - line_start + 1)
