"""Solutions as files: what they are called, and writing them without losing another one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from quizapp.core.errors import QuizError
from quizapp.study.export.content import sheet

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.exercises.problem import Problem
    from quizapp.study.export.content import Sheet
    from quizapp.study.usage import Usage

Form = Literal["markdown", "typst", "pdf"]
ENDINGS: dict[Form, str] = {"markdown": ".md", "typst": ".typ", "pdf": ".pdf"}
_MOST = 1_000


class ExportError(QuizError):
    """A file that cannot be written."""

    code = "file"


def document(of: Sheet, form: Form) -> bytes:
    """The sheet in one of the forms. Raises PaperError where Typst cannot set it."""
    if form == "markdown":
        from quizapp.study.export.markdown import markdown

        return markdown(of).encode()
    from quizapp.study.export import paper

    return paper.pdf(of) if form == "pdf" else paper.typst_source(of).encode()


def file_name(problem: Problem, form: Form) -> str:
    """What the solution is called if nobody says otherwise: ``attention-solution.pdf``."""
    return f"{problem.family.id}-solution{ENDINGS[form]}"


def save(problem: Problem, form: Form, folder: Path, usage: Usage) -> Path:
    """Write the solution under a name that is free in a folder; the path.

    Raises ExportError where the folder cannot be used, PaperError where there is no PDF.
    """
    content = document(sheet(problem, usage), form)
    wanted = folder / file_name(problem, form)
    for number in range(1, _MOST):
        path = wanted if number == 1 else wanted.with_stem(f"{wanted.stem}-{number}")
        if not os.path.lexists(path):
            write(path, content)
            return path
    raise ExportError(
        "there are very many solutions here already; tidy up first.", where=str(folder)
    )


def write(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file, at once and whole. Raises ExportError, also where there is one already."""
    try:
        if replace and path.is_file():
            _replace(path, content)
        else:
            _write_new(path, content)
    except FileExistsError:
        raise ExportError(
            "this is there already; name another file, or add --replace.", where=str(path)
        ) from None
    except (OSError, ValueError) as error:  # a null character in a name
        reason = (getattr(error, "strerror", None) or "this is no name of a file").lower()
        raise ExportError(
            f"the file cannot be written ({reason}); name another one.", where=str(path)
        ) from None


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        try:
            stream.write(content)
        except OSError:
            path.unlink(missing_ok=True)  # half a file helps nobody
            raise


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _write_new(beside, content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
