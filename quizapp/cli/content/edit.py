"""Editing a card, or anything else with an id, in the user's editor."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "id", metavar="ID", help="a card, or an item, a discrepancy, an exam, a course"
    )


def run(arguments: argparse.Namespace) -> int:
    """Open the file at the entry; check it when the editor is left."""
    from quizapp.cli.editing import edit, open_editor
    from quizapp.study.editing import faults_of, made, spot
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    at = spot(workspace.pack, arguments.id, workspace.library.roots)
    if not arguments.json:
        return edit(at)
    known = faults_of(at)
    open_editor(at)
    faults = made(at, known, faults_of(at))
    emit({"file": str(at.file), "faults": [str(fault) for fault in faults]})
    return int(bool(faults))
