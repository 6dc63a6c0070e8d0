"""No command: the app itself."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    import argparse

    from quizapp.study.workspace import Workspace


class NoTerminalError(QuizError):
    """Standard input or output is no terminal."""

    code = "terminal"


def run(arguments: argparse.Namespace) -> int:
    """Open the app, or with ``--json`` say what is due."""
    if arguments.json:
        from quizapp.cli.commands import today

        return today.run(arguments)
    return open_app()


def require_terminal() -> None:
    """Raise NoTerminalError where standard input or output is no terminal."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise NoTerminalError(
            "the app needs a terminal; `quizapp review --plain` and `quizapp practice --plain` "
            "read and write plain lines, `quizapp --help` lists the rest."
        )


def open_app(start: str | None = None, workspace: Workspace | None = None, **options: Any) -> int:
    """Open the app on a screen. Raises NoTerminalError where there is no terminal."""
    require_terminal()
    from quizapp.tui.app import run as run_app

    if workspace is None:
        from quizapp.study.workspace import Workspace

        workspace = Workspace.open(os.environ)
    return run_app(workspace, start, **options)
