"""From the bytes of a YAML file to its text, and from what YAML says is wrong to a sentence."""

from __future__ import annotations

import re
from typing import Any

from quizapp.core.place import Fault, Place
from quizapp.core.text import clean
from quizapp.packs.errors import PackError

# What YAML 1.2 does not allow to stand raw in a file, and the breaks that no editor shows as
# such (NEL, LS, PS) together with the byte order mark within a file.
_REFUSED = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BYTE_ORDER_MARK = "\ufeff"

# What libyaml or PyYAML says, and what it usually means; the first that fits counts.
_MEANINGS = (
    (
        re.compile(r"'\\t'|tab character"),
        "a tab stands where only spaces may: indent with spaces",
    ),
    (
        re.compile(r"mapping values are not allowed"),
        "a colon and a space inside unquoted text: put the text in single quotes",
    ),
    (
        re.compile(r"unknown escape character|expected escape sequence|hexadecimal number"),
        "a backslash in double quotes starts an escape: use single quotes or a | block",
    ),
    (
        re.compile(r"invalid Unicode character escape"),
        "this escape is no character: write the character itself",
    ),
    (
        re.compile(r"unexpected end of stream|EOF|unexpected document indicator"),
        "a quote is never closed: close it, and double a ' inside single quotes",
    ),
    (
        re.compile(r"could not find expected ':'"),
        "this line is neither `key: value` nor the continuation of a text: "
        "check the indentation, the quotes and the colon",
    ),
    (
        re.compile(r"expected <block end>|did not find expected key|'-' indicator"),
        "this does not fit what is above it: check the indentation and the quotes",
    ),
    (
        re.compile(r"expected ',' or"),
        "a { or [ is never closed here: close it, or put text that starts with { or [ in quotes",
    ),
    (
        re.compile(r"cannot start any token|alphabetic or numeric character"),
        "unquoted text cannot start with this character: put the text in single quotes",
    ),
    (
        re.compile(r"undefined alias"),
        "an alias has no place here: write the value out, or put text that starts with * in quotes",
    ),
)


def decode(source: bytes, file: str) -> str:
    """Return the text of a file; PackError where it is no UTF-8 or holds unprintable characters."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8")
        place = _end(before.removeprefix(_BYTE_ORDER_MARK), file)
        raise PackError([Fault(place, "this is not UTF-8: save the file as UTF-8")]) from error
    text = text.removeprefix(_BYTE_ORDER_MARK)
    refused = _REFUSED.search(text)
    if refused:
        message = f"the character U+{ord(refused.group()):04X} cannot stand in a file: delete it"
        raise PackError([Fault(_end(text[: refused.start()], file), message)])
    return text


def needs_cleaning(text: str) -> bool:
    """Return whether a text holds a character that cleaning takes out."""
    # A file has few different characters, so looking at each of them once is quick.
    return any(clean(character) != character for character in set(text) - {"\r"})


def syntax_fault(error: Any, text: str, file: str) -> Fault:
    """Return a sentence for a ``yaml.YAMLError`` in a text, with its place."""
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = re.split(r"\r\n|\r|\n", text)
    # At the end of the file libyaml points to a line that is not there.
    at = min(mark.line, len(lines) - 1) if mark else 0
    line = lines[at]
    place = Place(file, at + 1, min(mark.column, len(line)) + 1 if mark else 1)
    if re.match(r" *\t", line):
        return Fault(place, _MEANINGS[0][1])
    for pattern, meaning in _MEANINGS:
        if pattern.search(said):
            return Fault(place, meaning)
    return Fault(place, f"this is not YAML: {clean(said)}")


def _end(text: str, file: str) -> Place:
    """Return the place right after a text."""
    lines = re.split(r"\r\n|\r|\n", text)
    return Place(file, len(lines), len(lines[-1]) + 1)
