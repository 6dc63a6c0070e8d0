"""Errors as one readable sentence, whatever text from outside they quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 500
"""Characters of a sentence; an error may quote a name of a million."""
LONGEST_NAME = 40


def spoken(text: str) -> str:
    """The text on one line, without control characters, cut where it is too long."""
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    return " ".join(clean(text).split())


def as_argument(text: str) -> str:
    """The text as one writes it behind a command, without control characters."""
    import shlex

    return shlex.quote(clean(text))


def shortened(name: str) -> str:
    """A name from outside, cut where it is too long to be quoted within a sentence."""
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "…"


def near(name: str, known: Iterable[str]) -> str:
    """`` (did you mean ...?)`` with the nearest known names, "" where none is near."""
    import difflib

    close = difflib.get_close_matches(name[:LONGEST_NAME], known, n=2)
    return f" (did you mean {' or '.join(close)}?)" if close else ""


def sentence(error: QuizError) -> str:
    """``where: message`` as one line."""
    said = spoken(error.message)
    return f"{spoken(error.where)}: {said}" if error.where else said


def breakdown(error: Exception) -> QuizError:
    """A fault of quizapp itself, as a sentence that names where in the program it happened."""
    import traceback  # late: --help does without it
    from pathlib import PurePath

    frames = traceback.extract_tb(error.__traceback__)
    at = f" in {PurePath(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    kind = type(error).__name__
    told = f": {error}" if str(error) else ""
    return QuizError(
        f"quizapp failed on this input, and that is a fault of its own ({kind}{at}{told}); "
        "please report it.",
        code="internal",
    )
