"""JSON Lines in and out: one answer a line, in order, and a bad line never ends the run."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

LONGEST_LINE = 4_000_000
_DEEPEST = 64


class LineError(QuizError):
    """A line that is no JSON, or not what the command reads."""

    code = "json"


def decode(text: str) -> Any:
    """The value of a JSON text. Raises LineError; nan and infinite literals are refused."""
    if len(text) > LONGEST_LINE:
        raise LineError(f"the line has more than {LONGEST_LINE} characters; split the input.")
    if _depth(text) > _DEEPEST:
        raise LineError(f"the JSON is nested more than {_DEEPEST} deep.")
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise LineError(f"this is no JSON: {error.msg} at character {error.pos + 1}.") from None
    except ValueError as error:  # integers beyond Python's limit of digits
        raise LineError(f"this JSON cannot be read: {error}.") from None


def _refuse(name: str) -> NoReturn:
    raise LineError(f"{name} is no JSON number; write null for a blank or a string for infinity.")


def _depth(text: str) -> int:
    """How deep brackets nest, strings left out; json itself recurses."""
    deepest = depth = 0
    inside = escaped = False
    for character in text:
        if inside:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                inside = False
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def error_json(error: QuizError) -> dict[str, Any]:
    """An error as the machine interface writes it."""
    return {"error": {"code": error.code, "message": error.message, "where": error.where}}


def emit(value: Any) -> None:
    """Print a value as one line of JSON."""
    print(json.dumps(value, ensure_ascii=False, allow_nan=False))


def each_line(answer: Callable[[Any], Any], stream: TextIO | None = None) -> int:
    """Answer every line of standard input; exit status 1 if any of them failed."""
    failed = False
    for line in stream or sys.stdin:
        if not line.strip():
            continue
        try:
            emit(answer(decode(line)))
        except QuizError as error:
            failed = True
            emit(error_json(error))
    return int(failed)
