"""The worked solution on the screen: both conventions, and saving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.exercises.catalogue import family
from quizapp.exercises.generate import generate
from tests.tui.acting import one_line, running, until

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.exercises.problem import Problem
    from quizapp.study.workspace import Workspace


def l2_step() -> Problem:
    return generate(family("l2-step"), seed=7, level=1)


async def test_the_problem_names_the_course_with_its_convention(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=l2_step(), size=(80, 40)) as pilot:
        assert "penalty with factor λ (Methods of AI)" in one_line(pilot.app)


async def test_both_numbers_are_in_the_solution(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=l2_step(), size=(80, 70)) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        text = one_line(pilot.app)
        assert "penalty with factor λ (Methods of AI)" in text
        assert "Under another convention: - penalty with factor λ/2 (ECE 493): " in text


@pytest.mark.parametrize(
    ("key", "name", "begins"),
    [("m", "l2-step-solution.md", b"# "), ("p", "l2-step-solution.pdf", b"%PDF-")],
)
async def test_the_solution_is_saved_where_the_app_was_started(
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    name: str,
    begins: bytes,
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with running(workspace, "exercise", problem=l2_step()) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        await pilot.press(key)
        await until(pilot, lambda: "Saved: " in one_line(pilot.app))
        assert (folder / name).read_bytes().startswith(begins)


async def test_what_cannot_be_saved_is_said(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with running(workspace, "exercise", problem=l2_step()) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        folder.rmdir()
        await pilot.press("m")
        await until(pilot, lambda: "saved here" in one_line(pilot.app))
    monkeypatch.undo()
