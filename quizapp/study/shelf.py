"""Which content packs are in use: adding one, taking one away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from quizapp.packs.model import Pack
    from quizapp.study.workspace import Workspace


class ShelfError(QuizError):
    """A pack that cannot be added or is not in use."""

    code = "pack"


def add(workspace: Workspace, path: Path) -> Pack:
    """Use the pack in a folder or .zip from now on, and return it, without what is faulty in it.

    Raises PackError where there is no pack, ShelfError where one of that name is in use already
    or nothing in it can be used.
    """
    from quizapp.exercises.catalogue import family_ids
    from quizapp.packs.load import load_pack

    where = path.expanduser().resolve()
    pack = load_pack(where, families=frozenset(family_ids()))
    if not pack.courses or not pack.cards:
        first = f": {pack.faults[0]}" if pack.faults else "; it has no course or no card"
        raise ShelfError(f"nothing in this pack can be used{first}", where=str(where))
    if str(where) not in workspace.settings.packs:
        others = {shown.name for shown in in_use(workspace)}
        if pack.name in others:
            raise ShelfError(
                f"a pack named '{pack.name}' is in use already; change `name` in its pack.yaml "
                "or remove the other one.",
                where=str(where),
            )
        workspace.change(packs=(*workspace.settings.packs, str(where)))
    return pack


def remove(workspace: Workspace, path: Path) -> None:
    """Use a pack no longer; its files and the progress in it stay. Raises ShelfError."""
    wanted = {str(path), str(path.expanduser().resolve())}
    left = tuple(one for one in workspace.settings.packs if one not in wanted)
    if left == workspace.settings.packs:
        known = ", ".join(left) or "none besides the one that comes with the program"
        raise ShelfError(f"this pack is not in use; in use are {known}.", where=str(path))
    workspace.change(packs=left)


def in_use(workspace: Workspace) -> list[Pack]:
    """Return the packs in use one by one, the shipped one first; unreadable ones are left out."""
    from quizapp.exercises.catalogue import family_ids
    from quizapp.packs.errors import PackError
    from quizapp.packs.load import load_pack
    from quizapp.packs.shipped import shipped_pack

    found = []
    for root in (shipped_pack(), *map(Path, workspace.settings.packs)):
        try:
            cache = workspace.folders.cache
            found.append(load_pack(root, cache=cache, families=frozenset(family_ids())))
        except PackError:
            continue  # `content list` and the app say of it that it cannot be read
    return found
