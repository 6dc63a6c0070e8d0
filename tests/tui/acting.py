"""What the tests of the screens do and see: the program as a person has it."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizapp.packs.load import load_pack
from quizapp.study.folders import folders
from quizapp.study.workspace import Workspace
from quizapp.tui.app import QuizApp
from tests.tui.calm import exact_waiting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from quizapp.packs.model import Pack

HERE = Path(__file__).parent
WRITE = "QUIZAPP_SNAPSHOTS"
_PATIENCE_SECONDS = 20


class Watch:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


def pack(name: str) -> Pack:
    """One of the packs that the tests bring along."""
    loaded = load_pack(HERE / "packs" / name)
    assert loaded.faults == ()
    return loaded


def workspace_at(folder: Path, watch: Watch, content: Pack | None = None) -> Workspace:
    """A workspace that has been set up, with the shipped content or another."""
    opened = Workspace(folders({"QUIZAPP_HOME": str(folder)}), watch)
    opened.change()
    if content is not None:
        opened.__dict__["pack"] = content
    return opened


@asynccontextmanager
async def running(
    workspace: Workspace,
    start: str | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    **options: Any,
) -> AsyncIterator[Pilot[int]]:
    """The app with its content loaded, at a screen."""
    app = QuizApp(workspace, start, options)
    with exact_waiting(app):
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, lambda: app.ready)
            await pilot.pause()
            yield pilot


async def write(pilot: Pilot[Any], text: str, *keys: str) -> None:
    """Put text into the line that has the focus, as a paste does, then press keys."""
    pilot.app.screen.focused.insert_text_at_cursor(text)  # type: ignore[union-attr]
    await pilot.press(*(keys or ("shift",)))


async def until(pilot: Pilot[Any], there: Callable[[], bool]) -> None:
    """Wait for something that comes from another thread or a timer."""
    for _ in range(_PATIENCE_SECONDS * 100):
        if there():
            return
        await pilot.pause(0.01)
    raise AssertionError(f"it did not come:\n{screen_text(pilot.app)}")


def screen_text(app: Any) -> str:
    """What stands on the screen, line by line, without trailing blanks."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips).rstrip("\n") + "\n"


def one_line(app: Any) -> str:
    """What stands on the screen with all white space as one blank, to look for sentences.

    The border of a notice stands before each of its lines and would cut sentences in two.
    """
    return " ".join(screen_text(app).replace("▌", " ").split())


def compare(app: Any, name: str) -> None:
    """Compare the screen with ``snapshots/<name>.txt``; QUIZAPP_SNAPSHOTS=write renews it."""
    file = HERE / "snapshots" / f"{name}.txt"
    seen = screen_text(app)
    if os.environ.get(WRITE) == "write":
        file.write_text(seen, encoding="utf-8")
    assert seen == file.read_text(encoding="utf-8"), f"{name}: renew it with {WRITE}=write"
