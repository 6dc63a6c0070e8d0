"""The one error that reaches a person: a sentence, a place and a way out."""

from __future__ import annotations


class QuizError(Exception):
    """Something a person can understand and mend.

    ``code`` is a short stable name for machines, ``message`` one sentence for people
    that ends with what to do, ``where`` the place (a file:line:column, a given, a field).
    """

    code = "error"

    def __init__(self, message: str, *, where: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message
