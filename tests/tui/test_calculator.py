"""The line to calculate on beside a computation, in practice and in an exam."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from quizapp.study.practice import ATTEMPT
from quizapp.study.scratch import KEPT
from quizapp.study.sitting import Sitting, blueprints
from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.scratch_pad import ScratchPad
from tests.tui.acting import compare, one_line, running, until
from tests.tui.test_exercise import OUTPUT, SCALED, SCORES, WEIGHTS, attention
from tests.tui.working import grid, paste, type_line, type_text

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace


def is_open(pilot: Pilot[int]) -> bool:
    return bool(pilot.app.screen.query_one(ScratchPad).display)


async def test_an_equals_sign_in_a_blank_cell_calculates_at_once(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_text(pilot, "=3*0.25 + exp(-1)")
        assert is_open(pilot)
        assert "= 1.117879441 tab: 1.118" in one_line(pilot.app)


async def test_tab_puts_the_value_into_the_cell_with_the_decimals_to_keep(
    workspace: Workspace,
) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await pilot.press("right")
        await type_text(pilot, "=2/3")
        await pilot.press("tab")
        assert not is_open(pilot)
        assert grid(pilot).cells == [["", "0.667"], ["", ""]]
        await type_text(pilot, "=ans*3")
        await pilot.press("tab")
        assert grid(pilot).cells[0][1] == "2"  # ans has all digits


async def test_results_are_kept_and_can_be_called_back(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await pilot.press("ctrl+e")
        for text in ("1+1", "ans*10", "ans^2"):
            await type_line(pilot, text)
        await pilot.press("up", "up")
        await pilot.pause()
        compare(pilot.app, "calculator")
        await pilot.press("escape", "7")
        assert not is_open(pilot)
        assert grid(pilot).text == "7"


async def test_an_equals_sign_within_a_text_is_typed(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_text(pilot, "2=")
        assert not is_open(pilot)
        assert grid(pilot).text == "2="


async def test_a_begun_expression_goes_along(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_text(pilot, "exp(-1)*")
        await pilot.press("ctrl+e", "2")
        assert "= 0.7357588823" in one_line(pilot.app)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("9**9**9", "? The result at character 2 is too large for a number"),
        ("E[X][/b] + __import__('os')", "? “'” at character 23 cannot be read"),
    ],
)
async def test_what_has_no_value_is_refused_with_a_sentence(
    workspace: Workspace, typed: str, told: str
) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await pilot.press("ctrl+e")
        await paste(pilot, typed)
        await pilot.press("tab")
        assert is_open(pilot)
        assert told in one_line(pilot.app)
        await pilot.press("escape")
        assert grid(pilot).text == ""


async def test_a_million_characters_are_refused_and_nothing_is_lost(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_text(pilot, "=1+1")
        pilot.app.post_message(events.Paste("9" * 1_000_000))
        await pilot.pause()
        await pilot.pause()
        assert "? Not pasted: an expression has at most 200 characters." in one_line(pilot.app)
        await pilot.press("enter")
        assert "1+1 = 2" in one_line(pilot.app)


async def test_the_summary_and_the_log_say_that_it_was_used(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_text(pilot, "=exp(-1)")
        await pilot.press("enter")
        await type_text(pilot, "1/(1+ans)")
        await pilot.press("enter", "escape")
        for text in (SCORES, SCALED, WEIGHTS, OUTPUT):
            await type_line(pilot, text)
        assert "Score 100%, 2 calculations." in one_line(pilot.app)
    logged = workspace.store.events(kind=ATTEMPT)[-1].payload["scratch"]
    assert logged == {"count": 2, "expressions": ["exp(-1)", "1/(1+ans)"]}


async def test_the_hint_is_for_the_line_one_calculates_for(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await pilot.press("down", "down", "ctrl+e", "f2")
        await pilot.pause()
        assert "Hint 1 of 3. Scaled scores" in one_line(pilot.app)


async def test_in_an_exam_it_is_there_and_its_use_is_noted(workspace: Workspace) -> None:
    sitting = Sitting.begin(workspace, blueprints(workspace)[0], seed=3)
    number = next(n for n, q in enumerate(sitting.paper.questions) if q.kind == "exercise")
    sitting.go(number)
    async with running(workspace, "sitting", sitting=sitting) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        await type_text(pilot, "=1/4")
        await pilot.press("enter")
        assert "1/4 = 0.25" in one_line(pilot.app)
        await type_text(pilot, "ans*2")
        await pilot.press("tab")
        assert grid(pilot).text == "0.5"
        await pilot.press("pageup", "pagedown")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        await type_text(pilot, "=2+2")
        await pilot.press("enter", "escape", "pageup")
        await pilot.pause()
    answer = Sitting.load(workspace, sitting.id).answers[number]
    assert answer["scratch"] == {"count": 3, "expressions": ["1/4", "ans*2", "2+2"]}
    assert KEPT >= 3
