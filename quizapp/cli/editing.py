"""An editor on a file of a pack, again until it is right or the user has enough."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from quizapp.study.editing import EditError, command, editor, faults_of, made

if TYPE_CHECKING:
    from quizapp.study.editing import Spot


def edit(at: Spot) -> int:
    """Open the editor at a spot and check what was saved; 1 where faults were left in.

    Raises EditError where the editor cannot be started.
    """
    before, known = at.file.read_bytes(), faults_of(at)
    while True:
        open_editor(at)
        faults = made(at, known, faults_of(at))
        if not faults:
            print("Saved and checked." if at.file.read_bytes() != before else "Nothing changed.")
            return 0
        for fault in faults:
            print(fault)
        answer = _asked()
        if answer == "r":
            at.file.write_bytes(before)
            print("The file is as it was.")
            return 0
        if answer != "e":
            print("The file stays as it is; quizapp leaves out what is faulty.")
            return 1


def open_editor(at: Spot) -> None:
    """Let the user edit; comes back when the editor is left. Raises EditError."""
    line = command(editor(os.environ), at)
    try:
        # The user's own editor, as the user's own environment names it.
        status = subprocess.run(line, check=False).returncode  # noqa: S603
    except OSError as error:
        message = f"the editor cannot be started ({error.strerror})."
        raise EditError(message, where=line[0]) from None
    if status:
        raise EditError(f"the editor ended with status {status}; the file is as you left it.")


def _asked() -> str:
    """What to do about faults: e(dit), k(eep), r(estore)."""
    if sys.stdin is None or not sys.stdin.isatty():
        return "k"
    from quizapp.cli.prompt import ask

    while True:
        answer = ask("e edits again, k keeps it, r restores what was there: ")
        if answer is None:
            return "k"
        if answer.lower() in {"e", "k", "r"}:
            return answer.lower()
