"""Training on the own log: adopted, looked at beforehand, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.scheduling.training import TooFew, Trial
from quizapp.store.events import SCHEDULER, TRAINING
from quizapp.study.folders import folders
from quizapp.study.review import ReviewSession, Shown
from quizapp.study.training import answers, in_use, take_back, train
from quizapp.study.workspace import Workspace
from tests.scheduling.learners import STANDARD, forgetful, learn
from tests.study.trained import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.scheduling.histories import Answer

FOUND = tuple(round(w, 4) for w in forgetful())


@pytest.fixture(scope="module")
def forgetting() -> list[Answer]:
    return learn(forgetful(), 1200)


@pytest.fixture
def workspace(tmp_path: Path, forgetting: list[Answer]) -> Iterator[Workspace]:
    """The workspace of a forgetful student, a day after the last answer."""
    last = forgetting[-1].day
    now = datetime(last.year, last.month, last.day, 18, tzinfo=UTC) + timedelta(days=1)
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}), lambda: now)
    write(opened.store, forgetting)
    yield opened
    opened.close()


def test_the_answers_of_the_log_are_trained_on(
    workspace: Workspace, forgetting: list[Answer]
) -> None:
    assert list(answers(workspace)) == forgetting


def test_undone_and_unreadable_answers_are_left_out(workspace: Workspace) -> None:
    store, known = workspace.store, list(answers(workspace))
    store.review("x", Rating.GOOD, ms=1, how="reveal", scheduler=Scheduler())
    store.undo()
    with store.writing() as connection:
        from quizapp.store import log  # the store itself writes no such answer

        template = store.events("review")[-1]
        bad: list[object] = [0, 5, None, "3", [3], {}, 2.5]
        for number, rating in enumerate(bad):
            payload = {"rating": rating}
            log.append(connection, replace(template, id=f"bad-{number}", payload=payload))
        log.append(connection, replace(template, id="bad", payload={}))
    assert list(answers(workspace)) == known
    store.rebuild()
    assert train(workspace, trainer=lambda _: FOUND).adopted


def test_better_parameters_are_adopted_and_reschedule(workspace: Workspace) -> None:
    before = workspace.store.memories()
    training = train(workspace, trainer=lambda _: FOUND)
    assert training.adopted
    assert training.accepted
    assert workspace.scheduler == Scheduler(FOUND)
    after = workspace.store.memories()
    assert after != before
    workspace.store.rebuild()
    assert workspace.store.memories() == after
    moved = training.moved
    assert moved is not None
    days = {card: memory.due_day for card, memory in after.items()}
    today = workspace.today()
    assert moved.due_after == sum(day is not None and day <= today for day in days.values())
    assert 0 < moved.earlier + moved.later <= moved.cards
    assert moved.earlier > moved.later


def test_trained_parameters_survive_a_restart(workspace: Workspace) -> None:
    train(workspace, trainer=lambda _: FOUND)
    again = Workspace(workspace.folders, workspace.clock)
    assert again.scheduler == Scheduler(FOUND)
    again.settings = replace(again.settings, retention=0.8)
    assert again.scheduler == Scheduler(FOUND, 0.8)
    again.close()


def test_a_review_goes_by_the_trained_parameters(workspace: Workspace) -> None:
    workspace.__dict__["pack"] = load_pack(shipped_pack())
    train(workspace, trainer=lambda _: FOUND)
    session = ReviewSession(workspace)
    shown = session.current()
    assert isinstance(shown, Shown)
    assert shown.is_new
    memory = session.rate(Rating.EASY)
    trained = Scheduler(FOUND).answer(
        None, Rating.EASY, workspace.now(), workspace.today(), shown.card.id
    )
    assert memory == trained
    assert shown.intervals[Rating.EASY] == "2d"


def test_a_dry_run_foresees_and_changes_nothing(workspace: Workspace) -> None:
    events, before = workspace.store.events(), workspace.store.states()
    dry = train(workspace, dry_run=True, trainer=lambda _: FOUND)
    assert (dry.accepted, dry.adopted) == (True, False)
    assert workspace.store.events() == events
    assert workspace.store.states() == before
    assert train(workspace, trainer=lambda _: FOUND).moved == dry.moved


def test_due_days_can_be_kept(workspace: Workspace) -> None:
    before = workspace.store.states()
    training = train(workspace, keep_due_days=True, trainer=lambda _: FOUND)
    assert training.adopted
    assert training.moved is None
    assert workspace.store.states() == before
    assert workspace.scheduler == Scheduler(FOUND)
    workspace.store.rebuild()
    assert workspace.store.states() == before


def test_parameters_that_are_no_better_change_nothing(workspace: Workspace) -> None:
    events, before = workspace.store.events(), workspace.store.states()
    training = train(workspace, trainer=lambda _: STANDARD)
    assert isinstance(training.result, Trial)
    assert (training.accepted, training.adopted, training.moved) == (False, False, None)
    assert workspace.store.events() == events
    assert workspace.store.states() == before


def test_too_few_answers_change_nothing(tmp_path: Path) -> None:
    workspace = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}))
    write(workspace.store, learn(forgetful(), 100))
    events = workspace.store.events()
    training = train(workspace, trainer=lambda _: FOUND)
    assert isinstance(training.result, TooFew)
    assert training.result.answers >= 100
    assert workspace.store.events() == events
    workspace.close()


def test_training_again_is_measured_against_the_trained_parameters(workspace: Workspace) -> None:
    first = train(workspace, trainer=lambda _: FOUND)
    again = train(workspace, trainer=lambda _: FOUND)
    assert isinstance(first.result, Trial)
    assert isinstance(again.result, Trial)
    assert again.result.present == first.result.trained
    assert not again.adopted


def test_a_training_is_taken_back(workspace: Workspace) -> None:
    before = workspace.store.states()
    training = train(workspace, trainer=lambda _: FOUND)
    moved = take_back(workspace)
    assert workspace.store.states() == before
    assert workspace.scheduler == Scheduler()
    assert moved is not None
    assert training.moved is not None
    assert (moved.earlier, moved.later) == (training.moved.later, training.moved.earlier)
    assert take_back(workspace) is None


def test_what_is_in_use_is_told(workspace: Workspace) -> None:
    used = in_use(workspace)
    assert (used.parameters, used.trained_on, dict(used.trial)) == (STANDARD, None, {})
    training = train(workspace, trainer=lambda _: FOUND)
    used = in_use(workspace)
    assert used.parameters == FOUND
    assert used.trained_on == workspace.today().isoformat()
    assert used.replayed
    assert isinstance(training.result, Trial)
    assert used.trial["log_loss"] == [
        training.result.present.log_loss, training.result.trained.log_loss,
    ]  # fmt: skip


def test_a_training_of_a_newer_version_is_passed_over(workspace: Workspace) -> None:
    train(workspace, trainer=lambda _: FOUND)
    payload = {"parameters": [1.0] * 35, "replay": True, "trial": "\x1b[31m"}
    workspace.store.append(SCHEDULER, TRAINING, payload)
    assert in_use(workspace).parameters == FOUND
    assert take_back(workspace) is not None
    assert workspace.scheduler == Scheduler()
