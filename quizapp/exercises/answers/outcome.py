"""The three things that can come of reading a text, and the error of the calculator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from quizapp.core.errors import QuizError

Shape: TypeAlias = tuple[int, ...]
"""() is a scalar, (n,) a vector, (n, m) a matrix of n rows, and so on."""

Asked: TypeAlias = tuple[int | None, ...]
"""A shape in which None stands for any length."""

Cells: TypeAlias = "float | list[Cells] | None"
"""A number, nested lists of numbers, or None where a cell is blank."""


@dataclass(frozen=True, slots=True)
class Uneven:
    """Rows of lengths of their own; where they need not be ``whole``, the last may be missing."""

    lengths: Shape
    whole: bool = True

    def __len__(self) -> int:
        """Rows and columns: a value of two dimensions."""
        return 2


@dataclass(frozen=True, slots=True)
class Value:
    """The text has exactly one reading."""

    value: Cells
    """None means that the whole text is blank."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """The text has no reading; it never costs anything."""

    reason: str
    """One sentence: what is wrong, where, and what to type."""
    at: int | None
    """The character it is about, counted from 1. None where it is about the whole text."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text has two to four readings, and only the student knows which is meant."""

    readings: tuple[Cells, ...]
    texts: tuple[str, ...]
    """The readings as texts that are read back as exactly these values."""


class AnswerError(QuizError):
    """A text that is no number, or more than one."""

    code = "answer"


class UnreadableError(Exception):
    """One attempt at reading failed: the sentence to show, and the character from 1."""

    def __init__(self, reason: str, at: int | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at
