"""What the tests of faults do in a review, and what must hold of the log after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.store.doctor import examine
from tests.tui.acting import one_line, screen_text

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace

BASIC = "What is the logistic function?"
SHOWN = "It runs from 0 to 1"
"""On the screen while the answer of ``BASIC`` is."""


async def show_answer(pilot: Pilot[Any]) -> None:
    """Put the other cards off until tomorrow and show the answer of one."""
    for _ in range(6):
        if BASIC in one_line(pilot.app):
            await pilot.press("space")
            assert SHOWN in one_line(pilot.app)
            return
        await pilot.press("f6")
    raise AssertionError(one_line(pilot.app))


def told(pilot: Pilot[Any], sentence: str) -> bool:
    """Whether a notice holds a sentence; its lines break anywhere, long names even within."""
    return noticed(screen_text(pilot.app), sentence)


def noticed(screen: str, sentence: str) -> bool:
    """Whether the notice on a screen holds a sentence."""
    notice = " ".join(line.partition("▌")[2] for line in screen.splitlines())
    return "".join(sentence.split()) in "".join(notice.split())


def reviews(workspace: Workspace) -> list[tuple[str, int]]:
    return [(e.subject, e.payload["rating"]) for e in workspace.store.events(kind="review")]


def agrees(workspace: Workspace) -> bool:
    """Whether the log is whole and the state is what follows from it."""
    store = workspace.store
    live = store.states()
    store.rebuild()
    return store.states() == live and examine(store) == []
