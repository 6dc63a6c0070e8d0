"""Finding events in the pages of a damaged database, without its tables of contents.

A leaf page of a table holds whole rows, and a row says itself how long its columns are (SQLite
file format, 1.6 and 2.1). So what stands on an unharmed page can be read, whatever became of the
pages that lead to it. Events are never deleted, so an old copy of a page holds true events, too.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from quizapp.store.raw_events import event_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quizapp.store.events import Event

_LEAF = 0x0D
_PAGE_SIZES = {2**n for n in range(9, 17)}
_USUAL_SIZE = 4_096
_COLUMNS = 11
_SEQ, _LEARNER = 0, 2
"""Columns of the table that are no field of an event; seq is the row's number."""
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of an integer by its serial type."""
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGIC = {0x377F0682, 0x377F0683}
_LARGEST_ROW = 16_000_000


def carved(path: Path) -> Iterator[Event]:
    """Return the events on the pages of a database file and of its write-ahead log.

    One event may come several times.
    """
    content = path.read_bytes() if path.is_file() else b""
    size = _page_size(content)
    pages = {
        number + 1: content[start : start + size]
        for number, start in enumerate(range(0, len(content), size))
    }
    yield from _on_pages(pages)
    log = path.with_name(path.name + "-wal")
    committed = _committed(log.read_bytes(), size) if log.is_file() else {}
    yield from _on_pages({**pages, **committed}, only=committed)


def _on_pages(
    pages: Mapping[int, bytes], only: Mapping[int, bytes] | None = None
) -> Iterator[Event]:
    for number in pages if only is None else only:
        page = pages[number]
        for start in _cells(page, 100 if number == 1 else 0):
            try:
                event = _row(page, start, pages)
            except (IndexError, ValueError, struct.error):
                continue  # this one is harmed; the next may not be
            if event is not None:
                yield event


def _page_size(content: bytes) -> int:
    told = int.from_bytes(content[16:18])
    size = 65_536 if told == 1 else told
    return size if size in _PAGE_SIZES else _USUAL_SIZE


def _cells(page: bytes, start: int) -> Iterator[int]:
    """Return where the rows of a leaf page begin."""
    if len(page) < start + 8 or page[start] != _LEAF:
        return
    count = int.from_bytes(page[start + 3 : start + 5])
    for at in range(start + 8, min(start + 8 + 2 * count, len(page) - 1), 2):
        yield int.from_bytes(page[at : at + 2])


def _row(page: bytes, start: int, pages: Mapping[int, bytes]) -> Event | None:
    length, at = _varint(page, start)
    _, at = _varint(page, at)
    if not _COLUMNS < length < _LARGEST_ROW:
        return None
    values = _columns(_whole(page, at, length, pages))
    if len(values) != _COLUMNS or values[_SEQ] is not None:
        return None
    return event_of([value for n, value in enumerate(values) if n not in {_SEQ, _LEARNER}])


def _whole(page: bytes, at: int, length: int, pages: Mapping[int, bytes]) -> bytes:
    """Return the bytes of a row, the end of which may stand on other pages."""
    usable = len(page)
    most, least = usable - 35, (usable - 12) * 32 // 255 - 23
    here = length
    if length > most:
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
    parts, missing = [page[at : at + here]], length - here
    following = int.from_bytes(page[at + here : at + here + 4]) if missing else 0
    while missing > 0:
        further = pages.get(following)
        if further is None:
            raise ValueError("the row goes on on a page that is not there")
        parts.append(further[4 : 4 + min(missing, usable - 4)])
        missing -= usable - 4
        following = int.from_bytes(further[:4])
    return b"".join(parts)


def _columns(row: bytes) -> list[str | int | None]:
    header, at = _varint(row, 0)
    kinds = []
    while at < header:
        kind, at = _varint(row, at)
        kinds.append(kind)
    if len(kinds) != _COLUMNS:
        return []
    values: list[str | int | None] = []
    for kind in kinds:
        value, at = _value(row, at, kind)
        values.append(value)
    return values


def _value(row: bytes, at: int, kind: int) -> tuple[str | int | None, int]:
    """Return a column and where the next begins; of no other kinds are those of an event."""
    if kind == 0:
        return None, at
    if kind in {8, 9}:
        return kind - 8, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(row[at:end], signed=True), end
    if kind < 13 or kind % 2 == 0:
        raise ValueError("a column of another kind")
    end = at + (kind - 13) // 2
    if end > len(row):
        raise ValueError("the row ends early")
    return row[at:end].decode(), end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes and where it ends."""
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9


def _committed(log: bytes, size: int) -> dict[int, bytes]:
    """Return the pages of a write-ahead log up to its last commit, by their numbers."""
    if len(log) < _WAL_HEADER or int.from_bytes(log[:4]) not in _WAL_MAGIC:
        return {}
    salt, found, waiting = log[16:24], {}, dict[int, bytes]()
    for start in range(_WAL_HEADER, len(log) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        number, pages_after, frame_salt = struct.unpack_from(">II8s", log, start)
        if frame_salt != salt:
            break  # left over from before the last checkpoint
        begin = start + _FRAME_HEADER
        waiting[number] = log[begin : begin + size]
        if pages_after:
            found.update(waiting)
            waiting.clear()
    return found
