"""An exercise in the daily review: its numbers, its rating, the log, the cards behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.core.verdicts import Verdict
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.scheduling.memory import Rating
from quizapp.study.exercise_review import count, is_open, proposal, run_for
from quizapp.study.figures.reading import figures
from quizapp.study.folders import folders
from quizapp.study.interrupted import interrupted
from quizapp.study.practice import PracticeRun, fresh_problem
from quizapp.study.prerequisites import MOST, behind
from quizapp.study.review import ReviewSession
from quizapp.study.selection import course_cards
from quizapp.study.skills import ShownSkill, course_skills, skill_of
from quizapp.study.workspace import Workspace
from tests.study.skilled import DIAGONAL_LEFT, FAMILY, LINES, SKILL, known_numbers, problem, work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.packs.model import Pack
    from quizapp.study.skills import Skill


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(shipped_pack())


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(
    tmp_path: Path, watch: Watch, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    known_numbers(monkeypatch)
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}), watch)
    opened.__dict__["pack"] = pack
    opened.settings = replace(opened.settings, new_a_day=0, skills_a_day=1)
    yield opened
    opened.close()


def skill(workspace: Workspace) -> Skill:
    found = skill_of(workspace, FAMILY)
    assert found is not None
    return found


def begin(session: ReviewSession) -> PracticeRun:
    shown = session.current()
    assert isinstance(shown, ShownSkill)
    return run_for(session.workspace, shown.skill, shown.memory)


def in_review(workspace: Workspace, card: str, rating: Rating = Rating.EASY) -> None:
    """Answer a card so that it comes again on another day."""
    workspace.store.review(card, rating, ms=1000, how="reveal", scheduler=workspace.scheduler)


# The skills of a course ------------------------------------------------------------------------


def test_a_course_has_the_skills_that_its_exam_asks_for(workspace: Workspace) -> None:
    families = {one.family for one in course_skills(workspace)}
    drawn = {
        family
        for exam in workspace.pack.blueprints.values()
        if exam.course == workspace.course.id
        for section in exam.sections
        for family in section.families
    }
    items = workspace.pack.items.values()
    named = {f for i in items if i.course == "hub" and i.examinable for f in i.families}
    assert families == drawn | named


def test_skills_come_in_the_order_in_which_the_course_teaches_its_topics(
    workspace: Workspace,
) -> None:
    taught = list(workspace.course.topics)
    places = [taught.index(one.topic) for one in course_skills(workspace) if one.topic in taught]
    assert places == sorted(places)


# In the queue -----------------------------------------------------------------------------------


def test_right_at_once_is_good_and_the_attempt_stands_beside_the_answer(
    workspace: Workspace, watch: Watch
) -> None:
    session = ReviewSession(workspace)
    run = begin(session)
    for step, text in LINES.items():
        watch.now += timedelta(seconds=30)
        work(run, {step: text})
    rated = proposal(run)
    assert (rated.rating, rated.why) == (Rating.GOOD, "right at once")
    session.rate_exercise(run, rated.rating)
    (review,) = workspace.store.events("review")
    attempt = workspace.store.events("attempt")[-1]
    assert review.subject == SKILL
    assert review.payload["how"] == "exercise"
    assert review.payload["attempt"] == attempt.id
    assert review.payload["ms"] == 120_000
    assert attempt.payload["score"] == 1.0
    assert session.current() is None


def test_a_mended_slip_is_hard(workspace: Workspace) -> None:
    run = begin(ReviewSession(workspace))
    work(run, DIAGONAL_LEFT)
    work(run, {"W": LINES["W"]})
    assert proposal(run).why == "one line mended"
    assert proposal(run).rating is Rating.HARD


def test_another_convention_is_no_failure(workspace: Workspace) -> None:
    run = begin(ReviewSession(workspace))
    work(run, LINES | {"scaled": LINES["outer_sum"], "W": "0 -1 -1; -1 0 1; -1 1 0"})
    assert run.marking().line("scaled").verdict is Verdict.CONVENTION
    assert proposal(run).rating is Rating.GOOD


def test_the_solution_before_the_end_is_again_and_after_it_costs_nothing(
    workspace: Workspace,
) -> None:
    session = ReviewSession(workspace)
    run = begin(session)
    work(run, LINES)
    run.solution()
    assert proposal(run).rating is Rating.GOOD
    session.rate_exercise(run, Rating.AGAIN)
    other = PracticeRun(workspace, problem())
    other.solution()
    work(other, LINES)
    assert proposal(other).rating is Rating.AGAIN


def test_quicker_than_usual_is_easy(workspace: Workspace, watch: Watch) -> None:
    for _ in range(3):
        earlier = PracticeRun(workspace, problem())
        watch.now += timedelta(seconds=100)
        work(earlier, LINES)
    run = begin(ReviewSession(workspace))
    watch.now += timedelta(seconds=60)
    work(run, LINES)
    assert proposal(run).rating is Rating.EASY


def test_an_exercise_that_is_left_waits_with_its_numbers_and_hints(workspace: Workspace) -> None:
    session = ReviewSession(workspace)
    run = begin(session)
    assert not is_open(workspace, skill(workspace))
    run.hint("bipolar")
    assert begin(session) is run
    assert is_open(workspace, skill(workspace))
    session.rate_exercise(run, Rating.GOOD)
    assert not is_open(workspace, skill(workspace))


def test_a_program_that_broke_off_goes_on_with_what_was_checked(
    workspace: Workspace, watch: Watch
) -> None:
    run = begin(ReviewSession(workspace))
    work(run, DIAGONAL_LEFT)
    run.write("bipolar", "1 1 1")  # typed, not checked
    later = Workspace(workspace.folders, watch)
    later.__dict__["pack"] = workspace.pack
    later.settings = workspace.settings
    session = ReviewSession(later)
    again = begin(session)
    assert (again.id, again.standing) == (run.id, DIAGONAL_LEFT)
    assert proposal(again).why == "one line not right"
    session.rate_exercise(again, Rating.HARD)
    assert interrupted(later, skill(later)) is None
    later.close()


def test_an_exercise_whose_rating_was_brought_back_does_not_come_again(
    workspace: Workspace, watch: Watch
) -> None:
    session = ReviewSession(workspace)
    run = begin(session)
    session.rate_exercise(run, Rating.GOOD)
    session.undo()
    assert begin(session) is run
    session.redo()
    session.undo()
    assert begin(session) is run
    session.redo()
    watch.now += timedelta(days=60)
    assert begin(ReviewSession(workspace)) is not run


def test_an_exercise_that_cannot_be_taken_up_again_is_let_go(workspace: Workspace) -> None:
    attempt = {
        "run": "r", "problem": problem().as_json(), "score": 0.5, "slips": {}, "skill": True,
        "answers": {}, "checked": [], "first": [], "hints": 0, "solution_seen": False,
        "seconds": 1,
    }  # fmt: skip
    workspace.store.append("attempt", FAMILY, attempt)
    assert interrupted(workspace, skill(workspace)) is None


def test_yesterdays_interrupted_exercise_is_let_go(workspace: Workspace, watch: Watch) -> None:
    work(begin(ReviewSession(workspace)), DIAGONAL_LEFT)
    assert interrupted(workspace, skill(workspace)) is not None
    watch.now += timedelta(days=1)
    assert interrupted(workspace, skill(workspace)) is None


def test_only_the_exercise_in_front_can_be_rated(workspace: Workspace) -> None:
    session = ReviewSession(workspace)
    begin(session)
    other = PracticeRun(workspace, fresh_problem(workspace, "attention", 1))
    with pytest.raises(LookupError):
        session.rate_exercise(other, Rating.GOOD)
    assert workspace.store.memories() == {}


def test_undo_takes_all_of_it_back_and_the_exercise_can_be_rated_again(
    workspace: Workspace,
) -> None:
    session = ReviewSession(workspace)
    run = begin(session)
    work(run, {"bipolar": LINES["bipolar"]})
    before = len(workspace.store.events("attempt"))
    reviewed = session.rate_exercise(run, Rating.AGAIN)
    assert reviewed.behind.cards
    assert session.undo() == SKILL
    assert workspace.store.memories() == {}
    assert workspace.store.wanted(workspace.today()) == []
    assert len(workspace.store.events("attempt")) == before
    assert begin(session) is run
    assert session.redo() == SKILL
    assert set(workspace.store.wanted(workspace.today())) == set(reviewed.behind.cards)


def test_an_exercise_is_no_card_in_the_counts_and_figures(
    workspace: Workspace, watch: Watch
) -> None:
    session = ReviewSession(workspace)
    run = begin(session)
    watch.now += timedelta(seconds=90)
    work(run, LINES)
    session.rate_exercise(run, Rating.GOOD)
    assert workspace.store.done_today(workspace.today()) == (0, 0)
    told = figures(workspace)
    assert (told.time.cards, told.time.a_card) == (0, None)
    assert told.time.computations == 90


def test_state_and_log_agree_after_a_failed_exercise(workspace: Workspace) -> None:
    session = ReviewSession(workspace)
    session.rate_exercise(begin(session), Rating.AGAIN)
    before = workspace.store.states()
    workspace.store.rebuild()
    assert workspace.store.states() == before


# What comes first after a failure -------------------------------------------------------------


def test_a_failed_exercise_brings_its_cards_to_the_front_of_the_queue(
    workspace: Workspace,
) -> None:
    session = ReviewSession(workspace)
    run = begin(session)
    reviewed = session.rate_exercise(run, Rating.AGAIN)
    forward = reviewed.behind.cards
    assert 0 < len(forward) <= MOST
    assert f"{len(forward)} cards come first today: on" in reviewed.behind.told
    items = set(skill(workspace).items)
    cards = course_cards(workspace)
    assert all(items.intersection(cards[name].items) for name in forward)
    shown = session.current()
    assert shown is not None
    assert shown.id == forward[0]
    whys = {event.payload["why"] for event in workspace.store.events("reschedule")}
    assert whys == {"failed-skill"}


@pytest.mark.parametrize("rating", [Rating.HARD, Rating.GOOD, Rating.EASY])
def test_an_exercise_that_went_well_brings_nothing_forward(
    workspace: Workspace, rating: Rating
) -> None:
    session = ReviewSession(workspace)
    assert session.rate_exercise(begin(session), rating).behind.cards == ()
    assert workspace.store.events("reschedule") == []


def test_cards_due_answered_today_or_kept_out_are_left_alone(
    workspace: Workspace, watch: Watch
) -> None:
    run = PracticeRun(workspace, problem())
    first = behind(workspace, skill(workspace), run).cards
    suspended, buried, today, *_ = first
    workspace.store.suspend(suspended)
    workspace.store.bury(buried, workspace.today() + timedelta(days=1))
    in_review(workspace, today)
    after = behind(workspace, skill(workspace), run).cards
    assert {suspended, buried, today}.isdisjoint(after)
    watch.now += timedelta(days=300)
    assert today not in behind(workspace, skill(workspace), run).cards  # it is due anyway


def test_the_weakest_recall_comes_first(workspace: Workspace, watch: Watch) -> None:
    cards = course_cards(workspace)
    items = set(skill(workspace).items)
    mine = [card.id for card in cards.values() if items.intersection(card.items)]
    for name in mine:
        in_review(workspace, name, Rating.EASY)
    watch.now += timedelta(days=5)
    run = PracticeRun(workspace, problem())
    found = behind(workspace, skill(workspace), run).cards
    day = workspace.today()
    recalls = [
        workspace.scheduler.retrievability(memory, day)
        for name in found
        if (memory := workspace.store.memory(name)) is not None
    ]
    assert recalls
    assert recalls == sorted(recalls)


def test_cards_that_speak_of_the_slip_come_before_the_others(workspace: Workspace) -> None:
    run = PracticeRun(workspace, problem())
    work(run, DIAGONAL_LEFT)
    assert run.slips == {"diagonal-left": "W"}
    found = behind(workspace, skill(workspace), run)
    assert found.about == "Weight matrix"
    assert "diagonal" in str(course_cards(workspace)[found.cards[0]].data).lower()


def test_of_the_cards_of_a_note_one_comes(workspace: Workspace) -> None:
    cards = course_cards(workspace)
    for one in course_skills(workspace):
        run = PracticeRun(workspace, fresh_problem(workspace, one.family, 1))
        found = behind(workspace, one, run).cards
        assert len({cards[name].note for name in found}) == len(found)


# Free practice -----------------------------------------------------------------------------------


def test_free_practice_counts_once_while_the_skill_is_new_or_due(workspace: Workspace) -> None:
    run = PracticeRun(workspace, problem())
    work(run, LINES)
    counted = count(run)
    assert counted is not None
    assert counted.told.startswith("Counts as today's review: Good (right at once), again in ")
    assert count(run) is None
    again = PracticeRun(workspace, problem())
    work(again, LINES)
    memory = workspace.store.memory(SKILL)
    assert memory is not None
    assert memory.reps == 1


def test_what_is_not_finished_or_was_looked_up_is_only_an_attempt(workspace: Workspace) -> None:
    unfinished = PracticeRun(workspace, problem())
    work(unfinished, {"bipolar": LINES["bipolar"]})
    looked = PracticeRun(workspace, problem())
    looked.solution()
    work(looked, LINES)
    assert count(unfinished) is None
    assert count(looked) is None
    assert workspace.store.memories() == {}


def test_an_easier_level_than_the_schedule_asks_for_does_not_count(
    workspace: Workspace, watch: Watch
) -> None:
    in_review(workspace, SKILL)  # easy: the next one is of level 2
    watch.now += timedelta(days=30)
    easier, fitting = PracticeRun(workspace, problem(1)), PracticeRun(workspace, problem(2))
    work(easier, LINES)
    work(fitting, LINES)
    assert count(easier) is None
    assert count(fitting) is not None


def test_own_numbers_do_not_count(workspace: Workspace) -> None:
    run = PracticeRun(workspace, replace(problem(), seed=None, level=None))
    work(run, LINES)
    assert count(run) is None
