"""Unquoted scalars by the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema).

So ``no``, ``on`` and ``yes`` are text, ``012`` is 12, and ``1e-3`` is a number.
"""

from __future__ import annotations

import re

_LITERALS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# The first characters of everything that may not be text.
_SUSPECTS = frozenset("+-.0123456789~nNtTfF")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NOT_A_NUMBER = frozenset((".nan", ".NaN", ".NAN"))

LONGEST_NUMBER = 300
"""Digits; a longer integer would not even be a finite float."""

Scalar = str | int | float | bool | None


def plain(text: str) -> Scalar:
    """Return the value of an unquoted scalar.

    Raises ValueError for an integer of more than ``LONGEST_NUMBER`` characters.
    """
    if text and text[0] not in _SUSPECTS:
        return text
    if text in _LITERALS:
        return _LITERALS[text]
    if _INTEGER.fullmatch(text):
        return _integer(text, 10)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OCTAL.fullmatch(text):
        return _integer(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return _integer(text[2:], 16)
    if _INFINITE.fullmatch(text):
        return float(text.replace(".", ""))
    if text in _NOT_A_NUMBER:
        return float("nan")
    return text


def _integer(digits: str, base: int) -> int:
    # Python refuses to read or write some thousand digits, and the time grows with the square.
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(digits)
    return int(digits, base)
