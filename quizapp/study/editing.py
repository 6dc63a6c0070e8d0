"""Editing what stands in a pack: where it stands, in which editor, and whether it is right."""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.core.place import Fault, Place
    from quizapp.packs.model import Pack

_USUAL = ("nano", "vim", "vi", "emacs", "notepad")
_PLUS_LINE = {"vi", "vim", "nvim", "gvim", "view", "nano", "pico", "micro", "emacs", "emacsclient"}
_PLUS_LINE |= {"joe", "jed", "ne", "kak", "gedit", "mg"}
_COLON_LINE = {"hx", "helix", "subl", "zed"}
_GOTO = {"code", "code-insiders", "codium", "cursor"}


class EditError(QuizError):
    """Something that cannot be edited."""

    code = "edit"


@dataclass(frozen=True, slots=True)
class Spot:
    """A file to edit, and the line to start at."""

    file: Path
    line: int
    root: Path
    """The folder of its pack."""


def spot(pack: Pack, name: str, roots: tuple[Path, ...]) -> Spot:
    """Return where the card, item, discrepancy, course or exam of this id stands.

    ``roots`` are the packs in use. Raises EditError where nothing has the id, or it cannot be
    edited.
    """
    shelves: tuple[Mapping[str, object], ...] = (
        pack.cards,
        pack.discrepancies,
        pack.items,
        pack.blueprints,
        pack.courses,
    )
    name = name.partition("~")[0]  # the other direction of a card stands in the same place
    entry = next((shelf[name] for shelf in shelves if name in shelf), None)
    place: Place | None = getattr(entry, "at", None)
    if place is None:
        import difflib

        near = difflib.get_close_matches(name[:80], [key for shelf in shelves for key in shelf], 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise EditError(f"nothing in the packs in use has the id '{name[:80]}'{hint}")
    file = Path(place.file)
    root = next((root for root in roots if file.is_relative_to(root)), file.parent.parent)
    if root.is_file():
        raise EditError("this stands in a .zip: unpack it and add the folder.", where=place.file)
    if not file.is_file():
        raise EditError("this file is no longer there.", where=place.file)
    return Spot(file, place.line, root)


def editor(environment: Mapping[str, str]) -> list[str]:
    """Return the command of the user's editor. Raises EditError where there is none."""
    for name in ("VISUAL", "EDITOR"):
        try:
            chosen = shlex.split(environment.get(name, ""))
        except ValueError:
            raise EditError(f"the variable {name} has a quote that is never closed.") from None
        if chosen:
            return chosen
    for usual in _USUAL:
        if shutil.which(usual):
            return [usual]
    raise EditError("no editor was found: name one in the variable EDITOR.")


def command(chosen: list[str], at: Spot) -> list[str]:
    """Return the command that opens a file at a line, as far as the editor is known."""
    name = PurePath(chosen[0]).name.lower().removesuffix(".exe")
    file = str(at.file)
    if name in _PLUS_LINE:
        return [*chosen, f"+{at.line}", file]
    if name in _COLON_LINE:
        return [*chosen, f"{file}:{at.line}"]
    if name in _GOTO:
        wait = [] if {"-w", "--wait"} & set(chosen) else ["--wait"]
        return [*chosen, *wait, "--goto", f"{file}:{at.line}"]
    return [*chosen, file]


def faults_of(at: Spot) -> list[Fault]:
    """Return everything that can be said against the pack of an edited file."""
    from quizapp.exercises.catalogue import family_ids
    from quizapp.packs.check import check

    return check(at.root, families=frozenset(family_ids()))


def made(at: Spot, before: list[Fault], now: list[Fault]) -> list[Fault]:
    """Return what is wrong with the edited file, and with others that was right ``before``.

    Another file may refer to what has changed here.
    """
    known = {(fault.place.file, fault.message) for fault in before}
    return [
        fault
        for fault in now
        if Path(fault.place.file) == at.file or (fault.place.file, fault.message) not in known
    ]
