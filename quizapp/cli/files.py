"""Problems that a command reads from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.files import FileError, ReadFile, read_file

if TYPE_CHECKING:
    from quizapp.study.sharing import Shared

__all__ = ["FileError", "ReadFile", "read_file", "read_problem_file"]


def read_problem_file(name: str) -> Shared:
    """The problem in a file, solved. Raises a QuizError that names file, line and column."""
    file = read_file(name)
    from quizapp.study.sharing import read_shared

    with file.blamed("givens"):
        shared = read_shared(file.data)
        shared.problem.solve()
    return shared
