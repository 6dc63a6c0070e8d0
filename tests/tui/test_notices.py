"""Notices: their whole text is on the screen, whatever its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.acting import one_line, running

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace


@pytest.mark.parametrize("columns", [40, 60, 61, 80])
async def test_a_notice_of_any_length_is_shown_to_its_end(small: Workspace, columns: int) -> None:
    async with running(small, "browse", size=(columns, 16)) as pilot:
        for length in range(columns // 3, columns):
            pilot.app.tell(f"A word and {'x' * length} END", severity="error")  # type: ignore[attr-defined]
            await pilot.pause(0.01)
            await pilot.pause()
            assert "END" in one_line(pilot.app), length
            pilot.app.clear_notifications()
            await pilot.pause()
