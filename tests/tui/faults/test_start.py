"""A start with data that cannot be opened: a screen that says what is wrong and the way out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quizapp.store import migrate
from tests.tui.acting import one_line, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quizapp.study.workspace import Workspace


def newer(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 99")


def garbage(database: Path) -> None:
    database.write_bytes(b"\xa5" * 9_000)


def gone(database: Path) -> None:
    (database.parent / "backups").mkdir()
    database.rename(database.parent / "backups" / "quizapp-1.db")


def old(database: Path) -> None:
    """Of a format whose migration will fail."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 1")


@pytest.mark.parametrize(
    ("done", "sentences"),
    [
        (newer, ["was written by a newer quizapp (format 99", "upgrade quizapp to open it"]),
        (garbage, ["is damaged and was left untouched", "`quizapp db doctor --repair` saves"]),
        (gone, ["The data file is gone", "quizapp db restore", "brings the newest back"]),
        (old, ["could not be brought to the format of this quizapp (no such step)", "a copy of"]),
    ],
)
async def test_what_is_wrong_stands_on_the_screen_with_the_way_out(
    small: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    done: Callable[[Path], None],
    sentences: list[str],
) -> None:
    from quizapp.tui.app import QuizApp
    from tests.tui.calm import exact_waiting

    def fail(_: object) -> None:
        raise RuntimeError("no such step")

    small.store.append("note", "", {})
    database = small.store.path
    small.close()
    monkeypatch.setattr(migrate, "migrate", fail)
    done(database)
    before = database.read_bytes() if database.exists() else None
    app = QuizApp(small)
    with exact_waiting(app):
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until(pilot, lambda: "your progress cannot be opened" in one_line(app))
            for sentence in sentences:
                assert "".join(sentence.split()) in "".join(one_line(app).split())
            assert "Your files are as they were." in one_line(app)
            await pilot.press("q")
            await pilot.pause()
    assert app.return_code == 1
    assert (database.read_bytes() if database.exists() else None) == before
