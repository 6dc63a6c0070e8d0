"""A key that is held down counts once; keys typed ahead land where they are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from quizapp.study.own import sheet
from quizapp.tui.presses import REPEAT_SECONDS, HeldKeys, Press
from tests.tui.acting import one_line, running, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace

HELD = (0.0, 0.5, *(0.5 + 0.04 * n for n in range(1, 20)))
"""When a key event comes while a key is held down, in seconds."""


def send(pilot: Pilot[Any], key: str, at: float | None = None) -> None:
    event = events.Key(key, " " if key == "space" else key if len(key) == 1 else None)
    if at is not None:
        event.time = at
    pilot.app.post_message(event)


def rated(workspace: Workspace) -> int:
    return sum(workspace.store.done_today(workspace.today()))


def test_repeats_are_told_from_presses() -> None:
    keys = HeldKeys()
    assert [keys.judge("enter", at) for at in (10, 10.5, 10.54, 10.58, 11.5)] == [
        Press.NEW,
        Press.UNSURE,
        Press.REPEAT,
        Press.REPEAT,
        Press.NEW,
    ]
    assert keys.judge("space", 11.51) is Press.NEW
    assert [keys.judge("down", at) for at in (12, 12.04, 12.08)] == [Press.NEW] * 3


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_a_held_key_shows_the_answer_and_rates_nothing(small: Workspace, key: str) -> None:
    async with running(small, "review") as pilot:
        pilot.app.held = HeldKeys()  # type: ignore[attr-defined]
        for at in HELD:
            send(pilot, key, 100 + at)
        await until(pilot, lambda: "Accept" in one_line(pilot.app))
        await pilot.pause(2 * REPEAT_SECONDS)
        assert "Accept" in one_line(pilot.app)
        assert rated(small) == 0
        send(pilot, key, 200)
        await until(pilot, lambda: "Accept" not in one_line(pilot.app))
        assert rated(small) == 1


async def test_two_quick_presses_are_two(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        pilot.app.held = HeldKeys()  # type: ignore[attr-defined]
        send(pilot, "space", 100)
        send(pilot, "space", 100.3)
        send(pilot, "3", 100.35)
        await until(pilot, lambda: rated(small) == 1)


async def test_keys_typed_ahead_land_in_the_field_they_are_meant_for(workspace: Workspace) -> None:
    own = sheet(workspace, "attention")
    async with running(workspace, "own", family="attention") as pilot:
        await until(pilot, lambda: pilot.app.focused is not None)
        for key in ("1", "tab", "2", "tab", "3", "shift+tab", "4"):
            send(pilot, key)
        await until(pilot, lambda: own.texts.get("V") == "3")
        await until(pilot, lambda: "4" in own.texts["K"])
        assert [own.texts[name] for name in ("Q", "V")] == ["1", "3"]
