"""Solutions as files: sensible names, and no other file is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

import pytest

from quizapp.exercises.catalogue import family
from quizapp.exercises.generate import generate
from quizapp.study.export.files import ExportError, file_name, save, write
from quizapp.study.usage import NOBODY

if TYPE_CHECKING:
    from pathlib import Path

PROBLEM = generate(family("squared-error"), seed=7)


def test_names() -> None:
    assert file_name(PROBLEM, "pdf") == "squared-error-solution.pdf"
    assert file_name(PROBLEM, "markdown") == "squared-error-solution.md"
    assert file_name(PROBLEM, "typst") == "squared-error-solution.typ"


def test_saving_takes_a_free_name(tmp_path: Path) -> None:
    first = save(PROBLEM, "markdown", tmp_path, NOBODY)
    second = save(PROBLEM, "markdown", tmp_path, NOBODY)
    assert [first.name, second.name] == [
        "squared-error-solution.md", "squared-error-solution-2.md",
    ]  # fmt: skip
    assert first.read_bytes() == second.read_bytes()
    assert first.read_text("utf-8").startswith("# Squared error")
    assert save(PROBLEM, "pdf", tmp_path, NOBODY).read_bytes().startswith(b"%PDF")


def test_a_file_that_is_there_is_kept_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write(path, b"one")
    with pytest.raises(ExportError, match="--replace"):
        write(path, b"two")
    assert path.read_bytes() == b"one"
    write(path, b"two", replace=True)
    assert path.read_bytes() == b"two"
    assert [file.name for file in tmp_path.iterdir()] == ["a.md"]


def test_replacing_what_is_not_there_is_writing(tmp_path: Path) -> None:
    write(tmp_path / "a.md", b"one", replace=True)
    assert (tmp_path / "a.md").read_bytes() == b"one"


@pytest.mark.parametrize("name", ["no/such/folder.md", "nul\x00l.md", "x" * 300])
def test_a_name_that_cannot_be_is_said_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"cannot be written|is no name"):
        write(tmp_path / name, b"one")


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(ExportError):
        write(tmp_path / "a.pdf", b"one", replace=True)
    assert (tmp_path / "a.pdf").is_dir()


def test_half_a_file_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"

    class Full:
        def __init__(self, *_: object) -> None:
            path.touch()

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...

        def write(self, _: bytes) -> None:
            raise OSError(28, os.strerror(28))

    monkeypatch.setattr("pathlib.Path.open", Full)
    with pytest.raises(ExportError, match="no space left"):
        write(path, b"one")
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
