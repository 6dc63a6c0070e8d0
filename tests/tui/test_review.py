"""What a student does in the daily review."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.scheduling.memory import Rating
from quizapp.store.store import Store
from tests.tui.acting import compare, one_line, running, until, write

if TYPE_CHECKING:
    import pytest
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch

KIND = "What is a Hopfield network?"
MANY = "Which are minima of the energy?"
NUMBER = "How many patterns can a network of N = 100 neurons store?"
BASIC = "What is the logistic function?"


async def come_to(pilot: Pilot[Any], question: str) -> None:
    """Put away the cards before a question until tomorrow."""
    for _ in range(6):
        if question in one_line(pilot.app):
            return
        await pilot.press("f6")
    raise AssertionError(f"no card asks {question}")


def number_of(pilot: Pilot[Any], option: str) -> str:
    """The digit before an option."""
    return one_line(pilot.app).split(f" {option}")[0][-1]


def reviews(workspace: Workspace) -> list[tuple[str, int]]:
    return [(e.subject, e.payload["rating"]) for e in workspace.store.events(kind="review")]


async def test_a_card_to_recall_is_shown_then_rated_good(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        assert "0.5" not in one_line(pilot.app)
        await pilot.press("space")
        assert "It runs from 0 to 1" in one_line(pilot.app)
        assert "Source Small course, Units, L3" in one_line(pilot.app)
        assert "▸3 Good 10m" in one_line(pilot.app)
        await pilot.press("enter")
    assert reviews(small) == [("sigmoid", Rating.GOOD)]


async def test_a_card_to_recall_looks_so(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("space")
        await pilot.pause()
        compare(pilot.app, "review-answer")


async def test_the_rating_bar_stands_on_a_small_screen(small: Workspace) -> None:
    async with running(small, "review", size=(60, 16)) as pilot:
        await come_to(pilot, NUMBER)
        await write(pilot, "13.8", "enter")
        await until(pilot, lambda: "↓ more below" in one_line(pilot.app))
        compare(pilot.app, "review-small")
        assert "▸1 Again" in one_line(pilot.app)
        assert "4 Easy 6d" in one_line(pilot.app)


async def test_a_wrong_choice_names_its_misconception(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, KIND)
        right = number_of(pilot, "A recurrent memory")
        await pilot.press(number_of(pilot, "A lookup table"))
        text = one_line(pilot.app)
        assert f"✗ Not right: {right} is right." in text
        assert "your choice, not right: That is addressed memory." in text
        assert "It has no layers." not in text
        assert "▸1 Again" in text
        await pilot.press("enter")
    assert reviews(small) == [("kind", Rating.AGAIN)]


async def test_a_wrong_choice_looks_so(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, KIND)
        await pilot.press(number_of(pilot, "A lookup table"))
        await pilot.pause()
        compare(pilot.app, "review-choice")


async def test_the_suggested_rating_can_be_overridden(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, KIND)
        await pilot.press(number_of(pilot, "A recurrent memory"))
        assert "✓ Correct." in one_line(pilot.app)
        assert "▸3 Good" in one_line(pilot.app)
        await pilot.press("4")
    assert reviews(small) == [("kind", Rating.EASY)]


async def test_an_option_can_be_clicked_and_so_can_a_rating(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, KIND)
        rows = pilot.app.screen.query("_OptionRow")
        await pilot.click(rows[int(number_of(pilot, "A recurrent memory")) - 1])
        assert "✓ Correct." in one_line(pilot.app)
        await pilot.click(pilot.app.screen.query(".rating")[1])
    assert reviews(small) == [("kind", Rating.HARD)]


async def test_several_options_are_marked_and_then_checked(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, MANY)
        first, other = number_of(pilot, "A stored"), number_of(pilot, "Its mirror")
        wrong = number_of(pilot, "Every start")
        await pilot.press(first, wrong, wrong)
        assert one_line(pilot.app).count("[x]") == 1
        await pilot.press("enter")
        both = " and ".join(sorted([first, other]))
        assert f"✗ Not right: {both} are right." in one_line(pilot.app)


async def test_nothing_chosen_is_asked_once_more(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, KIND)
        await pilot.press("enter")
        assert "Choose one with 1 to 3" in one_line(pilot.app)
        await pilot.press("enter")
        assert "✗ Not answered" in one_line(pilot.app)
        assert "▸1 Again" in one_line(pilot.app)


async def test_a_number_that_cannot_be_read_is_asked_again(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, NUMBER)
        await write(pilot, "1x0", "enter")
        assert "⚠ The letter x is no product sign" in one_line(pilot.app)
        await pilot.press("ctrl+u")
        await write(pilot, "1,234", "enter")
        assert "can be read as" in one_line(pilot.app)
        assert reviews(small) == []
        await pilot.press("ctrl+u")
        await write(pilot, "100", "enter")
        assert "✓ Correct: 100 patterns; you wrote 100." in one_line(pilot.app)


async def test_a_minus_is_typed_and_buries_nothing(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, NUMBER)
        await pilot.press("minus", "1", "at", "backspace", "enter")
        assert "You wrote -1." in one_line(pilot.app)


async def test_a_number_that_must_be_exact_has_no_margin(small: Workspace) -> None:
    card = small.pack.cards["capacity"]
    exact = replace(card, data={**card.data, "tolerance": 0.0})
    small.__dict__["pack"] = replace(small.pack, cards={**small.pack.cards, "capacity": exact})
    async with running(small, "review") as pilot:
        await come_to(pilot, NUMBER)
        await write(pilot, "7", "enter")
        assert "it is 100 patterns. You wrote 7." in one_line(pilot.app)


async def test_the_other_side_is_recognized_and_said(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, NUMBER)
        await write(pilot, "13.8", "enter")
        text = one_line(pilot.app)
        assert "✗ Not right: it is 100 patterns (± 0.1). You wrote 13.8." in text
        assert "The textbook would count your answer" in text
        assert "⚠ Slides and textbook differ: How many patterns fit?" in text
        assert "In this exam: Write N, and name 0.138 N." in text


async def test_answers_go_by_the_textbook_where_the_setting_says_so(small: Workspace) -> None:
    small.change(answer_by="textbook")
    async with running(small, "review") as pilot:
        await come_to(pilot, NUMBER)
        await write(pilot, "13.8", "enter")
        assert "✓ Correct: 13.8 patterns" in one_line(pilot.app)


async def test_d_opens_the_difference_and_leads_back_to_the_answer(small: Workspace) -> None:
    async with running(small, "review", size=(80, 40)) as pilot:
        await come_to(pilot, NUMBER)
        assert "differ" not in one_line(pilot.app)
        await write(pilot, "100", "enter", "d")
        await pilot.pause()
        assert "N for random patterns." in one_line(pilot.app)
        assert "“up to N”" in one_line(pilot.app)
        await pilot.press("escape")
        assert "▸3 Good" in one_line(pilot.app)


async def test_undo_brings_back_the_card_and_redo_the_answer(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("space", "3", "u")
        assert BASIC in one_line(pilot.app)
        assert reviews(small) == []
        await pilot.press("ctrl+r")
        assert reviews(small) == [("sigmoid", Rating.GOOD)]


async def test_undo_reaches_back_when_nothing_is_left(small: Workspace) -> None:
    small.change(new_a_day=1)
    async with running(small, "review") as pilot:
        question = one_line(pilot.app).split("new ")[1].split("?")[0]
        await pilot.press("minus") if NUMBER[:20] not in question else await pilot.press("f6")
        await pilot.press("u")
        assert question in one_line(pilot.app)


async def test_buried_and_suspended_cards_leave_until_undone(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("at")
        assert "Suspended; u takes it back." in one_line(pilot.app)
        assert BASIC not in one_line(pilot.app)
        assert small.store.held(small.today()) >= {"sigmoid"}
        await pilot.press("ctrl+z")
        assert BASIC in one_line(pilot.app)


async def test_done_says_what_was_done_and_offers_practice(small: Workspace) -> None:
    async with running(small, "review", topic="mlp-forward") as pilot:
        await pilot.press("space", "4")
        assert "Nothing is left in MLP forward for now." in one_line(pilot.app)
        assert "Done: 1 answer just now, 1 card today." in one_line(pilot.app)
        compare(pilot.app, "review-done")


async def test_a_learning_card_comes_by_itself_when_it_falls_due(
    small: Workspace, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.tui.screens.review._LOOK_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr("quizapp.scheduling.queue._LEARN_AHEAD", 0)
    async with running(small, "review", topic="mlp-forward") as pilot:
        await pilot.press("space", "3")
        assert "The next one to learn comes at" in one_line(pilot.app)
        watch.wait(minutes=11)
        await until(pilot, lambda: BASIC in one_line(pilot.app))


async def test_what_cannot_be_written_is_said_and_the_card_stays(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise QuizError("The disk is full, so this was not saved.", where="quizapp.db")

    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("space")
        with monkeypatch.context() as broken:
            broken.setattr(Store, "review", full)
            await pilot.press("3")
        await until(pilot, lambda: "The disk is full" in one_line(pilot.app))
        assert BASIC in one_line(pilot.app)
        await pilot.press("3")
    assert reviews(small) == [("sigmoid", Rating.GOOD)]


async def test_a_new_day_does_not_rate_another_card(small: Workspace, watch: Watch) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("space")
        watch.wait(days=1)
        await pilot.press("3")
        assert "A new day has begun" in one_line(pilot.app)
    assert reviews(small) == []


async def test_l_shows_the_latex(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("space", "l")
        assert r"$\sigma(z) = \frac{1}{1 + e^{-z}}$" in one_line(pilot.app)
        await pilot.press("l")
        assert r"\frac" not in one_line(pilot.app)


async def test_info_gives_nothing_away_before_the_answer(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, NUMBER)
        await pilot.press("f2")
        assert "id capacity" in one_line(pilot.app)
        assert "Its capacity." not in one_line(pilot.app)
        await pilot.press("escape")
        await write(pilot, "100", "enter", "i")
        assert "Its capacity." in one_line(pilot.app)
        assert "new, never answered" in one_line(pilot.app)


async def test_q_goes_home_and_everything_is_there(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("space", "3", "q")
        await until(pilot, lambda: "1 done today" in one_line(pilot.app))


async def test_the_shipped_cards_can_be_answered_with_enter_alone(workspace: Workspace) -> None:
    workspace.change(new_a_day=6, skills_a_day=0)
    async with running(workspace, "review", size=(60, 16)) as pilot:
        for _ in range(6):
            await pilot.press("enter")
            if "4 Easy" not in one_line(pilot.app):
                await pilot.press("enter")  # asked once more, where nothing was chosen
            await pilot.press("4")
        assert "Nothing is left" in one_line(pilot.app)


async def test_what_is_typed_stays_when_another_card_changes(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, NUMBER)
        await write(pilot, "13")
        for card, typed in (("sigmoid", True), ("capacity", False)):
            changed = replace(small.pack.cards[card], explanation="Now it says more.")
            small.take(replace(small.pack, cards={**small.pack.cards, card: changed}))
            pilot.app.screen.content_changed()  # type: ignore[attr-defined]
            await pilot.pause()
            assert ("13" in one_line(pilot.app)) is typed
        assert "The card in front has changed." in one_line(pilot.app)
        await write(pilot, "100", "enter")
        assert "Now it says more." in one_line(pilot.app)
