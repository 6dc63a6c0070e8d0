"""The files of a pack: which there are, and their bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from quizapp.core.place import Fault, Place
from quizapp.core.text import clean
from quizapp.packs.errors import PackError
from quizapp.packs.wording import did_you_mean, quoted

if TYPE_CHECKING:
    from pathlib import Path

PACK_FILE = "pack.yaml"
ZIP_ENDING = ".zip"
FOLDERS = ("courses", "syllabus", "cards", "discrepancies", "exams")

# One byte more than strict_yaml takes, so that it can say that the file is too large.
_MOST_BYTES = 8_000_001
_OTHER_ENDINGS = frozenset((".yml", ".YAML", ".YML"))


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
    """Return the files of the pack in a folder or a .zip, in the order of their names.

    Raises PackError where the path is neither. A file that cannot be read is a fault.
    """
    try:
        if root.is_dir():
            return _from_folder(root)
        zipped = root.suffix.lower() == ZIP_ENDING and root.exists()
    except OSError as error:  # a folder that may not be looked into, or one above it
        message = f"the pack cannot be read: {error.strerror}"
        raise PackError([Fault(Place(str(root), 1, 1), message)]) from None
    if zipped:
        return _from_zip(root)
    message = "there is no pack here: name a folder with a pack.yaml, or a .zip of one"
    raise PackError([Fault(Place(str(root), 1, 1), message)])


def signature(root: Path) -> object:
    """Return what differs as soon as a file of the pack was written, made or deleted.

    Looks at no content: cheap enough to be asked every second.
    """
    paths = [root, root / PACK_FILE]
    paths += [path for name in FOLDERS for path in (root / name, *_yaml_files(root / name))]
    return tuple(map(_stamp, paths))


def _yaml_files(folder: Path) -> list[Path]:
    try:
        return list(folder.glob("*.yaml"))
    except OSError:  # a folder above it may not be looked into
        return []


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), -1, -1
    return str(path), found.st_mtime_ns, found.st_size


def _from_folder(root: Path) -> PackFiles:
    files: list[PackFile] = []
    faults: list[Fault] = []
    paths = [("", root / PACK_FILE)]
    for path in _listed(root, root, faults):
        if path.name in FOLDERS and path.is_dir():
            paths += [(path.name, child) for child in _listed(root, path, faults)]
        elif path.is_dir() and any(path.glob("*.yaml")):
            faults.append(_unknown_folder(path.name))
    for folder, path in paths:
        name = clean(path.relative_to(root).as_posix())
        if path.suffix in _OTHER_ENDINGS:
            faults.append(_other_ending(name))
        elif path.suffix == ".yaml" and not path.name.startswith("."):
            _collect_file(root, path, PackFile(folder, name, b""), files, faults)
    return PackFiles(tuple(files), tuple(faults))


def _from_zip(root: Path) -> PackFiles:
    from quizapp.packs.zip_files import ZippedPack  # late: few packs are archives

    files: list[PackFile] = []
    strange: dict[str, None] = {}
    others: list[Fault] = []
    zipped = ZippedPack(root)
    try:
        for file in zipped.files():
            folder, slash, base = file.name.rpartition("/")
            suffix = PurePosixPath(base).suffix
            if slash and folder not in FOLDERS:
                if suffix == ".yaml" and "/" not in folder:
                    strange[folder] = None
            elif suffix in _OTHER_ENDINGS and slash:
                others.append(_other_ending(file.name))
            elif base == PACK_FILE or (slash and suffix == ".yaml" and not base.startswith(".")):
                content = zipped.content(file, _MOST_BYTES)
                if content is not None:
                    files.append(PackFile(folder, file.name, content))
        faults = [*zipped.faults, *map(_unknown_folder, strange), *others]
    finally:
        zipped.close()
    if not any(file.name == PACK_FILE for file in files):
        faults.append(Fault(_start(PACK_FILE), f"{PACK_FILE} is missing: write one"))
    # As in a folder: pack.yaml first, so that both give the same pack.
    files.sort(key=lambda file: (file.folder, file.name))
    return PackFiles(tuple(files), tuple(faults))


def _unknown_folder(name: str) -> Fault:
    near = did_you_mean(name, FOLDERS) or ": content stands in " + ", ".join(FOLDERS)
    return Fault(_start(name), f"unknown folder {quoted(name)}{near}")


def _other_ending(name: str) -> Fault:
    return Fault(_start(name), "this file is not read: let its name end in .yaml")


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
