"""Data from a file that a person names, JSON or YAML, and where in it things stand."""

from __future__ import annotations

import contextlib
import io
import os
import stat
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.core.json_text import JsonError, decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, TextIO

    from quizapp.packs.document import Places

LARGEST = 4_000_000
"""Bytes; of a larger file no more than this is read."""
_HANDED_OVER = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")
"""Where a shell puts what it hands over, such as ``<(command)``: pipes that someone writes to."""


class FileError(QuizError):
    """A file that cannot be read."""

    code = "file"


class ReadFile:
    """The data of a file, and where in it things stand.

    ``places`` are None for JSON, whose reader keeps none.
    """

    # No dataclass: importing those takes longer than all of `solve --help`.
    def __init__(self, name: str, data: Any, places: Places | None) -> None:
        self.name = name
        self.data = data
        self.places = places

    @contextlib.contextmanager
    def blamed(self, *within: str) -> Iterator[None]:
        """Let errors about the data name the file too, with line and column where known.

        ``within`` is the path of keys under which the place of an error is looked for.
        """
        try:
            yield
        except QuizError as error:
            raise QuizError(
                error.message, where=self._place(error.where, within), code=error.code
            ) from None

    def _place(self, where: str | None, within: tuple[str, ...]) -> str:
        path = tuple(where.split(".")) if where else ()
        for start in (path, (*within, *path)) if self.places is not None and path else ():
            if _stands(self.data, start):
                return str(self.places.key(start))  # type: ignore[union-attr]
        return f"{self.name}: {where}" if where else self.name


def _stands(data: Any, path: tuple[str, ...]) -> bool:
    for key in path:
        if not isinstance(data, dict) or key not in data:
            return False
        data = data[key]
    return True


def read_file(name: str) -> ReadFile:
    """The data of a JSON or YAML file. Raises a QuizError that names file, line and column."""
    with opened(name) as stream:
        try:
            content = stream.read(LARGEST + 1)
        except OSError as error:
            raise unreadable(error, name) from None
    if len(content) > LARGEST:
        raise FileError(f"the file is larger than {LARGEST} bytes; make it smaller.", where=name)
    if name.lower().endswith(".json"):
        return ReadFile(name, _json(content, name), None)
    from quizapp.packs.strict_yaml import parse

    document = parse(content, name)
    return ReadFile(name, document.tree, document.places)


def opened(name: str) -> BinaryIO:
    """A file, open for reading bytes. Raises FileError that names it.

    Only files are read: a device has no end, and a pipe that nobody writes to would make one wait
    for ever. What a shell hands over is a pipe that somebody does write to.
    """
    handed_over = name.startswith(_HANDED_OVER)
    waiting = 0 if handed_over else getattr(os, "O_NONBLOCK", 0)
    try:
        number = os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0) | waiting)
    except OSError as error:
        raise unreadable(error, name) from None
    except ValueError:  # a name with a null character, or one that is no text
        raise FileError("this is no name of a file.", where=name) from None
    mode = os.fstat(number).st_mode
    if stat.S_ISREG(mode) or (handed_over and not stat.S_ISDIR(mode)):
        return open(number, "rb")  # noqa: PTH123 - pathlib takes long to import
    os.close(number)
    kind = "folder" if stat.S_ISDIR(mode) else "pipe or a device"
    raise FileError(f"this is a {kind}; name a file.", where=name)


def unreadable(error: OSError, name: str) -> FileError:
    """The sentence for what the system says of a file."""
    reason = (error.strerror or "unknown error").lower()
    return FileError(f"the file cannot be read ({reason}); name another one.", where=name or "''")


def _json(content: bytes, name: str) -> Any:
    try:
        return decode(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileError("the file is not UTF-8 text; save it as UTF-8.", where=name) from None
    except JsonError as error:
        where = f"{name}:{error.line}:{error.column}" if error.line else name
        raise FileError(f"{error.sentence}; {error.way_out}", where=where) from None


# Line by line ------------------------------------------------------------------------------

LONGEST_LINE = 1_000_000
"""Characters; of a longer line nothing is kept."""


def text_lines(stream: TextIO) -> Iterator[tuple[int, str | None]]:
    """The lines with their ends and their numbers, from 1; None for one that cannot be used.

    It cannot where it is longer than ``LONGEST_LINE`` or no UTF-8 text. Nothing else is held in
    memory, however long the file is.
    """
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(("\n", "\r")):
                line = stream.readline(LONGEST_LINE + 1)
            yield number, None
        elif not line.isascii() and any("\ud800" <= letter <= "\udfff" for letter in line):
            yield number, None
        else:
            yield number, line


def as_text(stream: BinaryIO) -> TextIO:
    """Bytes as UTF-8 text, without a byte order mark; what is none comes back as surrogates."""
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
