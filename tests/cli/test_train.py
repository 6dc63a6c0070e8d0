"""``quizapp train`` as a person and a program see it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling import training
from quizapp.store.store import Store
from tests.scheduling.learners import STANDARD, forgetful, learn
from tests.study.trained import write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.cli.conftest import Run

    Fill = Callable[[int], None]

FOUND = [round(w, 4) for w in forgetful()]


@pytest.fixture
def fill(home: Path) -> Fill:
    """Write the log of a forgetful student with so many foreseeable answers."""

    def filled(foreseeable: int) -> None:
        from quizapp.core.clock import system_clock
        from quizapp.study.folders import folders

        with Store.open(folders({"QUIZAPP_HOME": str(home)}).data, clock=system_clock) as store:
            write(store, learn(forgetful(), foreseeable))

    return filled


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[float]], None]:
    """Let training find these parameters."""

    def set_up(found: Sequence[float]) -> None:
        monkeypatch.setattr(training, "by_library", lambda _: found)

    return set_up


def test_too_few_answers_are_said_plainly(quizapp: Run, fill: Fill) -> None:
    fill(60)
    got = quizapp("train")
    assert got.status == 0
    assert "There are too few answers to learn from. Nothing was changed." in got.out
    assert "of at least 1000" in got.out
    told = quizapp("train", "--json").json
    assert (told["accepted"], told["adopted"], told["trial"]) == (False, False, None)
    assert 60 <= told["answers"] < told["fewest"] == 1000


def test_an_empty_log_has_too_few(quizapp: Run) -> None:
    assert "There are 0 of at least 1000" in quizapp("train").out


def test_a_missing_package_is_said_with_the_command(
    quizapp: Run, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(1100)
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    got = quizapp("train")
    assert got.status == 2
    assert got.err.startswith("quizapp: training needs a package that is not installed")
    assert f'{sys.executable} -m pip install "fsrs-rs-python' in got.err


def test_from_a_dry_run_to_the_way_back(
    quizapp: Run, fill: Fill, finds: Callable[[Sequence[float]], None]
) -> None:
    fill(1100)
    finds(FOUND)
    dry = quizapp("train", "--dry-run")
    assert "would be adopted" in dry.out
    assert "would come earlier" in dry.out
    assert "standard parameters" in quizapp("train", "--show").out
    done = quizapp("train")
    assert "That is better: the new parameters are adopted" in done.out
    assert "trained parameters" in done.out
    assert "due today: " in done.out
    assert max(map(len, done.out.splitlines())) < 80
    shown = quizapp("train", "--show")
    assert "parameters trained on 20" in shown.out
    assert f"{FOUND[3]:g}" in shown.out
    assert quizapp("train", "--show", "--json").json["parameters"] == FOUND
    again = quizapp("train")
    assert "not better by more than chance; nothing was changed" in again.out
    undone = quizapp("train", "--undo")
    assert "now in use are the standard parameters of FSRS-6" in undone.out
    assert quizapp("train", "--show", "--json").json["parameters"] == list(STANDARD)
    assert "There is no training to take back" in quizapp("train", "--undo").out
    assert quizapp("train", "--undo", "--json").json == {"undone": False, "cards": None}


def test_a_program_gets_the_figures(
    quizapp: Run, fill: Fill, finds: Callable[[Sequence[float]], None]
) -> None:
    fill(1100)
    finds(FOUND)
    told = quizapp("train", "--keep-due-days", "--json").json
    assert (told["accepted"], told["adopted"], told["cards"]) == (True, True, None)
    trial = told["trial"]
    assert trial["parameters"] == FOUND
    assert trial["trained"]["log_loss"] < trial["present"]["log_loss"]
    assert trial["gain"] > trial["error"]
    assert trial["trained_on"] < told["answers"]


def test_undo_is_no_dry_run(quizapp: Run) -> None:
    assert quizapp("train", "--undo", "--dry-run").status == 2


def test_the_real_library_trains(quizapp: Run, fill: Fill) -> None:
    pytest.importorskip("fsrs_rs_python")
    fill(1600)
    told = quizapp("train", "--json").json
    assert told["adopted"]
    assert len(told["trial"]["parameters"]) == 21
