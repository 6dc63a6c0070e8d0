"""Problems kept as files: written without losing another one, found again, opened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from quizapp.core.errors import QuizError
from quizapp.core.text import clean, quoted
from quizapp.study.files import read_file
from quizapp.study.practice import own_problem
from quizapp.study.sharing import Shared, as_json_text, as_yaml, read_shared

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace

FOLDER = "problems"
ENDINGS = (".yaml", ".yml", ".json")
MOST_LISTED = 300
_LONGEST_NAME = 100


class SavingError(QuizError):
    """A file that cannot be written; ``where`` is ``folder`` or ``name``, or the path."""

    code = "file"


class TakenError(SavingError):
    """There is a file of this name already."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in a folder of problems. ``trouble`` says why it cannot be opened, "" if it can."""

    path: Path
    title: str = ""
    family: str = ""
    """The title of the family."""
    trouble: str = ""


def folder(workspace: Workspace) -> Path:
    """Where problems are saved when no other folder is named."""
    return workspace.folders.data / FOLDER


_used: WeakKeyDictionary[Workspace, Path] = WeakKeyDictionary()


def used_folder(workspace: Workspace) -> Path:
    """The folder that was used last, until one quits."""
    return _used.get(workspace) or folder(workspace)


def remember_folder(workspace: Workspace, used: Path) -> None:
    """Offer this folder the next time."""
    _used[workspace] = used


# Writing -----------------------------------------------------------------------------------


def save(shared: Shared, into: str | Path, name: str, *, replace: bool = False) -> Path:
    """Write a problem into a folder, JSON where the name ends so, else YAML; the path.

    Raises TakenError where there is such a file, unless it is to be replaced, and SavingError
    where the folder or the name cannot be.
    """
    target = _folder(into) / _file_name(name)
    text = as_json_text(shared) if target.suffix == ".json" else as_yaml(shared)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SavingError(
            f"this folder cannot be used ({_reason(error)}); name another one.", where="folder"
        ) from None
    if replace and target.is_file():
        _write_beside(target, text)
    else:
        _write_new(target, text)
    return target


def free_name(into: str | Path, wanted: str) -> str:
    """The name that is wanted, with a number where there is such a file already."""
    try:
        parent, name = _folder(into), _file_name(wanted)
    except SavingError:
        return wanted
    stem, ending = Path(name).stem, Path(name).suffix
    for number in range(2, 1_000):
        if not os.path.lexists(parent / name):
            break
        name = f"{stem}-{number}{ending}"
    return name


def _folder(into: str | Path) -> Path:
    text = str(into).strip()
    if not text or _unfit(text):
        raise SavingError("name a folder, such as ~/problems.", where="folder")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise SavingError("there is no such user; name another folder.", where="folder") from None


def _file_name(name: str) -> str:
    bare = name.strip()
    if not bare.lower().endswith(ENDINGS):
        bare += ENDINGS[0]
    ending = Path(bare).suffix.lower()
    stem = bare[: -len(ending)]
    if "/" in bare or os.sep in bare:
        raise SavingError(
            f"{quoted(name)} names a folder, too; the folder has a field of its own.", where="name"
        )
    if not stem.strip(".") or _unfit(stem):
        raise SavingError("this is no name of a file; write such as sheet-3.yaml.", where="name")
    if len(bare.encode()) > _LONGEST_NAME:
        raise SavingError(f"a name has at most {_LONGEST_NAME} bytes.", where="name")
    return stem + ending


def _unfit(text: str) -> bool:
    return clean(text) != text or "\n" in text or "\t" in text


def _write_new(target: Path, text: str) -> None:
    """Write a file that is not there yet; what could not be written whole is taken away."""
    try:
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            try:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            except OSError:
                target.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise TakenError(
            f"{target.name} is there already; write another name, such as "
            f"{free_name(target.parent, target.name)}.",
            where="name",
        ) from None
    except OSError as error:
        raise _not_written(target, error) from None


def _write_beside(target: Path, text: str) -> None:
    """Put a file in the place of another at once, so that one of the two is always there."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise _not_written(target, error) from None


def _not_written(target: Path, error: OSError) -> SavingError:
    return SavingError(
        f"the file cannot be written ({_reason(error)}); name another folder.", where=str(target)
    )


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


# Reading -----------------------------------------------------------------------------------


def open_problem(workspace: Workspace, name: str) -> Shared:
    """The problem in a file, under the course's conventions where it names none.

    Raises a QuizError that names the file, with line and column where known.
    """
    file = read_file(name)
    with file.blamed("givens"):
        shared = read_shared(file.data, lambda raw: own_problem(workspace, raw))
        shared.problem.solve()
    return shared


def kept(into: str | Path) -> list[Kept]:
    """The problems in a folder by name, at most ``MOST_LISTED``; none where there is no folder."""
    try:
        among = sorted(
            path
            for path in _folder(into).iterdir()
            if path.suffix.lower() in ENDINGS and not path.name.startswith(".")
        )
    except (OSError, SavingError):
        return []
    return [_kept(path) for path in among[:MOST_LISTED]]


def _kept(path: Path) -> Kept:
    try:
        file = read_file(str(path))
        with file.blamed("givens"):
            shared = read_shared(file.data)
    except QuizError as error:
        return Kept(path, trouble=f"{error.where}: {error.message}" if error.where else str(error))
    return Kept(path, shared.title, shared.problem.family.title)
