"""ZIP archives from strangers: looked at with bounds before anything is unpacked.

An archive may claim millions of members, unpack to terabytes, hold links, or names that lead
elsewhere. So the directory is bounded before ``zipfile`` reads it, only stored and deflated
members are taken, and no name is ever used as a path.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO, BinaryIO

LARGEST_DIRECTORY = 8_000_000
"""Bytes of the list of members; enough for some 80 000 of them."""
HIGHEST_RATIO = 200
"""So many times larger than packed may a member be; text hardly gets beyond 20."""
_FREE_OF_RATIO = 1_000_000
"""Bytes up to which a member may be packed as well as it can: blank pages are no bomb."""
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_LENGTH, _LENGTH_64, _LOCATOR_LENGTH = 22, 56, 20
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x1
_TAKEN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


class ArchiveError(Exception):
    """An archive or a member that is refused; the message says why, ready for a sentence."""


def archive(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive in a file that can be sought in. Raises ArchiveError."""
    try:
        if _directory(stream) > LARGEST_DIRECTORY:
            raise ArchiveError("it lists far too many files")
        return zipfile.ZipFile(stream)
    except _UNREADABLE:
        raise ArchiveError("it is no ZIP archive, or a damaged one") from None


def _directory(stream: BinaryIO) -> int:
    """Bytes of the list of members, as ``zipfile`` is going to read it."""
    size = stream.seek(0, 2)
    reach = _END_LENGTH + _LONGEST_COMMENT + _LOCATOR_LENGTH + _LENGTH_64
    stream.seek(max(0, size - reach))
    tail = stream.read(reach)
    at = tail.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile
    listed: int = struct.unpack_from("<L", tail, at + 12)[0]
    locator = at - _LOCATOR_LENGTH
    if locator >= 0 and tail.startswith(_LOCATOR_64, locator):
        record = locator - _LENGTH_64
        if record < 0 or not tail.startswith(_END_64, record):
            raise zipfile.BadZipFile
        listed = max(listed, struct.unpack_from("<Q", tail, record + 40)[0])
    return listed


def member(files: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> IO[bytes]:
    """A member, open for reading with bounds. Raises ArchiveError where it is refused.

    ``most`` are the bytes that it may have. What is read from the stream can still turn out to
    be damaged: read it with ``read``.
    """
    if info.flag_bits & _ENCRYPTED:
        raise ArchiveError("it is encrypted; unpack it and pack it without a password")
    if info.compress_type not in _TAKEN:
        raise ArchiveError("it is packed in a way that is not read; pack it with plain ZIP")
    if info.file_size > most:
        raise ArchiveError(f"it is larger than {most // 1_000_000} MB")
    if info.file_size > max(_FREE_OF_RATIO, HIGHEST_RATIO * info.compress_size):
        raise ArchiveError(f"it unpacks to more than {HIGHEST_RATIO} times its size")
    try:
        return files.open(info)
    except _UNREADABLE:
        raise ArchiveError("it is damaged") from None


def read(stream: IO[bytes], most: int) -> bytes:
    """At most so many bytes of a member. Raises ArchiveError where it is damaged."""
    try:
        return stream.read(most)
    except _UNREADABLE:
        raise ArchiveError("it is damaged") from None
