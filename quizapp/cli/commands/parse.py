"""Reading what a student types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import LineError, each_line
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse


_INFINITE = float("inf")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "source",
        metavar="-",
        choices=["-"],
        help='JSON Lines on input: {"text": "1 2; 3 4", "shape": "scalar" or [n] or [n, m]}',
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer each line with a value, a reason why it is invalid, or its readings."""
    del arguments
    return each_line(_read_line)


def _read_line(raw: Any) -> dict[str, Any]:
    from quizapp.exercises.answers import Ambiguous, Invalid, read

    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise LineError('each line is {"text": "...", "shape": "scalar" or [n] or [n, m]}.')
    out = read(raw["text"], _shape(raw.get("shape", "scalar")))
    if isinstance(out, Invalid):
        return {"invalid": out.reason}
    if isinstance(out, Ambiguous):
        return {"ambiguous": [_finite(value) for value in out.readings]}
    return {"value": _finite(out.value)}


def _shape(raw: Any) -> tuple[int, ...]:
    if raw == "scalar":
        return ()
    fits = isinstance(raw, list) and 1 <= len(raw) <= 4
    if not fits or not all(type(n) is int and 0 < n <= 10_000 for n in raw):
        raise LineError('"shape" is "scalar", [n] or [n, m] with whole numbers.', where="shape")
    return tuple(raw)


def _finite(value: Any) -> Any:
    if isinstance(value, list):
        return [_finite(entry) for entry in value]
    if isinstance(value, float) and value in {_INFINITE, -_INFINITE}:
        return "inf" if value > 0 else "-inf"
    return value
