"""As much of protocol buffers as Anki's note types need: whole numbers and bytes by their field.

The wire format: https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_LONGEST_VARINT = 10


class ProtobufError(Exception):
    """Bytes that are no message."""


def number_in(message: bytes, field: int) -> int:
    """The last whole number of a field, 0 where there is none. Raises ProtobufError."""
    found = [value for number, value in _fields(message) if number == field]
    return next((value for value in reversed(found) if isinstance(value, int)), 0)


def text_in(message: bytes, field: int) -> str:
    """The last text of a field, empty where there is none. Raises ProtobufError."""
    found = [value for number, value in _fields(message) if number == field]
    raw = next((value for value in reversed(found) if isinstance(value, bytes)), b"")
    return raw.decode("utf-8", "replace")


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        field, kind = tag >> 3, tag & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield field, value
            continue
        if kind == _BYTES:
            length, at = _varint(message, at)
        elif kind in {_FIXED_32, _FIXED_64}:
            length = 4 if kind == _FIXED_32 else 8
        else:
            raise ProtobufError(f"unknown kind {kind}")
        if at + length > len(message):
            raise ProtobufError("cut short")
        yield field, message[at : at + length]
        at += length


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(_LONGEST_VARINT):
        if at + place >= len(message):
            raise ProtobufError("cut short")
        byte = message[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return value, at + place + 1
    raise ProtobufError("a number without an end")
