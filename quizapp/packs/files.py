"""The files of a pack: which there are, and their bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.place import Fault, Place
from quizapp.core.text import clean
from quizapp.packs.errors import PackError
from quizapp.packs.wording import did_you_mean, quoted

if TYPE_CHECKING:
    from pathlib import Path

PACK_FILE = "pack.yaml"
FOLDERS = ("courses", "syllabus", "cards", "discrepancies", "exams")

# One byte more than strict_yaml takes, so that it can say that the file is too large.
_MOST_BYTES = 8_000_001


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file, not yet looked into."""

    folder: str
    """One of ``FOLDERS``, or empty for pack.yaml."""
    name: str
    """Path within the pack, with slashes, cleaned for showing."""
    content: bytes


@dataclass(frozen=True, slots=True)
class PackFiles:
    """All files of a pack that content can stand in, and what is odd about the others."""

    files: tuple[PackFile, ...]
    faults: tuple[Fault, ...]
    """Their places name files within the pack."""

    def digest(self) -> str:
        """Return a hash of all names and contents."""
        total = hashlib.sha256()
        for file in self.files:
            for part in (file.name.encode(), file.content):
                total.update(len(part).to_bytes(8))
                total.update(part)
        for fault in self.faults:
            total.update(str(fault).encode())
        return total.hexdigest()


def collect(root: Path) -> PackFiles:
    """Return the files of the pack in a folder, in the order of their names.

    Raises PackError where the folder is none. A file that cannot be read is a fault.
    """
    if not root.is_dir():
        raise PackError(
            [Fault(Place(str(root), 1, 1), "there is no pack here: name a folder with a pack.yaml")]
        )
    files: list[PackFile] = []
    faults: list[Fault] = []
    paths = [("", root / PACK_FILE)]
    for path in _listed(root, root, faults):
        if path.name in FOLDERS and path.is_dir():
            paths += [(path.name, child) for child in _listed(root, path, faults)]
        elif path.is_dir() and any(path.glob("*.yaml")):
            near = did_you_mean(path.name, FOLDERS) or ": content stands in " + ", ".join(FOLDERS)
            faults.append(Fault(_start(path.name), f"unknown folder {quoted(path.name)}{near}"))
    for folder, path in paths:
        name = clean(path.relative_to(root).as_posix())
        if path.suffix in {".yml", ".YAML", ".YML"}:
            faults.append(Fault(_start(name), "this file is not read: let its name end in .yaml"))
        elif path.suffix == ".yaml" and not path.name.startswith("."):
            _collect_file(root, path, PackFile(folder, name, b""), files, faults)
    return PackFiles(tuple(files), tuple(faults))


def _listed(root: Path, folder: Path, faults: list[Fault]) -> list[Path]:
    """Return what is in a folder, by name; a folder that cannot be looked into is a fault."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        name = folder.relative_to(root).as_posix()
        faults.append(Fault(_start(name), f"the folder cannot be read: {error.strerror}"))
        return []


def _collect_file(
    root: Path, path: Path, file: PackFile, files: list[PackFile], faults: list[Fault]
) -> None:
    try:
        # A pack is data from a stranger: a link in it must not show other files of this machine.
        if not path.resolve().is_relative_to(root.resolve()):
            message = "a link that leads out of the pack: put the file itself here"
            faults.append(Fault(_start(file.name), message))
        elif not path.is_file():
            missing = "is missing: write one" if not path.exists() else "is no file: delete it"
            faults.append(Fault(_start(file.name), f"{path.name} {missing}"))
        else:
            with path.open("rb") as stream:
                content = stream.read(_MOST_BYTES)
            files.append(PackFile(file.folder, file.name, content))
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before 3.13
        reason = getattr(error, "strerror", None) or "it is a link to itself"
        faults.append(Fault(_start(file.name), f"the file cannot be read: {reason}"))


def _start(name: str) -> Place:
    return Place(clean(name), 1, 1)
