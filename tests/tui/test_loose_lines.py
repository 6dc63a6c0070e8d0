"""Lines of words, and of rows of lengths of their own, typed with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.exercises.problem import Problem, read_problem
from tests.tui.acting import one_line, running
from tests.tui.working import paste, said, type_line, type_text

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace


def graph() -> Problem:
    edges = [["t", "x", 2], ["t", "y", 3], ["x", "z", 5], ["y", "z", 7]]
    givens = {"edges": edges, "source": "t", "target": "z"}
    return read_problem({"family": "computation-graph", "givens": givens, "level": 1})


def deep() -> Problem:
    givens = {
        "x": [1, 2],
        "weights": [[[1, -1], [0.5, 0.25]], [[1, 1]]],
        "biases": [[0, 1], [0.5]],
        "f": "relu",
        "out": "identity",
    }
    return read_problem({"family": "deep-mlp-forward", "givens": givens, "level": 1})


def colouring() -> Problem:
    A = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    givens = {"A": A, "start": [1, 1, 1], "rounds": 1}
    return read_problem({"family": "wl-colouring", "givens": givens, "level": 1})


async def test_paths_are_typed_one_a_cell(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=graph()) as pilot:
        await type_text(pilot, "t x z")
        await pilot.press("enter")
        await type_text(pilot, "t y z")
        await pilot.press("enter", "enter")
        assert "✓ Correct." in said(pilot)
        await type_text(pilot, "10 21")
        await pilot.press("enter", "enter")
        await type_line(pilot, "31")
        assert "✓ Solved. Score 100%." in one_line(pilot.app)


async def test_a_wrong_path_is_marked(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=graph()) as pilot:
        await paste(pilot, "t x z, t y x z")
        await pilot.press("end", "enter")
        assert "✗" in said(pilot)
        assert "entries are not right" in said(pilot)


async def test_rows_of_a_network_have_their_own_lengths(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=deep()) as pilot:
        assert "layer 2 [" in one_line(pilot.app)
        await type_line(pilot, "-1 2 2.5")
        await type_line(pilot, "0 2 2.5")
        await type_line(pilot, "2.5")
        assert "✓ Solved. Score 100%." in one_line(pilot.app)


async def test_signatures_are_lists_in_their_cells(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=colouring()) as pilot:
        for text in ("1: 1", "1: {1, 1}", "1 1"):
            await type_text(pilot, text)
            await pilot.press("enter")
        assert "✓ Correct." in said(pilot)
        await type_line(pilot, "5 3 5")
        assert said(pilot).count("✓ Correct.") == 2


async def test_a_word_is_typed_with_its_blank(workspace: Workspace) -> None:
    sizes = read_problem({"family": "layer-count", "givens": {"sizes": [3, 2]}, "level": 1})
    async with running(workspace, "exercise", problem=sizes) as pilot:
        for text in ("0", "1", "1", "Single layer"):
            await type_text(pilot, text)
            await pilot.press("enter")
        assert "✓ Solved. Score 100%." in one_line(pilot.app)


async def test_lists_are_pasted_into_their_cells(workspace: Workspace) -> None:
    async with running(workspace, "exercise", problem=graph()) as pilot:
        await paste(pilot, "t -> x -> z\nt -> y -> z\n")
        await pilot.press("end", "enter")
        assert "✓ Correct." in said(pilot)
    async with running(workspace, "exercise", problem=colouring()) as pilot:
        await paste(pilot, "(1, 1) (1, 1, 1) (1, 1)")
        await pilot.press("enter")
        assert "✓ Correct." in said(pilot)
