"""Using a further pack."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("path", metavar="PATH", help="a pack's folder or .zip")


def run(arguments: argparse.Namespace) -> int:
    """Use the pack from now on; its faults are told, what is right in it counts."""
    from pathlib import Path

    from quizapp.study import shelf
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    pack = shelf.add(workspace, Path(arguments.path))
    courses = [f"{pack.name}:{key}" for key in pack.courses]
    if arguments.json:
        emit({"pack": pack.name, "courses": courses, "cards": len(pack.cards)})
        return 0
    for fault in pack.faults:
        print(f"left out: {fault}")
    print(f"{pack.title}: {len(pack.cards)} cards. Study it with one of these:")
    for course in courses:
        print(f"  quizapp settings course {course}")
    return 0
