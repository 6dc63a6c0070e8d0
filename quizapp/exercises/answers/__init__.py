"""What a student types, read as a number, a vector or a matrix.

Own tokens, own grammar, floats only: nothing here evaluates text as code, and every
pass is linear in a text whose length and nesting are capped first.
"""

from __future__ import annotations

from quizapp.exercises.answers.outcome import (
    Ambiguous,
    AnswerError,
    Cells,
    Invalid,
    Shape,
    Uneven,
    Value,
)
from quizapp.exercises.answers.reading import calculate, read
from quizapp.exercises.answers.showing import show
from quizapp.exercises.answers.words import read_words

__all__ = [
    "Ambiguous",
    "AnswerError",
    "Cells",
    "Invalid",
    "Shape",
    "Uneven",
    "Value",
    "calculate",
    "read",
    "read_words",
    "show",
]
