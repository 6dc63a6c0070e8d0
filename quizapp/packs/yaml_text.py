"""From the bytes of a YAML file to its text, and from what YAML says is wrong to a sentence."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from quizapp.core.place import Fault, Place
from quizapp.core.text import clean
from quizapp.packs.errors import PackError

# What YAML 1.2 does not allow to stand raw in a file, and the breaks that no editor shows as
# such (NEL, LS, PS) together with the byte order mark within a file.
_REFUSED = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BYTE_ORDER_MARK = "\ufeff"
_LINE_BREAK = re.compile(r"\r\n|\r|\n")

_TAB = "a tab stands where only spaces may: indent with spaces"


class _Meaning(NamedTuple):
    """What libyaml or PyYAML says, and what it usually means."""

    said: str
    means: str
    where_it_began: bool = False
    """The place to mend is where the quote or bracket opened, not where the file ended."""


_MEANINGS = (  # the first that fits counts
    _Meaning(r"'\\t'|tab character", _TAB),
    _Meaning(
        "mapping values are not allowed",
        "a colon and a space inside unquoted text: put the text in single quotes",
    ),
    _Meaning(
        "unknown escape character|expected escape sequence|hexadecimal number",
        "a backslash in double quotes starts an escape: use single quotes or a | block",
    ),
    _Meaning(
        "invalid Unicode character escape",
        "this escape is no character: write the character itself",
    ),
    _Meaning(
        "unexpected end of stream|EOF|unexpected document indicator",
        "a quote is never closed: close it, and double a ' inside single quotes",
        where_it_began=True,
    ),
    _Meaning(
        "could not find expected ':'",
        "this line is no `key: value` and continues no text: check indentation, quotes and colon",
    ),
    _Meaning(
        "expected <block end>|did not find expected key|'-' indicator",
        "this does not fit what is above it: check the indentation and the quotes",
    ),
    _Meaning(
        "expected ',' or",
        "a { or [ that is never closed: close it, or put text that starts so in quotes",
        where_it_began=True,
    ),
    _Meaning(
        "expected (the )?node content",
        "a value is missing here: close a { or [ above, or put text that starts so in quotes",
    ),
    _Meaning(
        "cannot start any token|alphabetic or numeric character",
        "unquoted text cannot start with this character: put the text in single quotes",
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
    said = str(getattr(error, "problem", None) or error)
    meaning = next((one for one in _MEANINGS if re.search(one.said, said)), None)
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    if meaning and meaning.where_it_began:
        marks.reverse()
    mark = next(filter(None, marks), None)
    lines = _LINE_BREAK.split(text)
    # At the end of the file libyaml points to a line that is not there.
    at = min(mark.line, len(lines) - 1) if mark else 0
    place = Place(file, at + 1, min(mark.column, len(lines[at])) + 1 if mark else 1)
    if re.match(r" *\t", lines[at]):
        return Fault(place, _TAB)
    return Fault(place, meaning.means if meaning else f"this is not YAML: {clean(said)}")


def _end(text: str, file: str) -> Place:
    """Return the place right after a text."""
    lines = _LINE_BREAK.split(text)
    return Place(file, len(lines), len(lines[-1]) + 1)
