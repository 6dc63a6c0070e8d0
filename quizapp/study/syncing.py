"""Syncing the log with other computers through a folder that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.log_shapes import fault

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.store.sync import Synced
    from quizapp.study.workspace import Workspace

__all__ = ["sync"]


def sync(workspace: Workspace, folder: Path, *, anew: bool = False) -> Synced:
    """Exchange entries with a shared folder; what came in counts at once.

    ``anew`` reads all of the folder again. Raises SharedFolderError or StoreError.
    """
    from quizapp.store.sync import sync as exchange

    return exchange(workspace.store, folder.expanduser(), fault, anew=anew)
