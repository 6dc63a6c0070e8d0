from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.cards import ChooseMany, ChooseOne, Match, Number, Order, Words
from quizapp.core.place import Place
from quizapp.exercises.graph import evaluate
from quizapp.packs.load import load_pack
from quizapp.packs.model import Blueprint, Section
from quizapp.study.attempts import attempts
from quizapp.study.exam_clock import LONGEST_GAP, ExamClock
from quizapp.study.folders import folders
from quizapp.study.sitting import (
    FINISH,
    TICK_SECONDS,
    Sitting,
    SittingError,
    blueprints,
    results,
    unfinished,
    waiting,
)
from quizapp.study.slips import can_be_made, slip_records
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SECOND = timedelta(seconds=1)


class Watch:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2025, 6, 2, 18, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path / "home")}), watch)
    yield opened
    opened.close()


@pytest.fixture
def sitting(workspace: Workspace) -> Sitting:
    return Sitting.begin(workspace, blueprints(workspace)[0], seed=11)


def go_on(sitting: Sitting, watch: Watch, seconds: int) -> None:
    """Let the exam be on screen for some time."""
    for _ in range(seconds):
        watch.wait(1)
        sitting.tick()


def right_answer(sitting: Sitting, number: int) -> dict[str, Any]:
    match sitting.ask(number):
        case ChooseOne(right=right):
            return {"chosen": [right]}
        case ChooseMany(right=several):
            return {"chosen": sorted(several)}
        case Number(value=value):
            return {"text": repr(value)}
        case Words(answer=answer):
            return {"text": answer}
        case Order(right=order):
            return {"order": list(order)}
        case Match(right=columns):
            return {"match": list(columns)}
        case _:
            values = sitting.problem(number).solve()
            return {"lines": {name: json.dumps(_plain(value)) for name, value in values.items()}}


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def again(sitting: Sitting) -> Sitting:
    """The same exam as another run of the program finds it."""
    return Sitting.load(sitting.workspace, sitting.id)


def test_the_exams_of_the_course_come_shortest_first(workspace: Workspace) -> None:
    assert [plan.id for plan in blueprints(workspace)] == ["hub-short", "hub-full"]


def test_all_right_answers_earn_all_points(sitting: Sitting) -> None:
    for number in range(len(sitting.paper.questions)):
        sitting.answer(number, right_answer(sitting, number))
    marks = sitting.finish()
    assert marks.points == marks.of == 12
    assert marks.share == 1.0


def test_a_slip_made_in_an_exam_counts_with_the_others(
    sitting: Sitting, workspace: Workspace
) -> None:
    number = next(n for n, q in enumerate(sitting.paper.questions) if q.problem)
    problem = sitting.problem(number)
    slip = next(s for s in problem.family.slips if can_be_made(problem, s))
    lines = evaluate(problem.family, problem.env, replaced={slip.step: slip.rule})
    wrong = {name: json.dumps(_plain(value)) for name, value in lines.items()}
    sitting.answer(number, {"lines": wrong})
    sitting.finish()
    (attempt,) = attempts(workspace)
    assert attempt.family == problem.family.id
    assert attempt.score < 1
    assert [record.slip for record in slip_records([attempt])] == [slip.name]


def test_the_clock_runs_while_the_exam_is_open(sitting: Sitting, watch: Watch) -> None:
    go_on(sitting, watch, 75)
    assert sitting.left == timedelta(minutes=10) - 75 * SECOND


def test_the_clock_stands_still_while_the_exam_is_put_aside(sitting: Sitting, watch: Watch) -> None:
    go_on(sitting, watch, 30)
    sitting.pause()
    watch.wait(7200)
    back = again(sitting)
    assert back.left == timedelta(minutes=9, seconds=30)
    back.open()
    go_on(back, watch, 30)
    assert back.left == timedelta(minutes=9)


def test_a_crash_gives_back_no_more_than_a_tick(sitting: Sitting, watch: Watch) -> None:
    go_on(sitting, watch, 59)
    spent = again(sitting).spent
    assert sitting.spent - TICK_SECONDS * SECOND <= spent <= sitting.spent


def test_time_is_up_and_does_not_go_below_zero(sitting: Sitting, watch: Watch) -> None:
    go_on(sitting, watch, 605)
    assert sitting.left == timedelta(0)
    sitting.finish()
    assert results(sitting.workspace)[0].seconds == 600


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(hours=3)])
def test_a_clock_that_is_set_costs_no_time(sitting: Sitting, watch: Watch, jump: timedelta) -> None:
    go_on(sitting, watch, 10)
    watch.now += jump
    go_on(sitting, watch, 10)
    assert 19 * SECOND <= sitting.spent <= 20 * SECOND + LONGEST_GAP


def test_the_exam_clock_counts_from_look_to_look() -> None:
    start = datetime(2025, 6, 2, 18, tzinfo=UTC)
    clock = ExamClock(timedelta(minutes=1), 5 * SECOND)
    clock.look(start)
    assert (clock.running, clock.spent) == (False, 5 * SECOND)
    clock.start(start)
    clock.look(start + 10 * SECOND)
    clock.stop(start + 12 * SECOND)
    clock.look(start + 40 * SECOND)
    assert (clock.running, clock.spent, clock.left) == (False, 17 * SECOND, 43 * SECOND)


def test_every_answer_and_the_question_in_front_are_back(sitting: Sitting, watch: Watch) -> None:
    sitting.answer(0, {"chosen": [2]})
    sitting.answer(7, {"text": "about 3"})
    sitting.answer(8, {"lines": {"local": "1 2; what", "energy": ""}})
    sitting.answer(0, {"chosen": []})
    sitting.go(4)
    back = again(sitting)
    assert back.answers == sitting.answers
    assert back.answers[8] == {"lines": {"local": "1 2; what", "energy": ""}}
    assert (back.current, back.paper) == (4, sitting.paper)
    assert back.unanswered == [0, 1, 2, 3, 4, 5, 6]


def test_the_same_answer_again_writes_nothing(sitting: Sitting) -> None:
    sitting.answer(0, {"chosen": [1]})
    before = sitting.workspace.store.last_event
    sitting.answer(0, {"chosen": [1]})
    assert sitting.workspace.store.last_event is before


def test_after_handing_in_nothing_changes(sitting: Sitting, watch: Watch) -> None:
    go_on(sitting, watch, 100)
    sitting.answer(0, right_answer(sitting, 0))
    mark = sitting.finish().points
    with pytest.raises(SittingError, match="is over"):
        sitting.answer(1, right_answer(sitting, 1))
    watch.wait(100)
    sitting.open()
    back = again(sitting)
    assert (back.finished, back.marks().points, back.spent) == (True, mark, 100 * SECOND)
    assert len(sitting.workspace.store.events(kind=FINISH)) == 1


def test_what_another_device_added_after_the_end_is_ignored(sitting: Sitting) -> None:
    sitting.answer(0, right_answer(sitting, 0))
    sitting.finish()
    store = sitting.workspace.store
    store.append("exam-answer", sitting.id, {"question": 0, "answer": {"chosen": []}, "spent": 9})
    late = {"points": 0.0, "of": 12.0, "questions": [[0.0, 1.0]] * 9, "spent": 9}
    store.append(FINISH, sitting.id, late)
    assert again(sitting).answered(0)
    assert [result.points for result in results(sitting.workspace)] == [1.0]


def test_an_unfinished_exam_is_offered_until_it_is_handed_in(
    workspace: Workspace, sitting: Sitting
) -> None:
    second = Sitting.begin(workspace, blueprints(workspace)[0])
    assert waiting(workspace) == [second.id, sitting.id]
    second.finish()
    assert unfinished(workspace) == sitting.id
    sitting.finish()
    assert unfinished(workspace) is None
    assert [result.sitting for result in results(workspace)] == [sitting.id, second.id]


def test_results_say_what_was_earned(sitting: Sitting, watch: Watch) -> None:
    go_on(sitting, watch, 61)
    sitting.answer(0, right_answer(sitting, 0))
    sitting.answer(7, right_answer(sitting, 7))
    sitting.finish()
    result = results(sitting.workspace)[0]
    assert (result.title, result.course) == ("Ten-minute exam", "hub")
    assert (result.points, result.of, result.seconds) == (3.0, 12.0, 61)
    assert result.share == 0.25


def test_an_edited_card_keeps_the_points_of_the_day(sitting: Sitting) -> None:
    sitting.answer(0, right_answer(sitting, 0))
    sitting.finish()
    cards = sitting.workspace.pack.cards
    gone = sitting.paper.questions[0].card
    edited = dict(cards)
    del edited[gone]
    sitting.workspace.pack.cards.clear()
    sitting.workspace.pack.cards.update(edited)
    mark = again(sitting).marks()
    assert (mark.points, mark.of) == (1.0, 12.0)


def test_a_changed_card_is_known_by_its_digest(sitting: Sitting) -> None:
    import dataclasses

    assert not sitting.changed(0)
    card = sitting.card(0)
    assert card is not None
    sitting.workspace.pack.cards[card.id] = dataclasses.replace(card, explanation="Otherwise.")
    assert sitting.changed(0)


def test_an_unknown_exam_is_refused(workspace: Workspace) -> None:
    with pytest.raises(SittingError, match="no exam 'nobody'"):
        Sitting.load(workspace, "nobody")


def test_the_setting_answer_by_holds_for_the_whole_paper(workspace: Workspace) -> None:
    workspace.change(answer_by="textbook")
    sitting = Sitting.begin(workspace, blueprints(workspace)[0], seed=1)
    workspace.change(answer_by="slides")
    assert again(sitting).paper.answer_by == "textbook"


PROGRAM = """
import itertools, json, os, random, sys
from quizapp.study.sitting import Sitting, blueprints, unfinished
from quizapp.study.workspace import Workspace

workspace = Workspace.open(os.environ)
rng = random.Random(int(sys.argv[1]))
sitting = Sitting.begin(workspace, blueprints(workspace)[0], seed=11)
for n in itertools.count():
    question = rng.randrange(len(sitting.paper.questions))
    sitting.go(question)
    sitting.answer(question, {"text": f"answer {n}"})
    sitting.tick()
    print(json.dumps([n, question, sitting.spent.total_seconds()]), flush=True)
"""


@pytest.mark.parametrize("seed", range(3))
def test_every_acknowledged_answer_is_back_after_a_kill(tmp_path: Path, seed: int) -> None:
    home = {"QUIZAPP_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **home},
    ) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline()]
        delay = random.Random(seed).uniform(0.05, 0.3)
        timer = threading.Timer(delay, child.send_signal, [signal.SIGKILL])
        timer.start()
        lines += child.stdout.readlines()
        timer.join()
    assert child.returncode == -signal.SIGKILL
    said = [json.loads(line) for line in lines if line.endswith("\n")]
    assert said
    workspace = Workspace.open(home)
    try:
        sitting = Sitting.load(workspace, unfinished(workspace) or "")
    finally:
        workspace.close()
    newest = said[-1][0]
    rng = random.Random(seed)
    asked = [rng.randrange(len(sitting.paper.questions)) for _ in range(newest + 2)]
    # The answer being written when the kill came is there or not; all before it are.
    in_flight = {question: str(n) for n, question in enumerate(asked)}
    acknowledged = {question: str(n) for n, question in enumerate(asked[:-1])}
    found = {n: str(given["text"]).removeprefix("answer ") for n, given in sitting.answers.items()}
    assert found in (acknowledged, in_flight)
    assert sitting.current in asked[-2:]
    assert sitting.spent >= timedelta(seconds=said[-1][2] - TICK_SECONDS)


# Words, orders, comparisons ----------------------------------------------------------------

FORMS = ROOT / "tests" / "tui" / "packs" / "forms"


@pytest.fixture
def forms(workspace: Workspace) -> Sitting:
    """An exam of a word, an order and a comparison."""
    workspace.take(load_pack(FORMS))
    sections = tuple(
        Section(kind, "cards", (kind,), 1, 4.0, {}, {}, None)
        for kind in ("typed", "ordering", "comparison")
    )
    at = Place("exams/demo.yaml", 1, 1)
    return Sitting.begin(workspace, Blueprint("demo", "hub", "Demo", 9, "", sections, at), seed=3)


def test_words_orders_and_columns_are_kept_the_moment_they_are_given(forms: Sitting) -> None:
    for number in range(3):
        assert again(forms).unanswered == list(range(number, 3))
        forms.answer(number, right_answer(forms, number))
        assert again(forms).answers == forms.answers
    assert again(forms).finish().points == 12


def test_half_of_a_comparison_is_taken_up_again(forms: Sitting) -> None:
    ask = forms.ask(2)
    assert isinstance(ask, Match)
    forms.answer(2, {"match": [ask.right[0], None, None]})
    resumed = again(forms)
    assert resumed.answered(2)
    assert resumed.unreadable(2) == ""
    assert [mark.points for mark in resumed.finish().questions] == [0.0, 0.0, 1.25]
    assert [mark.points for mark in again(forms).marks().questions] == [0.0, 0.0, 1.25]
