"""Finding a computation among more than a hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.exercises.catalogue import family_ids
from quizapp.study.selection import course_families, families_by_course
from quizapp.tui.widgets.grid import Grid
from tests.tui.acting import one_line, running, screen_text, until
from tests.tui.working import type_text

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace


def test_every_family_stands_under_one_course_and_the_own_course_comes_first(
    workspace: Workspace,
) -> None:
    sections = families_by_course(workspace)
    listed = [family.id for _, families in sections for family in families]
    assert sorted(listed) == sorted(family_ids())
    assert sections[0][0].id == workspace.course.id
    assert {f.id for f in sections[0][1]} >= set(course_families(workspace))


async def test_the_families_of_the_course_come_first(workspace: Workspace) -> None:
    async with running(workspace, "practice") as pilot:
        await pilot.pause()
        rows = screen_text(pilot.app).splitlines()
        assert f"{len(family_ids())} families" in rows[0]
        assert rows[4].split("  ")[0] == " ── Methods of AI ──"
        assert rows[5] == " Activations"
        assert rows[6].startswith("   Activation functions and their slopes")


async def test_what_is_typed_finds_a_family_and_enter_starts_it(workspace: Workspace) -> None:
    async with running(workspace, "practice") as pilot:
        await type_text(pilot, "dot product")
        assert "Hopfield" not in one_line(pilot.app)
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        text = one_line(pilot.app)
        assert "Scaled dot-product attention" in text
        assert "level 2" in text


async def test_a_family_of_another_course_is_found_too(workspace: Workspace) -> None:
    async with running(workspace, "practice") as pilot:
        await type_text(pilot, "gin")
        rows = [row.strip() for row in screen_text(pilot.app).splitlines()]
        first = rows.index("Graph isomorphism network update")
        assert rows[first - 2].startswith("── ECE 493")
        assert first < rows.index("Margin of a linear decision boundary")


async def test_a_word_of_a_line_finds_the_family_that_has_it(workspace: Workspace) -> None:
    async with running(workspace, "practice", size=(60, 16)) as pilot:
        await type_text(pilot, "eigenvalues")
        assert "First principal component" in one_line(pilot.app)


async def test_nothing_found_is_said_and_escape_shows_all_again(workspace: Workspace) -> None:
    async with running(workspace, "practice") as pilot:
        await type_text(pilot, "zebra [/b]")
        assert "No family has these words; Esc shows all." in one_line(pilot.app)
        await pilot.press("enter", "escape")
        assert f"{len(family_ids())} families" in one_line(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Practise a computation" not in screen_text(pilot.app).splitlines()[0]


async def test_the_highlight_moves_while_one_types(workspace: Workspace) -> None:
    async with running(workspace, "practice") as pilot:
        await type_text(pilot, "/hopfield")
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert "Energy landscape" in one_line(pilot.app)


async def test_levels_turn_with_the_arrows(workspace: Workspace) -> None:
    async with running(workspace, "practice") as pilot:
        assert "▸1 easy" in one_line(pilot.app)
        await pilot.press("right", "right", "right")
        assert "▸3 hard" in one_line(pilot.app)
        await pilot.press("left")
        assert "▸2 middle" in one_line(pilot.app)


async def test_without_a_slip_there_is_none_to_practise(workspace: Workspace) -> None:
    async with running(workspace, "practice") as pilot:
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "No slip is in your log yet" in one_line(pilot.app)
