"""Cards by queries on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_the_cards_that_fit_are_listed(quizapp: Run) -> None:
    ran = quizapp("cards", "topic:hopfield", "id:hop-kind")

    assert ran.status == 0
    card, count = ran.out.splitlines()
    assert card.split()[:2] == ["hop-kind-of-memory", "new"]
    assert "What kind of system is a Hopfield network?" in card
    assert count == "1 card"


def test_programs_get_all_that_is_known(quizapp: Run) -> None:
    (card,) = quizapp("cards", "--json", "id:hop-kind").json

    assert (card["id"], card["phase"], card["reps"]) == ("hop-kind-of-memory", "new", 0)
    assert card["due"] is None


def test_without_a_course_those_of_the_chosen_one_are_meant(quizapp: Run) -> None:
    mine = len(quizapp("cards", "--json", "topic:hopfield").json)
    named = len(quizapp("cards", "--json", "topic:hopfield course:hub").json)
    every = len(quizapp("cards", "--json", "topic:hopfield", "course:*").json)

    assert mine == named < every


def test_one_step_handles_all_and_one_undo_takes_it_back(quizapp: Run) -> None:
    count = len(quizapp("cards", "--json", "topic:hopfield").json)

    ran = quizapp("cards", "topic:hopfield", "--flag", "2")
    assert f"{count} cards changed, of {count} that fit" in ran.out
    assert len(quizapp("cards", "--json", "flag:orange").json) == count
    assert f"Taken back: flag, of {count} cards." in quizapp("cards", "--undo").out
    assert quizapp("cards", "--json", "flag:any").json == []
    assert quizapp("cards", "--undo").out == "There is nothing to take back.\n"


@pytest.mark.parametrize(
    ("deed", "then"),
    [
        (["--suspend"], "is:suspended"),
        (["--bury"], "is:buried"),
        (["--tag", "my exam"], 'tag:"my exam"'),
        (["--reschedule", "in 5 days"], "prop:due=5"),
    ],
)
def test_cards_are_handled(quizapp: Run, deed: list[str], then: str) -> None:
    ran = quizapp("cards", "id:hop-kind", "--json", *deed)

    assert ran.json == {"fitting": 1, "changed": 1}
    assert [card["id"] for card in quizapp("cards", "--json", then).json] == ["hop-kind-of-memory"]


def test_what_was_done_is_taken_away_again(quizapp: Run) -> None:
    for deed, again in ((["--suspend"], ["--unsuspend"]), (["--tag", "x"], ["--untag", "x"])):
        quizapp("cards", "id:hop-kind", *deed)
        assert quizapp("cards", "id:hop-kind", "--json", *again).json["changed"] == 1


def test_forgetting_needs_a_yes(quizapp: Run) -> None:
    quizapp("cards", "id:hop-kind", "--reschedule", "tomorrow")

    refused = quizapp("cards", "id:hop-kind", "--forget")
    assert refused.status == 2
    assert "(1 card); add --yes if you mean it." in refused.err
    assert quizapp("cards", "id:hop-kind", "--forget", "--yes", "--json").json["changed"] == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["is:do"], "character 1: there is no is:do; did you mean is:due?"),
        (["--suspend"], "say which cards, as in `quizapp cards is:leech --suspend`."),
        (["energy", "--flag", "8"], "is no whole number from 0 to 7"),
        (["energy", "--reschedule", "soon"], "'soon' is no day; write tomorrow"),
        (["energy", "--tag", "-x"], "expected one argument"),
        (["energy", "--tag", ""], "a tag has 1 to 60 characters"),
        (["energy", "--suspend", "--bury"], "not allowed with argument"),
    ],
)
def test_a_fault_is_one_sentence(quizapp: Run, arguments: list[str], told: str) -> None:
    ran = quizapp("cards", *arguments)

    assert ran.status == 2
    assert told in ran.err
    assert ran.out == ""


def test_a_name_that_no_card_has_is_told_beside_the_list(quizapp: Run) -> None:
    ran = quizapp("cards", "topic:hopfeld")

    assert (ran.status, ran.out) == (0, "0 cards\n")
    assert "did you mean topic:hopfield?" in ran.err
