"""Problems in a folder: nothing is lost, and whatever lies there is looked at safely."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from quizapp.core.errors import QuizError
from quizapp.exercises.problem import read_problem
from quizapp.study.folders import folders
from quizapp.study.problem_files import (
    SavingError,
    TakenError,
    folder,
    free_name,
    kept,
    open_problem,
    remember_folder,
    save,
    used_folder,
)
from quizapp.study.sharing import Shared
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROBLEM = read_problem({"family": "softmax", "givens": {"z": [1, 2]}})
SHARED = Shared(PROBLEM, "Sheet 1")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path / "home")}))
    yield opened
    opened.close()


def names(of: Path) -> list[str]:
    return sorted(path.name for path in of.iterdir())


def test_a_problem_is_saved_and_opened(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("one.yaml", "two.json", "three"):
        path = save(SHARED, tmp_path / "new" / "folder", name)
        back = open_problem(workspace, str(path))
        assert back.title == "Sheet 1"
        assert back.problem.as_json() == PROBLEM.as_json()
    assert path.name == "three.yaml"


def test_a_file_is_never_overwritten_in_silence(tmp_path: Path) -> None:
    path = save(SHARED, tmp_path, "one.yaml")
    before = path.read_text("utf-8")
    with pytest.raises(TakenError, match=r"one\.yaml is there already.*one-2\.yaml") as caught:
        save(Shared(PROBLEM, "Another"), tmp_path, "one")
    assert caught.value.where == "name"
    assert path.read_text("utf-8") == before
    save(Shared(PROBLEM, "Another"), tmp_path, "one", replace=True)
    assert "Another" in path.read_text("utf-8")
    assert names(tmp_path) == ["one.yaml"]


def test_a_link_that_leads_nowhere_is_there_too(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(TakenError):
        save(SHARED, tmp_path, "one.yaml")
    assert not (tmp_path / "nowhere").exists()


def test_a_free_name_has_the_next_number(tmp_path: Path) -> None:
    assert free_name(tmp_path, "a.yaml") == "a.yaml"
    save(SHARED, tmp_path, "a.yaml")
    save(SHARED, tmp_path, "a-2.yaml")
    assert free_name(tmp_path, "a.yaml") == "a-3.yaml"


@pytest.mark.parametrize(
    "name", ["", " ", ".", "..", "../x", "a/b", "a\0b", "a\nb", "\x1b[31m", "x" * 300, ".yaml"]
)
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SavingError) as caught:
        save(SHARED, tmp_path / "in", name)
    assert caught.value.where == "name"
    assert not (tmp_path / "x.yaml").exists()


@pytest.mark.parametrize("into", ["", "a\0b", "/proc/nothing/here", "~nobody-of-this-name/x"])
def test_what_is_no_folder_is_refused(into: str) -> None:
    with pytest.raises(SavingError) as caught:
        save(SHARED, into, "a.yaml")
    assert caught.value.where == "folder"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SavingError, match="folder"):
        save(SHARED, tmp_path / "file", "a.yaml")


def test_the_home_folder_may_be_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert save(SHARED, "~/sheets", "a").parent == tmp_path / "sheets"


def test_a_disk_that_is_full_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    save(SHARED, tmp_path, "old.yaml")
    monkeypatch.setattr(os, "fsync", full)
    for name, replace in (("new.yaml", False), ("old.yaml", True)):
        with pytest.raises(SavingError, match="no space left"):
            save(Shared(PROBLEM, "Another"), tmp_path, name, replace=replace)
    assert names(tmp_path) == ["old.yaml"]
    assert "Sheet 1" in (tmp_path / "old.yaml").read_text("utf-8")


def test_a_folder_is_listed_with_what_cannot_be_opened(tmp_path: Path) -> None:
    save(SHARED, tmp_path, "b.yaml")
    save(Shared(PROBLEM), tmp_path, "a.json")
    (tmp_path / "broken.yaml").write_text("family: softmax\ngivens: {z: [1, x]}\n")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "notes.txt").write_text("no problem")
    (tmp_path / ".hidden.yaml").write_text("")
    os.mkfifo(tmp_path / "pipe.json")
    found = kept(tmp_path)
    assert [(one.path.name, one.title, bool(one.trouble)) for one in found] == [
        ("a.json", "", False),
        ("b.yaml", "Sheet 1", False),
        ("broken.yaml", "", True),
        ("folder.yaml", "", True),
        ("pipe.json", "", True),
    ]
    assert f"{tmp_path / 'broken.yaml'}:2:10: 'z' holds 'x'" in found[2].trouble
    assert kept(tmp_path / "nowhere") == []
    assert kept(tmp_path / "b.yaml") == []


def test_the_course_decides_conventions_that_a_file_does_not_name(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("family: l2-step\ngivens: {w: [1], g: [1], loss: 1, lam: 1, eta: 0.1}\n")
    problem = open_problem(workspace, str(file)).problem
    assert problem.conventions["l2"] == workspace.course.conventions["l2"]


def test_a_problem_without_a_solution_is_refused_with_its_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("family: nosuch\ngivens: {}\n")
    with pytest.raises(QuizError) as caught:
        open_problem(workspace, str(file))
    assert caught.value.where == f"{file}:1:1"


def test_the_folder_that_was_used_is_offered_again(workspace: Workspace, tmp_path: Path) -> None:
    assert used_folder(workspace) == folder(workspace) == workspace.folders.data / "problems"
    remember_folder(workspace, tmp_path)
    assert used_folder(workspace) == tmp_path
