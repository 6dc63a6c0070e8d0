"""Where the pack is that comes with the program."""

from __future__ import annotations

from pathlib import Path

import quizapp

NAME = "neural-networks"


def shipped_pack() -> Path:
    """Return the folder of the shipped pack: in the installed package, else in the checkout."""
    package = Path(quizapp.__file__).resolve().parent
    installed = package / "content" / NAME
    return installed if installed.is_dir() else package.parent / "content" / NAME
