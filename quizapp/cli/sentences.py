"""Errors as one readable sentence, whatever text from outside they quote."""

from __future__ import annotations

import traceback
from pathlib import Path

from quizapp.core.errors import QuizError
from quizapp.core.text import clean

LONGEST = 500
"""Characters of a sentence; an error may quote a name of a million."""


def spoken(text: str) -> str:
    """The text on one line, without control characters, cut where it is too long."""
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    return " ".join(clean(text).split())


def sentence(error: QuizError) -> str:
    """``where: message`` as one line."""
    said = spoken(error.message)
    return f"{spoken(error.where)}: {said}" if error.where else said


def breakdown(error: Exception) -> QuizError:
    """A fault of quizapp itself, as a sentence that names where in the program it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    kind = type(error).__name__
    told = f": {error}" if str(error) else ""
    return QuizError(
        f"quizapp failed on this input, and that is a fault of its own ({kind}{at}{told}); "
        "please report it.",
        code="internal",
    )
