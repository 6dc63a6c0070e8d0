"""The user's editor on a card, while the screen steps aside."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from quizapp.core.errors import QuizError
from quizapp.study.editing import command, editor, spot

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


def edit(app: QuizApp, name: str) -> None:
    """Open the editor at the entry of this id; the app takes up by itself what was saved.

    What cannot be done is told in a sentence.
    """
    workspace = app.workspace
    try:
        at = spot(workspace.pack, name, workspace.library.roots)
        line = command(editor(os.environ), at)
    except QuizError as error:
        app.attempt(error)
        return
    try:
        with app.suspend():
            # The user's own editor, as the user's own environment names it.
            status = subprocess.run(line, check=False).returncode  # noqa: S603
    except SuspendNotSupported:
        told = f"This terminal cannot make room for an editor. The card stands in {at.file}."
        app.tell(told, severity="warning")
        return
    except OSError as error:
        app.tell(f"{line[0]} cannot be started: {error.strerror}.", severity="error")
        return
    app.refresh()
    if status:
        app.tell(f"{line[0]} ended with status {status}.", severity="warning")
