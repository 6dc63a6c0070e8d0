"""JSON Lines in and out: one answer a line, in order, and a bad line never ends the run."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from quizapp.cli.sentences import breakdown, spoken
from quizapp.core.errors import QuizError
from quizapp.core.json_text import JsonError, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

LONGEST_LINE = 4_000_000
"""Characters; of a longer line nothing is kept."""


class LineError(QuizError):
    """A line that is not what the command reads."""

    code = "json"


def error_json(error: QuizError) -> dict[str, Any]:
    """An error as the machine interface writes it."""
    where = None if error.where is None else spoken(error.where)
    return {"error": {"code": error.code, "message": spoken(error.message), "where": where}}


def emit(value: Any) -> None:
    """Print a value as one line of JSON, in ASCII where the output is not UTF-8."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    ascii_only = encoding.lower().replace("-", "") != "utf8"
    print(json.dumps(value, ensure_ascii=ascii_only, allow_nan=False))


def each_line(answer: Callable[[Any], Any], stream: TextIO | None = None) -> int:
    """Answer every line of standard input that is not blank; exit status 1 if any failed.

    The answer to a line is out before the next line is read.
    """
    failed = False
    for number, line in numbered_lines(stream or sys.stdin):
        if line is not None and not line.strip():
            continue
        try:
            out = answer(_decoded(line))
        except QuizError as error:
            failed = True
            out = error_json(_placed(error, number))
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lines have a right to theirs
            failed = True
            out = error_json(_placed(breakdown(error), number))
        emit(out)
        if sys.stdout is not None:
            sys.stdout.flush()
    return int(failed)


def numbered_lines(stream: TextIO | None) -> Iterator[tuple[int, str | None]]:
    """The lines with their numbers, from 1; None for one that is too long."""
    if stream is None:  # standard input is closed
        return
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="surrogateescape")
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE:
            yield number, line.removeprefix("\ufeff") if number == 1 else line
            continue
        while line and not line.endswith("\n"):
            line = stream.readline(LONGEST_LINE + 1)
        yield number, None


def _decoded(line: str | None) -> Any:
    if line is None:
        raise LineError(f"the line has more than {LONGEST_LINE} characters; split the input.")
    if any("\ud800" <= character <= "\udfff" for character in _beyond_ascii(line)):
        raise LineError("the line is not UTF-8 text; convert the input to UTF-8.")
    try:
        return decode(line.rstrip())
    except JsonError as error:
        place = f" at character {error.column}" if error.column else ""
        raise LineError(f"{error.sentence}{place}; {error.way_out}") from None


def _beyond_ascii(line: str) -> str:
    return "" if line.isascii() else line


def _placed(error: QuizError, number: int) -> QuizError:
    """The error, with the number of its line where it names no place itself."""
    if error.where is not None:
        return error
    return QuizError(error.message, where=f"line {number}", code=error.code)
