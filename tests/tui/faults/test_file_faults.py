"""The file goes wrong in the middle of a review: one sentence, the card stays, nothing is lost."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store.engine import connect
from quizapp.store.store import Store
from tests.tui.acting import one_line, pack, running, until, workspace_at
from tests.tui.faults.reviewing import SHOWN, agrees, reviews, show_answer, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch


@pytest.fixture
def used(tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace in whose log there is something, and that waits for nobody."""
    monkeypatch.setattr("quizapp.store.engine.BUSY_MS", 50)
    opened = workspace_at(tmp_path / "home", watch, pack("small"))
    for n in range(30):
        opened.store.append("note", f"{n}", {"text": "x"})
    opened.close()
    yield opened
    opened.close()


async def test_a_database_deleted_in_a_review_is_said_and_saved(used: Workspace) -> None:
    async with running(used, "review") as pilot:
        await show_answer(pilot)
        before = used.store.events(undone=True)
        used.store.path.unlink()
        await pilot.press("enter")
        await until(pilot, lambda: told(pilot, "was moved, replaced or deleted while it was open"))
        assert told(pilot, "so this was not saved. What it held until then has been copied")
        assert told(pilot, "Close quizapp and start it again")
        assert SHOWN in one_line(pilot.app)
        await pilot.press("q")
        await until(pilot, lambda: "Review" in one_line(pilot.app))
    (rescued,) = (used.folders.data / "backups").glob("*rescued*")
    (used.folders.data / "saved").mkdir()
    rescued.rename(used.folders.data / "saved" / "quizapp.db")
    with Store.open(used.folders.data / "saved", clock=used.clock) as store:
        assert store.events(undone=True) == before


async def test_a_lock_that_stays_is_said_and_the_next_try_saves(used: Workspace) -> None:
    async with running(used, "review") as pilot:
        await show_answer(pilot)
        count = len(reviews(used))
        with closing(connect(used.store.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("enter")
            await until(pilot, lambda: told(pilot, "Another program keeps the data locked"))
            assert told(pilot, "Close other windows of quizapp, or wait until a backup or sync")
            assert SHOWN in one_line(pilot.app)
            other.execute("ROLLBACK")
        assert len(reviews(used)) == count
        pilot.app.clear_notifications()
        await pilot.press("enter")
        await until(pilot, lambda: len(reviews(used)) == count + 1)
        assert agrees(used)


async def test_a_full_disk_is_said_and_the_next_try_saves(used: Workspace) -> None:
    async with running(used, "review") as pilot:
        await show_answer(pilot)
        count = len(reviews(used))
        with used.store.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        while not told(pilot, "The disk is full"):
            used.store.last_event = None
            _take_room(used)
            await pilot.press("enter")
            assert len(reviews(used)) == count, "there was room"
        assert told(pilot, "so this was not saved; everything before it is. Free some space")
        assert SHOWN in one_line(pilot.app)
        with used.store.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        pilot.app.clear_notifications()
        await pilot.press("enter")
        await until(pilot, lambda: len(reviews(used)) == count + 1)
        assert agrees(used)


def _take_room(workspace: Workspace) -> None:
    """Write until no page is left."""
    from quizapp.store.errors import StoreFullError

    with pytest.raises(StoreFullError):  # noqa: PT012 - it is not known which of them
        while True:
            workspace.store.append("note", "", {"text": "x" * 40})


def garbage(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xa5" * path.stat().st_size)


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize("done", [garbage, truncated])
async def test_damage_in_a_review_is_said_and_the_app_goes_on(
    used: Workspace, done: Callable[[Path], None]
) -> None:
    async with running(used, "review") as pilot:
        await show_answer(pilot)
        with used.store.writing() as connection:
            driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        done(used.store.path)
        driver.execute("PRAGMA shrink_memory")
        await pilot.press("enter")
        await until(pilot, lambda: told(pilot, "The data file is damaged and was left untouched"))
        assert told(pilot, "To go on: `quizapp db doctor --repair` saves what can be read of it")
        pilot.app.clear_notifications()
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.is_running
        await pilot.press("s")
        await pilot.pause()
        assert pilot.app.is_running


async def test_the_same_card_answered_in_another_window_is_answered_twice(
    used: Workspace, watch: Watch
) -> None:
    async with running(used, "review") as pilot:
        await show_answer(pilot)
        with Store.open(used.folders.data, clock=watch) as other:
            other.review("sigmoid", Rating.AGAIN, ms=1, how="self", scheduler=Scheduler())
        await pilot.press("enter")
        await until(pilot, lambda: reviews(used)[-2:] == [("sigmoid", 1), ("sigmoid", 3)])
        memory = used.store.memory("sigmoid")
        assert memory is not None
        assert memory.reps == 2
        assert agrees(used)
