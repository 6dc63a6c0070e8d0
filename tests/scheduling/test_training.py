"""Parameters are adopted where they are better on answers that they have not seen."""

from __future__ import annotations

import sys
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.histories import Answer, Histories
from quizapp.scheduling.memory import Scheduler
from quizapp.scheduling.training import (
    CHANCE,
    FEWEST,
    TooFew,
    TrainingError,
    Trial,
    attempt,
    by_library,
)
from tests.scheduling.learners import FIRST_DAY, STANDARD, forgetful, learn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.scheduling.histories import Item

PRESENT = Scheduler()


@pytest.fixture(scope="module")
def forgetting() -> list[Answer]:
    """The answers of somebody who forgets much faster than the schedule believes."""
    return learn(forgetful(), 1600)


@pytest.fixture(scope="module")
def standard() -> list[Answer]:
    """The answers of somebody whom the standard parameters describe."""
    return learn(STANDARD, 1600)


def tried(answers: list[Answer], found: Sequence[float]) -> Trial:
    trial = attempt(answers, PRESENT, lambda _: found)
    assert isinstance(trial, Trial)
    return trial


def test_what_describes_the_learner_better_is_accepted(forgetting: list[Answer]) -> None:
    trial = tried(forgetting, forgetful())
    assert trial.accepted
    assert trial.trained.log_loss < trial.present.log_loss
    assert trial.trained.rmse < trial.present.rmse
    assert trial.gain == pytest.approx(trial.present.log_loss - trial.trained.log_loss)
    assert trial.gain > trial.error > 0


def test_what_describes_the_learner_worse_is_refused(standard: list[Answer]) -> None:
    trial = tried(standard, forgetful())
    assert not trial.accepted
    assert trial.gain < 0


def test_the_same_again_is_refused(standard: list[Answer]) -> None:
    trial = tried(standard, STANDARD)
    assert (trial.accepted, trial.gain) == (False, 0.0)


def test_a_gain_within_chance_is_refused(standard: list[Answer]) -> None:
    trial = tried(standard, [*STANDARD[:3], STANDARD[3] * 1.2, *STANDARD[4:]])
    assert 0 < trial.gain < CHANCE * trial.error
    assert trial.last_gain > 0
    assert not trial.accepted


def test_the_trainer_sees_what_came_before_the_answers_it_is_tried_on(
    forgetting: list[Answer],
) -> None:
    seen: list[list[Item]] = []

    def trainer(items: Sequence[Item]) -> Sequence[float]:
        seen.append(list(items))
        return STANDARD

    trial = attempt(forgetting, PRESENT, trainer)
    assert isinstance(trial, Trial)
    early = [answer for answer in forgetting if answer.day < trial.since]
    assert seen[0] == Histories(early).items(10**7)
    assert [len(items) / trial.answers for items in seen] == pytest.approx(
        [0.4, 0.6, 0.8], abs=0.04
    )
    assert len(seen[-1]) == trial.trained_on
    assert len(seen[0]) + trial.tried_on == trial.answers


def test_the_parameters_of_the_last_round_must_be_better_themselves(
    forgetting: list[Answer],
) -> None:
    rounds = iter([forgetful(), forgetful(), [1.5 * w for w in STANDARD[:4]] + [*STANDARD[4:]]])
    trial = attempt(forgetting, PRESENT, lambda _: next(rounds))
    assert isinstance(trial, Trial)
    assert trial.gain > trial.error
    assert trial.last_gain < 0
    assert not trial.accepted


def test_too_few_answers_are_not_trained_on(forgetting: list[Answer]) -> None:
    def trainer(_: object) -> Sequence[float]:
        raise AssertionError("there was too little to train on")

    few = [a for a in forgetting if a.day < FIRST_DAY + timedelta(days=20)]
    found = attempt(few, PRESENT, trainer)
    assert isinstance(found, TooFew)
    assert found.answers == int(Histories(few).foreseeable.sum())
    assert 0 < found.answers < FEWEST
    assert attempt([], PRESENT, trainer) == TooFew(0, found.why)


def test_answers_of_two_days_are_not_trained_on() -> None:
    days = [FIRST_DAY, FIRST_DAY + timedelta(days=3)]
    answers = [Answer(f"c{n}", day, 3) for day in days for n in range(2 * FEWEST)]
    found = attempt(answers, PRESENT, lambda _: STANDARD)
    assert isinstance(found, TooFew)
    assert "too few days" in found.why


@pytest.mark.parametrize(
    "found",
    [
        [],
        [0.5] * 3,
        [float("nan")] * 21,
        [1e300] * 21,
        [10**400] * 21,
        ["x"] * 21,
        [*STANDARD, 1.0],
    ],
)
def test_parameters_that_cannot_be_used_are_refused(
    forgetting: list[Answer], found: Sequence[float]
) -> None:
    with pytest.raises(TrainingError, match="no usable parameters"):
        attempt(forgetting, PRESENT, lambda _: found)


def test_single_precision_does_not_push_a_parameter_over_its_bound(
    forgetting: list[Answer],
) -> None:
    trial = tried(forgetting, [*STANDARD[:20], 0.800000011920929])
    assert trial.parameters[20] == 0.8


def test_a_missing_library_is_said_with_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    with pytest.raises(TrainingError, match=r'-m pip install "fsrs-rs-python>='):
        by_library([])


def test_a_panic_of_the_library_is_an_error_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """As Rust's come through: no Exception."""

    def panicking(*_: object, **__: object) -> list[float]:
        raise Panic("index out of bounds")

    model = SimpleNamespace(compute_parameters=panicking)
    library = SimpleNamespace(FSRS=lambda _: model, FSRSItem=list, FSRSReview=lambda *pair: pair)
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", library)
    with pytest.raises(TrainingError, match="index out of bounds"):
        by_library([((3, 0), (3, 1))])


def test_the_library_learns_a_learner_who_differs(forgetting: list[Answer]) -> None:
    pytest.importorskip("fsrs_rs_python")
    trial = attempt(forgetting, PRESENT)
    assert isinstance(trial, Trial)
    assert trial.accepted
    truth = tried(forgetting, forgetful())
    assert trial.trained.log_loss == pytest.approx(truth.trained.log_loss, abs=0.02)


def test_the_library_changes_nothing_for_the_standard_learner(standard: list[Answer]) -> None:
    pytest.importorskip("fsrs_rs_python")
    trial = attempt(standard, PRESENT)
    assert isinstance(trial, Trial)
    assert not trial.accepted
