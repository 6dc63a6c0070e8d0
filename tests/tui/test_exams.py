"""What a student does in a practice exam."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key

from quizapp.cards import ChooseMany, ChooseOne, Number
from quizapp.core.errors import QuizError
from quizapp.core.place import Place
from quizapp.packs.model import Blueprint, Section
from quizapp.store.store import Store
from quizapp.study.sitting import Sitting, results, waiting
from quizapp.tui.screens.exam_review import ExamReviewScreen
from quizapp.tui.screens.sitting import SittingScreen
from quizapp.tui.widgets.input_line import Entry
from tests.tui.acting import compare, one_line, running, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch

AT = Place("exams/demo.yaml", 1, 1)
SHOWN = "E[X] [/foo] [b ]0;x"
"""What is left of a hostile text without its control characters."""


def section(title: str, **fields: Any) -> Section:
    base: dict[str, Any] = {
        "draw": "cards",
        "types": (),
        "count": 1,
        "points": 1.0,
        "topics": {},
        "families": {},
        "level": None,
    }
    return Section(title=title, **{**base, **fields})


def blueprint(*sections: Section, title: str = "Short exam") -> Blueprint:
    return Blueprint("short", "hub", title, 6, "A few questions for a test.", sections, AT)


@pytest.fixture(autouse=True)
def _same_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every exam draws the paper of seed 4."""
    monkeypatch.setattr(secrets, "randbelow", lambda _: 4)


@pytest.fixture
def exam(small: Workspace) -> Workspace:
    """A workspace with an exam of two choices, a number and a computation."""
    small.pack.blueprints["short"] = blueprint(
        section("Choose", types=("choice",), count=2),
        section("A number", types=("numeric",), points=2.0),
        section(
            "Compute", draw="exercises", families={"hopfield-energy": 1.0}, level=1, points=4.0
        ),
    )
    return small


def front(pilot: Pilot[Any]) -> SittingScreen:
    """The screen of the exam being taken."""
    screen = next(s for s in pilot.app.screen_stack if isinstance(s, SittingScreen))
    assert isinstance(screen, SittingScreen)
    return screen


def number_of(sitting: Sitting, kind: type) -> int:
    """The question that asks in a way."""
    return next(n for n in range(3) if isinstance(sitting.ask(n), kind))


async def start(pilot: Pilot[Any]) -> Sitting:
    """Choose the exam from the list."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, SittingScreen))
    await pilot.pause()
    return front(pilot).sitting


async def pass_time(pilot: Pilot[Any], watch: Watch, seconds: int) -> None:
    """Let the exam be on screen for some time."""
    screen = front(pilot)
    for _ in range(seconds // 10):
        watch.wait(seconds=10)
        await screen._tick()
    await pilot.pause()


async def answer_all(pilot: Pilot[Any], sitting: Sitting) -> None:
    """Give the right answers, by hand."""
    for number in range(len(sitting.paper.questions)):
        match sitting.ask(number):
            case ChooseOne(right=right):
                await pilot.press(str(right + 1))
            case ChooseMany(right=several):
                await pilot.press(*(str(index + 1) for index in several))
            case Number(value=value):
                await pilot.press(*f"{value:g}")
            case _:
                for value in sitting.problem(number).solve().values():
                    cells = value.tolist() if hasattr(value, "tolist") else [value]
                    for cell in cells:
                        await pilot.press(*f"{cell:g}", "enter")
        await pilot.press("ctrl+n")


async def test_an_exam_is_begun_left_taken_up_again_and_marked(
    exam: Workspace, watch: Watch
) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        await pass_time(pilot, watch, 60)
        number = number_of(sitting, Number)
        await answer_all(pilot, sitting)
        await pilot.press("ctrl+g", str(number + 1), "enter", "x")
    # The app is gone without handing in; a new run finds everything.
    async with running(exam, "exams") as pilot:
        assert "Take it up again: 5:00 left, 4 of 4 answered" in one_line(pilot.app)
        again = await start(pilot)
        assert again is not sitting
        assert again.current == number
        assert again.answers[number] == {"text": "100x"}
        assert "5:00 left" in one_line(pilot.app)
        assert "Cannot be read yet" in one_line(pilot.app)
        await pilot.press("backspace", "ctrl+s")
        await pilot.pause()
        assert "All 4 questions are answered" in one_line(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamReviewScreen))
        await pilot.pause()
        assert "8 of 8 points: 100%" in one_line(pilot.app)
        assert "1:00 of 6:00 minutes used" in one_line(pilot.app)
        assert "Every question is right" in one_line(pilot.app)
    assert [result.points for result in results(exam)] == [8.0]
    assert waiting(exam) == []


async def test_the_list_looks_so(exam: Workspace, watch: Watch) -> None:
    done = Sitting.begin(exam, exam.pack.blueprints["short"])
    done.answer(number_of(done, Number), {"text": "100"})
    done.finish()
    watch.wait(days=1)
    Sitting.begin(exam, exam.pack.blueprints["short"]).pause()
    async with running(exam, "exams") as pilot:
        compare(pilot.app, "exams")


async def test_a_question_looks_so(exam: Workspace) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        await pilot.press("ctrl+g", str(number_of(sitting, ChooseMany) + 1), "enter", "2", "3")
        await pilot.pause()
        compare(pilot.app, "sitting-choice")


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_a_computation_looks_so(exam: Workspace, size: tuple[int, int]) -> None:
    async with running(exam, "exams", size=size) as pilot:
        await start(pilot)
        await pilot.press("ctrl+g", "4", "enter")
        await pilot.pause()
        await pilot.press("1", "enter", "2", "x", "enter")
        front(pilot)._save()
        await pilot.pause()
        compare(pilot.app, f"sitting-computation-{size[0]}")


async def test_a_choice_is_saved_at_once_and_taken_back_by_the_same_key(exam: Workspace) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        one = number_of(sitting, ChooseOne)
        await pilot.press("g", str(one + 1), "enter")
        await pilot.pause()
        for key, chosen in (("1", [0]), ("3", [2]), ("3", []), ("6", []), ("2", [1])):
            await pilot.press(key)
            await pilot.pause()
            kept = Sitting.load(exam, sitting.id).answers.get(one)
            assert kept == {"chosen": chosen}
        assert f"[{one + 1}●]" in one_line(pilot.app)


async def test_what_is_typed_is_saved_when_the_typing_rests(exam: Workspace) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        number = number_of(sitting, Number)
        await pilot.press("ctrl+g", str(number + 1), "enter", *"1/4")
        assert number not in Sitting.load(exam, sitting.id).answers
        assert "read as 0.25" in one_line(pilot.app)
        await until(pilot, lambda: sitting.answers.get(number) == {"text": "1/4"})
        assert Sitting.load(exam, sitting.id).answers[number] == {"text": "1/4"}


async def test_keys_in_one_burst_land_in_their_own_questions(exam: Workspace) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        await pilot.press("ctrl+g", "3", "enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Entry))
        for key in ("5", "7", "ctrl+n", "3", "enter", "4", "ctrl+p", "8"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: sitting.answers.get(2) == {"text": "578"})
        assert sitting.answers[3] == {"lines": {"local": ["3", "4", ""]}}


async def test_a_number_that_cannot_be_read_is_said_and_kept(exam: Workspace) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        number = number_of(sitting, Number)
        await pilot.press("ctrl+g", str(number + 1), "enter", *"1,234")
        await pilot.pause()
        assert "Cannot be read yet; kept as you typed it." in one_line(pilot.app)
        await pilot.press("ctrl+n", "ctrl+p")
        await pilot.pause()
        assert sitting.answers[number] == {"text": "1,234"}
        assert "1,234 patterns ? Cannot be read yet" in one_line(pilot.app)
        assert f"[{number + 1}?]" in one_line(pilot.app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        told = f"What stands in {number + 1} cannot be read and counts as blank."
        assert told in one_line(pilot.app)


async def test_one_moves_freely(exam: Workspace) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        seen = []
        for key in ("n", "pagedown", "ctrl+n", "pagedown", "ctrl+p", "pageup", "p"):
            await pilot.press(key)
            seen.append(sitting.current)
        assert seen == [1, 2, 3, 3, 2, 1, 0]
        await pilot.press("ctrl+g", "9", "enter")
        await pilot.pause()
        assert "Type a number from 1 to 4." in one_line(pilot.app)
        await pilot.press("backspace", "2", "enter")
        await until(pilot, lambda: sitting.current == 1)
        assert Sitting.load(exam, sitting.id).current == 1
        await pilot.click("#strip", offset=(10, 0))
        await pilot.pause()
        assert sitting.current == 2


async def test_esc_stops_the_clock_and_goes_home(exam: Workspace, watch: Watch) -> None:
    async with running(exam) as pilot:
        await pilot.press("x")
        await pilot.pause()
        sitting = await start(pilot)
        await pass_time(pilot, watch, 30)
        await pilot.press("escape")
        await pilot.pause()
        assert "The clock stands still. x takes the exam up again" in one_line(pilot.app)
        assert "Review" in one_line(pilot.app)
        watch.wait(hours=2)
        await pilot.press("x")
        await pilot.pause()
        assert "5:30 left" in one_line(pilot.app)
        assert (await start(pilot)).id == sitting.id
        assert "5:30 left" in one_line(pilot.app)


async def test_short_time_is_said_and_when_it_is_up_the_exam_hands_itself_in(
    exam: Workspace, watch: Watch
) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        assert "6:00 left" in one_line(pilot.app)
        assert "⚠" not in one_line(pilot.app)
        await pass_time(pilot, watch, 70)
        assert "⚠ under 5 minutes · 4:50 left" in one_line(pilot.app)
        assert "⚠ 5 minutes left." in one_line(pilot.app)
        await pass_time(pilot, watch, 240)
        assert "⚠ last minute · 0:50 left" in one_line(pilot.app)
        assert "⚠ 1 minute left." in one_line(pilot.app)
        number = number_of(sitting, Number)
        await pilot.press("ctrl+g", str(number + 1), "enter", *"100", "ctrl+s")
        await pass_time(pilot, watch, 60)  # while the student is asked whether to hand in
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamReviewScreen))
        await pilot.pause()
        assert "The time of 6:00 minutes was up." in one_line(pilot.app)
        assert "2 of 8 points: 25%" in one_line(pilot.app)
    assert [result.points for result in results(exam)] == [2.0]


async def test_handing_in_says_what_is_open_and_can_be_thought_over(exam: Workspace) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        await pilot.press("1", "f10")
        await pilot.pause()
        assert "3 of 4 questions are unanswered: 2, 3 and 4." in one_line(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SittingScreen)
        assert not sitting.finished


async def test_an_exam_that_waits_can_be_handed_in_from_the_list(exam: Workspace) -> None:
    Sitting.begin(exam, exam.pack.blueprints["short"]).pause()
    async with running(exam, "exams") as pilot:
        await pilot.press("h")
        await pilot.pause()
        assert "4 of 4 questions are unanswered." in one_line(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamReviewScreen))
        await pilot.press("escape")
        await pilot.pause()
        assert "Not finished" not in one_line(pilot.app)
        assert "0 of 8 points" in one_line(pilot.app)
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamReviewScreen))
        await pilot.pause()
        assert "0 of 8 points: 0%" in one_line(pilot.app)


async def test_an_answer_that_cannot_be_saved_is_kept_and_tried_again(
    exam: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)

        def full(*_: Any) -> Any:
            raise QuizError("the disk is full; free some space.")

        with monkeypatch.context() as broken:
            broken.setattr(Store, "append", full)
            await pilot.press("1")
            await pilot.pause()
            assert "Not saved, tried again in 10 s. the disk is full" in one_line(pilot.app)
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(pilot.app.screen, SittingScreen)
            assert "[x] 1" in one_line(pilot.app)
        assert sitting.answers == {}
        front(pilot)._save()
        assert Sitting.load(exam, sitting.id).answers == {0: {"chosen": [0]}}


async def test_a_card_is_reviewed_with_all_there_is_to_say(exam: Workspace) -> None:
    done = Sitting.begin(exam, exam.pack.blueprints["short"])
    number, many = number_of(done, Number), number_of(done, ChooseMany)
    ask = done.ask(many)
    assert isinstance(ask, ChooseMany)
    done.answer(number, {"text": "13.8"})
    done.answer(many, {"chosen": [min(ask.right)]})
    done.finish()
    async with running(exam, "exam_review", sitting=done.id) as pilot:
        await pilot.press("g", str(number + 1), "enter")
        await pilot.pause()
        text = one_line(pilot.app)
        assert "0 of 2 points" in text
        assert "✗ Not right: it is 100 patterns (± 0.1). You wrote 13.8." in text
        assert "The textbook would count your answer" in text
        assert "The slides say up to N." in text
        assert "Source" in text
        assert "In this exam:" in text
        await pilot.press("g", str(many + 1), "enter")
        await pilot.pause()
        assert "Partly right: 0.5 of 1 point." in one_line(pilot.app)
        assert f"{many + 1}±]" in one_line(pilot.app)
        compare(pilot.app, "exam-review-choice")


async def test_a_computation_is_reviewed_line_by_line(exam: Workspace) -> None:
    done = Sitting.begin(exam, exam.pack.blueprints["short"])
    values = done.problem(3).solve()
    lines = {"local": [f"{cell:g}" for cell in values["local"]], "quadratic": "1,234"}
    lines["energy"] = f"{-values['quadratic']:g}"  # without the half
    done.answer(3, {"lines": lines})
    done.finish()
    async with running(exam, "exam_review", sitting=done.id, size=(80, 30)) as pilot:
        await pilot.press("g", "4", "enter")
        await pilot.pause()
        await pilot.pause()
        text = one_line(pilot.app)
        assert "✓ Correct." in text
        assert "? Cannot be read" in text
        assert "The factor 1/2 is missing" in text
        assert f"right = {values['quadratic']:g}".replace("-", "−") in text
        compare(pilot.app, "exam-review-computation")
        await pilot.press("s")
        await pilot.pause()
        assert "Solution" in one_line(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ExamReviewScreen)


async def test_lines_of_unequal_worth_say_what_they_are_worth(exam: Workspace) -> None:
    *others, compute = exam.pack.blueprints["short"].sections
    scheme = {"hopfield-energy": {"local": 0, "quadratic": 0, "energy": 3}}
    weighed = replace(compute, scheme=scheme)
    exam.pack.blueprints["short"] = blueprint(*others, weighed)
    done = Sitting.begin(exam, exam.pack.blueprints["short"])
    right = done.problem(3).solve()
    async with running(exam, "sitting", sitting=done.id, size=(80, 30)) as pilot:
        await pilot.press("ctrl+g")
        await pilot.pause()
        await pilot.press("4", "enter")
        await pilot.pause()
        assert "Points of the lines: 0, 0, 1, 3." in one_line(pilot.app)
    done.answer(3, {"lines": {"offset_term": f"{right['offset_term']:g}"}})
    done.finish()
    async with running(exam, "exam_review", sitting=done.id, size=(80, 40)) as pilot:
        await pilot.press("g", "4", "enter")
        await pilot.pause()
        await pilot.pause()
        text = one_line(pilot.app)
        assert "Partly right: 1 of 4 points." in text
        assert "Points: line 1 0 of 0, line 2 0 of 0, line 3 1 of 1, line 4 0 of 3." in text


async def test_the_questions_that_lost_points_come_one_by_one(exam: Workspace) -> None:
    done = Sitting.begin(exam, exam.pack.blueprints["short"])
    number = number_of(done, Number)
    done.answer(number, {"text": "100"})
    done.finish()
    async with running(exam, "exam_review", sitting=done.id) as pilot:
        await pilot.pause()
        compare(pilot.app, "exam-review-mark")
        seen = []
        for _ in range(4):
            await pilot.press("w")
            await pilot.pause()
            seen.append(int(one_line(pilot.app).split(" of ")[0]))
        wrong = [n + 1 for n in range(4) if n != number]
        assert seen == [*wrong, wrong[0]]
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, ExamReviewScreen)


async def test_a_course_without_exams_says_so(small: Workspace) -> None:
    async with running(small, "exams") as pilot:
        assert "There is no practice exam for this course." in one_line(pilot.app)
        await pilot.press("enter", "h")
        assert "None yet." in one_line(pilot.app)


async def test_an_exam_that_cannot_be_drawn_says_why(small: Workspace) -> None:
    small.pack.blueprints["short"] = blueprint(section("Choose", types=("choice",), count=9))
    async with running(small, "exams") as pilot:
        await pilot.press("enter")
        await pilot.pause()
        told = one_line(pilot.app).replace("▌ ", "")
        assert "'Choose' wants 9 cards and the pack has 2" in told
        assert waiting(small) == []


async def test_an_exam_of_another_version_is_said_to_be_one(exam: Workspace) -> None:
    exam.store.append("exam-start", "later", {"title": "?", "course": "hub", "questions": [1]})
    async with running(exam, "exams") as pilot:
        assert "written by another version of quizapp" in one_line(pilot.app)
        assert not (await start(pilot)).finished


async def test_a_card_that_is_gone_is_left_out(exam: Workspace) -> None:
    async with running(exam, "exams") as pilot:
        sitting = await start(pilot)
        card = sitting.card(0)
        assert card is not None
        del exam.pack.cards[card.id]
        await pilot.press("n", "p")
        await pilot.pause()
        assert "This card is no longer in the pack; it is left out" in one_line(pilot.app)
        await pilot.press("ctrl+s", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamReviewScreen))
        await pilot.pause()
        assert "0 of 7 points" in one_line(pilot.app)
        await pilot.press("n")
        await pilot.pause()
        assert "This card is no longer in the pack." in one_line(pilot.app)


async def test_texts_of_a_pack_show_as_they_are(hostile: Workspace) -> None:
    title = "Title E[X] [/foo] [b \x1b]0;x\x07".replace("\x1b", "").replace("\x07", "")
    hostile.pack.blueprints["short"] = blueprint(
        section("Section " + SHOWN, types=("choice",)),
        section("Section " + SHOWN, types=("numeric",)),
        section("Section " + SHOWN, types=("ordering",)),
        section("Section " + SHOWN, types=("comparison",)),
        title=title,
    )
    async with running(hostile, "exams", size=(120, 50)) as pilot:
        for name in ("Title", "Course"):
            assert f"{name} {SHOWN}" in one_line(pilot.app)
        await start(pilot)
        for name in ("Section", "Title", "Question", "Right", "Wrong", "Other"):
            assert f"{name} {SHOWN}" in one_line(pilot.app)
        wrong = one_line(pilot.app).split(" Wrong")[0][-1]
        await pilot.press(wrong, "n", *"[/foo]")
        await pilot.pause()
        for name in ("Number", "unit"):
            assert f"{name} {SHOWN}" in one_line(pilot.app)
        assert "[/foo] unit" in one_line(pilot.app)
        for texts in ("Ordering First Then Last", "Comparison Left Above Below"):
            await pilot.press("ctrl+n", "1", "shift+down")
            await pilot.pause()
            for name in texts.split():
                assert f"{name} {SHOWN}" in one_line(pilot.app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert f"Title {SHOWN}" in one_line(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamReviewScreen))
        await pilot.pause()
        for name in ("Title", "Section"):
            assert f"{name} {SHOWN}" in one_line(pilot.app)
        for texts in (
            "Misconception Explanation",
            "Source",
            "First Then Last Explanation",
            "Above One Two Three Four",
        ):
            await pilot.press("n")
            await pilot.pause()
            for name in texts.split():
                assert f"{name} {SHOWN}" in one_line(pilot.app)
