"""A quiz on a handful of cards: each until it is known, the schedule untouched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.packs.load import load_pack
from quizapp.study.differences import Narrowing, cards_on, concerns, counts, entries
from quizapp.study.folders import folders
from quizapp.study.quiz import KIND, Quiz
from quizapp.study.workspace import Workspace
from tests.tui.acting import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.packs.model import Pack


@pytest.fixture(scope="module")
def small() -> Pack:
    return load_pack(HERE / "packs" / "small")


@pytest.fixture
def workspace(tmp_path: Path, small: Pack) -> Iterator[Workspace]:
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}))
    opened.take(small)
    yield opened
    opened.close()


def test_a_card_comes_back_until_it_is_known(workspace: Workspace, small: Pack) -> None:
    quiz = Quiz(workspace, small.cards, seed=1, why="test")
    missed: list[str] = []
    for turn in range(20):
        asked = quiz.current()
        if asked is None:
            break
        if turn < 2:
            missed.append(asked.card.id)
        quiz.answer(known=turn >= 2)

    assert quiz.current() is None
    assert quiz.done == quiz.total == len(small.cards)
    assert quiz.known_at_once == len(small.cards) - len(set(missed))


def test_every_answer_is_in_the_log_and_no_memory_changes(
    workspace: Workspace, small: Pack
) -> None:
    quiz = Quiz(workspace, small.cards, seed=1, why="test")
    quiz.answer(known=True)
    quiz.answer(known=False)

    events = workspace.store.events(kind=KIND)
    assert [(event.payload["rating"], event.payload["why"]) for event in events] == [
        (3, "test"),
        (1, "test"),
    ]
    assert [event.subject for event in events] == [event.payload["card"] for event in events]
    assert workspace.store.memories() == {}


def test_answers_are_taken_back_one_by_one(workspace: Workspace, small: Pack) -> None:
    quiz = Quiz(workspace, small.cards, seed=1, why="test")
    order = []
    for known in (True, False, True):
        asked = quiz.current()
        assert asked is not None
        order.append(asked.card.id)
        quiz.answer(known=known)

    back = []
    while quiz.undo():
        asked = quiz.current()
        assert asked is not None
        back.append((asked.card.id, quiz.done, asked.again))

    assert back == [(order[2], 1, False), (order[1], 1, False), (order[0], 0, False)]
    assert workspace.store.events(kind=KIND) == []


def test_the_seed_draws_the_order(workspace: Workspace, small: Pack) -> None:
    def order(seed: int) -> list[str]:
        quiz, out = Quiz(workspace, small.cards, seed=seed, why="test"), []
        while (asked := quiz.current()) is not None:
            out.append(asked.card.id)
            quiz.answer(known=True)
        return out

    assert order(1) == order(1)
    assert len({tuple(order(seed)) for seed in range(6)}) > 1


def test_an_empty_quiz_is_over(workspace: Workspace) -> None:
    quiz = Quiz(workspace, {}, seed=1, why="test")

    assert quiz.current() is None
    with pytest.raises(LookupError):
        quiz.answer(known=True)


def test_the_cards_on_an_entry_are_those_that_name_it(small: Pack) -> None:
    course = next(iter(small.courses))
    for entry in small.discrepancies.values():
        found = cards_on(small, [entry], course)
        assert set(found) == {c.id for c in small.cards.values() if entry.id in c.discrepancies}


def test_entries_are_narrowed_by_all_that_is_given(small: Pack) -> None:
    every = entries(small, Narrowing())
    assert [entry.severity for entry in every] == ["high", "low"]
    assert entries(small, Narrowing(severity="low")) == every[1:]
    assert entries(small, Narrowing(topic="nowhere")) == []
    assert entries(small, Narrowing(words="PATTERNS fit")) == every[:1]
    assert entries(small, Narrowing(), [every[1].id, "gone"]) == every[1:]


def test_counts_say_how_many_each_choice_would_show(small: Pack) -> None:
    every = entries(small, Narrowing())
    found = counts(every, small)

    for course in small.courses:
        assert found["course"][course] == sum(concerns(entry, course) for entry in every)
    assert found["severity"] == {"high": 1, "low": 1}
