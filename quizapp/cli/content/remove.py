"""Using a pack no longer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("path", metavar="PATH", help="the folder or .zip it was added from")


def run(arguments: argparse.Namespace) -> int:
    """Leave the pack out; its files and the progress in it stay."""
    from pathlib import Path

    from quizapp.study import shelf
    from quizapp.study.workspace import Workspace

    shelf.remove(Workspace.open(os.environ), Path(arguments.path))
    if arguments.json:
        emit({"removed": arguments.path})
        return 0
    print("No longer in use; its files and your progress in it stay.")
    return 0
