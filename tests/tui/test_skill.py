"""What a student does with an exercise that the daily review brings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.tui.screens.review import ReviewScreen
from quizapp.tui.screens.skill import SkillScreen
from tests.study.skilled import LINES, SKILL, known_numbers
from tests.tui.acting import compare, one_line, running, until
from tests.tui.working import paste, said

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch

BOTH = pytest.mark.parametrize("size", [(80, 24), (60, 16)], ids=["80x24", "60x16"])


@pytest.fixture(autouse=True)
def _one_exercise(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day of one exercise, whose numbers are known, and two new cards."""
    known_numbers(monkeypatch)
    workspace.change(new_a_day=0, skills_a_day=1)


async def opened(pilot: Pilot[Any]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, SkillScreen))
    await pilot.pause()
    await pilot.pause()


async def do(pilot: Pilot[Any], *texts: str) -> None:
    """Fill one line after the other and check it."""
    for text in texts:
        await paste(pilot, text)
        await pilot.press("enter")
        await pilot.pause()


async def back(pilot: Pilot[Any]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
    await pilot.pause()


def ratings(workspace: Workspace) -> list[tuple[str, int]]:
    return [(e.subject, e.payload["rating"]) for e in workspace.store.events("review")]


@BOTH
async def test_right_at_once_enter_takes_the_rating_and_goes_on(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with running(workspace, "review", size=size) as pilot:
        await opened(pilot)
        await do(pilot, *LINES.values())
        await pilot.pause()
        told = one_line(pilot.app)
        assert "Good: right at once." in told
        assert "▸3 Good" in told
        assert ratings(workspace) == []
        await pilot.press("enter")
        await back(pilot)
        assert ratings(workspace) == [(SKILL, 3)]
        assert "Nothing is left" in one_line(pilot.app)


@BOTH
async def test_a_slip_is_named_and_makes_it_hard(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with running(workspace, "review", size=size) as pilot:
        await opened(pilot)
        await do(pilot, *list(LINES.values())[:3], LINES["scaled"])
        assert "The diagonal must be 0" in said(pilot)
        assert "Hard" not in one_line(pilot.app)  # one may mend it
        await pilot.press("f6")
        await pilot.pause()
        await pilot.pause()
        assert "Hard: one line not right." in one_line(pilot.app)
        compare(pilot.app, "skill-slip" if size == (80, 24) else "skill-slip-60")
        await pilot.press("tab")
        await pilot.pause()
        await do(pilot, LINES["W"])
        await pilot.pause()
        assert "Hard: one line mended." in one_line(pilot.app)
        await pilot.press("2")
        await back(pilot)
    assert ratings(workspace) == [(SKILL, 2)]


async def test_a_hint_makes_it_hard_and_the_student_may_correct_that(
    workspace: Workspace,
) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        await pilot.press("f2")
        await do(pilot, *LINES.values())
        await pilot.pause()
        assert "Hard: one hint." in one_line(pilot.app)
        await pilot.press("3")
        await back(pilot)
    assert ratings(workspace) == [(SKILL, 3)]


@BOTH
async def test_escape_leaves_it_as_it_stands_and_enter_comes_back(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with running(workspace, "review", size=size) as pilot:
        await opened(pilot)
        await do(pilot, LINES["bipolar"])
        await pilot.press("escape")
        await back(pilot)
        assert "It waits as you left it." in one_line(pilot.app)
        assert "Enter go on with it" in one_line(pilot.app)
        await pilot.press("enter")
        await opened(pilot)
        assert said(pilot).count("✓ Correct.") == 1
        await do(pilot, *list(LINES.values())[1:])
        await pilot.pause()
        assert "Good: right at once." in one_line(pilot.app)
    assert ratings(workspace) == []


async def test_who_gives_up_sees_the_solution_and_is_told_what_comes_first(
    workspace: Workspace,
) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        await pilot.press("f4")
        await pilot.pause()
        await pilot.press("escape")
        await opened(pilot)
        assert "Again: the solution was looked at." in one_line(pilot.app)
        await pilot.press("enter")
        await back(pilot)
        assert "come first today: on" in one_line(pilot.app)
        front = pilot.app.screen
        assert isinstance(front, ReviewScreen)
    assert ratings(workspace) == [(SKILL, 1)]
    assert workspace.store.wanted(workspace.today())


async def test_who_gave_up_and_left_can_still_be_rated(workspace: Workspace) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        await pilot.press("f4")
        await pilot.pause()
        await pilot.press("escape")
        await opened(pilot)
        await pilot.press("escape")
        await back(pilot)
        await pilot.press("enter")
        await opened(pilot)
        await pilot.press("f6")
        await pilot.pause()
        assert "Again: the solution was looked at." in one_line(pilot.app)


async def test_u_takes_the_rating_back_and_another_can_be_given(workspace: Workspace) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        await do(pilot, *LINES.values())
        await pilot.pause()
        await pilot.press("enter")
        await back(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert ratings(workspace) == []
        assert "Taken back" in one_line(pilot.app)
        await pilot.press("enter")
        await opened(pilot)
        assert "Good: right at once." in one_line(pilot.app)
        await pilot.press("4")
        await back(pilot)
    assert ratings(workspace) == [(SKILL, 4)]


async def test_an_exercise_begun_before_the_day_turns_over_is_rated_after_it(
    workspace: Workspace, watch: Watch
) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        await do(pilot, *LINES.values())
        watch.wait(hours=20)
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: ratings(workspace) == [(SKILL, 3)])


async def test_an_exercise_whose_content_is_gone_gives_way(workspace: Workspace) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        await do(pilot, *LINES.values())
        await pilot.pause()
        workspace.take(replace(workspace.pack, items={}, blueprints={}))
        front = next(one for one in pilot.app.screen_stack if isinstance(one, ReviewScreen))
        front.content_changed()
        await pilot.press("enter")
        await back(pilot)
    assert ratings(workspace) == []


@pytest.mark.parametrize(("key", "kind"), [("minus", "bury"), ("at", "suspend")])
async def test_bury_and_suspend_have_the_keys_of_a_card(
    workspace: Workspace, key: str, kind: str
) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        await pilot.press("escape")
        await back(pilot)
        await pilot.press(key)
        await pilot.pause()
        (event,) = workspace.store.events(kind)
        assert event.subject == SKILL


@pytest.mark.parametrize(("key", "kind"), [("f8", "bury"), ("f7", "suspend")])
async def test_they_also_work_while_one_computes(workspace: Workspace, key: str, kind: str) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        await pilot.press(key)
        await back(pilot)
        (event,) = workspace.store.events(kind)
        assert event.subject == SKILL


async def test_new_numbers_and_levels_are_for_free_practice(workspace: Workspace) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        before = pilot.app.screen
        await pilot.press("f5", "ctrl+r")
        await pilot.pause()
        assert pilot.app.screen is before


async def test_an_exercise_that_waits_looks_so(workspace: Workspace) -> None:
    async with running(workspace, "review") as pilot:
        await opened(pilot)
        await pilot.press("escape")
        await back(pilot)
        compare(pilot.app, "skill-waits")


async def test_free_practice_counts_and_says_so(workspace: Workspace) -> None:
    from tests.study.skilled import problem

    async with running(workspace, "exercise", problem=problem()) as pilot:
        await pilot.pause()
        await do(pilot, *LINES.values())
        await pilot.pause()
        assert "Counts as today's review: Good (right at once), again in" in one_line(pilot.app)
    assert ratings(workspace) == [(SKILL, 3)]
