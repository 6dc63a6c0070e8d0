"""A student saves a problem, finds it again and opens those of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.exercises.problem import read_problem
from quizapp.study.own import sheet
from quizapp.study.practice import PracticeRun
from quizapp.study.problem_files import folder, open_problem, remember_folder
from quizapp.study.sharing import Shared, read_shared
from quizapp.tui.screens.own import OwnScreen
from quizapp.tui.screens.save import SaveScreen
from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.input_line import Entry
from tests.tui.acting import compare, one_line, running, screen_text, until
from tests.tui.working import type_text

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace

SOFTMAX = {"family": "softmax", "givens": {"z": [0, 1], "alpha": 1}}
HOSTILE = "E[X] [/foo] [b $x$ \x1b]0;x\x07"


def prefill(workspace: Workspace) -> None:
    own = sheet(workspace, "softmax")
    own.texts |= {"z": "0 1", "alpha": "1"}


async def fill(pilot: Pilot[Any], **texts: str) -> None:
    """Type into fields of the form, in the place of what stands there."""
    for name, text in texts.items():
        pilot.app.screen.query_one(f"#{name}").focus()
        await pilot.press("end", "ctrl+u")
        await type_text(pilot, text)


async def saving(pilot: Pilot[Any]) -> None:
    await pilot.press("f12")
    await until(pilot, lambda: isinstance(pilot.app.screen, SaveScreen))


async def test_the_numbers_of_a_form_are_saved(workspace: Workspace, tmp_path: Path) -> None:
    prefill(workspace)
    async with running(workspace, "own", family="softmax") as pilot:
        await pilot.pause()
        await saving(pilot)
        assert pilot.app.screen.query_one("#folder", Entry).value == str(folder(workspace))
        await fill(pilot, folder=str(tmp_path / "mine"), title="Sheet 1", note="Mind α.")
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(pilot.app.screen, OwnScreen))
        assert "Saved:" in one_line(pilot.app)
    file = tmp_path / "mine" / "softmax.yaml"
    shared = open_problem(workspace, str(file))
    assert (shared.title, shared.note) == ("Sheet 1", "Mind α.")
    assert shared.problem.givens["z"].tolist() == [0, 1]


async def test_the_form_says_what_is_asked_for(workspace: Workspace) -> None:
    remember_folder(workspace, Path("/home/anna/sheets"))
    run = PracticeRun(workspace, read_problem(SOFTMAX))
    async with running(workspace, "exercise", run=run) as pilot:
        await saving(pilot)
        compare(pilot.app, "save")


async def test_a_form_that_is_no_problem_is_not_saved(workspace: Workspace) -> None:
    async with running(workspace, "own", family="softmax") as pilot:
        await pilot.pause()
        await pilot.press("f12")
        await pilot.pause()
        assert isinstance(pilot.app.screen, OwnScreen)
        assert "✗ the given 'z' is missing" in one_line(pilot.app)


async def test_a_name_that_is_taken_is_said_and_replaced_only_when_asked(
    workspace: Workspace,
) -> None:
    run = PracticeRun(workspace, read_problem(SOFTMAX))
    async with running(workspace, "exercise", run=run) as pilot:
        for text in ("first", "second"):
            await saving(pilot)
            assert "F7 Replace" not in screen_text(pilot.app)
            await fill(pilot, name="own", title=text, scheme="1 2 1 1 1")
            await pilot.press("ctrl+s")
            await pilot.pause()
        file = folder(workspace) / "own.yaml"
        assert "✗ own.yaml is there already; write another name" in one_line(pilot.app)
        assert "first" in file.read_text("utf-8")
        await pilot.press("f7")
        await until(pilot, lambda: not isinstance(pilot.app.screen, SaveScreen))
        assert "second" in file.read_text("utf-8")
        assert run.shared is not None
        assert list(run.shared.scheme.values())[1] == 2


async def test_points_that_cannot_be_read_are_said_at_their_field(workspace: Workspace) -> None:
    run = PracticeRun(workspace, read_problem(SOFTMAX))
    async with running(workspace, "exercise", run=run, size=(60, 16)) as pilot:
        await saving(pilot)
        await fill(pilot, scheme="1 2")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SaveScreen)
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "scheme"
        assert "✗ this has 2 entries" in one_line(pilot.app)
        await type_text(pilot, " 3")
        assert "✗" not in one_line(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, SaveScreen))
    assert not folder(workspace).exists()


def keep(workspace: Workspace, name: str, text: str) -> Path:
    where = folder(workspace)
    where.mkdir(parents=True, exist_ok=True)
    (where / name).write_text(text, encoding="utf-8")
    return where / name


async def test_saved_problems_are_listed_and_opened(workspace: Workspace) -> None:
    keep(workspace, "a.yaml", "title: Sheet 1\nfamily: softmax\ngivens: {z: [0, 1], alpha: 1}\n")
    keep(workspace, "b.yaml", "family: softmax\ngivens: {z: 1}\n")
    async with running(workspace, "own") as pilot:
        text = one_line(pilot.app)
        assert "Saved problems" in text
        assert "Sheet 1 · Softmax of one vector of logits · a.yaml" in text
        assert "b.yaml ⚠ cannot be opened as it is" in text
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "'z' has the shape" in one_line(pilot.app)
        assert "b.yaml:2:10" in screen_text(pilot.app).replace("\n", "")
        await pilot.press("up", "enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert "Sheet 1" in one_line(pilot.app)


async def test_a_file_and_a_folder_are_opened_by_their_path(
    workspace: Workspace, tmp_path: Path
) -> None:
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    file = sheets / "x.json"
    file.write_text('{"title": "Of others", "family": "softmax", "givens": {"z": [1, 2]}}')
    async with running(workspace, "own") as pilot:
        for path, there in (("nowhere", "no such file"), (str(sheets), "Of others")):
            await pilot.press("o")
            await pilot.pause()
            await pilot.press("end", "ctrl+u")
            await type_text(pilot, path)
            await pilot.press("enter")
            await pilot.pause()
            assert there in one_line(pilot.app)
            if path == "nowhere":
                await pilot.press("escape")
                await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
        await type_text(pilot, "x.json")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert "Of others" in one_line(pilot.app)


async def test_text_of_a_stranger_is_shown_as_it_is(workspace: Workspace) -> None:
    shared = read_shared({**SOFTMAX, "title": HOSTILE, "note": f"{HOSTILE}\n{HOSTILE}"})
    run = PracticeRun(workspace, shared.problem, shared)
    async with running(workspace, "exercise", run=run) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.focused, Grid))
        assert one_line(pilot.app).count("E[X] [/foo] [b $x$ ]0;x") == 3
        await saving(pilot)
        assert "E[X] [/foo] [b $x$ ]0;x" in one_line(pilot.app)
        await pilot.press("f6")
        await until(pilot, lambda: not isinstance(pilot.app.screen, SaveScreen))
    async with running(workspace, "own") as pilot:
        assert "E[X] [/foo] [b $x$ ]0;x" in one_line(pilot.app)


async def test_the_scheme_of_a_file_weighs_the_lines(workspace: Workspace) -> None:
    shared = read_shared({**SOFTMAX, "scheme": {"exps": 7, "p": 0}})
    run = PracticeRun(workspace, shared.problem, shared)
    run.write("exps", "1 2.718")
    others = len(shared.problem.family.steps) - 2
    assert run.check_all().score == pytest.approx(7 / (7 + others))


RAW = [("onehot-flatten", "e.g. "), ("mha-params", "◂ no ▸"), ("clipping", "e.g. ")]


@pytest.mark.parametrize(("family_id", "told"), RAW)
async def test_givens_that_are_no_numbers_have_fields_of_their_own(
    workspace: Workspace, family_id: str, told: str
) -> None:
    async with running(workspace, "own", family=family_id, size=(80, 40)) as pilot:
        await pilot.pause()
        assert told in one_line(pilot.app)


async def test_letters_are_typed_into_a_form(workspace: Workspace) -> None:
    async with running(workspace, "own", family="onehot-flatten", size=(60, 16)) as pilot:
        await pilot.pause()
        await type_text(pilot, "ACX")
        await pilot.press("tab")
        await type_text(pilot, "ACGT")
        await pilot.press("f6")
        await pilot.pause()
        assert "✗ 'sequence' holds 'X'" in one_line(pilot.app)
        await pilot.press("backspace", "g")
        await pilot.pause()
        assert "✗" not in one_line(pilot.app)


def test_what_a_run_shares_is_its_problem(workspace: Workspace) -> None:
    problem = read_problem(SOFTMAX)
    assert PracticeRun(workspace, problem).scheme == {}
    assert PracticeRun(workspace, problem, Shared(problem, scheme={"p": 2})).scheme == {"p": 2}
