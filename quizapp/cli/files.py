"""Problems and answers from files, JSON or YAML."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from quizapp.cli.json_text import JsonError, decode
from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.packs.document import Places

LARGEST = 4_000_000
"""Bytes; of a larger file, or of one without an end, no more than this is read."""


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
    content = _content(name)
    if name.lower().endswith(".json"):
        return ReadFile(name, _json(content, name), None)
    from quizapp.packs.strict_yaml import parse

    document = parse(content, name)
    return ReadFile(name, document.tree, document.places)


def _content(name: str) -> bytes:
    try:
        with open(name, "rb") as stream:  # noqa: PTH123 - pathlib takes long to import
            content = stream.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise FileError(
            f"the file cannot be read ({reason}); name a JSON or YAML file.", where=name or "''"
        ) from None
    except ValueError:  # a name with a null character
        raise FileError("this is no name of a file.", where=name) from None
    if len(content) > LARGEST:
        raise FileError(f"the file is larger than {LARGEST} bytes; make it smaller.", where=name)
    return content


def _json(content: bytes, name: str) -> Any:
    try:
        return decode(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileError("the file is not UTF-8 text; save it as UTF-8.", where=name) from None
    except JsonError as error:
        where = f"{name}:{error.line}:{error.column}" if error.line else name
        raise FileError(f"{error.sentence}; {error.way_out}", where=where) from None
