"""Syncing with other computers through a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit, error_json
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "folder", metavar="FOLDER", help="any folder that the computers share: git, a stick, ..."
    )
    parser.add_argument(
        "--anew", action="store_true", help="read all files again, not only those that are new"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exchange entries and say how many; files that are left are named on standard error."""
    import sys
    from pathlib import Path

    from quizapp.cli.sentences import sentence
    from quizapp.study.syncing import sync
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        done = sync(workspace, Path(arguments.folder), anew=arguments.anew)
        warning = workspace.store.clock_warning()
    finally:
        workspace.close()
    if arguments.json:
        emit(
            {
                "sent": done.sent,
                "received": done.received,
                "devices": done.devices,
                "left": [error_json(error)["error"] for error in done.left],
                "warning": warning,
            }
        )
        return 0
    others = {0: "no other computer yet", 1: "1 other computer"}.get(
        done.devices, f"{done.devices} other computers"
    )
    print(f"Sent {done.sent} entries, received {done.received}; {others} in the folder.")
    for error in done.left:
        print(f"left: {sentence(error)}", file=sys.stderr)
    if warning:
        print(warning, file=sys.stderr)
    return 0
