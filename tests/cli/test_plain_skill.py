"""An exercise of the daily review on plain lines, as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.core.clock import system_clock
from quizapp.store.store import Store
from tests.study.skilled import LINES, SKILL, known_numbers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ALL = tuple(LINES.values())


@pytest.fixture(autouse=True)
def _one_exercise(quizapp: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    known_numbers(monkeypatch)
    quizapp("settings", "new_a_day", "0")
    quizapp("settings", "skills_a_day", "1")


def keys(*typed: str) -> str:
    return "".join(f"{line}\n" for line in typed)


def ratings(home: Path) -> list[int]:
    """The ratings in the log, all of them of the exercise."""
    with Store.open(home, clock=system_clock) as store:
        events = store.events("review")
    assert all(event.subject == SKILL for event in events)
    return [event.payload["rating"] for event in events]


def test_it_is_computed_line_by_line_and_rated_with_the_reason(quizapp: Run, home: Path) -> None:
    got = quizapp("review", "--plain", typed=keys("", *ALL, ""))
    assert got.out.startswith("0 due, 0 new, 1 to compute.\n")
    assert "Compute: Hebbian weight matrix of a Hopfield network" in got.out
    assert got.out.count("✓ Correct.") == len(ALL)
    assert "Good: right at once." in got.out
    assert "Enter is 3" in got.out
    assert got.out.endswith("Nothing is left for now.\n1 answered.\n")
    assert ratings(home) == [3]


def test_the_rating_can_be_corrected(quizapp: Run, home: Path) -> None:
    got = quizapp("review", "--plain", typed=keys("", "?", *ALL, "3"))
    assert "Hard: one hint." in got.out
    assert ratings(home) == [3]


def test_the_solution_is_again_and_brings_cards_forward(quizapp: Run, home: Path) -> None:
    got = quizapp("review", "--plain", typed=keys("", "!", "", "q"))
    assert "Again: the solution was looked at." in got.out
    assert "come first today: on" in got.out
    assert ratings(home) == [1]


def test_q_before_anything_is_done_leaves_it_unanswered(quizapp: Run, home: Path) -> None:
    assert quizapp("review", "--plain", typed=keys("q")).out.endswith(": q\n0 answered.\n")
    assert quizapp("review", "--plain", typed=keys("", "q")).out.endswith("q\n0 answered.\n")
    assert ratings(home) == []


def test_lines_passed_over_are_not_known(quizapp: Run, home: Path) -> None:
    got = quizapp("review", "--plain", typed=keys("", "", "", "", "", "", "q"))
    assert "Again: 0% known, less than 60%." in got.out
    assert ratings(home) == [1]


def test_u_takes_the_rating_back_and_asks_for_another(quizapp: Run, home: Path) -> None:
    typed = keys("", "!", "", "u", "", "2")
    got = quizapp("review", "--plain", typed=typed)
    assert "Taken back." in got.out
    assert got.out.endswith("1 answered.\n")
    assert ratings(home) == [2]


def test_the_next_exercise_as_data(quizapp: Run) -> None:
    told = quizapp("review", "--json").json
    assert (told["card"], told["type"], told["level"]) == (SKILL, "exercise", 1)
    assert told["skills"] == 1
    assert set(told["intervals"]) == {"again", "hard", "good", "easy"}
