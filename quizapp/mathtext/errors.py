"""The one error of formulas."""

from __future__ import annotations

from quizapp.core.errors import QuizError


class MathError(QuizError):
    """A formula that cannot be read; ``column`` is the 1-based offset into its LaTeX."""

    code = "maths"

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message, where=f"column {column} of the formula")
        self.column = column
