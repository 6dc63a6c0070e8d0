"""Givens that are no table of numbers, as a person types them: yes or no, letters, lists.

What is meant follows from an example of the exercise: where that holds words, ``24`` is a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.exercises.answers import Ambiguous, Invalid, Value, read, read_words
from quizapp.exercises.answers.words import Asked
from quizapp.exercises.generate import generate
from quizapp.exercises.problem import plain

if TYPE_CHECKING:
    from quizapp.exercises.family import Family, Given

_YES = {"yes", "y", "true", "t", "1"}
_NO = {"no", "n", "false", "f", "0"}
_STRUCTURED = re.compile(r"\s*[\[{]|[^;\n]*:\s|\s*- ")
_ROW_ENDS = re.compile(r"[;\n]")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_BETWEEN = re.compile(r"[,;\s]+")


def example(family: Family, given: Given) -> Any:
    """What the given is like in a generated problem; None where none can be generated."""
    try:
        problem = generate(family, seed=1, level=family.levels[0])
    except QuizError:
        return None
    return plain_or_as_it_is(problem.givens[given.name])


def plain_or_as_it_is(value: Any) -> Any:
    """A value as JSON knows it; mappings stay as they are."""
    if isinstance(value, dict):
        return {key: plain_or_as_it_is(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_or_as_it_is(entry) for entry in value]
    return plain(value)


def is_switch(like: Any) -> bool:
    """Whether the given is yes or no."""
    return isinstance(like, bool)


def as_typed(value: Any) -> str:
    """A value as one would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return " ".join(value)
    if isinstance(value, list) and all(_is_row(entry) for entry in value):
        return "; ".join(" ".join(f"{number:g}" for number in row) for row in value)
    if _is_mixed(value):
        return "; ".join(map(_written, value))
    from quizapp.packs.write_yaml import yaml_line

    return yaml_line(value)


def _is_row(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, (int, float)) and not isinstance(entry, bool) for entry in value
    )


def read_raw(text: str, like: Any) -> tuple[Any, str]:
    """The value of a text and why it cannot be read ("" where it can)."""
    if isinstance(like, bool):
        return _switch(text)
    if isinstance(like, str):
        return text.strip(), ""
    if _STRUCTURED.match(text):
        return _structured(text, like)
    if isinstance(like, list) and all(isinstance(entry, str) for entry in like):
        return [word for word in _BETWEEN.split(text.strip()) if word], ""
    if isinstance(like, list) and all(_is_row(entry) for entry in like):
        return _rows(text)
    if _is_mixed(like):
        return _mixed_rows(text, like[0])
    if _depth(like) == 3:
        return _matrices(text)
    return _structured(text, like)


def _depth(value: Any) -> int:
    return 1 + _depth(value[0]) if isinstance(value, list) and value else 0


def _is_mixed(like: Any) -> bool:
    """Whether the value is made of rows of words and numbers, such as the edges of a graph."""
    return _depth(like) == 2 and any(isinstance(entry, str) for entry in like[0])


def _mixed_rows(text: str, first: list[Any]) -> tuple[Any, str]:
    """Rows of words, with numbers where the first row of the example has them."""
    rows = read_words(text, Asked(2))
    if isinstance(rows, Invalid):
        return None, rows.reason
    out = []
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, list) or len(row) != len(first):
            return None, f"Write {len(first)} entries a row, such as {_written(first)}."
        cells = [_as_in(entry, like) for entry, like in zip(row, first, strict=True)]
        if None in cells:
            return (
                None,
                f"“{row[cells.index(None)]}” cannot be read; write such as {_written(first)}.",
            )
        out.append(cells)
    return out, ""


def _as_in(entry: Any, like: Any) -> Any:
    """A word, or the number it says where the example has a number."""
    if isinstance(like, str) or not isinstance(entry, str):
        return entry
    out = read(entry, ())
    return out.value if isinstance(out, Value) else None


def _written(row: list[Any]) -> str:
    return " ".join(entry if isinstance(entry, str) else f"{entry:g}" for entry in row)


def _matrices(text: str) -> tuple[Any, str]:
    """Matrices, with an empty line between them."""
    out = []
    for block in _EMPTY_LINE.split(text.strip()):
        rows, reason = _rows(block)
        if reason:
            return None, reason
        out.append(rows)
    return out, ""


def _switch(text: str) -> tuple[Any, str]:
    word = text.strip().lower()
    if word in _YES or word in _NO:
        return word in _YES, ""
    return None, "Write yes or no."


def _rows(text: str) -> tuple[Any, str]:
    """Lists of numbers of any lengths, one a row."""
    rows = []
    for line in _ROW_ENDS.split(text):
        if not line.strip():
            continue
        out = read(line, (None,))
        if isinstance(out, Invalid):
            return None, out.reason
        if isinstance(out, Ambiguous):
            told = " or as ".join(out.texts)
            return None, f"This can be read as {told}; write it so that one fits."
        rows.append(out.value)
    return rows, ""


def _structured(text: str, like: Any) -> tuple[Any, str]:
    """Lists and mappings in brackets, as in YAML and JSON."""
    from quizapp.packs.errors import PackError
    from quizapp.packs.strict_yaml import parse

    try:
        value: Any = parse(text.strip().encode(errors="replace"), "").tree
    except PackError as error:
        fault = error.faults[0]
        said = fault.message[:1].upper() + fault.message[1:]
        return None, f"{said} (line {fault.place.line}, character {fault.place.column})."
    return _words(value) if _holds_words(like) else value, ""


def _holds_words(like: Any) -> bool:
    """Whether all that stands in an example are words."""
    entries = like.values() if isinstance(like, dict) else like
    if isinstance(entries, str):
        return True
    return not isinstance(entries, (int, float, type(None))) and all(map(_holds_words, entries))


def _words(value: Any) -> Any:
    if isinstance(value, list):
        return [_words(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _words(entry) for key, entry in value.items()}
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
