"""The kept look back never says anything else than the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.hindsight import look_back
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.study.figures import kept
from quizapp.study.figures.kept import FILE, hindsight
from quizapp.study.folders import folders
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEDULER = Scheduler()


class Clock:
    """Goes on by an hour each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr(kept, "ENOUGH", 5)
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}), Clock())
    answer(opened, 12)
    yield opened
    opened.close()


def answer(workspace: Workspace, times: int) -> None:
    for n in range(times):
        card, rating = f"card-{n % 4}", Rating(1 + n % 4)
        workspace.store.review(card, rating, ms=900, how="self", scheduler=SCHEDULER)


def agrees(workspace: Workspace) -> bool:
    return hindsight(workspace).days == look_back(workspace.store.past().answers).days


def reads(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many answers are read by each look back from now on."""
    counts: list[int] = []
    past = workspace.store.past

    def counted(*args: object) -> object:
        read = past(*args)  # type: ignore[arg-type]
        counts.append(len(read.answers.cards))
        return read

    monkeypatch.setattr(workspace.store, "past", counted)
    return counts


def test_only_what_is_new_is_read(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = reads(workspace, monkeypatch)
    hindsight(workspace)
    hindsight(workspace)
    answer(workspace, 3)
    hindsight(workspace)
    answer(workspace, 3)
    hindsight(workspace)
    hindsight(workspace)
    assert counts == [12, 0, 3, 6, 0]


def test_carried_on_it_says_what_the_log_says(workspace: Workspace) -> None:
    for _ in range(4):
        assert agrees(workspace)
        answer(workspace, 7)
        workspace.store.undo()


@pytest.mark.parametrize("long", [True, False])
def test_only_a_long_log_is_looked_back_over_ahead_of_time(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, *, long: bool
) -> None:
    monkeypatch.setattr(kept, "LONG", 10 if long else 10_000)

    kept.keep_up(workspace)

    assert (workspace.folders.cache / FILE).exists() is long


@pytest.mark.parametrize("where", [0.0, 0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_damaged_file_is_as_good_as_none(workspace: Workspace, where: float) -> None:
    hindsight(workspace)
    file = workspace.folders.cache / FILE
    content = bytearray(file.read_bytes())
    content[int(len(content) * where)] ^= 0x10
    file.write_bytes(content)
    assert agrees(workspace)


@pytest.mark.parametrize("content", [b"", b"\n", b"rubbish", b"{}\n\n"])
def test_a_file_of_something_else_is_as_good_as_none(workspace: Workspace, content: bytes) -> None:
    hindsight(workspace)
    (workspace.folders.cache / FILE).write_bytes(content)
    assert agrees(workspace)


def test_a_file_of_another_log_is_as_good_as_none(tmp_path: Path, workspace: Workspace) -> None:
    hindsight(workspace)
    kept_file = (workspace.folders.cache / FILE).read_bytes()
    other = Workspace(folders({"QUIZAPP_HOME": str(tmp_path / "other")}), Clock())
    answer(other, 3)
    other.folders.cache.mkdir(parents=True, exist_ok=True)
    (other.folders.cache / FILE).write_bytes(kept_file)
    assert agrees(other)
    other.close()


def test_a_file_of_another_version_is_as_good_as_none(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    hindsight(workspace)
    monkeypatch.setattr(kept, "__version__", "another")
    counts = reads(workspace, monkeypatch)
    hindsight(workspace)
    assert counts == [12]


def test_a_folder_that_cannot_be_written_is_no_error(workspace: Workspace) -> None:
    workspace.folders.cache.parent.mkdir(parents=True, exist_ok=True)
    workspace.folders.cache.write_text("a file in the folder's place")
    assert agrees(workspace)
