"""The end of a day with a plan: what was done, what is predicted, going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.scheduling.memory import Rating
from quizapp.study import planning
from tests.tui.acting import compare, one_line, running, until
from tests.tui.planned import EXAM, planned

if TYPE_CHECKING:
    import pytest

    from quizapp.study.workspace import Workspace
    from quizapp.tui.screens.review import ReviewScreen

MORE = "m brings what the next days would, about ten minutes of it."


def answer_all(screen: ReviewScreen) -> int:
    """Answer what the day still brings; how much that was."""
    session = screen._session
    assert session is not None
    before = session.answered
    while session.current() is not None:
        session.rate(Rating.EASY)
    screen.show_next()
    return session.answered - before


async def test_the_share_then_what_goes_beyond_it(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "exam_plan", lambda _: planned())
    small.change(exam_date=EXAM, minutes_a_day=1)
    async with running(small, "review") as pilot:
        screen = pilot.app.screen
        done = answer_all(screen)  # type: ignore[arg-type]
        assert 0 < done < len(small.pack.cards)
        told = "On the day of the exam, in 10 days: predicted 81 %, goal 90 %."
        await until(pilot, lambda: told in one_line(pilot.app))
        await pilot.pause()
        assert "✓ Today's share is done." in one_line(pilot.app)
        assert MORE in one_line(pilot.app)
        compare(pilot.app, "review-share-done")
        await pilot.press("m")
        assert "Today's share is done." not in one_line(pilot.app)
        assert done + answer_all(screen) == len(small.pack.cards)  # type: ignore[arg-type]
        await pilot.press("m")
        assert "There is nothing more to bring today." in one_line(pilot.app)


async def test_without_a_plan_more_goes_beyond_the_limits(small: Workspace) -> None:
    small.change(new_a_day=1)
    async with running(small, "review") as pilot:
        answer_all(pilot.app.screen)  # type: ignore[arg-type]
        told = "m brings cards beyond today's limits."
        await until(pilot, lambda: told in one_line(pilot.app))
        assert "✓ Nothing is left for now." in one_line(pilot.app)
        await pilot.press("m")
        assert "new" in one_line(pilot.app)
        assert "Nothing is left" not in one_line(pilot.app)


async def test_home_says_that_the_share_is_done(small: Workspace) -> None:
    small.change(exam_date=EXAM, minutes_a_day=1)
    async with running(small, "review") as pilot:
        answer_all(pilot.app.screen)  # type: ignore[arg-type]
        await pilot.press("escape")
        await until(pilot, lambda: "✓ Today's share is done" in one_line(pilot.app))
        await until(pilot, lambda: "On the day" in one_line(pilot.app))
