"""The files of a pack in a ZIP archive, read into memory: nothing is ever unpacked to a disk."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from quizapp.core.place import Fault, Place
from quizapp.core.text import clean
from quizapp.packs.errors import PackError
from quizapp.packs.wording import quoted
from quizapp.packs.zip_archive import ArchiveError, archive, member, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO
    from zipfile import ZipFile, ZipInfo

LARGEST = 100_000_000
"""Bytes of the archive."""
MOST_FILES = 5_000
MOST_BYTES = 200_000_000
"""Bytes of all content files together, unpacked."""
_LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\")
_NO_CONTENT = frozenset(("__MACOSX",))
"""What archivers add of their own."""


class ZippedFile:
    """A file of an archive that may belong to a pack."""

    def __init__(self, name: str, info: ZipInfo) -> None:
        self.name = name
        """Within the pack, with slashes; never a path on this machine."""
        self.info = info


class ZippedPack:
    """The archive of a pack. Raises PackError where it is none that can be read."""

    def __init__(self, root: Path) -> None:
        self.faults: list[Fault] = []
        self._root = root
        self._left = MOST_BYTES
        try:
            self._stream = self._opened()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "this is no name of a file"
            raise self._refused(f"the archive cannot be read: {reason}") from None
        try:
            self._archive = self._looked_at()
        except BaseException:
            self._stream.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _opened(self) -> BinaryIO:
        # A pipe that nobody writes to would make one wait for ever.
        number = os.open(self._root, os.O_RDONLY | getattr(os, "O_BINARY", 0) | _NO_WAITING)
        if stat.S_ISREG(os.fstat(number).st_mode):
            return open(number, "rb")  # noqa: PTH123 - a number is no path
        os.close(number)
        raise self._refused("there is no pack here: name a folder with a pack.yaml, or a .zip")

    def _looked_at(self) -> ZipFile:
        if self._stream.seek(0, 2) > LARGEST:
            raise self._refused(f"the archive is larger than {LARGEST // 1_000_000} MB: split it")
        try:
            found = archive(self._stream)
        except ArchiveError as error:
            raise self._refused(f"the archive is refused: {error}") from None
        if len(found.infolist()) > MOST_FILES:
            raise self._refused(f"more than {MOST_FILES} files in the archive: split it")
        return found

    def _refused(self, message: str) -> PackError:
        return PackError([Fault(Place(clean(str(self._root)), 1, 1), message)])

    def files(self) -> list[ZippedFile]:
        """The files by their names within the pack; odd ones are told among the faults.

        Where everything lies in one folder, that folder is the pack.
        """
        found = list(self._sound())
        outer = {name.partition("/")[0] for name, _ in found}
        nested = all("/" in name for name, _ in found)
        within = ""
        if len(outer) == 1 and nested:
            within = f"{outer.pop()}/"
            if not any(name.count("/") == 1 for name, _ in found):
                within = ""  # courses/hub.yaml alone is no pack in a folder
        named = [ZippedFile(name.removeprefix(within), info) for name, info in found]
        return sorted(named, key=lambda file: file.name)

    def _sound(self) -> Iterator[tuple[str, ZipInfo]]:
        seen: set[str] = set()
        for info in self._archive.infolist():
            name = clean(info.filename)
            # Asked by hand, for ``is_dir`` breaks on a name of nothing in a damaged archive.
            if name.endswith("/") or name.partition("/")[0] in _NO_CONTENT:
                continue
            if not name:
                self._tell("?", "a file without a name: pack the archive again")
                continue
            if _LEADS_OUT.search(name):
                self._tell(name, "a name that leads out of the pack: rename the file")
            elif stat.S_ISLNK(info.external_attr >> 16):
                self._tell(name, "a link: put the file itself into the archive")
            elif name in seen:
                self._tell(name, "twice in the archive: delete one of them")
            else:
                seen.add(name)
                yield name, info

    def content(self, file: ZippedFile, most: int) -> bytes | None:
        """At most so many bytes of a file; None, and a fault, where it cannot be read."""
        try:
            with member(self._archive, file.info, MOST_BYTES) as stream:
                content = read(stream, most)
        except ArchiveError as error:
            self._tell(file.name, f"the file is refused: {error}")
            return None
        self._left -= len(content)
        if self._left < 0:
            size = f"{MOST_BYTES // 1_000_000} MB"
            raise self._refused(f"the archive unpacks to more than {size}: split it")
        return content

    def _tell(self, name: str, message: str) -> None:
        self.faults.append(Fault(Place(_shown(name), 1, 1), message))


_NO_WAITING = getattr(os, "O_NONBLOCK", 0)


def _shown(name: str) -> str:
    """A name as a place shows it: no path out of the pack, not even in a message."""
    return name if not _LEADS_OUT.search(name) and len(name) < 200 else quoted(name)
