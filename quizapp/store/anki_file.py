"""What is in an Anki package: a ZIP archive with an SQLite database in one of three forms.

``collection.anki2`` and ``.anki21`` are SQLite with note types and decks as JSON, ``.anki21b`` is
SQLite packed by Zstandard, with note types in tables and their settings as protocol buffers. A
package comes from a stranger: it is unpacked with bounds into a temporary file of our own, and
read only, without views, triggers or functions.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.packs.zip_archive import ArchiveError, archive, member, read
from quizapp.store.anki_history import AnkiCard, AnkiEntry, read_cards, read_entries
from quizapp.store.anki_tables import AnkiNote, Unexpected, read_notes
from quizapp.store.protobuf import ProtobufError, number_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, BinaryIO
    from zipfile import ZipFile

__all__ = ["AnkiCard", "AnkiEntry", "AnkiError", "AnkiNote", "notes", "past"]

LARGEST_DATABASE = 512_000_000
"""Bytes, unpacked."""
NEWEST = 3
"""Version of the format; a package says its own in ``meta``."""
_FORMS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest first: the others then hold only a note that asks for a newer program."""
_PIECE = 256 * 1024
_PACKED_PIECE = 512
"""Bytes of Zstandard at a time: four of them can stand for 128 kB."""
_MOST_WINDOW = 128 * 1024 * 1024
_MOST_STEPS = 200_000
"""Thousands of instructions that a query may take; an honest one takes a dozen a row."""
_LONGEST_VALUE = 50_000_000
_SQLITE = b"SQLite format 3\0"


class AnkiError(QuizError):
    """A file that is no Anki package that can be read."""

    code = "anki"


def notes(stream: BinaryIO, name: str) -> list[AnkiNote]:
    """All notes of a package, in the order in which they were made.

    ``name`` is what errors call the file. Raises AnkiError.
    """
    with _collection(stream, name) as connection:
        return list(read_notes(connection))


def past(stream: BinaryIO, name: str) -> tuple[list[AnkiCard], list[AnkiEntry]]:
    """All cards of a package and all that was answered about them, in order.

    ``name`` is what errors call the file. Raises AnkiError.
    """
    with _collection(stream, name) as connection:
        cards = read_cards(connection)
        return list(cards.values()), list(read_entries(connection, cards))


@contextmanager
def _collection(stream: BinaryIO, name: str) -> Iterator[sqlite3.Connection]:
    """The database of a package. Raises AnkiError, also for what goes wrong in reading it."""
    try:
        files = archive(stream)
        with tempfile.TemporaryDirectory(prefix="quizapp-") as folder:
            database = Path(folder) / "collection"
            _unpack(files, database)
            with _opened(database) as connection:
                yield connection
    except ArchiveError as error:
        raise AnkiError(f"this is no Anki package that can be read: {error}.", where=name) from None
    except Unexpected as error:
        raise AnkiError(
            f"the database in this Anki package is not as expected ({error}); export it again.",
            where=name,
        ) from None
    except (sqlite3.Error, MemoryError, OverflowError, UnicodeError) as error:
        raise AnkiError(
            "the database in this Anki package is damaged or no SQLite database "
            f"({_reason(error)}); export it again.",
            where=name,
        ) from None


def _reason(error: BaseException) -> str:
    return str(error)[:80] or type(error).__name__


# Unpacking ---------------------------------------------------------------------------------


def _unpack(files: ZipFile, to: Path) -> None:
    infos = {info.filename: info for info in files.infolist()}
    if "meta" in infos:
        with member(files, infos["meta"], 1_000) as stream:
            _check_version(read(stream, 1_000))
    form = next((form for form in _FORMS if form in infos), None)
    if form is None:
        raise ArchiveError("there is no collection in it; export it from Anki as .apkg")
    with member(files, infos[form], LARGEST_DATABASE) as stream, to.open("wb") as out:
        pieces = _thawed(stream) if form.endswith("b") else _plain(stream)
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > LARGEST_DATABASE:
                raise ArchiveError(f"it unpacks to more than {LARGEST_DATABASE // 1_000_000} MB")
            out.write(piece)


def _check_version(meta: bytes) -> None:
    try:
        version = number_in(meta, 1)
    except ProtobufError:
        raise ArchiveError("its `meta` cannot be read") from None
    if version > NEWEST:
        raise ArchiveError(
            "a newer Anki made it; export it again with “Support older Anki versions” ticked"
        )


def _plain(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := read(stream, _PIECE):
        yield piece


def _thawed(stream: IO[bytes]) -> Iterator[bytes]:
    """What a Zstandard frame holds, a little at a time, so that a bomb is seen while small."""
    import zstandard  # late: only few packages are read

    try:
        frame = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW).decompressobj()
        while piece := read(stream, _PIECE):
            for start in range(0, len(piece), _PACKED_PIECE):
                if frame.eof:
                    return
                yield frame.decompress(piece[start : start + _PACKED_PIECE])
    except zstandard.ZstdError:
        raise ArchiveError("its collection is damaged") from None
    if not frame.eof:
        raise ArchiveError("its collection is cut short")


# The database ------------------------------------------------------------------------------


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The database, for reading tables and nothing else."""
    with file.open("rb") as stream:
        if stream.read(len(_SQLITE)) != _SQLITE:
            raise sqlite3.DatabaseError("file is not a database")
    # Immutable: a package that claims to be in the midst of a write is read as it stands.
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.create_collation("unicase", _compared)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.set_authorizer(_only_reading)
        steps = iter(range(_MOST_STEPS))
        connection.set_progress_handler(lambda: int(next(steps, None) is None), 1_000)
        yield connection
    finally:
        connection.close()


def _only_reading(action: int, *_: object) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def _compared(left: str, right: str) -> int:
    """Anki's own order of names; only that it is some order matters here."""
    a, b = left.casefold(), right.casefold()
    return (a > b) - (a < b)
