"""The packs in use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments: none."""


def run(arguments: argparse.Namespace) -> int:
    """Name, size and place of each pack, and those that cannot be read."""
    from quizapp.study import shelf
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    packs = shelf.in_use(workspace)
    read = {str(pack.root) for pack in packs}
    missing = [path for path in workspace.settings.packs if path not in read]
    if arguments.json:
        emit(
            [
                {
                    "pack": pack.name,
                    "title": pack.title,
                    "path": str(pack.root),
                    "courses": list(pack.courses),
                    "cards": len(pack.cards),
                    "faults": len(pack.faults),
                }
                for pack in packs
            ]
            + [
                {"pack": None, "title": None, "path": path, "courses": [], "cards": 0, "faults": 1}
                for path in missing
            ]
        )
        return int(bool(missing))
    for pack in packs:
        faults = f", {len(pack.faults)} faults" if pack.faults else ""
        print(f"{pack.name}  {pack.title}: {len(pack.cards)} cards{faults}\n  {pack.root}")
    for path in missing:
        print(f"cannot be read: {path}")
    return int(bool(missing))
