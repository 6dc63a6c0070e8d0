"""Words to type, steps to order, rows to match: in the daily review and in an exam."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.cards import Match, Row
from quizapp.scheduling.memory import Rating
from quizapp.study.sitting import Sitting
from quizapp.tui.screens.exam_review import ExamReviewScreen
from quizapp.tui.widgets.comparison import Comparison
from quizapp.tui.widgets.matching import Matching
from quizapp.tui.widgets.ordering import Ordering
from tests.tui.acting import compare, one_line, pack, running, until, workspace_at, write
from tests.tui.test_exams import blueprint, front, section, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch

WORD = "Which rule stores"
ORDER = "Put one asynchronous update"
TABLE = "Asynchronous or synchronous updates?"
RIGHT = ("Choose a unit", "Sum its inputs", "Take the sign", "Write the new state")
FIRST = ("at once: one", "never rises", "in a fixed point")
SECOND = ("all of them", "may rise and fall", "cycle of length 2")
SIZES = [(80, 24), (60, 16)]


@pytest.fixture
def forms(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    """A workspace with a card of each way of asking."""
    opened = workspace_at(tmp_path / "home", watch, pack("forms"))
    yield opened
    opened.close()


async def come_to(pilot: Pilot[Any], question: str) -> None:
    """Put away the cards before a question until tomorrow."""
    for _ in range(5):
        if question in one_line(pilot.app):
            return
        await pilot.press("f6")
    raise AssertionError(f"no card asks {question}")


def ratings(workspace: Workspace) -> list[tuple[str, int]]:
    return [(e.subject, e.payload["rating"]) for e in workspace.store.events(kind="review")]


def place_of(pilot: Pilot[Any], step: str) -> int:
    """Where a step stands now, from 1."""
    return int(one_line(pilot.app).split(f" {step}")[0][-1])


async def put_in_order(pilot: Pilot[Any]) -> None:
    """Bring each step to its place: mark it, then type the place."""
    for place, step in enumerate(RIGHT, start=1):
        marked = pilot.app.screen.query_one(Ordering).marked + 1
        way = place_of(pilot, step) - marked
        await pilot.press(*["down" if way > 0 else "up"] * abs(way), str(place))


def right_columns(pilot: Pilot[Any]) -> list[str]:
    """The keys of the right columns, row by row."""
    text = one_line(pilot.app)
    first = [entry for entry in FIRST if entry in text and f"{entry} or" not in text]
    second = [entry for entry in SECOND if entry in text]
    return ["2" if entry in second else "1" for entry in sorted([*first, *second], key=text.find)]


# Words -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_word_is_typed_and_checked(forms: Workspace, size: tuple[int, int]) -> None:
    async with running(forms, "review", size=size) as pilot:
        await come_to(pilot, WORD)
        await pilot.press(*"hebb's rule", "enter")
        assert "✓ Correct: Hebbian learning; you wrote “hebb's rule”." in one_line(pilot.app)
        assert "▸3 Good" in one_line(pilot.app)
        await pilot.press("enter")
    assert ratings(forms) == [("rule", Rating.GOOD)]


async def test_every_key_is_typed_and_none_is_a_command(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, WORD)
        await pilot.press("u", "q", "1", "minus", "at", "space", "d", "enter")
        assert "You wrote “uq1-@ d”." in one_line(pilot.app)


async def test_a_misspelling_is_right_and_said(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, WORD)
        await write(pilot, "Hebbian learnnig", "enter")
        text = one_line(pilot.app)
        assert "✓ Correct" in text
        assert "⚠ It is spelled Hebbian learning." in text


async def test_a_mistake_is_named_with_its_formula(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, WORD)
        await write(pilot, "backpropagation", "enter")
        text = one_line(pilot.app)
        assert "✗ Not right: it is Hebbian learning. You wrote “backpropagation”." in text
        assert "⚠ It needs no gradient: wᵢⱼ = yᵢyⱼ is computed at once." in text
        assert "▸1 Again" in text
        await pilot.press("l")
        assert "$w_{ij} = y_i y_j$" in one_line(pilot.app)


async def test_the_word_of_the_other_side_is_recognized(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, WORD)
        await write(pilot, "outer product rule", "enter")
        assert "⚠ The textbook would count your answer" in one_line(pilot.app)


async def test_no_word_is_asked_for_once_more(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, WORD)
        await write(pilot, "?!", "enter")
        assert "⚠ Type a word or a short phrase" in one_line(pilot.app)
        await pilot.press("enter")
        assert "✗ Not answered: it is Hebbian learning." in one_line(pilot.app)


# Steps -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_steps_are_put_in_order(forms: Workspace, size: tuple[int, int]) -> None:
    async with running(forms, "review", size=size) as pilot:
        await come_to(pilot, ORDER)
        await put_in_order(pilot)
        await pilot.press("enter")
        assert one_line(pilot.app).count("✓") == 5
        assert "✓ Correct." in one_line(pilot.app)
        await pilot.press("enter")
    assert ratings(forms) == [("update", Rating.GOOD)]


async def test_a_step_is_moved_and_carried(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, ORDER)
        steps = pilot.app.screen.query_one(Ordering)
        assert steps.order is None
        await pilot.press("shift+down")
        assert steps.order == (1, 0, 2, 3)
        await pilot.press("space", "down", "down")
        assert "≡ 4" in one_line(pilot.app)
        assert steps.order == (1, 2, 3, 0)
        await pilot.press("down", "escape", "up")
        assert "▸ 3" in one_line(pilot.app)
        assert steps.order == (1, 2, 3, 0)
        await pilot.press("shift+up", "1", "8", "backspace")
        assert steps.order is None
        assert "▸ 1" in one_line(pilot.app)


async def test_steps_in_wrong_places_say_where_they_belong(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, ORDER)
        await put_in_order(pilot)
        await pilot.press("shift+up", "enter")
        text = one_line(pilot.app)
        assert "✗ 3 Write the new state back before the next unit is chosen. belongs at 4" in text
        assert "✗ 4 Take the sign of the sum. belongs at 3" in text
        assert "✓ 1 Choose a unit i." in text
        assert "✗ Not right: the right order is below. 1 Choose a unit i. 2 Sum its" in text
        assert "▸1 Again" in text
        await pilot.pause()
        compare(pilot.app, "review-order")


async def test_steps_that_were_not_moved_are_asked_for_once_more(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, ORDER)
        await pilot.press("enter")
        assert "⚠ Move the steps into their order" in one_line(pilot.app)
        await pilot.press("shift+down")
        assert "⚠" not in one_line(pilot.app)
        await pilot.press("backspace", "enter", "enter")
        assert "✗ Not answered: the right order is below. 1 Choose" in one_line(pilot.app)


async def test_formulas_of_steps_are_shown_as_latex_also_when_moved(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, ORDER)
        await pilot.press("l", "shift+down", "shift+down")
        assert "Sum its inputs, $h_i = \\sum_j w_{ij} y_j$." in one_line(pilot.app)
        await pilot.press("l")
        assert "Sum its inputs, hᵢ = Σⱼ wᵢⱼyⱼ." in one_line(pilot.app)


async def test_a_step_can_be_clicked_and_digits_rate_after_the_answer(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, ORDER)
        await pilot.click(pilot.app.screen.query("Ordering _Row")[2])
        assert "▸ 3" in one_line(pilot.app)
        await pilot.press("1", "enter", "2")
    assert ratings(forms) == [("update", Rating.HARD)]


# Rows --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_rows_get_their_columns(forms: Workspace, size: tuple[int, int]) -> None:
    async with running(forms, "review", size=size) as pilot:
        await come_to(pilot, TABLE)
        await pilot.press(*right_columns(pilot), "enter")
        assert "✓ Correct." in one_line(pilot.app)
        await pilot.press("enter")
    assert ratings(forms) == [("modes", Rating.GOOD)]


async def test_columns_are_turned_and_cleared(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, TABLE)
        await pilot.press("right", "down", "left", "up", "right", "3")
        assert pilot.app.screen.query_one(Matching).columns == (1, 1, None)
        await pilot.press("right", "backspace", "down", "down", "2", "2")
        assert pilot.app.screen.query_one(Matching).columns == (None, 1, 1)


async def test_space_goes_through_the_columns_and_checks_nothing(forms: Workspace) -> None:
    async with running(forms, "review") as pilot:
        await come_to(pilot, TABLE)
        await pilot.press("space", "space", "down", "space")
        assert pilot.app.screen.query_one(Matching).columns == (1, 0, None)
        assert "✗" not in one_line(pilot.app)


async def test_beyond_the_first_row_the_page_scrolls_to_the_question(forms: Workspace) -> None:
    async with running(forms, "review", size=(60, 12)) as pilot:
        await come_to(pilot, TABLE)
        await pilot.press("1", "1", "1")
        await pilot.pause()
        assert TABLE not in one_line(pilot.app)
        await pilot.press(*["up"] * 6)
        await until(pilot, lambda: TABLE in one_line(pilot.app))


async def test_a_larger_window_takes_the_hint_of_more_away(forms: Workspace) -> None:
    async with running(forms, "review", size=(60, 10)) as pilot:
        await come_to(pilot, TABLE)
        await until(pilot, lambda: "↓ more below" in one_line(pilot.app))
        await pilot.resize_terminal(60, 24)
        await until(pilot, lambda: "↓ more below" not in one_line(pilot.app))


async def test_wrong_rows_say_where_they_belong_and_the_table_is_shown(forms: Workspace) -> None:
    async with running(forms, "review", size=(80, 40)) as pilot:
        await come_to(pilot, TABLE)
        right = right_columns(pilot)
        wrong = "1" if right[0] == "2" else "2"
        await pilot.press(wrong, *right[1:], "enter")
        text = one_line(pilot.app)
        assert text.count("belongs to") == 1
        assert f"belongs to {right[0]}" in text
        assert "✗ Not right: the whole comparison is below." in text
        assert "Energy E never rises may rise and fall" in text
        compare(pilot.app, "review-comparison")


async def test_open_rows_are_asked_for_and_then_count_as_wrong(forms: Workspace) -> None:
    async with running(forms, "review", size=(80, 40)) as pilot:
        await come_to(pilot, TABLE)
        await pilot.press("enter")
        assert "⚠ Choose a column for each row" in one_line(pilot.app)
        await pilot.press(right_columns(pilot)[0], "enter")
        assert "⚠ Choose a column for the 2 open rows" in one_line(pilot.app)
        await pilot.press("enter")
        text = one_line(pilot.app)
        assert text.count("not answered; belongs to") == 2
        assert "✗ Not right" in text


async def test_the_comparison_stands_row_by_row_where_it_is_narrow() -> None:
    ask = Match(
        "?",
        ("Recurrent network", "Transformer"),
        (Row("Order of the words", ("it reads one after the other", "$PE$ is added to each")),),
        right=(0,),
    )
    wide = [line.plain.rstrip() for line in Comparison(ask).rows(90, raw=False)]
    assert wide[0].split() == ["Recurrent", "network", "Transformer"]
    assert wide[2].endswith("it reads one after the other  PE is added to each")
    middle = [line.plain for line in Comparison(ask).rows(60, raw=False)]
    assert len(middle) > 3
    assert max(map(len, middle)) <= 60
    narrow = [line.plain for line in Comparison(ask).rows(40, raw=True)]
    assert narrow[0] == "Order of the words"
    assert "  Transformer: $PE$ is added to each" in narrow


@pytest.mark.parametrize("width", range(4, 100, 7))
def test_a_comparison_fits_any_width(width: int) -> None:
    cells = ("a long entry of many words", "short", "$E = mc^2$ and more words", "x" * 30)
    ask = Match("?", ("A", "B", "C", "D"), (Row("aspect", cells),) * 3, right=(0, 1, 2))
    for raw in (True, False):
        lines = Comparison(ask).rows(width, raw=raw)
        assert all(line.cell_length <= max(width, 14) for line in lines)


# Exams -------------------------------------------------------------------------------------


@pytest.fixture
def exam(forms: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with an exam of a word, an order and a comparison."""
    monkeypatch.setattr(secrets, "randbelow", lambda _: 4)
    forms.pack.blueprints["short"] = blueprint(
        section("Words", types=("typed",), points=2.0),
        section("Order", types=("ordering",), points=3.0),
        section("Compare", types=("comparison",), points=3.0),
    )
    return forms


@pytest.mark.parametrize("size", SIZES)
async def test_an_exam_of_them_is_sat_and_marked(exam: Workspace, size: tuple[int, int]) -> None:
    async with running(exam, "exams", size=size) as pilot:
        await start(pilot)
        await pilot.press(*"hebbian learning", "enter")
        await put_in_order(pilot)
        await pilot.press("n")
        await pilot.press(*right_columns(pilot), "ctrl+s", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamReviewScreen))
        await pilot.pause()
        assert "8 of 8 points: 100%" in one_line(pilot.app)


async def test_each_move_is_kept_at_once_and_found_again(exam: Workspace) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        await pilot.press("ctrl+n", "shift+down")
        await pilot.pause()
        assert Sitting.load(exam, sitting.id).answers == {1: {"order": [1, 0, 2, 3]}}
        assert "[2●]" in one_line(pilot.app)
        await pilot.press("n", "2")
        await pilot.pause()
        kept = Sitting.load(exam, sitting.id).answers
        assert kept[2] == {"match": [1, None, None]}
    # The app is gone; another run finds both as they were.
    async with running(exam, "exams") as pilot:
        await start(pilot)
        assert pilot.app.screen.query_one(Matching).columns == (1, None, None)
        await pilot.press("p")
        assert pilot.app.screen.query_one(Ordering).order == (1, 0, 2, 3)
        await pilot.press("backspace")
        await pilot.pause()
        assert front(pilot).sitting.unanswered == [0, 1]


async def test_the_questions_look_so(exam: Workspace) -> None:
    async with running(exam, "exams", size=(60, 16)) as pilot:
        await start(pilot)
        await pilot.press("ctrl+n", "down", "space")
        await pilot.pause()
        compare(pilot.app, "sitting-order")
        await pilot.press("ctrl+n", "1", "right")
        await pilot.pause()
        compare(pilot.app, "sitting-comparison")


async def test_partial_credit_is_told_with_what_was_right(exam: Workspace) -> None:
    async with running(exam, "exams", size=(80, 40)) as pilot:
        await start(pilot)
        await pilot.press(*"backpropagation", "enter")
        await put_in_order(pilot)
        await pilot.press("1", "n")  # the last step first: two of three neighbours stay
        right = right_columns(pilot)
        await pilot.press(*right[:2], "ctrl+s", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamReviewScreen))
        await pilot.press("n")
        await pilot.pause()
        assert "✗ Not right: it is Hebbian learning. You wrote" in one_line(pilot.app)
        assert "⚠ It needs no gradient" in one_line(pilot.app)
        await pilot.press("n")
        await pilot.pause()
        told = "✗ Not right: the right order is below. Partly right: 2 of 3 points. 1 Choose"
        assert told in one_line(pilot.app)
        await pilot.press("n")
        await pilot.pause()
        text = one_line(pilot.app)
        assert "✗ Not right: the whole comparison is below. Partly right: 2 of 3 points." in text
        assert "not answered; belongs to" in text
        assert "Energy E never rises may rise and fall" in text
        compare(pilot.app, "exam-review-comparison")


async def test_what_was_not_arranged_is_not_answered(exam: Workspace) -> None:
    async with running(exam, "exams", size=(80, 40)) as pilot:
        sitting = await start(pilot)
        await pilot.press("ctrl+n", "down", "space", "escape", "n", "down", "ctrl+p", "ctrl+s")
        assert Sitting.load(exam, sitting.id).answers == {}
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamReviewScreen))
        for told in ("it is Hebbian", "the right order is below. 1 Choose", "the whole comp"):
            await pilot.press("n")
            await pilot.pause()
            assert f"✗ Not answered: {told}" in one_line(pilot.app)
