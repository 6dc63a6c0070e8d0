"""Looking after the log: rebuilding, examining, mending, backing up and restoring it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.store.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quizapp.store.automatic import Backup
    from quizapp.store.salvage import Salvaged
    from quizapp.study.workspace import Workspace

__all__ = [
    "Finding", "Mended", "Rebuilt", "Restored", "back_up", "backup_of_start", "backups", "examine",
    "mend", "rebuild", "restore",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild has derived, and from what."""

    events: int
    cards: int
    changed: int
    """Cards whose state was another one before; 0 is as it should be."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup has brought back."""

    events: int
    cards: int
    kept: Path | None
    """Where the data that were there before are now; None when there were none."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What a repair has done."""

    rebuilt: bool
    """Whether state was derived anew from the log."""
    salvaged: Salvaged | None
    """What could be read of a damaged file; None when it was none."""


def rebuild(workspace: Workspace) -> Rebuilt:
    """Derive everything anew from the log. Raises StoreError."""
    store = workspace.store
    before = store.states()
    store.rebuild()
    after = store.states()
    changed = sum(before.get(card) != after.get(card) for card in before.keys() | after.keys())
    return Rebuilt(len(store.events(undone=True)), len(after), changed)


def examine(workspace: Workspace) -> list[Finding]:
    """Return what is wrong with the log and what is worth knowing, the gravest first.

    Raises StoreError where the data cannot be reached, such as a folder that is read-only.
    """
    from quizapp.store import doctor
    from quizapp.store.errors import StoreDamagedError, StoreMissingError

    try:
        store = workspace.store
    except (StoreDamagedError, StoreMissingError) as error:
        return [doctor.unreadable(error)]
    return doctor.examine(store, _known(workspace))


def _known(workspace: Workspace) -> Callable[[str], bool] | None:
    """Return whether something that is reviewed can be met; None where the packs cannot be read."""
    from quizapp.exercises.catalogue import family_ids
    from quizapp.scheduling.skills import skill_card

    try:
        cards = workspace.pack.cards
    except QuizError:
        return None
    skills = frozenset(map(skill_card, family_ids()))
    return lambda subject: subject in cards or subject in skills


def mend(workspace: Workspace, findings: Sequence[Finding]) -> Mended:
    """Do what the findings call for; the workspace then has the mended log. Raises StoreError."""
    from quizapp.store.salvage import salvage

    ways = {finding.repair for finding in findings}
    if "salvage" in ways:
        workspace.close()
        return Mended(rebuilt=False, salvaged=salvage(workspace.folders.data, workspace.clock))
    if "rebuild" in ways:
        workspace.store.rebuild()
        return Mended(rebuilt=True, salvaged=None)
    return Mended(rebuilt=False, salvaged=None)


def back_up(workspace: Workspace, target: Path | None = None) -> Path:
    """Copy the log to a file, or into a folder, by default that of the backups; its path.

    Raises StoreError, also where there is a file of that name.
    """
    from quizapp.store.automatic import new_name
    from quizapp.store.errors import BACKUPS, read_only

    if target is None:
        target = workspace.folders.data / BACKUPS
        try:
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise read_only(target) from None
    target = target.expanduser()
    if target.is_dir():
        target = new_name(target, workspace.now())
    return workspace.store.backup(target)


def backup_of_start(workspace: Workspace) -> Callable[[], Path | None]:
    """Return what takes the backup of a start, at most every half hour, and returns its path.

    It may run in another thread, also while the workspace closes. Raises StoreError, also when run.
    """
    from quizapp.store.automatic import back_up as take

    store, now = workspace.store, workspace.now()
    return lambda: take(store, now)


def backups(workspace: Workspace) -> list[Backup]:
    """Return the backups in the data folder, the newest first."""
    from quizapp.store.automatic import backups as listed

    return listed(workspace.folders.data)


def restore(workspace: Workspace, source: Path) -> Restored:
    """Put a backup in the place of the log, which is kept beside it. Raises StoreError."""
    from quizapp.store.replacing import restore as put_back
    from quizapp.store.store import DATABASE

    workspace.close()
    kept = put_back(workspace.folders.data / DATABASE, source.expanduser(), workspace.now())
    store = workspace.store
    return Restored(len(store.events(undone=True)), len(store.states()), kept)
