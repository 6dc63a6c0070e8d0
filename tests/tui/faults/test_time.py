"""The clock does what clocks do while the app is open: no answer is lost, no day counts twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from quizapp.tui.screens.review import ReviewScreen
from tests.tui.acting import one_line, running, until
from tests.tui.faults.reviewing import BASIC, agrees, reviews, show_answer

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch

BERLIN = ZoneInfo("Europe/Berlin")


def days(workspace: Workspace) -> list[str]:
    return [event.study_day for event in workspace.store.events(kind="review")]


async def test_a_clock_set_back_keeps_the_order_and_the_undo(
    small: Workspace, watch: Watch
) -> None:
    async with running(small, "review") as pilot:
        await show_answer(pilot)
        await pilot.press("1")
        first = small.store.events(kind="review")[-1]
        watch.wait(hours=-3)
        await show_again(pilot, watch)
        await pilot.press("3")
        assert reviews(small) == [("sigmoid", 1), ("sigmoid", 3)]
        assert small.store.events(kind="review")[0] == first
        await pilot.press("ctrl+z")
        assert reviews(small) == [("sigmoid", 1)]
        assert agrees(small)


async def show_again(pilot: Pilot[Any], watch: Watch) -> None:
    """Wait as long as it takes for a card that is being learned, and show its answer."""
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    for _ in range(60):
        if BASIC in one_line(pilot.app):
            break
        if screen._shown is not None:
            await pilot.press("f6")
        else:
            watch.wait(minutes=5)
            screen._look_again()
            await pilot.pause()
    await show_answer(pilot)


async def test_at_four_o_clock_the_next_study_day_begins_under_an_open_app(
    small: Workspace, watch: Watch
) -> None:
    watch.now = datetime(2026, 3, 3, 3, 58, tzinfo=UTC)
    async with running(small, "review") as pilot:
        await show_answer(pilot)
        await pilot.press("3")
        assert days(small) == ["2026-03-02"]
        watch.now = datetime(2026, 3, 3, 4, 9, tzinfo=UTC)
        await show_again(pilot, watch)
        await pilot.press("3")
        assert days(small) == ["2026-03-02", "2026-03-03"]
        assert agrees(small)


async def test_the_card_in_front_at_four_o_clock_is_not_rated_for_another(
    small: Workspace, watch: Watch
) -> None:
    watch.now = datetime(2026, 3, 3, 3, 59, 30, tzinfo=UTC)
    async with running(small, "review") as pilot:
        await show_answer(pilot)
        watch.wait(minutes=1)
        await pilot.press("3")
        await until(pilot, lambda: "A new day has begun" in one_line(pilot.app))
        assert reviews(small) == []


async def test_a_flight_over_the_date_line_goes_back_a_day_and_loses_nothing(
    small: Workspace, watch: Watch
) -> None:
    """From UTC+12 to UTC-11: what was the 3rd of March is the 2nd once more."""
    watch.now = datetime(2026, 3, 3, 10, tzinfo=timezone(timedelta(hours=12)))
    async with running(small, "review") as pilot:
        await show_answer(pilot)
        await pilot.press("3")
        memory = small.store.memory("sigmoid")
        watch.now = watch.now.astimezone(timezone(timedelta(hours=-11))) + timedelta(minutes=11)
        assert small.today() == date(2026, 3, 2)
        await pilot.press("f6")
        await until(pilot, lambda: "A new day has begun" in one_line(pilot.app))
        await show_again(pilot, watch)
        await pilot.press("3")
        assert days(small) == ["2026-03-03", "2026-03-02"]
        after = small.store.memory("sigmoid")
        assert memory is not None
        assert after is not None
        assert after.reps == 2
        assert after.stability >= memory.stability * 0.99, "the same day, not a day before"
        assert after.due_day is not None
        assert after.due_day > date(2026, 3, 2)
        offsets = [event.utc_offset // 3600 for event in small.store.events(kind="review")]
        assert offsets == [12, -11]
        await pilot.press("ctrl+z")
        assert days(small) == ["2026-03-03"]
        assert agrees(small)


async def through_the_night(small: Workspace, watch: Watch, at: datetime) -> None:
    """Answer a card at 1:58 local time, and again once it is due, beyond the change."""

    def local(moment: datetime) -> datetime:
        return moment.astimezone(BERLIN)

    watch.now = local(at)
    async with running(small, "review") as pilot:
        await show_answer(pilot)
        await pilot.press("3")
        due = small.store.memory("sigmoid")
        assert due is not None
        assert due.due_at is not None
        assert due.due_at == int((at + timedelta(minutes=10)).timestamp()) * 1_000_000
        watch.now = local(at + timedelta(minutes=10))
        await show_again(pilot, watch)
        await pilot.press("3")
        first, second = small.store.events(kind="review")
        assert second.at - first.at == 600_000_000, "ten minutes, whatever the clock shows"
        assert first.utc_offset != second.utc_offset
        assert first.study_day == second.study_day
        after = small.store.memory("sigmoid")
        assert after is not None
        assert after.due_day is not None
        assert after.due_day > date.fromisoformat(second.study_day)
        assert agrees(small)


async def test_the_night_in_which_summer_time_begins(small: Workspace, watch: Watch) -> None:
    await through_the_night(small, watch, datetime(2026, 3, 29, 0, 58, tzinfo=UTC))
    assert days(small) == ["2026-03-28"] * 2


async def test_the_night_in_which_summer_time_ends(small: Workspace, watch: Watch) -> None:
    await through_the_night(small, watch, datetime(2026, 10, 25, 0, 58, tzinfo=UTC))
    assert days(small) == ["2026-10-24"] * 2
