"""The worked solution as Markdown, Typst and PDF from the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typst as engine

if TYPE_CHECKING:
    from tests.cli.conftest import Run

PROBLEM: dict[str, Any] = {
    "family": "squared-error",
    "title": "Sheet *3*",
    "givens": {"z": [0.8, 2.0], "t": [0.5, 1.0]},
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A problem in a folder of its own, where the command runs."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "p.json").write_text(json.dumps(PROBLEM), "utf-8")
    monkeypatch.chdir(folder)
    return "p.json"


def test_the_text_names_the_course_and_both_numbers(quizapp: Run, file: str) -> None:
    out = quizapp("solve", file).out
    assert "- squared error with 1/2 (NNt)" in out
    told = " ".join(out.split())
    assert "- squared error without 1/2 (ECE 493: autoencoder and diffusion; NNt: slide of" in told
    assert "1.09 4. Gradient" in told
    assert max(map(len, out.splitlines())) <= 80


def test_markdown_goes_to_the_output(quizapp: Run, file: str) -> None:
    got = quizapp("solve", file, "--format", "markdown")
    assert got.status == 0
    assert got.out.startswith("# Sheet \\*3\\*\n")
    assert r"$z = \begin{bmatrix} 0.8 & 2 \end{bmatrix}$" in got.out


def test_typst_source_can_be_set(quizapp: Run, file: str) -> None:
    source = quizapp("solve", file, "--format", "typst").out
    assert "Sheet *3*" in source
    assert engine.compile(source.encode())


def test_a_pdf_gets_a_sensible_name_and_replaces_nothing(
    quizapp: Run, file: str, tmp_path: Path
) -> None:
    made = tmp_path / "here" / "squared-error-solution.pdf"
    first = quizapp("solve", file, "--format", "pdf")
    assert (first.status, first.out) == (0, "Written to squared-error-solution.pdf.\n")
    content = made.read_bytes()
    assert content.startswith(b"%PDF-")
    second = quizapp("solve", file, "--format", "pdf")
    assert second.status == 2
    assert "--replace" in second.err
    assert quizapp("solve", file, "--format", "pdf", "--replace").status == 0
    assert made.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.md", b"# Sheet"), ("a.pdf", b"%PDF-"), ("a.typ", b"// The worked"),
        ("a.txt", b"Sheet *3*"),
    ],
)  # fmt: skip
def test_the_ending_of_a_file_says_what_is_written(
    quizapp: Run, file: str, tmp_path: Path, name: str, begins: bytes
) -> None:
    assert quizapp("solve", file, "--out", name).status == 0
    assert (tmp_path / "here" / name).read_bytes().startswith(begins)


class Output(io.TextIOWrapper):
    """An output that is a terminal, or is not."""

    terminal = False

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize("terminal", [False, True])
def test_a_pdf_goes_to_the_output_only_where_that_is_no_terminal(
    quizapp: Run, file: str, monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    from quizapp.__main__ import main

    raw = io.BytesIO()
    output = Output(raw, encoding="utf-8")
    output.terminal = terminal
    monkeypatch.setattr(sys, "stdout", output)
    status = main(("solve", file, "--format", "pdf", "--out", "-"))
    assert status == (2 if terminal else 0)
    assert raw.getvalue().startswith(b"" if terminal else b"%PDF-")
    assert bool(raw.getvalue()) is not terminal


@pytest.mark.parametrize(
    "arguments",
    [
        ["p.json", "--json", "--format", "pdf"],
        ["p.json", "--json", "--out", "a.md"],
        ["-", "--format", "markdown"],
        ["p.json", "--format", "docx"],
        ["p.json", "--out", "no/such/folder.md"],
    ],
)
def test_what_does_not_go_together_is_said(quizapp: Run, file: str, arguments: list[str]) -> None:
    got = quizapp("solve", *arguments)
    assert got.status == 2
    assert got.out == ""
    assert got.err.startswith("quizapp: ")
    assert got.err.count("\n") == 1


def test_the_machine_interface_is_as_it_was(quizapp: Run, file: str) -> None:
    values = quizapp("solve", file, "--json").json
    assert list(values) == ["family", "conventions", "steps", "final"]
    assert values["steps"]["E"] == pytest.approx(0.545)


def test_all_entries_are_worked_out_where_asked_for(quizapp: Run, file: str) -> None:
    long = {**PROBLEM, "givens": {"z": [1.5] * 6, "t": [0.25] * 6}}
    Path(file).write_text(json.dumps(long), "utf-8")
    assert "more entries" in quizapp("solve", file).out
    assert "more entries" not in quizapp("solve", file, "--all").out
    assert "more entries" not in quizapp("solve", file, "--all", "--format", "markdown").out


def test_generate_prints_the_course_with_the_convention(quizapp: Run) -> None:
    out = quizapp("generate", "l2-step", "--seed", "7").out
    assert "- penalty with factor λ (Methods of AI)" in out
