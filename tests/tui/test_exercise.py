"""What a student does with a computation by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from quizapp.exercises.problem import Problem, plain, read_problem
from quizapp.study.practice import ATTEMPT, left
from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.worksheet import Worksheet
from tests.tui.acting import compare, one_line, running, screen_text, until
from tests.tui.working import grid, paste, said, type_line, type_text

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace

Q, K, V = [[1, -1, -1, 0], [-1, 1, 1, 0]], [[-1, 0, 1, 0], [0, 0, 0, -1]], [[3, 3], [1, 0]]
SCORES, SCALED = "-2 0 2 0", "-1 0 1 0"
WEIGHTS, OUTPUT = "0.269 0.731 0.731 0.269", "1.538 0.807 2.462 2.193"


def attention() -> Problem:
    return read_problem({"family": "attention", "givens": {"Q": Q, "K": K, "V": V}, "level": 1})


def trace(n: int, sweeps: int = 1, **conventions: str) -> Problem:
    """A recall of n units in which every unit is updated in turn."""
    weights = [[0 if i == j else (1 if (i + j) % 3 else -1) for j in range(n)] for i in range(n)]
    return read_problem(
        {
            "family": "hopfield-recall",
            "givens": {
                "W": weights,
                "b": [0.5 if i % 2 else -0.25 for i in range(n)],
                "start": [1 if i % 2 else -1 for i in range(n)],
                "sweeps": [list(range(1, n + 1))] * sweeps,
                "patterns": [[1] * n],
            },
            "conventions": conventions,
        }
    )


def line_number(pilot: Pilot[Any]) -> int:
    """The line with the cursor, as the pointer beside it says."""
    (row,) = [row for row in screen_text(pilot.app).splitlines() if row.startswith("▸")]
    return int(row[1:].split()[0])


def scores(workspace: Workspace) -> list[float]:
    return [event.payload["score"] for event in workspace.store.events(kind=ATTEMPT)]


async def test_a_computation_is_done_line_by_line_with_the_keyboard(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        for number, text in enumerate([SCORES, SCALED, WEIGHTS, OUTPUT], start=1):
            assert line_number(pilot) == number
            await type_line(pilot, text)
            assert one_line(pilot.app).count("✓ Correct.") == number
        assert "✓ Solved. Score 100%." in one_line(pilot.app)
    assert scores(workspace)[-1] == 1.0


async def test_a_forgotten_step_is_named_and_the_next_line_carries_on(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_line(pilot, SCORES)
        await type_line(pilot, SCORES)
        await paste(pilot, "0.119 0.881; 0.881 0.119")
        await pilot.press("enter")
        assert "✗ The division by √d_k is missing." in said(pilot)
        assert "✓ Right, carried on from your line 2." in said(pilot)
        assert line_number(pilot) == 4
        await pilot.pause()
        compare(pilot.app, "exercise-slip")


async def test_wrong_cells_are_marked_beside_the_number(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_line(pilot, "-2 7 2 0")
        text = one_line(pilot.app)
        assert "✗ 1 of 4 entries is not right." in text
        assert "7 ✗" in text
        assert "2 ✗" not in text


async def test_a_verdict_is_gone_when_the_line_changes(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_line(pilot, "-2 7 2 0")
        await pilot.press("up", "up", "right", "0")
        text = one_line(pilot.app)
        assert "not right" not in text
        assert "✗" not in text


async def test_a_cell_says_at_once_that_it_cannot_be_read(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_text(pilot, "1/0")
        assert "1/0 ?" in one_line(pilot.app)
        assert "? The division" in one_line(pilot.app)
        await type_line(pilot, " 1 2 3")
        assert "? Cannot be read:" in one_line(pilot.app)
        assert line_number(pilot) == 1
    assert scores(workspace) == []


async def test_markup_in_a_cell_is_shown_as_it_is(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_text(pilot, "E[X][/b]")
        assert "E[X][/b] ?" in one_line(pilot.app)


async def test_enter_goes_to_the_next_blank_cell_before_it_checks(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_line(pilot, "-2")
        await type_line(pilot, "0")
        await type_line(pilot, "2")
        assert scores(workspace) == []
        await pilot.press("0", "enter")
        assert len(scores(workspace)) == 1


async def test_a_paste_fills_all_cells(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await paste(pilot, "[[-2, 0], [2, 0]]")
        assert grid(pilot).cells == [["-2", "0"], ["2", "0"]]
        await pilot.press("enter")
        assert "✓ Correct." in one_line(pilot.app)


async def test_a_paste_of_another_shape_is_refused_and_changes_nothing(
    workspace: Workspace,
) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await pilot.press("5")
        await paste(pilot, "1 2 3\n4 5 6")
        assert "Not pasted:" in one_line(pilot.app)
        assert grid(pilot).cells == [["5", ""], ["", ""]]


async def test_arrows_and_tab_move_through_cells_and_lines(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        first = grid(pilot)
        await pilot.press("down", "right")
        assert (first.row, first.column) == (1, 1)
        await pilot.press("tab")
        assert line_number(pilot) == 2
        await pilot.press("shift+tab")
        assert line_number(pilot) == 1
        assert (grid(pilot).row, grid(pilot).column) == (1, 0)
        await pilot.press("down", "down", "down")
        assert line_number(pilot) == 3


async def test_typing_can_be_mended_within_a_cell(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await type_text(pilot, "123")
        await pilot.press("left", "left", "backspace", "9")
        assert grid(pilot).text == "923"
        await pilot.press("right", "delete")
        assert grid(pilot).text == "92"
        await pilot.press("ctrl+u")
        assert grid(pilot).text == ""


async def test_all_lines_are_checked_at_once_and_summed_up(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await pilot.press("f6")
        assert "Nothing is typed yet" in one_line(pilot.app)
        await type_text(pilot, SCORES)
        await pilot.press("tab")
        await type_text(pilot, SCORES)
        await pilot.press("f6")
        text = one_line(pilot.app)
        assert "Score 25%. Line 2: mend it and check again" in text
        assert "1/4" in text.splitlines()[0]


async def test_hints_come_one_after_the_other(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await pilot.press("down", "down", "f2")
        assert "Hint 1 of 3. Scaled scores: it needs K and line 1." in said(pilot)
        await pilot.press("f2")
        assert "Hint 2 of 3." in said(pilot)
        await pilot.press("f2", "f2")
        assert "Hint 3 of 3." in said(pilot)


async def test_a_formula_is_shown_in_full_size_and_away_again(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await pilot.press("down", "down", "f3")
        await pilot.pause()
        assert "─────" in screen_text(pilot.app).split("Scaled scores")[1]
        await pilot.press("f3")
        await pilot.pause()
        assert "─────" not in screen_text(pilot.app).split("Scaled scores")[1]


async def test_differences_are_shown_after_the_solution_and_not_before(
    workspace: Workspace,
) -> None:
    async with running(workspace, "exercise", problem=trace(3), size=(120, 60)) as pilot:
        assert "Slides against textbook" not in one_line(pilot.app)
        await pilot.press("f4")
        assert "Solution · Recall by repeated Hopfield updates" in one_line(pilot.app)
        assert "(a shows all)" in one_line(pilot.app)
        await pilot.press("a")
        assert "(a shows all)" not in one_line(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Slides against textbook" in one_line(pilot.app)
        await pilot.press("f6")
        assert "solution seen" in one_line(pilot.app)


async def test_the_solution_looks_so(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=attention()) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        compare(pilot.app, "solution")


async def test_new_numbers_keep_the_old_ones_to_be_taken_up_again(workspace: Workspace) -> None:
    async with running(workspace, "practice", family="attention", level=1) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        await pilot.press("7")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid) and not grid(pilot).text)
        assert len(left(workspace)) == 1
        await pilot.press("escape")
        await pilot.pause()
        assert "Go on with" in one_line(pilot.app)
        await pilot.press("pageup", "enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert grid(pilot).text == "7"


async def test_the_level_goes_up_and_not_beyond_the_last(workspace: Workspace) -> None:
    async with running(workspace, "exercise", family="attention", level=2) as pilot:
        assert "level 2" in one_line(pilot.app)
        await pilot.press("f8")
        await until(pilot, lambda: "level 3" in one_line(pilot.app))
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        await pilot.press("f8")
        await pilot.pause()
        assert "There is no level above this one." in one_line(pilot.app)


async def test_a_level_that_does_not_exist_is_said_and_nothing_opens(workspace: Workspace) -> None:
    async with running(workspace, "exercise", family="attention", level=9) as pilot:
        await pilot.pause()
        assert "Attention has no level 9" in one_line(pilot.app)
        assert not pilot.app.screen.query(Worksheet)


async def test_another_convention_is_recognized(workspace: Workspace) -> None:
    problem = trace(3)
    other = trace(3, offset="threshold").solve()
    async with running(workspace, "exercise", problem=problem) as pilot:
        await paste(pilot, " ".join(str(value) for value in plain(other["fields"])))
        await pilot.press("enter")
        await pilot.pause()
        assert "≈ Right under another convention: offset = threshold" in said(pilot)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_a_trace_of_eight_units_is_typed_to_its_last_cell(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    problem = trace(8)
    right = {name: plain(value) for name, value in problem.solve().items()}
    async with running(workspace, "exercise", problem=problem, size=size) as pilot:
        await paste(pilot, " ".join(str(value) for value in right["fields"]))
        await pilot.press("enter")
        rows = [" ".join(f"{value:g}" for value in row) for row in right["states"]]
        await paste(pilot, "\n".join(rows[:-1]))
        for _ in range(7):
            await pilot.press("down")
        await type_text(pilot, rows[-1])
        await pilot.pause()
        last = [row for row in screen_text(pilot.app).splitlines() if "t=8 unit 8 ⎣" in row]
        assert rows[-1].split() in [row.split("⎣")[1].split("⎦")[0].split() for row in last]
        await pilot.press("enter")
        await pilot.pause()
        assert "✓ Correct." in one_line(pilot.app)
        assert line_number(pilot) == 3
    verdicts = workspace.store.events(kind=ATTEMPT)[-1].payload["verdicts"]
    assert (verdicts["fields"], verdicts["states"]) == ("correct", "correct")


async def test_the_problem_stands_beside_the_lines_where_there_is_room(
    workspace: Workspace,
) -> None:
    async with running(workspace, "exercise", problem=attention(), size=(120, 30)) as pilot:
        await pilot.pause()
        first = screen_text(pilot.app).splitlines()[1]
        assert "│▸ 1  Scores" in first
        assert "F7/F8 Level" in one_line(pilot.app)


async def test_all_of_a_long_problem_is_shown_on_request(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=trace(8), size=(60, 16)) as pilot:
        await pilot.pause()
        assert "ctrl+t all of it · ctrl+↓ scrolls" in one_line(pilot.app)
        before = len(screen_text(pilot.app).split("────")[0].splitlines())
        await pilot.press("ctrl+t")
        assert len(screen_text(pilot.app).split("────")[0].splitlines()) > before
        for _ in range(4):
            await pilot.press("ctrl+down")
        assert "X stored patterns, one per row." in one_line(pilot.app)
        await type_text(pilot, "1")
        assert grid(pilot).text == "1"
        await pilot.press("ctrl+t")
        assert len(screen_text(pilot.app).split("────")[0].splitlines()) == before


async def test_whole_numbers_need_no_decimals_to_keep(workspace: Workspace) -> None:
    async with running(workspace, "exercise", family="dense-params", level=1) as pilot:
        await pilot.pause()
        assert "decimal" not in one_line(pilot.app)


async def test_matrices_of_a_deeper_value_are_called_by_their_place(workspace: Workspace) -> None:
    async with running(
        workspace, "exercise", family="conv2d-channels", level=3, size=(120, 40)
    ) as pilot:
        await pilot.pause()
        text = one_line(pilot.app)
        assert "k[2,1] =" in text
        assert "2,1 ⎡ ·" in text


async def test_a_trace_looks_so(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=trace(3)) as pilot:
        await pilot.pause()
        compare(pilot.app, "exercise-trace")
