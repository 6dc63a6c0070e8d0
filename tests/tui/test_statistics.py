"""Slips teach: they are listed in words, and practised on numbers on which they would show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.practice import PracticeRun
from quizapp.study.slips import can_be_made
from quizapp.tui.widgets.grid import Grid
from tests.tui.acting import compare, one_line, running, screen_text, until
from tests.tui.test_exercise import OUTPUT, SCALED, SCORES, WEIGHTS, attention
from tests.tui.working import paste, type_line

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch

RIGHT = {"scores": SCORES, "scaled": SCALED, "weights": WEIGHTS, "output": OUTPUT}


def attempt(workspace: Workspace, watch: Watch, *, slip: bool) -> None:
    """Four minutes on attention, with the root forgotten or all right."""
    run = PracticeRun(workspace, attention())
    watch.wait(minutes=4)
    for step, text in RIGHT.items():
        cells = text if not (slip and step == "scaled") else SCORES
        run.write(step, cells.replace(" ", ", "))
    run.write("scores", "-2 0; 2 0")
    run.write("scaled", "-2 0; 2 0" if slip else "-1 0; 1 0")
    run.write("weights", "0.269 0.731; 0.731 0.269")
    run.write("output", "1.538 0.807; 2.462 2.193")
    run.check_all()


def shown_slip(pilot: Pilot[int]) -> bool:
    """Whether the problem on screen is one on which the root can be forgotten."""
    problem = pilot.app.screen.run.problem  # type: ignore[attr-defined]
    slip = next(s for s in problem.family.slips if s.name == "no-scaling")
    return problem.family.id == "attention" and can_be_made(problem, slip)


async def read(pilot: Pilot[int]) -> None:
    """Wait until the log has been read."""
    await until(pilot, lambda: pilot.app.screen._figures is not None)  # type: ignore[attr-defined]
    await pilot.pause()


async def test_nothing_practised_is_said(workspace: Workspace) -> None:
    async with running(workspace) as pilot:
        await pilot.press("s")
        await read(pilot)
        await pilot.press("7")
        assert "Nothing has been practised yet." in one_line(pilot.app)


async def test_slips_and_computations_are_listed(workspace: Workspace, watch: Watch) -> None:
    for slip in (True, True, False):
        attempt(workspace, watch, slip=slip)
        watch.wait(days=1)
    async with running(workspace, "statistics", page="practice") as pilot:
        await read(pilot)
        compare(pilot.app, "statistics")


async def test_enter_on_a_slip_practises_it(workspace: Workspace, watch: Watch) -> None:
    attempt(workspace, watch, slip=True)
    async with running(workspace, "statistics", page="practice", size=(60, 16)) as pilot:
        await read(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert "My slips · Scaled dot-product" in one_line(pilot.app)
        assert shown_slip(pilot)


async def test_enter_on_a_computation_practises_it(workspace: Workspace, watch: Watch) -> None:
    attempt(workspace, watch, slip=False)
    async with running(workspace, "statistics", page="practice") as pilot:
        await read(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert "Scaled dot-product attention" in one_line(pilot.app)


async def test_home_names_the_slips_and_one_key_practises_them(
    workspace: Workspace, watch: Watch
) -> None:
    attempt(workspace, watch, slip=True)
    async with running(workspace) as pilot:
        await until(pilot, lambda: "1×  The division by √d_k is" in screen_text(pilot.app))
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert shown_slip(pilot)
        first = pilot.app.screen
        await pilot.press("f5")
        await until(pilot, lambda: pilot.app.screen is not first)
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert shown_slip(pilot)


async def test_a_slip_just_made_can_be_practised_from_the_summary(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_line(pilot, SCORES)
        await type_line(pilot, SCORES)
        await paste(pilot, "0.119 0.881; 0.881 0.119")
        await pilot.press("enter")
        await paste(pilot, "1.238 0.357; 2.762 2.643")
        await pilot.press("enter")
        assert "You made a slip: F10 practises it." in one_line(pilot.app)
        first = pilot.app.screen
        await pilot.press("f10")
        await until(pilot, lambda: pilot.app.screen is not first)
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert shown_slip(pilot)
        assert "My slips" in one_line(pilot.app)


async def test_after_a_slip_was_practised_it_is_said_whether_it_was_made(
    workspace: Workspace, watch: Watch
) -> None:
    attempt(workspace, watch, slip=True)
    async with running(workspace, "statistics", page="practice") as pilot:
        await read(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        values = pilot.app.screen.run.problem.solve()  # type: ignore[attr-defined]
        for value in values.values():
            await paste(pilot, "; ".join(" ".join(map(str, row)) for row in value.tolist()))
            await pilot.press("enter")
        text = one_line(pilot.app)
        assert "✓ Not made this time: The division by √d_k is missing." in text
