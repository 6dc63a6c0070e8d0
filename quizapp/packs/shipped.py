"""Where the pack is that comes with the program."""

from __future__ import annotations

from pathlib import Path

import quizapp

NAME = "neural-networks"


EXAMPLE = "example"


def shipped_pack() -> Path:
    """Return the folder of the shipped pack: in the installed package, else in the checkout."""
    return _content(NAME)


def example_pack() -> Path:
    """Return the folder of the small pack that authors start from."""
    return _content(EXAMPLE)


def _content(name: str) -> Path:
    package = Path(quizapp.__file__).resolve().parent
    installed = package / "content" / name
    return installed if installed.is_dir() else package.parent / "content" / name
